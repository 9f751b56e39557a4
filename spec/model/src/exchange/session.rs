//! One exchange in virtual time: the order in which the rules are asked.

use super::{
    behaviour::{Behaviour, Refused},
    channel::Channel,
    observation::Observation,
    state::{Entry, Mismatch, State},
    stimulus::{ChannelState, Datagram, Rollback, Stimulus},
};
use crate::Model;

/// A new exchange and its channel, which is open and accepts every send; then whatever happens to them.
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
        Self::new(model, Behaviour::of(model.revision()), true)
    }

    /// A session of an exchange that behaves like this. Without detection nothing is compared.
    #[must_use]
    pub fn new(model: &Model, rules: Behaviour, detects: bool) -> Self {
        let (state, channel) = (State::default(), Channel::new());
        Self { model: model.clone(), rules, detects, state, channel }
    }

    /// What the exchange holds.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What the exchange holds, for a judge who has seen that it holds something else.
    pub fn state_mut(&mut self) -> &mut State {
        &mut self.state
    }

    /// Works off one stimulus, and observes all that can be seen.
    pub fn step(&mut self, stimulus: &Stimulus) -> Observation {
        let sent = self.work_off(stimulus);
        Observation::new(sent, &self.state)
    }

    /// Works off one stimulus; what it sent. Whoever wants to see little more looks at the state, of
    /// which nothing is copied here.
    pub fn work_off(&mut self, stimulus: &Stimulus) -> Vec<Datagram> {
        let before = (self.rules.sends_before)(stimulus);
        let mut sent = if before { self.send() } else { Vec::new() };
        match stimulus {
            Stimulus::Confirm { frame, hash } => self.confirm((*frame, *hash)),
            Stimulus::Tick {} => {}
            Stimulus::Recv(datagram) => self.receive(datagram),
            Stimulus::Rollback(Rollback::Begin(target)) => self.begin(*target),
            Stimulus::Rollback(Rollback::End) => self.end(),
            Stimulus::Reset {} => self.reset(),
            Stimulus::Channel(state) => {
                (self.rules.hears_of_channel)(&mut self.state, *state == ChannelState::Open);
            }
            Stimulus::Sends(sends) => self.channel.told(*sends),
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

    /// Hands the queue to the channel. No entry is tried twice, whatever the rules say.
    fn send(&mut self) -> Vec<Datagram> {
        let (rules, state) = (&self.rules, &mut self.state);
        let mut sent: Vec<Entry> = Vec::new();
        if !(rules.waits_for_rollback)(state) && !(rules.waits_for_channel)(state) {
            for _ in 0..state.queue.len() {
                let Some(entry) = (rules.takes)(state) else { break };
                let going_on = match self.channel.send() {
                    Ok(()) => {
                        sent.push(entry);
                        (rules.accepted)(state, entry)
                    }
                    Err(how) => (rules.refused)(state, Refused { entry, how, sent: &sent }),
                };
                if !going_on {
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
