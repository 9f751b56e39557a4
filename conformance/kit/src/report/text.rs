//! Text for a terminal: failures while the run goes on, then its result.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Write},
};

use anstyle::{AnsiColor, Style as Ansi};
use rollwire_model::vectors::CheckKind;

use super::{
    commands::OFFLINE,
    details::{detail_rows, expectation},
    reporter::{Reporter, TRUNCATED},
};
use crate::{
    event::{CheckEvent, Detail, Event, Footer, Header},
    text::{grouped, plural, sanitize},
    verdict::{Counts, Exit, Verdict},
};

/// The colours of the report. The caller strips them if the output is not a terminal.
#[derive(Clone, Copy, Debug)]
struct Style;

impl Style {
    const GOOD: Ansi = AnsiColor::Green.on_default().bold();
    const BAD: Ansi = AnsiColor::Red.on_default().bold();
    const WEAK: Ansi = AnsiColor::Yellow.on_default().bold();
    const QUIET: Ansi = Ansi::new().dimmed();
    const STRONG: Ansi = Ansi::new().bold();

    fn of(verdict: Verdict) -> Ansi {
        match verdict {
            Verdict::Pass => Self::GOOD,
            Verdict::Weak => Self::WEAK,
            Verdict::Fail | Verdict::Error | Verdict::UnexpectedPass => Self::BAD,
            Verdict::ExpectedFailure | Verdict::NotApplicable | Verdict::NotRun => Self::QUIET,
        }
    }
}

/// Text in a style.
fn paint(style: Ansi, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// The text report.
#[derive(Debug)]
pub struct Text<W> {
    sink: W,
    header: Option<Header>,
    /// How many failures of each rule and code were shown, and how many were only counted.
    shown: BTreeMap<(String, String), u64>,
    hidden: BTreeMap<(String, String), u64>,
    /// After this many failures of one rule and code, further ones are only counted.
    limit: u64,
    weak: Vec<CheckEvent>,
    verbose: bool,
    counts: Counts,
    ended: bool,
}

impl<W: Write> Text<W> {
    /// A report that is written to this sink. If `verbose`, it shows every failure, and weak checks
    /// in full.
    pub fn new(sink: W, verbose: bool) -> Self {
        let limit = if verbose { u64::MAX } else { 3 };
        Self {
            sink,
            header: None,
            shown: BTreeMap::new(),
            hidden: BTreeMap::new(),
            limit,
            weak: Vec::new(),
            verbose,
            counts: Counts::default(),
            ended: false,
        }
    }

    fn header(&mut self, header: &Header) -> io::Result<()> {
        let vectors = &header.vectors;
        writeln!(
            self.sink,
            "rollwire {} · {} {} (sha256 {}) · revision {} · seed {}",
            sanitize(&header.kit),
            sanitize(&vectors.name),
            sanitize(&vectors.version),
            sanitize(vectors.sha256.get(..12).unwrap_or(&vectors.sha256)),
            header.revision,
            sanitize(&header.seed),
        )?;
        if let Some(hello) = &header.hello {
            let who = &hello.implementation;
            let capabilities: Vec<&str> = hello.capabilities.iter().map(|it| it.as_str()).collect();
            writeln!(
                self.sink,
                "adapter  {} · {} · {}",
                paint(
                    Style::STRONG,
                    &format!("{} {}", sanitize(&who.name), sanitize(&who.version))
                ),
                sanitize(&who.language),
                capabilities.join(" "),
            )?;
        }
        if let Some(address) = &header.attached {
            writeln!(self.sink, "attached to {}", sanitize(address))?;
        }
        if let Some(file) = &header.offline {
            writeln!(self.sink, "offline: {OFFLINE} ({})", sanitize(file))?;
        }
        if header.other_revisions > 0 {
            let left_out = plural(header.other_revisions, "case", "cases");
            let revision = header.revision;
            writeln!(self.sink, "left out {left_out} for revisions other than {revision}")?;
        }
        writeln!(self.sink)?;
        self.sink.flush()
    }

    fn check(&mut self, event: &CheckEvent) -> io::Result<()> {
        match (event.verdict, &event.baseline_match) {
            (Verdict::ExpectedFailure, _) if !self.verbose => return Ok(()),
            (Verdict::UnexpectedPass, Some(entry)) => {
                return writeln!(
                    self.sink,
                    "{}  {} · {} · {}: passed, but baseline {}; remove the entry",
                    paint(Style::BAD, event.verdict.label()),
                    event.case,
                    event.check,
                    event.rule,
                    sanitize(&expectation(entry)),
                );
            }
            _ => {}
        }
        let Some(detail) = &event.detail else { return Ok(()) };
        let key = (event.rule.clone(), event.code.map_or("", |code| code.as_str()).to_owned());
        // A random failure that was not shrunk adds nothing to one of the same rule that was.
        let long_kind = matches!(event.check, CheckKind::Run | CheckKind::Digest);
        let random = long_kind && event.origin.is_fresh();
        let shown = self.shown.entry(key.clone()).or_default();
        let long = random && detail.shrunk.is_none() && *shown > 0;
        if !self.verbose && (*shown >= self.limit || long) {
            *self.hidden.entry(key).or_default() += 1;
            return Ok(());
        }
        *shown += 1;
        if event.verdict == Verdict::Weak && !self.verbose {
            self.weak.push(event.clone());
            return Ok(());
        }
        if let Some(header) = &self.header {
            writeln!(self.sink, "{}", failure(event, detail, header))?;
        }
        self.sink.flush()
    }

    /// Writes what was held back until the end: weak checks, and the number of failures not shown.
    fn held_back(&mut self) -> io::Result<()> {
        for event in &self.weak {
            let detail = event.detail.as_ref();
            let expected =
                detail.and_then(|detail| detail.expected.first()).map_or("", |text| text);
            writeln!(
                self.sink,
                "{}  {} · {} · {}: {}; preferred: {}",
                paint(Style::WEAK, "WEAK"),
                sanitize(&event.case),
                event.check,
                sanitize(&event.rule),
                sanitize(detail.map_or("", |detail| &detail.got)),
                sanitize(expected),
            )?;
        }
        for ((rule, code), count) in &self.hidden {
            let (rule, more) = (sanitize(rule), grouped(*count));
            writeln!(self.sink, "{rule} · {code}: {more} more like these; `--verbose` shows them")?;
        }
        Ok(())
    }

    fn footer(&mut self, footer: &Footer) -> io::Result<()> {
        self.held_back()?;
        for (capability, count) in &footer.missing_capabilities {
            let capability = sanitize(capability);
            let count = plural(*count, "check is", "checks are");
            writeln!(self.sink, "{count} not applicable: capability {capability} is not declared")?;
        }
        if self.header.as_ref().is_some_and(|header| header.strict) && footer.counts.weak > 0 {
            writeln!(self.sink, "with --strict a weak check fails the run")?;
        }
        if let Some(reason) = &footer.reason {
            let word = match footer.complete {
                true if footer.counts.nothing_conforms() => "nothing passed",
                true => "nothing ran",
                false => "incomplete",
            };
            writeln!(self.sink, "{}: {}", paint(Style::BAD, word), sanitize(reason))?;
        }
        let style = match footer.exit {
            Exit::Conforms if footer.counts.weak == 0 => Style::GOOD,
            Exit::Conforms => Style::WEAK,
            _ => Style::BAD,
        };
        writeln!(self.sink, "{}", paint(style, &footer.summary()))?;
        self.sink.flush()
    }
}

impl<W: Write> Reporter for Text<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Header(header) => {
                self.header = Some((**header).clone());
                self.header(header)
            }
            Event::Check(check) => {
                self.counts.add(check.verdict);
                self.check(check)
            }
            Event::Note { text } => writeln!(self.sink, "note: {}", sanitize(text)),
            Event::Footer(footer) => {
                self.ended = true;
                self.footer(footer)
            }
        }
    }

    fn end(&mut self) -> io::Result<()> {
        if self.ended {
            return Ok(());
        }
        self.held_back()?;
        let so_far = plural(self.counts.total(), "check", "checks");
        writeln!(self.sink, "{}: {TRUNCATED}; {so_far} so far", paint(Style::BAD, "truncated"))?;
        self.sink.flush()
    }
}

/// One failure, with everything that helps to find its cause.
#[must_use]
pub fn failure(event: &CheckEvent, detail: &Detail, header: &Header) -> String {
    let mut text = format!(
        "{}  {} · {} · {} · {}{}\n",
        paint(Style::of(event.verdict), event.verdict.label()),
        paint(Style::STRONG, &sanitize(&event.case)),
        event.check,
        sanitize(&event.level),
        sanitize(&event.rule),
        event.code.map_or(String::new(), |code| format!(" · {}", code.as_str())),
    );
    for (name, value) in detail_rows(event, detail, header) {
        let label = paint(Style::QUIET, &format!("{name:<10}"));
        let _ = writeln!(text, "      {label}{value}");
    }
    text
}
