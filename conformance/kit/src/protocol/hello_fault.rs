//! What can be wrong with the answer to the handshake.

use std::fmt;

use rollwire_model::Capability;
use serde_json::Value;

/// One thing that is wrong with an answer to `hello`. Each text names the member to change.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HelloFault {
    /// A required member is not there.
    #[error("the answer to hello lacks `{0}`")]
    Missing(&'static str),
    /// A member has a type or a value that is not allowed.
    #[error("`{member}` in the answer to hello is {found}; expected {expected}")]
    Wrong {
        /// The member's path.
        member: &'static str,
        /// What it may be.
        expected: String,
        /// What it is, shortened.
        found: String,
    },
    /// The answer does not repeat the nonce.
    #[error("`nonce` in the answer to hello is {found}; expected the request's nonce `{expected}`")]
    Nonce {
        /// The nonce of the request.
        expected: String,
        /// What the answer holds instead.
        found: String,
    },
    /// A capability that the specification does not define.
    #[error("unknown capability `{0}` in the answer to hello; known are {known}", known = known_capabilities())]
    UnknownCapability(String),
    /// A capability is declared without another one that it needs.
    #[error("capability `{0}` in the answer to hello needs `{1}`")]
    NeedsOther(&'static str, &'static str),
    /// A message that the specification does not define.
    #[error("unknown message `{name}` in the answer to hello; {advice}")]
    UnknownMessage {
        /// The name, shortened.
        name: String,
        /// The name that was probably meant, or all names.
        advice: String,
    },
    /// A message is declared more than once.
    #[error("message `{0}` is declared twice in the answer to hello")]
    MessageTwice(String),
    /// The directions of a message are not a list of directions.
    #[error(
        "message `{message}` in the answer to hello has {found}; expected a list of one or both of `decode` and `encode`"
    )]
    Directions {
        /// The message, shortened.
        message: String,
        /// What it has, shortened.
        found: String,
    },
}

/// Everything that is wrong with an answer to `hello`, in the order of the specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelloFaults(Vec<HelloFault>);

/// How many faults of an answer are shown.
const SHOWN: usize = 12;

impl HelloFaults {
    /// These faults, of which there is at least one.
    pub(super) fn new(faults: Vec<HelloFault>) -> Self {
        Self(faults)
    }

    /// The faults; there is at least one.
    #[must_use]
    pub fn all(&self) -> &[HelloFault] {
        &self.0
    }
}

impl From<HelloFault> for HelloFaults {
    fn from(fault: HelloFault) -> Self {
        Self(vec![fault])
    }
}

impl std::error::Error for HelloFaults {}

impl fmt::Display for HelloFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().take(SHOWN).enumerate() {
            let separator = if at == 0 { "" } else { "; also: " };
            write!(f, "{separator}{fault}")?;
        }
        match self.0.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

/// A member that has a type or a value that is not allowed.
pub(super) fn wrong(member: &'static str, expected: &str, found: &Value) -> HelloFault {
    let found = crate::text::shorten(&found.to_string());
    HelloFault::Wrong { member, expected: expected.to_owned(), found }
}

fn known_capabilities() -> String {
    Capability::ALL.map(|capability| format!("`{}`", capability.as_str())).join(", ")
}
