//! Wrong peers of SYNC-3: what an INPUT holds.

use rollwire_model::peer::{State, SyncRules};

use crate::peer::mutant::Mutant;

const RIGHT: SyncRules = SyncRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "sends-the-newest-input-alone",
        rule: "SYNC-3",
        fault: "sends only the newest entry in each INPUT",
        edit: |rules| {
            rules.sync.window = |state| state.inputs.own.last().copied().into_iter().collect();
        },
    },
    Mutant {
        name: "sends-one-entry-less",
        rule: "SYNC-3",
        fault: "sends one entry less than its redundancy",
        edit: |rules| rules.sync.window = |state| newest(state, 9),
    },
    Mutant {
        name: "sends-one-entry-more",
        rule: "SYNC-3",
        fault: "sends one entry more than its redundancy",
        edit: |rules| rules.sync.window = |state| newest(state, 11),
    },
    Mutant {
        name: "sends-the-newest-first",
        rule: "SYNC-3",
        fault: "puts the newest entry of an INPUT first",
        edit: |rules| {
            rules.sync.window = |state| (RIGHT.window)(state).into_iter().rev().collect();
            rules.sync.current_frame =
                |_, entries| entries.iter().map(|entry| entry.0).max().unwrap_or(0);
        },
    },
    Mutant {
        name: "sends-what-is-not-confirmed-alone",
        rule: "SYNC-3",
        fault: "leaves confirmed entries out of its INPUTs",
        edit: |rules| {
            rules.sync.window = |state| {
                let base = state.base();
                let mut entries = (RIGHT.window)(state);
                entries.retain(|entry| i64::from(entry.0) > base);
                entries
            };
        },
    },
    Mutant {
        name: "sends-as-player-0",
        rule: "SYNC-3",
        fault: "sends its INPUTs as those of player 0 from the second on, also if it is player 1",
        edit: |rules| {
            rules.sync.player = |state| {
                if state.inputs.own.len() > 1 { 0 } else { (RIGHT.player)(state) }
            };
        },
    },
    Mutant {
        name: "writes-the-oldest-frame-as-the-current-one",
        rule: "SYNC-3",
        fault: "writes the frame of the oldest entry of an INPUT as its current frame",
        edit: |rules| {
            rules.sync.current_frame = |_, entries| entries.first().map_or(0, |entry| entry.0);
        },
    },
    Mutant {
        name: "writes-the-confirmed-frame-as-the-current-one",
        rule: "SYNC-3",
        fault: "writes the confirmed frame as the current frame of an INPUT, once there is one",
        edit: |rules| {
            rules.sync.current_frame = |state, entries| {
                state.inputs.confirmed.unwrap_or_else(|| (RIGHT.current_frame)(state, entries))
            };
        },
    },
    Mutant {
        name: "writes-a-current-frame-of-16-bits",
        rule: "SYNC-3",
        fault: "writes the low 16 bits of the current frame",
        edit: |rules| {
            rules.sync.current_frame =
                |state, entries| (RIGHT.current_frame)(state, entries) & 0xffff;
        },
    },
];

/// The newest own entries.
fn newest(state: &State, most: usize) -> Vec<(u32, u8)> {
    let own = &state.inputs.own;
    own[own.len().saturating_sub(most)..].to_vec()
}
