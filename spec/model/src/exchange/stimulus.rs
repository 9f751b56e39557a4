//! What can happen to an exchange, in the JSON form of the adapter protocol and in that of the
//! chapters.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Capability, hex};

/// One event in the life of an exchange or of a peer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Stimulus {
    /// The game has confirmed a frame.
    Confirm {
        /// The frame.
        frame: u32,
        /// The hash of the state before it.
        hash: StateHash,
    },
    /// The step of the game reaches the point where hashes are sent.
    Tick {},
    /// A datagram has arrived. It can contain any bytes.
    Recv(Datagram),
    /// A rollback begins or ends.
    Rollback(Rollback),
    /// The episode ends.
    Reset {},
    /// The channel has opened or closed.
    Channel(ChannelState),
    /// How the channel answers the following sends.
    Sends(Sends),
    /// The clock of a peer moves by this many milliseconds.
    Advance(u32),
    /// The local player has acted.
    Act {
        /// The frame.
        frame: u32,
        /// The action.
        action: u8,
    },
    /// The game of a peer has reset itself for the next episode.
    Ready {
        /// The hash of its state.
        hash: ReadyHash,
    },
    /// The local game has ended.
    Ended {
        /// The first frame that is not part of the episode.
        frame: u32,
    },
    /// The game wants to have its missing inputs.
    CatchUp {},
    /// The own page is shown or hidden.
    Focus {
        /// Whether it is shown.
        shown: bool,
        /// The frame of the game.
        frame: u32,
    },
}

/// The longest advance, in milliseconds.
pub const LONGEST_ADVANCE: u32 = 3_600_000;

impl Stimulus {
    /// The game's step.
    pub const TICK: Self = Self::Tick {};
    /// The end of an episode.
    pub const RESET: Self = Self::Reset {};
    /// The end of a rollback.
    pub const END: Self = Self::Rollback(Rollback::End);

    /// The capability without which the stimulus means nothing; none if every session takes it.
    #[must_use]
    pub const fn capability(&self) -> Option<Capability> {
        match self {
            Self::Confirm { .. } | Self::Tick {} | Self::Rollback(_) => Some(Capability::Exchange),
            Self::Act { .. } => Some(Capability::Inputs),
            Self::Ready { .. } | Self::Ended { .. } => Some(Capability::Episodes),
            Self::CatchUp {} => Some(Capability::CatchUp),
            Self::Focus { .. } => Some(Capability::Focus),
            Self::Recv(_)
            | Self::Reset {}
            | Self::Channel(_)
            | Self::Sends(_)
            | Self::Advance(_) => None,
        }
    }

    /// The beginning of a rollback.
    #[must_use]
    pub fn begin(target: u32) -> Self {
        Self::Rollback(Rollback::Begin(target))
    }

    /// The arrival of a `STATE_HASH` of the peer.
    #[must_use]
    pub fn peer(frame: u32, hash: StateHash) -> Self {
        Self::Recv(Datagram::state_hash(frame, hash))
    }
}

/// The beginning or the end of a rollback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Rollback {
    /// A rollback to this frame begins.
    Begin(u32),
    /// The rollback ends.
    End,
}

/// Whether the channel is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelState {
    /// The channel is open.
    Open,
    /// The channel is closed.
    Closed,
}

/// The next answers of the channel: it accepts some sends, refuses some, and accepts all later ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Sends {
    /// How many sends it accepts first.
    pub accept: u16,
    /// How many sends it refuses after those.
    pub refuse: Refusals,
    /// In which way it refuses.
    pub how: How,
    /// Which datagrams count; all others are accepted.
    #[serde(default, skip_serializing_if = "Types::is_state_hash")]
    pub types: Types,
}

/// A set of first bytes of datagrams, from 0 to 31; by default that of STATE_HASH alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(into = "Vec<u8>", try_from = "Vec<u8>")]
pub struct Types(u32);

impl Types {
    /// STATE_HASH alone.
    pub const STATE_HASH: Self = Self(1 << 0x07);

    /// Datagrams with these first bytes; none if one is above 31.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let bit = |byte: &u8| 1_u32.checked_shl(u32::from(*byte));
        bytes.iter().try_fold(0, |set, byte| Some(set | bit(byte)?)).map(Self)
    }

    /// Whether a datagram counts.
    #[must_use]
    pub fn has(self, datagram: &Datagram) -> bool {
        let first = datagram.bytes().first();
        first
            .and_then(|byte| 1_u32.checked_shl(u32::from(*byte)))
            .is_some_and(|bit| self.0 & bit > 0)
    }

    fn is_state_hash(&self) -> bool {
        *self == Self::STATE_HASH
    }
}

impl Default for Types {
    fn default() -> Self {
        Self::STATE_HASH
    }
}

impl From<Types> for Vec<u8> {
    fn from(types: Types) -> Self {
        (0..32).filter(|byte| types.0 & (1 << byte) > 0).collect()
    }
}

impl TryFrom<Vec<u8>> for Types {
    type Error = &'static str;

    fn try_from(bytes: Vec<u8>) -> Result<Self, &'static str> {
        Self::of(&bytes).ok_or("expected first bytes of datagrams from 0 to 31")
    }
}

/// A number of refusals, or all later sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Refusals {
    /// This many refusals.
    Count(u16),
    /// All later sends are refused.
    All(All),
}

impl Refusals {
    /// All later sends are refused.
    pub const ALL: Self = Self::All(All::All);
}

/// The word `all`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum All {
    /// All later sends.
    All,
}

/// How a send is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// It returns false.
    False,
    /// It throws an error.
    Throw,
}

/// Bytes as plain hex.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(into = "String", try_from = "String")]
pub struct Datagram(Vec<u8>);

impl Datagram {
    /// These bytes.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// A `STATE_HASH`, byte by byte (STATE_HASH-1 to STATE_HASH-3).
    #[must_use]
    pub fn state_hash(frame: u32, hash: StateHash) -> Self {
        Self([&[0x07][..], &frame.to_be_bytes(), &hash.0].concat())
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Frame and hash, if these bytes are a `STATE_HASH`.
    #[must_use]
    pub fn entry(&self) -> Option<(u32, StateHash)> {
        let [0x07, rest @ ..] = self.bytes() else { return None };
        let (frame, hash) = rest.split_first_chunk::<4>()?;
        Some((u32::from_be_bytes(*frame), StateHash(hash.try_into().ok()?)))
    }
}

impl fmt::Display for Datagram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::plain(&self.0))
    }
}

impl From<Datagram> for String {
    fn from(datagram: Datagram) -> Self {
        datagram.to_string()
    }
}

impl TryFrom<String> for Datagram {
    type Error = hex::HexError;

    fn try_from(text: String) -> Result<Self, hex::HexError> {
        hex::parse(&text).map(Self)
    }
}

/// The eight bytes of a hash; as text 16 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(into = "String", try_from = "String")]
pub struct StateHash(pub [u8; 8]);

impl fmt::Display for StateHash {
    /// Sixteen digits; two with `{:#}` if all eight bytes are the same.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = f.alternate() && self.0.iter().all(|byte| *byte == self.0[0]);
        f.write_str(&hex::plain(if short { &self.0[..1] } else { &self.0 }))
    }
}

impl fmt::Debug for StateHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:#}")
    }
}

impl From<StateHash> for String {
    fn from(hash: StateHash) -> Self {
        hash.to_string()
    }
}

/// The hash of a READY: 8 lower-case hex digits, kept as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(into = "String", try_from = "String")]
pub struct ReadyHash(pub [u8; 8]);

impl fmt::Display for ReadyHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| write!(f, "{}", char::from(*digit)))
    }
}

impl From<ReadyHash> for String {
    fn from(hash: ReadyHash) -> Self {
        hash.to_string()
    }
}

impl TryFrom<String> for ReadyHash {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let lower = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let bytes = text.as_bytes().try_into().ok().filter(|_| lower);
        bytes.map(Self).ok_or_else(|| format!("expected 8 lower-case hex digits, found {text:?}"))
    }
}

/// Text that is not a hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAHash(String);

impl fmt::Display for NotAHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected 16 lower-case hex digits, found {:?}", self.0)
    }
}

impl std::error::Error for NotAHash {}

impl TryFrom<String> for StateHash {
    type Error = NotAHash;

    fn try_from(text: String) -> Result<Self, NotAHash> {
        let lower = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let bytes = hex::parse(&text).ok().filter(|_| lower);
        let hash = bytes.and_then(|bytes| bytes.try_into().ok());
        hash.map(Self).ok_or(NotAHash(text))
    }
}

impl FromStr for StateHash {
    type Err = NotAHash;

    /// Sixteen digits, or two that stand for eight equal bytes.
    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let whole = if text.len() == 2 { text.repeat(8) } else { text.to_owned() };
        Self::try_from(whole).map_err(|_| NotAHash(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_that_of_the_adapter_protocol() {
        for json in [
            r#"{"confirm":{"frame":5,"hash":"0123456789abcdef"}}"#,
            r#"{"tick":{}}"#,
            r#"{"recv":"07"}"#,
            r#"{"rollback":{"begin":4294967295}}"#,
            r#"{"rollback":"end"}"#,
            r#"{"reset":{}}"#,
            r#"{"channel":"open"}"#,
            r#"{"channel":"closed"}"#,
            r#"{"sends":{"accept":1,"refuse":2,"how":"false"}}"#,
            r#"{"sends":{"accept":0,"refuse":"all","how":"throw"}}"#,
            r#"{"sends":{"accept":0,"refuse":"all","how":"throw","types":[1,20]}}"#,
            r#"{"advance":3600000}"#,
            r#"{"act":{"frame":4294967295,"action":255}}"#,
            r#"{"ready":{"hash":"0123abcd"}}"#,
            r#"{"ended":{"frame":450}}"#,
            r#"{"catch_up":{}}"#,
            r#"{"focus":{"shown":false,"frame":5}}"#,
        ] {
            let stimulus: Stimulus =
                serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"));
            assert_eq!(serde_json::to_string(&stimulus).expect("JSON"), json);
            assert_eq!(stimulus.to_string().parse(), Ok(stimulus.clone()), "{stimulus}");
        }
        for json in [
            r#"{"confirm":{"frame":4294967296,"hash":"0123456789abcdef"}}"#,
            r#"{"confirm":{"frame":5,"hash":"0123456789ABCDEF"}}"#,
            r#"{"confirm":{"frame":5,"hash":"aa"}}"#,
            r#"{"confirm":{"frame":5}}"#,
            r#"{"tick":{},"reset":{}}"#,
            r#"{"recv":"0"}"#,
            r#"{"rollback":"begin"}"#,
            r#"{"sends":{"accept":0,"refuse":"none","how":"throw"}}"#,
            r#"{"sends":{"accept":0,"refuse":"all","how":"throw","types":[32]}}"#,
            r#"{"act":{"frame":5,"action":256}}"#,
            r#"{"ready":{"hash":"0123ABCD"}}"#,
            r#"{"ready":{"hash":"0123abc"}}"#,
            r#"{"focus":{"shown":1,"frame":5}}"#,
        ] {
            assert!(serde_json::from_str::<Stimulus>(json).is_err(), "{json}");
        }
    }
}
