//! The ways in which an answer that carries an id can be malformed.

use super::{hex::HexFault, json::excerpt};

/// The members of which an answer has exactly one.
pub(super) const FOUR: [&str; 4] = ["ok", "reject", "unsupported", "error"];

/// Why a line with the id of a request is not an answer to that request.
///
/// What the adapter wrote is kept shortened. `spec/adapter.md` lists every text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It has none of the four members that make an answer.
    #[error("the answer has none of {}", list_of(&FOUR))]
    NoneOfFour,
    /// It has two or more of them: these.
    #[error("the answer has {}; it must have exactly one of {}", list_of(.0), list_of(&FOUR))]
    SeveralOfFour(Vec<&'static str>),
    /// It has this member more than once.
    #[error("the answer has `{0}` more than once")]
    Repeated(&'static str),
    /// A member of the answer is not an object.
    #[error("`{member}` of the answer is not an object: {found}")]
    NotAnObject {
        /// The path of the member.
        member: &'static str,
        /// What it is.
        found: String,
    },
    /// A member of the answer is not a list.
    #[error("`{member}` of the answer is not a list: {found}")]
    NotAList {
        /// The path of the member.
        member: &'static str,
        /// What it is.
        found: String,
    },
    /// A member of the answer is not text.
    #[error("`{member}` of the answer is not text: {found}")]
    NotText {
        /// The path of the member.
        member: &'static str,
        /// What it is.
        found: String,
    },
    /// A member of the answer is text, but not hex.
    #[error("`{member}` of the answer is not hex: {fault}")]
    NotHex {
        /// The path of the member.
        member: &'static str,
        /// What is wrong with the text.
        fault: HexFault,
    },
    /// A member of the answer is JSON that cannot be read: a number that no double can hold or that
    /// only a double takes for an integer, a name that is not valid text or is given twice, or too
    /// many levels of nesting.
    #[error("`{member}` of the answer cannot be read: {reason}: {found}")]
    Unreadable {
        /// The path of the member.
        member: &'static str,
        /// What the parser says.
        reason: String,
        /// The member.
        found: String,
    },
    /// `ok` lacks this member.
    #[error("`ok` of the answer lacks `{0}`")]
    Lacks(&'static str),
    /// `ok` is longer than any right answer to the request.
    #[error("`ok` of the answer has {length} bytes; it may have at most {limit}: {found}")]
    TooLong {
        /// How many bytes `ok` has.
        length: usize,
        /// How many it may have.
        limit: usize,
        /// Its beginning.
        found: String,
    },
    /// The answers that wait for the rest of their sessions are too long together.
    #[error("{length} bytes of answers to sessions are waiting with this one; at most {limit} may")]
    TooMuchWaiting {
        /// How many bytes would wait with this answer.
        length: usize,
        /// How many may wait.
        limit: usize,
    },
    /// A request of a session was answered with this member instead of `ok`.
    #[error("the answer to a request of a session is `{0}`; expected `ok`")]
    NotOk(&'static str),
    /// A session has fewer observations than stimuli.
    #[error("{found} observations for {stimuli} stimuli; expected one for each")]
    TooFewObservations {
        /// How many observations there are.
        found: usize,
        /// How many stimuli there are.
        stimuli: usize,
    },
    /// A session has more observations than stimuli.
    #[error("more than {stimuli} observations for {stimuli} stimuli; expected one for each")]
    TooManyObservations {
        /// How many stimuli there are.
        stimuli: usize,
    },
    /// The requests to advance are answered with another number of observations.
    #[error("{found} observations where {expected} are asked for; `advance` is answered with one")]
    ObservationsOfAdvance {
        /// How many observations there are.
        found: usize,
        /// How many there must be.
        expected: usize,
    },
    /// A malformed request is answered with something other than an error.
    #[error("{request} is answered with `{answer}`; expected `error`")]
    NotAnError {
        /// What is wrong with the request.
        request: &'static str,
        /// The kind of the answer.
        answer: &'static str,
    },
    /// An observation is longer than its scenario allows.
    #[error("an observation has {length} bytes; it may have at most {limit}: {found}")]
    ObservationTooLong {
        /// How many bytes it has.
        length: usize,
        /// How many it may have.
        limit: usize,
        /// Its beginning.
        found: String,
    },
    /// An observation is JSON that cannot be read.
    #[error("an observation cannot be read: {reason}: {found}")]
    ObservationUnreadable {
        /// What the parser says.
        reason: String,
        /// The observation.
        found: String,
    },
    /// An observation is something other than an object: this.
    #[error("an observation is not an object: {0}")]
    ObservationNotAnObject(String),
    /// An observation lacks this member.
    #[error("an observation lacks `{0}`")]
    ObservationLacks(&'static str),
    /// A member of an observation holds something that it must not hold.
    #[error("`{member}` of an observation holds {found}; expected {expected}")]
    ObservationMember {
        /// The member.
        member: &'static str,
        /// What it holds.
        found: String,
        /// What it may hold.
        expected: &'static str,
    },
    /// `sent` of an observation holds text that is not hex.
    #[error("`sent` of an observation holds text that is not hex: {0}")]
    ObservationNotHex(HexFault),
}

impl Malformed {
    /// A member that is not an object, with its JSON text.
    pub(crate) fn not_an_object(member: &'static str, json: &str) -> Self {
        Self::NotAnObject { member, found: excerpt(json) }
    }

    /// A member that is not text, with its JSON text.
    pub(crate) fn not_text(member: &'static str, json: &str) -> Self {
        Self::NotText { member, found: excerpt(json) }
    }

    /// A member that the parser cannot read, with its JSON text.
    pub(crate) fn unreadable(member: &'static str, error: &serde_json::Error, json: &str) -> Self {
        Self::Unreadable { member, reason: error.to_string(), found: excerpt(json) }
    }
}

/// `` `a`, `b` and `c` ``.
fn list_of(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
