//! One exchange in virtual time: the order in which the rules are applied.

use super::{
    behaviour::{Behaviour, Refused},
    channel::Channel,
    observation::Observation,
    state::{Entry, Mismatch, State},
    stimulus::{ChannelState, Datagram, Rollback, Stimulus},
    variant::Variant,
};
use crate::Model;

/// An exchange and its channel. At first, the channel is open and accepts every send.
#[derive(Clone, Debug)]
pub struct Session {
    model: Model,
    rules: Behaviour,
    detects: bool,
    state: State,
    channel: Channel,
}

impl Session {
    /// A session as the specification has it in the revision of the model, with detection.
    #[must_use]
    pub fn specified(model: &Model) -> Self {
        Self::of_variant(model, Variant::DETECTS)
    }

    /// The same of this variant.
    #[must_use]
    pub fn of_variant(model: &Model, variant: Variant) -> Self {
        Self::new(model, variant.rules(model.revision()), variant)
    }

    /// A session of an exchange that behaves like this. Without detection nothing is compared.
    #[must_use]
    pub fn new(model: &Model, rules: Behaviour, variant: Variant) -> Self {
        let Variant { detects, hash_sends } = variant;
        let state = State { hash_sends: hash_sends.unwrap_or(1), ..State::default() };
        Self { model: model.clone(), rules, detects, state, channel: Channel::new() }
    }

    /// The same session with a bound on its inbound map, which EXCH-19 allows from 4096 on.
    #[must_use]
    pub fn with_map_bound(mut self, bound: usize) -> Self {
        self.state.map_bound = Some(bound);
        self
    }

    /// What the exchange holds.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What the exchange holds, for a caller that has observed another state and continues from it.
    pub fn state_mut(&mut self) -> &mut State {
        &mut self.state
    }

    /// The channel, for a peer that shares it.
    pub(crate) fn channel_mut(&mut self) -> &mut Channel {
        &mut self.channel
    }

    /// Applies one stimulus and observes the result.
    pub fn step(&mut self, stimulus: &Stimulus) -> Observation {
        let sent = self.apply(stimulus);
        self.observe(sent)
    }

    /// Applies several stimuli and observes the result once, at their end: what all of them sent, and
    /// what the exchange then holds.
    pub fn advance(&mut self, stimuli: &[Stimulus]) -> Observation {
        let sent = stimuli.iter().flat_map(|stimulus| self.apply(stimulus)).collect();
        self.observe(sent)
    }

    /// What is observed now, after these datagrams were sent.
    pub(crate) fn observe(&self, sent: Vec<Datagram>) -> Observation {
        Observation::new(sent, &self.state)
    }

    /// Applies one stimulus and returns the datagrams that it sent. Unlike [`Session::step`] it copies
    /// nothing of the state, which the caller can read from [`Session::state`].
    pub fn apply(&mut self, stimulus: &Stimulus) -> Vec<Datagram> {
        let before = (self.rules.sends_before)(stimulus);
        let mut sent = if before { self.send() } else { Vec::new() };
        match stimulus {
            Stimulus::Confirm { frame, hash } => self.confirm((*frame, *hash)),
            Stimulus::Recv(datagram) => self.receive(datagram),
            Stimulus::Rollback(Rollback::Begin(target)) => self.begin(*target),
            Stimulus::Rollback(Rollback::End) => self.end(),
            Stimulus::Reset {} => self.reset(),
            Stimulus::Channel(state) => {
                (self.rules.hears_of_channel)(&mut self.state, *state == ChannelState::Open);
            }
            Stimulus::Sends(sends) => self.channel.set_answers(*sends),
            // A tick only sends; the stimuli of a peer mean nothing to an exchange.
            Stimulus::Tick {}
            | Stimulus::Advance(_)
            | Stimulus::Act { .. }
            | Stimulus::Ready { .. }
            | Stimulus::Ended { .. }
            | Stimulus::CatchUp {}
            | Stimulus::Focus { .. } => {}
        }
        if (self.rules.sends_on)(stimulus) {
            sent.extend(self.send());
        }
        sent
    }

    fn confirm(&mut self, entry: Entry) {
        let (rules, state) = (&self.rules, &mut self.state);
        if (rules.knows)(state, entry.0) {
            (rules.confirmed_again)(state, entry);
            return;
        }
        (rules.remembers)(state, entry);
        (rules.queues)(state, entry);
        if (rules.compares_confirmed)(state, entry.0) && !(rules.pauses)(state) {
            self.compare(entry.0);
        }
        (self.rules.bounds)(&mut self.state);
    }

    /// Sends the queue over the channel. No entry is tried twice, even if a wrong rule allows it.
    fn send(&mut self) -> Vec<Datagram> {
        let (rules, state) = (&self.rules, &mut self.state);
        let mut sent: Vec<Entry> = Vec::new();
        if !(rules.waits_for_rollback)(state) && !(rules.waits_for_channel)(state) {
            (rules.begins_sending)(state);
            for _ in 0..state.queue.len() {
                let Some(entry) = (rules.takes)(state) else { break };
                let datagram = Datagram::state_hash(entry.0, entry.1);
                let continues = match self.channel.send(&datagram) {
                    Ok(()) => {
                        sent.push(entry);
                        (rules.accepted)(state, entry)
                    }
                    Err(how) => (rules.refused)(state, Refused { entry, how, sent: &sent }),
                };
                if !continues {
                    break;
                }
            }
        }
        sent.into_iter().map(|(frame, hash)| Datagram::state_hash(frame, hash)).collect()
    }

    fn receive(&mut self, datagram: &Datagram) {
        let (rules, state) = (&self.rules, &mut self.state);
        let Some(entry) = (rules.reads)(&self.model, state, datagram) else { return };
        if !(rules.listens)(state, entry) {
            return;
        }
        (rules.stores)(state, entry);
        if (rules.compares_received)(state, entry.0) && !(rules.pauses)(state) {
            self.compare(entry.0);
        }
        (self.rules.bounds_map)(&mut self.state);
    }

    /// Compares the two hashes of a frame, if both are known.
    fn compare(&mut self, frame: u32) {
        if !self.detects {
            return;
        }
        let (rules, state) = (&self.rules, &mut self.state);
        let (Some(local), Some(peer)) = (state.local(frame), state.peer(frame)) else { return };
        let equal = (rules.equal)(local, peer);
        (rules.consumes)(state, frame, equal);
        if equal {
            (rules.verifies)(state, frame);
        } else {
            (rules.reports)(state, Mismatch { frame, local, peer });
            (rules.after_mismatch)(state, frame);
        }
    }

    fn begin(&mut self, target: u32) {
        let (rules, state) = (&self.rules, &mut self.state);
        if !(rules.begins)(state) {
            return;
        }
        (rules.withdraws_queue)(state, target);
        (rules.withdraws_map)(state, target);
        (rules.withdraws_history)(state, target);
        (rules.lowers)(state, target);
        (rules.rolls_back_events)(state, target);
    }

    fn end(&mut self) {
        if !(self.rules.ends)(&mut self.state) {
            return;
        }
        for frame in (self.rules.catches_up)(&self.state) {
            self.compare(frame);
        }
        (self.rules.after_end)(&mut self.state);
    }

    fn reset(&mut self) {
        let (rules, state) = (&self.rules, &mut self.state);
        (rules.empties)(state);
        (rules.reset_rollback)(state);
        (rules.reset_channel)(state);
        (rules.forgets)(state);
    }
}
