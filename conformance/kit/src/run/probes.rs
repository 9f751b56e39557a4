//! Honesty probes and canaries: is there an implementation behind this adapter at all?
//!
//! Asked first, and the canaries again last. The canaries are so plain that an implementation with real
//! bugs still gets them right; a program that accepts, refuses or echoes everything does not.

use rollwire_model::{Grade, Model, Outcome, RefusalClass, Value};
use serde_json::json;

use crate::{
    check::bytes::judge::judge,
    protocol::{Answer, Body, Capability, Hello},
    runner::{Adapter, Reply, Stop},
    verdict::Verdict,
};

/// A question whose answer everybody knows.
struct Probe {
    /// What it is, for the message: "the canary decode …".
    name: String,
    needs: Option<Capability>,
    body: Body,
    /// What must come back; none for `unsupported`.
    outcomes: Vec<(Grade, Outcome)>,
}

/// Asks the probes and the canaries.
///
/// # Errors
/// The first wrong answer, in words.
pub(crate) fn before(
    adapter: &mut dyn Adapter,
    hello: &Hello,
    model: &Model,
    seed: u64,
) -> Result<(), Stop> {
    ask(adapter, hello, honesty(model, seed).into_iter().chain(canaries()))
}

/// Asks the canaries once more: whoever was sane at the beginning must be sane at the end.
///
/// # Errors
/// The first wrong answer, in words.
pub(crate) fn after(adapter: &mut dyn Adapter, hello: &Hello) -> Result<(), Stop> {
    ask(adapter, hello, canaries().into_iter())
}

/// Everything that is asked first.
pub(crate) fn requests_before(model: &Model, seed: u64) -> impl Iterator<Item = Body> {
    honesty(model, seed).into_iter().chain(canaries()).map(|probe| probe.body)
}

/// Everything that is asked last.
pub(crate) fn requests_after() -> impl Iterator<Item = Body> {
    canaries().into_iter().map(|probe| probe.body)
}

/// An operation and a message type that do not exist.
fn honesty(model: &Model, seed: u64) -> [Probe; 2] {
    let unknown_op = Probe {
        name: "the honesty probe: an unknown operation".to_owned(),
        needs: None,
        body: Body::probe(&format!("{seed:016x}")),
        outcomes: Vec::new(),
    };
    let unknown_type = unknown_type(model, seed);
    let name = format!("the honesty probe: the unknown message type 0x{unknown_type:02x}");
    let unknown_type = Probe {
        name,
        needs: Some(Capability::Decode),
        body: Body::decode(&[unknown_type, 0, 0, 0, 0]),
        outcomes: refusal(RefusalClass::UnknownType),
    };
    [unknown_op, unknown_type]
}

/// An obviously valid and an obviously invalid input for each direction.
fn canaries() -> Vec<Probe> {
    let zeros = [2, 0, 0, 0, 0, 0, 0, 0, 0];
    let ping = Value::new("ping").with("timestamp", json!("0000000000000000"));
    let nobody = Value::new("no_such_message");
    let canary = |name: &str, needs, body, outcomes| Probe {
        name: format!("the canary: {name}"),
        needs: Some(needs),
        body,
        outcomes,
    };
    let pass = |outcome| vec![(Grade::Pass, outcome)];
    let bytes = pass(Outcome::Bytes(zeros.to_vec()));
    vec![
        canary(
            "decode a PING of zeros",
            Capability::Decode,
            Body::decode(&zeros),
            pass(Outcome::Value(ping.clone())),
        ),
        canary(
            "decode a PING without a timestamp",
            Capability::Decode,
            Body::decode(&[2]),
            refusal(RefusalClass::Truncated),
        ),
        canary("encode a PING of zeros", Capability::Encode, Body::encode(&ping), bytes.clone()),
        canary(
            "encode a message that does not exist",
            Capability::Encode,
            Body::encode(&nobody),
            refusal(RefusalClass::UnknownType),
        ),
        canary("reencode a PING of zeros", Capability::Reencode, Body::reencode(&zeros), bytes),
        canary(
            "reencode a PING without a timestamp",
            Capability::Reencode,
            Body::reencode(&[2]),
            refusal(RefusalClass::Truncated),
        ),
    ]
}

fn refusal(class: RefusalClass) -> Vec<(Grade, Outcome)> {
    vec![(Grade::Pass, Outcome::Reject(class))]
}

fn ask(
    adapter: &mut dyn Adapter,
    hello: &Hello,
    probes: impl Iterator<Item = Probe>,
) -> Result<(), Stop> {
    for probe in probes {
        if probe.needs.is_some_and(|needed| !hello.declares(needed)) {
            continue;
        }
        let reply = adapter.ask(probe.body.clone());
        if let Some(stop) = adapter.stopped() {
            return Err(stop.clone());
        }
        if let Some(got) = wrong(&probe, reply) {
            let expected = match probe.outcomes.first() {
                None => "`unsupported`".to_owned(),
                Some((_, Outcome::Value(value))) => format!("`ok` with {value}"),
                Some((_, Outcome::Bytes(bytes))) => {
                    format!("`ok` with {}", rollwire_model::hex::plain(bytes))
                }
                Some((_, Outcome::Reject(_))) => "`reject`".to_owned(),
            };
            return Err(Stop::Probe(format!(
                "{} got {got}; expected {expected}; the request was {}",
                probe.name,
                probe.body.with_id(1)
            )));
        }
    }
    Ok(())
}

/// What came instead of the right answer. Which class a refusal has is no matter here.
fn wrong(probe: &Probe, reply: Reply) -> Option<String> {
    let shown = match &reply {
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
    };
    let right = if probe.outcomes.is_empty() {
        reply == Reply::Answered(vec![Answer::Unsupported])
    } else {
        matches!(judge(&probe.outcomes, reply).verdict, Verdict::Pass | Verdict::Weak)
    };
    (!right).then_some(shown)
}

/// A sentence, and the last line of standard error if there is one.
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
