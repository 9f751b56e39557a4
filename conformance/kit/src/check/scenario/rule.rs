//! Which rule an exchange breaks: the headline of a failure.
//!
//! It follows from the stimulus, from what is missing and what is surplus in the observation, and from the
//! past of the frames concerned: a hash that is sent although a rollback has withdrawn it breaks the
//! rule about the withdrawal, not the one about the tick that sends it.

use rollwire_model::{
    Model,
    exchange::{
        Behaviour, Datagram, Entry, HISTORY, Member, Observation, Rollback, Session, State,
        Stimulus,
    },
};

use super::{
    judge::Deviation,
    past::{Last, Left, Life, Past},
    visible::Visible,
};

/// A queue of this length, or a history with this many newer frames, can break only what has a bound.
const MANY: usize = 60;

/// The rule that is broken, found by running the scenario up to where it is wrong; `seen` is what should
/// have been observed there, and what was.
#[must_use]
pub fn rule_of(
    model: &Model,
    stimuli: &[Stimulus],
    wrong: Deviation,
    seen: Option<&(Observation, Observation)>,
    shown: Visible,
) -> &'static str {
    let mut session = Session::new(model, Behaviour::of(model.revision()), shown.detect);
    let mut past = Past::default();
    for stimulus in stimuli.iter().take(wrong.step) {
        past.before(session.state(), stimulus);
        let sent = session.apply(stimulus);
        past.after(stimulus, &sent, session.state());
    }
    let Some(stimulus) = stimuli.get(wrong.step) else { return "EXCH-8" };
    let before = Before::of(session.state(), stimulus);
    past.before(session.state(), stimulus);
    let right = session.step(stimulus);
    let got = seen.map_or(&right, |(_, got)| got);
    Broken { past: &past, before, stimulus, right: &right, got, shown }.rule(wrong.member)
}

/// What an exchange held before a stimulus, as far as it decides which rule describes what follows.
#[derive(Clone, Debug)]
pub struct Before {
    rolling_back: bool,
    closed: bool,
    queue: usize,
    history: usize,
    map: Vec<u32>,
    verified: Option<u32>,
    events: usize,
    /// Whether the frame of the stimulus stands in the history, and in the map.
    is_known: bool,
    has_peer: bool,
}

impl Before {
    /// What it holds now.
    #[must_use]
    pub fn of(state: &State, stimulus: &Stimulus) -> Self {
        let frame = frame_of(stimulus);
        Self {
            rolling_back: state.rollbacks > 0,
            closed: state.closed,
            queue: state.queue.len(),
            history: state.history.len(),
            map: state.map.iter().map(|entry| entry.0).collect(),
            verified: state.verified,
            events: state.events.len(),
            is_known: frame.is_some_and(|frame| state.local(frame).is_some()),
            has_peer: frame.is_some_and(|frame| state.peer(frame).is_some()),
        }
    }
}

fn frame_of(stimulus: &Stimulus) -> Option<u32> {
    match stimulus {
        Stimulus::Confirm { frame, .. } => Some(*frame),
        Stimulus::Recv(datagram) => datagram.entry().map(|(frame, _)| frame),
        _ => None,
    }
}

/// What went wrong at a stimulus.
#[derive(Debug)]
pub struct Broken<'a> {
    /// What has happened, up to what this stimulus began with.
    pub past: &'a Past,
    /// What the exchange held before it.
    pub before: Before,
    /// The stimulus.
    pub stimulus: &'a Stimulus,
    /// What should have been observed.
    pub right: &'a Observation,
    /// What was observed.
    pub got: &'a Observation,
    /// Which members the observation shows.
    pub shown: Visible,
}

impl Broken<'_> {
    /// The rule that is broken if this member is the first that is wrong.
    #[must_use]
    pub fn rule(&self, member: Member) -> &'static str {
        match member {
            Member::Sent if *self.stimulus == Stimulus::TICK => self.of_tick(),
            Member::Sent => "EXCH-6",
            Member::Queue => self.of_queue(),
            Member::Map => self.of_map(),
            Member::History => self.of_history(),
            Member::Verified | Member::Events => self.of_detection(member),
        }
    }

    fn last(&self) -> &Last {
        &self.past.last
    }

    fn of_tick(&self) -> &'static str {
        let last = self.last();
        if self.before.rolling_back {
            return match () {
                () if self.past.nested => "EXCH-24",
                () if last.stray_end > 0 && last.stray_end > last.sending => "EXCH-25",
                () => "EXCH-9",
            };
        }
        if self.before.closed {
            return if last.reset_while_closed > last.channel { "EXCH-29" } else { "EXCH-10" };
        }
        let [right, got] = [self.right, self.got].map(|it| entries(&it.sent));
        let is_refused = right.len() < self.before.queue;
        if is_refused && got.len() > right.len() && got.starts_with(&right) {
            return "EXCH-11";
        }
        let surplus = got.iter().find(|entry| !right.contains(entry));
        let missing = right.iter().find(|entry| !got.contains(entry));
        match (missing, surplus) {
            (_, Some(entry)) => self.of_surplus(*entry, &right),
            (Some(_), None) if got.is_empty() => self.of_silence(&right),
            (Some(entry), None) => self.of_missing(entry.0, &right, &got),
            (None, None) if got == right => "EXCH-11",
            (None, None) if got.len() > right.len() => "EXCH-14",
            (None, None) if last.refusal > last.sending => "EXCH-12",
            (None, None) => "EXCH-7",
        }
    }

    /// A tick sent nothing, though it should have: either it waited, or what it should have sent is lost.
    fn of_silence(&self, right: &[Entry]) -> &'static str {
        let Some((frame, _)) = right.first() else { return "EXCH-8" };
        let (last, since) = (self.last(), self.last().sending);
        let is_held = self.shown.inspect && self.got.queue.iter().any(|entry| entry.0 == *frame);
        let suspects = [
            (last.nested_end, "EXCH-24"),
            (last.stray_end, "EXCH-25"),
            (last.reset_in_rollback, "EXCH-28"),
        ];
        let life = self.past.life(*frame);
        if !is_held && life.anew.is_some() {
            return self.of_missing(*frame, right, &[]);
        }
        if let Some((_, rule)) = suspects.iter().find(|(when, _)| *when > since) {
            return rule;
        }
        if !is_held && self.has_a_cause(&life) {
            return self.of_missing(*frame, right, &[]);
        }
        let suspects = [
            (last.error, "EXCH-13"),
            (last.reset, "EXCH-29"),
            (last.other_datagram, "EXCH-18"),
            (last.end, "EXCH-26"),
            (last.mismatch, "DETECT-7"),
        ];
        let found = suspects.iter().find(|(when, _)| *when > since);
        match found {
            Some((_, rule)) => rule,
            None if !is_held && right.len() == 1 => self.of_missing(*frame, right, &[]),
            None => "EXCH-8",
        }
    }

    /// Whether something has happened to a frame that waits in the queue which explains that it is lost.
    fn has_a_cause(&self, life: &Life) -> bool {
        let last = self.last();
        let times =
            [last.refusal, last.tick_in_rollback, last.tick_while_closed, last.begin, last.channel];
        life.in_rollback || life.while_closed || times.iter().any(|when| *when > life.queued)
    }

    /// A hash that should have been sent was not.
    fn of_missing(&self, frame: u32, right: &[Entry], got: &[Entry]) -> &'static str {
        let (life, last) = (self.past.life(frame), self.last());
        if self.shown.inspect && self.got.queue.iter().any(|entry| entry.0 == frame) {
            return "EXCH-8";
        }
        let queued = life.queued;
        let is_prefix = right.starts_with(got) && !got.is_empty();
        match life.anew {
            _ if last.error > queued => "EXCH-13",
            _ if last.refusal > queued => "EXCH-12",
            Some(Left::Rollback) => of_target(life.target, "EXCH-22"),
            Some(Left::Bound) => "EXCH-5",
            Some(Left::Reset) => "EXCH-27",
            None if last.tick_in_rollback > queued => "EXCH-9",
            None if last.tick_while_closed > queued => "EXCH-10",
            None if last.begin > queued => of_target(life.target, "EXCH-20"),
            None if life.in_rollback => "EXCH-26",
            None if life.while_closed => "EXCH-1",
            None if last.channel > queued => "EXCH-10",
            None if life.left_at > queued => "EXCH-4",
            None if last.other_datagram > queued => "EXCH-18",
            None if right.len() >= MANY && !is_prefix => "EXCH-4",
            None if is_prefix => "EXCH-8",
            None if last.mismatch > 0 => "DETECT-7",
            None => "EXCH-1",
        }
    }

    /// A hash was sent that should not have been.
    fn of_surplus(&self, (frame, _): Entry, right: &[Entry]) -> &'static str {
        let life = self.past.life(frame);
        let inner = if life.by_inner { "EXCH-24" } else { of_target(life.target, "EXCH-20") };
        let known = if life.newer >= MANY { "EXCH-3" } else { "EXCH-2" };
        let events = [
            (life.again, known),
            (life.withdrawn, inner),
            (life.reset, "EXCH-27"),
            (life.sent, "EXCH-14"),
        ];
        let latest = events.iter().max_by_key(|(when, _)| *when).filter(|(when, _)| *when > 0);
        match latest {
            Some((_, rule)) => rule,
            None if right.iter().any(|entry| entry.0 == frame) => "EXCH-2",
            None => "EXCH-1",
        }
    }

    fn of_queue(&self) -> &'static str {
        let (right, got) = (&self.right.queue, &self.got.queue);
        let missing = |frame: u32| !got.iter().any(|entry| entry.0 == frame);
        match self.stimulus {
            Stimulus::Confirm { .. } if self.before.is_known => self.of_known_frame(),
            Stimulus::Confirm { frame, .. } if missing(*frame) => self.of_unconfirmed(*frame),
            Stimulus::Confirm { frame, .. } => match self.past.life(*frame).anew {
                _ if got.len() == right.len() && !differs_in_content(right, got) => "EXCH-1",
                Some(Left::Bound) => "EXCH-5",
                _ if self.before.history >= HISTORY || right.len() >= MANY => "EXCH-4",
                Some(_) => "EXCH-5",
                None => "EXCH-1",
            },
            Stimulus::Tick {} if self.before.rolling_back => "EXCH-9",
            Stimulus::Tick {} if self.before.closed => "EXCH-10",
            Stimulus::Tick {} => {
                let sent = entries(&self.right.sent);
                match () {
                    () if got.iter().any(|entry| sent.contains(entry)) => "EXCH-14",
                    () if right.is_empty() => "EXCH-14",
                    () if self.past.throws => "EXCH-13",
                    () => "EXCH-12",
                }
            }
            Stimulus::Recv(datagram) if datagram.entry().is_none() => "EXCH-18",
            Stimulus::Recv(_) => "EXCH-4",
            Stimulus::Rollback(Rollback::Begin(target)) => {
                self.of_withdrawal(*target, right, got, "EXCH-20")
            }
            Stimulus::Rollback(Rollback::End) => self.of_end(),
            Stimulus::Reset {} => "EXCH-27",
            Stimulus::Channel(_) if got.len() > right.len() => "EXCH-14",
            Stimulus::Channel(_) | Stimulus::Sends(_) => "EXCH-10",
        }
    }

    fn of_known_frame(&self) -> &'static str {
        let newer = frame_of(self.stimulus).map_or(0, |frame| self.past.life(frame).newer);
        if newer >= MANY { "EXCH-3" } else { "EXCH-2" }
    }

    /// A new frame was not queued, or did not enter the history.
    fn of_unconfirmed(&self, frame: u32) -> &'static str {
        let is_remembered = self.got.history.iter().any(|entry| entry.0 == frame);
        let is_full = self.before.history >= HISTORY;
        match self.past.life(frame).anew {
            None if is_full && self.shown.inspect && !is_remembered => "EXCH-3",
            Some(_) => "EXCH-5",
            None if self.before.rolling_back => "EXCH-26",
            None if self.before.closed => "EXCH-1",
            None if self.before.queue >= MANY => "EXCH-4",
            None if is_full => "EXCH-3",
            None if self.last().mismatch > 0 => "DETECT-7",
            None => "EXCH-1",
        }
    }

    /// A rollback withdrew something else from a list than it should have.
    fn of_withdrawal(
        &self,
        target: u32,
        right: &[Entry],
        got: &[Entry],
        rule: &'static str,
    ) -> &'static str {
        if self.past.nested {
            return "EXCH-24";
        }
        let is_signed = |frame: u32| frame > SIGN;
        let differing = right.iter().chain(got).filter(|it| right.contains(it) != got.contains(it));
        let mut frames = differing.map(|entry| entry.0);
        match target {
            0 | u32::MAX => "EXCH-23",
            _ if frames.any(|frame| is_signed(frame) != is_signed(target)) => "EXCH-23",
            _ => rule,
        }
    }

    fn of_end(&self) -> &'static str {
        match self.before.rolling_back {
            false => "EXCH-25",
            true => "EXCH-26",
        }
    }

    fn of_map(&self) -> &'static str {
        let (right, got) = (&self.right.map, &self.got.map);
        match self.stimulus {
            Stimulus::Confirm { .. } if self.before.is_known => "EXCH-2",
            Stimulus::Confirm { .. } if self.before.rolling_back => "DETECT-8",
            Stimulus::Confirm { .. } => self.of_comparison("DETECT-1"),
            Stimulus::Recv(datagram) => self.of_received(datagram),
            Stimulus::Tick {} | Stimulus::Sends(_) => "EXCH-15",
            Stimulus::Rollback(Rollback::Begin(target)) => {
                self.of_withdrawal(*target, right, got, "EXCH-21")
            }
            Stimulus::Rollback(Rollback::End) if !self.before.rolling_back => "EXCH-25",
            Stimulus::Rollback(Rollback::End) if self.before.map.len() == right.len() => "EXCH-26",
            Stimulus::Rollback(Rollback::End) if got.len() < right.len() => "EXCH-26",
            Stimulus::Rollback(Rollback::End) => self.of_comparison("DETECT-9"),
            Stimulus::Reset {} => "EXCH-27",
            Stimulus::Channel(_) => "EXCH-17",
        }
    }

    /// The map is wrong where two hashes were compared: nothing was compared, or something else was taken
    /// out of it.
    fn of_comparison(&self, not_compared: &'static str) -> &'static str {
        let compared =
            self.got.verified == self.right.verified && self.got.events == self.right.events;
        if self.shown.detect && !compared { not_compared } else { "DETECT-4" }
    }

    fn of_received(&self, datagram: &Datagram) -> &'static str {
        let Some((frame, _)) = datagram.entry() else { return "EXCH-18" };
        let at = |list: &[Entry]| list.iter().find(|entry| entry.0 == frame).copied();
        let (right, got) = (at(&self.right.map), at(&self.got.map));
        match (right, got) {
            (None, Some(_)) => self.of_comparison("DETECT-2"),
            (Some(_), None) if self.before.closed => "EXCH-17",
            (Some(_), None) if self.before.rolling_back && self.has_compared() => "DETECT-8",
            (Some(_), None) if self.before.rolling_back => "EXCH-26",
            (Some(_), None) if self.before.has_peer => "EXCH-16",
            (Some(_), None) if self.last().mismatch > 0 => "DETECT-7",
            (Some(_), None) => "EXCH-15",
            (Some(right), Some(got)) if right != got => "EXCH-16",
            _ if self.before.is_known => "DETECT-4",
            _ if self.got.map.len() > self.right.map.len() => "EXCH-16",
            _ => "EXCH-15",
        }
    }

    /// Whether the stimulus compared something.
    fn has_compared(&self) -> bool {
        self.got.verified != self.before.verified || self.got.events.len() != self.before.events
    }

    fn of_history(&self) -> &'static str {
        let (right, got) = (&self.right.history, &self.got.history);
        let has = |frame: u32| got.iter().any(|entry| entry.0 == frame);
        match self.stimulus {
            Stimulus::Confirm { .. } if self.before.is_known => "EXCH-2",
            Stimulus::Confirm { .. } if self.before.has_peer && !self.before.rolling_back => {
                "DETECT-4"
            }
            Stimulus::Confirm { frame, .. } if has(*frame) => "EXCH-3",
            Stimulus::Confirm { .. } if self.before.history >= HISTORY => "EXCH-3",
            Stimulus::Confirm { frame, .. } => self.of_unconfirmed(*frame),
            Stimulus::Recv(datagram) if datagram.entry().is_none() => "EXCH-18",
            Stimulus::Recv(_) => "DETECT-4",
            Stimulus::Rollback(Rollback::Begin(target)) => {
                self.of_withdrawal(*target, right, got, "EXCH-22")
            }
            Stimulus::Rollback(Rollback::End) => self.of_end(),
            Stimulus::Reset {} => "EXCH-27",
            Stimulus::Channel(_) | Stimulus::Sends(_) => "EXCH-10",
            Stimulus::Tick {} => "EXCH-14",
        }
    }

    fn of_detection(&self, member: Member) -> &'static str {
        match (self.stimulus, member) {
            (Stimulus::Rollback(Rollback::Begin(_)), Member::Verified) => "DETECT-10",
            (Stimulus::Rollback(Rollback::Begin(_)), _) => "DETECT-11",
            (Stimulus::Rollback(Rollback::End), _) if !self.before.rolling_back => "EXCH-25",
            (Stimulus::Rollback(Rollback::End), _) => "DETECT-9",
            (Stimulus::Reset {}, _) => "DETECT-12",
            (Stimulus::Channel(_) | Stimulus::Sends(_) | Stimulus::Tick {}, Member::Verified) => {
                "DETECT-5"
            }
            (Stimulus::Channel(_) | Stimulus::Sends(_) | Stimulus::Tick {}, _) => "DETECT-6",
            _ if self.before.rolling_back => "DETECT-8",
            (Stimulus::Confirm { .. } | Stimulus::Recv(_), _) => self.of_pair(),
        }
    }

    /// A confirm or a received hash did not verify or report what it should.
    fn of_pair(&self) -> &'static str {
        let (right, got) = (self.right, self.got);
        let reports = right.events.len() > self.before.events;
        let compares = reports || right.verified != self.before.verified || self.is_pair();
        let not_compared = self.shown.inspect || self.before.verified.is_some();
        match () {
            () if !compares => self.of_no_pair(),
            () if reports && got.events == right.events => "DETECT-7",
            () if reports && got.events.len() == right.events.len() => "DETECT-6",
            () if reports && got.verified != right.verified => "DETECT-3",
            () if reports && self.before.events > 0 => "DETECT-6",
            () if reports && self.shown.inspect => "DETECT-3",
            () if got.events.len() > right.events.len() => "DETECT-3",
            () if !reports && not_compared => "DETECT-5",
            () => self.of_unseen_pair(),
        }
    }

    /// Whether the stimulus completes a pair.
    fn is_pair(&self) -> bool {
        match self.stimulus {
            Stimulus::Confirm { .. } => !self.before.is_known && self.before.has_peer,
            _ => self.before.is_known,
        }
    }

    /// Two hashes were not compared, and the observation does not show the lists.
    fn of_unseen_pair(&self) -> &'static str {
        let life = frame_of(self.stimulus).map(|frame| self.past.life(frame)).unwrap_or_default();
        let last = self.last();
        match self.stimulus {
            Stimulus::Confirm { .. } => match () {
                () if life.received_while_closed => "EXCH-17",
                () if life.times_received > 1 => "EXCH-16",
                () if last.begin > life.received => "EXCH-21",
                () if life.received_in_rollback => "EXCH-26",
                () if last.channel > life.received => "EXCH-17",
                () if last.other_datagram > life.received => "EXCH-18",
                () => "DETECT-1",
            },
            _ if self.before.closed => "EXCH-17",
            _ => "DETECT-2",
        }
    }

    /// Something was compared that is not a pair: one of the two hashes should be gone.
    fn of_no_pair(&self) -> &'static str {
        let Some(frame) = frame_of(self.stimulus) else { return "EXCH-18" };
        let life = self.past.life(frame);
        match self.stimulus {
            Stimulus::Confirm { .. } if self.before.is_known => "EXCH-2",
            Stimulus::Confirm { .. } => match () {
                () if life.map_reset > life.map_withdrawn => "EXCH-27",
                () if life.map_withdrawn > life.compared => "EXCH-21",
                () if self.last().other_datagram > 0 && life.received == 0 => "EXCH-18",
                () => "DETECT-4",
            },
            _ => match life.left_at {
                0 => "DETECT-2",
                _ if self.last().reset >= life.left_at => "EXCH-27",
                at if self.last().begin >= at => "EXCH-22",
                _ => "EXCH-3",
            },
        }
    }
}

/// The greatest frame that is not negative when it is read as a signed number.
const SIGN: u32 = i32::MAX as u32;

/// A rollback to an end of the range of frames is about how frames are compared.
fn of_target(target: u32, rule: &'static str) -> &'static str {
    if target == u32::MAX || target > SIGN { "EXCH-23" } else { rule }
}

fn entries(sent: &[Datagram]) -> Vec<Entry> {
    sent.iter().filter_map(Datagram::entry).collect()
}

/// Whether two lists have other entries, in whatever order.
fn differs_in_content(one: &[Entry], other: &[Entry]) -> bool {
    let sorted = |list: &[Entry]| {
        let mut sorted = list.to_vec();
        sorted.sort_unstable();
        sorted
    };
    sorted(one) != sorted(other)
}
