//! The answer to the handshake: what the implementation is, and what the kit may ask it.

use std::collections::BTreeSet;

pub use rollwire_model::Capability;
use rollwire_model::Layout;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::request::PROTOCOL_VERSION;

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
    /// How many requests may wait at once.
    pub window: usize,
    /// How many sessions may be open at once.
    pub sessions: usize,
}

/// Why an answer to `hello` is not valid. Each text names the member to change.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HelloFault {
    /// A required member is not there.
    #[error("the answer to hello lacks `{0}`")]
    Missing(&'static str),
    /// A member has a type or a value that is not allowed.
    #[error("`{member}` in the answer to hello is {found}; expected {expected}")]
    Wrong {
        /// The member's path.
        member: &'static str,
        /// What it may be.
        expected: String,
        /// What it is, shortened.
        found: String,
    },
    /// The answer does not repeat the nonce.
    #[error("`nonce` in the answer to hello is {found}; expected the request's nonce `{expected}`")]
    Nonce {
        /// The nonce of the request.
        expected: String,
        /// What the answer holds instead.
        found: String,
    },
    /// A capability that the specification does not define.
    #[error("unknown capability `{0}` in the answer to hello; known are {known}", known = known_capabilities())]
    UnknownCapability(String),
    /// A capability is declared without another one that it needs.
    #[error("capability `{0}` in the answer to hello needs `{1}`")]
    NeedsOther(&'static str, &'static str),
}

impl Hello {
    /// Checks `ok` of an answer to `hello`.
    ///
    /// # Errors
    /// The first member that is missing or wrong.
    pub fn from_ok(ok: &Map<String, Value>, nonce: &str) -> Result<Self, HelloFault> {
        let protocol = ok.get("protocol").ok_or(HelloFault::Missing("protocol"))?;
        if protocol.as_u64() != Some(PROTOCOL_VERSION) {
            return Err(wrong("protocol", &PROTOCOL_VERSION.to_string(), protocol));
        }
        let returned = ok.get("nonce").ok_or(HelloFault::Missing("nonce"))?;
        if returned.as_str() != Some(nonce) {
            let found = crate::text::shorten(&returned.to_string());
            return Err(HelloFault::Nonce { expected: nonce.to_owned(), found });
        }
        let latest = Layout::builtin().revision;
        Ok(Self {
            implementation: implementation(ok.get("impl").ok_or(HelloFault::Missing("impl"))?)?,
            revision: number(ok, "revision", latest, u64::from(latest))?,
            capabilities: capabilities(ok)?,
            window: number(ok, "window", 64, 65_536)?,
            sessions: number(ok, "sessions", 1, 65_536)?,
        })
    }

    /// Whether this capability was declared.
    #[must_use]
    pub fn declares(&self, capability: Capability) -> bool {
        self.capabilities.contains(&capability)
    }
}

fn implementation(value: &Value) -> Result<Implementation, HelloFault> {
    let Value::Object(members) = value else {
        return Err(wrong("impl", "an object", value));
    };
    let text = |name: &str, path: &'static str| match members.get(name) {
        None => Err(HelloFault::Missing(path)),
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(crate::text::shorten(text)),
        Some(other) => Err(wrong(path, "text that is not empty", other)),
    };
    Ok(Implementation {
        name: text("name", "impl.name")?,
        version: text("version", "impl.version")?,
        language: text("language", "impl.language")?,
    })
}

/// An optional member that is a whole number from 1 to `max`.
fn number<T: TryFrom<u64>>(
    ok: &Map<String, Value>,
    member: &'static str,
    default: T,
    max: u64,
) -> Result<T, HelloFault> {
    let Some(value) = ok.get(member) else { return Ok(default) };
    let allowed = value.as_u64().filter(|number| (1..=max).contains(number));
    let number = allowed.and_then(|number| T::try_from(number).ok());
    number.ok_or_else(|| wrong(member, &format!("a whole number from 1 to {max}"), value))
}

fn capabilities(ok: &Map<String, Value>) -> Result<BTreeSet<Capability>, HelloFault> {
    let value = ok.get("capabilities").ok_or(HelloFault::Missing("capabilities"))?;
    let Value::Array(names) = value else {
        return Err(wrong("capabilities", "a list of names", value));
    };
    let mut declared = BTreeSet::new();
    for name in names {
        let Value::String(text) = name else {
            return Err(wrong("capabilities", "a list of names", value));
        };
        let known = Capability::named(text)
            .ok_or_else(|| HelloFault::UnknownCapability(crate::text::shorten(text)))?;
        declared.insert(known);
    }
    for capability in &declared {
        if let Some(other) = capability.needs().filter(|other| !declared.contains(other)) {
            return Err(HelloFault::NeedsOther(capability.as_str(), other.as_str()));
        }
    }
    Ok(declared)
}

fn wrong(member: &'static str, expected: &str, found: &Value) -> HelloFault {
    let found = crate::text::shorten(&found.to_string());
    HelloFault::Wrong { member, expected: expected.to_owned(), found }
}

fn known_capabilities() -> String {
    Capability::ALL.map(|capability| format!("`{}`", capability.as_str())).join(", ")
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

    fn read(value: &Value) -> Result<Hello, HelloFault> {
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
                "/capabilities",
                json!(["decoed"]),
                "unknown capability `decoed` in the answer to hello; known are `decode`, `encode`, `reencode`, `exchange`, `inspect`, `detect`, `advance`, `digest`, `nan-payload`",
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
}
