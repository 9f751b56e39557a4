//! `rollwire check`: runs the checks against an adapter.

use rollwire_conformance::{baseline::Baseline, verdict::Exit};

use crate::{
    args::Check, failure::Failure, files::refuse_collisions, output::Outputs, setup::start,
    shrunk_file::ShrunkFile,
};

pub(crate) fn run(arguments: &Check) -> Result<Exit, Failure> {
    refuse_collisions(arguments)?;
    if let Some(path) = &arguments.dump {
        return crate::commands::dump::run(arguments, path);
    }
    let baseline = match &arguments.baseline {
        None => Baseline::default(),
        Some(path) => crate::baseline_file::open(path, arguments.today)?,
    };
    let run = start(arguments, baseline)?;
    let mut outputs = Outputs::open(
        &arguments.format,
        &arguments.output,
        arguments.verbose,
        arguments.limits.deadline,
    )?
    .timed();
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
