//! Tables whose place is the remainder or some of the bits of a frame: two frames collide.

use rollwire_model::exchange::{Behaviour, Entry, State};

use super::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "history-by-frame-modulo-121",
        rule: "EXCH-1",
        fault: "has a place in the history for each remainder of a frame and 121, and takes a frame for known whose place is taken",
        edit: |rules| rules.knows = knows_modulo::<121>,
    },
    Mutant {
        name: "history-by-frame-modulo-128",
        rule: "EXCH-1",
        fault: "has a place in the history for each remainder of a frame and 128, and takes a frame for known whose place is taken",
        edit: |rules| rules.knows = knows_modulo::<128>,
    },
    Mutant {
        name: "history-by-frame-modulo-256",
        rule: "EXCH-1",
        fault: "has a place in the history for each remainder of a frame and 256, and takes a frame for known whose place is taken",
        edit: |rules| rules.knows = knows_modulo::<256>,
    },
    Mutant {
        name: "history-by-frame-modulo-512",
        rule: "EXCH-1",
        fault: "has a place in the history for each remainder of a frame and 512, and takes a frame for known whose place is taken",
        edit: |rules| rules.knows = knows_modulo::<512>,
    },
    Mutant {
        name: "history-by-frame-modulo-1024",
        rule: "EXCH-1",
        fault: "has a place in the history for each remainder of a frame and 1024, and takes a frame for known whose place is taken",
        edit: |rules| rules.knows = knows_modulo::<1024>,
    },
    Mutant {
        name: "history-by-frame-modulo-65536",
        rule: "EXCH-1",
        fault: "has a place in the history for each remainder of a frame and 65536, and takes a frame for known whose place is taken",
        edit: |rules| rules.knows = knows_modulo::<65536>,
    },
    Mutant {
        name: "history-of-31-bits",
        rule: "EXCH-1",
        fault: "takes two frames for the same that differ only in their highest bit",
        edit: |rules| rules.knows = |state, frame| knows_as(state, frame, |it| it << 1),
    },
    Mutant {
        name: "history-of-floats",
        rule: "EXCH-1",
        fault: "keeps the frames of the history as numbers of 32 bits with 24 bits of precision",
        edit: |rules| rules.knows = |state, frame| knows_as(state, frame, as_float),
    },
    Mutant {
        name: "history-overwrites-modulo-128",
        rule: "EXCH-3",
        fault: "has a place in the history for each remainder of a frame and 128, and overwrites the frame that is there",
        edit: |rules| rules.remembers = remembers_modulo::<128>,
    },
    Mutant {
        name: "history-overwrites-modulo-256",
        rule: "EXCH-3",
        fault: "has a place in the history for each remainder of a frame and 256, and overwrites the frame that is there",
        edit: |rules| rules.remembers = remembers_modulo::<256>,
    },
    Mutant {
        name: "history-overwrites-modulo-1024",
        rule: "EXCH-3",
        fault: "has a place in the history for each remainder of a frame and 1024, and overwrites the frame that is there",
        edit: |rules| rules.remembers = remembers_modulo::<1024>,
    },
    Mutant {
        name: "map-by-frame-modulo-64",
        rule: "EXCH-15",
        fault: "has a place in the map for each remainder of a frame and 64, and overwrites the frame that is there",
        edit: |rules| rules.stores = stores_modulo::<64>,
    },
    Mutant {
        name: "map-by-frame-modulo-128",
        rule: "EXCH-15",
        fault: "has a place in the map for each remainder of a frame and 128, and overwrites the frame that is there",
        edit: |rules| rules.stores = stores_modulo::<128>,
    },
    Mutant {
        name: "map-by-frame-modulo-256",
        rule: "EXCH-15",
        fault: "has a place in the map for each remainder of a frame and 256, and overwrites the frame that is there",
        edit: |rules| rules.stores = stores_modulo::<256>,
    },
    Mutant {
        name: "map-by-frame-modulo-1000",
        rule: "EXCH-15",
        fault: "has a place in the map for each remainder of a frame and 1000, and overwrites the frame that is there",
        edit: |rules| rules.stores = stores_modulo::<1000>,
    },
    Mutant {
        name: "map-by-frame-modulo-1024",
        rule: "EXCH-15",
        fault: "has a place in the map for each remainder of a frame and 1024, and overwrites the frame that is there",
        edit: |rules| rules.stores = stores_modulo::<1024>,
    },
    Mutant {
        name: "map-by-frame-modulo-4096",
        rule: "EXCH-15",
        fault: "has a place in the map for each remainder of a frame and 4096, and overwrites the frame that is there",
        edit: |rules| rules.stores = stores_modulo::<4096>,
    },
    Mutant {
        name: "map-by-frame-modulo-65536",
        rule: "EXCH-15",
        fault: "has a place in the map for each remainder of a frame and 65536, and overwrites the frame that is there",
        edit: |rules| rules.stores = stores_modulo::<65536>,
    },
    Mutant {
        name: "map-of-31-bits",
        rule: "EXCH-15",
        fault: "stores two frames in one place that differ only in their highest bit",
        edit: |rules| rules.stores = |state, entry| store_as(state, entry, |it| it << 1),
    },
    Mutant {
        name: "map-of-floats",
        rule: "EXCH-15",
        fault: "keeps the frames of the map as numbers of 32 bits with 24 bits of precision",
        edit: |rules| rules.stores = |state, entry| store_as(state, entry, as_float),
    },
];

fn knows_modulo<const PLACES: u32>(state: &State, frame: u32) -> bool {
    knows_as(state, frame, |it| it % PLACES)
}

fn knows_as(state: &State, frame: u32, place: fn(u32) -> u32) -> bool {
    state.history.iter().any(|entry| place(entry.0) == place(frame))
}

fn remembers_modulo<const PLACES: u32>(state: &mut State, entry: Entry) {
    state.history.retain(|it| it.0 % PLACES != entry.0 % PLACES);
    (Behaviour::SPECIFIED.remembers)(state, entry);
}

fn stores_modulo<const PLACES: u32>(state: &mut State, entry: Entry) {
    store_as(state, entry, |it| it % PLACES);
}

fn store_as(state: &mut State, entry: Entry, place: fn(u32) -> u32) {
    state.map.retain(|it| it.0 == entry.0 || place(it.0) != place(entry.0));
    (Behaviour::SPECIFIED.stores)(state, entry);
}

/// The bits of the nearest number of single precision.
fn as_float(frame: u32) -> u32 {
    #[expect(clippy::cast_precision_loss, reason = "the loss is the fault")]
    let float = frame as f32;
    float.to_bits()
}
