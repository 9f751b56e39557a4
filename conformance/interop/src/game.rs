//! The game that two peers play: small, deterministic, and with a rollback where a guess was wrong.
//!
//! What a player does follows from the seed of the game and from what its own peer shows; it never looks at
//! the partner.

use rollwire_model::{
    digest::{DigestRules, Form},
    exchange::{Datagram, Observation, ReadyHash, Rollback, StateHash, Stimulus},
    peer::{EpisodeView, Phase},
};

use crate::chance::Chance;

/// Milliseconds of virtual time between two frames.
pub const FRAME: u32 = 20;
/// How many frames an episode has.
pub const FRAMES: u32 = 180;
/// How many episodes a game has.
pub const EPISODES: usize = 2;
/// An action executes this many frames after it was taken.
const INPUT_DELAY: u32 = 2;
/// The hash of every tenth frame is exchanged.
const HASHED: u32 = 10;
/// A player asks for its missing inputs when the confirmed frame is this far behind.
const BEHIND: i64 = 25;
/// A page that was hidden catches up by this many frames at a time.
const CATCHING_UP: u32 = 6;

/// The action of a player at a frame of an episode. Players hold a key for a while, so guesses are often
/// right.
#[must_use]
pub fn action(seed: u64, player: usize, episode: u32, frame: u32) -> u8 {
    let held = u64::from(frame / 7) + (u64::from(episode) << 32) + ((player as u64) << 48);
    let mixed = (held ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed.to_be_bytes()[0]
}

/// The state of the game before a frame: a function of all actions before it.
#[derive(Clone, Copy, Debug)]
struct Simulated {
    frame: u32,
    sum: u32,
}

/// One player: the script of what it does, and what it knows from its peer.
#[derive(Debug)]
pub(crate) struct Player {
    seed: u64,
    local: usize,
    chance: Chance,
    /// What its peer showed last.
    seen: Observation,
    ready_at: Option<u64>,
    /// The next frame to act at, and when the episode began.
    next: u32,
    began: Option<u64>,
    has_ended: bool,
    confirmed: Simulated,
    hidden: Option<(u64, u64)>,
    is_hidden: bool,
    /// The episode that it finished last.
    finished: Option<u32>,
    pause: u64,
    /// Its state differs from this episode and frame on: it has lost its way.
    astray: Option<(u32, u32)>,
}

impl Player {
    /// A player of the game with this seed. After an episode it waits for `pause` milliseconds at least, so
    /// that what is on its way arrives before the next one.
    pub(crate) fn new(seed: u64, local: usize, pause: u64, astray: Option<(u32, u32)>) -> Self {
        let mut chance = Chance::new(seed, 1 + local as u64);
        let ready_at = Some(500 + chance.below(800));
        let hides = chance.happens(1, 4);
        let hidden = hides.then(|| (2_000 + chance.below(6_000), 300 + chance.below(1_500)));
        Self {
            seed,
            local,
            chance,
            seen: Observation::default(),
            ready_at,
            next: 0,
            began: None,
            has_ended: false,
            confirmed: Simulated { frame: 0, sum: 0 },
            hidden,
            is_hidden: false,
            finished: None,
            pause,
            astray,
        }
    }

    /// What its peer shows of the episode.
    pub(crate) fn episode(&self) -> Option<EpisodeView> {
        self.seen.peer.episode
    }

    /// The episode in which it acts, and the first frame at which it has not acted.
    pub(crate) fn acted(&self) -> Option<(u32, u32)> {
        self.began.and(self.episode()).map(|episode| (episode.number, self.next))
    }

    /// The hashes of frames below this one were told to its peer, as far as they are exchanged.
    pub(crate) fn hashed(&self) -> u32 {
        self.confirmed.frame
    }

    /// Takes what its peer shows now.
    pub(crate) fn sees(&mut self, seen: Observation, now: u64) {
        let phase = |seen: &Observation| seen.peer.episode.map(|it| (it.number, it.phase));
        let (before, after) = (phase(&self.seen), phase(&seen));
        self.seen = seen;
        self.seen.sent = Vec::new();
        if let Some((number, Phase::Complete)) = after
            && before != after
        {
            self.finished = Some(number);
            self.began = None;
            if (number as usize) + 1 < EPISODES {
                self.ready_at = Some(now + self.pause + self.chance.below(800));
            }
        }
    }

    /// Whether it has played all episodes.
    pub(crate) fn is_finished(&self) -> bool {
        self.finished.is_some_and(|number| number as usize + 1 >= EPISODES)
    }

    /// What happens to its peer in the next frame, besides datagrams.
    pub(crate) fn plays(&mut self, now: u64) -> Vec<Stimulus> {
        let mut stimuli = Vec::new();
        if self.ready_at.is_some_and(|at| at <= now) {
            self.ready_at = None;
            (self.next, self.began, self.has_ended) = (0, None, false);
            self.confirmed = Simulated { frame: 0, sum: 0 };
            stimuli.push(Stimulus::Ready { hash: ReadyHash(*b"0123abcd") });
            return stimuli;
        }
        self.hides(now, &mut stimuli);
        if self.is_hidden {
            return stimuli;
        }
        if let Some(EpisodeView { number, phase: Phase::Playing | Phase::Ending, .. }) =
            self.episode()
        {
            self.acts(number, now, &mut stimuli);
            self.confirms(number, &mut stimuli);
        }
        stimuli.push(Stimulus::TICK);
        stimuli
    }

    fn hides(&mut self, now: u64, stimuli: &mut Vec<Stimulus>) {
        let is_hidden =
            self.hidden.is_some_and(|(from, lasts)| (from..from + lasts).contains(&now));
        if is_hidden != self.is_hidden {
            self.is_hidden = is_hidden;
            stimuli.push(Stimulus::Focus { shown: !is_hidden, frame: self.next });
        }
    }

    fn acts(&mut self, episode: u32, now: u64, stimuli: &mut Vec<Stimulus>) {
        let began = *self.began.get_or_insert(now);
        let due = u32::try_from((now - began) / u64::from(FRAME)).unwrap_or(u32::MAX) + INPUT_DELAY;
        let until = due.min(self.next.saturating_add(CATCHING_UP));
        while self.next <= until {
            let (frame, action) = (self.next, action(self.seed, self.local, episode, self.next));
            stimuli.push(Stimulus::Act { frame, action });
            self.next += 1;
        }
        if self.next > FRAMES && !self.has_ended {
            self.has_ended = true;
            // Now and then the two players do not agree about the last frame.
            let early = u32::from(self.chance.happens(1, 5));
            stimuli.push(Stimulus::Ended { frame: FRAMES - early });
        }
        let confirmed = self.seen.peer.confirmed.map_or(-1, i64::from);
        if i64::from(self.next) > confirmed + BEHIND && self.seen.peer.request.is_none() {
            stimuli.push(Stimulus::CatchUp {});
        }
    }

    /// Tells the peer the hashes of the frames that are confirmed now, after a rollback to the first of them
    /// at which the guess was wrong.
    fn confirms(&mut self, episode: u32, stimuli: &mut Vec<Stimulus>) {
        let Some(last) = self.seen.peer.confirmed else { return };
        let partner = 1 - self.local;
        // A peer that confirms what was never acted must not keep the game busy for ever.
        let last = last.min(self.next.saturating_sub(1));
        let of = |frame| action(self.seed, partner, episode, frame);
        let first = self.confirmed.frame;
        // The guess is that the partner still holds the key of the last frame that was known.
        let guess = first.checked_sub(1).map_or(0, of);
        let simulated = self.next.saturating_sub(INPUT_DELAY);
        let wrong = (first..=last).find(|frame| of(*frame) != guess);
        if let Some(target) = wrong.filter(|frame| *frame < simulated) {
            stimuli.push(Stimulus::Rollback(Rollback::Begin(target)));
            stimuli.push(Stimulus::END);
        }
        while self.confirmed.frame <= last {
            let frame = self.confirmed.frame;
            if frame.is_multiple_of(HASHED) {
                let hash = self.hash(episode);
                stimuli.push(Stimulus::Confirm { frame, hash });
            }
            for player in 0..2 {
                let action = u32::from(action(self.seed, player, episode, frame));
                self.confirmed.sum = self.confirmed.sum.rotate_left(5) ^ action;
            }
            self.confirmed.frame += 1;
        }
    }

    /// The digest of the state before the next frame to confirm.
    fn hash(&self, episode: u32) -> StateHash {
        let Simulated { frame, sum } = self.confirmed;
        let is_astray = self.astray.is_some_and(|(of, from)| of == episode && frame >= from);
        let state =
            format!(r#"{{"episode":{episode},"t":{frame},"sum":{}}}"#, sum ^ u32::from(is_astray));
        let digest = DigestRules::SPECIFIED.digest(&state, Form::StateHash);
        let digits = digest.map(|digest| digest.hash).unwrap_or_default();
        StateHash::try_from(digits).unwrap_or(StateHash([0; 8]))
    }
}

/// The stimulus that moves time by a frame.
pub(crate) const A_FRAME_LATER: Stimulus = Stimulus::Advance(FRAME);

/// A datagram that arrives.
pub(crate) fn arrival(datagram: Datagram) -> Stimulus {
    Stimulus::Recv(datagram)
}
