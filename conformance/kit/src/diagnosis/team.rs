//! Kinds of fault that one implementation has at once.

use std::sync::Arc;

use super::alone::Alone;

/// A kind of fault, and the suspects that have it, by their numbers.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) fault: usize,
    pub(super) suspects: Vec<Arc<Alone>>,
}

/// Kinds of fault that are made one after another. The order matters where two of them change the same
/// thing: a number that is halved and then made one greater is another one than in the other order.
#[derive(Clone, Debug, Default)]
pub(super) struct Team {
    pub(super) choices: Vec<Choice>,
}

impl Choice {
    pub(super) fn new(fault: usize, mut suspects: Vec<Arc<Alone>>) -> Self {
        suspects.sort_by_key(|alone| alone.suspect);
        Self { fault, suspects }
    }
}

impl Team {
    /// The suspects in the order in which their faults are made.
    pub(super) fn suspects(&self) -> Vec<usize> {
        self.members().map(|alone| alone.suspect).collect()
    }

    pub(super) fn members(&self) -> impl Iterator<Item = &Arc<Alone>> {
        self.choices.iter().flat_map(|choice| &choice.suspects)
    }

    pub(super) fn has(&self, suspect: usize) -> bool {
        self.members().any(|alone| alone.suspect == suspect)
    }

    /// The same without the choice at this place.
    pub(super) fn without(&self, at: usize) -> Self {
        let mut less = self.clone();
        less.choices.remove(at);
        less
    }

    /// The place of a kind of fault.
    pub(super) fn place_of(&self, fault: usize) -> Option<usize> {
        self.choices.iter().position(|choice| choice.fault == fault)
    }

    /// The same with more suspects: at this place, or where the same fault is chosen already.
    pub(super) fn with(&self, at: usize, added: &Choice) -> Self {
        let mut more = self.clone();
        match more.place_of(added.fault) {
            None => more.choices.insert(at, added.clone()),
            Some(known) => {
                let choice = &mut more.choices[known];
                let suspects = choice.suspects.iter().chain(&added.suspects).cloned().collect();
                *choice = Choice::new(added.fault, suspects);
            }
        }
        more
    }

    /// The places at which a choice may come among these: the last one, and the first one if it changes what
    /// another one changes.
    pub(super) fn places_for(&self, added: &Choice) -> Vec<usize> {
        let is_shared = |failure| self.members().any(|alone| alone.fails(failure));
        let shares = || added.suspects.iter().flat_map(|it| it.failures()).any(is_shared);
        let last = self.choices.len();
        if last == 0 || self.place_of(added.fault).is_some() || !shares() {
            return vec![last];
        }
        vec![last, 0]
    }
}
