//! What can be observed of a peer, besides its exchange.

use serde::{Deserialize, Serialize};

use super::{
    message::InputEntry,
    state::{Hashes, Phase, Start, State, ValidationPhase},
};

/// The state of a peer after a stimulus. What belongs to a chapter that the peer does not have is as in
/// a new peer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub struct View {
    /// SYNC: the confirmed frame.
    pub confirmed: Option<u32>,
    /// SYNC: the partner's entries beyond it, by frame.
    pub held: Vec<InputEntry>,
    /// LIVE: the newest round trips, the oldest first.
    pub round_trips: Vec<Double>,
    /// VALID: how far the validation is.
    pub validation: ValidationPhase,
    /// EPISODE: the current episode.
    pub episode: Option<EpisodeView>,
    /// CATCHUP: the first and the last frame of the request.
    pub request: Option<(u32, u32)>,
    /// FOCUS: whether the partner's page is shown.
    pub partner: Page,
}

/// The bits of a double; as text 16 lower-case hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(into = "String", try_from = "String")]
pub struct Double(pub u64);

impl From<Double> for String {
    fn from(double: Double) -> Self {
        format!("{:016x}", double.0)
    }
}

impl TryFrom<String> for Double {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let is_plain =
            text.len() == 16 && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
        let bits = u64::from_str_radix(&text, 16).ok().filter(|_| is_plain);
        bits.map(Self).ok_or_else(|| format!("expected 16 lower-case hex digits, found {text:?}"))
    }
}

/// What is observed of an episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct EpisodeView {
    /// Its number.
    pub number: u32,
    /// Its phase.
    pub phase: Phase,
    /// Its end, if it is known.
    pub end: Option<u32>,
    /// Whether the end is agreed.
    pub agreed: Option<bool>,
    /// How it started.
    pub start: Option<Start>,
    /// How the hashes compare.
    pub hashes: Option<Hashes>,
}

/// Whether a page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// It is shown.
    #[default]
    Shown,
    /// It is hidden.
    Hidden,
}

impl View {
    /// Whether it is that of a session which is not one of a peer.
    #[must_use]
    pub fn is_new(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn of(state: &State) -> Self {
        let episode = state.episodes.current.as_ref().map(|episode| EpisodeView {
            number: episode.ends.number,
            phase: episode.phase,
            end: episode.end,
            agreed: episode.agreed,
            start: episode.start,
            hashes: episode.hashes,
        });
        Self {
            confirmed: state.inputs.confirmed,
            held: state.inputs.held.iter().map(|(frame, action)| (*frame, *action)).collect(),
            round_trips: state.liveness.round_trips.iter().copied().map(Double).collect(),
            validation: state.validation.phase,
            episode,
            request: state.request.map(|request| (request.start, request.end)),
            partner: if state.focus.partner { Page::Shown } else { Page::Hidden },
        }
    }
}
