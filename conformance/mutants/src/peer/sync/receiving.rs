//! Wrong peers of SYNC-6 to SYNC-10: receiving.

use std::collections::BTreeSet;

use rollwire_model::peer::SyncRules;

use crate::peer::mutant::Mutant;

const RIGHT: SyncRules = SyncRules::SPECIFIED;

pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "takes-inputs-of-any-player",
        rule: "SYNC-6",
        fault: "takes the INPUTs of every player for those of its partner",
        edit: |rules| rules.sync.is_partner = |_, _| true,
    },
    Mutant {
        name: "takes-inputs-of-its-own-index",
        rule: "SYNC-6",
        fault: "takes an INPUT with its own index for one of its partner",
        edit: |rules| rules.sync.is_partner = |_, player| player < 2,
    },
    Mutant {
        name: "takes-inputs-of-unknown-players",
        rule: "SYNC-6",
        fault: "takes an INPUT of an unknown player for one of its partner",
        edit: |rules| {
            rules.sync.is_partner = |state, player| player != u16::from(state.setup.local);
        },
    },
    Mutant {
        name: "looks-at-one-byte-of-the-player",
        rule: "SYNC-6",
        fault: "looks at the low byte of the player of an INPUT only",
        edit: |rules| {
            rules.sync.is_partner = |state, player| player & 0xff == state.setup.partner();
        },
    },
    Mutant {
        name: "takes-player-0-for-no-player",
        rule: "SYNC-6",
        fault: "drops the INPUTs of player 0",
        edit: |rules| {
            rules.sync.is_partner = |state, player| player != 0 && player == state.setup.partner();
        },
    },
    Mutant {
        name: "stops-at-an-entry-out-of-order",
        rule: "SYNC-7",
        fault: "looks at no entry of an INPUT after one whose frame is not higher than the one before",
        edit: |rules| {
            rules.sync.reads = |_, entries| {
                let rises = entries.windows(2).take_while(|pair| pair[0].0 < pair[1].0).count();
                entries[..entries.len().min(rises + 1)].to_vec()
            };
        },
    },
    Mutant {
        name: "stops-at-a-known-entry",
        rule: "SYNC-7",
        fault: "looks at no entry of an INPUT after one that it knows",
        edit: |rules| {
            rules.sync.reads = |state, entries| {
                let is_new = |entry: &&(u32, u8)| !state.inputs.held.contains_key(&entry.0);
                entries.iter().take_while(is_new).copied().collect()
            };
        },
    },
    Mutant {
        name: "drops-an-input-without-news",
        rule: "SYNC-7",
        fault: "drops an INPUT of several entries if it knows the last of them",
        edit: |rules| {
            rules.sync.reads = |state, entries| match entries {
                [_, .., last] if state.inputs.held.contains_key(&last.0) => Vec::new(),
                _ => entries.to_vec(),
            };
        },
    },
    Mutant {
        name: "stops-at-a-dropped-entry",
        rule: "SYNC-7",
        fault: "looks at no entry of an INPUT after one that the confirmed frame has reached",
        edit: |rules| {
            rules.sync.reads = |state, entries| {
                let is_above = |entry: &&(u32, u8)| i64::from(entry.0) > state.base();
                entries.iter().take_while(is_above).copied().collect()
            };
        },
    },
    Mutant {
        name: "drops-an-input-with-a-repeat",
        rule: "SYNC-7",
        fault: "drops an INPUT that has a frame twice",
        edit: |rules| {
            rules.sync.reads = |_, entries| {
                let frames: BTreeSet<u32> = entries.iter().map(|entry| entry.0).collect();
                if frames.len() == entries.len() { entries.to_vec() } else { Vec::new() }
            };
        },
    },
    Mutant {
        name: "reads-ten-entries-at-most",
        rule: "SYNC-7",
        fault: "looks at the last ten entries of an INPUT",
        edit: |rules| {
            rules.sync.reads = |_, entries| entries[entries.len().saturating_sub(10)..].to_vec();
        },
    },
    Mutant {
        name: "the-last-action-wins",
        rule: "SYNC-8",
        fault: "replaces the known action of a frame by a later one",
        edit: |rules| {
            rules.sync.stores = |state, (frame, action)| {
                state.inputs.held.insert(frame, action);
            };
        },
    },
    Mutant {
        name: "the-last-action-of-an-input-wins",
        rule: "SYNC-8",
        fault: "keeps the last of two actions for a frame in one INPUT",
        edit: |rules| {
            rules.sync.reads = |_, entries| entries.iter().rev().copied().collect();
        },
    },
    Mutant {
        name: "a-known-action-0-is-none",
        rule: "SYNC-8",
        fault: "replaces a known action 0 by a later one",
        edit: |rules| {
            rules.sync.stores = |state, (frame, action)| {
                let known = state.inputs.held.entry(frame).or_insert(action);
                if *known == 0 {
                    *known = action;
                }
            };
        },
    },
    Mutant {
        name: "an-action-0-takes-back",
        rule: "SYNC-8",
        fault: "takes a later action 0 for a frame as the end of what was pressed",
        edit: |rules| {
            rules.sync.stores = |state, (frame, action)| {
                let known = state.inputs.held.entry(frame).or_insert(action);
                if action == 0 {
                    *known = 0;
                }
            };
        },
    },
    Mutant {
        name: "corrects-the-newest-action",
        rule: "SYNC-8",
        fault: "replaces the action of the highest frame that it knows",
        edit: |rules| {
            rules.sync.stores = |state, entry| {
                let highest = state.inputs.held.last_key_value().map(|(frame, _)| *frame);
                if highest == Some(entry.0) {
                    state.inputs.held.insert(entry.0, entry.1);
                }
                (RIGHT.stores)(state, entry);
            };
        },
    },
    Mutant {
        name: "looks-one-frame-too-far",
        rule: "SYNC-9",
        fault: "keeps an entry that is one frame too far beyond the base",
        edit: |rules| {
            rules.sync.admits = |state, base, frame| {
                (RIGHT.admits)(state, base, frame) || i64::from(frame) - base == 4097
            };
        },
    },
    Mutant {
        name: "looks-one-frame-too-short",
        rule: "SYNC-9",
        fault: "drops an entry that is exactly as far beyond the base as is allowed",
        edit: |rules| {
            rules.sync.admits = |state, base, frame| {
                (RIGHT.admits)(state, base, frame) && i64::from(frame) - base < 4096
            };
        },
    },
    Mutant {
        name: "keeps-entries-however-far",
        rule: "SYNC-9",
        fault: "keeps an entry however far it is beyond the base",
        edit: |rules| rules.sync.admits = |_, base, frame| i64::from(frame) > base,
    },
    Mutant {
        name: "keeps-a-screenful-ahead",
        rule: "SYNC-9",
        fault: "drops an entry that is more than 255 frames beyond the base",
        edit: |rules| {
            rules.sync.admits = |state, base, frame| {
                (RIGHT.admits)(state, base, frame) && i64::from(frame) - base < 256
            };
        },
    },
    Mutant {
        name: "takes-frame-0-for-confirmed",
        rule: "SYNC-9",
        fault: "drops an entry for frame 0, as if a base of none were 0",
        edit: |rules| {
            rules.sync.admits =
                |state, base, frame| (RIGHT.admits)(state, base, frame) && frame > 0;
        },
    },
    Mutant {
        name: "counts-ahead-from-the-first-frame",
        rule: "SYNC-9",
        fault: "counts how far an entry is ahead from the first frame, and not from the confirmed one",
        edit: |rules| {
            rules.sync.admits = |state, base, frame| {
                i64::from(frame) > base && i64::from(frame) - state.setup.base() <= 4096
            };
        },
    },
    Mutant {
        name: "moves-the-base-within-an-input",
        rule: "SYNC-9",
        fault: "counts how far an entry is ahead from what the entries before it in the same INPUT have confirmed",
        edit: |rules| {
            rules.sync.admits = |state, base, frame| {
                let base = (RIGHT.confirms)(state).map_or(base, i64::from);
                (RIGHT.admits)(state, base, frame)
            };
        },
    },
    Mutant {
        name: "takes-frames-for-signed",
        rule: "SYNC-9",
        fault: "drops entries whose frame is above 2147483647",
        edit: |rules| {
            rules.sync.admits = |state, base, frame| {
                (RIGHT.admits)(state, base, frame) && i32::try_from(frame).is_ok()
            };
        },
    },
    Mutant {
        name: "the-sum-of-base-and-ahead-wraps",
        rule: "SYNC-9",
        fault: "drops every entry when the highest allowed frame does not fit into 32 bits",
        edit: |rules| {
            rules.sync.admits = |state, base, frame| {
                (RIGHT.admits)(state, base, frame) && u32::try_from(base + 4096).is_ok()
            };
        },
    },
    Mutant {
        name: "keeps-entries-below-the-first-frame",
        rule: "SYNC-9",
        fault: "keeps an entry below the first frame",
        edit: |rules| {
            rules.sync.admits = |state, base, frame| {
                (RIGHT.admits)(state, base, frame) || frame < state.setup.first_frame
            };
            rules.sync.drops = |state| {
                let (first, base) = (state.setup.first_frame, state.base());
                state.inputs.held.retain(|frame, _| *frame < first || i64::from(*frame) > base);
            };
        },
    },
    Mutant {
        name: "keeps-what-is-confirmed-already",
        rule: "SYNC-9",
        fault: "keeps an entry that comes again for the confirmed frame",
        edit: |rules| {
            rules.sync.admits = |state, base, frame| (RIGHT.admits)(state, base - 1, frame);
            rules.sync.stores = |state, entry| {
                if Some(entry.0) == state.inputs.confirmed {
                    state.remembered.insert(entry.0.into());
                }
                (RIGHT.stores)(state, entry);
            };
            rules.sync.drops = |state| {
                let (kept, base) = (&state.remembered, state.base());
                state.inputs.held.retain(|frame, _| {
                    i64::from(*frame) > base || kept.contains(&u64::from(*frame))
                });
            };
        },
    },
    Mutant {
        name: "drops-what-is-above-the-current-frame",
        rule: "SYNC-10",
        fault: "drops entries of an INPUT above its current frame",
        edit: |rules| {
            rules.sync.trusts = |state, frame| state.counted = u64::from(frame) + 1;
            rules.sync.reads = |state, entries| {
                let is_above = |frame: u32| state.counted > 0 && u64::from(frame) >= state.counted;
                entries.iter().filter(|it| !is_above(it.0)).copied().collect()
            };
        },
    },
    Mutant {
        name: "drops-an-overtaken-input",
        rule: "SYNC-10",
        fault: "drops an INPUT whose current frame is lower than that of an earlier one",
        edit: |rules| {
            rules.sync.trusts = |state, current_frame| {
                let highest = state.remembered.last().copied().unwrap_or(0);
                state.counted = u64::from(u64::from(current_frame) < highest);
                state.remembered.insert(current_frame.into());
            };
            rules.sync.reads =
                |state, entries| if state.counted == 1 { Vec::new() } else { entries.to_vec() };
        },
    },
    Mutant {
        name: "drops-an-input-whose-current-frame-is-no-entry",
        rule: "SYNC-10",
        fault: "drops an INPUT whose current frame is not that of one of its entries",
        edit: |rules| {
            rules.sync.trusts = |state, frame| state.counted = u64::from(frame) + 1;
            rules.sync.reads = |state, entries| {
                let names = entries.iter().any(|it| u64::from(it.0) + 1 == state.counted);
                if names || state.counted == 0 { entries.to_vec() } else { Vec::new() }
            };
        },
    },
    Mutant {
        name: "the-current-frame-counts-as-an-entry",
        rule: "SYNC-10",
        fault: "counts the current frame of an INPUT as known if it has no entry for it",
        edit: |rules| {
            rules.sync.trusts = |state, frame| state.counted = u64::from(frame) + 1;
            rules.sync.reads = |state, entries| {
                let mut read = entries.to_vec();
                if let Some(Ok(frame)) = state.counted.checked_sub(1).map(u32::try_from)
                    && entries.iter().all(|entry| entry.0 != frame)
                {
                    read.push((frame, 0));
                }
                read
            };
        },
    },
];
