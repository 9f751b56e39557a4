//! The model alongside a recorded session, and the first thing of each line that is not as it should
//! be.
//!
//! Whatever a line shows is believed afterwards, so that a violation is reported where it happened and
//! not in every line behind it.

use rollwire_model::{
    Model,
    exchange::{
        Behaviour, Datagram, Entry, How, Member, Mismatch, Observation, Refusals, Rollback, Sends,
        Session, Stimulus,
    },
};

use super::{
    EVENTS, MAP, QUEUE,
    doubt::Doubt,
    line::{Header, Seen, Step},
    lists::{Lists, believe, by_frame, claimed},
};
use crate::check::scenario::{describe::member_of, judge::Before};

/// What a recorded session did wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The rule that describes it.
    pub rule: &'static str,
    /// The member of the observation.
    pub member: Member,
    /// What it should have held, in the notation of the chapters.
    pub expected: String,
    /// What it held.
    pub got: String,
}

/// What became of one line.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// The first thing that is wrong with it.
    pub wrong: Option<Wrong>,
    /// Whether a part of it could not be judged.
    pub doubted: bool,
    /// Whether it is a `confirm` that entered the history.
    pub confirmed: bool,
    /// The frames whose two hashes it compared.
    pub compared: Vec<u32>,
    /// What rollwire gave up here, to stay within its memory.
    pub gave_up: Option<GaveUp>,
}

/// What is not remembered any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GaveUp {
    /// The outbound queue.
    Queue,
    /// The inbound map.
    Map,
}

/// The judge of one session.
#[derive(Debug)]
pub struct Judge {
    header: Header,
    session: Session,
    doubt: Doubt,
    /// Whether there was a `sends`, and whether the last one refuses anything.
    sends: bool,
    refusing: bool,
    /// Whether events have been given up, so that a list of all cannot be judged.
    events_dropped: bool,
}

impl Judge {
    /// A judge of a session that is logged like this.
    #[must_use]
    pub fn new(header: Header) -> Self {
        let model = Model::specified(header.revision);
        let session = Session::new(&model, Behaviour::of(header.revision), header.shown.detect);
        let doubt = Doubt::default();
        Self { header, session, doubt, sends: false, refusing: false, events_dropped: false }
    }

    /// How the session is logged.
    #[must_use]
    pub fn header(&self) -> Header {
        self.header
    }

    /// A line is missing.
    pub fn gap(&mut self) {
        self.doubt.gap(self.sends);
    }

    /// Judges a line.
    pub fn step(&mut self, step: &Step) -> Judged {
        let Step { stimulus, seen } = step;
        let shown = self.header.shown;
        self.doubt.meets(stimulus);
        let state = self.session.state();
        let refusing = self.refusing || !seen.refused.is_empty();
        let before = Before::of(state, stimulus, refusing);
        let lists = shown.inspect.then(|| Lists::of(state));
        let (verified, events) = (state.verified, state.events.len());
        let remembered = state.history.len();
        let waiting = if state.rollbacks > 0 || state.closed { 0 } else { state.queue.len() };
        let mut judged = Judged {
            compared: self.about_to_compare(stimulus),
            confirmed: matches!(stimulus, Stimulus::Confirm { frame, .. }
                if state.local(*frame).is_none()),
            doubted: self.doubt.about_sending() || shown.detect && self.doubt.about_comparing(),
            ..Judged::default()
        };

        let is_tick = *stimulus == Stimulus::TICK;
        let tried = !seen.sent.is_empty() || !seen.refused.is_empty();
        if is_tick && tried && self.doubt.about_gates() {
            let state = self.session.state_mut();
            (state.rollbacks, state.closed) = (0, false);
            self.doubt.has_tried();
        }
        let refused = seen.refused.first().copied();
        if let Some(at) = refused {
            // No right session tries more than a queue holds.
            let accept = u16::try_from(at).unwrap_or(u16::MAX);
            self.tell_channel(Sends { accept, refuse: Refusals::Count(1), how: How::False });
        }
        let sent = self.session.apply(stimulus);
        if matches!(stimulus, Stimulus::Rollback(Rollback::Begin(_))) {
            self.doubt.withdraws(remembered - self.session.state().history.len());
        }
        if refused.is_some() {
            self.tell_channel(Sends { accept: 0, refuse: Refusals::Count(0), how: How::False });
        }
        if let Stimulus::Sends(sends) = stimulus {
            (self.sends, self.refusing) = (true, sends.refuse != Refusals::Count(0));
        }
        let tries = is_tick && waiting > sent.len();
        let refused = refused.filter(|_| tries).map(|_| sent.len());
        let tries_less =
            seen.refused.is_empty() && seen.sent.len() < sent.len() && sent.starts_with(&seen.sent);

        // The map's rule depends on what should be in it, before the line is believed.
        let of_map =
            lists.as_ref().map(|_| before.rule(Member::Map, stimulus, self.session.state()));

        let mut wrong = self.sent(stimulus, seen, &sent, refused, refusing);
        if let Some(lists) = &lists {
            wrong = self.lists(seen, lists, wrong);
        }
        if shown.detect {
            wrong = self.detection(stimulus, seen, verified, events, wrong);
        }
        judged.wrong = wrong.map(|(member, expected, got)| {
            let rule = match (member, of_map) {
                (Member::Map, Some(rule)) => rule,
                // What was sent is right, but not all.
                (Member::Sent, _) if is_tick && tries_less => "EXCH-8",
                _ => before.rule(member, stimulus, self.session.state()),
            };
            Wrong { rule, member, expected, got }
        });
        self.doubt.learns(stimulus, seen, judged.confirmed);
        judged.gave_up = self.stay_small(stimulus);
        judged
    }

    fn tell_channel(&mut self, sends: Sends) {
        self.session.apply(&Stimulus::Sends(sends));
        self.refusing = false;
    }

    /// The frames that a stimulus compares: the model does not say it, and equal hashes below the
    /// verified frame leave no trace.
    fn about_to_compare(&self, stimulus: &Stimulus) -> Vec<u32> {
        let state = self.session.state();
        let rolling_back = state.rollbacks > 0;
        let known = |frame: u32| state.local(frame).is_some();
        match stimulus {
            _ if !self.header.shown.detect => Vec::new(),
            Stimulus::Confirm { frame, .. } if !rolling_back && !known(*frame) => {
                state.peer(*frame).map(|_| *frame).into_iter().collect()
            }
            Stimulus::Recv(datagram) if !rolling_back => {
                let frame = datagram.entry().map(|(frame, _)| frame);
                frame.filter(|frame| known(*frame)).into_iter().collect()
            }
            Stimulus::Rollback(Rollback::End) if rolling_back => {
                state.map.iter().map(|entry| entry.0).filter(|frame| known(*frame)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Judges what was handed to the channel.
    fn sent(
        &mut self,
        stimulus: &Stimulus,
        seen: &Seen,
        sent: &[Datagram],
        refused: Option<usize>,
        refusing: bool,
    ) -> Fault {
        let is_tick = *stimulus == Stimulus::TICK;
        let tried = !seen.sent.is_empty() || !seen.refused.is_empty();
        let state = self.session.state();
        let closed = !self.doubt.about_gates() && (state.rollbacks > 0 || state.closed);
        if is_tick && self.doubt.about_sending() && !closed {
            // Whatever was sent may be right. A tick that is not stopped has sent all there was; one that
            // sends nothing had nothing, or was stopped.
            self.doubt.queue = !tried || refusing || self.doubt.about_refusals();
            self.doubt.has_sent(self.refusing);
            self.session.state_mut().queue.clear();
            return None;
        }
        let got = seen.refused.iter().map(|at| usize::try_from(*at).ok());
        if sent == seen.sent && got.eq(refused.map(Some)) {
            return None;
        }
        self.doubt.queue = true;
        self.doubt.has_sent(self.refusing);
        let at: Vec<String> = refused.iter().map(ToString::to_string).collect();
        let expected = what_was_sent(sent, &at);
        let at: Vec<String> = seen.refused.iter().map(ToString::to_string).collect();
        Some((Member::Sent, expected, what_was_sent(&seen.sent, &at)))
    }

    /// Judges queue, map and history, and believes them. One that is left out is as it was, which says
    /// nothing as long as nobody knows how it was.
    fn lists(&mut self, seen: &Seen, lists: &Lists, mut wrong: Fault) -> Fault {
        let doubt = self.doubt;
        // After a wrong `sent` the doubt is this very line's, and the queue is shown.
        let queue_in_doubt = doubt.queue && wrong.is_none();
        let state = self.session.state_mut();
        if let Some(queue) = claimed(seen.queue.as_ref(), &lists.queue, queue_in_doubt) {
            if !queue_in_doubt {
                wrong = wrong.or_else(|| differs(Member::Queue, &state.queue, queue));
                self.doubt.queue = false;
            }
            state.queue.clone_from(queue);
        }
        if let Some(map) = claimed(seen.map.as_ref(), &lists.map, doubt.map) {
            if !doubt.about_the_map() {
                wrong = wrong.or_else(|| differs(Member::Map, &by_frame(&state.map), map));
            }
            believe(&mut state.map, map);
        }
        if let Some(history) = claimed(seen.history.as_ref(), &lists.history, doubt.history) {
            let held = by_frame(&state.history);
            if held != *history {
                self.doubt.history_is_otherwise();
                if !doubt.about_the_history(held.len()) {
                    wrong = wrong.or_else(|| differs(Member::History, &held, history));
                }
            }
            believe(&mut state.history, history);
        }
        wrong
    }

    /// Judges verified frame and events, and believes them.
    fn detection(
        &mut self,
        stimulus: &Stimulus,
        seen: &Seen,
        verified: Option<u32>,
        events: usize,
        mut wrong: Fault,
    ) -> Fault {
        let in_doubt = self.doubt.about_comparing();
        let is_reset = *stimulus == Stimulus::RESET;
        if is_reset && in_doubt {
            // What was there before is unknown, and what is there now is not.
            return wrong;
        }
        let state = self.session.state_mut();
        let (old, new) = state.events.split_at(if is_reset { 0 } else { events });
        let mut otherwise = false;
        let claimed = seen.verified.unwrap_or(verified);
        if !in_doubt && claimed != state.verified {
            let seen = |verified| Observation { verified, ..Observation::default() };
            let [expected, got] = [state.verified, claimed].map(seen);
            wrong = wrong.or_else(|| Some(texts(Member::Verified, &expected, &got)));
            self.doubt.verified_is_otherwise();
            otherwise = true;
        }
        let seen_events =
            |list: &[Mismatch]| Observation { events: list.to_vec(), ..Observation::default() };
        let events = match &seen.events {
            Some(all) => {
                if !in_doubt && !self.events_dropped && *all != state.events {
                    let [expected, got] = [&*state.events, all].map(seen_events);
                    wrong = wrong.or_else(|| Some(texts(Member::Events, &expected, &got)));
                    otherwise = true;
                }
                all.clone()
            }
            None => {
                if !in_doubt && seen.found != new {
                    let [expected, got] = [new, &seen.found].map(seen_events);
                    let (member, expected, got) = texts(Member::Events, &expected, &got);
                    let [expected, got] = [expected, got].map(|text| format!("new {text}"));
                    wrong = wrong.or(Some((member, expected, got)));
                    otherwise = true;
                }
                [old, &seen.found].concat()
            }
        };
        (state.verified, state.events) = (claimed, events);
        // Where the lists are shown, they are known again already.
        if otherwise && !self.header.shown.inspect {
            self.doubt.compared_otherwise();
        }
        wrong
    }

    /// Gives up what has grown too large.
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
            self.doubt.queue = true;
            return Some(GaveUp::Queue);
        }
        if let Some(surplus) = state.map.len().checked_sub(MAP).filter(|surplus| *surplus > 0) {
            state.map.drain(..surplus);
            let first = !std::mem::replace(&mut self.doubt.forgotten, true);
            return first.then_some(GaveUp::Map);
        }
        None
    }
}

/// The member that is wrong, what it should hold, and what it holds.
type Fault = Option<(Member, String, String)>;

fn texts(member: Member, expected: &Observation, got: &Observation) -> (Member, String, String) {
    (member, member_of(member, expected), member_of(member, got))
}

fn differs(member: Member, expected: &[Entry], got: &[Entry]) -> Fault {
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
