//! The stimuli of a `step`: what happens to an exchange and to its channel.

use rollwire_codec::Digest;
use serde_json::Value;

/// One thing that happens to an exchange, or to its channel.
pub(crate) enum Stimulus {
    Confirm {
        frame: u32,
        hash: Digest,
    },
    Tick,
    Receive(Vec<u8>),
    BeginRollback {
        target: u32,
    },
    EndRollback,
    Reset,
    Channel {
        is_open: bool,
    },
    /// The channel accepts this many datagrams, refuses this many, and accepts all later ones.
    Sends {
        accept: u64,
        refuse: u64,
    },
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
            "sends" => Self::read_sends(value),
            _ => None,
        }
    }

    fn read_sends(value: &Value) -> Option<Self> {
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
        Some(Self::Sends { accept, refuse })
    }
}

fn frame(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?).ok()
}
