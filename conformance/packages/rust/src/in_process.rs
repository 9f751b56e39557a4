//! A codec as the kit asks it: the lines of the adapter protocol, without a process.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use rollwire_conformance::{
    protocol::{Capability, Direction, Hello, Implementation, hex, parse_line},
    runner::{Adapter, Ask, Connection, Deliver, Remark, Reply, StartupFault, Stop},
};
use rollwire_model::{Layout, peer::Parameters};
use serde_json::{Map, Value, json};

use crate::codec::{Codec, MISSING, Message, Refusal};

/// A codec, and what it says about itself.
pub(crate) struct InProcess<C> {
    codec: C,
    hello: Hello,
    next_id: u64,
}

impl<C: Codec> InProcess<C> {
    /// A codec before its first request; the error says what is wrong with its description.
    pub(crate) fn new(mut codec: C) -> Result<Self, String> {
        let latest = Layout::builtin().revision;
        let revision = codec.revision();
        if !(1..=latest).contains(&revision) {
            return Err(format!("revision {revision} does not exist, expected 1 to {latest}"));
        }
        let messages = codec.messages();
        let names: Option<Vec<String>> =
            messages.map(|names| names.into_iter().map(str::to_owned).collect());
        let unknown = |name: &&String| Layout::builtin().message(name).is_none();
        if let Some(name) = names.iter().flatten().find(unknown) {
            return Err(format!("there is no message `{name}`"));
        }
        let messages = names
            .map(|names| names.into_iter().map(|name| (name, Direction::ALL.into())).collect());
        let decodes = !is_missing(|| codec.decode(&[]).err());
        let encodes = !is_missing(|| codec.encode(&Message::new(String::new(), Value::Null)).err());
        let mut capabilities = BTreeSet::new();
        let mut declares = |condition, capability| {
            if condition {
                capabilities.insert(capability);
            }
        };
        declares(decodes, Capability::Decode);
        declares(encodes, Capability::Encode);
        declares(decodes && encodes, Capability::Reencode);
        declares(codec.nan_payload(), Capability::NanPayload);
        if !decodes && !encodes {
            return Err("a codec needs `decode`, `encode` or both".to_owned());
        }
        let implementation = Implementation {
            name: std::any::type_name::<C>().to_owned(),
            version: "in this test".to_owned(),
            language: "Rust".to_owned(),
        };
        let parameters = Parameters::default();
        let hello = Hello {
            implementation,
            revision,
            capabilities,
            messages,
            window: 1,
            sessions: 1,
            parameters,
        };
        Ok(Self { codec, hello, next_id: 0 })
    }

    fn reply(&mut self, ask: &Ask) -> Reply {
        let mut answers = Vec::new();
        for body in ask.script.bodies() {
            self.next_id += 1;
            let answer = self.answer(&body.with_id(self.next_id));
            let line = json!({"id": self.next_id, answer.0: answer.1}).to_string();
            // The line was written here: it is JSON, and has an id.
            let Ok(line) = parse_line(line.as_bytes()) else { return Reply::NotRun };
            match line.answer {
                Ok(answer) => answers.push(answer),
                Err(malformed) => return Reply::Malformed(malformed),
            }
        }
        Reply::Answered(answers)
    }

    fn answer(&mut self, request: &str) -> (&'static str, Value) {
        let request: Value = match serde_json::from_str(request) {
            Ok(request) => request,
            Err(error) => return ("error", json!({"message": error.to_string()})),
        };
        let bytes = || hex::decode(request["hex"].as_str().unwrap_or_default()).unwrap_or_default();
        let codec = AssertUnwindSafe(&mut self.codec);
        let result = catch_unwind(|| {
            // The whole wrapper is moved in, and not what it holds.
            let AssertUnwindSafe(codec) = { codec };
            Some(match request["op"].as_str() {
                Some("decode") => codec.decode(&bytes()).map(message_to_json),
                Some("encode") => {
                    codec.encode(&message_from_json(&request)).map(|bytes| bytes_to_json(&bytes))
                }
                Some("reencode") => codec.reencode(&bytes()).map(|bytes| bytes_to_json(&bytes)),
                _ => return None,
            })
        });
        match result {
            Ok(Some(Ok(ok))) => ("ok", ok),
            Ok(Some(Err(refusal))) => ("reject", refusal_to_json(refusal)),
            Ok(None) => ("unsupported", json!({})),
            Err(panic) => {
                let text = panic.downcast_ref::<String>().map(String::as_str);
                let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
                ("error", json!({"message": format!("a panic: {}", text.unwrap_or("no text"))}))
            }
        }
    }
}

/// Whether a function is the one of the trait, which refuses everything in this way.
fn is_missing(ask: impl FnOnce() -> Option<Refusal>) -> bool {
    let refusal = catch_unwind(AssertUnwindSafe(ask)).ok().flatten();
    refusal.is_some_and(|refusal| refusal.class.as_deref() == Some(MISSING))
}

fn message_to_json(Message { name, fields }: Message) -> Value {
    json!({"type": name, "fields": fields})
}

fn message_from_json(request: &Value) -> Message {
    Message::new(request["type"].as_str().unwrap_or_default(), request["fields"].clone())
}

fn bytes_to_json(bytes: &[u8]) -> Value {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    json!({"hex": digits})
}

fn refusal_to_json(Refusal { class, message }: Refusal) -> Value {
    let members = [("class", class), ("message", message)];
    let given =
        members.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?.into())));
    Value::Object(given.collect::<Map<String, Value>>())
}

impl<C: Codec> Adapter for InProcess<C> {
    fn start(&mut self) -> Result<Hello, StartupFault> {
        Ok(self.hello.clone())
    }

    fn ask_some(&mut self, asks: &mut dyn Iterator<Item = Ask>, deliver: &mut Deliver<'_>) {
        for ask in asks {
            let reply = self.reply(&ask);
            deliver(ask.place, reply, &mut String::new);
        }
    }

    fn stopped(&self) -> Option<&Stop> {
        None
    }

    fn take_stderr(&mut self) -> String {
        String::new()
    }

    fn finish(&mut self) -> Vec<Remark> {
        Vec::new()
    }

    fn connection(&self) -> Connection {
        Connection::Started
    }
}
