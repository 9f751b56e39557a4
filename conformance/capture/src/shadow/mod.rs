//! The model plays the own side along with a capture whose clock is that of the peer
//! (`spec/capture.md`, The peer's own clock).
//!
//! Everything that arrives is given to the model too, and its clock shows the times of the records. So a timer
//! and an answer have to appear in the capture to the byte, in their order. What the game calls is not
//! recorded, but nearly every call sends something at once: what the model would not send by itself is taken
//! for the call that would send it, and objected to only if no call does.
//!
//! | file | story |
//! |---|---|
//! | `play` | the model, and what it was told |
//! | `parting` | where the model and the capture part |
//! | `batch` | what was handed to the channel until the next thing happened |
//! | `effort` | how much work a capture may make |
//! | `calls` | which call of the game sends this datagram |
//! | `round` | what has happened of late |
//! | `history` | the last rounds, which are played again with calls that left no trace |
//! | `guesses` | which calls those may be |

mod batch;
mod calls;
mod effort;
mod guesses;
mod history;
mod parting;
mod play;
mod round;

use rollwire_model::{
    exchange::{ChannelState, Datagram, Stimulus},
    peer::{Behaviour, Session},
};

pub(crate) use self::effort::Effort;
use self::{
    batch::{Batch, Handed},
    history::History,
    play::{LONGEST_PAUSE, Play},
    round::Round,
};
use crate::{
    line::{Moment, Payload, PeerSetup, What},
    messages::Messages,
    monitor::objection::{Here, Objections, Side},
};

/// Follows one side of a channel, from one header to the next.
#[derive(Debug)]
pub(crate) struct Shadow {
    setup: PeerSetup,
    messages: Messages,
    /// None before the first record, and when the capture and the model have parted.
    play: Option<(Play, History)>,
    /// What was handed to the channel since something happened.
    batch: Batch,
    has_begun: bool,
    /// What has happened, and is applied with what was handed to the channel after it.
    happened: Option<Stimulus>,
    newest: Here,
    /// The lines since then for which another rule already says what is wrong.
    explained: Vec<u64>,
    is_over: bool,
    effort: Effort,
}

impl Shadow {
    pub(crate) fn new(setup: PeerSetup, messages: &Messages, effort: &Effort) -> Self {
        Self {
            setup,
            messages: messages.clone(),
            play: None,
            batch: Batch::default(),
            has_begun: false,
            happened: None,
            newest: Here { line: 0, at: Moment::default() },
            explained: Vec::new(),
            is_over: false,
            effort: effort.clone(),
        }
    }

    /// Records are missing: nothing is known from here on.
    pub(crate) fn gap(&mut self) {
        (self.play, self.has_begun) = (None, true);
    }

    /// The own side is objected to on this line, by a rule that says more than that the model does something else.
    pub(crate) fn explains(&mut self, line: u64) {
        if self.play.is_some() {
            self.explained.push(line);
        }
    }

    /// Takes the next record.
    pub(crate) fn record(&mut self, here: Here, what: &What, objections: &mut Objections) {
        self.newest = here;
        self.effort.earn();
        if !std::mem::replace(&mut self.has_begun, true) {
            self.begin(here.at.milliseconds(), what);
        }
        if self.play.is_none() {
            return;
        }
        match what {
            What::Sent(Payload::Datagram(bytes)) => self.hands(here, bytes, true),
            What::Refused(Payload::Datagram(bytes)) => self.hands(here, bytes, false),
            What::Received(Payload::Datagram(bytes)) => {
                self.happens(here, Stimulus::Recv(Datagram::new(bytes.clone())), objections);
            }
            What::Opened => self.happens(here, Stimulus::Channel(ChannelState::Open), objections),
            What::Closed => self.happens(here, Stimulus::Channel(ChannelState::Closed), objections),
            What::Missing(_) => self.gap(),
            What::Sent(_) | What::Refused(_) | What::Received(_) | What::Error(_) => {}
        }
    }

    /// A capture that begins with an opening shows the peer from its creation on, or from its first opening.
    fn begin(&mut self, now: u64, what: &What) {
        if now > LONGEST_PAUSE || (*what != What::Opened && now > 0) {
            return;
        }
        let PeerSetup { setup, parameters, areas } = self.setup;
        let model = self.messages.model();
        let session = Session::new(model, Behaviour::SPECIFIED, setup, parameters, areas);
        let mut play = Play::new(session, self.messages.clone(), self.effort.clone());
        if now > 0 && play.begins_closed(now).is_err() {
            return;
        }
        self.play = Some((play.clone(), History::new(play)));
    }

    fn hands(&mut self, here: Here, bytes: &[u8], accepted: bool) {
        let handed = Handed { here, datagram: Datagram::new(bytes.to_vec()), accepted };
        if !self.batch.push(handed) {
            self.gap();
        }
    }

    fn happens(&mut self, here: Here, stimulus: Stimulus, objections: &mut Objections) {
        self.settle(here.at.milliseconds(), objections);
        self.happened = Some(stimulus);
    }

    /// Nothing follows. What is missing may only not have been recorded any more.
    pub(crate) fn end(&mut self, objections: &mut Objections) {
        self.is_over = true;
        self.settle(self.newest.at.milliseconds(), objections);
    }

    /// Plays what has happened last, and what was handed to the channel since, up to this time.
    fn settle(&mut self, until: u64, objections: &mut Objections) {
        let Some((play, history)) = &mut self.play else { return };
        let handed = std::mem::take(&mut self.batch);
        let explained = self.explained.clone();
        self.explained.retain(|line| *line >= self.newest.line);
        let round = Round { happened: self.happened.take(), handed, until };
        let Err(parting) = history.round(play, round) else { return };
        let is_explained = |found: &Option<Handed>| {
            found.as_ref().is_some_and(|found| explained.contains(&found.here.line))
        };
        let objection = parting.difference().filter(|it| it.found.is_some() || !self.is_over);
        if let Some(difference) = objection.filter(|it| !is_explained(&it.found)) {
            let rule = history.rule_of(difference);
            let (kind, detail) = difference.words();
            let here = difference.found.as_ref().map_or(self.newest, |handed| handed.here);
            objections.add(here, Side::Own, rule, kind, detail);
        }
        self.play = None;
    }
}
