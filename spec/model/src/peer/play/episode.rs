//! EPISODE: the order in which its rules are applied.

use crate::peer::{
    handed::Handed,
    message::Message,
    rules::episode::{current, phase},
    session::Session,
    state::{Ends, Episode, Phase, Start},
};

impl Session {
    /// EPISODE-1, EPISODE-2: the game has reset itself.
    pub(in crate::peer) fn ready(&mut self, hash: [u8; 8]) {
        let rules = self.rules.episode;
        if !(rules.begins)(&self.state) {
            return;
        }
        let number = (rules.number)(&self.state);
        if (rules.empties)(&self.state) {
            self.reset();
        }
        self.state.episodes.previous = current(&self.state).map(|episode| episode.ends);
        let partner_hash = (rules.kept_ready)(&mut self.state);
        let episode = Episode {
            phase: Phase::Waiting,
            hash,
            partner_hash,
            start: None,
            hashes: None,
            readys_answered: 0,
            ends: Ends { number, ..Ends::default() },
            partner_end: None,
            end: None,
            agreed: None,
            alone_at: (rules.alone)(&self.state),
            ready_at: (rules.ready_again)(&self.state, self.state.clock),
            complete_at: None,
            end_at: None,
        };
        self.state.episodes.current = Some((rules.fresh)(&self.state, episode));
        self.send_ready();
        self.start_if_ready();
    }

    fn send_ready(&mut self) {
        let Some(episode) = current(&self.state) else { return };
        let (number, hash) = (episode.ends.number, episode.hash);
        let episode = (self.rules.episode.ready_number)(number);
        self.hand(&Message::EpisodeReady { episode, hash });
    }

    /// EPISODE-2: the READY is repeated.
    pub(in crate::peer) fn repeat_ready(&mut self, due: u64) {
        let again = (self.rules.episode.ready_again)(&self.state, due);
        if let Some(episode) = &mut self.state.episodes.current {
            episode.ready_at = again;
        }
        self.send_ready();
    }

    /// EPISODE-4: the partner has not answered.
    pub(in crate::peer) fn start_alone(&mut self) {
        self.start(Start::Alone);
    }

    fn start_if_ready(&mut self) -> bool {
        let waits = phase(&self.state) == Some(Phase::Waiting);
        let starts = waits && (self.rules.episode.starts)(&self.state);
        if starts {
            self.start(Start::Both);
        }
        starts
    }

    fn start(&mut self, how: Start) {
        let how = (self.rules.episode.started)(&self.state, how);
        let ready_at = (self.rules.episode.ready_after_start)(&self.state);
        let Some(episode) = &mut self.state.episodes.current else { return };
        (episode.phase, episode.start) = (Phase::Playing, Some(how));
        (episode.alone_at, episode.ready_at) = (None, ready_at);
        self.compare_readys();
    }

    /// EPISODE-5
    fn compare_readys(&mut self) {
        let compared = (self.rules.episode.compares)(&self.state);
        if let Some(episode) = &mut self.state.episodes.current
            && episode.hashes.is_none()
        {
            episode.hashes = compared;
        }
    }

    /// EPISODE-3 to EPISODE-6: a READY has arrived.
    pub(in crate::peer) fn hear_ready(&mut self, number: u32, hash: [u8; 8]) {
        let rules = self.rules.episode;
        if !(rules.hears_ready)(&mut self.state, number, hash) {
            return;
        }
        let starts = self.start_if_ready();
        if phase(&self.state) != Some(Phase::Waiting) {
            self.compare_readys();
        }
        if self.is_open() && (rules.answers_ready)(&self.state, starts) {
            if let Some(episode) = &mut self.state.episodes.current {
                episode.readys_answered += 1;
            }
            (0..(rules.ready_copies)(&self.state)).for_each(|_| self.send_ready());
        }
    }

    /// EPISODE-7: the local game has ended.
    pub(in crate::peer) fn ended(&mut self, frame: u32) {
        let rules = self.rules.episode;
        if !(rules.ends)(&self.state) {
            if let Some(number) = (rules.ended_in_vain)(&self.state) {
                self.hand(&(rules.end_message)(frame, number));
            }
            return;
        }
        let end_at = (rules.end_again)(&self.state, self.state.clock);
        let complete_at = (rules.completes_alone)(&self.state);
        let Some(episode) = &mut self.state.episodes.current else { return };
        (episode.phase, episode.ends.own) = (Phase::Ending, Some(frame));
        (episode.end_at, episode.complete_at) = (end_at, complete_at);
        self.send_end();
        self.agree();
    }

    fn send_end(&mut self) {
        let ends = current(&self.state).map(|episode| episode.ends);
        let Some(Ends { own: Some(frame), number, .. }) = ends else { return };
        self.tell_end(frame, number);
    }

    /// Hands an END over, and notes when.
    fn tell_end(&mut self, frame: u32, number: u32) {
        let handed = self.hand(&(self.rules.episode.end_message)(frame, number));
        let clock = self.state.clock;
        if let Some(ends) = self.ends_of(number).filter(|_| handed != Handed::NotOpen) {
            ends.told_at = Some(clock);
        }
    }

    /// What is known of the ENDs of an episode: the current one, or the one before.
    fn ends_of(&mut self, number: u32) -> Option<&mut Ends> {
        let current = self.state.episodes.current.as_mut().map(|episode| &mut episode.ends);
        let mut ends = current.into_iter().chain(self.state.episodes.previous.as_mut());
        ends.find(|ends| ends.number == number)
    }

    /// EPISODE-7: the END is repeated.
    pub(in crate::peer) fn repeat_end(&mut self, due: u64) {
        let again = (self.rules.episode.end_again)(&self.state, due);
        if let Some(episode) = &mut self.state.episodes.current {
            episode.end_at = again;
        }
        self.send_end();
    }

    /// EPISODE-8, EPISODE-14: an END has arrived.
    pub(in crate::peer) fn hear_end(&mut self, frame: u32, number: u32) {
        let rules = self.rules.episode;
        (rules.hears_end)(&mut self.state, frame, number);
        if let Some(own) = (rules.answers_end)(&mut self.state, number)
            && self.is_open()
        {
            if let Some(ends) = self.ends_of(number) {
                ends.answered += 1;
            }
            self.tell_end(own, number);
        }
        self.agree();
    }

    /// EPISODE-9: both ENDs are known.
    fn agree(&mut self) {
        let rules = self.rules.episode;
        let complete_at = (rules.completes_anyway)(&self.state);
        let Some(episode) = &mut self.state.episodes.current else { return };
        let (Some(own), Some(partner)) = (episode.ends.own, episode.partner_end) else { return };
        if episode.end.is_some() || episode.phase != Phase::Ending {
            return;
        }
        let end = (rules.agrees)(own, partner);
        (episode.end, episode.agreed) = (Some(end), Some(true));
        (episode.end_at, episode.complete_at) = (None, complete_at);
        (rules.cuts)(&mut self.state, end);
        self.end_request_without_holes();
        self.complete_if_confirmed();
    }

    /// EPISODE-10
    pub(in crate::peer) fn complete_if_confirmed(&mut self) {
        let agreed = current(&self.state)
            .is_some_and(|episode| episode.phase == Phase::Ending && episode.agreed == Some(true));
        if agreed && (self.rules.episode.is_confirmed)(&self.state) {
            self.complete();
        }
    }

    /// EPISODE-10, EPISODE-11: the episode is over.
    pub(in crate::peer) fn complete(&mut self) {
        let rules = self.rules.episode;
        let agreed_alone = (rules.agreed_alone)(&self.state);
        let Some(episode) = &mut self.state.episodes.current else { return };
        episode.phase = Phase::Complete;
        (episode.complete_at, episode.end_at) = (None, None);
        episode.end = episode.end.or(episode.ends.own);
        episode.agreed = episode.agreed.or(Some(agreed_alone));
        (rules.completes)(&mut self.state);
        (self.rules.catch_up.ends)(&mut self.state);
        if (rules.completion_resets)(&self.state) {
            self.reset_exchange();
        }
    }
}
