//! Expected failures that cannot rot.
//!
//! A baseline is a file that lists which checks fail, how, and why. A check that fails exactly so
//! does not fail the run; everything else about the file does: a listed check that passes or fails
//! in another way, and an entry that is stale, expired, too wide, named twice, without a reason, or
//! about no case at all. What the file looks like is in `conformance/baselines/README.md`.
//!
//! | module | story |
//! |---|---|
//! | [`file`](mod@file) | text to entries, with the line of whatever is wrong |
//! | [`matching`] | which entry a check has, and what that makes of its verdict |
//! | [`rot`] | what is wrong with entries, by the ids alone and after a run |
//! | [`update`] | the smallest file that describes a run, with the reasons of the old one |
//!
//! All of it is pure: dates, ids and verdicts come from the caller.

pub mod file;
pub mod matching;
pub mod rot;
pub mod update;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rollwire_model::{
    Model,
    vectors::{CheckKind, large_cases},
};

pub use self::{
    file::{Entry, Fault, parse, parse_date},
    matching::Ledger,
    rot::{Rot, RotKind},
};
use crate::{
    exchange::random,
    fresh,
    select::Filter,
    vectors::{VectorSet, VectorsFault},
};

/// The ids of fresh cases begin with this; what they ask changes with the seed.
pub const FRESH: &str = "fresh/";

/// The entries of a baseline, and the date that they are judged at.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// The entries in the order of the file.
    pub entries: Vec<Entry>,
    /// The date that `expires` is compared with.
    pub today: Date,
    /// Whether the fresh cases are the same in every run. Where they are not, chance decides which
    /// entries about them hold, and none of these is called stale.
    pub seeded: bool,
    /// What there is to name besides the cases of a run: [`Known::published`].
    pub published: Known,
}

/// Every check that an entry may name, by the id of its case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known(BTreeMap<String, Vec<CheckKind>>);

impl Known {
    /// The published checks, those of the large cases, and fresh ones as many as by default.
    ///
    /// # Errors
    /// A damaged published set.
    pub fn published() -> Result<Self, VectorsFault> {
        let mut published = VectorSet::builtin()?;
        let model = Model::latest();
        published.cases.extend(large_cases());
        published.cases.extend(fresh::cases(&model, 0, fresh::DEFAULT));
        published.scenarios.extend(random::scenarios(
            &model,
            0,
            random::with_fresh(fresh::DEFAULT),
        ));
        let mut known = Self::default();
        known.add(&published);
        Ok(known)
    }

    /// Adds the checks of a set.
    pub fn add(&mut self, set: &VectorSet) {
        let cases = set.cases.iter().map(|it| (&it.id, &it.checks));
        let scenarios = set.scenarios.iter().map(|it| (&it.id, &it.checks));
        let digests = set.digests.iter().map(|it| (&it.id, &it.checks));
        for (id, checks) in cases.chain(scenarios).chain(digests) {
            let kinds = self.0.entry(id.clone()).or_default();
            for kind in checks {
                if !kinds.contains(kind) {
                    kinds.push(*kind);
                }
            }
        }
    }

    /// The ids that this entry names, with those of their checks that it names; an id is here also
    /// where no check is left.
    pub fn named_by<'a>(
        &'a self,
        entry: &'a Entry,
    ) -> impl Iterator<Item = (&'a str, impl Iterator<Item = CheckKind> + 'a)> {
        // An id is looked up; only a glob has to see them all.
        let one = if entry.is_glob() { None } else { self.0.get_key_value(&entry.case) };
        let all = entry.is_glob().then_some(&self.0).into_iter().flatten();
        let named = one.into_iter().chain(all.filter(|(id, _)| entry.names_case(id)));
        named.map(|(id, kinds)| {
            (&**id, kinds.iter().copied().filter(|kind| entry.names_check(*kind)))
        })
    }

    /// The checks of one case.
    #[must_use]
    pub fn checks(&self, id: &str) -> &[CheckKind] {
        self.0.get(id).map_or(&[], |checks| checks)
    }
}

/// What entries may name, and which of that a run leaves out because its caller said so.
///
/// An entry of which something was left out is never stale: what was left out may fail. What the
/// adapter's own revision leaves out is no such thing: it is never asked.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    known: Known,
    left_out: BTreeSet<String>,
}

impl Scope {
    /// For a run of these cases before any filter, with so many fresh ones.
    #[must_use]
    pub fn new(baseline: &Baseline, chosen: &VectorSet, fresh: u32) -> Self {
        let mut scope = Self { known: baseline.published.clone(), left_out: BTreeSet::new() };
        // Which ids a fresh topic has depends on the seed, so they are not compared one by one.
        let counts = |id: &str| fresh < fresh::DEFAULT || !id.starts_with(FRESH);
        scope.left_out.extend(scope.known.0.keys().filter(|id| counts(id)).cloned());
        scope.add(chosen);
        scope
    }

    /// These cases are in the run too.
    pub fn add(&mut self, chosen: &VectorSet) {
        self.known.add(chosen);
        for it in chosen.all() {
            self.left_out.remove(it.id());
        }
    }

    /// The caller wants none of what the filter does not select.
    pub fn filter(&mut self, filter: &Filter) {
        let others = self.known.0.keys().filter(|id| !filter.selects(id));
        self.left_out.extend(others.cloned());
    }

    /// The caller does not want this case.
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
