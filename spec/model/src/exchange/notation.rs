//! The notation of scenarios in the chapters: one stimulus on a line, then the expected observations,
//! each after a bar.
//!
//! The notation is explained at the end of `spec/exchange.md`.

use std::{fmt, str::FromStr};

use super::{
    observation::{Member, Observation},
    state::Entry,
    stimulus::{ChannelState, Datagram, How, Refusals, Rollback, Sends, StateHash, Stimulus},
};

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
    /// The frames in it, in order, and the hash of each where it is given.
    pub frames: Vec<(u32, Option<StateHash>)>,
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

/// Reads the lines of a scenario. Empty lines are skipped.
///
/// # Errors
///
/// The first line that is not valid.
pub fn parse_lines(text: &str) -> Result<Vec<Line>, NotationError> {
    text.lines().filter(|line| !line.trim().is_empty()).map(str::parse).collect()
}

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
        let nothing_sent = Claim { member: Member::Sent, frames: Vec::new() };
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
                let entries = observation.sent.iter().filter_map(Datagram::entry);
                entries.map(|(frame, hash)| (frame, Some(hash))).collect()
            }
            Member::Queue => all(&observation.queue),
            Member::Map => all(&observation.map),
            Member::History => all(&observation.history),
            Member::Verified => observation.verified.iter().map(|frame| (*frame, None)).collect(),
            Member::Events => {
                observation.events.iter().map(|event| (event.frame, Some(event.peer))).collect()
            }
        };
        Self { member, frames }
    }

    /// Whether the claim is true of an observation.
    #[must_use]
    pub fn holds(&self, observation: &Observation) -> bool {
        let found = Self::observed(self.member, observation).frames;
        let same =
            |((frame, hash), (found, found_hash)): (&(u32, Option<_>), &(u32, Option<_>))| {
                frame == found && (hash.is_none() || hash == found_hash)
            };
        self.frames.len() == found.len() && self.frames.iter().zip(&found).all(same)
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
        if words != ["-"] && words != ["none"] {
            for word in words {
                let (frame, hash) = match word.split_once('=') {
                    Some((frame, hash)) => (frame, Some(self::hash(hash)?)),
                    None => (word, None),
                };
                frames.push((number(frame)?, hash));
            }
        }
        Ok(Self { member, frames })
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.member)?;
        if self.frames.is_empty() {
            return f.write_str(if self.member == Member::Verified { " none" } else { " -" });
        }
        for (frame, hash) in &self.frames {
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
            ["recv", ..] => {
                let bytes = crate::hex::parse(&words[1..].concat());
                Self::Recv(Datagram::new(bytes.map_err(|error| NotationError(error.to_string()))?))
            }
            ["rollback", "begin", target] => Self::Rollback(Rollback::Begin(number(target)?)),
            ["rollback", "end"] => Self::END,
            ["reset"] => Self::RESET,
            ["channel", "open"] => Self::Channel(ChannelState::Open),
            ["channel", "closed"] => Self::Channel(ChannelState::Closed),
            ["sends", "accept", accept, "refuse", refuse, "by", how] => Self::Sends(Sends {
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
            }),
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
            Self::Sends(Sends { accept, refuse, how }) => {
                write!(f, "sends accept {accept} refuse ")?;
                match refuse {
                    Refusals::Count(count) => write!(f, "{count}")?,
                    Refusals::All(_) => f.write_str("all")?,
                }
                f.write_str(match how {
                    How::False => " by false",
                    How::Throw => " by throw",
                })
            }
        }
    }
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
