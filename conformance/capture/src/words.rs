//! Datagrams and records in a few words.

use rollwire_conformance::text::{sanitize, shorten};
use rollwire_model::{Model, exchange::StateHash, hex, peer::Message};

use crate::line::{Payload, What};

/// How many bytes are shown of a datagram that is not a message.
const SHOWN: usize = 16;

/// A message in a few words, without hashes, actions and timestamps.
#[must_use]
pub fn brief(message: &Message) -> String {
    match message {
        Message::Input { entries, .. } => format!("INPUT, {}", frames(entries)),
        Message::InputResponse { entries, .. } => format!("INPUT_RESPONSE, {}", frames(entries)),
        Message::InputRequest { start, end } => format!("INPUT_REQUEST, frames {start} to {end}"),
        Message::EpisodeReady { episode, .. } => format!("EPISODE_READY {episode}"),
        Message::EpisodeEnd { frame, episode } => {
            format!("EPISODE_END of episode {episode} at frame {frame}")
        }
        Message::StateHash { frame, .. } => format!("STATE_HASH of frame {frame}"),
        Message::FocusState { focused, .. } => {
            format!("FOCUS_STATE, {}", if *focused { "shown" } else { "hidden" })
        }
        Message::Ping { .. } => "PING".to_owned(),
        Message::Pong { .. } => "PONG".to_owned(),
        Message::ValidationPing { .. } => "VALIDATION_PING".to_owned(),
        Message::ValidationPong { .. } => "VALIDATION_PONG".to_owned(),
        Message::Keepalive => "KEEPALIVE".to_owned(),
    }
}

fn frames(entries: &[(u32, u8)]) -> String {
    match entries {
        [] => "no frames".to_owned(),
        [(only, _)] => format!("frame {only}"),
        [(first, _), .., (last, _)] => format!("frames {first} to {last}"),
    }
}

/// A message in a few words, with what `brief` leaves out.
#[must_use]
pub fn full(message: &Message) -> String {
    let brief = brief(message);
    let time = |bits: u64| {
        let time = f64::from_bits(bits);
        if time.is_finite() { format!("{time}") } else { format!("0x{bits:016x}") }
    };
    match message {
        Message::Input { player, entries, .. } | Message::InputResponse { player, entries } => {
            let actions: Vec<String> = entries.iter().map(|entry| entry.1.to_string()).collect();
            let actions = if actions.is_empty() { String::new() } else { actions.join(" ") };
            format!("{brief} of player {player}: {actions}").trim_end_matches([':', ' ']).to_owned()
        }
        Message::EpisodeReady { hash, .. } => {
            format!("{brief} with hash {}", sanitize(&String::from_utf8_lossy(hash)))
        }
        Message::StateHash { hash, .. } => format!("{brief}: {}", StateHash(*hash)),
        Message::FocusState { frame, .. } => format!("{brief} at frame {frame}"),
        Message::Ping { timestamp }
        | Message::Pong { timestamp }
        | Message::ValidationPing { timestamp }
        | Message::ValidationPong { timestamp } => format!("{brief} {}", time(*timestamp)),
        _ => brief,
    }
}

/// A datagram in a few words; its first bytes if it is not a message.
#[must_use]
pub fn datagram(model: &Model, bytes: &[u8], words: fn(&Message) -> String) -> String {
    let message = model.decode(bytes).ok().and_then(|value| Message::of(&value));
    message.map_or_else(|| beginning(bytes), |message| words(&message))
}

fn beginning(bytes: &[u8]) -> String {
    let shown = hex::plain(&bytes[..bytes.len().min(SHOWN)]);
    if bytes.len() > SHOWN { format!("{shown}…") } else { shown }
}

/// A record in a few words, without its time: what happened, and to what.
#[must_use]
pub fn record(model: &Model, what: &What) -> (&'static str, String) {
    let payload = |payload: &Payload| match payload {
        Payload::Datagram(bytes) => datagram(model, bytes, full),
        Payload::Text(text) => format!("text {:?}", shorten(text)),
    };
    match what {
        What::Sent(it) => ("sent", payload(it)),
        What::Refused(it) => ("refused", payload(it)),
        What::Received(it) => ("received", payload(it)),
        What::Opened => ("channel", "open".to_owned()),
        What::Closed => ("channel", "closed".to_owned()),
        What::Error(text) => ("error", sanitize(&shorten(text))),
        What::Missing(0) => ("missing", "perhaps some records".to_owned()),
        What::Missing(count) => ("missing", format!("{count} records")),
    }
}
