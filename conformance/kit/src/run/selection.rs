//! Selects the cases of a run: published and fresh ones, by filter and revision.

use std::{collections::BTreeSet, sync::Arc};

use rollwire_model::{Layout, Model};

use super::options::Options;
use crate::{
    baseline::Scope,
    generate,
    vectors::{AnyCase, VectorSet, filter::FilterFault},
};

/// The cases of a run, before the capabilities of the adapter are considered.
#[derive(Debug)]
pub(crate) struct Selection {
    pub(crate) model: Arc<Model>,
    pub(crate) cases: Vec<AnyCase>,
    /// How many cases were left out because they apply only to other revisions.
    pub(crate) others: u64,
    /// How many checks of this revision the filter left out.
    pub(crate) filtered_checks: u64,
}

/// The cases that the filter selects at the latest revision.
#[derive(Debug)]
pub(crate) struct AtTheLatest {
    vectors: VectorSet,
    filtered_checks: u64,
}

/// Selects the cases at the latest revision, and stores in `scope` what entries of a baseline may
/// name.
///
/// # Errors
/// A filter that matches no case that could be asked.
pub(crate) fn at_the_latest(
    vectors: &VectorSet,
    options: &Options,
    scope: &mut Scope,
) -> Result<AtTheLatest, FilterFault> {
    *scope = Scope::new(&options.baseline.published, &[], options.fresh);
    let mut ids = BTreeSet::new();
    let latest = selected(Layout::builtin().revision, &Model::latest(), vectors, options, |case| {
        scope.add(std::slice::from_ref(case));
        ids.insert(case.id().to_owned());
    });
    options.filter.check(&ids.iter().map(|id| &**id).collect())?;
    Ok(latest)
}

/// Selects the cases that apply at a revision.
pub(crate) fn at_revision(
    revision: u8,
    latest: AtTheLatest,
    vectors: &VectorSet,
    options: &Options,
    scope: &mut Scope,
) -> Selection {
    let model = Arc::new(Model::specified(revision));
    let AtTheLatest { vectors: chosen, filtered_checks } = if revision == Layout::builtin().revision
    {
        latest
    } else {
        // Fresh cases of another revision replace all those of the latest one.
        let add = |case: &AnyCase| scope.add(std::slice::from_ref(case));
        selected(revision, &model, vectors, options, add)
    };
    let (cases, others): (Vec<AnyCase>, Vec<AnyCase>) =
        chosen.into_cases().into_iter().partition(|case| case.applies_to(revision));
    scope.filter(&options.filter);
    if options.revision.is_some() {
        others.iter().for_each(|case| scope.leave_out(case.id()));
    }
    Selection { model, cases, others: others.len() as u64, filtered_checks }
}

/// The cases that the filter selects among the published and the generated ones; `see` is shown all of them. What is
/// not selected is not kept: some cases are large.
fn selected(
    revision: u8,
    model: &Model,
    published: &VectorSet,
    options: &Options,
    mut see: impl FnMut(&AnyCase),
) -> AtTheLatest {
    let mut filtered_checks = 0;
    let mut is_selected = |case: &AnyCase| {
        see(case);
        let is_selected = options.filter.selects(case.id());
        if !is_selected && case.applies_to(revision) {
            filtered_checks += case.meta().checks().len() as u64;
        }
        is_selected
    };
    let mut vectors = published.clone();
    vectors.retain(&mut is_selected);
    let generated = generate::all(model, options.seed, options.fresh);
    vectors.extend(generated.filter(|case| is_selected(case)).collect());
    AtTheLatest { vectors, filtered_checks }
}
