//! Suspects as numbers.

use std::collections::BTreeMap;

use super::{family::Kind, suspect::Suspect};

/// The kind of fault and the place of each suspect, numbered in the order in which they first appear.
pub(super) fn kinds(suspects: &[Suspect]) -> Vec<Kind> {
    let (mut faults, mut places) = (Numbers::default(), Numbers::default());
    let mut kinds = Vec::with_capacity(suspects.len());
    for Suspect { fault, message, place, .. } in suspects {
        let place = places.of((message.as_deref().unwrap_or_default(), place));
        kinds.push(Kind { fault: faults.of((fault, "")), place });
    }
    kinds
}

#[derive(Default)]
struct Numbers<'a>(BTreeMap<(&'a str, &'a str), usize>);

impl<'a> Numbers<'a> {
    fn of(&mut self, name: (&'a str, &'a str)) -> usize {
        let next = self.0.len();
        *self.0.entry(name).or_insert(next)
    }
}
