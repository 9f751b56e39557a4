//! The notation of a peer's scenarios in the chapters (`spec/peer.md`, Worked scenarios).

use std::fmt;

use super::{
    message::{InputEntry, Message},
    rules::live::bits_of,
    setup::Setup,
    state::{Hashes, Phase, Start, ValidationPhase},
    view::{EpisodeView, Page, View},
};
use crate::exchange::{Member, ReadyHash, StateHash, Stimulus};

/// The hash of both peers in a scenario whose first episode has started.
const STARTED: ReadyHash = ReadyHash(*b"aaaaaaaa");

/// Reads the rest of a line `peer LOCAL FIRST [started] [validated]`: the peer, and the stimuli that
/// have happened before the next line.
///
/// # Errors
///
/// What is wrong, in words.
pub fn opening(text: &str) -> Result<(Setup, Vec<Stimulus>), String> {
    let mut words = text.split_whitespace();
    let local = words.next().and_then(|word| word.parse().ok()).filter(|local| *local < 2);
    let first_frame = words.next().and_then(|word| word.parse().ok());
    let (Some(local), Some(first_frame)) = (local, first_frame) else {
        return Err(format!("expected `peer`, 0 or 1 and a frame, found `peer {text}`"));
    };
    let setup = Setup { local, first_frame };
    let mut stimuli = Vec::new();
    for word in words {
        match word {
            "started" => stimuli.extend(started()),
            "validated" => stimuli.extend(validated()),
            _ => return Err(format!("expected `started` or `validated`, found {word:?}")),
        }
    }
    Ok((setup, stimuli))
}

/// Both peers are ready for the first episode.
#[must_use]
pub fn started() -> [Stimulus; 2] {
    let ready = Message::EpisodeReady { episode: 1, hash: STARTED.0 };
    [Stimulus::Ready { hash: STARTED }, Stimulus::Recv(ready.datagram())]
}

/// The channel of a peer that was just created is proved.
#[must_use]
pub fn validated() -> [Stimulus; 3] {
    let pong = Message::ValidationPong { timestamp: bits_of(100) };
    let ping = Message::ValidationPing { timestamp: bits_of(0) };
    [Stimulus::Advance(100), Stimulus::Recv(pong.datagram()), Stimulus::Recv(ping.datagram())]
}

/// Reads a message and its fields.
///
/// # Errors
///
/// What is wrong, in words.
pub fn message(text: &str) -> Result<Message, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let fault = || format!("expected a message and its fields, found {:?}", text.trim());
    let [name, fields @ ..] = &words[..] else { return Err(fault()) };
    let number = |at: usize| fields.get(at).and_then(|it| it.parse().ok()).ok_or_else(fault);
    let player = || u16::try_from(number(0)?).map_err(|_| fault());
    let timestamp = || fields.first().and_then(|it| time(it)).ok_or_else(fault);
    let entries = |from: usize| -> Result<Vec<InputEntry>, String> {
        let list = fields.get(from..).unwrap_or_default();
        list.iter().map(|it| entry(it).ok_or_else(fault)).collect()
    };
    let count = |count: usize| if fields.len() == count { Ok(()) } else { Err(fault()) };
    let read = match *name {
        "INPUT" => {
            let entries = entries(2)?;
            return Ok(Message::Input { player: player()?, current_frame: number(1)?, entries });
        }
        "INPUT_RESPONSE" => {
            return Ok(Message::InputResponse { player: player()?, entries: entries(1)? });
        }
        "KEEPALIVE" => return count(0).map(|()| Message::Keepalive),
        "PING" => return count(1).and_then(|()| Ok(Message::Ping { timestamp: timestamp()? })),
        "PONG" => return count(1).and_then(|()| Ok(Message::Pong { timestamp: timestamp()? })),
        "VALIDATION_PING" => Message::ValidationPing { timestamp: timestamp()? },
        "VALIDATION_PONG" => Message::ValidationPong { timestamp: timestamp()? },
        "EPISODE_END" => Message::EpisodeEnd { frame: number(0)?, episode: number(1)? },
        "EPISODE_READY" => {
            let hash = fields.get(1).and_then(|it| ReadyHash::try_from((*it).to_owned()).ok());
            Message::EpisodeReady { episode: number(0)?, hash: hash.ok_or_else(fault)?.0 }
        }
        "STATE_HASH" => {
            let hash = fields.get(1).and_then(|it| it.parse::<StateHash>().ok());
            Message::StateHash { frame: number(0)?, hash: hash.ok_or_else(fault)?.0 }
        }
        "INPUT_REQUEST" => Message::InputRequest { start: number(0)?, end: number(1)? },
        "FOCUS_STATE" => Message::FocusState {
            focused: match number(0)? {
                0 => false,
                1 => true,
                _ => return Err(fault()),
            },
            frame: number(1)?,
        },
        _ => return Err(fault()),
    };
    count(if name.starts_with("VALIDATION") { 1 } else { 2 }).map(|()| read)
}

/// The bits of a time in whole milliseconds, or any bits.
fn time(word: &str) -> Option<u64> {
    match word.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 16),
        None => word.parse().ok().map(bits_of),
    }
}

fn entry(word: &str) -> Option<InputEntry> {
    let (frame, action) = word.split_once('=')?;
    Some((frame.parse().ok()?, action.parse().ok()?))
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = |timestamp: &u64| milliseconds(*timestamp);
        match self {
            Self::Input { player, current_frame, entries } => {
                write!(f, "INPUT {player} {current_frame}{}", listed(entries))
            }
            Self::Ping { timestamp } => write!(f, "PING {}", time(timestamp)),
            Self::Pong { timestamp } => write!(f, "PONG {}", time(timestamp)),
            Self::Keepalive => f.write_str("KEEPALIVE"),
            Self::EpisodeEnd { frame, episode } => write!(f, "EPISODE_END {frame} {episode}"),
            Self::EpisodeReady { episode, hash } => {
                write!(f, "EPISODE_READY {episode} {}", ReadyHash(*hash))
            }
            Self::StateHash { frame, hash } => {
                write!(f, "STATE_HASH {frame} {:#}", StateHash(*hash))
            }
            Self::ValidationPing { timestamp } => write!(f, "VALIDATION_PING {}", time(timestamp)),
            Self::ValidationPong { timestamp } => write!(f, "VALIDATION_PONG {}", time(timestamp)),
            Self::InputRequest { start, end } => write!(f, "INPUT_REQUEST {start} {end}"),
            Self::InputResponse { player, entries } => {
                write!(f, "INPUT_RESPONSE {player}{}", listed(entries))
            }
            Self::FocusState { focused, frame } => {
                write!(f, "FOCUS_STATE {} {frame}", u8::from(*focused))
            }
        }
    }
}

/// The bits of a time as whole milliseconds, if that is what they are.
fn milliseconds(bits: u64) -> String {
    let value = f64::from_bits(bits);
    let whole = format!("{value:.0}").parse().ok().filter(|whole: &u64| bits_of(*whole) == bits);
    whole.map_or_else(|| format!("0x{bits:016x}"), |whole| whole.to_string())
}

/// Each entry after a blank.
fn listed(entries: &[InputEntry]) -> String {
    entries.iter().map(|(frame, action)| format!(" {frame}={action}")).collect()
}

/// A member of the state of a peer, in the notation of the chapters; none for another member.
#[must_use]
pub fn member(member: Member, view: &View) -> Option<String> {
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
    Some(match member {
        Member::Confirmed => or_none(view.confirmed.map(|frame| frame.to_string())),
        Member::Held if view.held.is_empty() => "-".to_owned(),
        Member::Held => listed(&view.held).trim().to_owned(),
        Member::RoundTrips if view.round_trips.is_empty() => "-".to_owned(),
        Member::RoundTrips => {
            let trips: Vec<String> = view.round_trips.iter().map(|it| milliseconds(it.0)).collect();
            trips.join(" ")
        }
        Member::Validation => match view.validation {
            ValidationPhase::Idle => "idle",
            ValidationPhase::Validating => "validating",
            ValidationPhase::Validated => "validated",
            ValidationPhase::Failed => "failed",
        }
        .to_owned(),
        Member::Episode => or_none(view.episode.as_ref().map(episode)),
        Member::Request => or_none(view.request.map(|(start, end)| format!("{start} {end}"))),
        Member::Partner => match view.partner {
            Page::Shown => "shown",
            Page::Hidden => "hidden",
        }
        .to_owned(),
        _ => return None,
    })
}

fn episode(episode: &EpisodeView) -> String {
    let phase = match episode.phase {
        Phase::Waiting => "waiting",
        Phase::Playing => "playing",
        Phase::Ending => "ending",
        Phase::Complete => "complete",
    };
    let mut text = format!("{} {phase}", episode.number);
    if let Some(end) = episode.end {
        let agreed = if episode.agreed == Some(true) { "agreed" } else { "not-agreed" };
        text += &format!(" end {end} {agreed}");
    }
    text += match episode.start {
        None => "",
        Some(Start::Both) => " both",
        Some(Start::Alone) => " alone",
    };
    text += match episode.hashes {
        None => "",
        Some(Hashes::Equal) => " equal",
        Some(Hashes::Different) => " different",
    };
    text
}
