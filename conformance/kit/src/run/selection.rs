//! Selects the cases of a run: published and fresh ones, by filter and revision.

use std::sync::Arc;

use rollwire_model::{Layout, Model};

use super::options::Options;
use crate::{
    baseline::Scope,
    generate,
    text::{plural, shorten},
    vectors::{AnyCase, Origin, VectorSet, filter::FilterFault, lint::contradiction},
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
    /// The cases of a user's file that contradict the specification, and how. They are left out: an
    /// implementation must not fail because a vector is wrong.
    pub(crate) contradictions: Vec<Contradiction>,
}

/// The cases that the filter selects at the latest revision.
#[derive(Debug)]
pub(crate) struct AtTheLatest {
    vectors: VectorSet,
    filtered_checks: u64,
}

/// A case of a user's file that contradicts the specification.
#[derive(Debug)]
pub(crate) struct Contradiction {
    id: String,
    how: String,
}

/// How many contradictions are described in a note each.
const DESCRIBED: usize = 8;

/// A note for each of the first contradictions, and one that counts the rest.
pub(crate) fn notes(contradictions: &[Contradiction]) -> Vec<String> {
    let describe = |Contradiction { id, how }: &Contradiction| {
        let how = shorten(how);
        format!("{id} contradicts the specification and is not asked: {how}")
    };
    let mut notes: Vec<String> = contradictions.iter().take(DESCRIBED).map(describe).collect();
    let rest = contradictions.len().saturating_sub(DESCRIBED);
    if rest > 0 {
        let cases = plural(rest as u64, "other case", "other cases");
        notes.push(format!(
            "{cases} contradict the specification too; `rollwire vectors lint` describes them all"
        ));
    }
    notes
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
    leave_out_unselected(&everything, options, scope);
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
            leave_out_unselected(&all, options, scope);
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
    let mut contradictions = Vec::new();
    let mut asked = Vec::new();
    for case in cases {
        let how = (case.origin == Origin::File).then(|| contradiction(&case, &model)).flatten();
        match how {
            None => asked.push(case),
            Some(how) => {
                scope.leave_out(case.id());
                contradictions.push(Contradiction { id: case.id().to_owned(), how });
            }
        }
    }
    Selection { model, cases: asked, others: others.len() as u64, filtered_checks, contradictions }
}

/// How many checks of these cases apply at a revision.
fn checks_at(revision: u8, vectors: &VectorSet) -> u64 {
    let applying = vectors.cases().iter().filter(|case| case.applies_to(revision));
    applying.map(|case| case.meta().checks().len() as u64).sum()
}

fn leave_out_unselected(cases: &VectorSet, options: &Options, scope: &mut Scope) {
    let unselected = cases.cases().iter().filter(|case| !options.filter.selects(case));
    unselected.for_each(|case| scope.leave_out(case.id()));
}

fn with_fresh(published: &VectorSet, model: &Model, options: &Options) -> VectorSet {
    let mut all = published.clone();
    all.extend(generate::all(model, options.seed, options.fresh));
    all
}
