//! What all probes share: the time, the right partner, what the game has told, and the ways to the channel.

use std::collections::{BTreeSet, VecDeque};

use rollwire_capture::{
    line::{Header, Moment, Payload, Record, What},
    monitor::{Monitor, Side},
    words,
};
use rollwire_model::{
    Model,
    exchange::{ChannelState, Datagram},
    hex,
    peer::{Message, Phase},
};

use crate::{
    line::Line,
    outcome::{Evidence, Outcome, Verdict},
    partner::{Partner, swapped},
    told::Told,
};

/// How many datagrams are remembered as evidence.
const REMEMBERED: usize = 600;
/// How many datagrams a verdict shows.
const SHOWN: usize = 8;
/// How many bytes of a datagram are shown.
const BYTES: usize = 40;
/// How many characters of its words are shown.
const WORDS: usize = 90;
/// How many verdicts there are at most: a game that breaks many rules in many ways is known after these.
const VERDICTS: usize = 400;

/// What the channel is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Send this datagram.
    Send(Vec<u8>),
    /// Close the channel. The game may open another one.
    Close,
}

/// A datagram that has arrived.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heard<'a> {
    pub(crate) message: Option<&'a Message>,
}

#[derive(Clone, Debug)]
struct Logged {
    at: u64,
    is_own: bool,
    bytes: Vec<u8>,
    message: Option<Message>,
}

/// What all probes share.
#[derive(Debug)]
pub(crate) struct Game {
    pub(crate) model: Model,
    /// The time in milliseconds, from the caller.
    pub(crate) now: u64,
    pub(crate) is_open: bool,
    pub(crate) partner: Partner,
    pub(crate) told: Told,
    pub(crate) line: Line,
    /// While a probe holds it, the partner begins no episode.
    pub(crate) holds_ready: bool,
    /// Whether the partner sends INPUT_REQUESTs of its own.
    pub(crate) asks_by_itself: bool,
    /// Whether the INPUTs of the partner are dropped, to leave a hole.
    pub(crate) swallows_inputs: bool,
    /// Frames whose INPUT was swallowed.
    pub(crate) swallowed: BTreeSet<u32>,
    /// Timestamps of datagrams that are not messages: an answer with one of them is not judged elsewhere.
    pub(crate) traps: BTreeSet<u64>,
    /// How many READYs this side has sent, in all episodes, each for the episode that was running then.
    pub(crate) readys_sent: u32,
    pub(crate) verdicts: Vec<Verdict>,
    monitor: Monitor,
    records: u64,
    log: VecDeque<Logged>,
    outputs: VecDeque<Output>,
}

impl Game {
    pub(crate) fn new(now: u64, first_frame: u32) -> Self {
        let model = Model::latest();
        let (peer, tap) = ("rollwire".to_owned(), String::new());
        let header = Header {
            peer,
            revision: model.revision(),
            origin: None,
            redundancy: None,
            setup: None,
            tap,
        };
        let partner = Partner::new(&model, now, first_frame);
        let mut told = Told::default();
        told.begins(now, true);
        Self {
            now,
            is_open: false,
            partner,
            told,
            line: Line::default(),
            holds_ready: false,
            asks_by_itself: true,
            swallows_inputs: false,
            swallowed: BTreeSet::new(),
            traps: BTreeSet::new(),
            readys_sent: 0,
            verdicts: Vec::new(),
            monitor: Monitor::new(&header),
            records: 0,
            log: VecDeque::new(),
            outputs: VecDeque::new(),
            model,
        }
    }

    pub(crate) fn output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// The channel has opened or closed.
    pub(crate) fn channel(&mut self, is_open: bool) {
        self.is_open = is_open;
        let (what, state) = if is_open {
            self.line.opened(self.now);
            (What::Opened, ChannelState::Open)
        } else {
            (What::Closed, ChannelState::Closed)
        };
        self.record(what);
        let sent = self.partner.channel(state);
        self.play(sent);
    }

    /// Hides our page, or shows it.
    pub(crate) fn hide(&mut self, is_hidden: bool) {
        let sent = self.partner.focus(!is_hidden);
        self.play(sent);
    }

    /// Asks the channel to close.
    pub(crate) fn close(&mut self) {
        self.outputs.push_back(Output::Close);
    }

    /// Lets time pass for the partner and the line.
    pub(crate) fn advance(&mut self, now: u64) {
        self.now = self.now.max(now);
        let sent = self.partner.advance(self.now);
        self.play(sent);
        if !self.is_open {
            return;
        }
        if let Some(control) = self.line.control(self.now) {
            self.ask(&control);
        }
        let (holds, asks) = (self.holds_ready, self.asks_by_itself);
        let sent = self.partner.plays(self.now, &mut self.told, holds, asks);
        self.play(sent);
    }

    /// A datagram has arrived.
    pub(crate) fn hears(&mut self, bytes: &[u8]) -> Option<Message> {
        let message = self.model.decode(bytes).ok().and_then(|value| Message::of(&value));
        self.remember(false, bytes, message.clone());
        let is_trapped = match &message {
            Some(Message::Pong { timestamp } | Message::ValidationPong { timestamp }) => {
                self.traps.contains(timestamp)
            }
            _ => false,
        };
        if !is_trapped {
            self.record(What::Received(Payload::Datagram(bytes.to_vec())));
        }
        if let Some(message) = &message {
            self.line.hears(self.now, message);
            if let Some((frame, first, then)) = self.told.hears(self.now, message) {
                let why = format!("frame {frame}: action {first} at first, and then {then}");
                let shows = move |it: &Message| tells(it, frame);
                let evidence = self.evidence(|_, it| it.is_some_and(shows));
                self.says("watch", "SYNC-2", Outcome::Broken, why, evidence);
            }
        }
        let sent = self.partner.hears(bytes, message.as_ref(), &self.told);
        self.play(sent);
        message
    }

    /// Sends what the partner says.
    fn play(&mut self, sent: Vec<Datagram>) {
        for datagram in sent {
            let message = Message::read(&self.model, &datagram);
            if let Some(Message::Input { current_frame, .. }) = &message
                && self.swallows_inputs
            {
                self.swallowed.insert(*current_frame);
                continue;
            }
            let message = swapped(message.as_ref(), self.told.player).or(message);
            if let Some(message) = message {
                self.ask(&message);
            }
        }
    }

    /// Sends a message, and lets the watcher know that it may be answered.
    pub(crate) fn ask(&mut self, message: &Message) {
        let bytes = message.datagram().bytes().to_vec();
        self.record(What::Sent(Payload::Datagram(bytes.clone())));
        self.send(bytes);
    }

    /// Sends a message that a right partner would not send now. The watcher is not told of it.
    pub(crate) fn slip(&mut self, message: &Message) {
        self.send(message.datagram().bytes().to_vec());
    }

    /// Sends any bytes. The watcher is not told of them.
    pub(crate) fn send(&mut self, bytes: Vec<u8>) {
        let message = Message::read(&self.model, &Datagram::new(bytes.clone()));
        match &message {
            Some(Message::EpisodeReady { episode, .. })
                if self.partner.episode() == episode.checked_sub(1) =>
            {
                self.readys_sent += 1;
            }
            _ => {}
        }
        self.remember(true, &bytes, message);
        if self.is_open {
            self.outputs.push_back(Output::Send(bytes));
        }
    }

    fn remember(&mut self, is_own: bool, bytes: &[u8], message: Option<Message>) {
        let bytes = bytes.to_vec();
        self.log.push_back(Logged { at: self.now, is_own, bytes, message });
        if self.log.len() > REMEMBERED {
            self.log.pop_front();
        }
    }

    /// Lets the passive monitor see what happens. It knows this side as its own, and only the other is judged.
    fn record(&mut self, what: What) {
        self.records += 1;
        let at = Moment::from_millis(self.now);
        let record = Record { number: None, at, what, buffered: None };
        for objection in self.monitor.record(self.records, &record) {
            if objection.side == Side::Partner {
                let why = format!("{}: {}", objection.kind, objection.detail);
                let evidence = self.evidence(|is_own, _| !is_own);
                let last = evidence.into_iter().next_back().into_iter().collect();
                self.says("watch", &objection.rule, Outcome::Broken, why, last);
            }
        }
    }

    /// The newest datagrams that match, the oldest first.
    pub(crate) fn evidence(
        &self,
        matches: impl Fn(bool, Option<&Message>) -> bool,
    ) -> Vec<Evidence> {
        let all = self.log.iter().rev();
        let found = all.filter(|it| matches(it.is_own, it.message.as_ref())).take(SHOWN);
        let mut evidence: Vec<Evidence> = found
            .map(|logged| {
                let cut = logged.bytes.len().min(BYTES);
                let more = if logged.bytes.len() > cut { "…" } else { "" };
                Evidence {
                    at: logged.at,
                    from: if logged.is_own { "rollwire" } else { "game" },
                    bytes: format!("{}{more}", hex::plain(&logged.bytes[..cut])),
                    words: shortened(words::datagram(&self.model, &logged.bytes, words::full)),
                }
            })
            .collect();
        evidence.reverse();
        evidence
    }

    /// Tells what was found out. The first sentence of a kind stays; what is worse takes its place.
    pub(crate) fn says(
        &mut self,
        probe: &'static str,
        rule: &str,
        outcome: Outcome,
        why: impl Into<String>,
        evidence: Vec<Evidence>,
    ) {
        let why = why.into();
        let new = Verdict { probe, rule: rule.to_owned(), outcome, why, evidence, at: self.now };
        let known = self.verdicts.iter().position(|it| it.probe == probe && it.rule == rule);
        match known {
            Some(at) if self.verdicts[at].outcome >= outcome => {}
            Some(at) => self.verdicts[at] = new,
            None if self.verdicts.len() < VERDICTS => self.verdicts.push(new),
            None => {}
        }
    }

    /// Whether an episode is being played here.
    pub(crate) fn is_playing(&self) -> bool {
        self.partner.phase() == Some(Phase::Playing)
    }

    /// Whether the game plays too, and nothing of the time before the start is on its way any more.
    pub(crate) fn is_settled(&self) -> bool {
        let started = self.partner.started();
        self.is_playing()
            && self.told.first_input.is_some()
            && started.is_some_and(|started| self.now >= started + 300)
    }
}

/// A text that fits on a line.
fn shortened(text: String) -> String {
    match text.char_indices().nth(WORDS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Whether a message tells the action of this frame.
fn tells(message: &Message, frame: u32) -> bool {
    match message {
        Message::Input { entries, .. } | Message::InputResponse { entries, .. } => {
            entries.iter().any(|entry| entry.0 == frame)
        }
        _ => false,
    }
}
