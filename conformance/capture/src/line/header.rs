//! The header of a capture.

use super::{
    fault::{LineFault, VERSION},
    setup::PeerSetup,
};

/// The longest name of a side and of a tap, in characters.
const LONGEST_PEER: usize = 200;
const LONGEST_TAP: usize = 40;

/// How a capture begins: who recorded it, and how to read it (`spec/capture.md`, The header).
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// A name for the own side; empty if it has none.
    pub peer: String,
    /// The protocol revision, 1 to 7.
    pub revision: u8,
    /// The time of day at which `at` is 0, in milliseconds since 1970.
    pub origin: Option<f64>,
    /// How many of the newest entries an INPUT of the own side has at most (SYNC-3), if that is known.
    pub redundancy: Option<u8>,
    /// What the peer of the own side was created with, if the times are those of its clock.
    pub setup: Option<PeerSetup>,
    /// The name of the tap; empty if only one writes to the file.
    pub tap: String,
}

impl Header {
    pub(super) fn new(
        (version, revision): (u64, Option<u64>),
        (peer, tap): (Option<&str>, &str),
        origin: Option<f64>,
        (redundancy, setup): (Option<u64>, Option<PeerSetup>),
    ) -> Result<Self, LineFault> {
        if version != VERSION {
            return Err(LineFault::Version(version));
        }
        let latest = rollwire_model::Layout::builtin().revision;
        let revision = revision.unwrap_or_else(|| latest.into());
        let known = u8::try_from(revision).ok().filter(|it| (1..=latest).contains(it));
        let revision = known.ok_or(LineFault::Revision(revision))?;
        if setup.is_some() && revision != latest {
            return Err(LineFault::SetupRevision(revision));
        }
        let redundancy = match redundancy {
            None => None,
            Some(number) => match u8::try_from(number) {
                Ok(number @ 1..=15) => Some(number),
                _ => return Err(LineFault::Redundancy(number)),
            },
        };
        let redundancy = setup.map(|setup| setup.parameters.redundancy).or(redundancy);
        let peer = peer.unwrap_or_default();
        for (name, text, most) in [("peer", peer, LONGEST_PEER), ("tap", tap, LONGEST_TAP)] {
            if text.chars().nth(most).is_some() {
                return Err(LineFault::LongName(name, most));
            }
        }
        Ok(Self { peer: peer.to_owned(), revision, origin, redundancy, setup, tap: tap.to_owned() })
    }
}
