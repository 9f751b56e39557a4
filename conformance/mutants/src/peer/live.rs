//! Wrong peers of LIVE.
//!
//! PINGs are seen in most scenarios of this chapter, so most of these peers send the first ones right.

use rollwire_model::{
    exchange::How,
    peer::{LiveRules, Message, Phase, State, ValidationPhase, bits_of},
};

use super::Mutant;

const RIGHT: LiveRules = LiveRules::SPECIFIED;

/// The phase of the episode.
fn phase(state: &State) -> Option<Phase> {
    state.episodes.current.as_ref().map(|episode| episode.phase)
}

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "pings-half-a-second-after-its-own",
        rule: "LIVE-1",
        fault: "counts the first PING from the first VALIDATION_PING, and not from the validation",
        edit: |rules| {
            rules.live.first_after_validation =
                |state| state.opened.map(|opened| (opened + 600).max(state.clock));
        },
    },
    Mutant {
        name: "only-player-zero-measures",
        rule: "LIVE-1",
        fault: "sends no PING if it is player 1",
        edit: |rules| {
            rules.live.first_after_validation =
                |state| (RIGHT.first_after_validation)(state).filter(|_| state.setup.local == 0);
        },
    },
    Mutant {
        name: "player-one-measures-before-the-proof",
        rule: "LIVE-1",
        fault: "sends PINGs before it is validated if it is player 1",
        edit: |rules| {
            rules.live.first_after_opening = |state| {
                let anyway = state.opened.filter(|_| state.setup.local == 1);
                anyway.map(|opened| opened + 500).or((RIGHT.first_after_opening)(state))
            };
        },
    },
    Mutant {
        name: "measures-after-a-failure",
        rule: "LIVE-1",
        fault: "sends PINGs once the handshake is over, even if it has failed",
        edit: |rules| {
            rules.valid.settles = |state| {
                (rollwire_model::peer::ValidRules::SPECIFIED.settles)(state);
                if state.validation.phase == ValidationPhase::Failed {
                    state.liveness.ping_at = Some(state.clock + 500);
                }
            };
        },
    },
    Mutant {
        name: "measures-no-more-in-a-game",
        rule: "LIVE-1",
        fault: "stops its PINGs when it is playing",
        edit: |rules| {
            rules.live.again = |state, due| {
                (RIGHT.again)(state, due).filter(|_| phase(state) != Some(Phase::Playing))
            };
        },
    },
    Mutant {
        name: "measures-from-the-pong",
        rule: "LIVE-1",
        fault: "sends the next PING 500 ms after a PONG that took 100 ms or more",
        edit: |rules| {
            rules.live.keeps = |state, round_trip| {
                (RIGHT.keeps)(state, round_trip);
                if f64::from_bits(round_trip) >= 100.0 && state.liveness.unanswered.is_empty() {
                    state.liveness.ping_at = Some(state.clock + 500);
                }
            };
        },
    },
    Mutant {
        name: "gives-up-after-32-pings",
        rule: "LIVE-1",
        fault: "stops its PINGs when 32 are unanswered",
        edit: |rules| {
            rules.live.again = |state, due| {
                (RIGHT.again)(state, due).filter(|_| state.liveness.unanswered.len() < 32)
            };
        },
    },
    Mutant {
        name: "measures-no-more-when-hidden",
        rule: "LIVE-1",
        fault: "stops its PINGs while its page is hidden",
        edit: |rules| {
            rules.live.again = |state, due| (RIGHT.again)(state, due).filter(|_| state.focus.shown);
        },
    },
    Mutant {
        name: "stamps-pings-in-hundredths",
        rule: "LIVE-2",
        fault: "rounds the timestamp of a PING to 10 ms",
        edit: |rules| {
            rules.live.timestamp = |state| bits_of(state.clock / 10 * 10);
        },
    },
    Mutant {
        name: "stamps-pings-with-half-a-trip",
        rule: "LIVE-2",
        fault: "takes half of the last round trip off the timestamp of a PING",
        edit: |rules| {
            rules.live.timestamp = |state| {
                let trip = state.liveness.round_trips.last().map_or(0.0, |it| f64::from_bits(*it));
                (f64::from_bits(bits_of(state.clock)) - trip / 2.0).to_bits()
            };
        },
    },
    Mutant {
        name: "stamps-pings-with-16-bits",
        rule: "LIVE-2",
        fault: "keeps the time of a PING in 16 bits",
        edit: |rules| {
            rules.live.timestamp = |state| bits_of(state.clock % 65_536);
        },
    },
    Mutant {
        name: "stamps-pings-from-the-opening",
        rule: "LIVE-2",
        fault: "writes the time since the opening into a PING, and not the clock",
        edit: |rules| {
            rules.live.timestamp = |state| bits_of(state.clock - state.opened.unwrap_or(0));
        },
    },
    Mutant {
        name: "pings-twice-after-an-answer",
        rule: "LIVE-2",
        fault: "sends two PINGs at a time when all before are answered",
        edit: |rules| {
            rules.live.copies = |state| {
                let answered = state.liveness.unanswered.is_empty();
                if answered && !state.liveness.round_trips.is_empty() { 2 } else { 1 }
            };
        },
    },
    Mutant {
        name: "keeps-the-timer-across-a-closing",
        rule: "LIVE-3",
        fault: "sends the first PING after an opening when the last timer was due",
        edit: |rules| {
            rules.live.closes = |state| state.liveness.unanswered.clear();
            rules.live.first_after_opening = |state| {
                let kept = state.liveness.ping_at.filter(|at| *at > state.clock);
                kept.or((RIGHT.first_after_opening)(state))
            };
        },
    },
    Mutant {
        name: "measures-no-more-after-a-reconnection",
        rule: "LIVE-3",
        fault: "sends no PING after a reconnection",
        edit: |rules| {
            rules.live.first_after_opening =
                |state| (RIGHT.first_after_opening)(state).filter(|_| state.opened == Some(0));
        },
    },
    Mutant {
        name: "measures-after-one-reconnection",
        rule: "LIVE-3",
        fault: "sends no PING after a second reconnection",
        edit: |rules| {
            rules.live.closes = |state| {
                (RIGHT.closes)(state);
                state.counted += 1;
            };
            rules.live.first_after_opening =
                |state| (RIGHT.first_after_opening)(state).filter(|_| state.counted < 2);
        },
    },
    Mutant {
        name: "measures-after-any-opening",
        rule: "LIVE-3",
        fault: "sends PINGs after a reconnection though it is not validated",
        edit: |rules| {
            rules.live.first_after_opening = |state| {
                let later = state.opened.filter(|opened| *opened > 0);
                later.map(|opened| opened + 500).or((RIGHT.first_after_opening)(state))
            };
        },
    },
    Mutant {
        name: "measures-from-a-later-opening",
        rule: "LIVE-3",
        fault: "counts the first PING from a later opening though the validation came after it",
        edit: |rules| {
            rules.live.first_after_validation = |state| match state.opened {
                Some(opened) if opened > 0 => Some((opened + 500).max(state.clock)),
                _ => (RIGHT.first_after_validation)(state),
            };
        },
    },
    Mutant {
        name: "repeats-a-refused-ping-early",
        rule: "LIVE-4",
        fault: "sends a refused PING again after 100 ms",
        edit: |rules| {
            rules.live.refused = |state, _| state.liveness.ping_at = Some(state.clock + 100);
        },
    },
    Mutant {
        name: "stops-measuring-after-an-error",
        rule: "LIVE-4",
        fault: "sends no PING any more after a send that ended with an error",
        edit: |rules| {
            rules.common.refused = |state, message, how| {
                if how == How::Throw && matches!(message, Message::Ping { .. }) {
                    state.liveness.ping_at = None;
                }
            };
        },
    },
    Mutant {
        name: "remembers-refused-pings",
        rule: "LIVE-4",
        fault: "remembers a refused PING as if it were sent",
        edit: |rules| {
            rules.live.refused = |state, timestamp| (RIGHT.remembers)(state, timestamp);
        },
    },
    Mutant {
        name: "repeats-a-refused-ping-late",
        rule: "LIVE-4",
        fault: "leaves the next PING out after a refused one",
        edit: |rules| {
            rules.live.refused = |state, _| state.liveness.ping_at = Some(state.clock + 1_000);
        },
    },
    Mutant {
        name: "answers-pings-twice-when-validated",
        rule: "LIVE-5",
        fault: "answers a PING twice once it is validated, if it is player 1",
        edit: |rules| {
            rules.live.answers = |state, timestamp| {
                let twice = state.validation.is_validated() && state.setup.local == 1;
                let copies = if twice { 2 } else { 1 };
                vec![timestamp; copies]
            };
        },
    },
    Mutant {
        name: "answers-no-ping-after-a-failure",
        rule: "LIVE-5",
        fault: "answers no PING after a handshake that has failed",
        edit: |rules| {
            rules.live.answers = |state, timestamp| {
                let answers = state.validation.phase != ValidationPhase::Failed;
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-no-ping-while-waiting",
        rule: "LIVE-5",
        fault: "answers no PING while it waits for the start",
        edit: |rules| {
            rules.live.answers = |state, timestamp| {
                let answers = phase(state) != Some(Phase::Waiting);
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-no-ping-in-a-game",
        rule: "LIVE-5",
        fault: "answers no PING while it is playing",
        edit: |rules| {
            rules.live.answers = |state, timestamp| {
                let answers = phase(state) != Some(Phase::Playing);
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-no-ping-between-episodes",
        rule: "LIVE-5",
        fault: "answers no PING when the episode is complete",
        edit: |rules| {
            rules.live.answers = |state, timestamp| {
                let answers = phase(state) != Some(Phase::Complete);
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-no-ping-when-hidden",
        rule: "LIVE-5",
        fault: "answers no PING while its page is hidden",
        edit: |rules| {
            rules.live.answers = |state, timestamp| {
                let answers = state.focus.shown;
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-no-ping-of-a-hidden-partner",
        rule: "LIVE-5",
        fault: "answers no PING while the partner's page is hidden",
        edit: |rules| {
            rules.live.answers = |state, timestamp| {
                let answers = state.focus.partner;
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-no-ping-before-the-proof",
        rule: "LIVE-5",
        fault: "answers no PING before it is validated",
        edit: |rules| {
            rules.live.answers = |state, timestamp| {
                let answers = state.validation.phase != ValidationPhase::Validating;
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-no-ping-that-is-not-finite",
        rule: "LIVE-5",
        fault: "answers no PING whose timestamp is not finite",
        edit: |rules| {
            rules.live.answers = |_, timestamp| {
                let answers = f64::from_bits(timestamp).is_finite();
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-no-negative-ping",
        rule: "LIVE-5",
        fault: "answers no PING with a negative timestamp",
        edit: |rules| {
            rules.live.answers = |_, timestamp| {
                let answers =
                    f64::from_bits(timestamp) >= 0.0 || f64::from_bits(timestamp).is_nan();
                vec![timestamp; usize::from(answers)]
            };
        },
    },
    Mutant {
        name: "answers-pings-with-a-number",
        rule: "LIVE-5",
        fault: "answers a PING at minus zero with zero",
        edit: |rules| {
            rules.live.answers =
                |_, timestamp| vec![if f64::from_bits(timestamp) == 0.0 { 0 } else { timestamp }];
        },
    },
    Mutant {
        name: "answers-pings-without-subnormals",
        rule: "LIVE-5",
        fault: "answers a PING with a subnormal timestamp with zero",
        edit: |rules| {
            rules.live.answers = |_, timestamp| {
                vec![if f64::from_bits(timestamp).is_subnormal() { 0 } else { timestamp }]
            };
        },
    },
    Mutant {
        name: "answers-pings-in-milliseconds",
        rule: "LIVE-5",
        fault: "answers a PING with its timestamp in whole milliseconds",
        edit: |rules| {
            rules.live.answers = |_, timestamp| {
                let value = f64::from_bits(timestamp);
                let is_fraction = value.is_normal() && value.fract() != 0.0;
                vec![if is_fraction { value.trunc().to_bits() } else { timestamp }]
            };
        },
    },
    Mutant {
        name: "answers-pings-at-the-opening",
        rule: "LIVE-6",
        fault: "answers a PING that came while the channel was closed when it opens",
        edit: |rules| {
            rules.live.unanswered = |state, timestamp| {
                if state.opened.is_none() {
                    state.remembered.insert(timestamp);
                }
            };
            rules.live.opening_answers =
                |state| std::mem::take(&mut state.remembered).into_iter().collect();
        },
    },
    Mutant {
        name: "makes-up-for-a-refused-pong",
        rule: "LIVE-6",
        fault: "sends a refused PONG again with the next",
        edit: |rules| {
            rules.live.unanswered = |state, timestamp| {
                if state.opened.is_some() {
                    state.remembered.insert(timestamp);
                }
            };
            rules.live.answers =
                |state, timestamp| state.remembered.iter().copied().chain([timestamp]).collect();
        },
    },
    Mutant {
        name: "makes-up-for-a-pong-that-throws",
        rule: "LIVE-6",
        fault: "sends a PONG again with the next if its send ended with an error",
        edit: |rules| {
            rules.common.refused = |state, message, how| {
                if let (Message::Pong { timestamp }, How::Throw) = (message, how) {
                    state.remembered.insert(*timestamp);
                }
            };
            rules.live.answers =
                |state, timestamp| state.remembered.iter().copied().chain([timestamp]).collect();
        },
    },
    Mutant {
        name: "makes-up-for-a-refused-pong-at-the-opening",
        rule: "LIVE-6",
        fault: "sends a refused PONG again when the channel opens",
        edit: |rules| {
            rules.live.unanswered = |state, timestamp| {
                if state.opened.is_some() {
                    state.remembered.insert(timestamp);
                }
            };
            rules.live.opening_answers =
                |state| std::mem::take(&mut state.remembered).into_iter().collect();
        },
    },
    Mutant {
        name: "answers-pongs",
        rule: "LIVE-7",
        fault: "answers a PONG with a PONG before it is validated",
        edit: |rules| {
            rules.live.answers_others = |state, message| match message {
                Message::Pong { timestamp } if !state.validation.is_validated() => {
                    Some(Message::Pong { timestamp: *timestamp })
                }
                _ => None,
            };
        },
    },
    Mutant {
        name: "answers-keepalives",
        rule: "LIVE-7",
        fault: "answers a KEEPALIVE with a KEEPALIVE",
        edit: |rules| {
            rules.live.answers_others = |_, message| match message {
                Message::Keepalive => Some(Message::Keepalive),
                _ => None,
            };
        },
    },
    Mutant {
        name: "answers-validation-pongs",
        rule: "LIVE-7",
        fault: "answers a VALIDATION_PONG with a VALIDATION_PONG once it is validated",
        edit: |rules| {
            rules.live.answers_others = |state, message| match message {
                Message::ValidationPong { timestamp } if state.validation.is_validated() => {
                    // The answer that makes it validated is not answered.
                    let own = bits_of(100);
                    (state.clock > 100 || *timestamp != own)
                        .then_some(Message::ValidationPong { timestamp: *timestamp })
                }
                _ => None,
            };
        },
    },
    Mutant {
        name: "keeps-no-trip-of-zero",
        rule: "LIVE-8",
        fault: "does not keep a round trip of zero",
        edit: |rules| {
            rules.live.keeps = |state, round_trip| {
                if round_trip != 0 {
                    (RIGHT.keeps)(state, round_trip);
                }
            };
        },
    },
    Mutant {
        name: "measures-in-hundredths",
        rule: "LIVE-8",
        fault: "rounds a round trip to 10 ms",
        edit: |rules| {
            rules.live.measures = |state, timestamp| {
                let trip = f64::from_bits((RIGHT.measures)(state, timestamp));
                (trip - trip % 10.0).to_bits()
            };
        },
    },
    Mutant {
        name: "an-answer-settles-older-pings",
        rule: "LIVE-8",
        fault: "forgets the PINGs before the one that is answered",
        edit: |rules| {
            rules.live.counts = |state, timestamp| {
                let unanswered = &mut state.liveness.unanswered;
                let place = unanswered.iter().position(|it| *it == timestamp);
                place.map(|place| unanswered.drain(..=place)).is_some()
            };
        },
    },
    Mutant {
        name: "measures-the-oldest-ping-alone",
        rule: "LIVE-8",
        fault: "measures a PONG only if it answers the oldest unanswered PING",
        edit: |rules| {
            rules.live.counts = |state, timestamp| {
                state.liveness.unanswered.first() == Some(&timestamp)
                    && (RIGHT.counts)(state, timestamp)
            };
        },
    },
    Mutant {
        name: "measures-nothing-when-hidden",
        rule: "LIVE-8",
        fault: "measures no PONG while its page is hidden",
        edit: |rules| {
            rules.live.counts =
                |state, timestamp| state.focus.shown && (RIGHT.counts)(state, timestamp);
        },
    },
    Mutant {
        name: "measures-from-the-newest-ping",
        rule: "LIVE-8",
        fault: "measures the first PONG from the newer one of two unanswered PINGs",
        edit: |rules| {
            rules.live.measures = |state, timestamp| match state.liveness.unanswered[..] {
                [newest] if newest > timestamp && state.liveness.round_trips.is_empty() => {
                    (RIGHT.measures)(state, newest)
                }
                _ => (RIGHT.measures)(state, timestamp),
            };
        },
    },
    Mutant {
        name: "measures-before-the-first-ping",
        rule: "LIVE-9",
        fault: "measures every PONG from the past before it has sent a PING",
        edit: |rules| {
            rules.live.remembers = |state, timestamp| {
                (RIGHT.remembers)(state, timestamp);
                state.counted = 1;
            };
            rules.live.counts = |state, timestamp| {
                let past = f64::from_bits(timestamp) <= f64::from_bits(bits_of(state.clock));
                state.counted == 0 && past || (RIGHT.counts)(state, timestamp)
            };
        },
    },
    Mutant {
        name: "any-pong-answers-a-ping",
        rule: "LIVE-9",
        fault: "takes a PONG with a timestamp of the past for the answer to the oldest PING",
        edit: |rules| {
            rules.live.counts = |state, timestamp| {
                let sign = f64::from_bits(timestamp) >= 0.0 && timestamp >> 63 == 0;
                let oldest = state.liveness.unanswered.first().copied();
                let older = sign && oldest.is_some_and(|oldest| timestamp < oldest);
                if older {
                    state.liveness.unanswered.remove(0);
                }
                older || (RIGHT.counts)(state, timestamp)
            };
        },
    },
    Mutant {
        name: "measures-a-second-pong",
        rule: "LIVE-9",
        fault: "measures a second PONG for the same PING",
        edit: |rules| {
            rules.live.counts = |state, timestamp| {
                let counts = (RIGHT.counts)(state, timestamp);
                if counts {
                    state.remembered.insert(timestamp);
                }
                counts || state.remembered.contains(&timestamp)
            };
        },
    },
    Mutant {
        name: "measures-what-is-not-a-number",
        rule: "LIVE-9",
        fault: "measures a PONG whose timestamp is not a number",
        edit: |rules| {
            rules.live.counts = |state, timestamp| {
                f64::from_bits(timestamp).is_nan() || (RIGHT.counts)(state, timestamp)
            };
        },
    },
    Mutant {
        name: "measures-what-is-infinite",
        rule: "LIVE-9",
        fault: "measures a PONG whose timestamp is infinite",
        edit: |rules| {
            rules.live.counts = |state, timestamp| {
                f64::from_bits(timestamp).is_infinite() || (RIGHT.counts)(state, timestamp)
            };
        },
    },
    Mutant {
        name: "measures-pongs-of-the-future",
        rule: "LIVE-9",
        fault: "measures a PONG whose timestamp is in the future",
        edit: |rules| {
            rules.live.counts = |state, timestamp| {
                let value = f64::from_bits(timestamp);
                let future = value.is_finite() && value > f64::from_bits(bits_of(state.clock));
                future || (RIGHT.counts)(state, timestamp)
            };
        },
    },
    Mutant {
        name: "ignores-the-sign-of-a-pong",
        rule: "LIVE-9",
        fault: "takes a PONG with the negative timestamp of a PING for its answer",
        edit: |rules| {
            rules.live.counts = |state, timestamp| (RIGHT.counts)(state, timestamp & !(1 << 63));
        },
    },
    Mutant {
        name: "measures-pongs-at-minus-zero",
        rule: "LIVE-9",
        fault: "measures a PONG at minus zero",
        edit: |rules| {
            rules.live.counts =
                |state, timestamp| timestamp == 1 << 63 || (RIGHT.counts)(state, timestamp);
        },
    },
    Mutant {
        name: "measures-what-is-nearly-right",
        rule: "LIVE-9",
        fault: "takes a PONG for the answer to a PING that was sent within the same millisecond",
        edit: |rules| {
            rules.live.counts = |state, timestamp| {
                let value = f64::from_bits(timestamp);
                let near = value > 0.0 && value.is_finite();
                let whole = if near { value.trunc().to_bits() } else { timestamp };
                (RIGHT.counts)(state, whole)
            };
        },
    },
    Mutant {
        name: "measures-validation-pings",
        rule: "LIVE-9",
        fault: "takes a PONG for the answer to a VALIDATION_PING",
        edit: |rules| {
            rules.valid.remembers = |state, timestamp| {
                (rollwire_model::peer::ValidRules::SPECIFIED.remembers)(state, timestamp);
                state.remembered.insert(timestamp);
            };
            rules.live.counts = |state, timestamp| {
                state.remembered.contains(&timestamp) || (RIGHT.counts)(state, timestamp)
            };
        },
    },
    Mutant {
        name: "measures-validation-pongs",
        rule: "LIVE-9",
        fault: "takes a VALIDATION_PONG for the answer to a PING",
        edit: |rules| {
            rules.common.reads = |model, state, datagram| match Message::read(model, datagram)? {
                Message::ValidationPong { timestamp }
                    if state.liveness.unanswered.contains(&timestamp) =>
                {
                    Some(Message::Pong { timestamp })
                }
                message => Some(message),
            };
        },
    },
    Mutant {
        name: "keeps-nine-trips",
        rule: "LIVE-10",
        fault: "keeps the nine newest round trips",
        edit: |rules| {
            rules.live.keeps = |state, round_trip| {
                (RIGHT.keeps)(state, round_trip);
                let surplus = state.liveness.round_trips.len().saturating_sub(9);
                state.liveness.round_trips.drain(..surplus);
            };
        },
    },
    Mutant {
        name: "keeps-eleven-trips",
        rule: "LIVE-10",
        fault: "keeps the eleven newest round trips",
        edit: |rules| {
            rules.live.keeps = |state, round_trip| {
                let surplus = (state.liveness.round_trips.len() + 1).saturating_sub(11);
                state.liveness.round_trips.drain(..surplus);
                state.liveness.round_trips.push(round_trip);
            };
        },
    },
    Mutant {
        name: "keeps-the-oldest-trips",
        rule: "LIVE-10",
        fault: "keeps the ten oldest round trips",
        edit: |rules| {
            rules.live.keeps = |state, round_trip| {
                if state.liveness.round_trips.len() < 10 {
                    (RIGHT.keeps)(state, round_trip);
                }
            };
        },
    },
    Mutant {
        name: "empties-a-full-list",
        rule: "LIVE-10",
        fault: "empties the list of round trips when it is full",
        edit: |rules| {
            rules.live.keeps = |state, round_trip| {
                if state.liveness.round_trips.len() == 10 {
                    state.liveness.round_trips.clear();
                }
                (RIGHT.keeps)(state, round_trip);
            };
        },
    },
    Mutant {
        name: "shows-the-newest-trip-first",
        rule: "LIVE-10",
        fault: "keeps the round trips with the newest first",
        edit: |rules| {
            rules.live.keeps = |state, round_trip| {
                state.liveness.round_trips.insert(0, round_trip);
                state.liveness.round_trips.truncate(10);
            };
        },
    },
    Mutant {
        name: "sorts-its-trips",
        rule: "LIVE-10",
        fault: "keeps the round trips from the shortest to the longest",
        edit: |rules| {
            rules.live.keeps = |state, round_trip| {
                (RIGHT.keeps)(state, round_trip);
                state.liveness.round_trips.sort_unstable();
            };
        },
    },
    Mutant {
        name: "keeps-equal-trips-once",
        rule: "LIVE-10",
        fault: "keeps a round trip once that is as long as the last",
        edit: |rules| {
            rules.live.keeps = |state, round_trip| {
                if state.liveness.round_trips.last() != Some(&round_trip) {
                    (RIGHT.keeps)(state, round_trip);
                }
            };
        },
    },
    Mutant {
        name: "remembers-31-pings",
        rule: "LIVE-11",
        fault: "remembers the 31 newest unanswered PINGs",
        edit: |rules| {
            rules.live.remembers = |state, timestamp| {
                (RIGHT.remembers)(state, timestamp);
                let surplus = state.liveness.unanswered.len().saturating_sub(31);
                state.liveness.unanswered.drain(..surplus);
            };
        },
    },
    Mutant {
        name: "remembers-33-pings",
        rule: "LIVE-11",
        fault: "remembers the 33 newest unanswered PINGs",
        edit: |rules| {
            rules.live.remembers = |state, timestamp| {
                state.liveness.unanswered.push(timestamp);
                let surplus = state.liveness.unanswered.len().saturating_sub(33);
                state.liveness.unanswered.drain(..surplus);
            };
        },
    },
    Mutant {
        name: "remembers-all-pings",
        rule: "LIVE-11",
        fault: "remembers all unanswered PINGs",
        edit: |rules| {
            rules.live.remembers = |state, timestamp| state.liveness.unanswered.push(timestamp);
        },
    },
    Mutant {
        name: "remembers-the-first-pings",
        rule: "LIVE-11",
        fault: "remembers the first 32 unanswered PINGs, and no newer ones",
        edit: |rules| {
            rules.live.remembers = |state, timestamp| {
                if state.liveness.unanswered.len() < 32 {
                    state.liveness.unanswered.push(timestamp);
                }
            };
        },
    },
    Mutant {
        name: "counts-answered-pings",
        rule: "LIVE-11",
        fault: "counts the answered PINGs among the 32",
        edit: |rules| {
            rules.live.remembers = |state, timestamp| {
                (RIGHT.remembers)(state, timestamp);
                state.counted += 1;
                if state.counted > 32 && !state.liveness.round_trips.is_empty() {
                    state.liveness.unanswered.remove(0);
                }
            };
        },
    },
    Mutant {
        name: "a-refusal-forgets-a-ping",
        rule: "LIVE-11",
        fault: "forgets the oldest of 32 PINGs when another one is refused",
        edit: |rules| {
            rules.live.refused = |state, _| {
                if state.liveness.unanswered.len() == 32 {
                    state.liveness.unanswered.remove(0);
                }
            };
        },
    },
    Mutant {
        name: "forgets-its-trips-at-a-closing",
        rule: "LIVE-12",
        fault: "forgets the round trips when the channel closes",
        edit: |rules| {
            rules.live.closes = |state| {
                (RIGHT.closes)(state);
                state.liveness.round_trips.clear();
            };
        },
    },
    Mutant {
        name: "forgets-its-trips-at-an-opening",
        rule: "LIVE-12",
        fault: "forgets the round trips when the channel opens",
        edit: |rules| {
            rules.live.opening_answers = |state| {
                state.liveness.round_trips.clear();
                Vec::new()
            };
        },
    },
    Mutant {
        name: "remembers-pings-across-a-closing",
        rule: "LIVE-12",
        fault: "remembers the unanswered PINGs after the channel has closed",
        edit: |rules| {
            rules.live.closes = |state| state.liveness.ping_at = None;
        },
    },
    Mutant {
        name: "remembers-pings-until-the-opening",
        rule: "LIVE-12",
        fault: "forgets the unanswered PINGs when the channel opens, and not when it closes",
        edit: |rules| {
            rules.live.closes = |state| state.liveness.ping_at = None;
            rules.live.opening_answers = |state| {
                state.liveness.unanswered.clear();
                Vec::new()
            };
        },
    },
    Mutant {
        name: "measures-nothing-after-a-reconnection",
        rule: "LIVE-12",
        fault: "measures no PONG after a reconnection",
        edit: |rules| {
            rules.live.closes = |state| {
                (RIGHT.closes)(state);
                state.counted = 1;
            };
            rules.live.counts =
                |state, timestamp| state.counted == 0 && (RIGHT.counts)(state, timestamp);
        },
    },
];
