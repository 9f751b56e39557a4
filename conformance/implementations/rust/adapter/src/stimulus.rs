//! The stimuli of a `step`: what happens to an exchange or a peer, and to its channel.

use rollwire_codec::{Digest, HashText, MessageType};
use rollwire_reference::peer::Peer;
use serde_json::Value;

use crate::members::{byte, frame, members};

/// One thing that happens to an exchange or a peer, or to its channel.
pub(crate) enum Stimulus {
    Confirm { frame: u32, hash: Digest },
    Tick,
    Receive(Vec<u8>),
    BeginRollback { target: u32 },
    EndRollback,
    Reset,
    Channel { is_open: bool },
    Sends(Sends),
    ForPeer(ForPeer),
}

/// What happens only to a peer.
pub(crate) enum ForPeer {
    Advance { milliseconds: u32 },
    Act { frame: u32, action: u8 },
    Ready { hash: String },
    Ended { frame: u32 },
    CatchUp,
    Focus { is_shown: bool, frame: u32 },
}

/// The channel accepts this many datagrams, refuses that many, and accepts all later ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sends {
    pub(crate) accept: u64,
    pub(crate) refuse: u64,
    /// The first bytes of the datagrams that this is about, if a peer is told. All others are
    /// accepted.
    types: Option<Vec<u8>>,
}

impl Stimulus {
    /// Reads a stimulus, an object with one member; returns none if it is malformed.
    pub(crate) fn read(stimulus: &Value) -> Option<Self> {
        let members = stimulus.as_object()?;
        if members.len() != 1 {
            return None;
        }
        let (name, value) = members.iter().next()?;
        match name.as_str() {
            "confirm" => Some(Self::Confirm {
                frame: frame(&value["frame"])?,
                hash: value["hash"].as_str()?.parse().ok()?,
            }),
            "tick" => value.is_object().then_some(Self::Tick),
            "recv" => Some(Self::Receive(hex::decode(value.as_str()?).ok()?)),
            "rollback" if value == "end" => Some(Self::EndRollback),
            "rollback" => Some(Self::BeginRollback { target: frame(&value["begin"])? }),
            "reset" => value.is_object().then_some(Self::Reset),
            "channel" => match value.as_str()? {
                "open" => Some(Self::Channel { is_open: true }),
                "closed" => Some(Self::Channel { is_open: false }),
                _ => None,
            },
            "sends" => Sends::read(value).map(Self::Sends),
            name => ForPeer::read(name, value).map(Self::ForPeer),
        }
    }

    /// Whether this is malformed for an exchange.
    pub(crate) const fn is_for_peer(&self) -> bool {
        matches!(self, Self::ForPeer(_) | Self::Sends(Sends { types: Some(_), .. }))
    }
}

impl ForPeer {
    fn read(name: &str, value: &Value) -> Option<Self> {
        match name {
            "advance" => {
                let milliseconds = frame(value).filter(|it| *it <= Peer::MAX_ADVANCE)?;
                Some(Self::Advance { milliseconds })
            }
            "act" => {
                let [at, action] = members(value, ["frame", "action"])?;
                Some(Self::Act { frame: frame(at)?, action: byte(action)? })
            }
            "ready" => {
                let [hash] = members(value, ["hash"])?;
                let hash = HashText::new(hash.as_str()?).ok()?;
                Some(Self::Ready { hash: hash.to_string() })
            }
            "ended" => {
                let [at] = members(value, ["frame"])?;
                Some(Self::Ended { frame: frame(at)? })
            }
            "catch_up" => members(value, []).map(|[]| Self::CatchUp),
            "focus" => {
                let [is_shown, at] = members(value, ["shown", "frame"])?;
                Some(Self::Focus { is_shown: is_shown.as_bool()?, frame: frame(at)? })
            }
            _ => None,
        }
    }
}

impl Sends {
    fn read(value: &Value) -> Option<Self> {
        // A `send` in Rust refuses by returning an error, so both ways to refuse are the same here.
        if !matches!(value["how"].as_str()?, "false" | "throw") {
            return None;
        }
        let accept = value["accept"].as_u64()?;
        let refuse = match &value["refuse"] {
            // No session sends this many datagrams.
            Value::String(text) if text == "all" => u64::MAX,
            count => count.as_u64()?,
        };
        let types = match value.get("types") {
            None => None,
            Some(types) => Some(types.as_array()?.iter().map(byte).collect::<Option<_>>()?),
        };
        Some(Self { accept, refuse, types })
    }

    /// Whether a datagram that begins with this byte is counted.
    pub(crate) fn are_about(&self, first: u8) -> bool {
        match &self.types {
            None => first == MessageType::StateHash.to_byte(),
            Some(types) => types.contains(&first),
        }
    }
}
