//! Where an operator can be applied: to a message, to a field of it, or to a field of its entries.

use rollwire_model::{Field, Kind, Layout, MessageLayout};

/// A message, a field of a message, or a field of its entries, in the right layout.
#[derive(Clone, Debug)]
pub struct Location {
    message: MessageLayout,
    field: Option<usize>,
    part: Option<usize>,
}

impl Location {
    /// Every message, every field and every field of an entry, in the order of the layout.
    pub(super) fn all(layout: &Layout) -> Vec<Self> {
        let mut locations = Vec::new();
        for message in &layout.messages {
            let mut add = |field, part| {
                locations.push(Self { message: message.clone(), field, part });
            };
            add(None, None);
            for (index, field) in message.fields.iter().enumerate() {
                add(Some(index), None);
                (0..field.entry.len()).for_each(|part| add(Some(index), Some(part)));
            }
        }
        locations
    }

    /// The message.
    #[must_use]
    pub fn message(&self) -> &MessageLayout {
        &self.message
    }

    /// The field, or the field of an entry; `None` if the location is a whole message.
    #[must_use]
    pub fn field(&self) -> Option<&Field> {
        let field = &self.message.fields[self.field?];
        Some(self.part.map_or(field, |part| &field.entry[part]))
    }

    /// The same field in a layout that is being edited.
    pub(super) fn field_mut<'a>(&self, message: &'a mut MessageLayout) -> Option<&'a mut Field> {
        let field = message.fields.get_mut(self.field?)?;
        match self.part {
            None => Some(field),
            Some(part) => field.entry.get_mut(part),
        }
    }

    /// The field in the same list that comes next, in a layout that is being edited: both of them.
    pub(super) fn with_next_mut<'a>(
        &self,
        message: &'a mut MessageLayout,
    ) -> Option<&'a mut [Field]> {
        let (list, index) = match self.part {
            None => (&mut message.fields, self.field?),
            Some(part) => (&mut message.fields.get_mut(self.field?)?.entry, part),
        };
        list.get_mut(index..index + 2)
    }

    /// The field in the same list that comes next.
    pub(super) fn next(&self) -> Option<&Field> {
        let index = self.field?;
        match self.part {
            None => self.message.fields.get(index + 1),
            Some(part) => self.message.fields[index].entry.get(part + 1),
        }
    }

    /// The field of the message that holds this one: itself, or the entries.
    pub(super) fn outer(&self) -> Option<&Field> {
        self.message.fields.get(self.field?)
    }

    /// Whether this is a field of the entries.
    pub(super) fn is_part(&self) -> bool {
        self.part.is_some()
    }

    /// Whether this is a field of that kind.
    pub(super) fn is(&self, kind: Kind) -> bool {
        self.field().is_some_and(|field| field.kind == kind)
    }

    /// Whether this is a field of that kind with more than `than` bytes.
    pub(super) fn is_wider(&self, kind: Kind, than: usize) -> bool {
        self.field().is_some_and(|field| field.kind == kind && field.size > than)
    }

    /// Whether this is a whole message.
    pub(super) fn is_message(&self) -> bool {
        self.field.is_none()
    }

    /// The beginning of a mutant's name: `input/player`, `input/entries-frame`, `input`.
    pub(super) fn slug(&self) -> String {
        let names = self.outer().into_iter().chain(self.field().filter(|_| self.is_part()));
        let names: Vec<String> = names.map(|field| field.name.replace('_', "-")).collect();
        let message = self.message.slug();
        if names.is_empty() { message } else { format!("{message}/{}", names.join("-")) }
    }

    /// The location in a sentence: "`player` of INPUT".
    pub(super) fn words(&self) -> String {
        let title = &self.message.title;
        match (self.field(), self.is_part()) {
            (None, _) => title.clone(),
            (Some(field), false) => format!("`{}` of {title}", field.name),
            (Some(field), true) => format!("`{}` of the entries of {title}", field.name),
        }
    }
}
