//! `check --dump FILE`: writes the requests of a run, for an adapter that rollwire cannot reach.

use std::{
    io::{self, BufWriter, Write},
    path::Path,
};

use rollwire_conformance::{
    baseline::Baseline,
    offline::{Requests, write},
    report::shell_line,
    text::{plural, sanitize, shown},
    verdict::Exit,
};

use crate::{
    args::Check,
    failure::Failure,
    files::{PATIENCE, create},
    selection::Selection,
    setup::options,
    terminal::complain,
};

pub(crate) fn run(arguments: &Check, path: &Path) -> Result<Exit, Failure> {
    let selection = Selection::of(arguments)?;
    let options = options(arguments, &selection, Vec::new(), Baseline::default());
    let requests = Requests::new(&selection.vectors, &options)?;
    if requests.check_nothing() {
        let text = "nothing was written: no case applies to this revision and filter";
        return Err(Failure::new(Exit::Nothing, text));
    }
    let to_stdout = path == Path::new("-");
    let name = shown(path);
    let unwritable =
        |error: io::Error| Failure::usage(format!("{name}: cannot be written: {error}"));
    let mut sink: Box<dyn Write> = if to_stdout {
        Box::new(io::stdout().lock())
    } else {
        Box::new(create(path, PATIENCE).map_err(unwritable)?)
    };
    let count = write(&requests, &mut BufWriter::with_capacity(64 * 1024, &mut sink))
        .map_err(|error| Failure::new(Exit::Incomplete, format!("{name}: {error}")))?;
    let file = if to_stdout { "FILE".to_owned() } else { shell_line(&[name]) };
    let requests = plural(count, "request", "requests");
    let again = shell_line(&judging(arguments, &selection));
    let next = format!("{requests}; next: `your_adapter < {file} > ANSWERS`, and then `{again}`");
    for note in &selection.notes {
        complain!("note: {}", sanitize(note));
    }
    // Standard output may be the file.
    complain!("{}", sanitize(&next));
    Ok(Exit::Conforms)
}

/// The command line that judges the answers.
fn judging(arguments: &Check, selection: &Selection) -> Vec<String> {
    let mut words = ["rollwire", "check", "--answers", "ANSWERS"].map(str::to_owned).to_vec();
    for glob in &arguments.filter {
        words.extend(["--filter".to_owned(), glob.clone()]);
    }
    words.extend(arguments.selectors.words());
    for code in &arguments.code {
        words.extend(["--code".to_owned(), code.as_str().to_owned()]);
    }
    if let Some(report) = &arguments.failed {
        words.extend(["--failed".to_owned(), report.display().to_string()]);
    }
    words.extend(selection.arguments.iter().cloned());
    words
}
