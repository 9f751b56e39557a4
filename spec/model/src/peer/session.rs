//! One peer in virtual time: the order in which the rules are applied.

use super::{
    behaviour::Behaviour,
    handed::Handed,
    message::Message,
    setup::{Areas, Parameters, Setup},
    state::State,
    timers::Timer,
    view::View,
};
use crate::{
    Model,
    exchange::{self, ChannelState, Datagram, Observation, Stimulus},
};

/// A peer, its exchange and its channel. At first the channel is open and accepts every send.
#[derive(Clone, Debug)]
pub struct Session {
    pub(super) model: Model,
    pub(super) rules: Behaviour,
    pub(super) state: State,
    exchange: exchange::Session,
    sent: Vec<Datagram>,
}

impl Session {
    /// A peer as the specification has it, with all chapters and the default parameters.
    #[must_use]
    pub fn specified(model: &Model, setup: Setup) -> Self {
        let parameters = Parameters::of(model.revision());
        Self::new(model, Behaviour::SPECIFIED, setup, parameters, Areas::ALL)
    }

    /// A peer that behaves like this.
    #[must_use]
    pub fn new(
        model: &Model,
        rules: Behaviour,
        setup: Setup,
        parameters: Parameters,
        areas: Areas,
    ) -> Self {
        let variant =
            exchange::Variant::declared(|capability| areas.has(capability), parameters.hash_sends);
        let exchange = exchange::Session::of_variant(model, variant);
        let state =
            State { setup, parameters, areas, revision: model.revision(), ..State::default() };
        let (model, sent) = (model.clone(), Vec::new());
        let mut session = Self { model, rules, state, exchange, sent };
        (rules.sync.resets)(&mut session.state);
        session.opens();
        session
    }

    /// What the peer holds.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Its exchange.
    #[must_use]
    pub fn exchange(&self) -> &exchange::Session {
        &self.exchange
    }

    /// Applies a stimulus, and returns everything that was handed to the channel: each datagram, and whether
    /// the channel accepted it.
    pub fn hands(&mut self, stimulus: &Stimulus) -> Vec<(Datagram, bool)> {
        self.journals(stimulus, None)
    }

    /// The same while the channel refuses exactly these sends, counted from 0.
    pub fn hands_refusing(
        &mut self,
        stimulus: &Stimulus,
        refused: &[u32],
    ) -> Vec<(Datagram, bool)> {
        self.journals(stimulus, Some(refused))
    }

    fn journals(&mut self, stimulus: &Stimulus, refused: Option<&[u32]>) -> Vec<(Datagram, bool)> {
        self.exchange.channel_mut().begin_journal(refused);
        self.apply(stimulus);
        self.exchange.channel_mut().end_journal()
    }

    /// Its exchange, for a caller that bounds what is tracked.
    pub fn exchange_mut(&mut self) -> &mut exchange::Session {
        &mut self.exchange
    }

    /// Applies one stimulus and observes the result.
    pub fn step(&mut self, stimulus: &Stimulus) -> Observation {
        let sent = self.apply(stimulus);
        self.observe(sent)
    }

    /// Applies several stimuli and observes the result once, at their end.
    pub fn advance(&mut self, stimuli: &[Stimulus]) -> Observation {
        let sent = stimuli.iter().flat_map(|stimulus| self.apply(stimulus)).collect();
        self.observe(sent)
    }

    /// What is observed now, after these datagrams were sent.
    #[must_use]
    pub fn observe(&self, sent: Vec<Datagram>) -> Observation {
        let exchange = if self.state.areas.exchange {
            self.exchange.observe(sent)
        } else {
            Observation { sent, ..Observation::default() }
        };
        Observation { peer: View::of(&self.state), ..exchange }
    }

    /// Applies one stimulus and returns the datagrams that it sent.
    ///
    /// A stimulus of a chapter that the peer does not have changes nothing.
    pub fn apply(&mut self, stimulus: &Stimulus) -> Vec<Datagram> {
        if let Some(message) = (self.rules.common.tries_again)(&mut self.state) {
            self.hand(&message);
        }
        let areas = self.state.areas;
        if stimulus.capability().is_none_or(|capability| areas.has(capability)) {
            self.take(stimulus);
        }
        std::mem::take(&mut self.sent)
    }

    fn take(&mut self, stimulus: &Stimulus) {
        match stimulus {
            Stimulus::Confirm { .. } | Stimulus::Tick {} | Stimulus::Rollback(_) => {
                let sent = self.exchange.apply(stimulus);
                self.sent.extend(sent);
            }
            Stimulus::Reset {} => self.reset(),
            Stimulus::Sends(_) => {
                self.exchange.apply(stimulus);
            }
            Stimulus::Channel(state) => {
                self.exchange.apply(stimulus);
                match (*state, self.state.opened) {
                    (ChannelState::Open, None) => self.opens(),
                    (ChannelState::Closed, Some(_)) => self.closes(),
                    _ => {}
                }
            }
            Stimulus::Recv(datagram) => self.receive(datagram),
            Stimulus::Advance(milliseconds) => self.pass(u64::from(*milliseconds)),
            Stimulus::Act { frame, action } => {
                if (self.rules.focus.is_awake)(&self.state, None) {
                    self.act((*frame, *action));
                }
            }
            Stimulus::Ready { hash } => self.ready(hash.0),
            Stimulus::Ended { frame } => self.ended(*frame),
            Stimulus::CatchUp {} => self.catch_up(),
            Stimulus::Focus { shown, frame } => self.focus(*shown, *frame),
        }
    }

    /// PEER-3: hands a message to the channel.
    pub(super) fn hand(&mut self, message: &Message) -> Handed {
        if !(self.rules.common.hands)(&self.state, message) {
            return Handed::NotOpen;
        }
        let datagram = message.datagram();
        match self.exchange.channel_mut().send(&datagram) {
            Ok(()) => {
                self.sent.push(datagram);
                Handed::Accepted
            }
            Err(how) => {
                (self.rules.common.refused)(&mut self.state, message, how);
                Handed::Refused
            }
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.state.opened.is_some()
    }

    /// PEER-1, PEER-2: time passes.
    fn pass(&mut self, milliseconds: u64) {
        let common = self.rules.common;
        let before = self.state.clock;
        let until = (common.clock_after)(&mut self.state, before, milliseconds);
        while let Some((at, timer)) = (common.next_timer)(&self.state, until) {
            self.state.clock = at;
            self.fire(timer, at);
        }
        self.state.clock = until;
    }

    fn fire(&mut self, timer: Timer, due: u64) {
        match timer {
            Timer::ValidationFails => self.fail_validation(),
            Timer::ValidationPing => self.validation_ping(due),
            Timer::Ping => self.ping(due),
            Timer::StartAlone => self.start_alone(),
            Timer::Ready => self.repeat_ready(due),
            Timer::Complete => self.complete(),
            Timer::End => self.repeat_end(due),
            Timer::GivenUp => self.give_up(),
            Timer::Request => self.repeat_request(due),
        }
    }

    fn opens(&mut self) {
        self.state.opened = Some(self.state.clock);
        let areas = self.state.areas;
        if areas.validation {
            self.begin_validation();
        }
        if areas.liveness {
            self.state.liveness.ping_at = (self.rules.live.first_after_opening)(&self.state);
            for timestamp in (self.rules.live.opening_answers)(&mut self.state) {
                self.hand(&Message::Pong { timestamp });
            }
        }
        if areas.inputs && (self.rules.sync.opening_sends)(&self.state) {
            let newest = self.state.inputs.own.last().map_or(0, |entry| entry.0);
            self.send_input(newest);
        }
        if areas.focus {
            self.open_focus();
        }
    }

    fn closes(&mut self) {
        self.state.opened = None;
        self.suspend_validation();
        (self.rules.live.closes)(&mut self.state);
        (self.rules.focus.closes)(&mut self.state);
    }

    /// SYNC-13, CATCHUP-6, EXCH-27.
    pub(super) fn reset(&mut self) {
        (self.rules.sync.resets)(&mut self.state);
        (self.rules.catch_up.ends)(&mut self.state);
        self.reset_exchange();
    }

    pub(super) fn reset_exchange(&mut self) {
        self.exchange.apply(&Stimulus::RESET);
    }

    fn receive(&mut self, datagram: &Datagram) {
        let reads = self.rules.common.reads;
        let Some(message) = reads(&self.model, &mut self.state, datagram) else { return };
        let areas = self.state.areas;
        let belongs = Message::capability(message.type_byte()).is_none_or(|it| areas.has(it));
        let awake = (self.rules.focus.is_awake)(&self.state, Some(&message));
        if !belongs || !awake {
            return;
        }
        match message {
            Message::Input { player, current_frame, entries } => {
                if (self.rules.sync.is_partner)(&self.state, player) {
                    (self.rules.sync.trusts)(&mut self.state, current_frame);
                    self.take_entries(&entries);
                }
            }
            Message::Ping { timestamp } => self.pong(timestamp),
            Message::Pong { timestamp } => {
                self.measure(timestamp);
                self.ignore(&message);
            }
            Message::Keepalive => self.ignore(&message),
            Message::EpisodeEnd { frame, episode } => self.hear_end(frame, episode),
            Message::EpisodeReady { episode, hash } => self.hear_ready(episode, hash),
            Message::StateHash { frame, .. } => {
                if (self.rules.episode.admits_hash)(&self.state, frame) {
                    self.exchange.apply(&Stimulus::Recv(datagram.clone()));
                }
            }
            Message::ValidationPing { timestamp } => self.validation_pong(timestamp),
            Message::ValidationPong { timestamp } => {
                self.validation_answer(timestamp);
                self.ignore(&message);
            }
            Message::InputRequest { start, end } => self.respond(start, end),
            Message::InputResponse { player, entries } => self.take_response(player, &entries),
            Message::FocusState { focused, frame } => {
                (self.rules.focus.hears)(&mut self.state, focused, frame);
            }
        }
    }
}
