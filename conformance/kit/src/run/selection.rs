//! Which cases a run has: published and fresh ones, filtered, of one revision.

use std::rc::Rc;

use rollwire_model::{Layout, Model};

use super::options::Options;
use crate::{
    baseline::Scope,
    generate,
    vectors::{AnyCase, VectorSet, filter::FilterFault},
};

/// The cases of a run that may be asked, whatever the adapter declares.
#[derive(Debug)]
pub(crate) struct Selection {
    pub(crate) model: Rc<Model>,
    pub(crate) cases: Vec<AnyCase>,
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
    *scope = Scope::new(&options.baseline.published, everything.cases(), options.fresh);
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
    let model = Rc::new(Model::specified(revision));
    let selected = if revision == Layout::builtin().revision {
        latest
    } else {
        // Fresh cases of another revision: those of the latest are replaced altogether.
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
