//! What a run could have asked, and what of that its caller left out.

use std::collections::BTreeSet;

use super::known::Known;
use crate::{
    generate,
    vectors::{AnyCase, filter::Filter},
};

/// What entries may name, and which of that a run leaves out because its caller said so.
///
/// An entry of which something was left out is never stale: what was left out may fail. What the
/// adapter's own revision leaves out does not count as left out: it is never asked.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    known: Known,
    left_out: BTreeSet<String>,
}

impl Scope {
    /// For a run of these cases before any filter, with this number of fresh ones.
    #[must_use]
    pub fn new(published: &Known, chosen: &[AnyCase], fresh: u32) -> Self {
        let mut scope = Self { known: published.clone(), left_out: BTreeSet::new() };
        let ids = scope.known.all();
        // With fewer fresh cases than usual some of the known ones are left out too.
        let counts = |is_fresh: bool| fresh < generate::DEFAULT || !is_fresh;
        let counted = ids.filter(|(_, case)| counts(case.is_fresh)).map(|(id, _)| id.to_owned());
        scope.left_out = counted.collect();
        scope.add(chosen);
        scope
    }

    /// These cases are in the run too.
    pub fn add(&mut self, chosen: &[AnyCase]) {
        self.known.add(chosen);
        for case in chosen {
            self.left_out.remove(case.id());
        }
    }

    /// The caller leaves out what the filter does not select.
    pub fn filter(&mut self, filter: &Filter) {
        let others = self.known.all().map(|(id, _)| id).filter(|id| !filter.selects(id));
        self.left_out.extend(others.map(str::to_owned));
    }

    /// The caller leaves out this case.
    pub fn leave_out(&mut self, id: &str) {
        self.left_out.insert(id.to_owned());
    }

    /// Everything that can be named.
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
