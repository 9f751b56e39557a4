//! `rollwire check`: runs the checks against an adapter.

use rollwire_conformance::{baseline::Baseline, verdict::Exit};

use crate::{
    args::Check, failure::Failure, files::refuse_collisions, output::open_reports,
    settings_file::SettingsFile, setup::start, shrunk_file::ShrunkFile,
};

pub(crate) fn run(arguments: &Check) -> Result<Exit, Failure> {
    let arguments = &SettingsFile::of(&arguments.settings)?.check(arguments);
    refuse_collisions(arguments)?;
    if let Some(path) = &arguments.dump {
        return crate::commands::dump::run(arguments, path);
    }
    let run = start(arguments, baseline(arguments)?)?;
    let mut outputs = open_reports(arguments)?;
    let mut shrunk = ShrunkFile::new(arguments.write.clone(), run.options.seed);
    let (exit, _) = outputs.during(|outputs| {
        run.go(&mut |event| {
            if let Some(note) = shrunk.event(&event) {
                outputs.event(&note);
            }
            outputs.event(&event);
        })
    })?;
    outputs.close(exit)
}

/// The baseline that the arguments name.
pub(super) fn baseline(arguments: &Check) -> Result<Baseline, Failure> {
    match &arguments.judging.baseline {
        None => Ok(Baseline::default()),
        Some(path) => crate::baseline_file::open(path, arguments.judging.today),
    }
}
