//! Writing reports.

use std::{
    io::{self, BufWriter, IsTerminal, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use indicatif::ProgressBar;
use rollwire_conformance::{
    event::{Event, Footer, Header, LeftOut},
    report::{
        GitHub, Html, JUnit, Json, JsonLines, Markdown, Reporter, Shields, Text, verdict_line,
    },
    text::{Terminal, duration, sanitize, shown},
    verdict::{Counts, Exit, Verdict},
};

use crate::{
    args::{Check, Format},
    connect::limits,
    failure::Failure,
    files::create,
    last_net,
    progress::{Suspend, progress},
    style::strong,
    terminal::complain,
};

/// The name of standard output among files.
const STDOUT: &str = "standard output";

/// The width of lines if nothing says how wide the terminal is, and the greatest one: longer lines
/// are hard to read.
const COLUMNS: usize = 80;
const MOST_COLUMNS: usize = 120;
const FEWEST_COLUMNS: usize = 40;

/// All reports of a run, and the progress bar of a terminal.
pub(crate) struct Outputs {
    reporters: Vec<(String, Box<dyn Reporter>)>,
    /// When the run began. Only the report on standard output says how long it took, so that two
    /// equal runs write the same files.
    began: Option<Instant>,
    progress: ProgressBar,
    failed: u64,
    counts: Counts,
    broken: Option<String>,
    said: Said,
}

/// What standard error says at the end of a run if no text report is shown on the terminal: no run
/// ends without a word.
struct Said {
    /// Whether a text report is shown on the terminal.
    is_seen: bool,
    header: Option<Header>,
    footer: Option<Footer>,
    /// The files that are written.
    files: Vec<String>,
}

impl Said {
    fn event(&mut self, event: &Event) {
        match event {
            Event::Header(header) => self.header = Some((**header).clone()),
            Event::Footer(footer) => self.footer = Some((**footer).clone()),
            _ => {}
        }
    }

    fn say(&self, took: Duration) {
        let Some(footer) = self.footer.as_ref().filter(|_| !self.is_seen) else { return };
        if let Some(reason) = &footer.reason {
            complain!("{}", sanitize(reason));
        }
        complain!("{}", strong(&sanitize(&verdict_line(self.header.as_ref(), footer))));
        complain!("{}, in {}", footer.summary(), duration(took));
        if !self.files.is_empty() {
            complain!("written: {}", self.files.join(", "));
        }
    }
}

impl Outputs {
    /// Opens a report for each format. One output without a format is text. The reader of a named pipe may let
    /// the reports wait this long.
    pub(crate) fn open(
        formats: &[Format],
        paths: &[PathBuf],
        verbose: bool,
        patience: Duration,
    ) -> Result<Self, Failure> {
        if paths.len() > formats.len().max(1) {
            return Err(Failure::usage("there are more --output options than --format options"));
        }
        let formats = if formats.is_empty() { &[Format::Text][..] } else { formats };
        let mut reporters = Vec::new();
        let (mut on_terminal, mut shows_text, mut files) = (false, false, Vec::new());
        for (at, format) in formats.iter().enumerate() {
            let path = paths.get(at).map_or(Path::new("-"), PathBuf::as_path);
            let to_stdout = path == Path::new("-");
            if to_stdout && std::mem::replace(&mut on_terminal, true) {
                let text =
                    "two reports go to standard output; give each --format an --output of its own";
                return Err(Failure::usage(text));
            }
            let (name, sink) = match format {
                Format::GitHub => open(path, patience, Terminal::with_commands),
                _ => open(path, patience, |it| it),
            }?;
            if to_stdout {
                shows_text = *format == Format::Text;
            } else {
                files.push(sanitize(&name));
            }
            let reporter: Box<dyn Reporter> = match format {
                Format::Text => {
                    let text = Text::new(sink, verbose).within(columns());
                    let is_terminal = to_stdout && io::stdout().is_terminal();
                    Box::new(if is_terminal { text.on_terminal() } else { text })
                }
                Format::Jsonl => Box::new(JsonLines::new(sink)),
                Format::Json => Box::new(Json::new(sink)),
                Format::JUnit => Box::new(JUnit::new(sink)),
                Format::Markdown => Box::new(Markdown::new(sink)),
                Format::GitHub => Box::new(GitHub::new(sink)),
                Format::Shields => Box::new(Shields::new(sink)),
                Format::Html => Box::new(Html::new(sink)),
            };
            reporters.push((name, reporter));
        }
        // A redirected text report is not seen either, if a person is at the terminal.
        let is_seen = shows_text && (io::stdout().is_terminal() || !io::stderr().is_terminal());
        let said = Said { is_seen, header: None, footer: None, files };
        Ok(Self {
            reporters,
            began: None,
            progress: progress(),
            failed: 0,
            counts: Counts::default(),
            broken: None,
            said,
        })
    }

    /// No report.
    fn none() -> Self {
        let said = Said { is_seen: true, header: None, footer: None, files: Vec::new() };
        let (progress, counts) = (ProgressBar::hidden(), Counts::default());
        Self { reporters: Vec::new(), began: None, progress, failed: 0, counts, broken: None, said }
    }

    /// The same reports, of a run that begins now.
    pub(crate) fn timed(mut self) -> Self {
        self.began = Some(Instant::now());
        self
    }

    /// Writes an event to every report. If one report cannot be written, the others continue.
    pub(crate) fn event(&mut self, event: &Event) {
        match event {
            Event::Header(header) => self.progress.set_length(header.checks),
            Event::Check(check) => {
                self.counts.add(check.verdict);
                if matches!(check.verdict, Verdict::Fail | Verdict::Error | Verdict::UnexpectedPass)
                {
                    self.failed += 1;
                    self.progress.set_message(format!("{} failed", self.failed));
                }
                self.progress.inc(1);
            }
            Event::Note { .. } | Event::Cause(_) => {}
            Event::Footer(_) => self.progress.finish_and_clear(),
        }
        if let (Event::Footer(_), Some(began)) = (event, self.began) {
            for (_, reporter) in self.reporters.iter_mut().filter(|(name, _)| name == STDOUT) {
                reporter.took(began.elapsed());
            }
        }
        self.said.event(event);
        let (reporters, broken) = (&mut self.reporters, &mut self.broken);
        self.progress.suspend_if_needed(event, || {
            reporters.retain_mut(|(name, reporter)| match reporter.event(event) {
                Ok(()) => true,
                Err(error) => {
                    broken.get_or_insert_with(|| format!("{name}: {error}"));
                    false
                }
            });
        });
    }

    /// Does what writes these reports. If it panics, the reports say that they are incomplete.
    pub(crate) fn during<T>(
        &mut self,
        run: impl FnOnce(&mut Self) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        last_net::caught(|| run(self)).unwrap_or_else(|| {
            // A report may be what panicked.
            let ended = last_net::caught(|| self.break_off());
            let text = match ended {
                Some(()) => "the run and its reports are incomplete",
                None => "the run is incomplete, and its reports are cut off",
            };
            Err(Failure::new(Exit::Broken, text))
        })
    }

    /// Ends the reports of a run that was ended by a defect of rollwire.
    fn break_off(&mut self) {
        if let (Some(header), None) = (&self.said.header, &self.said.footer) {
            let footer = Footer {
                cases: header.cases,
                counts: self.counts,
                left_out: LeftOut::default(),
                baseline_faults: 0,
                adapter_faults: 0,
                refusals_without_class: 0,
                complete: false,
                reason: Some("a defect of rollwire ended the run".to_owned()),
                exit: Exit::Broken,
            };
            self.event(&Event::Footer(Box::new(footer)));
        }
        for (_, reporter) in &mut self.reporters {
            let _ = reporter.end();
        }
    }

    /// Gives up the reports of a run that was ended because it is out of date.
    pub(crate) fn discard(self) {
        self.progress.finish_and_clear();
    }

    /// Ends every report. Returns the exit code, or an error if a report could not be written.
    pub(crate) fn close(mut self, exit: Exit) -> Result<Exit, Failure> {
        self.progress.finish_and_clear();
        for (name, reporter) in &mut self.reporters {
            if let Err(error) = reporter.end() {
                self.broken.get_or_insert_with(|| format!("{name}: {error}"));
            }
        }
        if let Some(began) = self.began {
            self.said.say(began.elapsed());
        }
        match self.broken {
            None => Ok(exit),
            Some(text) => {
                Err(Failure::new(Exit::Incomplete, format!("the report cannot be written: {text}")))
            }
        }
    }
}

/// The width of the terminal, or of what `COLUMNS` says it is.
fn columns() -> usize {
    let of_terminal = || {
        let (width, _) = terminal_size::terminal_size_of(io::stdout())?;
        Some(usize::from(width.0))
    };
    let of_environment = || std::env::var("COLUMNS").ok()?.parse().ok();
    let columns = of_terminal().or_else(of_environment).unwrap_or(COLUMNS);
    columns.clamp(FEWEST_COLUMNS, MOST_COLUMNS)
}

/// Opens a file, or standard output for `-`, and returns its name too.
pub(crate) fn sink(path: &Path, patience: Duration) -> Result<(String, Box<dyn Write>), Failure> {
    open(path, patience, |it| it)
}

/// Writes a whole report to where it goes.
///
/// # Errors
/// It cannot be written, for example because a disk is full: the run is over, and what it found is not known.
pub(crate) fn write_report(
    (name, mut out): (String, Box<dyn Write>),
    report: &str,
) -> Result<(), Failure> {
    let written = out.write_all(report.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| {
        Failure::new(Exit::Incomplete, format!("{name}: cannot be written: {error}"))
    })
}

/// A file or standard output, which nothing but text gets through.
type Sink = Terminal<Box<dyn Write>>;

/// Opens a file, or standard output for `-`, for a report in any format; `adapt` says what else may get
/// through.
fn open(
    path: &Path,
    patience: Duration,
    adapt: fn(Sink) -> Sink,
) -> Result<(String, Box<dyn Write>), Failure> {
    let (name, sink) = raw(path, patience)?;
    Ok((name, Box::new(adapt(Terminal::new(sink)))))
}

fn raw(path: &Path, patience: Duration) -> Result<(String, Box<dyn Write>), Failure> {
    if path == Path::new("-") {
        let stdout = anstream::AutoStream::auto(io::stdout());
        return Ok((STDOUT.to_owned(), Box::new(BufWriter::new(stdout))));
    }
    let name = shown(path);
    let file = create(path, patience)
        .map_err(|error| Failure::usage(format!("{name}: cannot be written: {error}")))?;
    Ok((name, Box::new(BufWriter::new(anstream::StripStream::new(file)))))
}

/// The reports that the command line names, which may be none.
pub(crate) fn reports(arguments: &Check) -> Result<Outputs, Failure> {
    if arguments.format.is_empty() && arguments.output.is_empty() {
        return Ok(Outputs::none());
    }
    open_reports(arguments)
}

/// The reports that the command line names, or else text on standard output.
pub(crate) fn open_reports(arguments: &Check) -> Result<Outputs, Failure> {
    let (formats, paths) = (&arguments.format, &arguments.output);
    let patience = limits(arguments.limits).deadline;
    Outputs::open(formats, paths, arguments.verbose, patience).map(Outputs::timed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::PATIENCE;

    #[test]
    fn a_defect_marks_every_report_as_incomplete() {
        let golden = include_str!("../tests/command/reports/golden.jsonl");
        let header: Event = serde_json::from_str(golden.lines().next().unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let formats = [Format::Jsonl, Format::Json, Format::JUnit, Format::Text, Format::Html];
        let paths: Vec<PathBuf> =
            (0..formats.len()).map(|at| folder.path().join(at.to_string())).collect();
        let mut outputs = Outputs::open(&formats, &paths, false, PATIENCE).unwrap();
        let ran: Result<(), Failure> = outputs.during(|outputs| {
            outputs.event(&header);
            panic!("a planted defect");
        });
        assert!(ran.is_err());
        for path in paths {
            let report = std::fs::read_to_string(path).unwrap();
            assert!(report.contains("a defect of rollwire ended the run"), "{report}");
        }
    }
}
