//! What a monitor objects to.

use serde::Serialize;

use crate::line::Moment;

/// How long an answer may take, in microseconds. The rules demand it at once; this only has to be longer
/// than a busy page takes to handle a datagram that its tap has recorded.
pub(crate) const CAREFUL: u64 = 1_000_000;

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
pub(crate) struct Here {
    pub(crate) line: u64,
    pub(crate) at: Moment,
}

/// The objections so far.
#[derive(Debug, Default)]
pub(crate) struct Objections(pub(crate) Vec<Objection>);

impl Objections {
    pub(crate) fn add(
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
