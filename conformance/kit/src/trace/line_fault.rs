//! Why some bytes are not a line of a log.

use rollwire_model::{Capability, Layout};

use crate::{protocol::MAX_LINE, text::NotText};

/// The version of the format that is read.
pub const VERSION: u64 = 1;

/// The revisions that have an exchange: from the one that added it to the latest.
pub(super) fn revisions() -> std::ops::RangeInclusive<u8> {
    Capability::Exchange.since()..=Layout::builtin().revision
}

/// Why some bytes are not a line of a log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// It is longer than the adapter protocol allows.
    #[error("is longer than {MAX_LINE} bytes")]
    TooLong,
    /// It is not text.
    #[error(transparent)]
    NotText(#[from] NotText),
    /// It is not an object.
    #[error("is not a JSON object")]
    NotObject,
    /// It is not JSON, or a member has a wrong type or value.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// It is a header of another version.
    #[error("names version {0} of the format; this rollwire reads version {VERSION}")]
    Version(u64),
    /// It is a header of a revision that does not exist or has no exchange.
    #[error("names revision {0}; revisions with an exchange are {first} to {last}", first = revisions().start(), last = revisions().end())]
    Revision(u8),
    /// It is a header with an unknown capability.
    #[error("names the capability `{0}`, which does not exist")]
    Capability(String),
    /// It is a header that does not declare the exchange.
    #[error("does not declare the capability `exchange`")]
    NoExchange,
    /// It is a header of an exchange whose hashes last, which has other rules.
    #[error("declares `lasting-hashes`; the log of such an exchange cannot be judged yet")]
    Lasting,
    /// It is a header of a peer with another revision.
    #[error("names revision {0}; a whole peer has revision {last}", last = revisions().end())]
    RevisionOfPeer(u8),
    /// It is a header of a peer whose player index does not exist.
    #[error("names the player index {0}; a peer is 0 or 1")]
    Local(u8),
    /// It is a header of a peer without any chapter.
    #[error("declares no chapter of a peer, such as `inputs`")]
    NoChapter,
    /// It is a header with a capability without another one that it needs.
    #[error("declares `{0}`, which needs `{1}`")]
    Needs(Capability, Capability),
    /// It is a header with an unknown parameter.
    #[error("names the parameter `{0}`, which does not exist")]
    Parameter(String),
    /// It is a header with a parameter that is not in its range.
    #[error("gives `{0}` a value that is not {1}")]
    ParameterRange(&'static str, &'static str),
    /// It is a header of a peer that keeps more than can be tracked.
    #[error("gives `kept` a value above 65536, which is more than a log may have")]
    Kept,
    /// It is an advance of more than an hour.
    #[error("advances by {0} ms; a line advances by at most 3600000")]
    Advance(u32),
    /// It has no stimulus.
    #[error("holds no stimulus")]
    NoStimulus,
    /// It has more than one stimulus.
    #[error("holds {0} stimuli; expected one")]
    Stimuli(usize),
}
