//! Requests: one JSON object per line.

use rollwire_model::{Value, digest::Form, exchange::Stimulus, peer::Setup, vectors::LongValue};
use serde::Serialize;
use serde_json::json;

use super::lines::MAX_LINE;

/// The version of the adapter protocol that this kit speaks.
pub const PROTOCOL_VERSION: u64 = 1;

/// The limits that `hello` announces to the adapter.
#[derive(Clone, Copy, Debug)]
pub struct HelloLimits {
    /// How many requests the kit leaves unanswered at once.
    pub window: usize,
    /// How long the kit waits for an answer, in milliseconds; 0 for no limit.
    pub timeout_ms: u64,
}

/// A request without its id: the JSON text of an object that is not empty.
///
/// The runner adds the id, because a request that is repeated gets a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body(String);

impl Body {
    /// The handshake, the first request to every process.
    #[must_use]
    pub fn hello(nonce: &str, limits: HelloLimits) -> Self {
        Self::from_json(&json!({
            "op": "hello",
            "protocol": [PROTOCOL_VERSION],
            "kit": concat!("rollwire ", env!("CARGO_PKG_VERSION")),
            "nonce": nonce,
            "limits": {
                "line": MAX_LINE,
                "window": limits.window,
                "timeout_ms": limits.timeout_ms,
            },
        }))
    }

    /// `decode`: bytes to value.
    #[must_use]
    pub fn decode(datagram: &[u8]) -> Self {
        Self::with_hex("decode", datagram)
    }

    /// `reencode`: bytes to value to bytes.
    #[must_use]
    pub fn reencode(datagram: &[u8]) -> Self {
        Self::with_hex("reencode", datagram)
    }

    /// `encode`: value to bytes. The value may be wrong on purpose.
    #[must_use]
    pub fn encode(value: &Value) -> Self {
        Self::from_json(&json!({"op": "encode", "type": value.message, "fields": value.fields}))
    }

    /// `encode` with a value that is written without building it in memory.
    #[must_use]
    pub fn encode_long(value: &LongValue) -> Self {
        let members = value.to_string();
        Self(format!(r#"{{"op":"encode",{}"#, members.strip_prefix('{').unwrap_or(&members)))
    }

    /// `digest`: JSON text to digits. The text may be invalid on purpose.
    #[must_use]
    pub fn digest(state: &str, form: Form) -> Self {
        Self::from_json(&json!({"op": "digest", "form": form, "state": state}))
    }

    /// `open`: a new session with this number.
    #[must_use]
    pub fn open(session: u64) -> Self {
        Self::from_json(&json!({"op": "open", "session": session}))
    }

    /// `open` with a peer: a new session with this number.
    #[must_use]
    pub fn open_peer(session: u64, peer: Setup) -> Self {
        Self::from_json(&json!({"op": "open", "session": session, "peer": peer}))
    }

    /// `step`: what happens in a session, in order.
    #[must_use]
    pub fn step(session: u64, stimuli: &[Stimulus]) -> Self {
        Self::with_stimuli("step", session, stimuli)
    }

    /// `advance`: the same, observed only at the end.
    #[must_use]
    pub fn advance(session: u64, stimuli: &[Stimulus]) -> Self {
        Self::with_stimuli("advance", session, stimuli)
    }

    fn with_stimuli(op: &'static str, session: u64, stimuli: &[Stimulus]) -> Self {
        #[derive(Serialize)]
        struct Step<'a> {
            op: &'static str,
            session: u64,
            r#do: &'a [Stimulus],
        }

        // Written without a tree, because most requests are steps.
        Self::from_json(&Step { op, session, r#do: stimuli })
    }

    /// `step` with one stimulus, given as JSON text, that is malformed on purpose.
    #[must_use]
    pub fn malformed_step(session: u64, stimulus: &str) -> Self {
        Self(format!(r#"{{"op":"step","session":{session},"do":[{stimulus}]}}"#))
    }

    /// `close`: the end of a session.
    #[must_use]
    pub fn close(session: u64) -> Self {
        Self::from_json(&json!({"op": "close", "session": session}))
    }

    /// An operation that no adapter has.
    #[must_use]
    pub fn probe(word: &str) -> Self {
        Self::from_json(&json!({"op": format!("probe-{word}")}))
    }

    fn with_hex(op: &str, datagram: &[u8]) -> Self {
        Self(format!(r#"{{"op":"{op}","hex":"{}"}}"#, rollwire_model::hex::plain(datagram)))
    }

    fn from_json(value: &impl Serialize) -> Self {
        // JSON can express every request.
        Self(serde_json::to_string(value).unwrap_or_default())
    }

    /// The JSON text of the request with this id, without a line end.
    #[must_use]
    pub fn with_id(&self, id: u64) -> String {
        format!(r#"{{"id":{id},{}"#, self.0.strip_prefix('{').unwrap_or(&self.0))
    }

    /// Length in bytes of the text without the id.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Always false: a request names its operation.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_first_so_that_a_truncated_log_line_still_names_its_request() {
        assert_eq!(Body::decode(&[0x04]).with_id(7), r#"{"id":7,"op":"decode","hex":"04"}"#);
    }
}
