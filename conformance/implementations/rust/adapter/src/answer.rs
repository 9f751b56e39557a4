//! The four answers of the adapter protocol.

use std::fmt::Display;

use rollwire_codec::RefusalClass;
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Value, json};

use crate::observation::Observation;

/// What an operation comes to: `ok`, or one of the other three answers.
pub(crate) type Outcome = Result<Success, Failure>;

/// The answer to one request.
pub(crate) struct Answer {
    /// The id of the request, or null if it has none.
    pub(crate) id: Value,
    pub(crate) outcome: Outcome,
}

/// What `ok` holds.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Success {
    Json(Value),
    /// Nearly all bytes that an adapter writes are observations, so they do not become a `Value`.
    Observations {
        observations: Vec<Observation>,
    },
}

/// The answers that are not `ok`.
pub(crate) enum Failure {
    /// The implementation refused its input.
    Reject { class: &'static str, message: String },
    /// The adapter does not have this operation.
    Unsupported,
    /// The request is malformed, or something broke.
    Error { message: String },
}

impl Failure {
    /// A refusal of the implementation.
    pub(crate) fn refused(class: RefusalClass, message: &impl Display) -> Self {
        Self::Reject { class: class.as_str(), message: message.to_string() }
    }

    /// Anything else that keeps a request from being answered with `ok`.
    pub(crate) fn error(message: impl Into<String>) -> Self {
        Self::Error { message: message.into() }
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut answer = serializer.serialize_map(Some(2))?;
        answer.serialize_entry("id", &self.id)?;
        match &self.outcome {
            Ok(success) => answer.serialize_entry("ok", success)?,
            Err(Failure::Reject { class, message }) => {
                answer.serialize_entry("reject", &json!({"class": class, "message": message}))?;
            }
            Err(Failure::Unsupported) => answer.serialize_entry("unsupported", &json!({}))?,
            Err(Failure::Error { message }) => {
                answer.serialize_entry("error", &json!({"message": message}))?;
            }
        }
        answer.end()
    }
}
