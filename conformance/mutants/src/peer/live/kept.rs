//! Wrong peers of LIVE: what is remembered.

use rollwire_model::peer::LiveRules;

use crate::peer::mutant::Mutant;

const RIGHT: LiveRules = LiveRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
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
