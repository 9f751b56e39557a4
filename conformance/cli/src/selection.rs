//! Which cases the command line selects: with its own options, or with those of an earlier run.

use rollwire_conformance::{
    generate,
    vectors::{VectorSet, filter::Filter},
};

use crate::{
    args::{CaseOptions, Check},
    failure::Failure,
    input_files::load,
    rerun::Rerun,
};

/// The selected cases and the options that decide how they are judged.
pub(crate) struct Selection {
    pub(crate) filter: Filter,
    pub(crate) vectors: VectorSet,
    /// The seed of the fresh cases, if it is known.
    pub(crate) seed: Option<u64>,
    pub(crate) fresh: u32,
    pub(crate) revision: Option<u8>,
    pub(crate) strict: bool,
    /// The arguments that another run needs to have the same cases.
    pub(crate) arguments: Vec<String>,
    /// Notes on the selection for the report, a sentence each.
    pub(crate) notes: Vec<String>,
}

impl Selection {
    pub(crate) fn of(arguments: &Check) -> Result<Self, Failure> {
        let filter = Filter::new(&arguments.filter)?;
        let read = |path| Rerun::read(path, &arguments.code);
        let rerun = arguments.failed.as_deref().map(read).transpose()?;
        let own = &arguments.case_options;
        let case_options = match &rerun {
            None => own.clone(),
            Some(Rerun { case_options: before, .. }) => CaseOptions {
                vectors: if own.vectors.is_empty() { &before.vectors } else { &own.vectors }
                    .clone(),
                fresh: own.fresh.or(before.fresh),
                revision: own.revision.or(before.revision),
            },
        };
        let vectors = load(&case_options.vectors)?;
        let default = if case_options.vectors.is_empty() { generate::DEFAULT } else { 0 };
        let mut selection = Self {
            filter,
            seed: arguments.seed,
            fresh: case_options.fresh.unwrap_or(default),
            revision: case_options.revision,
            strict: arguments.judging.strict,
            arguments: words(&case_options),
            notes: Vec::new(),
            vectors,
        };
        selection.filter = selection.filter.with(arguments.selectors.selectors());
        if let Some(rerun) = rerun {
            selection.notes = rerun.notes(&selection.vectors);
            selection.strict |= rerun.strict;
            selection.seed = Some(rerun.seed);
            selection.filter = Filter::of_ids(rerun.ids).with(arguments.selectors.selectors());
        }
        Ok(selection)
    }
}

fn words(case_options: &CaseOptions) -> Vec<String> {
    let paths = case_options.vectors.iter().map(|path| ("--vectors", path.display().to_string()));
    let fresh = case_options.fresh.map(|count| ("--fresh", count.to_string()));
    let revision = case_options.revision.map(|revision| ("--revision", revision.to_string()));
    let pairs = paths.chain(fresh).chain(revision);
    pairs.flat_map(|(name, value)| [name.to_owned(), value]).collect()
}
