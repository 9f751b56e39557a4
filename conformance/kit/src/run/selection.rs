//! Selects the cases of a run: published and fresh ones, by filter and revision.

use std::sync::Arc;

use rollwire_model::{Layout, Model};

use super::options::Options;
use crate::{
    baseline::Scope,
    generate,
    text::{plural, shorten},
    vectors::{
        AnyCase, Origin, VectorSet,
        filter::{FilterFault, Seen},
        lint::contradiction,
    },
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
    *scope = Scope::new(&options.baseline.published, &[], options.fresh);
    let mut seen = Seen::default();
    let revision = Layout::builtin().revision;
    let latest = selected(revision, &Model::latest(), vectors, options, scope, &mut seen);
    options.filter.check(&seen)?;
    Ok(latest)
}

/// Selects the cases that apply at a revision, to an exchange whose hashes last or are used up.
pub(crate) fn at_revision(
    revision: u8,
    lasts: bool,
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
        selected(revision, &model, vectors, options, scope, &mut Seen::default())
    };
    // A scenario of hashes that last is not left out where they do not: the rules are others.
    let (chosen, of_the_other_variant): (Vec<AnyCase>, Vec<AnyCase>) =
        chosen.into_cases().into_iter().partition(|case| lasts || !case.lasts());
    of_the_other_variant.iter().for_each(|case| scope.leave_out(case.id()));
    let (cases, others): (Vec<AnyCase>, Vec<AnyCase>) =
        chosen.into_iter().partition(|case| case.applies_to(revision));
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

/// The cases that the filter selects among the published and the generated ones. What is not selected is
/// not kept: some cases are large.
fn selected(
    revision: u8,
    model: &Model,
    published: &VectorSet,
    options: &Options,
    scope: &mut Scope,
    seen: &mut Seen,
) -> AtTheLatest {
    let mut filtered_checks = 0;
    let mut is_selected = |case: &AnyCase| {
        scope.add(std::slice::from_ref(case));
        let is_selected = options.filter.see(case, seen);
        if !is_selected {
            scope.leave_out(case.id());
            if case.applies_to(revision) {
                filtered_checks += case.meta().checks().len() as u64;
            }
        }
        is_selected
    };
    let mut vectors = published.clone();
    vectors.retain(&mut is_selected);
    let generated = generate::all(model, options.seed, options.fresh);
    vectors.extend(generated.filter(|case| is_selected(case)).collect());
    AtTheLatest { vectors, filtered_checks }
}
