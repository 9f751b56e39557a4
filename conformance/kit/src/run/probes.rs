//! Honesty probes and canaries: they show whether an implementation answers at all.
//!
//! Both are asked first, and the canaries again at the end. They decide only what no fault of an
//! implementation explains. One wrong answer never ends a run, because a codec that throws, accepts
//! or refuses too much must be judged. What ends a run is:
//!
//! - an operation that does not exist gets another answer than `unsupported`
//! - all canaries of one operation, valid or not, get the same answer
//! - everything comes back from `reencode` as it was, even what is not a message
//! - a canary that was answered rightly at the beginning gets a wrong answer at the end
//!
//! A canary that is answered wrongly only once is a fault of the adapter, which fails a strict run.

use rollwire_model::{Model, vectors::CheckKind};

use super::{
    canaries::{Canary, KINDS, canaries, declared},
    shown::shown,
};
use crate::{
    protocol::{Answer, Body, Hello, hex},
    runner::{Adapter, Reply, Stop},
};

/// After this many canaries without an answer those of further operations are not asked: the cases show as much.
const MAX_WITHOUT_ANSWER: usize = 4;

/// What the probes and the canaries showed at the beginning.
#[derive(Debug)]
pub(crate) struct Probed {
    /// What no fault of an implementation explains.
    pub(crate) faults: Vec<String>,
    canaries: Vec<Canary>,
    /// What is wrong with the answer to each of them; `None` for a right answer.
    wrong: Vec<Option<String>>,
}

/// The canaries that were answered wrongly, as texts.
#[derive(Debug, Default)]
pub(crate) struct WrongCanaries {
    /// At the beginning or at the end, but not whenever they were asked: the adapter depends on something
    /// that no case shows.
    pub(crate) once: Vec<String>,
    /// At the beginning and at the end, which a case shows too, if any case is about it.
    pub(crate) always: Vec<String>,
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
        // Whatever comes next would be answered no better, and each silence costs the whole time limit.
        return Ok(Probed { faults, canaries: Vec::new(), wrong: Vec::new() });
    }
    let mut canaries = declared(canaries(model, seed), hello);
    let mut replies = Vec::new();
    let mut without_answer = 0;
    for kind in KINDS {
        if without_answer >= MAX_WITHOUT_ANSWER {
            canaries.truncate(replies.len());
            break;
        }
        for canary in canaries.iter().filter(|canary| canary.kind == kind) {
            let reply = ask(adapter, &canary.body)?;
            without_answer += usize::from(!matches!(reply, Reply::Answered(_)));
            replies.push(reply);
        }
    }
    for kind in KINDS {
        let of_kind: Vec<(&Canary, &Reply)> =
            canaries.iter().zip(&replies).filter(|(canary, _)| canary.kind == kind).collect();
        faults.extend(always_the_same(kind, &of_kind).or_else(|| echo(&of_kind)));
    }
    let wrong = canaries.iter().zip(&replies).map(|(canary, reply)| canary.fault(reply));
    let wrong = wrong.collect();
    Ok(Probed { faults, canaries, wrong })
}

impl Probed {
    /// Why nothing more must be asked; `None` if an implementation answers.
    pub(crate) fn stop(&self) -> Option<Stop> {
        (!self.faults.is_empty()).then(|| Stop::Probe(self.faults.join("; also: ")))
    }

    /// Asks the canaries again: what was answered rightly at the beginning must still be. No case shows what
    /// was wrong only once.
    ///
    /// # Errors
    /// The first one that is not, as text.
    pub(crate) fn after(&self, adapter: &mut dyn Adapter) -> Result<WrongCanaries, Stop> {
        let mut wrong = WrongCanaries::default();
        for (canary, before) in self.canaries.iter().zip(&self.wrong) {
            let mut reply = ask(adapter, &canary.body)?;
            let crashed =
                matches!(reply, Reply::Unstable(_)).then(|| canary.fault(&reply)).flatten();
            if crashed.is_some() {
                reply = ask(adapter, &canary.body)?;
            }
            match (before, canary.fault(&reply)) {
                (None, Some(fault)) => {
                    let text = format!("{fault}; at the beginning of the run its answer was right");
                    return Err(Stop::Probe(text));
                }
                (Some(before), Some(_)) => wrong.always.push(before.clone()),
                (Some(before), None) => {
                    wrong
                        .once
                        .push(format!("{before}; at the end of the run its answer was right"));
                }
                (None, None) => wrong.once.extend(crashed),
            }
        }
        Ok(wrong)
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
        Reply::LeftOut(_) | Reply::NotRun => String::new(),
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
