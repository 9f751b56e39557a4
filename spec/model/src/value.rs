//! The value of a message: what a decoder returns and an encoder is given.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Map;

/// A message as JSON: `{"type": name, "fields": {…}}`.
///
/// An encoder may be given anything, so the fields are any JSON. Two values are equal when their
/// members are, in whatever order.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// The name of the message: `state_hash`.
    #[serde(rename = "type")]
    pub message: String,
    /// Its fields, named as in the field tables.
    pub fields: Map<String, serde_json::Value>,
}

impl Value {
    /// A message without fields yet.
    #[must_use]
    pub fn new(message: &str) -> Self {
        Self { message: message.to_owned(), fields: Map::new() }
    }

    /// The same value with one field set.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<serde_json::Value>) -> Self {
        self.fields.insert(field.to_owned(), value.into());
        self
    }
}

impl fmt::Display for Value {
    /// One line of JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = serde_json::Value::from(self.message.as_str());
        let fields = serde_json::to_string(&self.fields).map_err(|_| fmt::Error)?;
        write!(f, r#"{{"type":{name},"fields":{fields}}}"#)
    }
}
