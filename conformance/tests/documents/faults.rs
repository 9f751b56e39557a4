//! What rollwire says about a wrong adapter, the last section of `spec/adapter.md`: each of its rows is
//! brought about by an adapter that is wrong in that way, and no message is without a row.

use std::{
    collections::{BTreeSet, VecDeque},
    time::Duration,
};

use rollwire_conformance::{
    event::Event,
    protocol::{HelloFault, LineFault},
    run::{Options, run},
    runner::{Ended, Engine, Incoming, Limits, StartFault, StartupFault, Stop, Trace, Transport},
    select::Filter,
    vectors::VectorSet,
    verdict::{Code, Verdict},
};
use rollwire_reference::adapter::{Sessions, answer_within};
use serde_json::{Value, json};

use crate::markdown::{code_spans, rows, section, text};

/// A message and what it comes to.
type Said = (String, String);

/// The second and third cells of the section's tables: messages with ‹placeholders›, and results.
fn table() -> Vec<Said> {
    let chapter = text("spec/adapter.md");
    let section = section(&chapter, "What rollwire says about a wrong adapter");
    let rows = rows(section, "What the adapter did");
    rows.iter().map(|row| (code_spans(row[1]).concat(), row[2].replace('`', ""))).collect()
}

/// Whether a message is what a row says, whatever stands for the placeholders.
fn fits(pattern: &str, message: &str) -> bool {
    let mut parts = pattern.split('‹');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = message.strip_prefix(first) else { return false };
    let literals: Vec<&str> =
        parts.map(|part| part.split_once('›').expect("‹ and › in pairs").1).collect();
    let Some((last, between)) = literals.split_last() else { return rest.is_empty() };
    for literal in between {
        let Some(at) = rest.find(literal) else { return false };
        rest = &rest[at + literal.len()..];
    }
    rest.ends_with(last)
}

fn fits_row(row: &Said, said: &Said) -> bool {
    let exit = |text: &str| text.strip_prefix("exit ").map(str::to_owned);
    let same = match (exit(&row.1), exit(&said.1)) {
        (Some(several), Some(one)) => several.split(" or ").any(|code| code == one),
        _ => row.1 == said.1,
    };
    same && fits(&row.0, &said.0)
}

/// What a wrong adapter does instead of answering.
enum Deed {
    Say(Value),
    Write(Vec<u8>),
    Hang,
    End(Ended),
    Interrupt,
}

/// A request, and everything that a wrong adapter could make its deed depend on.
struct Asked {
    request: Value,
    /// The right answer, without the id.
    right: Value,
    /// How often the adapter was started, this time included.
    starts: u32,
    /// How many requests came at once.
    together: usize,
}

impl Asked {
    fn is(&self, op: &str) -> bool {
        self.request["op"] == op
    }

    /// Whether this is a request of a case and not one of a probe: the cases are FOCUS_STATE.
    fn case(&self, op: &str) -> bool {
        let hex = self.request["hex"].as_str().unwrap_or_default();
        self.is(op) && (hex.starts_with("14") || self.request["type"] == "focus_state")
    }

    fn refused(&self) -> bool {
        self.right.get("reject").is_some()
    }

    /// The right answer with one member changed.
    fn but(&self, pointer: &str, value: Value) -> Deed {
        let mut answer = self.right.clone();
        *answer.pointer_mut(pointer).expect("a member of the right answer") = value;
        Deed::Say(answer)
    }

    /// What is observed at the tick, with one member changed: the same however a scenario is cut.
    fn at_the_tick(&self, member: &str, value: Value) -> Option<Deed> {
        let stimuli = self.request["do"].as_array()?;
        let tick = stimuli.iter().position(|stimulus| stimulus.get("tick").is_some())?;
        Some(self.but(&format!("/ok/observations/{tick}/{member}"), value))
    }

    fn without(&self, member: &str) -> Deed {
        let mut answer = self.right.clone();
        answer["ok"].as_object_mut().expect("ok").remove(member);
        Deed::Say(answer)
    }
}

/// An adapter on a clock of its own: right, but for its deeds.
struct Wrong {
    startable: bool,
    patient: bool,
    farewell: Ended,
    deed: fn(&Asked) -> Option<Deed>,
    starts: u32,
    now: Duration,
    ended: Option<Ended>,
    to_come: VecDeque<Incoming>,
    sessions: Sessions,
    filter: &'static str,
}

fn wrong(deed: fn(&Asked) -> Option<Deed>) -> Wrong {
    Wrong {
        startable: true,
        patient: false,
        farewell: Ended::Code(0),
        deed,
        starts: 0,
        now: Duration::ZERO,
        ended: None,
        to_come: VecDeque::new(),
        sessions: Sessions::default(),
        filter: "focus-state/*",
    }
}

/// An adapter that is asked to play one scenario.
fn wrong_player(deed: fn(&Asked) -> Option<Deed>) -> Wrong {
    Wrong { filter: "exchange-confirm/falling-frames", ..wrong(deed) }
}

impl Transport for Wrong {
    fn start(&mut self) -> Result<(), StartFault> {
        if !self.startable {
            let (command, reason) = ("mine".to_owned(), "no such program".to_owned());
            return Err(StartFault { command, reason });
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
            let asked = Asked { request, right, starts: self.starts, together };
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
        self.ended.unwrap_or(Ended::Killed)
    }

    fn finish(&mut self) -> Ended {
        self.farewell
    }

    fn now(&self) -> Duration {
        self.now
    }

    fn take_stderr(&mut self) -> String {
        String::new()
    }
}

/// Everything that rollwire says about an adapter.
fn said_about(adapter: Wrong) -> Vec<Said> {
    let limits = Limits {
        window: 8,
        timeout: (!adapter.patient).then_some(Duration::from_secs(1)),
        startup: Duration::from_secs(10),
        deadline: Duration::from_secs(300),
        restarts: 20,
    };
    let options = Options {
        arguments: Vec::new(),
        command: Vec::new(),
        filter: Filter::new(&[adapter.filter]).expect("a filter"),
        seed: 1,
        fresh: 0,
        repeat: 1,
        revision: None,
        strict: false,
        baseline: Default::default(),
    };
    let vectors = VectorSet::builtin().expect("the published vectors");
    let mut engine = Engine::new(adapter, limits, Trace::default());
    let mut said = Vec::new();
    let mut note = |event| match event {
        Event::Check(check) => {
            let Some(detail) = check.detail else { return };
            let verdict = match check.verdict {
                Verdict::Fail => "fail",
                Verdict::Weak => "weak",
                Verdict::Error => "error",
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
        Event::Header(_) => {}
    };
    run(&mut engine, &vectors, &options, &mut note).expect("some cases");
    said
}

fn when(condition: bool, deed: impl FnOnce() -> Deed) -> Option<Deed> {
    condition.then(deed)
}

/// Adapters that do not get through hello, at first or after a fault.
fn wrong_in_hello() -> Vec<Wrong> {
    vec![
        Wrong { startable: false, ..wrong(|_| None) },
        wrong(|it| when(it.is("hello"), || Deed::Hang)),
        wrong(|it| when(it.is("hello"), || Deed::End(Ended::Signal(9)))),
        wrong(|it| when(it.is("hello"), || Deed::Write(b"hello, world\n".to_vec()))),
        wrong(|it| when(it.is("hello"), || Deed::Write(b"{\"id\":99,\"ok\":{}}\n".to_vec()))),
        wrong(|it| when(it.is("hello"), || Deed::Say(json!({})))),
        wrong(|it| when(it.is("hello"), || Deed::Say(json!({"unsupported": {}})))),
        wrong(|it| when(it.is("hello"), || Deed::Say(json!({"error": {"message": "no"}})))),
        wrong(|it| when(it.is("hello"), || it.without("impl"))),
        wrong(|it| when(it.is("hello"), || it.but("/ok/revision", json!("7")))),
        wrong(|it| when(it.is("hello"), || it.but("/ok/nonce", json!("5")))),
        wrong(|it| when(it.is("hello"), || it.but("/ok/capabilities", json!(["decoed"])))),
        wrong(|it| when(it.is("hello"), || it.but("/ok/capabilities", json!(["detect"])))),
        wrong(|it| when(it.is("hello"), || it.but("/ok/capabilities", json!([])))),
        wrong(|it| match it.starts {
            1 => when(it.case("decode"), || Deed::End(Ended::Code(1))),
            _ => Some(Deed::End(Ended::Code(1))),
        }),
        wrong(|it| match it.starts {
            1 => when(it.case("decode"), || Deed::End(Ended::Code(1))),
            _ => when(it.is("hello"), || it.but("/ok/window", json!(7))),
        }),
    ]
}

/// Adapters that do not answer a request, or with what is no answer.
fn wrong_without_an_answer() -> Vec<Wrong> {
    vec![
        wrong(|it| when(it.case("decode"), || Deed::Write(b"\xff\n".to_vec()))),
        wrong(|it| when(it.case("decode"), || Deed::Write(b"decoding\n".to_vec()))),
        wrong(|it| when(it.case("decode"), || Deed::Write(b"{\"id\":\"1\",\"ok\":{}}\n".to_vec()))),
        wrong(|it| when(it.case("decode"), || Deed::Write(format!("{}\n", it.request).into()))),
        wrong(|it| when(it.case("decode"), || Deed::Write(vec![b' '; 5 << 20]))),
        wrong(|it| {
            let answer = json!({"id": it.request["id"], "unsupported": {}});
            when(it.case("decode"), || Deed::Write(format!("{answer}\n{answer}\n").into()))
        }),
        wrong(|it| when(it.case("decode"), || Deed::End(Ended::Unknown))),
        wrong(|it| when(it.case("decode"), || Deed::Hang)),
        wrong(|it| when(it.case("decode"), || Deed::Write(b"{\"id\":".to_vec()))),
        wrong(|it| when(it.together > 1, || Deed::End(Ended::Code(1)))),
        Wrong { patient: true, ..wrong(|it| when(it.case("decode"), || Deed::Hang)) },
        wrong(|it| when(it.case("decode"), || Deed::Interrupt)),
        Wrong { farewell: Ended::Code(1), ..wrong(|_| None) },
    ]
}

/// Adapters whose answers have an id, and are not right.
fn wrong_in_an_answer() -> Vec<Wrong> {
    vec![
        wrong(|it| when(it.case("decode"), || Deed::Say(json!({})))),
        wrong(|it| when(it.case("decode"), || Deed::Say(json!({"ok": {}, "error": {}})))),
        wrong(|it| when(it.case("decode"), || Deed::Say(json!({"ok": null})))),
        wrong(|it| when(it.refused(), || it.but("/reject/class", json!(5)))),
        wrong(|it| when(it.case("encode"), || Deed::Say(json!({"ok": {}})))),
        wrong(|it| when(it.case("encode"), || Deed::Say(json!({"ok": {"hex": [4]}})))),
        wrong(|it| when(it.case("encode"), || Deed::Say(json!({"ok": {"hex": "0x04"}})))),
        wrong(|it| when(it.case("decode") && !it.refused(), || it.without("type"))),
        wrong(|it| when(it.case("decode") && !it.refused(), || it.but("/ok/type", json!(20)))),
        wrong(|it| when(it.case("decode") && !it.refused(), || it.without("fields"))),
        wrong(|it| when(it.case("decode") && !it.refused(), || it.but("/ok/fields", json!([])))),
        wrong(|it| when(it.case("decode"), || Deed::Say(json!({"unsupported": {}})))),
        wrong(|it| when(it.case("decode"), || Deed::Say(json!({"error": {"message": "no"}})))),
        wrong(|it| {
            let wrong = it.case("decode") && !it.refused();
            when(wrong, || it.but("/ok/fields/frame", json!(5)))
        }),
        wrong(|it| when(it.case("encode"), || Deed::Say(json!({"ok": {"hex": "14"}})))),
        wrong(|it| {
            let fields = json!({"focused": false, "frame": 5});
            let ok = json!({"ok": {"type": "focus_state", "fields": fields}});
            when(it.case("decode") && it.refused(), || Deed::Say(ok))
        }),
        // Byte 1 is neither 0 nor 1: read as not focused.
        wrong(|it| {
            let hex = it.request["hex"].as_str().unwrap_or_default();
            let lenient = it.case("decode") && it.right["reject"]["class"] == "value";
            when(lenient, || {
                let frame = u32::from_str_radix(&hex[4..12], 16).expect("hex");
                let fields = json!({"focused": false, "frame": frame});
                Deed::Say(json!({"ok": {"type": "focus_state", "fields": fields}}))
            })
        }),
        wrong(|it| when(it.case("decode"), || Deed::Say(json!({"reject": {"class": "range"}})))),
        wrong(|it| {
            let reject = json!({"class": "range", "message": "no"});
            when(it.case("decode"), || Deed::Say(json!({"reject": reject})))
        }),
    ]
}

/// Adapters whose sessions are not what they should be.
fn wrong_in_a_session() -> Vec<Wrong> {
    vec![
        wrong_player(|it| when(it.is("open"), || Deed::Say(json!({"reject": {}})))),
        wrong_player(|it| when(it.is("step"), || it.but("/ok/observations", json!("none")))),
        wrong_player(|it| when(it.is("step"), || it.but("/ok/observations", json!([])))),
        wrong_player(|it| when(it.is("step"), || it.but("/ok/observations/0", json!("none")))),
        wrong_player(|it| when(it.is("step"), || it.but("/ok/observations/0", json!({})))),
        wrong_player(|it| when(it.is("step"), || it.but("/ok/observations/0/queue", json!([5])))),
        wrong_player(|it| when(it.is("step"), || it.but("/ok/observations/0/sent", json!(["0x"])))),
        wrong_player(|it| it.at_the_tick("sent", json!(["07"]))),
        wrong_player(|it| it.at_the_tick("queue", json!([[5, "0123456789abcdef"]]))),
        wrong_player(|it| it.at_the_tick("verified", json!(5))),
        // Only where a step has more than one stimulus.
        wrong_player(|it| {
            let several = it.right.pointer("/ok/observations/1").is_some();
            when(several, || it.but("/ok/observations/0/verified", json!(5)))
        }),
        wrong_player(|it| when(it.request["session"] == 2, || Deed::End(Ended::Code(1)))),
    ]
}

/// Adapters without an implementation behind them.
fn wrong_at_a_probe() -> Vec<Wrong> {
    vec![
        wrong(|it| when(!it.is("hello"), || Deed::Say(json!({"ok": {}})))),
        wrong(|it| {
            let ok = json!({"type": "ping", "fields": {"timestamp": "0000000000000000"}});
            when(it.is("decode"), || Deed::Say(json!({"ok": ok})))
        }),
        wrong(|it| when(it.is("decode"), || Deed::Say(json!({"reject": {}})))),
        wrong(|it| when(it.is("encode"), || Deed::Say(json!({"reject": {}})))),
        wrong(|it| when(it.is("reencode"), || Deed::Say(json!({"reject": {}})))),
    ]
}

#[test]
fn every_row_is_what_a_wrong_adapter_meets_and_every_message_has_a_row() {
    let table = table();
    let mut met = BTreeSet::new();
    for (group, adapters) in [
        ("hello", wrong_in_hello()),
        ("without an answer", wrong_without_an_answer()),
        ("answers", wrong_in_an_answer()),
        ("sessions", wrong_in_a_session()),
        ("probes", wrong_at_a_probe()),
    ] {
        for (index, adapter) in adapters.into_iter().enumerate() {
            let said = said_about(adapter);
            assert!(!said.is_empty(), "{group}, number {index}: nothing is said");
            for said in said {
                let fitting = table.iter().enumerate().filter(|(_, row)| fits_row(row, &said));
                let before = met.len();
                met.extend(fitting.map(|(row, _)| row));
                let found = met.len() > before || table.iter().any(|row| fits_row(row, &said));
                assert!(found, "{group}, number {index}: no row says {said:?}");
            }
        }
    }
    let unmet: Vec<&Said> =
        table.iter().enumerate().filter(|(row, _)| !met.contains(row)).map(|(_, it)| it).collect();
    assert!(unmet.is_empty(), "no adapter meets {unmet:#?}");
}

/// Walks through all variants of an enumeration: a new one does not compile without a place in here.
fn all<T>(next: fn(Option<&T>) -> Option<T>) -> Vec<T> {
    std::iter::successors(next(None), |it| next(Some(it))).collect()
}

fn next_ended(it: Option<&Ended>) -> Option<Ended> {
    match it {
        None => Some(Ended::Code(3)),
        Some(Ended::Code(_)) => Some(Ended::Signal(9)),
        Some(Ended::Signal(_)) => Some(Ended::Killed),
        Some(Ended::Killed) => Some(Ended::Unknown),
        Some(Ended::Unknown) => None,
    }
}

fn next_line_fault(it: Option<&LineFault>) -> Option<LineFault> {
    let text = || "`x`".to_owned();
    match it {
        None => Some(LineFault::NotUtf8(text())),
        Some(LineFault::NotUtf8(_)) => Some(LineFault::NotJson { text: text(), reason: text() }),
        Some(LineFault::NotJson { .. }) => Some(LineFault::NoId(text())),
        Some(LineFault::NoId(_)) => Some(LineFault::Echo(text())),
        Some(LineFault::Echo(_)) => Some(LineFault::TooLong),
        Some(LineFault::TooLong) => None,
    }
}

fn next_hello_fault(it: Option<&HelloFault>) -> Option<HelloFault> {
    let text = || "x".to_owned();
    match it {
        None => Some(HelloFault::Missing("impl")),
        Some(HelloFault::Missing(_)) => {
            Some(HelloFault::Wrong { member: "impl", expected: text(), found: text() })
        }
        Some(HelloFault::Wrong { .. }) => {
            Some(HelloFault::Nonce { expected: text(), found: text() })
        }
        Some(HelloFault::Nonce { .. }) => Some(HelloFault::UnknownCapability(text())),
        Some(HelloFault::UnknownCapability(_)) => {
            Some(HelloFault::NeedsOther("detect", "exchange"))
        }
        Some(HelloFault::NeedsOther(..)) => None,
    }
}

fn next_startup_fault(it: Option<&StartupFault>) -> Option<StartupFault> {
    let text = || "x".to_owned();
    match it {
        None => Some(StartupFault::Start(StartFault { command: text(), reason: text() })),
        Some(StartupFault::Start(_)) => Some(StartupFault::Silent(Duration::from_millis(1500))),
        Some(StartupFault::Silent(_)) => Some(StartupFault::Ended(Ended::Unknown)),
        Some(StartupFault::Ended(_)) => Some(StartupFault::Line(LineFault::TooLong)),
        Some(StartupFault::Line(_)) => Some(StartupFault::WrongId { expected: 0, found: 1 }),
        Some(StartupFault::WrongId { .. }) => Some(StartupFault::Malformed(text())),
        Some(StartupFault::Malformed(_)) => Some(StartupFault::NotOk(text())),
        Some(StartupFault::NotOk(_)) => Some(StartupFault::Hello(HelloFault::Missing("impl"))),
        Some(StartupFault::Hello(_)) => Some(StartupFault::Changed),
        Some(StartupFault::Changed) => None,
    }
}

fn next_stop(it: Option<&Stop>) -> Option<Stop> {
    match it {
        None => Some(Stop::Startup(StartupFault::Silent(Duration::from_secs(10)))),
        Some(Stop::Startup(_)) => Some(Stop::Restart(StartupFault::Changed)),
        Some(Stop::Restart(_)) => Some(Stop::Budget(20)),
        Some(Stop::Budget(_)) => Some(Stop::Deadline(Duration::from_secs(300))),
        Some(Stop::Deadline(_)) => Some(Stop::Interrupted(15)),
        Some(Stop::Interrupted(_)) => {
            let probe = "the canary: x got `ok`; expected `reject`; the request was {}";
            Some(Stop::Probe(probe.to_owned()))
        }
        Some(Stop::Probe(_)) => None,
    }
}

fn next_code(it: Option<&Code>) -> Option<Code> {
    match it {
        None => Some(Code::WrongValue),
        Some(Code::WrongValue) => Some(Code::WrongBytes),
        Some(Code::WrongBytes) => Some(Code::Accepted),
        Some(Code::Accepted) => Some(Code::Refused),
        Some(Code::Refused) => Some(Code::Alternative),
        Some(Code::Alternative) => Some(Code::WrongClass),
        Some(Code::WrongClass) => Some(Code::Unsupported),
        Some(Code::Unsupported) => Some(Code::AdapterError),
        Some(Code::AdapterError) => Some(Code::Malformed),
        Some(Code::Malformed) => Some(Code::Crash),
        Some(Code::Crash) => Some(Code::Timeout),
        Some(Code::Timeout) => Some(Code::Garbage),
        Some(Code::Garbage) => Some(Code::Unstable),
        Some(Code::Unstable) => Some(Code::WrongSent),
        Some(Code::WrongSent) => Some(Code::WrongState),
        Some(Code::WrongState) => Some(Code::WrongDetection),
        Some(Code::WrongDetection) => Some(Code::Nondeterministic),
        Some(Code::Nondeterministic) => None,
    }
}

#[test]
fn every_variant_of_every_fault_has_a_row() {
    let exit = |code: u8| format!("exit {code}");
    let mut messages: Vec<Said> = Vec::new();
    let stops = all(next_stop);
    messages.extend(stops.iter().map(|it| {
        let code = if let Stop::Interrupted(signal) = it { 128 + signal } else { 3 };
        (it.to_string(), exit(u8::try_from(code).expect("a code")))
    }));
    messages.extend(all(next_startup_fault).into_iter().map(|it| {
        // Only an adapter that was started again can have changed.
        let changed = it == StartupFault::Changed;
        let stop = if changed { Stop::Restart(it) } else { Stop::Startup(it) };
        (stop.to_string(), exit(3))
    }));
    messages.extend(all(next_hello_fault).iter().map(|it| (it.to_string(), exit(3))));
    let garbage = "error garbage".to_owned();
    messages.extend(all(next_line_fault).iter().map(|it| (it.to_string(), garbage.clone())));

    let table = table();
    for said in messages {
        assert!(table.iter().any(|row| fits_row(row, &said)), "no row says {said:?}");
    }
    for code in all(next_code) {
        let result = |row: &Said| row.1.ends_with(&format!(" {}", code.as_str()));
        assert!(table.iter().any(result), "no row comes to `{}`", code.as_str());
    }
}

#[test]
fn every_end_is_listed() {
    let chapter = text("spec/adapter.md");
    let sentence = chapter.lines().find(|line| line.starts_with("‹end› is one of"));
    let listed = code_spans(sentence.expect("the sentence about ends"));
    let all = all(next_ended);
    assert_eq!(all.len(), listed.len());
    for (ended, pattern) in all.iter().zip(listed) {
        assert!(fits(pattern, &ended.to_string()), "{ended} is not {pattern}");
    }
}

/// Malformed answers are no enumeration: their messages are read out of the code that writes them.
#[test]
fn every_message_about_a_malformed_answer_has_a_row() {
    /// A message with nothing but `‹›` for what stands in between.
    fn skeleton(text: &str, open: char, close: char) -> String {
        let mut parts = text.split(open);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |all, part| {
            all + "‹›" + part.split_once(close).expect("brackets in pairs").1
        })
    }
    let table: Vec<String> = table()
        .iter()
        .filter(|(_, result)| result == "error malformed")
        .map(|(message, _)| skeleton(message, '‹', '›'))
        .collect();
    let mut found = 0;
    for path in [
        "conformance/src/protocol/answer.rs",
        "conformance/src/judge.rs",
        "conformance/src/exchange/seen.rs",
    ] {
        let source = text(path);
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for literal in line.split('"').skip(1).step_by(2) {
                let about = ["of the answer", "of an observation", "observations of"];
                let begins = ["the answer", "an observation"];
                if about.iter().any(|it| literal.contains(it))
                    || begins.iter().any(|it| literal.starts_with(it))
                {
                    found += 1;
                    let message = skeleton(literal, '{', '}');
                    assert!(table.contains(&message), "{path}: no row says {message}");
                }
            }
        }
    }
    assert_eq!(found, table.len(), "rows without a message in the code, or the other way round");
}

#[test]
fn placeholders_match_and_words_do_not() {
    assert!(fits("no answer within ‹time›", "no answer within 1s"));
    assert!(fits("`‹a›` = ‹b›.", "`x` = y = z."));
    assert!(!fits("no answer within ‹time›", "no reply within 1s"));
    assert!(!fits("‹a› more than once", "x more than twice"));
    assert!(!fits("the end", "the end of it"));
}
