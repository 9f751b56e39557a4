//! Where the model and the capture part.

use rollwire_model::exchange::{Datagram, Stimulus, message_or_hex};

use super::batch::Handed;

const MISSING: &str = "a datagram that the rules demand here is missing";
const UNEXPLAINED: &str = "a datagram that the rules do not explain";

/// Where the model and the capture part.
#[derive(Clone, Debug)]
pub(super) enum Parting {
    /// The capture holds something else than the model sends.
    Differs(Box<Difference>),
    /// What the game did cannot be known.
    Unknown,
}

/// What the capture holds instead of what the model sends.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    /// What the model did then.
    pub(super) stimulus: Stimulus,
    /// How many stimuli the model had been given before.
    pub(super) steps: u64,
    /// What its clock showed.
    pub(super) clock: u64,
    /// What the model sent, and what the capture holds in its place.
    pub(super) sent: [Vec<Datagram>; 2],
    /// The first datagram of the model that the capture does not hold here; none if no call sends `found`.
    pub(super) expected: Option<Datagram>,
    /// What the capture holds instead, if anything.
    pub(super) found: Option<Handed>,
}

impl Parting {
    pub(super) fn difference(&self) -> Option<&Difference> {
        match self {
            Self::Differs(difference) => Some(difference),
            Self::Unknown => None,
        }
    }

    /// Whether calls of the game have to do with it.
    pub(super) fn depends_on_calls(&self) -> bool {
        let Some(Difference { expected, found, .. }) = self.difference() else { return true };
        let found = found.as_ref().map(|handed| &handed.datagram);
        let is_of_game = |datagram: &Datagram| {
            let first = datagram.bytes().first().copied();
            matches!(first, Some(0x01 | 0x05 | 0x06 | 0x12 | 0x13 | 0x14))
        };
        [expected.as_ref(), found].into_iter().flatten().any(is_of_game)
    }
}

impl Difference {
    /// What is wrong: the kind, and what it is here.
    pub(super) fn words(&self) -> (&'static str, String) {
        let found = self.found.as_ref().map(|handed| message_or_hex(&handed.datagram));
        match (&self.expected, found) {
            (Some(expected), found) => {
                let found = found.unwrap_or_else(|| "nothing".to_owned());
                let expected = message_or_hex(expected);
                let detail = format!("expected {expected} at {} ms; found {found}", self.clock);
                (MISSING, detail)
            }
            (None, found) => (UNEXPLAINED, found.unwrap_or_default()),
        }
    }
}
