//! Compares a logged session with the model, and finds the first deviation of each line.
//!
//! After a line is judged, the model's state is set to what the line shows, so that a violation is reported
//! where it happened, and not in every line after it.

use rollwire_model::{
    Model,
    exchange::{
        Datagram, Entry, How, Member, Mismatch, Observation, Refusals, Rollback, Sends, Session,
        Stimulus, Types, Variant,
    },
};

use super::{
    bounds::{EVENTS, MAP, QUEUE},
    judged::{Deviation, GaveUp, JudgedStep, about_to_compare},
    line::{Header, LoggedObservation, Step},
    state_lists::{StateLists, adopt, by_frame, list_after},
    uncertainty::Uncertainty,
};
use crate::check::scenario::{
    describe::{compared, member_of},
    past::Past,
    rule::{Before, Broken},
};

/// Judges the lines of one session.
#[derive(Debug)]
pub struct SessionJudge {
    header: Header,
    session: Session,
    uncertain: Uncertainty,
    past: Past,
    /// Whether there was a `sends`, and whether the last one refuses anything.
    sends: bool,
    refusing: bool,
    /// Whether events were dropped, so that a list of all events cannot be judged.
    events_dropped: bool,
}

impl SessionJudge {
    /// Judges a session with this header.
    #[must_use]
    pub fn new(header: Header) -> Self {
        let model = Model::specified(header.revision);
        let variant = Variant { detects: header.shown.detect, ..Variant::DETECTS };
        let session = Session::of_variant(&model, variant);
        let uncertain = Uncertainty::default();
        Self {
            header,
            session,
            uncertain,
            past: Past::default(),
            sends: false,
            refusing: false,
            events_dropped: false,
        }
    }

    /// The header of the session.
    #[must_use]
    pub fn header(&self) -> Header {
        self.header
    }

    /// A line is missing.
    pub fn gap(&mut self) {
        self.uncertain.gap(self.sends);
    }

    /// Judges a line.
    pub fn step(&mut self, step: &Step) -> JudgedStep {
        let Step { stimulus, observation: seen } = step;
        let shown = self.header.shown;
        self.uncertain.before_stimulus(stimulus);
        let state = self.session.state();
        let refusing = self.refusing || !seen.refused.is_empty();
        let before = Before::of(state, stimulus);
        self.past.before(state, stimulus);
        let (verified, events) = (state.verified, state.events.len());
        let remembered = state.history.len();
        let waiting = if state.rollbacks > 0 || state.closed { 0 } else { state.queue.len() };
        let tried = !seen.sent.is_empty() || !seen.refused.is_empty();
        let lists =
            shown.inspect.then(|| StateLists::before(state, stimulus, tried || waiting > 0));
        let mut judged = JudgedStep {
            compared: about_to_compare(state, shown.detect, stimulus),
            confirmed: matches!(stimulus, Stimulus::Confirm { frame, .. }
                if state.local(*frame).is_none()),
            partly_judged: self.uncertain.sending_is_unknown()
                || shown.detect && self.uncertain.comparing_is_unknown(),
            ..JudgedStep::default()
        };

        let is_tick = *stimulus == Stimulus::TICK;
        if is_tick && tried && self.uncertain.sending_may_be_blocked() {
            let state = self.session.state_mut();
            (state.rollbacks, state.closed) = (0, false);
            self.uncertain.tick_has_tried_to_send();
        }
        let refused = seen.refused.first().copied();
        if let Some(at) = refused {
            // A right session does not try to send more than a queue holds.
            let accept = u16::try_from(at).unwrap_or(u16::MAX);
            self.tell_channel(accept, 1);
        }
        let sent = self.session.apply(stimulus);
        if matches!(stimulus, Stimulus::Rollback(Rollback::Begin(_))) {
            self.uncertain.frames_were_withdrawn(remembered - self.session.state().history.len());
        }
        if refused.is_some() {
            self.tell_channel(0, 0);
        }
        if let Stimulus::Sends(sends) = stimulus {
            (self.sends, self.refusing) = (true, sends.refuse != Refusals::Count(0));
        }
        let tries = is_tick && waiting > sent.len();
        let refused = refused.filter(|_| tries).map(|_| sent.len());
        // What should have been observed, before the line is believed.
        let mut right = self.observation(&sent, lists.as_ref().map(|lists| lists.touched(seen)));

        let mut wrong = self.sent(stimulus, seen, &sent, refused, refusing);
        if let Some(lists) = &lists {
            wrong = self.lists(seen, lists, wrong);
        }
        if shown.detect {
            wrong = self.detection(stimulus, seen, verified, events, wrong);
        }
        judged.deviation = wrong.map(|(member, expected, text)| {
            // What was not copied has not changed.
            let lists = lists.as_ref().map(|lists| lists.touched(seen));
            let now = self.observation(&[], lists.map(|touched| touched.map(|it| !it)));
            for (list, untouched) in [
                (&mut right.queue, now.queue),
                (&mut right.map, now.map),
                (&mut right.history, now.history),
            ] {
                if list.is_empty() {
                    *list = untouched;
                }
            }
            // The model has taken over what the line shows, so its lists are what was seen.
            let got = self.observation(&seen.sent, shown.inspect.then_some([true; 3]));
            let (past, right, got) = (&self.past, &right, &got);
            let rule = Broken { past, before, stimulus, right, got, shown }.rule(member);
            Deviation { rule, member, expected, got: text }
        });
        self.past.after(stimulus, &seen.sent, self.session.state());
        self.uncertain.after_stimulus(stimulus, seen, judged.confirmed);
        judged.gave_up = self.stay_small(stimulus);
        judged
    }

    /// What the log should show after a stimulus that has sent this, with those of the queue, the map and
    /// the history that are wanted.
    fn observation(&self, sent: &[Datagram], lists: Option<[bool; 3]>) -> Observation {
        let (state, shown) = (self.session.state(), self.header.shown);
        let mut right = Observation { sent: sent.to_vec(), ..Observation::default() };
        let [queue, map, history] = lists.unwrap_or_default();
        if queue {
            right.queue.clone_from(&state.queue);
        }
        if map {
            right.map = by_frame(&state.map);
        }
        if history {
            right.history = by_frame(&state.history);
        }
        if shown.detect {
            right.verified = state.verified;
            right.events.clone_from(&state.events);
        }
        right
    }

    /// The channel accepts the first sends, refuses the next ones, and accepts all later ones.
    fn tell_channel(&mut self, accept: u16, refuse: u16) {
        let (refuse, how, types) = (Refusals::Count(refuse), How::False, Types::STATE_HASH);
        self.session.apply(&Stimulus::Sends(Sends { accept, refuse, how, types }));
        self.refusing = false;
    }

    /// Judges what was given to the channel.
    fn sent(
        &mut self,
        stimulus: &Stimulus,
        seen: &LoggedObservation,
        sent: &[Datagram],
        refused: Option<usize>,
        refusing: bool,
    ) -> MemberDeviation {
        let is_tick = *stimulus == Stimulus::TICK;
        let tried = !seen.sent.is_empty() || !seen.refused.is_empty();
        let state = self.session.state();
        let closed =
            !self.uncertain.sending_may_be_blocked() && (state.rollbacks > 0 || state.closed);
        if is_tick && self.uncertain.sending_is_unknown() && !closed {
            // Anything that was sent may be right. A tick that is not stopped has sent the whole queue; a
            // tick that sends nothing had nothing to send, or was stopped.
            self.uncertain.queue = !tried || refusing || self.uncertain.refusals_are_unknown();
            self.uncertain.other_datagrams_were_sent(self.refusing);
            self.session.state_mut().queue.clear();
            return None;
        }
        let got = seen.refused.iter().map(|at| usize::try_from(*at).ok());
        if sent == seen.sent && got.eq(refused.map(Some)) {
            return None;
        }
        self.uncertain.queue = true;
        self.uncertain.other_datagrams_were_sent(self.refusing);
        let at: Vec<String> = refused.iter().map(ToString::to_string).collect();
        let expected = what_was_sent(sent, &at);
        let at: Vec<String> = seen.refused.iter().map(ToString::to_string).collect();
        Some((Member::Sent, expected, what_was_sent(&seen.sent, &at)))
    }

    /// Judges queue, map and history, and takes them over. A list that is left out has not changed, which
    /// says nothing while its content is unknown.
    fn lists(
        &mut self,
        seen: &LoggedObservation,
        lists: &StateLists,
        mut wrong: MemberDeviation,
    ) -> MemberDeviation {
        let uncertain = self.uncertain;
        // After a wrong `sent` the queue became unknown in this line, and the line shows it.
        let queue_is_unknown = uncertain.queue && wrong.is_none();
        let state = self.session.state_mut();
        if let Some(queue) = list_after(seen.queue.as_ref(), lists.queue.as_ref(), queue_is_unknown)
        {
            if !queue_is_unknown {
                wrong = wrong.or_else(|| differs(Member::Queue, &state.queue, queue));
                self.uncertain.queue = false;
            }
            state.queue.clone_from(queue);
        }
        if let Some(map) = list_after(seen.map.as_ref(), lists.map.as_ref(), uncertain.map) {
            if !uncertain.map_is_unknown() {
                wrong = wrong.or_else(|| differs(Member::Map, &by_frame(&state.map), map));
            }
            adopt(&mut state.map, map);
        }
        let history = list_after(seen.history.as_ref(), lists.history.as_ref(), uncertain.history);
        if let Some(history) = history {
            let held = by_frame(&state.history);
            if held != *history {
                self.uncertain.history_differs();
                if !uncertain.history_is_unknown(held.len()) {
                    wrong = wrong.or_else(|| differs(Member::History, &held, history));
                }
            }
            adopt(&mut state.history, history);
        }
        wrong
    }

    /// Judges verified frame and events, and takes them over.
    fn detection(
        &mut self,
        stimulus: &Stimulus,
        seen: &LoggedObservation,
        verified: Option<u32>,
        events: usize,
        mut wrong: MemberDeviation,
    ) -> MemberDeviation {
        let unknown = self.uncertain.comparing_is_unknown();
        let is_reset = *stimulus == Stimulus::RESET;
        if is_reset && unknown {
            // The state before the reset is unknown, but the state after it is known.
            return wrong;
        }
        let state = self.session.state_mut();
        let (old, new) = state.events.split_at(if is_reset { 0 } else { events });
        let mut differs = false;
        let claimed = seen.verified.unwrap_or(verified);
        if !unknown && claimed != state.verified {
            let seen = |verified| Observation { verified, ..Observation::default() };
            let [expected, got] = [state.verified, claimed].map(seen);
            wrong = wrong.or_else(|| Some(texts(Member::Verified, &expected, &got)));
            self.uncertain.verified_differs();
            differs = true;
        }
        let seen_events =
            |list: &[Mismatch]| Observation { events: list.to_vec(), ..Observation::default() };
        let events = match &seen.events {
            Some(all) => {
                if !unknown && !self.events_dropped && *all != state.events {
                    let [expected, got] = [&*state.events, all].map(seen_events);
                    wrong = wrong.or_else(|| Some(texts(Member::Events, &expected, &got)));
                    differs = true;
                }
                all.clone()
            }
            None => {
                if !unknown && seen.found != new {
                    let [expected, got] = [new, &seen.found].map(seen_events);
                    let (member, expected, got) = texts(Member::Events, &expected, &got);
                    let [expected, got] = [expected, got].map(|text| format!("new {text}"));
                    wrong = wrong.or(Some((member, expected, got)));
                    differs = true;
                }
                [old, &seen.found].concat()
            }
        };
        (state.verified, state.events) = (claimed, events);
        // If the log shows the lists, they are known already.
        if differs && !self.header.shown.inspect {
            self.uncertain.compared_other_frames();
        }
        wrong
    }

    /// Stops tracking what has grown too large.
    fn stay_small(&mut self, stimulus: &Stimulus) -> Option<GaveUp> {
        let state = self.session.state_mut();
        if *stimulus == Stimulus::RESET {
            self.events_dropped = false;
        }
        if state.events.len() > EVENTS || self.events_dropped {
            state.events.clear();
            self.events_dropped = true;
        }
        if state.queue.len() > QUEUE {
            state.queue.clear();
            self.uncertain.queue = true;
            return Some(GaveUp::Queue);
        }
        if let Some(surplus) = state.map.len().checked_sub(MAP).filter(|surplus| *surplus > 0) {
            state.map.drain(..surplus);
            let first = !std::mem::replace(&mut self.uncertain.forgotten, true);
            return first.then_some(GaveUp::Map);
        }
        None
    }
}

/// The member that deviates, what it should hold, and what it holds; `None` if nothing deviates.
type MemberDeviation = Option<(Member, String, String)>;

fn texts(member: Member, expected: &Observation, got: &Observation) -> (Member, String, String) {
    let (expected, got) = compared(member, expected, got);
    (member, expected, got)
}

fn differs(member: Member, expected: &[Entry], got: &[Entry]) -> MemberDeviation {
    let seen = |entries: &[Entry]| {
        let mut observation = Observation::default();
        let list = match member {
            Member::Queue => &mut observation.queue,
            Member::Map => &mut observation.map,
            _ => &mut observation.history,
        };
        *list = entries.to_vec();
        observation
    };
    (expected != got).then(|| texts(member, &seen(expected), &seen(got)))
}

fn what_was_sent(sent: &[Datagram], refused: &[String]) -> String {
    let observation = Observation { sent: sent.to_vec(), ..Observation::default() };
    let sent = member_of(Member::Sent, &observation);
    if refused.is_empty() { sent } else { format!("{sent}, refused {}", refused.join(" ")) }
}
