//! Comments of packets that say what happened on the channel.

use std::fmt;

use rollwire_conformance::text::sanitize;

use crate::line::What;

const OPENED: &str = "the channel opened";
const CLOSED: &str = "the channel closed";
const ERROR: &str = "error: ";
const ONE_MISSING: &str = "1 record is missing";
const MISSING: &str = " records are missing";
const PERHAPS_MISSING: &str = "records may be missing";
const REFUSED: &str = "refused by the channel";
const TEXT: &str = "a text frame";

/// A comment that says what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    /// Something else than a datagram, before the packet.
    Event(What),
    /// The channel refused the packet.
    Refused,
    /// The packet is a text frame.
    Text,
}

impl Remark {
    /// What a comment says; nothing if it says something else.
    pub(super) fn read(comment: &str) -> Option<Self> {
        Some(match comment {
            OPENED => Self::Event(What::Opened),
            CLOSED => Self::Event(What::Closed),
            ONE_MISSING => Self::Event(What::Missing(1)),
            PERHAPS_MISSING => Self::Event(What::Missing(0)),
            REFUSED => Self::Refused,
            TEXT => Self::Text,
            _ => {
                if let Some(text) = comment.strip_prefix(ERROR) {
                    return Some(Self::Event(What::Error(text.to_owned())));
                }
                let count = comment.strip_suffix(MISSING)?.parse().ok()?;
                Self::Event(What::Missing(count))
            }
        })
    }
}

impl fmt::Display for Remark {
    /// The comment. A datagram has none.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Refused => REFUSED,
            Self::Text => TEXT,
            Self::Event(What::Opened) => OPENED,
            Self::Event(What::Closed) => CLOSED,
            Self::Event(What::Missing(0)) => PERHAPS_MISSING,
            Self::Event(What::Missing(1)) => ONE_MISSING,
            Self::Event(What::Missing(count)) => return write!(formatter, "{count}{MISSING}"),
            Self::Event(What::Error(text)) => {
                return write!(formatter, "{ERROR}{}", sanitize(text));
            }
            Self::Event(What::Sent(_) | What::Refused(_) | What::Received(_)) => "",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Remark, What};

    #[test]
    fn what_is_written_is_read_again() {
        let events = [What::Opened, What::Closed, What::Error("it broke: twice".to_owned())];
        let missing = [0, 1, 2, u64::MAX].map(What::Missing);
        let events = events.into_iter().chain(missing).map(Remark::Event);
        for remark in events.chain([Remark::Refused, Remark::Text]) {
            assert_eq!(Remark::read(&remark.to_string()), Some(remark));
        }
        for other in
            ["", "opened", "LIVE-5: an answer", "x records are missing", "-1 records are missing"]
        {
            assert_eq!(Remark::read(other), None, "{other}");
        }
    }
}
