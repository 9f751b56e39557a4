//! What the line of a whole peer holds beside that of an exchange: its stimuli, and what it shows.

use rollwire_model::{
    exchange::{LONGEST_ADVANCE, ReadyHash, Stimulus},
    peer::{Double, EpisodeView, InputEntry, Page, ValidationPhase, View},
};
use serde::Deserialize;

use super::{
    line_fault::LineFault,
    line_list::{Bounded, Empty, given},
};

/// The members of a line that only the log of a peer has.
#[derive(Debug, Deserialize)]
pub(super) struct PeerMembers {
    advance: Option<u32>,
    act: Option<Act>,
    ready: Option<Ready>,
    ended: Option<Ended>,
    catch_up: Option<Empty>,
    focus: Option<Focus>,

    #[serde(default, deserialize_with = "given")]
    confirmed: Option<Option<u32>>,
    held: Option<Bounded<InputEntry>>,
    round_trips: Option<Bounded<Double>>,
    validation: Option<ValidationPhase>,
    #[serde(default, deserialize_with = "given")]
    episode: Option<Option<EpisodeView>>,
    #[serde(default, deserialize_with = "given")]
    request: Option<Option<(u32, u32)>>,
    partner: Option<Page>,
}

#[derive(Debug, Deserialize)]
struct Act {
    frame: u32,
    action: u8,
}

#[derive(Debug, Deserialize)]
struct Ready {
    hash: ReadyHash,
}

#[derive(Debug, Deserialize)]
struct Ended {
    frame: u32,
}

#[derive(Debug, Deserialize)]
struct Focus {
    shown: bool,
    frame: u32,
}

/// What a line shows of a peer: a member that is left out has not changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoggedView {
    confirmed: Option<Option<u32>>,
    held: Option<Vec<InputEntry>>,
    round_trips: Option<Vec<Double>>,
    validation: Option<ValidationPhase>,
    episode: Option<Option<EpisodeView>>,
    request: Option<Option<(u32, u32)>>,
    partner: Option<Page>,
}

impl LoggedView {
    /// Takes over what the line shows.
    pub(super) fn update(&self, view: &mut View) {
        let Self { confirmed, held, round_trips, validation, episode, request, partner } = self;
        view.confirmed = confirmed.unwrap_or(view.confirmed);
        view.validation = validation.unwrap_or(view.validation);
        view.episode = episode.unwrap_or(view.episode);
        view.request = request.unwrap_or(view.request);
        view.partner = partner.unwrap_or(view.partner);
        if let Some(held) = held {
            view.held.clone_from(held);
        }
        if let Some(round_trips) = round_trips {
            view.round_trips.clone_from(round_trips);
        }
    }
}

impl PeerMembers {
    /// The stimuli in the line, and what it shows.
    ///
    /// # Errors
    /// If an advance is too long.
    pub(super) fn read(self) -> Result<([Option<Stimulus>; 6], LoggedView), LineFault> {
        if let Some(long) = self.advance.filter(|it| *it > LONGEST_ADVANCE) {
            return Err(LineFault::Advance(long));
        }
        let by_frame = |Bounded(mut held): Bounded<InputEntry>| {
            held.sort_by_key(|entry| entry.0);
            held
        };
        let stimuli = [
            self.advance.map(Stimulus::Advance),
            self.act.map(|Act { frame, action }| Stimulus::Act { frame, action }),
            self.ready.map(|Ready { hash }| Stimulus::Ready { hash }),
            self.ended.map(|Ended { frame }| Stimulus::Ended { frame }),
            self.catch_up.map(|Empty {}| Stimulus::CatchUp {}),
            self.focus.map(|Focus { shown, frame }| Stimulus::Focus { shown, frame }),
        ];
        let view = LoggedView {
            confirmed: self.confirmed,
            held: self.held.map(by_frame),
            round_trips: self.round_trips.map(|list| list.0),
            validation: self.validation,
            episode: self.episode,
            request: self.request,
            partner: self.partner,
        };
        Ok((stimuli, view))
    }
}
