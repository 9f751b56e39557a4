//! Mistakes that once survived every case, planted one at a time in copies of the implementations:
//! `rollwire check --strict` finds each of them.
//!
//! | file | story |
//! |---|---|
//! | `javascript_bytes`, `javascript_digest` | mistakes in the JavaScript implementation |
//! | `python` | mistakes in the Python implementation |
//! | `rust` | mistakes in the Rust implementation, which has to be compiled |
//!
//! A run asks only the cases that are said to show the mistake, because most tests of this file are a run. A
//! test for each language shows that these cases pass without a mistake.

mod javascript_bytes;
mod javascript_digest;
mod python;
mod rust;

use std::{collections::BTreeSet, fs, path::Path};

use crate::support::{
    NODE, Outcome, PYTHON, Test, adapters, ensure, javascript::copy_javascript, javascript::edit,
    rollwire, run, trial,
};

/// A mistake.
pub(crate) struct Planting {
    pub(crate) name: &'static str,
    /// The file, seen from the folder of the implementation.
    pub(crate) file: &'static str,
    /// What is replaced by what, each exactly once.
    pub(crate) edits: &'static [(&'static str, &'static str)],
    /// Filters that select the cases that show it.
    pub(crate) shown_by: &'static [&'static str],
}

/// An implementation that is copied as it is and started without being compiled.
#[derive(Clone, Copy)]
struct Language {
    name: &'static str,
    program: &'static str,
    adapter: &'static str,
    tables: &'static [&'static [Planting]],
    copy: fn(&Path) -> Outcome,
}

static JAVASCRIPT: Language = Language {
    name: "javascript",
    program: "node",
    adapter: "adapter.mjs",
    tables: &[javascript_bytes::PLANTINGS, javascript_digest::PLANTINGS],
    copy: |folder| copy_javascript(folder, "adapter.mjs"),
};

static PYTHON_COPY: Language = Language {
    name: "python",
    program: "python3",
    adapter: "adapter.py",
    tables: &[python::PLANTINGS],
    copy: copy_python,
};

pub(crate) fn tests() -> Vec<Test> {
    let mut trials = Vec::new();
    for (language, tool) in [(&JAVASCRIPT, &NODE), (&PYTHON_COPY, &PYTHON)] {
        let all = move || language.tables.iter().copied().flatten();
        trials.extend(all().map(|planting| {
            let name = format!("{}::{}", language.name, planting.name);
            trial(name, &[tool], move || language.finds(planting))
        }));
        let name = format!("{}::nothing_planted", language.name);
        trials.push(trial(name, &[tool], move || language.passes(all())));
    }
    trials.push(trial("rust::each_of_them", &[], rust::each_is_found).deep());
    trials.push(trial("there_are_many", &[], there_are_many));
    trials
}

impl Language {
    /// The mistake is found, by the cases that are about it.
    fn finds(&self, planting: &Planting) -> Outcome {
        let folder = tempfile::tempdir()?;
        (self.copy)(folder.path())?;
        edit(&folder.path().join(planting.file), planting.edits)?;
        let checked = self.check(folder.path(), planting.shown_by.iter().copied())?;
        checked.exits(1).map(drop)
    }

    /// Without a mistake all these cases pass.
    fn passes(&self, all: impl Iterator<Item = &'static Planting>) -> Outcome {
        let folder = tempfile::tempdir()?;
        (self.copy)(folder.path())?;
        let filters: BTreeSet<&str> = all.flat_map(|it| it.shown_by).copied().collect();
        self.check(folder.path(), filters.into_iter())?.exits(0).map(drop)
    }

    fn check(
        &self,
        folder: &Path,
        filters: impl Iterator<Item = &'static str>,
    ) -> Result<crate::support::Finished, libtest_mimic::Failed> {
        let mut command = rollwire(&STRICTLY);
        for filter in filters {
            command.args(["--filter", filter]);
        }
        command.args(["--", self.program, self.adapter]).current_dir(folder);
        Ok(run(&mut command)?)
    }
}

/// The large cases come with the fresh ones.
const STRICTLY: [&str; 8] =
    ["check", "--strict", "--seed", "1", "--fresh", "8", "--timeout", "60s"];

pub(crate) fn copy_python(folder: &Path) -> Outcome {
    let from = adapters().join("python");
    for part in [".", "rollwire_reference", "rollwire_reference/peer"] {
        fs::create_dir_all(folder.join(part))?;
        for entry in fs::read_dir(from.join(part))? {
            let path = entry?.path();
            if path.extension().is_some_and(|it| it == "py") {
                let name = path.file_name().ok_or("a file name")?;
                fs::copy(&path, folder.join(part).join(name))?;
            }
        }
    }
    Ok(())
}

fn there_are_many() -> Outcome {
    let tables = [&JAVASCRIPT, &PYTHON_COPY].into_iter().flat_map(|language| language.tables);
    let all: Vec<&Planting> = tables.copied().flatten().chain(rust::PLANTINGS).collect();
    ensure(all.len() >= 40, || format!("{} mistakes are planted", all.len()))?;
    let places: BTreeSet<_> = all.iter().map(|it| (it.file, it.edits)).collect();
    ensure(places.len() == all.len(), || "two mistakes are the same".to_owned())
}
