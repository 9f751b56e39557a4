//! One line of a log: a header, or a stimulus and its observation (`spec/trace.md`).

use std::{borrow::Cow, fmt, marker::PhantomData};

use rollwire_model::{
    Layout,
    exchange::{ChannelState, Datagram, Entry, Mismatch, Rollback, Sends, StateHash, Stimulus},
};
use serde::{
    Deserialize, Deserializer,
    de::{Error, SeqAccess, Visitor},
};

use super::{bounds::HISTORY_SHOWN, header::HeaderMembers, peer_line::PeerMembers};
pub use super::{
    header::{Header, LoggedPeer},
    peer_line::LoggedView,
};
use crate::{
    protocol::{Capability, MAX_LINE, json::with_exact_integers},
    text::{NotText, shorten, utf8},
};

/// The version of the format that is read.
pub const VERSION: u64 = 1;

/// The revisions that have an exchange: from the one that added it to the latest.
pub(super) fn revisions() -> std::ops::RangeInclusive<u8> {
    Capability::Exchange.since()..=Layout::builtin().revision
}

/// The longest list of a line. The lists of a right session are much shorter: see
/// [`QUEUE`](super::bounds::QUEUE).
const LONGEST: usize = 65_536;

/// A line of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A session begins.
    Header(Header),
    /// A stimulus and its observation.
    Step(Step),
}

/// A stimulus and its observation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The stimulus.
    pub stimulus: Stimulus,
    /// What was observed after it.
    pub observation: LoggedObservation,
}

/// An observation as it is logged: a member that is left out has not changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoggedObservation {
    /// The datagrams that the channel accepted, in order.
    pub sent: Vec<Datagram>,
    /// Which of the sends were refused, counted from 0.
    pub refused: Vec<u32>,
    /// The outbound queue.
    pub queue: Option<Vec<Entry>>,
    /// The inbound map, by frame.
    pub map: Option<Vec<Entry>>,
    /// The local history, by frame.
    pub history: Option<Vec<Entry>>,
    /// The verified frame, or `None` for `null`.
    pub verified: Option<Option<u32>>,
    /// The mismatches that the stimulus added.
    pub found: Vec<Mismatch>,
    /// All mismatches since the last reset.
    pub events: Option<Vec<Mismatch>>,
    /// What a peer shows besides.
    pub peer: LoggedView,
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

/// The members of any line. Unknown members are ignored: a game may log further data, such as its clock.
#[derive(Debug, Deserialize)]
struct Members {
    trace: Option<u64>,

    confirm: Option<Confirm>,
    tick: Option<Empty>,
    recv: Option<Datagram>,
    rollback: Option<Rollback>,
    reset: Option<Empty>,
    channel: Option<ChannelState>,
    sends: Option<Sends>,

    #[serde(default)]
    sent: Bounded<Datagram>,
    #[serde(default)]
    refused: Bounded<u32>,
    queue: Option<Bounded<Entry>>,
    map: Option<Bounded<Entry>>,
    history: Option<Bounded<Entry, HISTORY_SHOWN>>,
    #[serde(default, deserialize_with = "given")]
    verified: Option<Option<u32>>,
    #[serde(default)]
    found: Bounded<Mismatch>,
    events: Option<Bounded<Mismatch>>,
}

#[derive(Debug, Deserialize)]
struct Confirm {
    frame: u32,
    hash: StateHash,
}

/// `{}`, the value of a stimulus without parameters.
#[derive(Debug, Deserialize)]
pub(super) struct Empty {}

/// Distinguishes `null` from a member that is left out.
pub(super) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A list whose length is bounded, because a line may be hostile.
#[derive(Debug)]
pub(super) struct Bounded<T, const MOST: usize = LONGEST>(pub(super) Vec<T>);

impl<T, const MOST: usize> Default for Bounded<T, MOST> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for Bounded<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<T, const MOST: usize>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for List<T, MOST> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
                let mut elements = Vec::new();
                while let Some(element) = list.next_element()? {
                    if elements.len() == MOST {
                        let text = format!("a list has more than {MOST} elements");
                        return Err(A::Error::custom(text));
                    }
                    elements.push(element);
                }
                Ok(elements)
            }
        }

        deserializer.deserialize_seq(List::<T, MOST>(PhantomData)).map(Self)
    }
}

impl Line {
    /// Reads a line without its end, in the session of an exchange or of a peer.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn read(bytes: &[u8], is_of_peer: bool) -> Result<Self, LineFault> {
        if bytes.len() > MAX_LINE {
            return Err(LineFault::TooLong);
        }
        let text = utf8(bytes)?;
        // serde would also read a structure from an array of its members.
        if !text.trim_start().starts_with('{') {
            return Err(LineFault::NotObject);
        }
        let members = parsed::<Members>(text)?;
        if members.trace.is_some() {
            return parsed::<HeaderMembers>(text)?.read().map(Self::Header);
        }
        // In the log of an exchange, a game may use the names of a peer for its own data.
        let of_peer = if is_of_peer { parsed(text)? } else { PeerMembers::default() };
        members.step(of_peer).map(Self::Step)
    }
}

fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, LineFault> {
    let members = serde_json::from_str(text).or_else(|error| {
        // Some languages write 15 as 15.0.
        match with_exact_integers(text) {
            Ok(Cow::Owned(text)) => serde_json::from_str(&text),
            _ => Err(error),
        }
    });
    members.map_err(|error| {
        let error = error.to_string().replace("at line 1 column", "at column");
        LineFault::Unreadable(shorten(&error))
    })
}

impl Members {
    fn step(self, of_peer: PeerMembers) -> Result<Step, LineFault> {
        let (stimuli_of_peer, peer) = of_peer.read()?;
        let confirm = self.confirm.map(|Confirm { frame, hash }| Stimulus::Confirm { frame, hash });
        let stimuli = [
            confirm,
            self.tick.map(|Empty {}| Stimulus::TICK),
            self.recv.map(Stimulus::Recv),
            self.rollback.map(Stimulus::Rollback),
            self.reset.map(|Empty {}| Stimulus::RESET),
            self.channel.map(Stimulus::Channel),
            self.sends.map(Stimulus::Sends),
        ];
        let mut found = stimuli.into_iter().chain(stimuli_of_peer).flatten();
        let stimulus = found.next().ok_or(LineFault::NoStimulus)?;
        let more = found.count();
        if more > 0 {
            return Err(LineFault::Stimuli(more + 1));
        }
        let observation = LoggedObservation {
            sent: self.sent.0,
            refused: self.refused.0,
            queue: self.queue.map(|list| list.0),
            map: self.map.map(by_frame),
            history: self.history.map(by_frame),
            verified: self.verified,
            found: self.found.0,
            events: self.events.map(|list| list.0),
            peer,
        };
        Ok(Step { stimulus, observation })
    }
}

fn by_frame<const MOST: usize>(Bounded(mut entries): Bounded<Entry, MOST>) -> Vec<Entry> {
    entries.sort_by_key(|entry| entry.0);
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_far_beyond_its_bound_is_malformed() {
        let line = |length: usize| {
            let entries: Vec<(usize, &str)> =
                (0..length).map(|frame| (frame, "aaaaaaaaaaaaaaaa")).collect();
            let entries = serde_json::to_string(&entries).unwrap();
            Line::read(format!(r#"{{"tick":{{}},"history":{entries}}}"#).as_bytes(), false)
        };
        // A history without a bound is a violation before that, and reported as such.
        assert!(line(HISTORY_SHOWN).is_ok());
        let fault = line(HISTORY_SHOWN + 1).unwrap_err().to_string();
        assert!(fault.contains("a list has more than 4096 elements"), "{fault}");
    }
}
