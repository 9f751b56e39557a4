//! Honesty probes and canaries: they show whether an implementation answers at all.
//!
//! Both are asked first, and the canaries again at the end. The canaries are so simple that even an
//! implementation with bugs answers them correctly, but a program that accepts, refuses or echoes
//! everything does not.

use rollwire_model::{Grade, Model, Outcome, RefusalClass, Value};
use serde_json::json;

use crate::{
    check::bytes::judge::judge,
    protocol::{Answer, Body, Capability, Hello},
    runner::{Adapter, Reply, Stop},
    verdict::Verdict,
};

/// A request whose right answer is obvious.
struct Probe {
    /// Its name in error texts: `the canary: decode …`.
    name: String,
    needs: Option<Capability>,
    body: Body,
    /// The right answers; empty for `unsupported`.
    outcomes: Vec<(Grade, Outcome)>,
}

/// Asks the probes and the canaries.
///
/// # Errors
/// The first wrong answer, as text.
pub(crate) fn before(
    adapter: &mut dyn Adapter,
    hello: &Hello,
    model: &Model,
    seed: u64,
) -> Result<(), Stop> {
    ask(adapter, hello, honesty(model, seed).into_iter().chain(canaries()))
}

/// Asks the canaries again: their answers must still be right at the end.
///
/// # Errors
/// The first wrong answer, as text.
pub(crate) fn after(adapter: &mut dyn Adapter, hello: &Hello) -> Result<(), Stop> {
    ask(adapter, hello, canaries().into_iter())
}

/// The requests that are asked first.
pub(crate) fn requests_before(model: &Model, seed: u64) -> impl Iterator<Item = Body> {
    honesty(model, seed).into_iter().chain(canaries()).map(|probe| probe.body)
}

/// The requests that are asked last.
pub(crate) fn requests_after() -> impl Iterator<Item = Body> {
    canaries().into_iter().map(|probe| probe.body)
}

/// The honesty probes: an operation and a message type that do not exist.
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

/// The canaries: an obviously valid and an obviously invalid input for each operation.
fn canaries() -> Vec<Probe> {
    let zeros = [2, 0, 0, 0, 0, 0, 0, 0, 0];
    let ping = Value::new("ping").with("timestamp", json!("0000000000000000"));
    let unknown_message = Value::new("no_such_message");
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
            Body::encode(&unknown_message),
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
        if let Some(got) = wrong_answer(&probe, reply) {
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

/// The answer as text, if it is wrong. The class of a refusal does not matter here.
fn wrong_answer(probe: &Probe, reply: Reply) -> Option<String> {
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
        Reply::LeftOut(_) | Reply::NotRun => "no answer".to_owned(),
    };
    let right = if probe.outcomes.is_empty() {
        reply == Reply::Answered(vec![Answer::Unsupported])
    } else {
        matches!(judge(&probe.outcomes, reply).verdict, Verdict::Pass | Verdict::Weak)
    };
    (!right).then_some(shown)
}

/// A sentence, followed by the lines of standard error that name the cause, or else by the line that
/// says most.
pub fn with_stderr(text: &str, stderr: &str) -> String {
    match crate::text::cause::cause(stderr) {
        Some(cause) => format!("{text} (standard error: {cause})"),
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
