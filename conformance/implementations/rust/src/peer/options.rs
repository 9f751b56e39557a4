//! What a game chooses when it creates a peer.

use core::{error::Error, fmt, ops::RangeInclusive};

use rollwire_codec::Input;

use crate::exchange::HashSends;

/// What a game chooses when it creates a peer.
///
/// ```
/// use rollwire_reference::peer::{Options, Parameters, Peer};
///
/// // The second player, against a deployed partner.
/// let parameters = Parameters { repeats_end: false, ..Parameters::default() };
/// let peer = Peer::new(Options { local: 1, parameters, ..Options::default() })?;
/// assert_eq!(peer.confirmed(), None);
/// # Ok::<(), rollwire_reference::peer::OptionsError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Options {
    /// The player index of the own player, 0 or 1. The partner has the other one.
    pub local: u16,
    /// The frame that both peers begin to count from.
    pub first_frame: u32,
    /// The chapters that the peer has; by default all.
    pub chapters: Chapters,
    /// The numbers that a peer may choose.
    pub parameters: Parameters,
}

/// The chapters that a peer has.
///
/// What belongs to another chapter does not happen: its messages are neither sent nor looked at,
/// its methods do nothing, and what it shows stays as it is at first.
#[expect(clippy::struct_excessive_bools, reason = "any of them can be missing")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Chapters {
    /// SYNC: inputs are sent, received and confirmed.
    pub inputs: bool,
    /// LIVE: round trips are measured.
    pub liveness: bool,
    /// VALID: the channel is proved to work in both directions.
    pub validation: bool,
    /// EPISODE: episodes begin and end at both peers. It needs `inputs`.
    pub episodes: bool,
    /// CATCHUP: holes in the inputs are closed. It needs `inputs`.
    pub catch_up: bool,
    /// FOCUS: each peer knows whether the partner's page is shown.
    pub focus: bool,
    /// EXCH and DETECT: hashes of confirmed states are exchanged and compared.
    pub exchange: bool,
}

/// All chapters.
impl Default for Chapters {
    fn default() -> Self {
        Self {
            inputs: true,
            liveness: true,
            validation: true,
            episodes: true,
            catch_up: true,
            focus: true,
            exchange: true,
        }
    }
}

/// The numbers that a peer may choose, with the defaults of `spec/peer.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Parameters {
    /// The most entries of an INPUT, 1 to 15; by default 10 (SYNC-3).
    pub redundancy: u8,
    /// How many frames beyond the confirmed frame an entry may be, 256 to 4096; by default 4096
    /// (SYNC-9).
    pub ahead: u16,
    /// How many own entries are kept for requests, 1024 to 1,000,000; by default 1024 (CATCHUP-10).
    /// Each takes one byte, and four more until it has been sent.
    pub kept: u32,
    /// Whether a VALIDATION_PING is repeated every 500 ms; by default it is (VALID-2).
    pub repeats_validation: bool,
    /// Whether an EPISODE_END is repeated every 250 ms; by default it is (EPISODE-7). A deployed
    /// partner takes a second one for the end of its next episode.
    pub repeats_end: bool,
    /// How often an INPUT_REQUEST is repeated, 0 to 2; by default 2 (CATCHUP-3).
    pub request_repeats: u8,
    /// Whether the hashes of the exchange last, and how often each own one is sent then; by default
    /// they do not (EXCH-35, EXCH-36).
    /// [`with_lasting_hashes`](crate::exchange::Exchange::with_lasting_hashes) says what it costs.
    pub lasting_hashes: Option<HashSends>,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            redundancy: 10,
            ahead: 4096,
            kept: 1024,
            repeats_validation: true,
            repeats_end: true,
            request_repeats: 2,
            lasting_hashes: None,
        }
    }
}

impl Options {
    /// Looks for a value that a peer cannot have.
    pub(super) fn check(&self) -> Result<(), OptionsError> {
        let Self { local, first_frame: _, chapters, parameters } = *self;
        in_range("local", local.into(), 0..=1)?;
        in_range("redundancy", parameters.redundancy.into(), 1..=most(Input::MAX_ENTRIES))?;
        in_range("ahead", parameters.ahead.into(), 256..=4096)?;
        in_range("kept", parameters.kept, 1024..=1_000_000)?;
        in_range("request_repeats", parameters.request_repeats.into(), 0..=2)?;
        for (chapter, is_chosen) in
            [("episodes", chapters.episodes), ("catch_up", chapters.catch_up)]
        {
            if is_chosen && !chapters.inputs {
                return Err(OptionsError::NeedsInputs { chapter });
            }
        }
        Ok(())
    }
}

/// The codec counts entries in `usize`, but a parameter is a `u32`.
fn most(entries: usize) -> u32 {
    u32::try_from(entries).unwrap_or(u32::MAX)
}

fn in_range(
    name: &'static str,
    found: u32,
    allowed: RangeInclusive<u32>,
) -> Result<(), OptionsError> {
    if allowed.contains(&found) {
        return Ok(());
    }
    Err(OptionsError::Range { name, min: *allowed.start(), max: *allowed.end(), found })
}

/// A value of [`Options`] that a peer cannot have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OptionsError {
    /// A number is too small or too great.
    Range {
        /// The name of its field.
        name: &'static str,
        /// The least that is allowed.
        min: u32,
        /// The most that is allowed.
        max: u32,
        /// What it is.
        found: u32,
    },
    /// A chapter is chosen without `inputs`, which it needs.
    NeedsInputs {
        /// The name of its field.
        chapter: &'static str,
    },
}

impl fmt::Display for OptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Range { name, min, max, found } => {
                write!(f, "expected a `{name}` of {min} to {max}, found {found}")
            }
            Self::NeedsInputs { chapter } => write!(f, "`{chapter}` needs `inputs`"),
        }
    }
}

impl Error for OptionsError {}
