//! The notation of scenarios in the chapters: one stimulus on a line, then the expected observations,
//! each after a bar.
//!
//! The notation is explained at the end of `spec/exchange.md`.

use std::{fmt, str::FromStr};

use super::{
    observation::{Member, Observation},
    state::Entry,
    stimulus::{
        ChannelState, Datagram, How, LONGEST_ADVANCE, ReadyHash, Refusals, Rollback, Sends,
        StateHash, Stimulus, Types,
    },
    variant::Variant,
};
use crate::{
    Model,
    peer::{Message, Setup, notation},
};

/// A scenario of the chapters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// The peer that it is about, and what has happened to it before; none for an exchange.
    pub peer: Option<(Setup, Vec<Stimulus>)>,
    /// The variant of its exchange.
    pub variant: Variant,
    /// Its lines.
    pub lines: Vec<Line>,
}

impl FromStr for Scene {
    type Err = NotationError;

    fn from_str(text: &str) -> Result<Self, NotationError> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let first = lines.clone().next().unwrap_or_default();
        let peer = first.strip_prefix("peer ").map(notation::opening);
        let peer = peer.transpose().map_err(NotationError)?;
        let variant = first.strip_prefix("exchange ").map(variant_of).transpose()?;
        if Self::is_opening(first) {
            lines.next();
        }
        let variant = variant.unwrap_or(Variant::DETECTS);
        Ok(Self { peer, variant, lines: lines.map(str::parse).collect::<Result<_, _>>()? })
    }
}

impl Scene {
    /// Whether a first line says what the scenario is about, instead of a stimulus.
    #[must_use]
    pub fn is_opening(line: &str) -> bool {
        line.starts_with("peer ") || line.starts_with("exchange ")
    }
}

/// Reads the rest of a line `exchange lasting-hashes N`.
fn variant_of(text: &str) -> Result<Variant, NotationError> {
    let sends = text.trim().strip_prefix("lasting-hashes ");
    let sends = sends.and_then(|it| it.parse().ok()).filter(|sends| (1..=3).contains(sends));
    let fault = || format!("expected `lasting-hashes` and a number from 1 to 3, found {text:?}");
    let hash_sends = Some(sends.ok_or_else(|| NotationError(fault()))?);
    Ok(Variant { hash_sends, ..Variant::DETECTS })
}

/// A line of a scenario: a stimulus, and what its author expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What happens.
    pub stimulus: Stimulus,
    /// What is expected to be observed afterwards.
    pub claims: Vec<Claim>,
}

/// The expected content of a member of the observation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The member.
    pub member: Member,
    /// What it holds.
    pub says: Says,
}

/// What a member of an observation holds, as the chapters write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// Frames, in order, and the hash of each where it is given.
    Frames(Vec<(u32, Option<StateHash>)>),
    /// Datagrams, in order.
    Sent(Vec<Datagram>),
    /// Part of the state of a peer.
    Peer(String),
}

/// Text that is not a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotationError(String);

impl fmt::Display for NotationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotationError {}

impl FromStr for Line {
    type Err = NotationError;

    fn from_str(line: &str) -> Result<Self, NotationError> {
        let mut parts = line.split('|');
        let stimulus = parts.next().unwrap_or_default().parse()?;
        Ok(Self { stimulus, claims: parts.map(str::parse).collect::<Result<_, _>>()? })
    }
}

impl Line {
    /// The first claim that an observation refutes. A line without a claim about `sent` claims that
    /// nothing is sent.
    #[must_use]
    pub fn refuted_by(&self, observation: &Observation) -> Option<String> {
        let nothing_sent = Claim { member: Member::Sent, says: Says::Frames(Vec::new()) };
        let says = |member| self.claims.iter().any(|claim| claim.member == member);
        let implied = (!says(Member::Sent)).then_some(&nothing_sent);
        let refuted = self.claims.iter().chain(implied).find(|claim| !claim.holds(observation))?;
        let found = Claim::observed(refuted.member, observation);
        Some(format!("{}: expected {refuted}, found {found}", self.stimulus))
    }
}

impl Claim {
    /// What a member of an observation holds, with all hashes.
    #[must_use]
    pub fn observed(member: Member, observation: &Observation) -> Self {
        let all = |entries: &[Entry]| {
            entries.iter().map(|(frame, hash)| (*frame, Some(*hash))).collect::<Vec<_>>()
        };
        let frames = match member {
            Member::Sent => {
                let entries: Option<Vec<Entry>> =
                    observation.sent.iter().map(Datagram::entry).collect();
                match entries {
                    Some(entries) => all(&entries),
                    None => return Self { member, says: Says::Sent(observation.sent.clone()) },
                }
            }
            Member::Queue => all(&observation.queue),
            Member::Map => all(&observation.map),
            Member::History => all(&observation.history),
            Member::Verified => observation.verified.iter().map(|frame| (*frame, None)).collect(),
            Member::Events => {
                observation.events.iter().map(|event| (event.frame, Some(event.peer))).collect()
            }
            _ => {
                let text = notation::member(member, &observation.peer).unwrap_or_default();
                return Self { member, says: Says::Peer(text) };
            }
        };
        Self { member, says: Says::Frames(frames) }
    }

    /// Whether the claim is true of an observation.
    #[must_use]
    pub fn holds(&self, observation: &Observation) -> bool {
        match (&self.says, Self::observed(self.member, observation).says) {
            (Says::Frames(frames), Says::Frames(found)) => {
                let same = |((frame, hash), (found, found_hash)): (
                    &(u32, Option<_>),
                    &(u32, Option<_>),
                )| {
                    frame == found && (hash.is_none() || hash == found_hash)
                };
                frames.len() == found.len() && frames.iter().zip(&found).all(same)
            }
            (Says::Sent(datagrams), _) => *datagrams == observation.sent,
            (claimed, found) => *claimed == found,
        }
    }
}

impl FromStr for Claim {
    type Err = NotationError;

    fn from_str(text: &str) -> Result<Self, NotationError> {
        let mut words = text.split_whitespace();
        let name = words.next().unwrap_or_default();
        let member = Member::ALL.into_iter().find(|member| member.as_str() == name);
        let member = member.ok_or_else(|| expected("a member of an observation", name))?;
        let mut frames = Vec::new();
        let words: Vec<&str> = words.collect();
        if words.is_empty() {
            return Err(expected("frames, or `-`", text.trim()));
        }
        if member.capability().is_some_and(crate::Capability::is_of_peer) {
            return Ok(Self { member, says: Says::Peer(words.join(" ")) });
        }
        if member == Member::Sent && words[0].starts_with(|it: char| it.is_ascii_uppercase()) {
            let list = words.join(" ");
            let messages = list.split(',').map(notation::message).collect::<Result<Vec<_>, _>>();
            let messages = messages.map_err(NotationError)?;
            return Ok(Self {
                member,
                says: Says::Sent(messages.iter().map(Message::datagram).collect()),
            });
        }
        if words != ["-"] && words != ["none"] {
            for word in words {
                let (frame, hash) = match word.split_once('=') {
                    Some((frame, hash)) => (frame, Some(self::hash(hash)?)),
                    None => (word, None),
                };
                frames.push((number(frame)?, hash));
            }
        }
        Ok(Self { member, says: Says::Frames(frames) })
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.member)?;
        let frames = match &self.says {
            Says::Frames(frames) => frames,
            Says::Sent(datagrams) => {
                let texts: Vec<String> = datagrams.iter().map(message_or_hex).collect();
                return write!(f, " {}", texts.join(", "));
            }
            Says::Peer(text) => return write!(f, " {text}"),
        };
        if frames.is_empty() {
            return f.write_str(if self.member == Member::Verified { " none" } else { " -" });
        }
        for (frame, hash) in frames {
            write!(f, " {frame}")?;
            if let Some(hash) = hash {
                write!(f, "={hash:#}")?;
            }
        }
        Ok(())
    }
}

impl FromStr for Stimulus {
    type Err = NotationError;

    fn from_str(text: &str) -> Result<Self, NotationError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        Ok(match words[..] {
            ["confirm", frame, hash] => {
                Self::Confirm { frame: number(frame)?, hash: self::hash(hash)? }
            }
            ["tick"] => Self::TICK,
            ["recv", name, ..] if name.starts_with(|it: char| it.is_ascii_uppercase()) => {
                let message = notation::message(&words[1..].join(" ")).map_err(NotationError)?;
                Self::Recv(message.datagram())
            }
            ["recv", ..] => {
                let bytes = crate::hex::parse(&words[1..].concat());
                Self::Recv(Datagram::new(bytes.map_err(|error| NotationError(error.to_string()))?))
            }
            ["rollback", "begin", target] => Self::Rollback(Rollback::Begin(number(target)?)),
            ["rollback", "end"] => Self::END,
            ["reset"] => Self::RESET,
            ["channel", "open"] => Self::Channel(ChannelState::Open),
            ["channel", "closed"] => Self::Channel(ChannelState::Closed),
            ["advance", milliseconds] => Self::Advance(
                number(milliseconds)
                    .ok()
                    .filter(|it| *it <= LONGEST_ADVANCE)
                    .ok_or_else(|| expected("milliseconds from 0 to 3600000", milliseconds))?,
            ),
            ["act", frame, action] => Self::Act { frame: number(frame)?, action: number(action)? },
            ["ready", hash] => {
                Self::Ready { hash: ReadyHash::try_from(hash.to_owned()).map_err(NotationError)? }
            }
            ["ended", frame] => Self::Ended { frame: number(frame)? },
            ["catch_up"] => Self::CatchUp {},
            ["focus", page @ ("shown" | "hidden"), frame] => {
                Self::Focus { shown: page == "shown", frame: number(frame)? }
            }
            ["sends", "accept", accept, "refuse", refuse, "by", how, ref rest @ ..] => {
                Self::Sends(Sends {
                    types: types(rest)?,
                    accept: number(accept)?,
                    refuse: if refuse == "all" {
                        Refusals::ALL
                    } else {
                        Refusals::Count(number(refuse)?)
                    },
                    how: match how {
                        "false" => How::False,
                        "throw" => How::Throw,
                        _ => return Err(expected("`false` or `throw`", how)),
                    },
                })
            }
            _ => return Err(expected("a stimulus", text.trim())),
        })
    }
}

impl fmt::Display for Stimulus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Confirm { frame, hash } => write!(f, "confirm {frame} {hash:#}"),
            Self::Tick {} => f.write_str("tick"),
            Self::Recv(datagram) => write!(f, "recv {datagram}"),
            Self::Rollback(Rollback::Begin(target)) => write!(f, "rollback begin {target}"),
            Self::Rollback(Rollback::End) => f.write_str("rollback end"),
            Self::Reset {} => f.write_str("reset"),
            Self::Channel(ChannelState::Open) => f.write_str("channel open"),
            Self::Channel(ChannelState::Closed) => f.write_str("channel closed"),
            Self::Advance(milliseconds) => write!(f, "advance {milliseconds}"),
            Self::Act { frame, action } => write!(f, "act {frame} {action}"),
            Self::Ready { hash } => write!(f, "ready {hash}"),
            Self::Ended { frame } => write!(f, "ended {frame}"),
            Self::CatchUp {} => f.write_str("catch_up"),
            Self::Focus { shown, frame } => {
                write!(f, "focus {} {frame}", if *shown { "shown" } else { "hidden" })
            }
            Self::Sends(Sends { accept, refuse, how, types }) => {
                write!(f, "sends accept {accept} refuse ")?;
                match refuse {
                    Refusals::Count(count) => write!(f, "{count}")?,
                    Refusals::All(_) => f.write_str("all")?,
                }
                f.write_str(match how {
                    How::False => " by false",
                    How::Throw => " by throw",
                })?;
                if *types != Types::STATE_HASH {
                    f.write_str(" types")?;
                    Vec::from(*types).iter().try_for_each(|byte| write!(f, " {byte:02x}"))?;
                }
                Ok(())
            }
        }
    }
}

/// The words after the way of a refusal: none, or `types` and first bytes as hex.
fn types(words: &[&str]) -> Result<Types, NotationError> {
    let bytes: &[&str] = match words {
        [] => return Ok(Types::STATE_HASH),
        ["types", bytes @ ..] => bytes,
        _ => return Err(expected("`types` and first bytes of datagrams", &words.join(" "))),
    };
    let bytes: Option<Vec<u8>> =
        bytes.iter().map(|word| u8::from_str_radix(word, 16).ok()).collect();
    let types = bytes.as_deref().and_then(Types::of);
    types.ok_or_else(|| expected("first bytes of datagrams, 00 to 1f", &words.join(" ")))
}

/// A datagram as a message, or in hex where it is none.
pub fn message_or_hex(datagram: &Datagram) -> String {
    let read = Message::read(&Model::latest(), datagram);
    read.map_or_else(|| datagram.to_string(), |message| message.to_string())
}

fn number<T: FromStr<Err: fmt::Display>>(text: &str) -> Result<T, NotationError> {
    text.parse().map_err(|error| NotationError(format!("{text:?}: {error}")))
}

fn hash(text: &str) -> Result<StateHash, NotationError> {
    text.parse().map_err(|error| NotationError(format!("{error}")))
}

fn expected(what: &str, found: &str) -> NotationError {
    NotationError(format!("expected {what}, found {found:?}"))
}
