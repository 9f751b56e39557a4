//! Wrong ways to receive (EXCH-15 to EXCH-18).
//!
//! A program may ignore the hashes of unconfirmed frames from the first datagram on. Most of these mutants do
//! so only after a frame has been confirmed: a scenario that catches that also catches the other.

use rollwire_model::exchange::{Datagram, Entry, StateHash};

use super::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "ignores-unconfirmed-frames",
        rule: "EXCH-15",
        fault: "ignores the hash of a frame that is not in the history",
        edit: |rules| {
            rules.listens =
                |state, entry| state.history.is_empty() || state.local(entry.0).is_some();
        },
    },
    Mutant {
        name: "ignores-frames-far-ahead",
        rule: "EXCH-15",
        fault: "ignores the hash of a frame that is 600 or more ahead of its own newest one",
        edit: |rules| {
            rules.listens = |state, entry| {
                let newest = state.history.iter().map(|entry| entry.0).max();
                newest.is_none_or(|newest| entry.0.saturating_sub(newest) < 600)
            };
        },
    },
    Mutant {
        name: "ignores-late-frames",
        rule: "EXCH-15",
        fault: "ignores the hash of a frame below its own newest one if it has no hash of its own for it",
        edit: |rules| {
            rules.listens = |state, entry| {
                let newest = state.history.iter().map(|entry| entry.0).max();
                newest.is_none_or(|newest| entry.0 > newest) || state.local(entry.0).is_some()
            };
        },
    },
    Mutant {
        name: "ignores-the-hash-of-frame-0",
        rule: "EXCH-15",
        fault: "treats frame 0 as a missing frame and ignores its hash",
        edit: |rules| rules.listens = |_, entry| entry.0 != 0,
    },
    Mutant {
        name: "ignores-high-frames",
        rule: "EXCH-15",
        fault: "ignores the hash of a frame above 2147483647, which is negative as a signed number",
        edit: |rules| rules.listens = |_, entry| entry.0.cast_signed() >= 0,
    },
    Mutant {
        name: "map-of-120",
        rule: "EXCH-15",
        fault: "keeps only the 120 hashes that were received last",
        edit: |rules| {
            rules.stores = |state, entry| {
                state.map.retain(|stored| stored.0 != entry.0);
                state.map.push(entry);
                let surplus = state.map.len().saturating_sub(120);
                state.map.drain(..surplus);
            };
        },
    },
    Mutant {
        name: "first-write-wins",
        rule: "EXCH-16",
        fault: "keeps the first hash that was received for a frame",
        edit: |rules| {
            rules.stores = |state, entry| {
                if state.peer(entry.0).is_none() {
                    state.map.push(entry);
                }
            };
        },
    },
    Mutant {
        name: "keeps-all-hashes-of-a-frame",
        rule: "EXCH-16",
        fault: "keeps a list of hashes for each frame",
        edit: |rules| rules.stores = |state, entry| state.map.push(entry),
    },
    Mutant {
        name: "two-hashes-cancel-each-other",
        rule: "EXCH-16",
        fault: "drops a hash when another one for the same frame follows",
        edit: |rules| {
            rules.stores = |state, entry| match state.peer(entry.0) {
                Some(hash) if hash != entry.1 => state.map.retain(|stored| stored.0 != entry.0),
                Some(_) => {}
                None => state.map.push(entry),
            };
        },
    },
    Mutant {
        name: "deaf-while-closed",
        rule: "EXCH-17",
        fault: "ignores what arrives while the channel is closed",
        edit: |rules| rules.listens = |state, _| !state.closed,
    },
    Mutant {
        name: "waits-for-the-channel-to-compare",
        rule: "DETECT-2",
        fault: "compares nothing while the channel is closed, neither what arrives nor what is confirmed",
        edit: |rules| {
            rules.compares_received = |state, _| !state.closed;
            rules.compares_confirmed = |state, _| !state.closed;
        },
    },
    Mutant {
        name: "closing-empties-the-map",
        rule: "EXCH-17",
        fault: "drops what was received when the channel closes",
        edit: |rules| {
            rules.hears_of_channel = |state, open| {
                state.closed = !open;
                if !open {
                    state.map.clear();
                }
            };
        },
    },
    Mutant {
        name: "opening-empties-the-map",
        rule: "EXCH-17",
        fault: "drops what was received when the channel opens again",
        edit: |rules| {
            rules.hears_of_channel = |state, open| {
                if open && state.closed {
                    state.map.clear();
                }
                state.closed = !open;
            };
        },
    },
    Mutant {
        name: "pads-a-truncated-hash",
        rule: "EXCH-18",
        fault: "reads a truncated STATE_HASH as if zeros followed",
        edit: |rules| {
            rules.reads = |_, _, datagram| {
                let mut bytes = datagram.bytes().to_vec();
                if bytes.len() < 13 {
                    bytes.resize(13, 0);
                }
                state_hash(&bytes)
            };
        },
    },
    Mutant {
        name: "pads-a-hash-without-its-last-byte",
        rule: "EXCH-18",
        fault: "requires only 12 bytes of a STATE_HASH, and reads a zero after them",
        edit: |rules| {
            rules.reads = |_, _, datagram| {
                let mut bytes = datagram.bytes().to_vec();
                if bytes.len() == 12 {
                    bytes.push(0);
                }
                state_hash(&bytes)
            };
        },
    },
    Mutant {
        name: "ignores-trailing-bytes",
        rule: "EXCH-18",
        fault: "reads the first 13 bytes of a longer STATE_HASH",
        edit: |rules| {
            rules.reads = |_, _, datagram| state_hash(datagram.bytes().get(..13)?);
        },
    },
    Mutant {
        name: "takes-13-bytes-for-a-hash",
        rule: "EXCH-18",
        fault: "recognises a STATE_HASH by its length, and so reads an EPISODE_READY as one",
        edit: |rules| {
            rules.reads = |_, _, datagram| {
                let body = datagram.bytes().get(1..)?;
                state_hash(&[&[7], body].concat())
            };
        },
    },
    Mutant {
        name: "masks-the-type",
        rule: "EXCH-18",
        fault: "looks only at the lower half of the type, and reads 17 as 07",
        edit: |rules| {
            rules.reads = |_, _, datagram| {
                let (first, body) = datagram.bytes().split_first()?;
                state_hash(&[&[first & 0x0f], body].concat())
            };
        },
    },
    Mutant {
        name: "finds-a-hash-behind-a-message",
        rule: "EXCH-18",
        fault: "reads a STATE_HASH that follows another message in the same datagram",
        edit: |rules| {
            rules.reads = |_, _, datagram| {
                let bytes = datagram.bytes();
                state_hash(&bytes[bytes.len().saturating_sub(13)..])
            };
        },
    },
    Mutant {
        name: "a-malformed-hash-removes-a-good-one",
        rule: "EXCH-18",
        fault: "drops the hash of a frame when a malformed one for the same frame arrives",
        edit: |rules| {
            rules.reads = |_, state, datagram| {
                let read = state_hash(datagram.bytes());
                if let (None, Some(frame)) = (read, frame(datagram)) {
                    state.map.retain(|stored| stored.0 != frame);
                }
                read
            };
        },
    },
    Mutant {
        name: "a-malformed-hash-empties-the-map",
        rule: "EXCH-18",
        fault: "empties the map when a STATE_HASH is malformed",
        edit: |rules| {
            rules.reads = |_, state, datagram| {
                let read = state_hash(datagram.bytes());
                if read.is_none() && datagram.bytes().first() == Some(&7) {
                    state.map.clear();
                }
                read
            };
        },
    },
    Mutant {
        name: "a-malformed-datagram-closes-the-channel",
        rule: "EXCH-18",
        fault: "treats the channel as closed when a STATE_HASH is malformed",
        edit: |rules| {
            rules.reads = |_, state, datagram| {
                let read = state_hash(datagram.bytes());
                state.closed |= read.is_none() && datagram.bytes().first() == Some(&7);
                read
            };
        },
    },
    Mutant {
        name: "takes-an-empty-datagram-for-the-end",
        rule: "EXCH-18",
        fault: "treats the channel as closed when an empty datagram arrives",
        edit: |rules| {
            rules.reads = |_, state, datagram| {
                state.closed |= datagram.bytes().is_empty();
                state_hash(datagram.bytes())
            };
        },
    },
    Mutant {
        name: "takes-a-pong-for-an-acknowledgement",
        rule: "EXCH-18",
        fault: "treats a PONG or VALIDATION_PONG as an acknowledgement of everything that is queued",
        edit: |rules| {
            rules.reads = |_, state, datagram| {
                if matches!(datagram.bytes(), [0x03 | 0x11, ..]) {
                    state.queue.clear();
                }
                state_hash(datagram.bytes())
            };
        },
    },
];

/// A STATE_HASH of exactly 13 bytes.
fn state_hash(bytes: &[u8]) -> Option<Entry> {
    let [7, body @ ..] = bytes else { return None };
    let (frame, hash) = body.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*frame), StateHash(hash.try_into().ok()?)))
}

/// The frame of a STATE_HASH, malformed or not.
fn frame(datagram: &Datagram) -> Option<u32> {
    let [7, body @ ..] = datagram.bytes() else { return None };
    Some(u32::from_be_bytes(*body.first_chunk::<4>()?))
}
