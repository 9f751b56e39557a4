//! The checks that a run could have asked, and those that its caller left out.

use std::collections::BTreeSet;

use super::known::Known;
use crate::{
    generate,
    vectors::{AnyCase, filter::Filter},
};

/// The cases that entries may name, and those that the caller of a run left out.
///
/// An entry is never stale if a case that it names was left out, because that case may fail. Cases
/// that do not apply at the adapter's own revision do not count as left out, because they are never
/// asked.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    known: Known,
    left_out: BTreeSet<String>,
}

impl Scope {
    /// The scope of a run of these cases, before any filter, with this number of fresh cases per
    /// message.
    #[must_use]
    pub fn new(published: &Known, chosen: &[AnyCase], fresh: u32) -> Self {
        let mut scope = Self { known: published.clone(), left_out: BTreeSet::new() };
        let ids = scope.known.all();
        // With fewer fresh cases than by default, some of the known ones are left out too.
        let counts = |is_fresh: bool| fresh < generate::DEFAULT || !is_fresh;
        let counted = ids.filter(|(_, case)| counts(case.is_fresh)).map(|(id, _)| id.to_owned());
        scope.left_out = counted.collect();
        scope.add(chosen);
        scope
    }

    /// Adds cases that are in the run too.
    pub fn add(&mut self, chosen: &[AnyCase]) {
        self.known.add(chosen);
        for case in chosen {
            self.left_out.remove(case.id());
        }
    }

    /// Leaves out the cases that the filter does not select.
    pub fn filter(&mut self, filter: &Filter) {
        let others = self.known.all().map(|(id, _)| id).filter(|id| !filter.selects_id(id));
        self.left_out.extend(others.map(str::to_owned));
    }

    /// Leaves out this case.
    pub fn leave_out(&mut self, id: &str) {
        self.left_out.insert(id.to_owned());
    }

    /// All checks that can be named.
    #[must_use]
    pub const fn known(&self) -> &Known {
        &self.known
    }

    /// Whether the caller left out this case.
    #[must_use]
    pub fn is_left_out(&self, id: &str) -> bool {
        self.left_out.contains(id)
    }
}
