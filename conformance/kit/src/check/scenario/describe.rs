//! An observation in the words of the chapters.

use rollwire_model::exchange::{Claim, Member, Mismatch, Observation};

use crate::text::shorten;

/// A member of an observation as the chapters write it; datagrams that are not a STATE_HASH in hex.
#[must_use]
pub fn member_of(member: Member, observation: &Observation) -> String {
    let whole = observation.sent.iter().all(|datagram| datagram.bytes().len() == 13);
    if member == Member::Sent && !whole {
        let hex: Vec<String> = observation.sent.iter().map(ToString::to_string).collect();
        return shorten(&format!("sent {}", hex.join(" ")));
    }
    if member == Member::Events {
        // Both hashes are to be seen, since they may have changed places.
        let event =
            |it: &Mismatch| format!("{} (local {:#}, peer {:#})", it.frame, it.local, it.peer);
        let events: Vec<String> = observation.events.iter().map(event).collect();
        let events = if events.is_empty() { "-".to_owned() } else { events.join(", ") };
        return shorten(&format!("events {events}"));
    }
    shorten(&Claim::observed(member, observation).to_string())
}
