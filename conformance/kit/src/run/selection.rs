//! Selects the cases of a run: published and fresh ones, by filter and revision.

use std::rc::Rc;

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
    pub(crate) model: Rc<Model>,
    pub(crate) cases: Vec<AnyCase>,
    /// How many cases were left out because they apply only to other revisions.
    pub(crate) others: u64,
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
) -> Result<VectorSet, FilterFault> {
    let everything = with_fresh(vectors, &Model::latest(), options);
    *scope = Scope::new(&options.baseline.published, everything.cases(), options.fresh);
    options.filter.apply(everything)
}

/// Selects the cases that apply at a revision.
pub(crate) fn at_revision(
    revision: u8,
    latest: VectorSet,
    vectors: &VectorSet,
    options: &Options,
    scope: &mut Scope,
) -> Selection {
    let model = Rc::new(Model::specified(revision));
    let selected = if revision == Layout::builtin().revision {
        latest
    } else {
        // Fresh cases of another revision replace all those of the latest one.
        let mut all = with_fresh(vectors, &model, options);
        scope.add(all.cases());
        options.filter.keep(&mut all);
        all
    };
    let (cases, others): (Vec<AnyCase>, Vec<AnyCase>) =
        selected.into_cases().into_iter().partition(|case| case.applies_to(revision));
    scope.filter(&options.filter);
    if options.revision.is_some() {
        others.iter().for_each(|case| scope.leave_out(case.id()));
    }
    Selection { model, cases, others: others.len() as u64 }
}

fn with_fresh(published: &VectorSet, model: &Model, options: &Options) -> VectorSet {
    let mut all = published.clone();
    all.extend(generate::all(model, options.seed, options.fresh));
    all
}
