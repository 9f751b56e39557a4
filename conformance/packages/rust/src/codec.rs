//! What a codec is to a test.

use rollwire_model::Layout;
use serde_json::{Map, Value};

/// A message: its name and its fields, in the JSON forms of `spec/common.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Such as `state_hash`.
    pub name: String,
    /// Integers, true and false, hashes as hex text, a timestamp as the 16 hex digits of its bits.
    /// For `encode` they may be wrong on purpose.
    pub fields: Map<String, Value>,
}

impl Message {
    /// A message of this name. The fields are the members of an object; any other JSON is taken for no
    /// fields.
    #[must_use]
    pub fn new(name: impl Into<String>, fields: Value) -> Self {
        let fields = match fields {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        Self { name: name.into(), fields }
    }
}

/// The codec refuses an input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// Why, by one of the eight classes of `spec/refusals.md`. A right refusal with a wrong class is
    /// weak.
    pub class: Option<String>,
    /// The codec's own words.
    pub message: Option<String>,
}

impl Refusal {
    /// A refusal of this class.
    #[must_use]
    pub fn new(class: impl Into<String>) -> Self {
        Self { class: Some(class.into()), message: None }
    }
}

/// A codec under test. It has at least one of `decode` and `encode`.
///
/// Both may panic; then the check that they were called for has an error.
pub trait Codec {
    /// Reads one datagram.
    ///
    /// # Errors
    /// The refusal of the codec, and nothing else.
    fn decode(&mut self, datagram: &[u8]) -> Result<Message, Refusal> {
        let _ = datagram;
        Err(Refusal { class: Some(MISSING.to_owned()), message: None })
    }

    /// Writes one message.
    ///
    /// # Errors
    /// The refusal of the codec, and nothing else.
    fn encode(&mut self, message: &Message) -> Result<Vec<u8>, Refusal> {
        let _ = message;
        Err(Refusal { class: Some(MISSING.to_owned()), message: None })
    }

    /// Decodes a datagram and encodes the message again; by default by way of a [`Message`].
    ///
    /// # Errors
    /// As the other two.
    fn reencode(&mut self, datagram: &[u8]) -> Result<Vec<u8>, Refusal> {
        let message = self.decode(datagram)?;
        self.encode(&message)
    }

    /// The protocol revision, 1 to 7; by default the latest.
    fn revision(&self) -> u8 {
        Layout::builtin().revision
    }

    /// The messages that the codec has; by default all.
    fn messages(&self) -> Option<Vec<&str>> {
        None
    }

    /// Whether NaN bit patterns other than 7ff8000000000000 survive.
    fn nan_payload(&self) -> bool {
        true
    }

    /// The seed of the fresh cases: the same one gives the same cases.
    fn seed(&self) -> u64 {
        1
    }
}

/// What a function refuses everything with that the codec does not have.
pub(crate) const MISSING: &str = "\0missing";
