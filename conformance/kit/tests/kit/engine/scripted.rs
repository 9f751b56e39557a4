//! An adapter on a clock of its own that does to each request what its script says.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    time::Duration,
};

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use rollwire_conformance::runner::{Ended, Incoming, StartFault, Transport};
use serde_json::{Value, json};

/// What a scripted adapter does with a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Deed {
    Answer,
    Crash,
    Hang,
    Garbage,
    NotUtf8,
    /// The answer to a request that was never made.
    ForeignId,
    HalfALine,
    Twice,
    /// Answers, and once more just before whatever it says next.
    TwiceLater,
    Malformed,
    TwoAnswersInOne,
    /// Crashes the first time it sees the request, and never again.
    CrashOnce,
    /// Does not answer the first time it sees the request, as if the machine were busy.
    LateOnce,
    /// Answers after this many seconds.
    Slow(u64),
}

/// In which order answers come that belong to requests which came together.
#[derive(Debug)]
pub(crate) enum Order {
    AsAsked,
    Reversed,
    /// As of an adapter with many threads: a request that hangs does not hold up the others.
    Shuffled(Box<ChaCha8Rng>),
}

impl Order {
    pub(crate) fn shuffled(seed: u64) -> Self {
        Self::Shuffled(Box::new(ChaCha8Rng::seed_from_u64(seed)))
    }
}

/// An adapter that answers `decode` with the hex it was given, and keeps count of its open sessions.
pub(crate) struct Scripted {
    deeds: BTreeMap<String, Deed>,
    order: Order,
    now: Duration,
    alive: bool,
    /// Reads nothing any more.
    stuck: bool,
    to_come: Vec<u8>,
    /// When that comes.
    ready: Duration,
    /// Comes before the answer to the next request.
    later: Vec<u8>,
    open: BTreeSet<u64>,
    done_once: BTreeSet<String>,
    /// How many requests came together each time.
    pub(crate) pieces: Rc<RefCell<Vec<usize>>>,
    /// Hangs where several requests come together.
    pub(crate) hangs_in_company: bool,
}

/// How many sessions it lets be open at once.
const SESSIONS: usize = 16;

/// The request of this number, as hex.
pub(crate) fn hex(number: u64) -> String {
    format!("{number:016x}")
}

/// What becomes of a request.
enum Done {
    Said(Vec<u8>),
    Died,
}

impl Scripted {
    pub(crate) fn new(deeds: &[(u64, Deed)]) -> Self {
        Self::in_order(deeds, Order::AsAsked)
    }

    pub(crate) fn in_order(deeds: &[(u64, Deed)], order: Order) -> Self {
        Self {
            deeds: deeds.iter().map(|(number, deed)| (hex(*number), *deed)).collect(),
            order,
            now: Duration::ZERO,
            alive: false,
            stuck: false,
            to_come: Vec::new(),
            ready: Duration::ZERO,
            later: Vec::new(),
            open: BTreeSet::new(),
            done_once: BTreeSet::new(),
            pieces: Rc::default(),
            hangs_in_company: false,
        }
    }

    /// The answer to a request as it should be; nothing for an operation that is not known.
    fn right(&mut self, request: &Value) -> Option<Value> {
        let session = || request["session"].as_u64().unwrap();
        Some(match request["op"].as_str() {
            Some("hello") => json!({
                "protocol": 1, "nonce": request["nonce"], "window": 64, "sessions": SESSIONS,
                "impl": {"name": "scripted", "version": "1", "language": "rust"},
                "capabilities": ["decode"],
            }),
            Some("decode") => json!({"hex": request["hex"]}),
            Some("open") => {
                assert!(self.open.insert(session()), "{request}: it is open");
                assert!(self.open.len() <= SESSIONS, "{request}: too many are open");
                json!({})
            }
            Some("close") => {
                assert!(self.open.remove(&session()), "{request}: it is not open");
                json!({})
            }
            _ => return None,
        })
    }

    fn perform(&mut self, request: &Value) -> Done {
        let id = &request["id"];
        let line = |answer: Value| format!("{answer}\n").into_bytes();
        let Some(right) = self.right(request) else {
            return Done::Said(line(json!({"id": id, "unsupported": {}})));
        };
        let answer = line(json!({"id": id, "ok": right}));
        let hex = request["hex"].as_str().unwrap_or_default();
        Done::Said(match self.deeds.get(hex).copied().unwrap_or(Deed::Answer) {
            Deed::Answer => answer,
            Deed::CrashOnce | Deed::LateOnce if !self.done_once.insert(hex.to_owned()) => answer,
            Deed::Slow(seconds) => {
                self.ready = self.now.max(self.ready) + Duration::from_secs(seconds);
                answer
            }
            Deed::Crash | Deed::CrashOnce => return Done::Died,
            Deed::LateOnce | Deed::Hang => Vec::new(),
            Deed::Garbage => b"Traceback (most recent call last):\n".to_vec(),
            Deed::NotUtf8 => b"\xff\xfe\n".to_vec(),
            Deed::ForeignId => line(json!({"id": u32::MAX, "ok": right})),
            Deed::HalfALine => b"{\"id\":".to_vec(),
            Deed::Twice => answer.repeat(2),
            Deed::TwiceLater => {
                self.later.clone_from(&answer);
                answer
            }
            Deed::Malformed => line(json!({"id": id, "ok": null})),
            Deed::TwoAnswersInOne => line(json!({"id": id, "ok": right, "reject": {}})),
        })
    }

    /// What comes of requests that came together; those after its end are not answered.
    fn perform_all(&mut self, requests: &str) -> Vec<Vec<u8>> {
        let mut said = Vec::new();
        self.pieces.borrow_mut().push(requests.lines().count());
        if self.hangs_in_company && requests.lines().count() > 1 {
            self.stuck = true;
            return said;
        }
        for request in requests.lines() {
            match self.perform(&serde_json::from_str(request).unwrap()) {
                Done::Said(bytes) => {
                    let threads = matches!(self.order, Order::Shuffled(_));
                    self.stuck = !bytes.ends_with(b"\n") && !threads;
                    said.push(bytes);
                }
                Done::Died => self.alive = false,
            }
            if self.stuck || !self.alive {
                break;
            }
        }
        said
    }
}

impl Transport for Scripted {
    fn start(&mut self) -> Result<(), StartFault> {
        self.alive = true;
        self.stuck = false;
        self.to_come.clear();
        self.ready = self.now;
        self.later.clear();
        self.open.clear();
        Ok(())
    }

    fn send(&mut self, bytes: Vec<u8>) {
        if self.stuck || !self.alive {
            return;
        }
        self.to_come.append(&mut self.later);
        let mut said = self.perform_all(&String::from_utf8(bytes).unwrap());
        match &mut self.order {
            Order::AsAsked => {}
            Order::Reversed => said.reverse(),
            Order::Shuffled(random) => {
                for at in (1..said.len()).rev() {
                    said.swap(at, below(random, at + 1));
                }
                // Its end also takes some of what other threads were about to say.
                if !self.alive {
                    said.truncate(below(random, said.len() + 1));
                }
            }
        }
        self.to_come.extend(said.concat());
    }

    fn receive(&mut self, deadline: Duration) -> Incoming {
        if !self.to_come.is_empty() && self.ready <= deadline {
            self.now = self.now.max(self.ready);
            return Incoming::Bytes(std::mem::take(&mut self.to_come));
        }
        if !self.alive && self.to_come.is_empty() {
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

/// A number below `end`.
pub(crate) fn below(random: &mut ChaCha8Rng, end: usize) -> usize {
    usize::try_from(random.next_u64() % end as u64).unwrap()
}
