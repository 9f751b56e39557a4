//! Which cases a command line chooses, be it by itself or through what failed before.

use super::{
    Failure,
    args::{Check, Choosing},
    check::load,
    failed::Failed,
};
use crate::{fresh, select::Filter, vectors::VectorSet};

/// What is to be asked, of whomever.
pub(super) struct Choice {
    pub(super) filter: Filter,
    pub(super) vectors: VectorSet,
    /// The seed of the fresh cases, where it is known.
    pub(super) seed: Option<u64>,
    pub(super) fresh: u32,
    pub(super) revision: Option<u8>,
    pub(super) strict: bool,
    /// The arguments without which another run would have other cases.
    pub(super) arguments: Vec<String>,
    /// What is to be said about the choice, a sentence each.
    pub(super) notes: Vec<String>,
}

impl Choice {
    pub(super) fn of(arguments: &Check) -> Result<Self, Failure> {
        let filter = Filter::new(&arguments.filter)?;
        let failed = arguments.failed.as_deref().map(Failed::read).transpose()?;
        let own = &arguments.choosing;
        let choosing = match &failed {
            None => own.clone(),
            Some(Failed { choosing: before, .. }) => Choosing {
                vectors: if own.vectors.is_empty() { &before.vectors } else { &own.vectors }
                    .clone(),
                fresh: own.fresh.or(before.fresh),
                revision: own.revision.or(before.revision),
            },
        };
        let vectors = load(&choosing.vectors)?;
        let default = if choosing.vectors.is_empty() { fresh::DEFAULT } else { 0 };
        let mut choice = Self {
            filter,
            seed: arguments.seed,
            fresh: choosing.fresh.unwrap_or(default),
            revision: choosing.revision,
            strict: arguments.strict,
            arguments: words(&choosing),
            notes: Vec::new(),
            vectors,
        };
        if let Some(failed) = failed {
            choice.notes = failed.notes(&choice.vectors);
            choice.strict |= failed.strict;
            choice.seed = Some(failed.seed);
            choice.filter = Filter::of_ids(failed.ids);
        }
        Ok(choice)
    }
}

fn words(choosing: &Choosing) -> Vec<String> {
    let paths = choosing.vectors.iter().map(|path| ("--vectors", path.display().to_string()));
    let fresh = choosing.fresh.map(|count| ("--fresh", count.to_string()));
    let revision = choosing.revision.map(|revision| ("--revision", revision.to_string()));
    let pairs = paths.chain(fresh).chain(revision);
    pairs.flat_map(|(name, value)| [name.to_owned(), value]).collect()
}
