//! Scenarios that are too long to store. They are generated at run time, always the same ones.
//!
//! Each asks for more than a fixed array, a ring or a small integer holds. They are played with
//! `advance` (`spec/adapter.md`), so that they are observed only where something else begins to happen.
//! The expectations of their author are in the tests of this crate.

use std::ops::Range;

use crate::{
    Capability, Level,
    check::CheckKind,
    exchange::{ChannelState, LEAST_MAP_BOUND, StateHash, Stimulus},
    rule,
    vectors::{
        case::Source,
        scenario::{Expectation, Precondition, Scenario, Step},
    },
};

/// More than the rings and arrays that are in use hold: 256, 512, 1000, 1024.
const MANY: u32 = 1025;

/// One more than an inbound map has to hold, for what has no bound at all.
const VERY_MANY: u32 = 4097;

/// As many as an inbound map has to hold (EXCH-19).
const FULL_MAP: u32 = 4096;

const _: () = assert!(FULL_MAP as usize == LEAST_MAP_BOUND, "EXCH-19");

/// The scenarios with more than a thousand stimuli.
#[must_use]
pub fn long_scenarios() -> Vec<Scenario> {
    [queues(), maps(), rollbacks(), detection()].concat()
}

fn queues() -> Vec<Scenario> {
    let closed = |count| {
        let mut stimuli = vec![Stimulus::Channel(ChannelState::Closed)];
        stimuli.extend(confirms(0..count));
        stimuli.extend([Stimulus::Channel(ChannelState::Open), Stimulus::TICK]);
        stimuli
    };
    let rolling_back = |count| {
        let mut stimuli = vec![Stimulus::begin(0)];
        stimuli.extend(confirms(0..count));
        stimuli.extend([Stimulus::END, Stimulus::TICK]);
        stimuli
    };
    // Never more than four wait, but all of them together are more than an array has places.
    let in_turn = (0..1100).flat_map(|turn| {
        let four = confirms(4 * turn..4 * turn + 4);
        four.chain([Stimulus::TICK])
    });
    vec![
        scenario(
            "queue-of-1025",
            "EXCH-4 EXCH-8",
            &[],
            "unbounded-queue lost-entry channel-closed",
            "a peer is away for 1,025 hashes: a queue of 512, 1,000 or 1,024 places has lost some of them",
            closed(MANY),
        ),
        scenario(
            "queue-of-4097",
            "EXCH-4 EXCH-8",
            &[],
            "unbounded-queue lost-entry channel-closed",
            "a peer is away for 4,097 hashes: a queue with the bound of the inbound map has lost one of them",
            closed(VERY_MANY),
        ),
        scenario(
            "queue-of-five-thousand-in-turn",
            "EXCH-4 EXCH-8",
            &[],
            "unbounded-queue lost-entry",
            "4,400 hashes, four for each tick: an array whose places are not used again is full after some of them",
            in_turn.collect(),
        ),
        scenario(
            "batch-of-1025",
            "EXCH-8",
            &[],
            "batch-limit",
            "1,025 hashes are waiting at the end of a rollback: a tick that sends 512 or 1,000 leaves the rest",
            rolling_back(MANY),
        ),
        scenario(
            "batch-of-4097",
            "EXCH-8",
            &[],
            "batch-limit",
            "4,097 hashes are waiting at the end of a rollback: a tick that sends 2,048 or 4,096 leaves the rest",
            rolling_back(VERY_MANY),
        ),
    ]
}

fn maps() -> Vec<Scenario> {
    let filled = |count: u32| hashes(0..count).collect::<Vec<_>>();
    let mut compared = filled(FULL_MAP);
    // The hashes of both peers are equal, and the first ones that arrived are confirmed last.
    compared.extend(confirms(FULL_MAP - 50..FULL_MAP));
    compared.extend(confirms(0..50));
    // The first entry is the highest frame, and it is replaced, which does not make it any younger.
    let mut beyond: Vec<Stimulus> = (1..=FULL_MAP).rev().map(hash_of).collect();
    beyond.push(Stimulus::peer(5 * FULL_MAP, StateHash([0xee; 8])));
    beyond.extend((FULL_MAP + 1..FULL_MAP + 11).map(hash_of));
    // One more than a map has room for, the lowest frame last. Only the hash that was inserted first may
    // be gone, although it was replaced, and it is not confirmed.
    let mut one_more: Vec<Stimulus> = (1..=FULL_MAP).rev().map(hash_of).collect();
    one_more.extend([Stimulus::peer(5 * FULL_MAP, StateHash([0xee; 8])), hash_of(0)]);
    one_more.extend([confirm_of(0), confirm_of(FULL_MAP - 1)]);
    vec![
        scenario(
            "map-of-1025",
            "EXCH-19 EXCH-15",
            &[Capability::Inspect],
            "inbound-map",
            "the peer is 1,025 hashes ahead: a map of 512, 1,000 or 1,024 places has lost some of them",
            filled(MANY),
        ),
        scenario(
            "map-of-4096",
            "EXCH-19 EXCH-15",
            &[Capability::Inspect],
            "inbound-map",
            "the peer is 4,096 hashes ahead, as many as every map has room for",
            filled(FULL_MAP),
        ),
        scenario(
            "map-of-4096-is-compared",
            "EXCH-19 DETECT-1",
            &[Capability::Detect],
            "inbound-map comparison",
            "4,096 hashes of the peer are waiting, and the last and the first of them are compared",
            differing(compared),
        ),
        scenario(
            "map-beyond-4096",
            "EXCH-19",
            &[Capability::Inspect],
            "inbound-map",
            "4,106 hashes of the peer: a map with a bound has dropped the ones that were inserted first, however high their frames are and even if their hash was replaced",
            beyond,
        ),
        scenario(
            "map-of-4097-is-compared",
            "EXCH-19 DETECT-1",
            &[Capability::Detect],
            "inbound-map comparison",
            "4,097 hashes of the peer: a map with a bound has dropped the first and holds the newest one, which has the lowest frame, and the second",
            differing(one_more),
        ),
    ]
}

fn rollbacks() -> Vec<Scenario> {
    /// The frames above the target. Every other entry is one of them.
    const ABOVE: u32 = 1_000_000;
    let alternating = |number: u32| if number.is_multiple_of(2) { number } else { ABOVE + number };
    let target = || Stimulus::begin(5 * ABOVE);
    let mut queue = vec![Stimulus::Channel(ChannelState::Closed)];
    queue.extend((0..VERY_MANY).map(|number| confirm_of(alternating(number))));
    queue.extend([target(), Stimulus::END, Stimulus::Channel(ChannelState::Open), Stimulus::TICK]);
    let mut map: Vec<Stimulus> = (0..FULL_MAP).map(|number| hash_of(alternating(number))).collect();
    map.extend([target(), Stimulus::END]);
    let mut confirmed = map.clone();
    // The peer's hashes of these frames have left the map, so none of them is compared.
    let withdrawn = (0..FULL_MAP).rev().map(alternating).filter(|number| *number > ABOVE);
    confirmed.extend(withdrawn.take(100).map(confirm_of));
    vec![
        scenario(
            "rollback-into-a-queue-of-4097",
            "EXCH-20",
            &[],
            "rollback queue-order stale-hash",
            "every other one of 4,097 waiting hashes is withdrawn: a loop that ends after 256 or 1,024 entries leaves the rest",
            queue,
        ),
        scenario(
            "rollback-into-a-map-of-4096",
            "EXCH-21",
            &[Capability::Inspect],
            "rollback inbound-map stale-hash",
            "every other one of 4,096 hashes of the peer is withdrawn: a loop that ends after 256 or 1,024 entries leaves the rest",
            map,
        ),
        scenario(
            "rollback-into-a-map-of-4096-is-compared",
            "EXCH-21 DETECT-1",
            &[Capability::Detect],
            "rollback inbound-map stale-hash",
            "every other one of 4,096 hashes of the peer is withdrawn, and these frames are confirmed again: there is nothing to compare them with",
            differing(confirmed),
        ),
    ]
}

fn detection() -> Vec<Scenario> {
    const PAIRS: u32 = 120;
    let mut events: Vec<Stimulus> = confirms(1..2).collect();
    events.extend(
        (0..FULL_MAP)
            .map(|number| Stimulus::peer(5, StateHash((u64::from(number) << 32).to_be_bytes()))),
    );
    // A long rollback: the pairs are the last entries of a full map.
    let mut pairs: Vec<Stimulus> = hashes(0..FULL_MAP - PAIRS).collect();
    pairs.push(Stimulus::begin(5 * FULL_MAP));
    pairs.extend(confirms(FULL_MAP..FULL_MAP + PAIRS));
    pairs.extend(hashes(FULL_MAP..FULL_MAP + PAIRS));
    pairs.push(Stimulus::END);
    vec![
        scenario(
            "events-of-4096",
            "DETECT-6",
            &[],
            "mismatch-event",
            "4,096 hashes of one frame, all of them wrong: a list of 16, 256 or 1,000 events has lost some of them",
            events,
        ),
        scenario(
            "pairs-in-a-map-of-4096",
            "DETECT-9",
            &[],
            "rollback comparison inbound-map",
            "120 pairs are complete at the end of a rollback, and 3,976 other hashes were there before them: a loop that ends after 64 pairs or 1,024 entries compares only some",
            differing(pairs),
        ),
    ]
}

/// A scenario whose expectations are those of the model.
fn scenario(
    slug: &str,
    rules: &str,
    requires: &[Capability],
    flags: &str,
    comment: &str,
    stimuli: Vec<Stimulus>,
) -> Scenario {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let rules = words(rules);
    let about = rules.first().and_then(|id| rule(id));
    let capability = about.and_then(|rule| rule.capability).unwrap_or(Capability::Exchange);
    let needed = requires.iter().copied().chain([capability]);
    let since = needed.clone().map(Capability::since).max().unwrap_or_default();
    let requires = needed.filter(|it| *it != Capability::Exchange).map(|it| it.to_string());
    let step = stimuli.len().saturating_sub(1);
    let steps =
        stimuli.into_iter().map(|stimulus| Step { stimulus, expect: Expectation::default() });
    Scenario {
        peer: None,
        id: format!("exchange-long/{slug}"),
        since,
        until: None,
        source: Source::Model,
        requires: requires.collect(),
        rules,
        level: Level::Must,
        comment: comment.to_owned(),
        flags: words(flags),
        precondition: Precondition { step, state: Expectation::default() },
        steps: steps.collect(),
        checks: vec![CheckKind::Run],
    }
}

/// Every fifth frame, as games hash them, with its number for a hash.
fn frame_and_hash(number: u32) -> (u32, StateHash) {
    let frame = number.saturating_mul(5);
    (frame, StateHash(u64::from(frame).to_be_bytes()))
}

fn confirm_of(number: u32) -> Stimulus {
    let (frame, hash) = frame_and_hash(number);
    Stimulus::Confirm { frame, hash }
}

fn hash_of(number: u32) -> Stimulus {
    let (frame, hash) = frame_and_hash(number);
    Stimulus::peer(frame, hash)
}

fn confirms(numbers: Range<u32>) -> impl Iterator<Item = Stimulus> {
    numbers.map(confirm_of)
}

fn hashes(numbers: Range<u32>) -> impl Iterator<Item = Stimulus> {
    numbers.map(hash_of)
}

/// The same with other hashes for what is confirmed: each comparison adds an event.
fn differing(stimuli: Vec<Stimulus>) -> Vec<Stimulus> {
    let other = |stimulus| match stimulus {
        Stimulus::Confirm { frame, hash: StateHash(bytes) } => {
            Stimulus::Confirm { frame, hash: StateHash(bytes.map(|byte| !byte)) }
        }
        stimulus => stimulus,
    };
    stimuli.into_iter().map(other).collect()
}
