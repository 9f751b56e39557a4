//! What a monitor objects to.

use serde::Serialize;

use crate::line::Moment;

/// Whose fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The side whose channel was tapped.
    Own,
    /// The other one.
    Partner,
}

/// A rule that was broken, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    /// The rule.
    pub rule: String,
    /// Who broke it.
    pub side: Side,
    /// What is wrong, the same for all of its kind.
    pub kind: &'static str,
    /// What it is here.
    pub detail: String,
    /// The line of the datagram.
    pub line: u64,
    /// When that datagram was sent or received.
    pub at: Moment,
}

/// The record that is being judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Here {
    pub(super) line: u64,
    pub(super) at: Moment,
}

/// The objections so far.
#[derive(Debug, Default)]
pub(super) struct Objections(pub(super) Vec<Objection>);

impl Objections {
    pub(super) fn add(
        &mut self,
        here: Here,
        side: Side,
        rule: &str,
        kind: &'static str,
        detail: String,
    ) {
        let Here { line, at } = here;
        self.0.push(Objection { rule: rule.to_owned(), side, kind, detail, line, at });
    }
}
