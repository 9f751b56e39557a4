//! Encoding and decoding as a mutant does.

use std::collections::BTreeMap;

use rollwire_model::{
    Field, Layout, Model, Outcome, RefusalClass, Value,
    vectors::{Case, CheckKind},
};

use super::{
    mutant::{Mutant, Side},
    mutation::{Context, Fields, Mutation, Previous},
};

/// Decodes and encodes, rightly or wrongly.
pub(crate) trait Codec {
    /// Decodes one datagram, or says the class of the refusal.
    fn decode(&mut self, bytes: &[u8]) -> Result<Value, RefusalClass>;

    /// Encodes one value, or says the class of the refusal.
    fn encode(&mut self, value: &Value) -> Result<Vec<u8>, RefusalClass>;

    /// Decodes, then encodes what was decoded.
    fn reencode(&mut self, bytes: &[u8]) -> Result<Vec<u8>, RefusalClass> {
        let value = self.decode(bytes)?;
        self.encode(&value)
    }

    /// The answer to one check; `None` for a check that the case cannot have.
    fn answer(&mut self, case: &Case, check: CheckKind) -> Option<Outcome> {
        let outcome = match check {
            CheckKind::Decode => self.decode(case.bytes()?).map(Outcome::Value),
            CheckKind::Encode => self.encode(&*case.whole_value()?).map(Outcome::Bytes),
            CheckKind::Reencode => self.reencode(case.bytes()?).map(Outcome::Bytes),
            CheckKind::Run | CheckKind::Digest => return None,
        };
        Some(outcome.unwrap_or_else(Outcome::Reject))
    }
}

impl Codec for Model {
    fn decode(&mut self, bytes: &[u8]) -> Result<Value, RefusalClass> {
        class(Self::decode(self, bytes))
    }

    fn encode(&mut self, value: &Value) -> Result<Vec<u8>, RefusalClass> {
        class(Self::encode(self, value))
    }
}

/// An implementation of decode, encode and reencode that is wrong as its mutants say.
///
/// Several mutants change the same datagram or value one after another, in their order.
#[derive(Debug)]
pub(crate) struct MutantCodec<'a> {
    mutants: Vec<&'a Mutant>,
    right: Model,
    /// The right model with what the wrong decoders change in the layout.
    reading: Model,
    /// The right model with what the wrong encoders change in the layout.
    writing: Model,
    /// Which of the mutants a datagram concerns, by its first byte: worked out when the first one comes.
    by_first_byte: BTreeMap<Option<u8>, Vec<&'a Mutant>>,
    /// Which of the mutants a value concerns, by its message.
    by_message: BTreeMap<String, Vec<&'a Mutant>>,
    /// What is remembered of each message.
    previous: BTreeMap<String, Previous>,
}

impl<'a> MutantCodec<'a> {
    /// The codec of these mutants, with the revision of a right model, before its first datagram.
    pub(crate) fn new(mutants: Vec<&'a Mutant>, right: &Model) -> Self {
        let edited = |wrong: fn(Side) -> bool| {
            let edits = |mutant: &&&Mutant| wrong(mutant.side) && mutant.edits_the_layout();
            let mut editing = mutants.iter().filter(edits).peekable();
            // Most mutants do not, and a layout is large.
            if editing.peek().is_none() {
                return right.clone();
            }
            let mut layout = right.layout().clone();
            editing.for_each(|mutant| edit_if_possible(mutant, &mut layout));
            Model::new(&layout, right.revision())
        };
        let (reading, writing) = (edited(Side::decodes), edited(Side::encodes));
        let (by_first_byte, by_message, previous) = Default::default();
        Self {
            right: right.clone(),
            mutants,
            reading,
            writing,
            by_first_byte,
            by_message,
            previous,
        }
    }

    /// The mutants that a datagram concerns.
    fn concerned_by_datagram(&mut self, bytes: &[u8]) -> Vec<&'a Mutant> {
        let mutants = &self.mutants;
        let concerned = || mutants.iter().copied().filter(|it| it.concerns_datagram(bytes));
        let known = self.by_first_byte.entry(bytes.first().copied());
        known.or_insert_with(|| concerned().collect()).clone()
    }

    /// The mutants that a value concerns.
    fn concerned_by_value(&mut self, value: &Value) -> Vec<&'a Mutant> {
        if let Some(known) = self.by_message.get(&value.message) {
            return known.clone();
        }
        let concerned = self.mutants.iter().copied().filter(|it| it.concerns_value(value));
        let concerned: Vec<&Mutant> = concerned.collect();
        self.by_message.insert(value.message.clone(), concerned.clone());
        concerned
    }

    /// What is in a datagram, and the value that this codec gives for it.
    fn wrong_decode(
        &self,
        mutants: &[&Mutant],
        bytes: &[u8],
    ) -> Result<(Fields, Value), RefusalClass> {
        let mut datagram = bytes.to_vec();
        for (mutant, change) in changes(mutants) {
            match (change, self.context(mutant)) {
                (Mutation::Received(change), _) => change(&mut datagram, self.right.layout()),
                (Mutation::RefusesDatagram(refuses), Some(context))
                    if refuses(&datagram, &context) =>
                {
                    return Err(RefusalClass::Value);
                }
                (change, Some(context)) => change.datagram(&mut datagram, &context),
                (_, None) => {}
            }
        }
        let mut value = match self.reading.decode(&datagram) {
            Ok(value) => value,
            Err(refusal) => {
                let instead = self.instead_of_refusal(mutants).ok_or(refusal.class)?;
                return Ok((instead.fields.clone(), instead));
            }
        };
        let read = value.fields.clone();
        self.changed(mutants, &mut value)?;
        Ok((read, value))
    }

    /// The value that this codec gives where the right one refuses.
    fn instead_of_refusal(&self, mutants: &[&Mutant]) -> Option<Value> {
        changes(mutants).find_map(|(mutant, change)| {
            let context = self.context(mutant)?;
            let Mutation::InsteadOfRefusal(instead) = change else { return None };
            let message = context.location.message().name.clone();
            Some(Value { message, fields: instead(&context)? })
        })
    }

    fn wrong_encode(&self, mutants: &[&Mutant], given: &Value) -> Result<Vec<u8>, RefusalClass> {
        let mut value = given.clone();
        for (_, change) in changes(mutants) {
            if let Mutation::Name(change) = change
                && let Some(name) = change(&value.message, self.right.layout())
            {
                value.message = name;
            }
        }
        self.changed(mutants, &mut value)?;
        let mut bytes = class(self.writing.encode(&value))?;
        for (mutant, change) in changes(mutants) {
            let Some(context) = self.context(mutant) else { continue };
            match change {
                Mutation::Written(change) => change(&mut bytes, given, &context),
                change => change.datagram(&mut bytes, &context),
            }
        }
        Ok(bytes)
    }

    fn changed(&self, mutants: &[&Mutant], value: &mut Value) -> Result<(), RefusalClass> {
        changes(mutants)
            .filter_map(|(mutant, change)| Some((self.context(mutant)?, change)))
            .try_for_each(|(context, change)| change.fields(&mut value.fields, &context))
            .map_err(|_| RefusalClass::Value)
    }

    fn context(&self, mutant: &'a Mutant) -> Option<Context<'_>> {
        let location = mutant.location.as_ref()?;
        let previous = self.previous.get(&location.message().name).unwrap_or(&NOTHING);
        Some(Context { location, right: &self.right, previous })
    }
}

/// Makes the change of a mutant in a layout, unless this moves a field out of every datagram, which two changes
/// together can do.
fn edit_if_possible(mutant: &Mutant, layout: &mut Layout) {
    let Some(location) = &mutant.location else {
        let mut edited = layout.clone();
        mutant.edit(&mut edited);
        if is_possible(&edited) {
            *layout = edited;
        }
        return;
    };
    // A layout is large: only the message is kept to undo the change.
    let name = &location.message().name;
    let before = layout.messages.iter().find(|message| message.name == *name).cloned();
    mutant.edit(layout);
    if !is_possible(layout)
        && let (Some(message), Some(before)) = (layout.message_mut(name), before)
    {
        *message = before;
    }
}

/// What is remembered before the first message.
static NOTHING: Previous =
    Previous { read: None, datagram: Vec::new(), given: None, written: Vec::new() };

/// Whether every field lies within the longest datagram.
fn is_possible(layout: &Layout) -> bool {
    const LONGEST: usize = 1 << 16;
    let fits = |field: &Field| field.offset < LONGEST && field.size < LONGEST;
    let mut fields = layout.messages.iter().flat_map(|message| &message.fields);
    fields.all(|field| fits(field) && field.entry.iter().all(fits))
}

/// What these mutants do differently, one after another.
fn changes<'m, 'a>(
    mutants: &'m [&'a Mutant],
) -> impl Iterator<Item = (&'a Mutant, Mutation)> + use<'m, 'a> {
    mutants.iter().flat_map(|mutant| mutant.mutations.iter().map(|change| (*mutant, *change)))
}

impl Codec for MutantCodec<'_> {
    fn decode(&mut self, bytes: &[u8]) -> Result<Value, RefusalClass> {
        let mut mutants = self.concerned_by_datagram(bytes);
        if mutants.is_empty() {
            return class(self.right.decode(bytes));
        }
        mutants.retain(|mutant| mutant.side.decodes());
        let (read, value) = if mutants.is_empty() {
            let value = class(self.right.decode(bytes))?;
            (value.fields.clone(), value)
        } else {
            self.wrong_decode(&mutants, bytes)?
        };
        // What was read, not what was given: one that gives the previous entries, too, would give those of
        // all messages, and the memory that they need has no bound.
        let previous = self.previous.entry(value.message.clone()).or_default();
        previous.datagram = bytes.to_vec();
        previous.read = Some(read);
        Ok(value)
    }

    fn encode(&mut self, value: &Value) -> Result<Vec<u8>, RefusalClass> {
        let mut mutants = self.concerned_by_value(value);
        if mutants.is_empty() {
            return class(self.right.encode(value));
        }
        mutants.retain(|mutant| mutant.side.encodes());
        let encoded = if mutants.is_empty() {
            class(self.right.encode(value))
        } else {
            self.wrong_encode(&mutants, value)
        };
        if let Ok(bytes) = &encoded {
            let previous = self.previous.entry(value.message.clone()).or_default();
            previous.written.clone_from(bytes);
            previous.given = Some(value.fields.clone());
        }
        encoded
    }
}

fn class<T>(answer: Result<T, rollwire_model::Refusal>) -> Result<T, RefusalClass> {
    answer.map_err(|refusal| refusal.class)
}
