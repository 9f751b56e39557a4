//! The answer to the handshake: what the implementation is, and what the kit may ask it.

use std::collections::BTreeSet;

pub use rollwire_model::Capability;
use rollwire_model::{Layout, exchange::Variant, peer::Parameters, vectors::CheckKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    hello_fault::{HelloFault, HelloFaults, wrong},
    messages::{self, Direction, Messages},
    request::PROTOCOL_VERSION,
};

/// How the implementation under test identifies itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Implementation {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The language it is written in.
    pub language: String,
}

/// A checked answer to `hello`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The implementation that answers.
    #[serde(rename = "impl")]
    pub implementation: Implementation,
    /// The protocol revision that it speaks.
    pub revision: u8,
    /// The capabilities that it declares.
    pub capabilities: BTreeSet<Capability>,
    /// The messages that it has, each with its directions; `None` for all messages in both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<Messages>,
    /// How many requests may wait at once.
    pub window: usize,
    /// How many sessions may be open at once.
    pub sessions: usize,
    /// The numbers of its peer.
    #[serde(default, skip_serializing_if = "is_default")]
    pub parameters: Parameters,
}

fn is_default(parameters: &Parameters) -> bool {
    *parameters == Parameters::default()
}

impl Hello {
    /// Checks `ok` of an answer to `hello`.
    ///
    /// # Errors
    /// Every member that is missing or wrong.
    pub fn from_ok(ok: &Map<String, Value>, nonce: &str) -> Result<Self, HelloFaults> {
        let mut faults = Vec::new();
        match ok.get("protocol") {
            None => faults.push(HelloFault::Missing("protocol")),
            Some(version) if version.as_u64() == Some(PROTOCOL_VERSION) => {}
            Some(other) => faults.push(wrong("protocol", &PROTOCOL_VERSION.to_string(), other)),
        }
        match ok.get("nonce") {
            None => faults.push(HelloFault::Missing("nonce")),
            Some(returned) if returned.as_str() == Some(nonce) => {}
            Some(other) => {
                let found = crate::text::shorten(&other.to_string());
                faults.push(HelloFault::Nonce { expected: nonce.to_owned(), found });
            }
        }
        let latest = Layout::builtin().revision;
        let mut hello = Self {
            implementation: implementation(ok.get("impl"), &mut faults),
            revision: number(ok, "revision", latest, u64::from(latest), &mut faults),
            capabilities: capabilities(ok.get("capabilities"), &mut faults),
            messages: ok.get("messages").map(|value| messages::read(value, &mut faults)),
            window: number(ok, "window", 64, 65_536, &mut faults),
            sessions: number(ok, "sessions", 1, 65_536, &mut faults),
            parameters: Parameters::default(),
        };
        hello.parameters = parameters(ok.get("parameters"), hello.revision, &mut faults);
        if faults.is_empty() {
            faults.extend(hello.without_a_message(ok.get("messages")));
        }
        if faults.is_empty() { Ok(hello) } else { Err(HelloFaults::new(faults)) }
    }

    /// A capability of the codec, if no declared message can show any of those that are declared: without a
    /// datagram that has to be accepted, an implementation that refuses everything would be right.
    fn without_a_message(&self, value: Option<&Value>) -> Option<HelloFault> {
        let (declared, value) = (self.messages.as_ref()?, value?);
        let shows = |kind: &CheckKind| {
            let needed = Direction::of_check(*kind);
            declared.values().any(|directions| needed.iter().all(|it| directions.contains(it)))
        };
        let kinds = [CheckKind::Decode, CheckKind::Encode, CheckKind::Reencode];
        let of_codec = || kinds.iter().filter(|kind| self.declares(Capability::of_check(**kind)));
        let first = Capability::of_check(*of_codec().next()?).as_str();
        let fault = wrong("messages", &format!("a message for the capability `{first}`"), value);
        (!of_codec().any(shows)).then_some(fault)
    }

    /// Whether this capability was declared.
    #[must_use]
    pub fn declares(&self, capability: Capability) -> bool {
        self.capabilities.contains(&capability)
    }

    /// What its exchange has.
    #[must_use]
    pub fn variant(&self) -> Variant {
        Variant::declared(|capability| self.declares(capability), self.parameters.hash_sends)
    }
}

/// The member `impl`; what is faulty in it is empty.
fn implementation(value: Option<&Value>, faults: &mut Vec<HelloFault>) -> Implementation {
    let members = match value {
        Some(Value::Object(members)) => Some(members),
        Some(other) => {
            faults.push(wrong("impl", "an object", other));
            None
        }
        None => {
            faults.push(HelloFault::Missing("impl"));
            None
        }
    };
    let mut text = |name: &str, path: &'static str| {
        let Some(members) = members else { return String::new() };
        match members.get(name) {
            Some(Value::String(text)) if !crate::text::is_blank(text) => {
                return crate::text::shorten(text);
            }
            None => faults.push(HelloFault::Missing(path)),
            Some(other) => faults.push(wrong(path, "text that is not empty", other)),
        }
        String::new()
    };
    Implementation {
        name: text("name", "impl.name"),
        version: text("version", "impl.version"),
        language: text("language", "impl.language"),
    }
}

/// An optional member that is a whole number from 1 to `max`.
fn number<T: TryFrom<u64>>(
    ok: &Map<String, Value>,
    member: &'static str,
    default: T,
    max: u64,
    faults: &mut Vec<HelloFault>,
) -> T {
    let Some(value) = ok.get(member) else { return default };
    let allowed = value.as_u64().filter(|number| (1..=max).contains(number));
    let number = allowed.and_then(|number| T::try_from(number).ok());
    number.unwrap_or_else(|| {
        faults.push(wrong(member, &format!("a whole number from 1 to {max}"), value));
        default
    })
}

/// The numbers of a peer: the defaults of the revision, with those that are given.
fn parameters(value: Option<&Value>, revision: u8, faults: &mut Vec<HelloFault>) -> Parameters {
    let defaults = Parameters::of(revision);
    let Some(value) = value else { return defaults };
    let names = "an object with the parameters of a peer, each a whole number";
    let (Value::Object(given), Ok(Value::Object(mut all))) =
        (value, serde_json::to_value(defaults))
    else {
        faults.push(wrong("parameters", names, value));
        return defaults;
    };
    for (name, number) in given {
        let Some(place) = all.get_mut(name).filter(|_| number.is_u64()) else {
            faults.push(wrong("parameters", names, value));
            return defaults;
        };
        *place = number.clone();
    }
    let Ok(parameters) = serde_json::from_value::<Parameters>(Value::Object(all)) else {
        faults.push(wrong("parameters", names, value));
        return defaults;
    };
    if let Some((name, range)) = parameters.out_of_range(revision) {
        let found = given.get(name).unwrap_or(value);
        faults.push(wrong("parameters", &format!("`{name}` as {range}"), found));
        return defaults;
    }
    parameters
}

fn capabilities(value: Option<&Value>, faults: &mut Vec<HelloFault>) -> BTreeSet<Capability> {
    let mut declared = BTreeSet::new();
    let Some(value) = value else {
        faults.push(HelloFault::Missing("capabilities"));
        return declared;
    };
    let names: Option<Vec<&str>> =
        value.as_array().and_then(|names| names.iter().map(Value::as_str).collect());
    let Some(names) = names else {
        faults.push(wrong("capabilities", "a list of names", value));
        return declared;
    };
    for name in names {
        match Capability::named(name) {
            Some(known) => {
                declared.insert(known);
            }
            None => {
                faults.push(HelloFault::UnknownCapability(crate::text::shorten(name)));
            }
        }
    }
    for capability in &declared {
        let needs = capability.needs();
        if !needs.is_empty() && !needs.iter().any(|other| declared.contains(other)) {
            faults.push(HelloFault::NeedsOther(capability.as_str(), needs[0].as_str()));
        }
    }
    declared
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn good() -> Value {
        json!({
            "protocol": 1, "nonce": "n",
            "impl": {"name": "x", "version": "1", "language": "c"},
            "capabilities": ["decode"],
        })
    }

    fn read(value: &Value) -> Result<Hello, HelloFaults> {
        Hello::from_ok(value.as_object().unwrap(), "n")
    }

    #[test]
    fn defaults() {
        let hello = read(&good()).unwrap();
        let latest = Layout::builtin().revision;
        assert_eq!((hello.revision, hello.window, hello.sessions), (latest, 64, 1));
    }

    #[test]
    fn every_missing_member_is_named() {
        for member in ["protocol", "nonce", "impl", "capabilities"] {
            let mut value = good();
            value.as_object_mut().unwrap().remove(member);
            assert_eq!(
                read(&value).unwrap_err().to_string(),
                format!("the answer to hello lacks `{member}`")
            );
        }
    }

    #[test]
    fn every_wrong_member_is_named() {
        let cases = [
            ("/protocol", json!(2), "`protocol` in the answer to hello is 2; expected 1"),
            (
                "/nonce",
                json!("m"),
                "`nonce` in the answer to hello is \"m\"; expected the request's nonce `n`",
            ),
            (
                "/impl/name",
                json!(""),
                "`impl.name` in the answer to hello is \"\"; expected text that is not empty",
            ),
            (
                "/impl/name",
                json!("\u{3000}\u{2800}"),
                "`impl.name` in the answer to hello is \"\\u{3000}\\u{2800}\"; expected text that is not empty",
            ),
            (
                "/capabilities",
                json!(["decoed"]),
                "unknown capability `decoed` in the answer to hello; known are `decode`, `encode`, `reencode`, `exchange`, `inspect`, `detect`, `lasting-hashes`, `advance`, `digest`, `nan-payload`, `inputs`, `liveness`, `validation`, `episodes`, `catch-up`, `focus`",
            ),
            (
                "/capabilities",
                json!(["detect"]),
                "capability `detect` in the answer to hello needs `exchange`",
            ),
            (
                "/capabilities",
                json!("decode"),
                "`capabilities` in the answer to hello is \"decode\"; expected a list of names",
            ),
        ];
        for (path, value, text) in cases {
            let mut hello = good();
            *hello.pointer_mut(path).unwrap() = value;
            assert_eq!(read(&hello).unwrap_err().to_string(), text);
        }
        for (member, value) in [
            ("revision", json!(Layout::builtin().revision + 1)),
            ("revision", json!(0)),
            ("window", json!(0)),
            ("window", json!(1.5)),
        ] {
            let mut hello = good();
            hello.as_object_mut().unwrap().insert(member.to_owned(), value);
            assert!(read(&hello).unwrap_err().to_string().contains(member));
        }
    }

    #[test]
    fn a_capability_of_the_codec_has_a_message() {
        for (messages, capabilities, lacks) in [
            (json!([]), json!(["decode"]), Some("decode")),
            (json!({"state_hash": ["encode"]}), json!(["decode"]), Some("decode")),
            (json!({"state_hash": ["decode"]}), json!(["encode", "reencode"]), Some("encode")),
            (json!({"state_hash": ["decode"]}), json!(["decode", "encode"]), None),
            (json!({"state_hash": ["decode"]}), json!(["decode"]), None),
            (json!([]), json!(["exchange"]), None),
        ] {
            let mut hello = good();
            hello["messages"] = messages;
            hello["capabilities"] = capabilities;
            let said = read(&hello).err().map(|fault| fault.to_string());
            let expected =
                lacks.map(|name| format!("expected a message for the capability `{name}`"));
            match (&said, &expected) {
                (Some(said), Some(expected)) => assert!(said.ends_with(&**expected), "{said}"),
                (said, expected) => {
                    assert_eq!(said.is_none(), expected.is_none(), "{hello} {said:?}");
                }
            }
        }
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let hello = json!({
            "protocol": 2, "nonce": "n", "impl": {"name": 5, "version": "1"},
            "capabilities": ["decoed", "inspect"], "messages": {"state-hash": ["decode"]},
            "window": 0,
        });
        let text = read(&hello).unwrap_err().to_string();
        for part in [
            "`protocol` in the answer to hello is 2; expected 1",
            "`impl.name` in the answer to hello is 5; expected text that is not empty",
            "the answer to hello lacks `impl.language`",
            "unknown capability `decoed`",
            "capability `inspect` in the answer to hello needs `exchange`",
            "unknown message `state-hash` in the answer to hello; did you mean `state_hash`?",
            "`window` in the answer to hello is 0; expected a whole number from 1 to 65536",
        ] {
            assert!(text.contains(part), "{text} does not say {part}");
        }
        assert_eq!(text.matches("; also: ").count(), 6, "{text}");
        let many: Vec<String> = (0..40_000).map(|number| format!("x{number}")).collect();
        let mut hello = good();
        hello["messages"] = json!(many);
        let text = read(&hello).unwrap_err().to_string();
        assert!(text.ends_with("; and 39988 more") && text.len() < 10_000, "{text}");
    }
}
