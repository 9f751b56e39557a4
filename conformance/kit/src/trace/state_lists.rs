//! Queue, map and history of a log that shows them: what a line says about them, and how the model's
//! state takes it over.

use rollwire_model::exchange::{Entry, State, Stimulus};

use super::line::LoggedObservation;

/// The lists of a log that shows them, as they were before a line. A list that the stimulus cannot change
/// is not copied: it holds afterwards what it held before.
#[derive(Debug, Default)]
pub(super) struct StateLists {
    pub(super) queue: Option<Vec<Entry>>,
    pub(super) map: Option<Vec<Entry>>,
    pub(super) history: Option<Vec<Entry>>,
}

impl StateLists {
    /// The lists that this stimulus may change. A tick changes one if the queue was not empty, or if the
    /// log shows that it sent something.
    pub(super) fn before(state: &State, stimulus: &Stimulus, tries_to_send: bool) -> Self {
        let (queue, map, history) = match stimulus {
            Stimulus::Tick {} => (tries_to_send, false, false),
            Stimulus::Confirm { frame, .. } => {
                let is_new = state.local(*frame).is_none();
                (is_new, is_new, is_new)
            }
            Stimulus::Recv(_) => (false, true, false),
            Stimulus::Rollback(_) | Stimulus::Reset {} => (true, true, true),
            _ => (false, false, false),
        };
        Self {
            queue: queue.then(|| state.queue.clone()),
            map: map.then(|| by_frame(&state.map)),
            history: history.then(|| by_frame(&state.history)),
        }
    }
}

impl StateLists {
    /// Which of the queue, the map and the history the stimulus may change, or the line shows.
    pub(super) fn touched(&self, seen: &LoggedObservation) -> [bool; 3] {
        [
            self.queue.is_some() || seen.queue.is_some(),
            self.map.is_some() || seen.map.is_some(),
            self.history.is_some() || seen.history.is_some(),
        ]
    }
}

/// What a list holds after a line: what the line shows, or what the list held before, if that is known.
/// `None` if nothing is known, or if the stimulus cannot change the list and the line does not show it.
pub(super) fn list_after<'a>(
    shown: Option<&'a Vec<Entry>>,
    before: Option<&'a Vec<Entry>>,
    unknown: bool,
) -> Option<&'a Vec<Entry>> {
    shown.or_else(|| before.filter(|_| !unknown))
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
    let mut new = shown.iter().filter(|entry| known.binary_search(&entry.0).is_err()).peekable();
    let mut merged = Vec::with_capacity(shown.len());
    for entry in list.drain(..) {
        while let Some(before) = new.next_if(|it| it.0 < entry.0) {
            merged.push(*before);
        }
        merged.push(entry);
    }
    merged.extend(new);
    *list = merged;
}

#[cfg(test)]
mod tests {
    use rollwire_model::exchange::StateHash;

    use super::*;

    fn entries(frames: &[u32]) -> Vec<Entry> {
        frames.iter().map(|frame| (*frame, StateHash([0; 8]))).collect()
    }

    #[test]
    fn what_a_stimulus_cannot_change_is_not_copied() {
        let mut state = State { history: entries(&[1, 2]), ..State::default() };
        state.queue = entries(&[7]);
        let copied = |stimulus: &str, tries| {
            let stimulus = stimulus.parse().unwrap();
            let lists = StateLists::before(&state, &stimulus, tries);
            lists.touched(&LoggedObservation::default())
        };
        assert_eq!(copied("tick", false), [false; 3]);
        assert_eq!(copied("tick", true), [true, false, false]);
        assert_eq!(copied("confirm 2 aa", false), [false; 3]);
        assert_eq!(copied("confirm 3 aa", false), [true; 3]);
        assert_eq!(copied("rollback begin 1", false), [true; 3]);
        assert_eq!(copied("channel closed", false), [false; 3]);
        let shown = LoggedObservation { map: Some(Vec::new()), ..LoggedObservation::default() };
        let lists = StateLists::before(&state, &Stimulus::TICK, false);
        assert_eq!(lists.touched(&shown), [false, true, false]);
    }

    #[test]
    fn new_entries_stand_before_the_first_greater_frame() {
        for (held, shown, expected) in [
            (&[1, 2, 3][..], &[1, 2, 3][..], &[1, 2, 3][..]),
            (&[3, 1, 2], &[1, 2, 4], &[1, 2, 4]),
            (&[5, 1], &[0, 1, 3, 5, 9], &[0, 3, 5, 1, 9]),
            (&[], &[7, 8], &[7, 8]),
            (&[7, 8], &[], &[]),
            (&[2, 9, 4], &[2, 3, 4, 9, 10], &[2, 3, 9, 4, 10]),
        ] {
            let mut list = entries(held);
            adopt(&mut list, &entries(shown));
            assert_eq!(list, entries(expected), "{held:?} {shown:?}");
        }
    }
}
