//! One line of a log: a header, or a stimulus and its observation (`spec/trace.md`).

use std::borrow::Cow;

use rollwire_model::exchange::{
    ChannelState, Datagram, Entry, Mismatch, Rollback, Sends, StateHash, Stimulus,
};
use serde::Deserialize;

use super::{
    bounds::HISTORY_SHOWN,
    header::HeaderMembers,
    line_list::{Bounded, Empty, given},
    peer_line::PeerMembers,
};
pub use super::{
    header::{Header, LoggedPeer},
    line_fault::{LineFault, VERSION},
    peer_line::LoggedView,
};
use crate::{
    protocol::{MAX_LINE, json::with_exact_integers},
    text::{shorten, utf8},
};

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
    /// What a peer shows besides, if the log is one of a peer.
    pub peer: Option<Box<LoggedView>>,
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
        let of_peer = if is_of_peer { Some(parsed(text)?) } else { None };
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
    fn step(self, of_peer: Option<PeerMembers>) -> Result<Step, LineFault> {
        let of_peer = of_peer.map(PeerMembers::read).transpose()?;
        let (stimuli_of_peer, peer) = of_peer.unzip();
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
        let mut found = stimuli.into_iter().chain(stimuli_of_peer.into_iter().flatten()).flatten();
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
            peer: peer.map(Box::new),
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
