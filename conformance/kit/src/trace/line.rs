//! One line of a trace: a header, or a stimulus and what was seen of it (`spec/trace.md`).

use std::{fmt, marker::PhantomData};

use rollwire_model::{
    Layout,
    exchange::{ChannelState, Datagram, Entry, Mismatch, Rollback, Sends, StateHash, Stimulus},
};
use serde::{
    Deserialize, Deserializer,
    de::{Error, SeqAccess, Visitor},
};

use crate::{
    check::scenario::visible::Visible,
    protocol::{Capability, MAX_LINE},
    text::shorten,
};

/// The version of the format that is read.
pub const VERSION: u64 = 1;

/// The revisions that have an exchange: from the one that added it to the latest.
fn revisions() -> std::ops::RangeInclusive<u8> {
    Capability::Exchange.since()..=Layout::builtin().revision
}

/// The longest list of a line. None that is right comes near it: see [`super::QUEUE`].
const LONGEST: usize = 65_536;

/// What a line of a trace says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A session begins.
    Header(Header),
    /// Something happened.
    Step(Step),
}

/// How a session is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The protocol revision.
    pub revision: u8,
    /// The members of observations that the lines show.
    pub shown: Visible,
}

/// A stimulus and what was seen of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What happened.
    pub stimulus: Stimulus,
    /// What followed.
    pub seen: Seen,
}

/// An observation as it is logged: what is left out has not changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The `STATE_HASH`es that the channel accepted, in order.
    pub sent: Vec<Datagram>,
    /// Which of the sends were refused, counted from 0.
    pub refused: Vec<u32>,
    /// The outbound queue.
    pub queue: Option<Vec<Entry>>,
    /// The inbound map, by frame.
    pub map: Option<Vec<Entry>>,
    /// The local history, by frame.
    pub history: Option<Vec<Entry>>,
    /// The verified frame, or none.
    pub verified: Option<Option<u32>>,
    /// The mismatches that the stimulus added.
    pub found: Vec<Mismatch>,
    /// All mismatches since the last reset.
    pub events: Option<Vec<Mismatch>>,
}

/// Why some bytes are no line of a trace.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Longer than the adapter protocol allows.
    #[error("is longer than {MAX_LINE} bytes")]
    TooLong,
    /// No text.
    #[error("is not UTF-8")]
    NotText,
    /// Something else than an object.
    #[error("is not a JSON object")]
    NoObject,
    /// No JSON, or a member holds something that it cannot hold.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// A header of another version.
    #[error("names version {0} of the format; this rollwire reads version {VERSION}")]
    Version(u64),
    /// A header of a revision without an exchange, or of none.
    #[error("names revision {0}; revisions with an exchange are {first} to {last}", first = revisions().start(), last = revisions().end())]
    Revision(u8),
    /// A header with a capability that nobody has.
    #[error("names the capability `{0}`, which does not exist")]
    Capability(String),
    /// A header that does not declare the exchange.
    #[error("does not declare the capability `exchange`")]
    NoExchange,
    /// No stimulus.
    #[error("holds no stimulus")]
    NoStimulus,
    /// More than one.
    #[error("holds {0} stimuli; expected one")]
    Stimuli(usize),
}

/// The members of any line. Others are passed over: a game may log its clock beside them.
#[derive(Debug, Deserialize)]
struct Members {
    trace: Option<u64>,
    revision: Option<u8>,
    #[serde(default)]
    capabilities: Bounded<String>,

    confirm: Option<Confirm>,
    tick: Option<Nothing>,
    recv: Option<Datagram>,
    rollback: Option<Rollback>,
    reset: Option<Nothing>,
    channel: Option<ChannelState>,
    sends: Option<Sends>,

    #[serde(default)]
    sent: Bounded<Datagram>,
    #[serde(default)]
    refused: Bounded<u32>,
    queue: Option<Bounded<Entry>>,
    map: Option<Bounded<Entry>>,
    history: Option<Bounded<Entry>>,
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

/// `{}`, as the value of a stimulus that says nothing but its name.
#[derive(Debug, Deserialize)]
struct Nothing {}

/// Tells `null` from a member that is left out.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<u32>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A list that does not grow without bound, whatever a line holds.
#[derive(Debug)]
struct Bounded<T>(Vec<T>);

impl<T> Default for Bounded<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Bounded<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for List<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
                let mut elements = Vec::new();
                while let Some(element) = list.next_element()? {
                    if elements.len() == LONGEST {
                        let text = format!("a list has more than {LONGEST} elements");
                        return Err(A::Error::custom(text));
                    }
                    elements.push(element);
                }
                Ok(elements)
            }
        }

        deserializer.deserialize_seq(List(PhantomData)).map(Self)
    }
}

impl Line {
    /// Reads a line without its end.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        if bytes.len() > MAX_LINE {
            return Err(Fault::TooLong);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Fault::NotText)?;
        // A structure is read from a list of its members too.
        if !text.trim_start().starts_with('{') {
            return Err(Fault::NoObject);
        }
        let members: Members = serde_json::from_str(text).map_err(|error| {
            let error = error.to_string().replace("at line 1 column", "at column");
            Fault::Unreadable(shorten(&error))
        })?;
        match members.trace {
            Some(version) => members.header(version).map(Self::Header),
            None => members.step().map(Self::Step),
        }
    }
}

impl Members {
    fn header(self, version: u64) -> Result<Header, Fault> {
        if version != VERSION {
            return Err(Fault::Version(version));
        }
        let revision = self.revision.unwrap_or(*revisions().end());
        if !revisions().contains(&revision) {
            return Err(Fault::Revision(revision));
        }
        let mut declared = Vec::new();
        for name in &self.capabilities.0 {
            let known = Capability::ALL.into_iter().find(|it| it.as_str() == name);
            declared.push(known.ok_or_else(|| Fault::Capability(shorten(name)))?);
        }
        if !declared.contains(&Capability::Exchange) {
            return Err(Fault::NoExchange);
        }
        let shown = Visible {
            inspect: declared.contains(&Capability::Inspect),
            detect: declared.contains(&Capability::Detect),
        };
        Ok(Header { revision, shown })
    }

    fn step(self) -> Result<Step, Fault> {
        let confirm = self.confirm.map(|Confirm { frame, hash }| Stimulus::Confirm { frame, hash });
        let mut stimuli = [
            confirm,
            self.tick.map(|Nothing {}| Stimulus::TICK),
            self.recv.map(Stimulus::Recv),
            self.rollback.map(Stimulus::Rollback),
            self.reset.map(|Nothing {}| Stimulus::RESET),
            self.channel.map(Stimulus::Channel),
            self.sends.map(Stimulus::Sends),
        ];
        let mut found = stimuli.iter_mut().filter_map(Option::take);
        let stimulus = found.next().ok_or(Fault::NoStimulus)?;
        let more = found.count();
        if more > 0 {
            return Err(Fault::Stimuli(more + 1));
        }
        let mut sent = self.sent.0;
        // A full peer sends other messages too, which are not judged.
        sent.retain(|datagram| datagram.bytes().first() == Some(&0x07));
        let seen = Seen {
            sent,
            refused: self.refused.0,
            queue: self.queue.map(|list| list.0),
            map: self.map.map(by_frame),
            history: self.history.map(by_frame),
            verified: self.verified,
            found: self.found.0,
            events: self.events.map(|list| list.0),
        };
        Ok(Step { stimulus, seen })
    }
}

fn by_frame(Bounded(mut entries): Bounded<Entry>) -> Vec<Entry> {
    entries.sort_by_key(|entry| entry.0);
    entries
}
