//! Selects the cases of a run: published and fresh ones, by filter and revision.

use std::sync::Arc;

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
    let everything = with_fresh(vectors, &Model::latest(), options);
    *scope = Scope::new(&options.baseline.published, everything.cases(), options.fresh);
    let revision = Layout::builtin().revision;
    let all = checks_at(revision, &everything);
    let vectors = options.filter.apply(everything)?;
    let filtered_checks = all - checks_at(revision, &vectors);
    Ok(AtTheLatest { vectors, filtered_checks })
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
    let AtTheLatest { vectors: selected, filtered_checks } =
        if revision == Layout::builtin().revision {
            latest
        } else {
            // Fresh cases of another revision replace all those of the latest one.
            let mut all = with_fresh(vectors, &model, options);
            scope.add(all.cases());
            let before = checks_at(revision, &all);
            options.filter.keep(&mut all);
            let filtered_checks = before - checks_at(revision, &all);
            AtTheLatest { vectors: all, filtered_checks }
        };
    let (cases, others): (Vec<AnyCase>, Vec<AnyCase>) =
        selected.into_cases().into_iter().partition(|case| case.applies_to(revision));
    scope.filter(&options.filter);
    if options.revision.is_some() {
        others.iter().for_each(|case| scope.leave_out(case.id()));
    }
    Selection { model, cases, others: others.len() as u64, filtered_checks }
}

/// How many checks of these cases apply at a revision.
fn checks_at(revision: u8, vectors: &VectorSet) -> u64 {
    let applying = vectors.cases().iter().filter(|case| case.applies_to(revision));
    applying.map(|case| case.meta().checks().len() as u64).sum()
}

fn with_fresh(published: &VectorSet, model: &Model, options: &Options) -> VectorSet {
    let mut all = published.clone();
    all.extend(generate::all(model, options.seed, options.fresh));
    all
}
