//! Honesty probes and canaries: they show whether an implementation answers at all.
//!
//! Both are asked first, and the canaries again at the end. They decide only what no fault of an
//! implementation explains. One wrong answer never ends a run, because a codec that throws, accepts
//! or refuses too much must be judged. What ends a run is:
//!
//! - an operation that does not exist gets another answer than `unsupported`
//! - all canaries of one operation, valid or not, get the same answer
//! - everything comes back from `reencode` as it was, even what is not a message
//! - each request gets the answer to the one before it
//! - a canary that was answered rightly at the beginning gets a wrong answer at the end

use rollwire_model::{
    Grade, Kind, MessageLayout, Model, Outcome, RefusalClass, Value, vectors::CheckKind,
};
use serde_json::{Map, Value as Json, json};

use crate::{
    check::bytes::judge::judge,
    protocol::{Answer, Body, Hello, hex},
    runner::{Adapter, Reply, Stop},
    verdict::Verdict,
};

/// How many messages the canaries of one operation are about, so that an implementation with a fault
/// in one of them still answers another.
const MESSAGES: usize = 2;

/// The messages that are asked first, if they are declared.
const PREFERRED: [&str; 2] = ["ping", "state_hash"];

/// A request whose right answer is obvious.
#[derive(Debug)]
struct Canary {
    /// What it asks, as in `decode a PING of zeros`.
    name: String,
    kind: CheckKind,
    /// The message that it is about; `None` for one that does not exist.
    message: Option<&'static str>,
    is_valid: bool,
    body: Body,
    /// The datagram, for the operations that are given one.
    datagram: Vec<u8>,
    /// The right answer. The class of a refusal does not matter.
    outcome: Outcome,
}

impl Canary {
    fn is_right(&self, reply: &Reply) -> bool {
        let outcomes = [(Grade::Pass, self.outcome.clone())];
        matches!(judge(&outcomes, reply.clone()).verdict, Verdict::Pass | Verdict::Weak)
    }

    /// What is wrong with an answer, as text.
    fn fault(&self, reply: &Reply) -> Option<String> {
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

/// What the probes and the canaries showed at the beginning.
#[derive(Debug)]
pub(crate) struct Probed {
    /// What no fault of an implementation explains.
    pub(crate) faults: Vec<String>,
    canaries: Vec<Canary>,
    /// What is wrong with the answer to each of them; `None` for a right answer.
    wrong: Vec<Option<String>>,
}

/// Asks the honesty probe and the canaries.
///
/// # Errors
/// Why the run ended meanwhile.
pub(crate) fn before(
    adapter: &mut dyn Adapter,
    hello: &Hello,
    model: &Model,
    seed: u64,
) -> Result<Probed, Stop> {
    let mut faults = Vec::new();
    let probe = unknown_operation(seed);
    let reply = ask(adapter, &probe)?;
    if reply != Reply::Answered(vec![Answer::Unsupported]) {
        faults.push(format!(
            "the honesty probe: an unknown operation got {}; expected `unsupported`; the request was {}",
            shown(&reply),
            probe.with_id(1)
        ));
    }
    let canaries = declared(canaries(model, seed), hello);
    let mut replies = Vec::new();
    for canary in &canaries {
        replies.push(ask(adapter, &canary.body)?);
    }
    for kind in KINDS {
        let of_kind: Vec<(&Canary, &Reply)> =
            canaries.iter().zip(&replies).filter(|(canary, _)| canary.kind == kind).collect();
        faults.extend(always_the_same(kind, &of_kind).or_else(|| echo(&of_kind)));
    }
    faults.extend(one_late(&canaries, &replies));
    let wrong = canaries.iter().zip(&replies).map(|(canary, reply)| canary.fault(reply));
    let wrong = wrong.collect();
    Ok(Probed { faults, canaries, wrong })
}

impl Probed {
    /// Why nothing more must be asked; `None` if an implementation answers.
    pub(crate) fn stop(&self) -> Option<Stop> {
        (!self.faults.is_empty()).then(|| Stop::Probe(self.faults.join("; also: ")))
    }

    /// Asks the canaries again: what was answered rightly at the beginning must still be.
    ///
    /// # Errors
    /// The first one that is not, as text.
    pub(crate) fn after(&self, adapter: &mut dyn Adapter) -> Result<(), Stop> {
        for (canary, before) in self.canaries.iter().zip(&self.wrong) {
            let reply = ask(adapter, &canary.body)?;
            if let (None, Some(fault)) = (before, canary.fault(&reply)) {
                let text = format!("{fault}; at the beginning of the run its answer was right");
                return Err(Stop::Probe(text));
            }
        }
        Ok(())
    }

    /// The wrong answers at the beginning, as text.
    pub(crate) fn wrong(&self) -> impl Iterator<Item = String> {
        self.wrong.iter().flatten().cloned()
    }
}

/// The requests that are asked first, for an adapter that declares anything.
pub(crate) fn requests_before(model: &Model, seed: u64) -> impl Iterator<Item = Body> {
    std::iter::once(unknown_operation(seed)).chain(requests_after(model, seed))
}

/// The requests that are asked last, for an adapter that declares anything.
pub(crate) fn requests_after(model: &Model, seed: u64) -> impl Iterator<Item = Body> {
    canaries(model, seed).into_iter().map(|canary| canary.body)
}

/// The honesty probe: an operation that does not exist.
fn unknown_operation(seed: u64) -> Body {
    Body::probe(&format!("{seed:016x}"))
}

/// The operations that canaries ask for.
const KINDS: [CheckKind; 3] = [CheckKind::Decode, CheckKind::Encode, CheckKind::Reencode];

/// The canaries that an adapter with this hello is asked.
fn declared(canaries: Vec<Canary>, hello: &Hello) -> Vec<Canary> {
    let mut chosen: Vec<(CheckKind, &str)> = Vec::new();
    let applies = |canary: &Canary| {
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
    let mut applies = applies;
    canaries.into_iter().filter(|canary| applies(canary)).collect()
}

/// Every canary: two valid inputs and a damaged one of each message, and a message that does not
/// exist.
fn canaries(model: &Model, seed: u64) -> Vec<Canary> {
    let mut messages: Vec<&'static MessageLayout> = rollwire_model::Layout::builtin()
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

/// Asks one request; an error if the run ended.
fn ask(adapter: &mut dyn Adapter, body: &Body) -> Result<Reply, Stop> {
    let reply = adapter.ask(body.clone());
    match adapter.stopped() {
        Some(stop) => Err(stop.clone()),
        None => Ok(reply),
    }
}

/// All requests of an operation get one and the same answer, though some are valid and some are not.
fn always_the_same(kind: CheckKind, asked: &[(&Canary, &Reply)]) -> Option<String> {
    let (valid, first) = asked.iter().find(|(canary, _)| canary.is_valid)?;
    let form = |reply: &Reply| match reply {
        Reply::Answered(answers) => match answers.first() {
            Some(Answer::Ok(ok)) => ok.text().to_owned(),
            Some(answer) => answer.kind().to_owned(),
            None => String::new(),
        },
        Reply::Malformed(malformed) => malformed.to_string(),
        Reply::Fault(fault) | Reply::Unstable(fault) => format!("{:?}", fault.kind),
        Reply::NotRun => String::new(),
    };
    let same = asked.iter().all(|(_, reply)| form(reply) == form(first));
    (same && asked.len() > 1).then(|| {
        format!(
            "the canaries: every {kind} got {}, valid or not; is the implementation called? The first request was {}",
            shown(first),
            valid.body.with_id(1)
        )
    })
}

/// Every datagram comes back as it was, even one of a message type that does not exist.
fn echo(asked: &[(&Canary, &Reply)]) -> Option<String> {
    let comes_back = |canary: &Canary, reply: &Reply| {
        let Reply::Answered(answers) = reply else { return false };
        let Some(Answer::Ok(ok)) = answers.first() else { return false };
        let members = ok.read().ok();
        let text = members.as_ref().and_then(|members| members.get("hex")?.as_str());
        text.and_then(|text| hex::decode(text).ok()).is_some_and(|bytes| bytes == canary.datagram)
    };
    let given = asked.iter().all(|(canary, _)| !canary.datagram.is_empty());
    let echo = given && asked.iter().all(|(canary, reply)| comes_back(canary, reply));
    let (canary, _) = asked.iter().find(|(canary, _)| !canary.is_valid).filter(|_| echo)?;
    Some(format!(
        "the canaries: every {} got its own datagram, even one that is not a message; is the implementation called? One request was {}",
        canary.kind,
        canary.body.with_id(1)
    ))
}

/// Each request gets the right answer to the request before it.
fn one_late(canaries: &[Canary], replies: &[Reply]) -> Option<String> {
    let first = replies.first()?;
    let late = *first == Reply::Answered(vec![Answer::Unsupported])
        && replies.len() > 2
        && canaries.iter().zip(&replies[1..]).all(|(before, reply)| before.is_right(reply));
    late.then(|| {
        "the canaries: every request got the answer to the request before it; does the adapter answer the line that it has just read?"
            .to_owned()
    })
}

/// The answer as text.
fn shown(reply: &Reply) -> String {
    match reply {
        Reply::Answered(answers) => match answers.first() {
            Some(Answer::Ok(ok)) => {
                format!("`ok` with {}", crate::text::shorten(ok.text()))
            }
            Some(Answer::Error { message }) => {
                format!("`error`: {}", crate::text::shorten(message))
            }
            Some(answer) => format!("`{}`", answer.kind()),
            None => "no answer".to_owned(),
        },
        Reply::Malformed(malformed) => malformed.to_string(),
        Reply::Fault(fault) | Reply::Unstable(fault) => with_stderr(&fault.text, &fault.stderr),
        Reply::NotRun => "no answer".to_owned(),
    }
}

/// A sentence, followed by the last line of standard error if there is one.
pub fn with_stderr(text: &str, stderr: &str) -> String {
    match stderr.lines().rev().find(|line| !line.trim().is_empty()) {
        Some(line) => format!("{text} (standard error: {})", crate::text::shorten(line.trim())),
        None => text.to_owned(),
    }
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
