//! What has become of a logged peer: when it was validated, and when and how each episode started and ended.

use rollwire_model::{
    Model,
    exchange::Stimulus,
    peer::{Areas, Hashes, Message, Phase, Session, Setup, Start, ValidationPhase},
};
use serde::Serialize;

use super::frame_set::FrameSet;

/// How many episodes of a session are told.
const EPISODES: usize = 256;

/// What has become of a peer, as far as its log is right. Times are milliseconds of its own clock, at the end
/// of the line that shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Story {
    /// How the validation ended, and when; none if it did not, or the peer has none.
    pub validation: Option<(ValidationPhase, u64)>,
    /// The episodes, up to 256 of them. A peer without episodes has one, and another one after each reset.
    pub episodes: Vec<EpisodeStory>,
    /// How many more there were.
    pub more_episodes: u64,
    /// Whether it breaks off because of a line that cannot be read.
    pub in_doubt: bool,
    #[serde(skip)]
    setup: Setup,
    #[serde(skip)]
    areas: Areas,
}

/// What has become of an episode.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EpisodeStory {
    /// Its number.
    pub number: u32,
    /// When the own game was ready.
    pub ready_ms: Option<u64>,
    /// When it started.
    pub started_ms: Option<u64>,
    /// How it started.
    pub start: Option<Start>,
    /// How the hashes of the two READYs compare.
    pub hashes: Option<Hashes>,
    /// When the own game ended.
    pub ended_ms: Option<u64>,
    /// When it was complete.
    pub complete_ms: Option<u64>,
    /// The end, if it is known.
    pub end: Option<u32>,
    /// Whether the end is agreed.
    pub agreed: Option<bool>,
    /// The frame up to which both players' inputs were known at last.
    pub confirmed: Option<u32>,
    /// The first own frame, and the one after the last.
    pub acted: (u32, u64),
    /// The frames for which an INPUT or an INPUT_RESPONSE of the partner has arrived.
    #[serde(skip)]
    pub(super) received: FrameSet,
}

impl Story {
    pub(super) fn new(setup: Setup, areas: Areas) -> Self {
        let mut story = Self {
            validation: None,
            episodes: Vec::new(),
            more_episodes: 0,
            in_doubt: false,
            setup,
            areas,
        };
        if !areas.episodes {
            story.begin(0);
        }
        story
    }

    pub(super) fn ends_in_doubt(&mut self) {
        self.in_doubt = true;
    }

    fn begin(&mut self, number: u32) {
        if self.episodes.len() < EPISODES {
            let first = self.setup.first_frame;
            let acted = (first, u64::from(first));
            self.episodes.push(EpisodeStory { number, acted, ..EpisodeStory::default() });
        } else {
            self.more_episodes += 1;
        }
    }

    /// Follows what a stimulus has done to a peer. Returns whether another episode has begun.
    pub(super) fn follow(&mut self, peer: &Session, model: &Model, stimulus: &Stimulus) -> bool {
        let state = peer.state();
        let phase = state.validation.phase;
        if matches!(phase, ValidationPhase::Validated | ValidationPhase::Failed)
            && self.validation.is_none_or(|(told, _)| told != phase)
        {
            self.validation = Some((phase, state.clock));
        }
        let begins = match (&state.episodes.current, stimulus) {
            (Some(episode), _) => {
                let number = episode.ends.number;
                let is_new = self.newest().is_none_or(|newest| newest.number != number);
                is_new.then_some(number)
            }
            (None, Stimulus::Reset {}) if !self.areas.episodes => {
                Some(self.newest().map_or(0, |newest| newest.number + 1))
            }
            _ => None,
        };
        if let Some(number) = begins
            && self.more_episodes == 0
        {
            self.begin(number);
        }
        if self.more_episodes > 0 {
            // The later ones are not told, and not one of them begins twice.
            return begins.is_some();
        }
        self.update(peer, model, stimulus);
        begins.is_some()
    }

    fn newest(&self) -> Option<&EpisodeStory> {
        self.episodes.last()
    }

    fn update(&mut self, peer: &Session, model: &Model, stimulus: &Stimulus) {
        let state = peer.state();
        let Some(story) = self.episodes.last_mut() else { return };
        if let Some(episode) = &state.episodes.current {
            let phase = episode.phase;
            story.ready_ms.get_or_insert(state.clock);
            if phase != Phase::Waiting {
                story.started_ms.get_or_insert(state.clock);
            }
            if matches!(phase, Phase::Ending | Phase::Complete) {
                story.ended_ms.get_or_insert(state.clock);
            }
            if phase == Phase::Complete {
                story.complete_ms.get_or_insert(state.clock);
            }
            (story.start, story.hashes) = (episode.start, episode.hashes);
            (story.end, story.agreed) = (episode.end, episode.agreed);
        }
        story.confirmed = state.inputs.confirmed;
        let next = state.inputs.next.map_or(1 << 32, u64::from);
        story.acted.1 = story.acted.1.max(next);
        if let Stimulus::Recv(datagram) = stimulus {
            let message = Message::read(model, datagram);
            if let Some(
                Message::Input { player, entries, .. } | Message::InputResponse { player, entries },
            ) = message
                && player == self.setup.partner()
            {
                entries.iter().for_each(|(frame, _)| story.received.insert(*frame));
            }
        }
    }
}
