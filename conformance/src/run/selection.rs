//! Which cases a run has: published and fresh ones, filtered, of one revision.

use std::rc::Rc;

use rollwire_model::{
    Layout, Model,
    vectors::{Case, DigestCase, Scenario},
};

use super::Options;
use crate::{
    baseline::Scope,
    digest,
    exchange::random,
    fresh,
    select::FilterFault,
    vectors::{Titled, VectorSet},
};

/// The cases of a run that may be asked, whatever the adapter declares.
#[derive(Debug)]
pub(crate) struct Selection {
    pub(crate) model: Rc<Model>,
    pub(crate) cases: Vec<Case>,
    pub(crate) scenarios: Vec<Scenario>,
    pub(crate) digests: Vec<DigestCase>,
    /// How many were left out because they are about other revisions.
    pub(crate) others: u64,
}

/// What is selected at the latest revision; `scope` then holds everything that could be named.
///
/// # Errors
/// A filter that matches nothing: it is checked against everything that could be asked.
pub(crate) fn at_the_latest(
    vectors: &VectorSet,
    options: &Options,
    scope: &mut Scope,
) -> Result<VectorSet, FilterFault> {
    let everything = with_fresh(vectors, &Model::latest(), options);
    *scope = Scope::new(&options.baseline, &everything, options.fresh);
    options.filter.apply(everything)
}

/// The part of it that applies at a revision.
pub(crate) fn at_revision(
    revision: u8,
    latest: VectorSet,
    vectors: &VectorSet,
    options: &Options,
    scope: &mut Scope,
) -> Selection {
    let layout = Layout::builtin();
    let model = Rc::new(Model::specified(revision));
    let selected = if revision == layout.revision {
        latest
    } else {
        // Fresh cases of another revision: nothing of theirs may be left over from the latest.
        let mut all = with_fresh(vectors, &model, options);
        scope.add(&all);
        options.filter.keep(&mut all);
        all
    };
    let (cases, others): (Vec<Case>, Vec<Case>) =
        selected.cases.into_iter().partition(|case| case.applies_to(revision));
    let (scenarios, other_scenarios): (Vec<Scenario>, Vec<Scenario>) =
        selected.scenarios.into_iter().partition(|scenario| scenario.applies_to(revision));
    let (digests, other_digests): (Vec<DigestCase>, Vec<DigestCase>) =
        selected.digests.into_iter().partition(|digest| digest.applies_to(revision));
    scope.filter(&options.filter);
    if options.revision.is_some() {
        let ids = others.iter().map(Titled::id).chain(other_scenarios.iter().map(Titled::id));
        let ids = ids.chain(other_digests.iter().map(Titled::id));
        ids.for_each(|id| scope.leave_out(id));
    }
    let others = (others.len() + other_scenarios.len() + other_digests.len()) as u64;
    Selection { model, cases, scenarios, digests, others }
}

fn with_fresh(published: &VectorSet, model: &Model, options: &Options) -> VectorSet {
    let mut all = published.clone();
    if options.fresh > 0 {
        all.cases.extend(rollwire_model::vectors::large_cases());
        all.cases.extend(fresh::cases(model, options.seed, options.fresh));
        let count = random::with_fresh(options.fresh);
        all.scenarios.extend(random::scenarios(model, options.seed, count));
        let count = digest::random::with_fresh(options.fresh);
        all.digests.extend(digest::random::cases(options.seed, count));
    }
    all
}
