//! The reference implementation passes, and codecs that are wrong do not, in words that say why.

use rollwire_reference_adapter::{Sessions, answer_within};
use rollwire_test::{Codec, Failed, Message, Refusal, check};
use serde_json::{Value, json};

/// The reference implementation, with a hand on what it decodes.
struct Reference {
    sessions: Sessions,
    revision: u8,
    change: fn(&mut Message),
}

impl Reference {
    fn new() -> Self {
        Self { sessions: Sessions::default(), revision: 7, change: |_| {} }
    }

    fn ask(&mut self, mut request: Value) -> Result<Value, Refusal> {
        request["id"] = 1.into();
        let answer = answer_within(&mut self.sessions, request.to_string().as_bytes());
        if let Some(ok) = answer.get("ok") {
            return Ok(ok.clone());
        }
        let Some(class) = answer["reject"]["class"].as_str() else { panic!("{answer}") };
        Err(Refusal::new(class))
    }

    fn datagram(&mut self, request: Value) -> Result<Vec<u8>, Refusal> {
        let ok = self.ask(request)?;
        let digits = ok["hex"].as_str().unwrap();
        let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
        Ok((0..digits.len()).step_by(2).map(byte).collect())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Codec for Reference {
    fn revision(&self) -> u8 {
        self.revision
    }

    fn decode(&mut self, datagram: &[u8]) -> Result<Message, Refusal> {
        let ok = self.ask(json!({"op": "decode", "hex": hex(datagram)}))?;
        let mut message = Message::new(ok["type"].as_str().unwrap(), ok["fields"].clone());
        (self.change)(&mut message);
        Ok(message)
    }

    fn encode(&mut self, message: &Message) -> Result<Vec<u8>, Refusal> {
        self.datagram(json!({"op": "encode", "type": message.name, "fields": message.fields}))
    }

    fn reencode(&mut self, datagram: &[u8]) -> Result<Vec<u8>, Refusal> {
        self.datagram(json!({"op": "reencode", "hex": hex(datagram)}))
    }
}

/// The report, if the codec fails with this exit code.
fn fails(codec: impl Codec, code: u8) -> String {
    let failed: Failed = check(codec).unwrap_err();
    assert_eq!(failed.exit.code(), code, "{failed}");
    assert!(format!("{failed:?}").contains(&failed.to_string()), "{failed:?}");
    failed.to_string()
}

#[test]
fn the_reference_passes() {
    let report = check(Reference::new()).unwrap();
    assert!(report.text.contains("0 failed"), "{}", report.text);
}

#[test]
fn another_revision_has_other_answers() {
    let text = fails(Reference { revision: 3, ..Reference::new() }, 1);
    assert!(text.contains("WIRE-2"), "{text}");
}

#[test]
fn a_wrong_field_is_named_with_its_rule() {
    let change = |message: &mut Message| {
        if message.name == "state_hash" {
            let frame = message.fields["frame"].as_u64().unwrap();
            message.fields["frame"] = u32::try_from(frame).unwrap().swap_bytes().into();
        }
    };
    let text = fails(Reference { change, ..Reference::new() }, 1);
    assert!(!text.contains('\u{1b}'), "{text}");
    for part in ["STATE_HASH-2", "frame, offset 1", "the same bytes read little-endian"] {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
}

#[test]
fn a_panic_is_an_error_of_its_check() {
    let change = |message: &mut Message| assert_ne!(message.name, "ping", "no pings");
    let text = fails(Reference { change, ..Reference::new() }, 1);
    assert!(text.contains("a panic") && text.contains("no pings"), "{text}");
}

struct Nothing;
impl Codec for Nothing {}

struct Unknown;
impl Codec for Unknown {
    fn messages(&self) -> Option<Vec<&str>> {
        Some(vec!["pang"])
    }
}

#[test]
fn a_description_that_is_wrong_is_refused() {
    assert_eq!(fails(Nothing, 2), "a codec needs `decode`, `encode` or both");
    assert_eq!(fails(Unknown, 2), "there is no message `pang`");
    let text = fails(Reference { revision: 8, ..Reference::new() }, 2);
    assert_eq!(text, "revision 8 does not exist, expected 1 to 7");
}

/// Refuses everything.
struct Refuses;
impl Codec for Refuses {
    fn decode(&mut self, _: &[u8]) -> Result<Message, Refusal> {
        Err(Refusal::default())
    }
}

#[test]
fn a_codec_that_refuses_everything_is_not_a_codec() {
    let text = fails(Refuses, 3);
    assert!(text.contains("canar"), "{text}");
}
