//! The messages that an adapter declares, each with its directions, and what is therefore not asked.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use rollwire_model::{Layout, vectors::CheckKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    Capability,
    hello::{Hello, HelloFault, wrong},
};
use crate::text::{closest, shorten};

/// What an implementation does with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// It reads the message.
    Decode,
    /// It writes the message.
    Encode,
}

impl Direction {
    /// Both, in the order of the specification.
    pub const ALL: [Self; 2] = [Self::Decode, Self::Encode];

    /// The name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Decode => "decode",
            Self::Encode => "encode",
        }
    }

    /// The directions that a check needs.
    #[must_use]
    pub const fn of_check(kind: CheckKind) -> &'static [Self] {
        match kind {
            CheckKind::Decode => &[Self::Decode],
            CheckKind::Encode => &[Self::Encode],
            CheckKind::Reencode | CheckKind::Run => &Self::ALL,
            CheckKind::Digest => &[],
        }
    }
}

/// The messages of an implementation that does not have all of them.
pub type Messages = BTreeMap<String, BTreeSet<Direction>>;

/// What an adapter does not declare, so that a check does not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A message.
    Message(&'static str),
    /// One direction of a declared message.
    Direction(&'static str, Direction),
    /// A capability.
    Capability(Capability),
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(name) => write!(f, "message {name} is not declared"),
            Self::Direction(name, direction) => {
                write!(f, "{} is not declared for message {name}", direction.as_str())
            }
            Self::Capability(capability) => {
                write!(f, "capability {} is not declared", capability.as_str())
            }
        }
    }
}

impl Hello {
    /// What this adapter lacks for a check of this kind, on a message if there is one, with these
    /// further capabilities.
    ///
    /// A message comes before a capability, so that each capability is counted with the checks that
    /// declaring it would add.
    #[must_use]
    pub fn missing(
        &self,
        kind: CheckKind,
        message: Option<&'static str>,
        capabilities: impl IntoIterator<Item = Capability>,
    ) -> Option<Missing> {
        let directions = message.map(|name| (name, self.directions(name)));
        if let Some((name, None)) = directions {
            return Some(Missing::Message(name));
        }
        let mut needed = std::iter::once(Capability::of_check(kind)).chain(capabilities);
        if let Some(capability) = needed.find(|it| !self.declares(*it)) {
            return Some(Missing::Capability(capability));
        }
        let (name, declared) = directions?;
        let mut needed = Direction::of_check(kind).iter().copied();
        let direction = needed.find(|it| declared.as_ref().is_some_and(|all| !all.contains(it)))?;
        Some(Missing::Direction(name, direction))
    }

    /// The directions of a message; `None` if it is not declared.
    #[must_use]
    pub fn directions(&self, message: &str) -> Option<BTreeSet<Direction>> {
        match &self.messages {
            None => Some(Direction::ALL.into()),
            Some(declared) => declared.get(message).cloned(),
        }
    }
}

/// Reads `messages` of the answer to hello: names, or objects whose members are a name and a list of
/// directions. `{"keepalive": ["decode"]}` and `["ping", {"keepalive": ["decode"]}]` are both valid.
pub(super) fn read(value: &Value, faults: &mut Vec<HelloFault>) -> Messages {
    let mut messages = Messages::new();
    let mut name = |name: &str, directions, faults: &mut Vec<HelloFault>| {
        if Layout::builtin().message(name).is_none() {
            faults.push(unknown(name));
        } else if messages.insert(name.to_owned(), directions).is_some() {
            faults.push(HelloFault::MessageTwice(shorten(name)));
        }
    };
    let mut object = |members: &Map<String, Value>, faults: &mut Vec<HelloFault>| {
        for (message, listed) in members {
            let directions = directions(message, listed, faults);
            name(message, directions, faults);
        }
    };
    match value {
        Value::Object(members) => object(members, faults),
        Value::Array(items) => {
            for item in items {
                match item {
                    Value::Object(members) => object(members, faults),
                    Value::String(text) => {
                        let both = Direction::ALL.map(|it| Value::from(it.as_str()));
                        object(
                            &Map::from_iter([(text.clone(), Value::from(both.to_vec()))]),
                            faults,
                        );
                    }
                    _ => faults.push(wrong("messages", EXPECTED, value)),
                }
            }
        }
        _ => faults.push(wrong("messages", EXPECTED, value)),
    }
    messages
}

const EXPECTED: &str = "a list of names, such as `[\"state_hash\"]`, or an object, such as `{\"state_hash\": [\"decode\"]}`";

/// The directions of one message.
fn directions(message: &str, listed: &Value, faults: &mut Vec<HelloFault>) -> BTreeSet<Direction> {
    let named = |value: &Value| {
        Direction::ALL.into_iter().find(|direction| value.as_str() == Some(direction.as_str()))
    };
    let all: Option<BTreeSet<Direction>> =
        listed.as_array().and_then(|names| names.iter().map(named).collect());
    match all {
        Some(directions) if !directions.is_empty() => directions,
        _ => {
            let found = shorten(&listed.to_string());
            faults.push(HelloFault::Directions { message: shorten(message), found });
            BTreeSet::new()
        }
    }
}

fn unknown(name: &str) -> HelloFault {
    let names = Layout::builtin().messages.iter().map(|message| &*message.name);
    let advice = match closest(name, names.clone()) {
        Some(close) => format!("did you mean `{close}`?"),
        None => {
            let known: Vec<String> = names.map(|it| format!("`{it}`")).collect();
            format!("known are {}", known.join(", "))
        }
    };
    HelloFault::UnknownMessage { name: shorten(name), advice }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn declared(value: &Value) -> Result<Messages, Vec<String>> {
        let mut faults = Vec::new();
        let messages = read(value, &mut faults);
        let texts: Vec<String> = faults.iter().map(HelloFault::to_string).collect();
        if texts.is_empty() { Ok(messages) } else { Err(texts) }
    }

    #[test]
    fn names_and_objects_declare_the_same() {
        use Direction::{Decode, Encode};
        let expected = Messages::from([
            ("ping".to_owned(), BTreeSet::from([Decode, Encode])),
            ("keepalive".to_owned(), BTreeSet::from([Decode])),
        ]);
        for value in [
            json!({"ping": ["encode", "decode"], "keepalive": ["decode"]}),
            json!(["ping", {"keepalive": ["decode"]}]),
            json!([{"keepalive": ["decode"]}, {"ping": ["decode", "encode"]}]),
        ] {
            assert_eq!(declared(&value).as_ref(), Ok(&expected), "{value}");
        }
        assert_eq!(declared(&json!([])), Ok(Messages::new()));
    }

    #[test]
    fn every_fault_names_what_was_probably_meant() {
        for (value, text) in [
            (
                json!(["STATE_HASH"]),
                "unknown message `STATE_HASH` in the answer to hello; did you mean `state_hash`?",
            ),
            (
                json!(["focus"]),
                "unknown message `focus` in the answer to hello; did you mean `focus_state`?",
            ),
            (
                json!(["chat"]),
                "unknown message `chat` in the answer to hello; known are `input`, `ping`",
            ),
            (json!(["ping", "ping"]), "message `ping` is declared twice in the answer to hello"),
            (
                json!({"ping": "decode"}),
                "message `ping` in the answer to hello has \"decode\"; expected a list of one or both of `decode` and `encode`",
            ),
            (json!({"ping": []}), "message `ping` in the answer to hello has []; expected"),
            (json!({"ping": ["both"]}), "message `ping` in the answer to hello has [\"both\"]"),
            (
                json!("ping"),
                "`messages` in the answer to hello is \"ping\"; expected a list of names, such as",
            ),
            (json!([7]), "`messages` in the answer to hello is [7]; expected a list of names"),
        ] {
            let faults = declared(&value).unwrap_err();
            assert!(faults.len() == 1 && faults[0].starts_with(text), "{faults:?}, not {text}");
        }
    }

    #[test]
    fn a_message_comes_before_a_capability_and_a_direction_after_it() {
        let hello = |messages: &Value| Hello {
            implementation: crate::protocol::Implementation {
                name: String::new(),
                version: String::new(),
                language: String::new(),
            },
            revision: 7,
            capabilities: [Capability::Decode, Capability::Reencode].into(),
            messages: Some(declared(messages).unwrap()),
            window: 1,
            sessions: 1,
        };
        let partial = hello(&json!({"ping": ["decode"]}));
        let none: [Capability; 0] = [];
        let missing = |kind, message| partial.missing(kind, message, none);
        assert_eq!(missing(CheckKind::Decode, Some("ping")), None);
        assert_eq!(missing(CheckKind::Decode, None), None);
        assert_eq!(missing(CheckKind::Encode, Some("pong")), Some(Missing::Message("pong")));
        assert_eq!(
            missing(CheckKind::Encode, Some("ping")),
            Some(Missing::Capability(Capability::Encode))
        );
        assert_eq!(
            missing(CheckKind::Reencode, Some("ping")),
            Some(Missing::Direction("ping", Direction::Encode))
        );
        let nan = partial.missing(CheckKind::Decode, Some("ping"), [Capability::NanPayload]);
        assert_eq!(nan, Some(Missing::Capability(Capability::NanPayload)));
    }
}
