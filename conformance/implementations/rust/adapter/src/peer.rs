//! What is seen of a peer after each stimulus, in addition to its exchange.

use rollwire_codec::InputEntry;
use rollwire_reference::peer::{Episode, Hashes, Peer, Phase, Start, ValidationState};
use serde::Serialize;

/// The state of a peer. The members are those of the answer.
#[derive(Serialize)]
pub(crate) struct PeerState {
    confirmed: Option<u32>,
    held: Vec<(u32, u8)>,
    /// The bits of each double as hex.
    round_trips: Vec<String>,
    validation: &'static str,
    episode: Option<EpisodeState>,
    request: Option<(u32, u32)>,
    partner: &'static str,
}

#[derive(Serialize)]
struct EpisodeState {
    number: u32,
    phase: &'static str,
    end: Option<u32>,
    agreed: Option<bool>,
    start: Option<&'static str>,
    hashes: Option<&'static str>,
}

impl PeerState {
    pub(crate) fn of(peer: &Peer) -> Self {
        Self {
            confirmed: peer.confirmed(),
            held: peer.held().map(|InputEntry { frame, action }| (frame, action)).collect(),
            round_trips: peer.round_trips().map(|it| format!("{:016x}", it.to_bits())).collect(),
            validation: match peer.validation() {
                ValidationState::Idle => "idle",
                ValidationState::Validating => "validating",
                ValidationState::Validated => "validated",
                ValidationState::Failed => "failed",
            },
            episode: peer.episode().map(EpisodeState::from),
            request: peer.request().map(|it| (it.start(), it.end())),
            partner: if peer.is_partner_shown() { "shown" } else { "hidden" },
        }
    }
}

impl From<Episode> for EpisodeState {
    fn from(episode: Episode) -> Self {
        Self {
            number: episode.number,
            phase: match episode.phase {
                Phase::Waiting => "waiting",
                Phase::Playing => "playing",
                Phase::Ending => "ending",
                Phase::Complete => "complete",
            },
            end: episode.end.map(|it| it.frame),
            agreed: episode.end.map(|it| it.agreed),
            start: episode.start.map(|it| match it {
                Start::Both => "both",
                Start::Alone => "alone",
            }),
            hashes: episode.hashes.map(|it| match it {
                Hashes::Equal => "equal",
                Hashes::Different => "different",
            }),
        }
    }
}
