//! Bytes in JSON: buffers as languages write them, and lines of the adapter protocol and of logs.

use serde_json::{Map, Value};

use super::reading::Spelling;

/// The bytes in an object, if it has a form that is known.
pub(super) fn bytes_of(json: &Value) -> Option<(Vec<u8>, Spelling)> {
    let members = json.as_object()?;
    // `JSON.stringify` of a Buffer.
    if let Some(list) = members.get("data").and_then(Value::as_array) {
        return bytes(list.iter()).map(|bytes| (bytes, Spelling::Decimal));
    }
    // A request to decode, an answer to encode, and what a session received.
    for name in ["hex", "recv"] {
        if let Some(hex) = members.get(name).and_then(Value::as_str) {
            return crate::protocol::hex::decode(hex).ok().map(|bytes| (bytes, Spelling::Hex));
        }
    }
    if let Some(ok) = members.get("ok").filter(|ok| ok.is_object()) {
        return bytes_of(ok);
    }
    indexed(members).map(|bytes| (bytes, Spelling::Decimal))
}

/// `JSON.stringify` of a Uint8Array: members named 0, 1, 2 and so on.
fn indexed(members: &Map<String, Value>) -> Option<Vec<u8>> {
    let in_order = members.keys().enumerate().all(|(at, name)| *name == at.to_string());
    (in_order && !members.is_empty()).then(|| bytes(members.values())).flatten()
}

fn bytes<'a>(values: impl Iterator<Item = &'a Value>) -> Option<Vec<u8>> {
    values.map(|value| value.as_u64().and_then(|number| u8::try_from(number).ok())).collect()
}
