//! The model: a layout and a revision.

use std::sync::Arc;

use crate::{Layout, MessageLayout};

/// An implementation of the protocol in one revision, as its layout says. A clone shares the layout.
///
/// Decoding is [`Model::decode`], encoding [`Model::encode`]; what else may be answered, where a rule
/// leaves a choice, is in [`Model::decode_outcomes`] and its siblings.
#[derive(Clone, Debug)]
pub struct Model {
    layout: Arc<Layout>,
    revision: u8,
}

impl Model {
    /// A model of that layout in that revision.
    #[must_use]
    pub fn new(layout: &Layout, revision: u8) -> Self {
        Self { layout: Arc::new(layout.clone()), revision }
    }

    /// The specification in its latest revision.
    #[must_use]
    pub fn latest() -> Self {
        Self::specified(Layout::builtin().revision)
    }

    /// The specification in that revision.
    #[must_use]
    pub fn specified(revision: u8) -> Self {
        Self { layout: Layout::shared(), revision }
    }

    /// The revision of the protocol.
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
