//! `rollwire fuzz`: searches for a packet, value, scenario or state on which an implementation is wrong.

use std::{
    io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use rollwire_conformance::{
    fuzz::{Finding, Options, Report, Search, Tally},
    protocol::{Capability, Hello},
    run::{self, run as run_checks},
    runner::{Adapter, Remark, Stop, Transcript},
    text::{grouped, plural, sanitize, shown},
    vectors::VectorSet,
    verdict::Exit,
};
use rollwire_model::RefusalClass;
use rollwire_mutants::digest::find_fault;

use crate::{
    args::Fuzz,
    connect::{adapter, limits, reaching},
    failure::Failure,
    files::{Files, PATIENCE, replace, replace_entry},
    output::Outputs,
    progress::Progress,
    settings_file::SettingsFile,
    setup::new_seed,
    signals::interrupts,
    style::strong,
    terminal::{complain, say},
};

/// How long to search without --time and --cases.
const TIME: Duration = Duration::from_secs(60);

pub(crate) fn run(arguments: &Fuzz) -> Result<Exit, Failure> {
    let arguments = &SettingsFile::of(&arguments.settings)?.fuzz(arguments);
    let mut files = Files::of_settings(&arguments.settings);
    arguments.write.iter().try_for_each(|path| files.writes("--write", path))?;
    let seed = arguments.seed.unwrap_or_else(new_seed);
    let time = arguments.time.or((arguments.cases.is_none()).then_some(TIME));
    let interrupted = interrupts();
    // Shrinking runs the case many times after the time for searching is over.
    let mut limits = limits(arguments.limits);
    limits.deadline = limits.deadline.saturating_add(time.unwrap_or_default());
    let (command, mut adapter) =
        adapter(&arguments.target, limits, Transcript::default(), interrupted)?;
    let hello = match adapter.start() {
        Ok(hello) => hello,
        Err(fault) => {
            let stop = adapter.stopped().cloned().unwrap_or(Stop::Startup(fault));
            return Ok(incomplete(&stop, &mut *adapter));
        }
    };
    let options = Options { seed, cases: arguments.cases, time, strict: arguments.strict };
    let search = Search::new(&hello, options);
    introduce(&hello, seed)?;
    if !search.can_ask() {
        let text = "there is nothing to check: the adapter declares none of decode, encode, reencode, exchange and digest";
        return Err(Failure::new(Exit::Nothing, text));
    }
    let bar = Progress::new(arguments.cases, time.unwrap_or_default());
    let (begin, mut took) = (Instant::now(), Duration::ZERO);
    let messages = search.message_count();
    let report = search.run(&mut *adapter, &mut |tally| {
        // Up to the latest answer, so that shrinking does not count as searching.
        took = begin.elapsed();
        let asked = tally.counts.total();
        // Often enough for a progress bar.
        if asked.is_multiple_of(1024) {
            bar.show(asked, took, &reached(tally, messages));
        }
    });
    bar.finish();
    let Report { tally, finding, stop, notes } = report;
    let mut faulty = false;
    for note in notes {
        say!("note: {}", sanitize(&note))?;
    }
    if let Some(finding) = &finding {
        let path = arguments.write.clone().unwrap_or_else(|| default_path(seed));
        show(finding, arguments, &path)?;
        // This adapter ends here. The case is run again with a new one, which the report shows.
        let _ = adapter.finish();
        drop(adapter);
        if !matches!(stop, Some(Stop::Interrupted(_))) {
            confirm(arguments, &command, &path)?;
        }
    } else if stop.is_none() {
        for Remark { text, is_fault } in adapter.finish() {
            faulty |= is_fault;
            say!("note: {}", sanitize(&text))?;
        }
    }
    let found = match (&finding, &stop) {
        (Some(_), _) => "a difference",
        (None, Some(_)) => "no difference so far",
        (None, None) => "no difference",
    };
    summarise(&tally, took, messages, found)?;
    Ok(match (stop, finding, tally.counts.total()) {
        // Even if a difference was found: shrinking may be incomplete.
        (Some(stop), ..) => {
            complain!("incomplete: {}", sanitize(&stop.to_string()));
            exit_of(&stop)
        }
        (None, Some(_), _) => Exit::Failed,
        (None, None, 0) => Exit::Nothing,
        (None, None, _) if faulty && arguments.strict => Exit::Failed,
        (None, None, _) => Exit::Conforms,
    })
}

/// Shows the adapter, and the seed that repeats the search.
fn introduce(hello: &Hello, seed: u64) -> io::Result<()> {
    let who = &hello.implementation;
    let capabilities: Vec<&str> =
        hello.capabilities.iter().copied().map(Capability::as_str).collect();
    say!(
        "rollwire {} · fuzzing at revision {} · seed {seed:016x}",
        env!("CARGO_PKG_VERSION"),
        hello.revision,
    )?;
    say!(
        "adapter  {} · {} · {}\n",
        strong(&format!("{} {}", sanitize(&who.name), sanitize(&who.version))),
        sanitize(&who.language),
        capabilities.join(" "),
    )
}

fn reached(tally: &Tally, messages: usize) -> String {
    format!(
        "{} of {messages} message types, {} of {} refusal classes",
        tally.messages.len(),
        tally.classes.len(),
        RefusalClass::ALL.len(),
    )
}

/// Writes the case that was found to a file, and shows its length and number.
fn show(finding: &Finding, arguments: &Fuzz, path: &Path) -> Result<(), Failure> {
    let file = finding
        .file()
        .map_err(|error| Failure::usage(format!("{}: cannot be written: {error}", shown(path))))?;
    let write = if arguments.write.is_some() { replace } else { replace_entry };
    write(path, file.as_bytes()).map_err(|error| Failure::unwritable(&shown(path), &error))?;
    let (before, after) = finding.lengths;
    let (one, many) = finding.unit();
    let lengths = if after < before {
        format!("{} instead of {before}", plural(after as u64, one, many))
    } else {
        plural(after as u64, one, many)
    };
    say!(
        "{}: case {} differs, as {lengths} in {}",
        strong("found"),
        grouped(finding.number),
        shown(path),
    )?;
    if !finding.again {
        say!("run again, the case passes: the result depends on earlier requests")?;
    }
    say!("")?;
    Ok(())
}

/// Shows the report of `check --vectors` on the file, with a new adapter.
fn confirm(arguments: &Fuzz, command: &[String], path: &Path) -> Result<(), Failure> {
    let vectors = VectorSet::load(&[path.to_owned()])?;
    let limits = limits(arguments.limits);
    let (_, mut adapter) = adapter(&arguments.target, limits, Transcript::default(), interrupts())?;
    let mut words = vec!["--vectors".to_owned(), path.display().to_string()];
    words.extend(reaching(&arguments.target));
    let options = run::Options {
        command: command.to_vec(),
        arguments: words,
        strict: arguments.strict,
        find_fault,
        ..run::Options::default()
    };
    let mut outputs = Outputs::open(&[], &[], true, PATIENCE)?;
    let exit = outputs.during(|outputs| {
        Ok(run_checks(&mut *adapter, &vectors, &options, &mut |event| outputs.event(&event))?)
    })?;
    outputs.close(exit)?;
    if exit == Exit::Conforms {
        say!("\nwith a new adapter the case passes: the result depends on earlier requests")?;
    }
    say!("")?;
    Ok(())
}

/// Shows the summary, the last line.
fn summarise(tally: &Tally, took: Duration, messages: usize, found: &str) -> io::Result<()> {
    let asked = tally.counts.total();
    let rate = f64::from(u32::try_from(asked).unwrap_or(u32::MAX)) / took.as_secs_f64().max(1e-3);
    let weak = match tally.counts.weak {
        0 => String::new(),
        weak => format!(", {} weak", grouped(weak)),
    };
    say!(
        "{} in {:.1} s ({:.0}/s), {}{weak}: {found}",
        plural(asked, "case", "cases"),
        took.as_secs_f64(),
        rate,
        reached(tally, messages),
    )
}

fn incomplete(stop: &Stop, adapter: &mut dyn Adapter) -> Exit {
    let stderr = adapter.take_stderr();
    complain!("incomplete: {}", sanitize(&run::with_stderr(&stop.to_string(), &stderr)));
    exit_of(stop)
}

fn exit_of(stop: &Stop) -> Exit {
    match stop {
        Stop::Interrupted(signal) => Exit::Signal(u8::try_from(*signal).unwrap_or(u8::MAX)),
        _ => Exit::Incomplete,
    }
}

fn default_path(seed: u64) -> PathBuf {
    PathBuf::from(format!("rollwire-fuzz-{seed:016x}.json"))
}
