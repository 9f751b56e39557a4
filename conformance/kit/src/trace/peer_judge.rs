//! Compares the log of a whole peer with the model, and finds the first deviation of each line.
//!
//! The model takes over nothing from the log: it goes on as a right peer would. What has gone wrong once, and
//! everything that follows from it, is not judged any more in this session.

use rollwire_model::{
    Model,
    exchange::{Datagram, Member, Observation, Refusals, Stimulus},
    peer::{self, Areas},
};

use super::{
    bounds::{EVENTS, MAP, QUEUE},
    judged::{Deviation, GaveUp, JudgedStep, about_to_compare},
    line::{Header, LoggedObservation, LoggedPeer, Step},
    story::Story,
};
use crate::check::scenario::{
    describe::{compared, member_of},
    past::Past,
    rule::{Before, Broken, BrokenPeer},
    visible::Visible,
};

/// How many lines, and about how many bytes of them, are kept to go back to.
const STEPS_BACK: usize = 64;
const BYTES_BACK: usize = 64 * 1024;

/// Which sends of a stimulus the channel refuses; none if it has been told.
type Refused = Option<Vec<u32>>;

/// Judges the lines of one session of a peer.
#[derive(Debug)]
pub(super) struct PeerJudge {
    header: Header,
    model: Model,
    session: peer::Session,
    /// The session some lines ago, and what has happened since: what a peer held before a line is needed
    /// only if the line is wrong.
    back: peer::Session,
    since: Vec<(Stimulus, Refused)>,
    bytes_since: usize,
    past: Past,
    has_refused: bool,
    /// Whether the channel is told in advance what to refuse, as in the log of an adapter.
    is_told: bool,
    /// What is still judged.
    judged: Areas,
    /// What the log shows, as far as it shows it.
    shown: Observation,
    story: Story,
}

impl PeerJudge {
    /// Judges the session of this peer.
    #[must_use]
    pub(super) fn new(header: Header, peer: LoggedPeer) -> Self {
        let model = Model::specified(header.revision);
        let LoggedPeer { setup, parameters, areas } = peer;
        let session =
            peer::Session::new(&model, peer::Behaviour::SPECIFIED, setup, parameters, areas);
        let back = session.clone();
        let mut shown = session.observe(Vec::new());
        shown.events = Vec::new();
        Self {
            header,
            model,
            session,
            back,
            since: Vec::new(),
            bytes_since: 0,
            past: Past::default(),
            has_refused: false,
            is_told: false,
            judged: areas,
            shown,
            story: Story::new(setup, areas),
        }
    }

    /// The header of the session.
    #[must_use]
    pub(super) fn header(&self) -> Header {
        self.header
    }

    /// What has become of the peer.
    #[must_use]
    pub(super) fn story(&self) -> &Story {
        &self.story
    }

    /// A line is missing: nothing is known any more.
    pub(super) fn gap(&mut self) {
        self.judged = Areas::default();
        self.story.ends_in_doubt();
    }

    /// Judges a line.
    pub(super) fn step(&mut self, step: &Step) -> JudgedStep {
        if self.judged == Areas::default() {
            return JudgedStep { partly_judged: true, ..JudgedStep::default() };
        }
        let Step { stimulus, observation: seen } = step;
        self.is_told |= matches!(stimulus, Stimulus::Sends(_));
        let refused = (!self.is_told).then(|| seen.refused.clone());
        self.remember(stimulus, refused.clone());
        let visible = Visible { peer: Some(self.judged), ..self.header.shown };
        let state = self.session.exchange().state();
        let before = Before::of(state, stimulus);
        self.past.before(state, stimulus);
        let events = state.events.len();
        let mut judged = JudgedStep {
            compared: about_to_compare(state, visible.shows(Member::Events), stimulus),
            confirmed: matches!(stimulus, Stimulus::Confirm { frame, .. }
                if visible.peer.is_some_and(|it| it.exchange) && state.local(*frame).is_none()),
            partly_judged: self.header.shown.peer != visible.peer,
            ..JudgedStep::default()
        };

        let (sent, handed) = play(&mut self.session, stimulus, refused.as_deref());
        judged.begins_episode = self.story.follow(&self.session, &self.model, stimulus);
        self.take_over(seen);
        let right = self.right(&sent, visible, events);
        let got = self.got(seen, &right, visible);
        let wrong = Member::ALL.into_iter().find(|member| {
            visible.shows(*member) && right.differences(&got).any(|it| it == *member)
        });
        judged.deviation = match wrong {
            Some(member) => {
                let broken = Broken {
                    past: &self.past,
                    before,
                    stimulus,
                    right: &right,
                    got: &got,
                    shown: visible,
                };
                let rule = self.rule_of_peer(stimulus, &right, &got, member);
                let rule = rule.unwrap_or_else(|| broken.rule(member));
                let (expected, text) = compared(member, &right, &got);
                Some(Deviation { rule, member, expected, got: text })
            }
            // What was refused has to have been handed over.
            None => seen.refused.iter().find(|number| **number >= handed).map(|number| {
                let rule = "PEER-3";
                let expected =
                    format!("{}, of {handed} datagrams", member_of(Member::Sent, &right));
                let got = format!("datagram {number} refused, counted from 0");
                Deviation { rule, member: Member::Sent, expected, got }
            }),
        };
        self.past.after(stimulus, &sent, self.session.exchange().state());
        let refuses = matches!(stimulus, Stimulus::Sends(it) if it.refuse != Refusals::Count(0));
        self.has_refused |= refuses || !seen.refused.is_empty();
        if let Some(deviation) = &judged.deviation {
            silence(&mut self.judged, deviation.rule);
            // What the log shows of the rest is what is right.
            self.shown = self.session.observe(Vec::new());
            self.shown.events = Vec::new();
        }
        judged.gave_up = self.stay_small();
        judged
    }

    /// Keeps a line to go back to.
    fn remember(&mut self, stimulus: &Stimulus, refused: Refused) {
        if self.since.len() >= STEPS_BACK || self.bytes_since >= BYTES_BACK {
            self.back.clone_from(&self.session);
            self.since.clear();
            self.bytes_since = 0;
        }
        let bytes = match stimulus {
            Stimulus::Recv(datagram) => datagram.bytes().len(),
            _ => 0,
        };
        self.bytes_since += bytes + 4 * refused.as_ref().map_or(0, Vec::len);
        self.since.push((stimulus.clone(), refused));
    }

    /// What has not changed is left out of a line.
    fn take_over(&mut self, seen: &LoggedObservation) {
        let LoggedObservation { queue, map, history, verified, peer, .. } = seen;
        for (list, logged) in [
            (&mut self.shown.queue, queue),
            (&mut self.shown.map, map),
            (&mut self.shown.history, history),
        ] {
            if let Some(logged) = logged {
                list.clone_from(logged);
            }
        }
        self.shown.verified = verified.unwrap_or(self.shown.verified);
        if let Some(view) = peer {
            view.update(&mut self.shown.peer);
        }
    }

    /// What the log should show. Of the events, those that the line has to add.
    fn right(&self, sent: &[Datagram], visible: Visible, events: usize) -> Observation {
        let sent = sent.iter().filter(|it| visible.judges(it.bytes())).cloned().collect();
        if self.header.shown.inspect {
            let mut right = self.session.observe(sent);
            right.events = self.new_events(events);
            return right;
        }
        let verified = self.session.exchange().state().verified;
        Observation { sent, verified, events: self.new_events(events), ..Observation::default() }
    }

    fn new_events(&self, before: usize) -> Vec<rollwire_model::exchange::Mismatch> {
        // A reset removes them.
        self.session.exchange().state().events.get(before..).unwrap_or_default().to_vec()
    }

    /// What the log shows.
    fn got(&self, seen: &LoggedObservation, right: &Observation, visible: Visible) -> Observation {
        let sent = seen.sent.iter().filter(|it| visible.judges(it.bytes())).cloned().collect();
        let events = match &seen.events {
            // All of them: what is to be added is right, if the whole list is.
            Some(all) if *all == self.session.exchange().state().events => right.events.clone(),
            Some(all) => all.clone(),
            None => seen.found.clone(),
        };
        if self.header.shown.inspect {
            return Observation { sent, events, ..self.shown.clone() };
        }
        Observation { sent, events, verified: self.shown.verified, ..Observation::default() }
    }

    /// The rule of a peer that is broken by the newest line.
    fn rule_of_peer(
        &self,
        stimulus: &Stimulus,
        right: &Observation,
        got: &Observation,
        member: Member,
    ) -> Option<&'static str> {
        let mut before = self.back.clone();
        for (stimulus, refused) in &self.since[..self.since.len().saturating_sub(1)] {
            play(&mut before, stimulus, refused.as_deref());
        }
        let (state, has_refused) = (before.state(), self.has_refused);
        BrokenPeer { state, stimulus, right, got, has_refused }.rule(member)
    }

    /// Keeps the memory bounded, as in the log of an exchange.
    fn stay_small(&mut self) -> Option<GaveUp> {
        let state = self.session.exchange().state();
        let gave_up = if state.queue.len() > QUEUE {
            GaveUp::Queue
        } else if state.map.len() > MAP {
            GaveUp::Map
        } else if state.events.len() > EVENTS {
            GaveUp::Events
        } else {
            return None;
        };
        let state = self.session.exchange_mut().state_mut();
        (state.queue, state.map, state.events) = (Vec::new(), Vec::new(), Vec::new());
        let was_judged = self.judged.exchange;
        silence(&mut self.judged, "EXCH");
        was_judged.then_some(gave_up)
    }
}

/// Applies a stimulus. Returns what was sent, and how many datagrams were handed over, if that is known.
fn play(
    session: &mut peer::Session,
    stimulus: &Stimulus,
    refused: Option<&[u32]>,
) -> (Vec<Datagram>, u32) {
    let Some(refused) = refused else { return (session.apply(stimulus), u32::MAX) };
    let handed = session.hands_refusing(stimulus, refused);
    let count = u32::try_from(handed.len()).unwrap_or(u32::MAX);
    (
        handed
            .into_iter()
            .filter_map(|(datagram, accepted)| accepted.then_some(datagram))
            .collect(),
        count,
    )
}

/// Leaves out the chapter of a rule that was broken, and those that follow from it (`spec/trace.md`).
fn silence(judged: &mut Areas, rule: &str) {
    let before = *judged;
    *judged = match rule.split('-').next().unwrap_or_default() {
        "VALID" => Areas { validation: false, liveness: false, ..before },
        "LIVE" => Areas { liveness: false, ..before },
        "FOCUS" => Areas { focus: false, ..before },
        "EXCH" | "DETECT" => Areas { exchange: false, detect: false, ..before },
        "SYNC" | "EPISODE" | "CATCHUP" => Areas {
            inputs: false,
            episodes: false,
            catch_up: false,
            exchange: false,
            detect: false,
            ..before
        },
        _ => Areas::default(),
    };
}

#[cfg(test)]
mod tests;
