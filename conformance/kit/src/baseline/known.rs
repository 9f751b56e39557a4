//! Every check that an entry may name.

use std::collections::BTreeMap;

use rollwire_model::{Model, vectors::CheckKind};

use super::file::Entry;
use crate::{
    generate,
    vectors::{AnyCase, VectorSet, VectorsFault},
};

/// Every check that an entry may name, by the id of its case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known(BTreeMap<String, KnownCase>);

/// The checks of a case that an entry may name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownCase {
    /// Its checks.
    pub checks: Vec<CheckKind>,
    /// Whether the case is generated for each run, so that its content depends on the seed.
    pub is_fresh: bool,
}

impl Known {
    /// All checks that a run asks by default: the published and the fresh ones.
    ///
    /// # Errors
    /// A damaged published set.
    pub fn published() -> Result<Self, VectorsFault> {
        let mut known = Self::default();
        known.add(VectorSet::builtin()?.cases());
        // The ids do not depend on the seed.
        for case in generate::all(&Model::latest(), 0, generate::DEFAULT) {
            known.add(std::slice::from_ref(&case));
        }
        Ok(known)
    }

    /// Adds the checks of these cases.
    pub fn add(&mut self, cases: &[AnyCase]) {
        for case in cases {
            let known = self.0.entry(case.id().to_owned()).or_default();
            known.is_fresh = case.origin.is_fresh();
            for kind in case.meta().checks() {
                if !known.checks.contains(kind) {
                    known.checks.push(*kind);
                }
            }
        }
    }

    /// All cases, by their ids.
    pub fn all(&self) -> impl Iterator<Item = (&str, &KnownCase)> {
        self.0.iter().map(|(id, case)| (&**id, case))
    }

    /// The cases that this entry names, including those without any check that it names.
    pub fn named_by<'a>(
        &'a self,
        entry: &'a Entry,
    ) -> impl Iterator<Item = (&'a str, &'a KnownCase)> {
        // An id is looked up; only a glob is matched against all ids.
        let one = if entry.is_glob() { None } else { self.0.get_key_value(&entry.case) };
        let all = entry.is_glob().then_some(&self.0).into_iter().flatten();
        let named = one.into_iter().chain(all.filter(|(id, _)| entry.names_case(id)));
        named.map(|(id, case)| (&**id, case))
    }

    /// A case by its id.
    #[must_use]
    pub fn case(&self, id: &str) -> Option<&KnownCase> {
        self.0.get(id)
    }

    /// Whether this is the id of a fresh case.
    #[must_use]
    pub fn is_fresh(&self, id: &str) -> bool {
        self.0.get(id).is_some_and(|case| case.is_fresh)
    }
}

impl KnownCase {
    /// Those of its checks that an entry names.
    pub fn checks_named_by<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = CheckKind> + 'a {
        self.checks.iter().copied().filter(|kind| entry.names_check(*kind))
    }
}

#[cfg(test)]
mod tests {
    use rollwire_model::Layout;

    use super::*;

    /// Every check that a run asks can be named, at every revision, of every kind, and with every
    /// seed.
    #[test]
    fn all_checks_of_a_run_are_known() {
        let known = Known::published().unwrap();
        let layout = Layout::builtin();
        let mut kinds = Vec::new();
        for revision in 1..=layout.revision {
            let model = Model::new(layout, revision);
            for seed in [1, 2, u64::MAX] {
                for case in generate::all(&model, seed, generate::DEFAULT) {
                    let found = known.case(case.id()).unwrap_or_else(|| panic!("{}", case.id()));
                    assert_eq!(found.is_fresh, case.origin.is_fresh(), "{}", case.id());
                    for kind in case.meta().checks() {
                        assert!(found.checks.contains(kind), "{} {kind}", case.id());
                        kinds.push(*kind);
                    }
                }
            }
        }
        assert!(CheckKind::ALL.iter().all(|kind| kinds.contains(kind)), "every kind is asked");
    }
}
