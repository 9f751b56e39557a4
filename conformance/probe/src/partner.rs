//! The right partner: the model's peer, led by what the game does.
//!
//! It begins an episode when the game has, acts as far as the game has acted, ends where the game ends, and
//! tells the game's own hashes: it has no game that it could hash.

use rollwire_model::{
    Model,
    exchange::{ChannelState, Datagram, LONGEST_ADVANCE, ReadyHash, StateHash, Stimulus},
    peer::{Message, Phase, Session, Setup},
};

use crate::told::Told;

/// What this partner does in each frame: nothing.
const ACTION: u8 = 0;
/// How long it waits for inputs of the game before it goes on by itself, in milliseconds: a game may wait too.
const IDLE: u64 = 100;
/// How far it goes by itself beyond the newest frame of the game.
const AHEAD: u32 = 8;
/// What the game tells of frames further ahead than this does not lead it.
const FAR: u32 = 256;
/// How many frames it acts in at once.
const AT_ONCE: u32 = 32;
/// After how many milliseconds without a new confirmed frame it asks for holes.
const STUCK: u64 = 1000;
/// How long it waits for the player index of the game, in milliseconds.
const INDEX: u64 = 2000;

/// A right partner of the game.
#[derive(Debug)]
pub(crate) struct Partner {
    session: Session,
    born: u64,
    first_frame: u32,
    next: u32,
    acted: u64,
    base: i64,
    moved: u64,
    started: Option<u64>,
}

impl Partner {
    pub(crate) fn new(model: &Model, now: u64, first_frame: u32) -> Self {
        let session = Session::specified(model, Setup { local: 1, first_frame });
        let base = session.state().base();
        Self {
            session,
            born: now,
            first_frame,
            next: first_frame,
            acted: now,
            base,
            moved: now,
            started: None,
        }
    }

    /// What the model makes of a stimulus. The time comes first.
    fn apply(&mut self, stimulus: &Stimulus) -> Vec<Datagram> {
        self.session.apply(stimulus)
    }

    /// Time has passed.
    pub(crate) fn advance(&mut self, now: u64) -> Vec<Datagram> {
        let passed = (now - self.born).saturating_sub(self.session.state().clock);
        let passed = u32::try_from(passed).unwrap_or(u32::MAX).min(LONGEST_ADVANCE);
        self.apply(&Stimulus::Advance(passed))
    }

    pub(crate) fn channel(&mut self, state: ChannelState) -> Vec<Datagram> {
        self.apply(&Stimulus::Channel(state))
    }

    pub(crate) fn focus(&mut self, shown: bool) -> Vec<Datagram> {
        let frame = self.next;
        self.apply(&Stimulus::Focus { shown, frame })
    }

    /// A datagram has arrived. The partner is always player 1 of the model, whatever it is in the game.
    pub(crate) fn hears(
        &mut self,
        datagram: &[u8],
        message: Option<&Message>,
        told: &Told,
    ) -> Vec<Datagram> {
        let own = swapped(message, told.player);
        let datagram = own.map_or_else(|| Datagram::new(datagram.to_vec()), |it| it.datagram());
        self.apply(&Stimulus::Recv(datagram))
    }

    /// The phase of the episode.
    pub(crate) fn phase(&self) -> Option<Phase> {
        self.session.state().episodes.current.as_ref().map(|episode| episode.phase)
    }

    /// The number of the episode; none before the first.
    pub(crate) fn episode(&self) -> Option<u32> {
        self.session.state().episodes.current.as_ref().map(|episode| episode.ends.number)
    }

    /// The next own frame.
    pub(crate) const fn next(&self) -> u32 {
        self.next
    }

    /// The confirmed frame, or what stands for it.
    pub(crate) fn base(&self) -> i64 {
        self.session.state().base()
    }

    /// The own READY of this episode.
    pub(crate) fn own_ready(&self) -> Option<Message> {
        let episode = self.session.state().episodes.current.as_ref()?;
        Some(Message::EpisodeReady { episode: episode.ends.number + 1, hash: episode.hash })
    }

    /// When the episode started.
    pub(crate) const fn started(&self) -> Option<u64> {
        self.started
    }

    /// The number of the READY with which the next episode begins.
    pub(crate) fn next_ready(&self) -> u32 {
        self.episode().map_or(1, |number| number + 2)
    }

    /// Does what a game would do now. `holds` keeps the next episode from beginning.
    pub(crate) fn plays(
        &mut self,
        now: u64,
        told: &mut Told,
        holds: bool,
        asks: bool,
    ) -> Vec<Datagram> {
        let mut sent = Vec::new();
        match self.phase() {
            None | Some(Phase::Complete) if !holds => self.begins(now, told, &mut sent),
            Some(Phase::Playing | Phase::Ending) => {
                self.started.get_or_insert(now);
                self.acts(now, told, &mut sent);
                self.hashes(told, &mut sent);
                self.ends(told, &mut sent);
                if asks {
                    self.asks(now, &mut sent);
                }
            }
            _ => {}
        }
        sent
    }

    fn begins(&mut self, now: u64, told: &mut Told, sent: &mut Vec<Datagram>) {
        let number = self.next_ready();
        let Some(ready) = told.readys.get(&number).copied() else { return };
        told.begins(now, number == 1);
        (self.next, self.acted, self.moved, self.started) = (self.first_frame, now, now, None);
        sent.extend(self.session.apply(&Stimulus::Ready { hash: ReadyHash(ready.hash) }));
        self.base = self.base();
    }

    fn acts(&mut self, now: u64, told: &Told, sent: &mut Vec<Datagram>) {
        let waited = self.started.map_or(0, |started| now - started);
        if told.player.is_none() && waited < INDEX {
            return;
        }
        // As far as the game has acted. What is far ahead may be a late datagram of the last episode.
        let held = self.session.state().inputs.held.keys();
        let known = held.take_while(|frame| **frame <= self.next.saturating_add(FAR)).last();
        let base = u32::try_from(self.base() + 1).unwrap_or(u32::MAX);
        let newest = known.map_or(base, |known| known.saturating_add(1));
        let mut until = newest.min(self.next.saturating_add(AT_ONCE));
        let goes_on = now >= self.acted + IDLE && self.next < newest.saturating_add(AHEAD);
        if until <= self.next && goes_on {
            until = self.next.saturating_add(1);
        }
        while self.next < until {
            let frame = self.next;
            sent.extend(self.session.apply(&Stimulus::Act { frame, action: ACTION }));
            (self.next, self.acted) = (frame + 1, now);
        }
    }

    /// The hashes of the game are told as the own ones, as soon as their frames are confirmed here.
    fn hashes(&mut self, told: &mut Told, sent: &mut Vec<Datagram>) {
        let base = self.base();
        let mut waiting = std::mem::take(&mut told.hashes);
        waiting.retain(|(frame, hash)| {
            let is_known = i64::from(*frame) <= base + 1;
            if is_known {
                let hash = StateHash(*hash);
                sent.extend(self.session.apply(&Stimulus::Confirm { frame: *frame, hash }));
            }
            !is_known
        });
        told.hashes = waiting;
        sent.extend(self.session.apply(&Stimulus::TICK));
    }

    fn ends(&mut self, told: &Told, sent: &mut Vec<Datagram>) {
        let Some(number) = self.episode() else { return };
        if self.phase() != Some(Phase::Playing) {
            return;
        }
        let has_moved_on = told.readys.contains_key(&(number + 2));
        let frame = told.ends.get(&number).map(|end| end.0);
        if let Some(frame) = frame.or(has_moved_on.then_some(self.next)) {
            sent.extend(self.session.apply(&Stimulus::Ended { frame }));
        }
    }

    fn asks(&mut self, now: u64, sent: &mut Vec<Datagram>) {
        let base = self.base();
        if base > self.base {
            (self.base, self.moved) = (base, now);
        } else if now >= self.moved + STUCK {
            self.moved = now;
            sent.extend(self.session.apply(&Stimulus::CatchUp {}));
        }
    }
}

/// A message with the other player index, if the game is player 1: the model's partner is player 0.
pub(crate) fn swapped(message: Option<&Message>, game: Option<u16>) -> Option<Message> {
    if game != Some(1) {
        return None;
    }
    let other = |player: u16| if player < 2 { 1 - player } else { player };
    match message? {
        Message::Input { player, current_frame, entries } => Some(Message::Input {
            player: other(*player),
            current_frame: *current_frame,
            entries: entries.clone(),
        }),
        Message::InputResponse { player, entries } => {
            Some(Message::InputResponse { player: other(*player), entries: entries.clone() })
        }
        _ => None,
    }
}
