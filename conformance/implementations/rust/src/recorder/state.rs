//! What a peer holds, for a log that shows it.

use std::fmt::{Display, Write};

use rollwire_codec::{Digest, InputEntry, InputRequest};

use super::comma_separated;
use crate::peer::{Episode, Hashes, Peer, Phase, Start, ValidationState};

/// The state of a peer. What belongs to a chapter that the peer does not have stays as it is at
/// first, so it never differs.
#[derive(Debug, PartialEq)]
pub(super) struct State {
    confirmed: Option<u32>,
    held: Vec<(u32, u8)>,
    /// The bits of each double, because a NaN is not equal to itself.
    round_trips: Vec<u64>,
    validation: ValidationState,
    episode: Option<Episode>,
    request: Option<InputRequest>,
    is_partner_shown: bool,
    queue: Vec<(u32, Digest)>,
    map: Vec<(u32, Digest)>,
    history: Vec<(u32, Digest)>,
}

impl State {
    pub(super) fn of(peer: &Peer) -> Self {
        let exchange = peer.exchange();
        let mut history: Vec<_> = exchange.history().collect();
        // The exchange keeps it in the order of confirmation; the log has it by frame.
        history.sort_unstable_by_key(|&(frame, _)| frame);
        Self {
            confirmed: peer.confirmed(),
            held: peer.held().map(|InputEntry { frame, action }| (frame, action)).collect(),
            round_trips: peer.round_trips().map(f64::to_bits).collect(),
            validation: peer.validation(),
            episode: peer.episode(),
            request: peer.request(),
            is_partner_shown: peer.is_partner_shown(),
            queue: exchange.queue().collect(),
            map: exchange.inbound().collect(),
            history,
        }
    }

    /// The members that differ from those of an earlier state, with the names of
    /// `spec/adapter.md`.
    pub(super) fn members_since(&self, before: &Self) -> String {
        let mut members = String::new();
        let mut add = |name: &str, is_changed: bool, value: &dyn Fn() -> String| {
            if is_changed {
                // Writing into a `String` does not fail.
                let _ = write!(members, r#","{name}":{}"#, value());
            }
        };
        add("queue", self.queue != before.queue, &|| hashes(&self.queue));
        add("map", self.map != before.map, &|| hashes(&self.map));
        add("history", self.history != before.history, &|| hashes(&self.history));
        add("confirmed", self.confirmed != before.confirmed, &|| or_null(self.confirmed));
        add("held", self.held != before.held, &|| {
            list(self.held.iter().map(|(frame, action)| format!("[{frame},{action}]")))
        });
        add("round_trips", self.round_trips != before.round_trips, &|| {
            list(self.round_trips.iter().map(|bits| format!("\"{bits:016x}\"")))
        });
        add("validation", self.validation != before.validation, &|| {
            quoted(match self.validation {
                ValidationState::Idle => "idle",
                ValidationState::Validating => "validating",
                ValidationState::Validated => "validated",
                ValidationState::Failed => "failed",
            })
        });
        add("episode", self.episode != before.episode, &|| or_null(self.episode.map(episode)));
        add("request", self.request != before.request, &|| {
            or_null(self.request.map(|it| format!("[{},{}]", it.start(), it.end())))
        });
        add("partner", self.is_partner_shown != before.is_partner_shown, &|| {
            quoted(if self.is_partner_shown { "shown" } else { "hidden" })
        });
        members
    }
}

fn episode(episode: Episode) -> String {
    let Episode { number, phase, end, start, hashes } = episode;
    let phase = quoted(match phase {
        Phase::Waiting => "waiting",
        Phase::Playing => "playing",
        Phase::Ending => "ending",
        Phase::Complete => "complete",
    });
    let frame = or_null(end.map(|it| it.frame));
    let agreed = or_null(end.map(|it| it.agreed));
    let start = or_null(start.map(|it| {
        quoted(match it {
            Start::Both => "both",
            Start::Alone => "alone",
        })
    }));
    let hashes = or_null(hashes.map(|it| {
        quoted(match it {
            Hashes::Equal => "equal",
            Hashes::Different => "different",
        })
    }));
    format!(
        r#"{{"number":{number},"phase":{phase},"end":{frame},"agreed":{agreed},"start":{start},"hashes":{hashes}}}"#
    )
}

fn hashes(pairs: &[(u32, Digest)]) -> String {
    list(pairs.iter().map(|(frame, hash)| format!("[{frame},\"{hash}\"]")))
}

fn list(elements: impl Iterator<Item = String>) -> String {
    format!("[{}]", comma_separated(elements))
}

fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}

/// A value as JSON, or `null`.
pub(super) fn or_null(value: Option<impl Display>) -> String {
    value.map_or("null".to_owned(), |it| it.to_string())
}
