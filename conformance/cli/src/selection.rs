//! Which cases a command line chooses, be it by itself or through what failed before.

use rollwire_conformance::{
    generate,
    vectors::{VectorSet, filter::Filter},
};

use crate::{
    args::{Check, Choosing},
    failed::Failed,
    failure::Failure,
    load::load,
};

/// What is to be asked, of whomever.
pub(crate) struct Choice {
    pub(crate) filter: Filter,
    pub(crate) vectors: VectorSet,
    /// The seed of the fresh cases, where it is known.
    pub(crate) seed: Option<u64>,
    pub(crate) fresh: u32,
    pub(crate) revision: Option<u8>,
    pub(crate) strict: bool,
    /// The arguments without which another run would have other cases.
    pub(crate) arguments: Vec<String>,
    /// What is to be said about the choice, a sentence each.
    pub(crate) notes: Vec<String>,
}

impl Choice {
    pub(crate) fn of(arguments: &Check) -> Result<Self, Failure> {
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
        let default = if choosing.vectors.is_empty() { generate::DEFAULT } else { 0 };
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
