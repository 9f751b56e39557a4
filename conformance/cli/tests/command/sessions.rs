//! Scenarios through adapters on a clock of their own: what is asked in which order, who is blamed, and
//! what is left out.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    time::Duration,
};

use rollwire_conformance::{
    event::{CheckEvent, Event, Footer},
    run::{Options, run},
    runner::{Ended, Engine, Incoming, Limits, StartFault, Transcript, Transport},
    vectors::{VectorSet, filter::Filter},
    verdict::{Code, Exit, Verdict},
};
use rollwire_reference_adapter::{Sessions, answer_within};
use serde_json::{Value, json};

/// What an adapter does with a request that it would have answered rightly.
enum Deed {
    Say(Value),
    Hang,
    Crash,
}

/// The reference implementation's adapter, with a hand on each answer.
struct Player<D> {
    deed: D,
    sessions: Sessions,
    hello: Value,
    open: BTreeSet<u64>,
    /// Sessions whose `close` is not answered yet, as the kit sees it.
    unanswered: BTreeSet<u64>,
    most_open: usize,
    waiting: usize,
    most_waiting: usize,
    starts: u32,
    alive: bool,
    /// Reads nothing any more.
    hung: bool,
    now: Duration,
    /// Answers that are not read yet, and the session that each of them closes.
    to_come: VecDeque<(Vec<u8>, Option<u64>)>,
}

impl<D: FnMut(&Value, Value) -> Deed> Player<D> {
    /// An adapter whose hello says this in place of what the reference's says.
    fn new(hello: Value, deed: D) -> Self {
        Self {
            deed,
            sessions: Sessions::default(),
            hello,
            open: BTreeSet::new(),
            unanswered: BTreeSet::new(),
            most_open: 0,
            waiting: 0,
            most_waiting: 0,
            starts: 0,
            alive: false,
            hung: false,
            now: Duration::ZERO,
            to_come: VecDeque::new(),
        }
    }

    fn answer(&mut self, line: &str) -> Deed {
        let request: Value = serde_json::from_str(line).unwrap();
        let mut answer = answer_within(&mut self.sessions, line.as_bytes());
        let session = request["session"].as_u64().unwrap_or_default();
        match request["op"].as_str() {
            Some("hello") => {
                for (name, value) in self.hello.as_object().unwrap() {
                    answer["ok"][name] = value.clone();
                }
                return Deed::Say(answer);
            }
            // Some are malformed on purpose.
            Some(_) if answer.get("error").is_some() => return Deed::Say(answer),
            Some("open") => {
                assert!(self.open.insert(session), "{session} is open already");
                // A number is used again as soon as its session was closed.
                self.unanswered.insert(session);
            }
            Some("close") => assert!(self.open.remove(&session), "{session} is not open"),
            Some("step" | "advance") => {
                assert!(self.open.contains(&session), "{session} is not open");
            }
            _ => {}
        }
        self.most_open = self.most_open.max(self.unanswered.len());
        (self.deed)(&request, answer)
    }
}

impl<D: FnMut(&Value, Value) -> Deed> Transport for Player<D> {
    fn start(&mut self) -> Result<(), StartFault> {
        (self.alive, self.starts, self.waiting) = (true, self.starts + 1, 0);
        self.hung = false;
        self.sessions = Sessions::default();
        self.open.clear();
        self.unanswered.clear();
        self.to_come.clear();
        Ok(())
    }

    fn send(&mut self, bytes: Vec<u8>) {
        for line in String::from_utf8(bytes).unwrap().lines() {
            if !self.alive || self.hung {
                return;
            }
            self.waiting += 1;
            self.most_waiting = self.most_waiting.max(self.waiting);
            match self.answer(line) {
                Deed::Say(answer) => {
                    let request: Value = serde_json::from_str(line).unwrap();
                    let closed = (request["op"] == "close").then(|| request["session"].as_u64());
                    self.to_come.push_back((format!("{answer}\n").into_bytes(), closed.flatten()));
                }
                Deed::Hang => self.hung = true,
                Deed::Crash => self.alive = false,
            }
        }
    }

    fn receive(&mut self, deadline: Duration) -> Incoming {
        if let Some((line, closed)) = self.to_come.pop_front() {
            self.waiting -= 1;
            if let Some(session) = closed {
                self.unanswered.remove(&session);
            }
            return Incoming::Bytes(line);
        }
        if !self.alive {
            return Incoming::Closed;
        }
        self.now = self.now.max(deadline);
        Incoming::TimedOut
    }

    fn stop(&mut self) -> Ended {
        if self.alive { Ended::Killed } else { Ended::Code(1) }
    }

    fn finish(&mut self) -> Ended {
        Ended::Code(0)
    }

    fn now(&self) -> Duration {
        self.now
    }

    fn take_stderr(&mut self) -> String {
        String::new()
    }
}

/// What a run came to: the events of the scenarios, and the footer.
struct Outcome {
    checks: Vec<CheckEvent>,
    footer: Footer,
}

impl Outcome {
    /// The scenarios that did not pass, with their codes.
    fn wrong(&self) -> BTreeMap<&str, Option<Code>> {
        let wrong = |it: &&CheckEvent| it.verdict != Verdict::Pass;
        self.checks.iter().filter(wrong).map(|it| (&*it.case, it.code)).collect()
    }
}

fn play<D: FnMut(&Value, Value) -> Deed>(
    player: Player<D>,
    window: usize,
    filter: &str,
    fresh: u32,
) -> (Outcome, Player<D>) {
    let limits = Limits {
        window,
        timeout: Some(Duration::from_secs(1)),
        patience: Duration::from_secs(20),
        startup: Duration::from_secs(10),
        deadline: Duration::from_secs(3000),
        restarts: 10_000,
    };
    let options =
        Options { filter: Filter::new(&[filter]).unwrap(), seed: 1, fresh, ..Options::default() };
    let mut engine = Engine::new(player, limits, Transcript::default());
    let (mut checks, mut footer) = (Vec::new(), None);
    let mut sink = |event| match event {
        Event::Check(check) => checks.push(*check),
        Event::Footer(it) => footer = Some(it),
        Event::Header(_) | Event::Note { .. } | Event::Cause(_) => {}
    };
    run(&mut engine, VectorSet::builtin().unwrap(), &options, &mut sink).unwrap();
    (Outcome { checks, footer: *footer.unwrap() }, engine.into_transport())
}

fn right(_: &Value, answer: Value) -> Deed {
    Deed::Say(answer)
}

/// All scenarios but the long ones.
const ALL: &str = "exchange-{send,refusal,receive,rollback,reset,compare,detect-rollback}/*";

#[test]
fn no_more_sessions_are_open_than_hello_allows() {
    for (sessions, most) in [(1, 1), (2, 2), (16, 16)] {
        let player = Player::new(json!({"sessions": sessions}), right);
        let (outcome, player) = play(player, 256, ALL, 0);
        assert_eq!(outcome.wrong(), BTreeMap::new());
        assert!(player.most_open <= most, "{} of {sessions}", player.most_open);
        // Where several are allowed, scenarios are played beside each other.
        assert!(sessions == 1 || player.most_open > 1, "{}", player.most_open);
    }
}

#[test]
fn a_session_is_longer_than_the_window_of_an_adapter() {
    for window in [1, 2, 7] {
        let (outcome, player) = play(Player::new(json!({"window": window}), right), 256, ALL, 0);
        assert_eq!((outcome.wrong(), outcome.footer.exit), (BTreeMap::new(), Exit::Conforms));
        assert!(player.most_waiting <= window, "{} of {window}", player.most_waiting);
        assert_eq!(player.starts, 1);
    }
}

#[test]
fn a_crash_or_a_hang_in_the_middle_of_a_session_is_blamed_on_that_scenario() {
    for (code, deed) in [(Code::Crash, 0), (Code::Timeout, 1), (Code::AdapterError, 2)] {
        let mut vectors = VectorSet::builtin().unwrap().clone();
        Filter::new(&[ALL]).unwrap().keep(&mut vectors);
        let is_guilty = |stimulus: &Value| stimulus["rollback"]["begin"] == u32::MAX;
        let guilty: BTreeMap<&str, Option<Code>> = vectors
            .scenarios()
            .filter(|it| it.stimuli().any(|it| is_guilty(&serde_json::to_value(it).unwrap())))
            .map(|scenario| (&*scenario.id, Some(code)))
            .collect();
        assert!(!guilty.is_empty());
        let player = Player::new(json!({}), |request: &Value, answer| {
            let stimuli = request["do"].as_array().into_iter().flatten();
            match (stimuli.into_iter().any(is_guilty), deed) {
                (false, _) => Deed::Say(answer),
                (true, 0) => Deed::Crash,
                (true, 1) => Deed::Hang,
                (true, _) => Deed::Say(json!({"id": request["id"], "error": {"message": "no"}})),
            }
        });
        let (outcome, _) = play(player, 64, ALL, 0);
        assert_eq!(outcome.wrong(), guilty);
        assert_eq!(outcome.footer.exit, Exit::Failed);
        assert_eq!(outcome.footer.counts.not_run, 0);
    }
}

#[test]
fn what_one_session_does_to_another_is_found_although_each_passes_alone() {
    // A tick of one session empties the events of all, if more than one is open.
    let mut open = BTreeSet::new();
    let leaks = move |request: &Value, mut answer: Value| {
        let session = request["session"].as_u64().unwrap_or_default();
        match request["op"].as_str() {
            Some("open") => drop(open.insert(session)),
            Some("close") => drop(open.remove(&session)),
            Some("step") if open.len() > 1 => {
                for observation in answer["ok"]["observations"].as_array_mut().unwrap() {
                    observation["history"] = json!([]);
                }
            }
            _ => {}
        }
        Deed::Say(answer)
    };
    let (outcome, _) = play(Player::new(json!({}), leaks), 64, ALL, 0);
    let codes: BTreeSet<_> =
        outcome.wrong().into_values().map(|code| code.map(Code::as_str)).collect();
    assert_eq!(codes, [Some("nondeterministic")].into());
    let (outcome, _) = play(Player::new(json!({"sessions": 1}), right), 64, ALL, 0);
    assert_eq!(outcome.wrong(), BTreeMap::new(), "with one session nothing can leak");
}

#[test]
fn what_depends_on_the_cut_is_not_deterministic() {
    // Sends only at the end of a step.
    let at_the_end = |request: &Value, mut answer: Value| {
        if request["op"] == "step" {
            let observations = answer["ok"]["observations"].as_array_mut().unwrap();
            let last = observations.len() - 1;
            let mut sent = Vec::new();
            for observation in observations.iter_mut() {
                sent.append(observation["sent"].as_array_mut().unwrap());
            }
            observations[last]["sent"] = json!(sent);
        }
        Deed::Say(answer)
    };
    let (outcome, _) = play(Player::new(json!({}), at_the_end), 64, ALL, 0);
    let wrong = outcome.wrong();
    assert!(wrong.len() > 5, "{wrong:?}");
    assert!(wrong.values().all(|code| *code == Some(Code::Nondeterministic)), "{wrong:?}");
}

#[test]
fn what_is_left_out_follows_from_hello_alone() {
    let declared = |more: &[&str]| {
        let names = [&["decode"][..], more].concat();
        json!({"capabilities": names})
    };
    let mut vectors = VectorSet::builtin().unwrap().clone();
    let filter = "exchange-{send,compare,rollback,play}/*";
    Filter::new(&[filter]).unwrap().keep(&mut vectors);
    let all = vectors.scenarios().count();
    let requiring = |name: &str| {
        let requires = |it: &&rollwire_model::vectors::Scenario| {
            it.requires.iter().any(|required| required == name)
        };
        vectors.scenarios().filter(requires).count()
    };
    for (capabilities, left_out) in [
        (&["exchange", "inspect", "detect"][..], 0),
        (&["exchange", "inspect"], requiring("detect")),
        (&["exchange", "detect"], requiring("inspect")),
        (&[], all),
    ] {
        // Without detection nothing may be compared, and so the map keeps what comes.
        let detects = capabilities.contains(&"detect");
        let shows = |_: &Value, answer: Value| Deed::Say(answer);
        let (outcome, _) = play(Player::new(declared(capabilities), shows), 64, filter, 0);
        let skipped: usize =
            outcome.checks.iter().filter(|it| it.verdict == Verdict::NotApplicable).count();
        assert_eq!(skipped, left_out, "{capabilities:?}");
        let exit = if left_out == all { Exit::Nothing } else { Exit::Conforms };
        // The reference compares all the same, which is wrong for an adapter that does not declare it.
        let exit = if detects || left_out == all { exit } else { Exit::Failed };
        assert_eq!(outcome.footer.exit, exit, "{capabilities:?}: {:?}", outcome.wrong());
    }
}

#[test]
fn a_black_box_is_judged_on_what_it_sends() {
    let black_box = json!({"capabilities": ["exchange"], "sessions": 1});
    // Nothing but `sent` is shown, and it is sent in the wrong order.
    let deed = |backwards: bool| {
        move |request: &Value, mut answer: Value| {
            if request["op"] == "step" {
                for observation in answer["ok"]["observations"].as_array_mut().unwrap() {
                    let mut sent = observation["sent"].as_array().unwrap().clone();
                    if backwards {
                        sent.reverse();
                    }
                    *observation = json!({"sent": sent});
                }
            }
            Deed::Say(answer)
        }
    };
    let (outcome, _) = play(Player::new(black_box.clone(), deed(false)), 64, ALL, 0);
    assert_eq!(outcome.footer.exit, Exit::Conforms);
    assert!(outcome.footer.counts.passed >= 30, "{:?}", outcome.footer.counts);
    let (outcome, _) = play(Player::new(black_box.clone(), deed(true)), 64, ALL, 0);
    let order: Vec<&CheckEvent> = outcome
        .checks
        .iter()
        .filter(|it| it.rule == "EXCH-7" && it.code == Some(Code::WrongSent))
        .collect();
    assert!(!order.is_empty(), "{:?}", outcome.wrong());
    // Random scenarios find it as well, and are shrunk by what is sent alone.
    let (outcome, _) = play(Player::new(black_box, deed(true)), 64, "fresh/exchange/*", 32);
    let shrunk = outcome.checks.iter().find_map(|it| it.detail.as_ref()?.shrunk.as_ref());
    let steps: Vec<String> = shrunk.unwrap().stimuli().map(ToString::to_string).collect();
    assert_eq!(steps.len(), 3, "{steps:?}");
}

#[test]
fn datagrams_of_other_types_are_nobodys_business() {
    // A full peer answers a PING: the pong does not count.
    let chatty = |request: &Value, mut answer: Value| {
        if request["op"] == "step" {
            for observation in answer["ok"]["observations"].as_array_mut().unwrap() {
                observation["sent"].as_array_mut().unwrap().insert(0, json!("030000000000000000"));
            }
        }
        Deed::Say(answer)
    };
    let (outcome, _) = play(Player::new(json!({}), chatty), 64, ALL, 0);
    assert_eq!((outcome.wrong(), outcome.footer.exit), (BTreeMap::new(), Exit::Conforms));
}
