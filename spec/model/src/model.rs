//! The model: a layout, and the revision that is spoken.

use crate::{Layout, MessageLayout};

/// An implementation of the protocol in one revision, as its layout says.
///
/// Decoding is [`Model::decode`], encoding [`Model::encode`]; what else may be answered, where a rule
/// leaves a choice, is in [`Model::decode_outcomes`] and its siblings.
#[derive(Clone, Debug)]
pub struct Model {
    layout: Layout,
    revision: u8,
}

impl Model {
    /// A model of that layout that speaks that revision.
    #[must_use]
    pub fn new(layout: &Layout, revision: u8) -> Self {
        Self { layout: layout.clone(), revision }
    }

    /// The specification in its latest revision.
    #[must_use]
    pub fn latest() -> Self {
        let layout = Layout::builtin();
        Self { revision: layout.revision, layout }
    }

    /// The revision that is spoken.
    #[must_use]
    pub fn revision(&self) -> u8 {
        self.revision
    }

    /// The layout, of all revisions.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The message that the first byte of a datagram names, in whichever revision.
    #[must_use]
    pub fn named_message(&self, datagram: &[u8]) -> Option<&MessageLayout> {
        let type_byte = datagram.first()?;
        self.layout.messages.iter().find(|message| message.type_byte == *type_byte)
    }

    /// The message with that type byte, if this revision has it (WIRE-2).
    pub(crate) fn message_of_type(&self, type_byte: u8) -> Option<&MessageLayout> {
        self.messages().find(|message| message.type_byte == type_byte)
    }

    /// The message of that name, if this revision has it (WIRE-4).
    pub(crate) fn message_of_name(&self, name: &str) -> Option<&MessageLayout> {
        self.messages().find(|message| message.name == name)
    }

    fn messages(&self) -> impl Iterator<Item = &MessageLayout> {
        self.layout.messages.iter().filter(|message| message.since <= self.revision)
    }
}
