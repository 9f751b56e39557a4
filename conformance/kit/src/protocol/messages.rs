//! The messages that an adapter declares, each with its directions.

use std::collections::{BTreeMap, BTreeSet};

use rollwire_model::{Layout, vectors::CheckKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::hello_fault::{HelloFault, wrong};
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
    let all: Option<Vec<Direction>> =
        listed.as_array().and_then(|names| names.iter().map(named).collect());
    // One that is named twice is most often a misspelling of the other.
    let each_once = |all: &[Direction]| all.iter().collect::<BTreeSet<_>>().len() == all.len();
    match all {
        Some(all) if !all.is_empty() && each_once(&all) => all.into_iter().collect(),
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
            (
                json!({"ping": ["decode", "decode"]}),
                "message `ping` in the answer to hello has [\"decode\",\"decode\"]; expected a list",
            ),
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
}
