//! The engine against scripted adapters on a clock of their own: whose fault is a fault?

use std::{cell::Cell, collections::BTreeMap, rc::Rc, time::Duration};

use rollwire_conformance::{
    protocol::{Answer, Body},
    runner::{
        Ended, Engine, FaultKind, Incoming, Limits, Reply, StartFault, Stop, Trace, Transport,
    },
};
use serde_json::{Value, json};

/// What a scripted adapter does with a request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Deed {
    Answer,
    Crash,
    Hang,
    Garbage,
    HalfALine,
    Twice,
    /// Answers, and once more just before whatever it says next.
    TwiceLater,
    Malformed,
    /// Crashes the first time it sees the request, and never again.
    CrashOnce,
}

/// An adapter that answers `decode` with the hex it was given, except for some deeds.
struct Scripted {
    deeds: BTreeMap<String, Deed>,
    /// Answers are held back and sent in reverse order, this many at a time.
    reversed: bool,
    now: Duration,
    alive: bool,
    to_come: Vec<u8>,
    /// Comes before the answer to the next request.
    later: Vec<u8>,
    starts: u32,
    done_once: bool,
}

impl Scripted {
    fn new(deeds: &[(u64, Deed)]) -> Self {
        let deeds = deeds.iter().map(|(number, deed)| (hex(*number), *deed)).collect();
        Self {
            deeds,
            reversed: false,
            now: Duration::ZERO,
            alive: false,
            to_come: Vec::new(),
            later: Vec::new(),
            starts: 0,
            done_once: false,
        }
    }

    /// One line of output, or what happens instead.
    fn perform(&mut self, request: &Value) -> Result<Option<String>, ()> {
        let id = &request["id"];
        let ok = |ok: Value| Ok(Some(json!({"id": id, "ok": ok}).to_string()));
        match request["op"].as_str() {
            Some("hello") => {
                return ok(json!({
                    "protocol": 1, "nonce": request["nonce"], "window": 64,
                    "impl": {"name": "scripted", "version": "1", "language": "rust"},
                    "capabilities": ["decode"],
                }));
            }
            Some("decode") => {}
            _ => return Ok(Some(json!({"id": id, "unsupported": {}}).to_string())),
        }
        let hex = request["hex"].as_str().unwrap();
        let answer = json!({"id": id, "ok": {"hex": hex}}).to_string();
        match self.deeds.get(hex).copied().unwrap_or(Deed::Answer) {
            Deed::Answer => Ok(Some(answer)),
            Deed::CrashOnce if std::mem::replace(&mut self.done_once, true) => Ok(Some(answer)),
            Deed::Crash | Deed::CrashOnce => Err(()),
            Deed::Hang => Ok(None),
            Deed::Garbage => Ok(Some("Traceback (most recent call last):".to_owned())),
            Deed::HalfALine => {
                self.to_come.extend_from_slice(b"{\"id\":");
                Ok(None)
            }
            Deed::Twice => Ok(Some(format!("{answer}\n{answer}"))),
            Deed::TwiceLater => {
                self.later = format!("{answer}\n").into_bytes();
                Ok(Some(answer))
            }
            Deed::Malformed => Ok(Some(json!({"id": id, "ok": null}).to_string())),
        }
    }
}

impl Transport for Scripted {
    fn start(&mut self) -> Result<(), StartFault> {
        self.alive = true;
        self.starts += 1;
        self.to_come.clear();
        self.later.clear();
        Ok(())
    }

    fn send(&mut self, bytes: Vec<u8>) {
        let text = String::from_utf8(bytes).unwrap();
        self.to_come.append(&mut self.later);
        let mut lines = Vec::new();
        for line in text.lines() {
            if !self.alive {
                break;
            }
            match self.perform(&serde_json::from_str(line).unwrap()) {
                Ok(Some(answer)) => lines.push(answer),
                // Whoever hangs answers nothing behind it either.
                Ok(None) => break,
                Err(()) => self.alive = false,
            }
        }
        if self.reversed {
            lines.reverse();
        }
        for line in lines {
            self.to_come.extend_from_slice(line.as_bytes());
            self.to_come.push(b'\n');
        }
    }

    fn receive(&mut self, deadline: Duration) -> Incoming {
        if !self.to_come.is_empty() {
            return Incoming::Bytes(std::mem::take(&mut self.to_come));
        }
        if !self.alive {
            return Incoming::Closed;
        }
        self.now = self.now.max(deadline);
        Incoming::TimedOut
    }

    fn stop(&mut self) -> Ended {
        if std::mem::replace(&mut self.alive, false) { Ended::Killed } else { Ended::Signal(11) }
    }

    fn finish(&mut self) -> Ended {
        self.alive = false;
        Ended::Code(0)
    }

    fn now(&self) -> Duration {
        self.now
    }

    fn take_stderr(&mut self) -> String {
        String::new()
    }
}

fn hex(number: u64) -> String {
    format!("{number:016x}")
}

fn limits(restarts: u32) -> Limits {
    Limits {
        window: 64,
        timeout: Some(Duration::from_secs(1)),
        startup: Duration::from_secs(10),
        deadline: Duration::from_secs(3600),
        restarts,
    }
}

/// Asks for the numbers below `count`; the reply to each.
fn ask(adapter: Scripted, restarts: u32, count: u64) -> (Vec<Reply>, Option<Stop>) {
    let mut engine = Engine::new(adapter, limits(restarts), Trace::default());
    engine.start().unwrap();
    let mut asks =
        (0..count).map(|number| (number, Rc::new(Body::decode(&number.to_be_bytes()).into())));
    let mut replies = BTreeMap::new();
    engine.ask_all(&mut asks, &mut |place, reply, _| {
        assert!(replies.insert(place, reply).is_none(), "two replies for {place}");
    });
    assert_eq!(replies.len() as u64, count, "every request has its reply");
    (replies.into_values().collect(), engine.stopped().cloned())
}

/// Whether a reply is the right answer to its own request, and to no other.
fn answers(reply: &Reply, number: u64) -> bool {
    let expected = json!({"hex": hex(number)}).to_string();
    let Reply::Answered(answers) = reply else { return false };
    matches!(&answers[..], [Answer::Ok(ok)] if ok.text() == expected)
}

#[test]
fn every_fault_is_attributed_to_its_request_and_every_other_keeps_its_answer() {
    let deeds =
        [Deed::Crash, Deed::Hang, Deed::Garbage, Deed::HalfALine, Deed::Twice, Deed::Malformed];
    // Spread over the run, alone and several within one window.
    let culprits: Vec<(u64, Deed)> = [3, 70, 71, 72, 130, 131, 500, 501, 502, 503, 777, 998]
        .into_iter()
        .zip(deeds.into_iter().cycle())
        .collect();
    let (replies, stop) = ask(Scripted::new(&culprits), 1000, 1000);
    assert_eq!(stop, None);
    for (number, reply) in (0..).zip(&replies) {
        let deed = culprits.iter().find(|(at, _)| *at == number).map(|(_, deed)| *deed);
        let kind = match reply {
            Reply::Fault(fault) => Some(fault.kind),
            _ => None,
        };
        match deed {
            None => assert!(answers(reply, number), "{number}: {reply:?}"),
            Some(Deed::Crash) => assert_eq!(kind, Some(FaultKind::Crash), "{number}: {reply:?}"),
            Some(Deed::Hang | Deed::HalfALine) => {
                assert_eq!(kind, Some(FaultKind::Timeout), "{number}: {reply:?}");
            }
            Some(Deed::Malformed) => assert!(matches!(reply, Reply::Malformed(_))),
            Some(Deed::Garbage | Deed::Twice | Deed::TwiceLater) => {
                assert_eq!(kind, Some(FaultKind::Garbage), "{number}: {reply:?}");
            }
            Some(Deed::Answer | Deed::CrashOnce) => unreachable!("no culprits"),
        }
    }
}

#[test]
fn answers_in_any_order_find_their_requests() {
    let mut adapter = Scripted::new(&[]);
    adapter.reversed = true;
    let (replies, stop) = ask(adapter, 0, 500);
    assert_eq!(stop, None);
    assert!((0..).zip(&replies).all(|(number, reply)| answers(reply, number)));
}

#[test]
fn a_fault_that_does_not_come_back_is_unstable() {
    let (replies, stop) = ask(Scripted::new(&[(5, Deed::CrashOnce)]), 20, 100);
    assert_eq!(stop, None);
    let unstable: Vec<u64> = (0..)
        .zip(&replies)
        .filter(|(_, reply)| matches!(reply, Reply::Unstable(_)))
        .map(|(number, _)| number)
        .collect();
    assert_eq!(unstable, [5]);
    assert!((0..).zip(&replies).all(|(number, reply)| number == 5 || answers(reply, number)));
}

#[test]
fn a_spent_budget_leaves_the_rest_not_run() {
    let culprits: Vec<(u64, Deed)> = (10..20).map(|number| (number, Deed::Crash)).collect();
    let (replies, stop) = ask(Scripted::new(&culprits), 4, 100);
    assert_eq!(stop, Some(Stop::Budget(4)));
    let count = |wanted: fn(&Reply) -> bool| replies.iter().filter(|reply| wanted(reply)).count();
    // Two starts a culprit: one to find it, one to go on.
    assert_eq!(count(|reply| matches!(reply, Reply::Fault(_))), 2);
    assert_eq!(count(|reply| matches!(reply, Reply::NotRun)), 100 - 10 - 2);
}

#[test]
fn the_deadline_of_the_run_ends_it() {
    let adapter = Scripted::new(&[(5, Deed::Hang)]);
    let limits = Limits { deadline: Duration::from_millis(500), ..limits(20) };
    let mut engine = Engine::new(adapter, limits, Trace::default());
    engine.start().unwrap();
    let mut asks =
        (0..10_u64).map(|number| (number, Rc::new(Body::decode(&number.to_be_bytes()).into())));
    let mut not_run = 0;
    engine.ask_all(&mut asks, &mut |_, reply, _| not_run += u32::from(reply == Reply::NotRun));
    assert_eq!(not_run, 5);
    assert_eq!(engine.stopped(), Some(&Stop::Deadline(limits.deadline)));
}

#[test]
fn a_fault_behind_the_last_answer_is_not_lost() {
    for (window, deed) in [(1, Deed::Twice), (64, Deed::Twice), (64, Deed::TwiceLater)] {
        let adapter = Scripted::new(&[(2, deed)]);
        let mut engine = Engine::new(adapter, Limits { window, ..limits(20) }, Trace::default());
        engine.start().unwrap();
        let mut asks =
            (0..3_u64).map(|number| (number, Rc::new(Body::decode(&number.to_be_bytes()).into())));
        let mut faults = Vec::new();
        engine.ask_all(&mut asks, &mut |place, reply, _| {
            if matches!(reply, Reply::Fault(_)) {
                faults.push(place);
            }
        });
        assert_eq!(faults, [2], "window {window}, {deed:?}");
    }
}

/// An adapter that writes empty lines for ever, and the clock, which others look at too.
struct Flood(Rc<Cell<Duration>>);

impl Transport for Flood {
    fn start(&mut self) -> Result<(), StartFault> {
        Ok(())
    }
    fn send(&mut self, _: Vec<u8>) {}
    fn receive(&mut self, _: Duration) -> Incoming {
        self.0.set(self.0.get() + Duration::from_millis(1));
        Incoming::Bytes(b"\n\n\n".to_vec())
    }
    fn stop(&mut self) -> Ended {
        Ended::Killed
    }
    fn finish(&mut self) -> Ended {
        Ended::Killed
    }
    fn now(&self) -> Duration {
        self.0.get()
    }
    fn take_stderr(&mut self) -> String {
        String::new()
    }
}

#[test]
fn a_flood_of_nothing_does_not_outlast_its_deadline() {
    let clock = Rc::default();
    let mut engine = Engine::new(Flood(Rc::clone(&clock)), limits(20), Trace::default());
    let fault = engine.start().unwrap_err().to_string();
    assert!(fault.contains("did not answer hello within 10s"), "{fault}");
    assert!(clock.get() < Duration::from_secs(11), "it took {:?}", clock.get());
}
