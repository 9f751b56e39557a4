//! The canaries: requests whose right answers are obvious.

use rollwire_model::{
    Grade, Kind, Layout, MessageLayout, Model, Outcome, RefusalClass, Value, vectors::CheckKind,
};
use serde_json::{Map, Value as Json, json};

use super::shown::shown;
use crate::{
    check::bytes::judge::judge,
    protocol::{Body, Hello},
    runner::Reply,
    verdict::Verdict,
};

/// How many messages the canaries of one operation are about, so that an implementation with a fault
/// in one of them still answers another.
const MESSAGES: usize = 2;

/// The messages that are asked first, if they are declared.
const PREFERRED: [&str; 2] = ["ping", "state_hash"];

/// A request whose right answer is obvious.
#[derive(Debug)]
pub(super) struct Canary {
    /// What it asks, as in `decode a PING of zeros`.
    pub(super) name: String,
    pub(super) kind: CheckKind,
    /// The message that it is about; `None` for one that does not exist.
    message: Option<&'static str>,
    pub(super) is_valid: bool,
    pub(super) body: Body,
    /// The datagram, for the operations that are given one.
    pub(super) datagram: Vec<u8>,
    /// The right answer. The class of a refusal does not matter.
    outcome: Outcome,
}

impl Canary {
    pub(super) fn is_right(&self, reply: &Reply) -> bool {
        let outcomes = [(Grade::Pass, self.outcome.clone())];
        matches!(judge(&outcomes, reply.clone()).verdict, Verdict::Pass | Verdict::Weak)
    }

    /// What is wrong with an answer, as text.
    pub(super) fn fault(&self, reply: &Reply) -> Option<String> {
        if self.is_right(reply) {
            return None;
        }
        let expected = match &self.outcome {
            Outcome::Value(value) => format!("`ok` with {value}"),
            Outcome::Bytes(bytes) => format!("`ok` with {}", rollwire_model::hex::plain(bytes)),
            Outcome::Reject(_) => "`reject`".to_owned(),
        };
        let request = self.body.with_id(1);
        let name = &self.name;
        let got = shown(reply);
        Some(format!(
            "the canary: {name} got {got}; expected {expected}; the request was {request}"
        ))
    }
}

/// The operations that canaries ask for.
pub(super) const KINDS: [CheckKind; 3] =
    [CheckKind::Decode, CheckKind::Encode, CheckKind::Reencode];

/// The canaries that an adapter with this hello is asked.
pub(super) fn declared(canaries: Vec<Canary>, hello: &Hello) -> Vec<Canary> {
    let mut chosen: Vec<(CheckKind, &str)> = Vec::new();
    let mut applies = |canary: &Canary| {
        if hello.missing(canary.kind, canary.message, []).is_some() {
            return false;
        }
        let Some(message) = canary.message else { return true };
        if chosen.contains(&(canary.kind, message)) {
            return true;
        }
        let of_kind = chosen.iter().filter(|(kind, _)| *kind == canary.kind).count();
        if of_kind < MESSAGES {
            chosen.push((canary.kind, message));
        }
        of_kind < MESSAGES
    };
    let mut asked: Vec<Canary> = canaries.into_iter().filter(|canary| applies(canary)).collect();
    // Without a valid input nothing can be concluded.
    asked.retain(|canary| chosen.iter().any(|(kind, _)| *kind == canary.kind));
    asked
}

/// Every canary: two valid inputs and a damaged one of each message, and a message that does not
/// exist.
pub(super) fn canaries(model: &Model, seed: u64) -> Vec<Canary> {
    let mut messages: Vec<&'static MessageLayout> = Layout::builtin()
        .messages
        .iter()
        .filter(|message| message.since <= model.revision())
        .collect();
    messages.sort_by_key(|message| {
        PREFERRED.iter().position(|name| *name == message.name).unwrap_or(PREFERRED.len())
    });
    let mut canaries = Vec::new();
    for kind in KINDS {
        for message in &messages {
            canaries.extend(of_message(model, message, kind));
        }
        canaries.push(unknown_message(model, seed, kind));
    }
    canaries
}

/// The canaries about one message.
fn of_message(model: &Model, message: &'static MessageLayout, kind: CheckKind) -> Vec<Canary> {
    let name = &*message.name;
    let article = if message.title.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
    let title = format!("{kind} {article} {}", message.title);
    let mut canaries = Vec::new();
    let valid = [0x00, 0x11].map(|byte| filled(model, message, byte));
    for (value, digits) in valid.iter().zip(["zeros", "ones"]) {
        let Ok(datagram) = model.encode(value) else { continue };
        if canaries.iter().any(|other: &Canary| other.datagram == datagram) {
            continue;
        }
        let (body, outcome) = match kind {
            CheckKind::Decode => (Body::decode(&datagram), Outcome::Value(value.clone())),
            CheckKind::Encode => (Body::encode(value), Outcome::Bytes(datagram.clone())),
            _ => (Body::reencode(&datagram), Outcome::Bytes(datagram.clone())),
        };
        let name_of_canary = match valid[0].fields.is_empty() {
            true => title.clone(),
            false => format!("{title} of {digits}"),
        };
        let (message, is_valid) = (Some(name), true);
        canaries.push(Canary {
            name: name_of_canary,
            kind,
            message,
            is_valid,
            body,
            datagram,
            outcome,
        });
    }
    if kind == CheckKind::Encode {
        return canaries;
    }
    let (datagram, damage, class) = match message.header_length() {
        1 => (vec![message.type_byte, 0], "with a surplus byte", RefusalClass::Trailing),
        _ => (vec![message.type_byte], "that ends after its type", RefusalClass::Truncated),
    };
    canaries.push(refused(kind, Some(name), format!("{title} {damage}"), datagram, class));
    canaries
}

/// A canary about a message that does not exist.
fn unknown_message(model: &Model, seed: u64, kind: CheckKind) -> Canary {
    let class = RefusalClass::UnknownType;
    if kind == CheckKind::Encode {
        let name = "encode a message that does not exist".to_owned();
        let body = Body::encode(&Value::new("no_such_message"));
        return Canary { body, ..refused(kind, None, name, Vec::new(), class) };
    }
    let unknown = unknown_type(model, seed);
    let name = format!("{kind} the unknown message type 0x{unknown:02x}");
    refused(kind, None, name, vec![unknown, 0, 0, 0, 0], class)
}

/// A canary with a datagram that must be refused.
fn refused(
    kind: CheckKind,
    message: Option<&'static str>,
    name: String,
    datagram: Vec<u8>,
    class: RefusalClass,
) -> Canary {
    let body = match kind {
        CheckKind::Decode => Body::decode(&datagram),
        _ => Body::reencode(&datagram),
    };
    let outcome = Outcome::Reject(class);
    Canary { name, kind, message, is_valid: false, body, datagram, outcome }
}

/// The value of a message in which every byte of a field is this one, so that no order of bytes
/// changes it. A list has one entry.
fn filled(model: &Model, message: &MessageLayout, byte: u8) -> Value {
    let member = |kind: Kind, size: usize, digits: usize| {
        let number = (0..size.min(7)).fold(0_u64, |number, _| number << 8 | u64::from(byte));
        Some(match kind {
            Kind::Type | Kind::Count | Kind::Reserved | Kind::Entries => return None,
            Kind::Uint => json!(number),
            Kind::Double => json!(format!("{byte:02x}").repeat(8)),
            Kind::RawHash | Kind::TextHash => json!(format!("{:x}", byte & 15).repeat(digits)),
            Kind::Flag => json!(byte != 0),
        })
    };
    let mut fields = Map::new();
    for field in &message.fields {
        if field.kind == Kind::Entries {
            let parts = field.entry.iter().filter_map(|part| {
                Some((part.name.clone(), member(part.kind, part.size, part.hash_digits())?))
            });
            let entry = Json::Object(parts.collect());
            let limit = message.field_of(Kind::Count).and_then(|it| it.limit(model.revision()));
            let count = limit.map_or(1, |limit| usize::try_from(limit.min).unwrap_or(1).max(1));
            fields.insert(field.name.clone(), json!(vec![entry; count]));
        } else if let Some(value) = member(field.kind, field.size, field.hash_digits()) {
            fields.insert(field.name.clone(), value);
        }
    }
    Value { message: message.name.clone(), fields }
}

/// A type byte that no revision has.
fn unknown_type(model: &Model, seed: u64) -> u8 {
    let known: Vec<u8> = model.layout().messages.iter().map(|message| message.type_byte).collect();
    let unknown: Vec<u8> = (0..=u8::MAX).filter(|byte| !known.contains(byte)).collect();
    let at = usize::try_from(seed % (unknown.len().max(1) as u64)).unwrap_or_default();
    unknown.get(at).copied().unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_canary_is_obvious_to_the_model() {
        for revision in 1..=7 {
            let model = Model::specified(revision);
            let canaries = canaries(&model, 5);
            let messages = model.layout().messages.iter().filter(|it| it.since <= revision);
            for message in messages {
                for kind in KINDS {
                    let of_it = canaries.iter().filter(|it| {
                        it.kind == kind && it.message == Some(&*message.name) && it.is_valid
                    });
                    let expected = if message.header_length() == 1 { 1 } else { 2 };
                    assert_eq!(of_it.count(), expected, "{} {kind}", message.name);
                }
            }
            for canary in canaries.iter().filter(|it| it.kind != CheckKind::Encode) {
                let decoded = model.decode(&canary.datagram);
                assert_eq!(decoded.is_ok(), canary.is_valid, "{}", canary.name);
                if let (Ok(value), Outcome::Value(expected)) = (decoded, &canary.outcome) {
                    assert_eq!(value, *expected);
                }
            }
        }
    }
}
