//! `rollwire report`: converts, compares and merges event files.

use std::{io, path::Path};

use rollwire_conformance::{
    event::Event,
    report::{
        diff::{Side, diff},
        merge::{Column, Form, merge},
        read::read,
    },
    text::{plural, shown},
    verdict::Exit,
};

use crate::{
    args::{Convert, Diff, Merge, MergeFormat, Report},
    failure::Failure,
    files::{Files, PATIENCE},
    input_files::open_events,
    output::{Outputs, sink},
    terminal,
};

pub(crate) fn run(command: &Report) -> Result<Exit, Failure> {
    match command {
        Report::Convert(arguments) => convert(arguments),
        Report::Diff(arguments) => compare(arguments),
        Report::Merge(arguments) => side_by_side(arguments),
    }
}

/// Exits with the code of the run; a truncated event file is incomplete.
fn convert(arguments: &Convert) -> Result<Exit, Failure> {
    let mut files = Files::default();
    files.reads("`report convert`", &arguments.events);
    arguments.output.iter().try_for_each(|output| files.writes("--output", output))?;
    let (name, source) = open_events(&arguments.events)?;
    let mut outputs =
        Outputs::open(&arguments.format, &arguments.output, arguments.verbose, PATIENCE)?;
    let mut exit = Exit::Incomplete;
    read(&name, source, &mut |event| {
        if let Event::Footer(footer) = event {
            exit = footer.exit;
        }
        outputs.event(event);
        Ok(())
    })?;
    outputs.close(exit)
}

fn compare(arguments: &Diff) -> Result<Exit, Failure> {
    let side = |path: &Path| {
        let mut side = Side::default();
        load(path, &mut |event| side.event(event))?;
        Ok::<_, Failure>(side)
    };
    let (old, new) = (side(&arguments.old)?, side(&arguments.new)?);
    let mut out = terminal::stdout();
    let exit = diff(&old, &new, &mut out)?;
    io::Write::flush(&mut out)?;
    Ok(exit)
}

fn side_by_side(arguments: &Merge) -> Result<Exit, Failure> {
    let (files, labels) = (&arguments.events, &arguments.labels);
    if !labels.is_empty() && labels.len() != files.len() {
        let (files, labels) = (files.len() as u64, labels.len() as u64);
        return Err(Failure::usage(format!(
            "{} for {}: give one --label for each event file, in the same order, or none",
            plural(labels, "--label option", "--label options"),
            plural(files, "event file", "event files"),
        )));
    }
    let mut inputs = Files::default();
    files.iter().for_each(|path| inputs.reads("`report merge`", path));
    inputs.writes("--output", &arguments.output)?;
    let mut columns = Vec::new();
    for (at, path) in files.iter().enumerate() {
        let mut column = Column::new(&shown(path), labels.get(at).map(String::as_str));
        load(path, &mut |event| column.event(event))?;
        columns.push(column);
    }
    let form = match arguments.format {
        MergeFormat::Markdown => Form::Markdown,
        MergeFormat::Html => Form::Html,
    };
    let (_, mut out) = sink(&arguments.output, PATIENCE)?;
    Ok(merge(&mut columns, form, &mut out)?)
}

fn load(path: &Path, take: &mut dyn FnMut(&Event)) -> Result<(), Failure> {
    let (name, source) = open_events(path)?;
    read(&name, source, &mut |event| {
        take(event);
        Ok(())
    })?;
    Ok(())
}
