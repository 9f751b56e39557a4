//! Queue, map and history of a log that shows them: what a line says about them, and how the model's
//! state takes it over.

use rollwire_model::exchange::{Entry, State};

/// The lists of a log that shows them, as they were before a line. A member that is left out has not
/// changed.
#[derive(Debug)]
pub(super) struct StateLists {
    pub(super) queue: Vec<Entry>,
    pub(super) map: Vec<Entry>,
    pub(super) history: Vec<Entry>,
}

impl StateLists {
    pub(super) fn of(state: &State) -> Self {
        Self {
            queue: state.queue.clone(),
            map: by_frame(&state.map),
            history: by_frame(&state.history),
        }
    }
}

/// What a list holds after a line: what the line shows, or what the list held before, if that is known.
pub(super) fn list_after<'a>(
    shown: Option<&'a Vec<Entry>>,
    before: &'a Vec<Entry>,
    unknown: bool,
) -> Option<&'a Vec<Entry>> {
    shown.or_else(|| (!unknown).then_some(before))
}

/// The entries as a log shows them.
pub(super) fn by_frame(entries: &[Entry]) -> Vec<Entry> {
    let mut sorted = entries.to_vec();
    sorted.sort_by_key(|entry| entry.0);
    sorted
}

/// Sets a list to the shown entries, which are ordered by frame. Entries that the list held keep their
/// order of insertion. A new entry is inserted before the first greater frame, where an ordinary session
/// has it.
pub(super) fn adopt(list: &mut Vec<Entry>, shown: &[Entry]) {
    list.retain_mut(|entry| {
        let place = shown.binary_search_by_key(&entry.0, |it| it.0);
        place.is_ok_and(|at| {
            *entry = shown[at];
            true
        })
    });
    if list.len() == shown.len() {
        return;
    }
    let mut known: Vec<u32> = list.iter().map(|entry| entry.0).collect();
    known.sort_unstable();
    for entry in shown.iter().filter(|entry| known.binary_search(&entry.0).is_err()) {
        let place = list.iter().position(|it| it.0 > entry.0).unwrap_or(list.len());
        list.insert(place, *entry);
    }
}
