//! A passive observer of one side of a channel: what broke a rule, as far as it can be seen on the wire
//! (`spec/capture.md`, What is judged).
//!
//! | file | story |
//! |---|---|
//! | `objection` | what was broken, and by whom |
//! | `bytes` | whether a datagram is a message, written as it must be |
//! | `answers` | LIVE and VALID: questions and answers with the same bits |
//! | `validation` | VALID: nothing is asked after the validation |
//! | `inputs` | SYNC: what an INPUT looks like, and which actions were told |
//! | `acts` | SYNC and CATCHUP: how the INPUTs of the own side follow one another |
//! | `requests` | CATCHUP: requests and their answers |
//! | `episodes` | EPISODE: READYs, ENDs, and what may be sent between them |
//! | `echoes` | EPISODE: which READYs and ENDs are repeated and answered |
//! | `hashes` | EXCH: hashes of both sides |
//! | `focus` | FOCUS: the own side tells changes |

mod acts;
mod answers;
mod bytes;
mod echoes;
mod episodes;
mod focus;
mod hashes;
mod inputs;
pub(crate) mod objection;
mod requests;
mod validation;

use rollwire_conformance::text::plural;
use rollwire_model::peer::Message;

use self::{
    answers::{Answers, Names},
    echoes::Echoes,
    episodes::{Beginning, Episodes},
    focus::Focus,
    hashes::Hashes,
    inputs::Inputs,
    objection::{Here, Objections},
    requests::Requests,
    validation::Validation,
};
pub use self::{
    hashes::Difference,
    objection::{Objection, Side},
};
use crate::{
    line::{Header, Moment, Payload, Record, What},
    messages::Messages,
    shadow::{Effort, Shadow},
};

const CLOSED: &str = "a datagram for a channel that is closed";

/// Watches one side of a channel, from one header to the next.
#[derive(Debug)]
pub struct Monitor {
    messages: Messages,
    now: Moment,
    /// Whether the channel is open; unknown at first.
    is_open: Option<bool>,
    pings: Answers,
    validation_pings: Answers,
    validation: Validation,
    inputs: Inputs,
    requests: Requests,
    episodes: Episodes,
    echoes: Echoes,
    hashes: Hashes,
    focus: Focus,
    /// The model, if it can play along.
    shadow: Option<Shadow>,
    has_begun: bool,
    /// Whether records are missing before the next one.
    has_gap: bool,
    objections: Objections,
    difference: Option<Difference>,
    differences: u64,
}

/// What the hashes of a part have shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// How many frames have hashes of both sides.
    pub frames: u64,
    /// How many of them differ.
    pub differ: u64,
    /// For how many frames a side sent two hashes: the own side, and the partner.
    pub changed: [u64; 2],
    /// The first frame that differs.
    pub first: Option<Difference>,
}

impl Monitor {
    /// A monitor of what follows this header.
    #[must_use]
    pub fn new(header: &Header) -> Self {
        Self::with_effort(header, &Effort::default())
    }

    /// The same, for one of the parts of a tap.
    pub(crate) fn with_effort(header: &Header, effort: &Effort) -> Self {
        let ping = Names {
            question: "PING",
            answer: "PONG",
            answer_rule: "LIVE-5",
            clock_rule: "LIVE-2",
            pace_rule: "LIVE-1",
        };
        let validation_ping = Names {
            question: "VALIDATION_PING",
            answer: "VALIDATION_PONG",
            answer_rule: "VALID-3",
            clock_rule: "VALID-1",
            pace_rule: "VALID-2",
        };
        let messages = Messages::new(header.revision);
        Self {
            shadow: header.setup.map(|setup| Shadow::new(setup, &messages, effort)),
            messages,
            now: Moment::default(),
            is_open: None,
            pings: Answers::new(ping),
            validation_pings: Answers::new(validation_ping),
            validation: Validation::default(),
            inputs: Inputs::new(header.redundancy),
            requests: Requests::default(),
            episodes: Episodes::new(),
            echoes: Echoes::default(),
            hashes: Hashes::default(),
            focus: Focus::default(),
            has_begun: false,
            has_gap: false,
            objections: Objections::default(),
            difference: None,
            differences: 0,
        }
    }

    /// Takes the next record, and returns what it shows to be wrong. Some of that may have happened earlier.
    pub fn record(&mut self, line: u64, record: &Record) -> Vec<Objection> {
        self.now = self.now.max(record.at);
        let here = Here { line, at: self.now };
        if !self.has_begun {
            self.has_begun = true;
            self.has_gap |= record.what != What::Opened;
        }
        if std::mem::take(&mut self.has_gap) {
            self.forget();
        }
        self.pings.passes(self.now, &mut self.objections);
        self.validation_pings.passes(self.now, &mut self.objections);
        self.requests.passes(self.now, &mut self.objections);
        self.inputs.acts.passes(self.now, &mut self.objections);
        self.echoes.passes(self.now, &mut self.objections);
        self.focus.passes(self.now, &mut self.objections);
        match &record.what {
            What::Sent(Payload::Datagram(bytes)) => self.handed(here, bytes, true),
            What::Refused(Payload::Datagram(bytes)) => self.handed(here, bytes, false),
            What::Received(Payload::Datagram(bytes)) => self.received(here, bytes),
            What::Sent(_) | What::Refused(_) | What::Received(_) | What::Error(_) => {}
            What::Opened => self.opened(here),
            What::Closed => self.closed(),
            What::Missing(_) => self.has_gap = true,
        }
        if let Some(shadow) = &mut self.shadow {
            let own = self.objections.0.iter().filter(|it| it.side == Side::Own);
            own.for_each(|it| shadow.explains(it.line));
            shadow.record(here, &record.what, &mut self.objections);
        }
        std::mem::take(&mut self.objections.0)
    }

    /// Nothing follows: what was waited for is judged as far as it is known.
    pub fn end(&mut self) -> Vec<Objection> {
        if let Some(shadow) = &mut self.shadow {
            shadow.end(&mut self.objections);
        }
        std::mem::take(&mut self.objections.0)
    }

    /// Records are missing here: what depends on them is not judged.
    pub fn gap(&mut self) {
        self.has_gap = true;
    }

    /// What was missing may have happened at any time up to now.
    fn forget(&mut self) {
        let now = self.now;
        self.is_open = None;
        if let Some(shadow) = &mut self.shadow {
            shadow.gap();
        }
        self.pings.gap(now);
        self.validation_pings.gap(now);
        self.validation.gap();
        self.inputs.gap();
        self.requests.gap(now);
        self.episodes.gap();
        self.echoes.gap();
        self.hashes.clear();
        self.focus.gap();
    }

    /// Whether the inputs that arrive belong to the episode that the own side is in, as far as that is known.
    pub(crate) fn hears(&self) -> bool {
        self.episodes.has_started() || !self.episodes.are_known()
    }

    /// What the hashes have shown so far.
    #[must_use]
    pub fn compared(&self) -> Compared {
        Compared {
            frames: self.hashes.compared,
            differ: self.differences,
            changed: self.hashes.changed,
            first: self.difference,
        }
    }

    fn opened(&mut self, here: Here) {
        self.is_open = Some(true);
        self.echoes.opened();
        self.focus.opened(here);
    }

    fn closed(&mut self) {
        self.is_open = Some(false);
        self.pings.closed(self.now);
        self.validation_pings.closed(self.now);
        self.validation.closed();
        self.requests.closed(self.now);
        self.inputs.acts.interrupt(&mut self.objections);
        self.episodes.closed();
        self.echoes.closed();
        self.focus.closed();
    }

    fn handed(&mut self, here: Here, bytes: &[u8], accepted: bool) {
        let objections = &mut self.objections;
        if self.is_open == Some(false) {
            let detail = plural(bytes.len() as u64, "byte", "bytes");
            objections.add(here, Side::Own, "PEER-3", CLOSED, detail);
        }
        if accepted && self.is_open.is_none() {
            self.is_open = Some(true);
            self.echoes.opened();
        }
        let message = bytes::read(&self.messages, bytes, (here, Side::Own), objections);
        let Some(message) = message else { return };
        match message {
            Message::Input { player, current_frame, entries } => {
                self.episodes.handed_input(here, objections);
                let numbers = (player, current_frame);
                self.inputs.handed_input((here, accepted), numbers, &entries, objections);
            }
            Message::InputResponse { player, entries } => {
                self.requests.handed_response(here, &entries, objections);
                self.inputs.handed_response(here, player, &entries, objections);
            }
            Message::InputRequest { start, end } => {
                self.requests.handed_request((here, accepted), (start, end), objections);
            }
            Message::Ping { timestamp } => {
                self.pings.handed_question((here, accepted), timestamp, objections);
            }
            Message::Pong { timestamp } => self.pings.handed_answer(here, timestamp, objections),
            Message::ValidationPing { timestamp } => {
                self.validation.asks((here, accepted), timestamp, objections);
                self.validation_pings.handed_question((here, accepted), timestamp, objections);
            }
            Message::ValidationPong { timestamp } => {
                self.validation_pings.handed_answer(here, timestamp, objections);
            }
            Message::EpisodeReady { episode, hash } => {
                let beginning = self.episodes.handed_ready(here, episode, hash, objections);
                self.begins(here, episode, beginning);
            }
            Message::EpisodeEnd { frame, episode } => {
                self.episodes.handed_end(here, (frame, episode), objections);
                self.echoes.handed_end(here, episode, objections);
            }
            Message::StateHash { frame, hash } => {
                // Only a refused one is waited for, and looking for its frame takes time.
                let is_confirmed = !accepted && self.inputs.are_confirmed(frame);
                let (how, what) = ((here, accepted), (frame, hash));
                let difference = self.hashes.handed(how, what, is_confirmed, objections);
                self.differs(difference);
            }
            Message::FocusState { focused, .. } => self.focus.handed(here, focused, objections),
            Message::Keepalive => {}
        }
        self.episodes.is_awake(here.at);
    }

    fn received(&mut self, here: Here, bytes: &[u8]) {
        let objections = &mut self.objections;
        let message = bytes::read(&self.messages, bytes, (here, Side::Partner), objections);
        let Some(message) = message else { return };
        // What arrives before the episode has started may belong to the last one (EPISODE-13).
        let counts = self.episodes.has_started();
        let is_open = self.is_open == Some(true);
        match message {
            Message::Input { player, current_frame, entries } => {
                let numbers = (player, current_frame);
                self.inputs.received_input((here, counts), numbers, &entries, objections);
            }
            Message::InputResponse { player, entries } => {
                self.requests.received_response(here, &entries, objections);
                self.inputs.received_response((here, counts), player, &entries, objections);
            }
            Message::InputRequest { start, end } => {
                self.requests.received_request((here, is_open), (start, end));
            }
            Message::Ping { timestamp } => {
                self.pings.received_question((here, is_open), timestamp, objections);
            }
            Message::Pong { timestamp } => {
                self.pings.received_answer(here, timestamp, objections);
            }
            Message::ValidationPing { timestamp } => {
                self.validation_pings.received_question((here, is_open), timestamp, objections);
                if is_open {
                    self.validation.seen(here.at);
                }
            }
            Message::ValidationPong { timestamp } => {
                self.validation_pings.received_answer(here, timestamp, objections);
                if is_open {
                    self.validation.answered(here.at, timestamp);
                }
            }
            Message::EpisodeReady { episode, hash } => {
                self.episodes.received_ready(here, episode, hash, objections);
                self.echoes.received_ready(here, episode);
            }
            Message::EpisodeEnd { frame, episode } => {
                self.episodes.received_end(here, (frame, episode), objections);
                self.echoes.received_end(here, episode);
            }
            Message::StateHash { frame, hash } => {
                // The partner cannot have confirmed a frame in which the own player has not acted.
                if counts && self.inputs.acts.newest() >= Some(frame) {
                    let difference = self.hashes.received(here, (frame, hash));
                    self.differs(difference);
                }
            }
            Message::FocusState { .. } | Message::Keepalive => {}
        }
    }

    /// The own side has handed a READY over.
    fn begins(&mut self, here: Here, number: u32, beginning: Beginning) {
        match beginning {
            Beginning::No => self.echoes.handed_ready(here, number, &mut self.objections),
            Beginning::Perhaps => {
                self.inputs.begin();
                self.inputs.acts.gap();
                self.hashes.clear();
                self.echoes.begin_uncertain();
            }
            Beginning::Yes => {
                self.inputs.begin();
                self.hashes.clear();
                self.echoes.begin(here.at, number);
            }
        }
    }

    fn differs(&mut self, difference: Option<Difference>) {
        let Some(difference) = difference else { return };
        self.differences += 1;
        let is_first = self.difference.is_none_or(|first| difference.frame < first.frame);
        if is_first {
            self.difference = Some(difference);
        }
    }
}
