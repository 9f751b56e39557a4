//! An adapter that is wrong in one way, and everything that rollwire says about it.

use std::{collections::VecDeque, time::Duration};

use rollwire_conformance::{
    baseline::{Baseline, Known, parse},
    event::Event,
    run::{Options, run},
    runner::{Ended, Engine, Incoming, Limits, StartFault, Transcript, Transport},
    vectors::{VectorSet, filter::Filter},
    verdict::{Code, Verdict},
};
use rollwire_reference_adapter::{Sessions, answer_within};
use serde_json::Value;

use super::Said;

/// What a wrong adapter does instead of answering.
pub(super) enum Deed {
    Say(Value),
    Write(Vec<u8>),
    Hang,
    End(Ended),
    Interrupt,
}

/// A request, and everything that a wrong adapter could make its deed depend on.
pub(super) struct Asked {
    pub(super) request: Value,
    /// The right answer, without the id.
    pub(super) right: Value,
    /// How many requests came before.
    pub(super) number: usize,
    /// How often the adapter was started, this time included.
    pub(super) starts: u32,
    /// How many requests came at once.
    pub(super) together: usize,
}

impl Asked {
    pub(super) fn is(&self, op: &str) -> bool {
        self.request["op"] == op
    }

    /// Whether this is a request of a case and not one of a probe: the cases are FOCUS_STATE.
    pub(super) fn case(&self, op: &str) -> bool {
        let hex = self.request["hex"].as_str().unwrap_or_default();
        self.is(op) && (hex.starts_with("14") || self.request["type"] == "focus_state")
    }

    /// Whether a reader that stops at 64 KiB cannot read the request.
    pub(super) fn is_long(&self) -> bool {
        self.request.to_string().len() >= 64 * 1024
    }

    pub(super) fn refused(&self) -> bool {
        self.right.get("reject").is_some()
    }

    /// An answer in the adapter's own words.
    pub(super) fn text(&self, member: &str) -> Deed {
        Deed::Write(format!("{{\"id\":{},{member}}}\n", self.request["id"]).into_bytes())
    }

    /// The right answer with one member changed.
    pub(super) fn but(&self, pointer: &str, value: Value) -> Deed {
        let mut answer = self.right.clone();
        *answer.pointer_mut(pointer).expect("a member of the right answer") = value;
        Deed::Say(answer)
    }

    /// What is observed at the tick, with one member changed: the same however a scenario is cut.
    pub(super) fn at_the_tick(&self, member: &str, value: Value) -> Option<Deed> {
        let stimuli = self.request["do"].as_array()?;
        let tick = stimuli.iter().position(|stimulus| stimulus.get("tick").is_some())?;
        // An advance is observed once, at its end.
        let tick = if self.is("advance") { 0 } else { tick };
        Some(self.but(&format!("/ok/observations/{tick}/{member}"), value))
    }

    /// The right answer to hello with one more member.
    pub(super) fn with(&self, member: &str, value: Value) -> Deed {
        let mut answer = self.right.clone();
        answer["ok"][member] = value;
        Deed::Say(answer)
    }

    pub(super) fn without(&self, member: &str) -> Deed {
        let mut answer = self.right.clone();
        answer["ok"].as_object_mut().expect("ok").remove(member);
        Deed::Say(answer)
    }
}

/// An adapter on a clock of its own: right, but for its deeds.
pub(super) struct Wrong {
    startable: bool,
    attached: bool,
    patient: bool,
    farewell: Ended,
    report: Option<&'static str>,
    deed: fn(&Asked) -> Option<Deed>,
    starts: u32,
    now: Duration,
    ended: Option<Ended>,
    to_come: VecDeque<Incoming>,
    sessions: Sessions,
    /// How many requests came.
    number: usize,
    filter: &'static str,
    restarts: u32,
    expected: &'static str,
}

pub(super) fn wrong(deed: fn(&Asked) -> Option<Deed>) -> Wrong {
    Wrong {
        startable: true,
        attached: false,
        patient: false,
        farewell: Ended::Code(0),
        report: None,
        deed,
        starts: 0,
        now: Duration::ZERO,
        ended: None,
        to_come: VecDeque::new(),
        sessions: Sessions::default(),
        number: 0,
        filter: "focus-state/*",
        restarts: 20,
        expected: "",
    }
}

/// An adapter that is asked to play one scenario.
pub(super) fn wrong_player(deed: fn(&Asked) -> Option<Deed>) -> Wrong {
    Wrong { filter: "exchange-confirm/falling-frames", ..wrong(deed) }
}

impl Wrong {
    pub(super) fn that_cannot_start(self) -> Self {
        Self { startable: false, ..self }
    }

    /// Running already, at the other end of a connection.
    pub(super) fn attached(self) -> Self {
        Self { attached: true, farewell: Ended::Disconnected, ..self }
    }

    pub(super) fn without_a_time_limit(self) -> Self {
        Self { patient: true, ..self }
    }

    /// With another budget of restarts.
    pub(super) fn that_may_restart(self, restarts: u32) -> Self {
        Self { restarts, ..self }
    }

    /// Whose failures this baseline lists.
    pub(super) fn expected_by(self, expected: &'static str) -> Self {
        Self { expected, ..self }
    }

    pub(super) fn that_plays(self, filter: &'static str) -> Self {
        Self { filter, ..self }
    }

    /// The first line of a sanitizer's report on its standard error.
    pub(super) fn that_a_sanitizer_reports(self, line: &'static str) -> Self {
        Self { report: Some(line), ..self }
    }

    /// How it ends when it is told to, after its last answer.
    pub(super) fn that_ends_with(self, farewell: Ended) -> Self {
        Self { farewell, ..self }
    }
}

impl Transport for Wrong {
    fn start(&mut self) -> Result<(), StartFault> {
        if !self.startable {
            let (name, reason) = ("mine".to_owned(), "there is none".to_owned());
            return Err(if self.attached {
                StartFault::Connection { address: name, reason }
            } else {
                StartFault::Command { command: name, reason }
            });
        }
        self.starts += 1;
        self.ended = None;
        self.to_come.clear();
        self.sessions = Sessions::default();
        Ok(())
    }

    fn send(&mut self, bytes: Vec<u8>) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let together = text.lines().count();
        for line in text.lines() {
            let request: Value = serde_json::from_str(line).expect("JSON");
            let mut right = answer_within(&mut self.sessions, line.as_bytes());
            right.as_object_mut().expect("an object").remove("id");
            let id = request["id"].clone();
            let number = self.number;
            self.number += 1;
            let asked = Asked { request, right, number, starts: self.starts, together };
            match (self.deed)(&asked).unwrap_or(Deed::Say(asked.right)) {
                Deed::Say(mut answer) => {
                    answer["id"] = id;
                    self.to_come.push_back(Incoming::Bytes(format!("{answer}\n").into_bytes()));
                }
                Deed::Write(bytes) => self.to_come.push_back(Incoming::Bytes(bytes)),
                Deed::Hang => return,
                Deed::End(ended) => {
                    self.ended = Some(ended);
                    return;
                }
                Deed::Interrupt => self.to_come.push_back(Incoming::Interrupted(2)),
            }
        }
    }

    fn receive(&mut self, deadline: Duration) -> Incoming {
        if let Some(incoming) = self.to_come.pop_front() {
            return incoming;
        }
        if self.ended.is_some() {
            return Incoming::Closed;
        }
        self.now = self.now.max(deadline);
        Incoming::TimedOut
    }

    fn stop(&mut self) -> Ended {
        self.ended.unwrap_or(if self.attached { Ended::HungUp } else { Ended::Killed })
    }

    fn finish(&mut self) -> Ended {
        self.farewell
    }

    fn attached_to(&self) -> Option<String> {
        self.attached.then(|| "tcp:127.0.0.1:7007".to_owned())
    }

    fn now(&self) -> Duration {
        self.now
    }

    fn take_stderr(&mut self) -> String {
        String::new()
    }

    fn sanitizer_report(&self) -> Option<String> {
        self.report.map(str::to_owned)
    }
}

/// The list of these failures. It takes a while to find out what entries may name.
fn baseline(entries: &str) -> Baseline {
    if entries.is_empty() {
        return Baseline::default();
    }
    Baseline {
        entries: parse(entries).expect("a baseline"),
        published: Known::published().expect("the published vectors"),
        ..Baseline::default()
    }
}

/// Everything that rollwire says about an adapter.
pub(super) fn said_about(adapter: Wrong) -> Vec<Said> {
    let limits = Limits {
        window: 8,
        timeout: (!adapter.patient).then_some(Duration::from_secs(1)),
        patience: Duration::from_secs(20),
        startup: Duration::from_secs(10),
        deadline: Duration::from_secs(300),
        restarts: adapter.restarts,
    };
    let options = Options {
        filter: Filter::new(&[adapter.filter]).expect("a filter"),
        // The cases that are too large to store are made with the fresh ones.
        fresh: u32::from(["/large-", "exchange-long"].iter().any(|it| adapter.filter.contains(it))),
        seed: 1,
        baseline: baseline(adapter.expected),
        ..Options::default()
    };
    let vectors = VectorSet::builtin().expect("the published vectors");
    let mut engine = Engine::new(adapter, limits, Transcript::default());
    let mut said = Vec::new();
    let mut note = |event| match event {
        Event::Check(check) => {
            let Some(detail) = check.detail else { return };
            let verdict = match check.verdict {
                Verdict::Fail => "fail",
                Verdict::Weak => "weak",
                Verdict::Error => "error",
                Verdict::ExpectedFailure => return,
                other => panic!("{other:?} with a detail"),
            };
            let code = check.code.map_or("", Code::as_str);
            said.push((detail.got, format!("{verdict} {code}")));
        }
        Event::Note { text } => said.push((text, "a note".to_owned())),
        Event::Footer(footer) => {
            let exit = format!("exit {}", footer.exit.code());
            said.extend(footer.reason.map(|reason| (reason, exit)));
        }
        Event::Header(_) | Event::Cause(_) => {}
    };
    run(&mut engine, vectors, &options, &mut note).expect("some cases");
    said
}
