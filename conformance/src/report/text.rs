//! Text for people: failures as they happen, then what the run came to.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Write},
};

use anstyle::{AnsiColor, Style as Ansi};
use rollwire_model::vectors::CheckKind;

use super::Reporter;
use crate::{
    describe::paragraph,
    event::{Bytes, CheckEvent, Detail, Event, Footer, Header, Listed},
    text::{grouped, plural, sanitize},
    verdict::{Exit, Verdict},
};

/// The colours of the report. Whoever prints it strips them where they do not belong.
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

/// Text surrounded by a style.
fn paint(style: Ansi, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// The text report.
#[derive(Debug)]
pub struct Text<W> {
    sink: W,
    header: Option<Header>,
    /// How many failures of each rule and code were shown, and how many only counted.
    shown: BTreeMap<(String, String), u64>,
    hidden: BTreeMap<(String, String), u64>,
    /// After this many failures of one rule, further ones are only counted.
    limit: u64,
    weak: Vec<CheckEvent>,
    verbose: bool,
}

impl<W: Write> Text<W> {
    /// A report that goes to this sink. Verbose shows every failure, and weak checks in full.
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
        }
    }

    fn header(&mut self, header: &Header) -> io::Result<()> {
        let vectors = &header.vectors;
        writeln!(
            self.sink,
            "rollwire {} · {} {} (sha256 {}) · revision {} · seed {}",
            header.kit,
            sanitize(&vectors.name),
            vectors.version,
            vectors.sha256.get(..12).unwrap_or(&vectors.sha256),
            header.revision,
            header.seed,
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
        if header.other_revisions > 0 {
            let count = plural(header.other_revisions, "case", "cases");
            writeln!(self.sink, "left out {count} about other revisions than {}", header.revision)?;
        }
        writeln!(self.sink)?;
        self.sink.flush()
    }

    fn check(&mut self, event: &CheckEvent) -> io::Result<()> {
        match (event.verdict, &event.listed) {
            (Verdict::ExpectedFailure, _) if !self.verbose => return Ok(()),
            (Verdict::UnexpectedPass, Some(listed)) => {
                return writeln!(
                    self.sink,
                    "{}  {} · {} · {}: passed, but the baseline, {}; remove the entry",
                    paint(Style::BAD, event.verdict.label()),
                    event.case,
                    event.check,
                    event.rule,
                    expectation(listed),
                );
            }
            _ => {}
        }
        let Some(detail) = &event.detail else { return Ok(()) };
        let key = (event.rule.clone(), event.code.map_or("", |code| code.as_str()).to_owned());
        // A random scenario that was not shrunk says no more than one of its rule that was.
        let random = event.check == CheckKind::Run && event.case.starts_with("fresh/");
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

    fn footer(&mut self, footer: &Footer) -> io::Result<()> {
        for event in &self.weak {
            let detail = event.detail.as_ref();
            let expected =
                detail.and_then(|detail| detail.expected.first()).map_or("", |text| text);
            writeln!(
                self.sink,
                "{}  {} · {} · {}: {}; better {expected}",
                paint(Style::WEAK, "WEAK"),
                event.case,
                event.check,
                event.rule,
                detail.map_or("", |detail| &detail.got),
            )?;
        }
        for ((rule, code), count) in &self.hidden {
            let more = grouped(*count);
            writeln!(self.sink, "{rule} · {code}: {more} more like these; `--verbose` shows them")?;
        }
        for (capability, count) in &footer.missing_capabilities {
            let count = plural(*count, "check is", "checks are");
            writeln!(self.sink, "{count} not applicable: capability {capability} is not declared")?;
        }
        if self.header.as_ref().is_some_and(|header| header.strict) && footer.counts.weak > 0 {
            writeln!(self.sink, "with --strict a weak check is a failure")?;
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
            Event::Check(check) => self.check(check),
            Event::Note { text } => writeln!(self.sink, "note: {}", sanitize(text)),
            Event::Footer(footer) => self.footer(footer),
        }
    }
}

/// One failure, with everything that ends the hunt for it.
#[must_use]
pub fn failure(event: &CheckEvent, detail: &Detail, header: &Header) -> String {
    let mut text = format!(
        "{}  {} · {} · {} · {}{}\n",
        paint(Style::of(event.verdict), event.verdict.label()),
        paint(Style::STRONG, &event.case),
        event.check,
        event.level,
        event.rule,
        event.code.map_or(String::new(), |code| format!(" · {}", code.as_str())),
    );
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            let label = paint(Style::QUIET, &format!("{name:<10}"));
            let _ = writeln!(text, "      {label}{}", sanitize(value).trim_end());
        }
    };
    row("baseline", &event.listed.as_ref().map(expectation).unwrap_or_default());
    for (at, line) in paragraph(&detail.rule_text, 16).lines().enumerate() {
        row(if at == 0 { "rule" } else { "" }, line.trim_start());
    }
    row("value", detail.value.as_deref().unwrap_or_default());
    for (at, line) in detail.steps.iter().enumerate() {
        row(if at == 0 { "steps" } else { "" }, line);
    }
    if let Some(bytes) = &detail.bytes {
        let (hex, marks) = ruler(bytes);
        row(&bytes.role, &hex);
        let offset = detail.offset.map_or(String::new(), |offset| format!(", offset {offset}"));
        let field = detail.field.as_deref().unwrap_or_default();
        match marks {
            Some(marks) => row("", &format!("{marks} {field}{offset}")),
            None if !field.is_empty() => row("where", &format!("{field}{offset}")),
            None => {}
        }
    } else if let Some(field) = &detail.field {
        row("where", field);
    }
    // The expected datagram was shown with its mark already.
    let shown = detail.bytes.as_ref().is_some_and(|bytes| bytes.role == "expected");
    for (at, expected) in detail.expected.iter().enumerate().skip(usize::from(shown)) {
        row(if at == 0 { "expected" } else { "or" }, expected);
    }
    let hint = detail.hint.as_ref().map_or(String::new(), |hint| format!("   ({hint})"));
    row("got", &format!("{}{hint}", detail.got));
    row("catches", &detail.comment);
    for (flag, meaning) in &detail.flags {
        row("flag", &format!("{flag}: {meaning}"));
    }
    for (at, line) in detail.stderr.iter().enumerate() {
        row(if at == 0 { "stderr" } else { "" }, line);
    }
    let adapter = shell_line(&header.command);
    if !adapter.is_empty() {
        let mut words = ["rollwire", "check", "--filter"].map(str::to_owned).to_vec();
        words.push(globset::escape(&event.case));
        words.extend(header.arguments.iter().cloned());
        if event.case.starts_with("fresh/") {
            words.extend(["--seed".to_owned(), header.seed.clone()]);
        }
        row("again", &format!("{} -- {adapter}", shell_line(&words)));
        if (1..=2000).contains(&detail.requests.iter().map(String::len).sum::<usize>()) {
            let requests = shell_line(&detail.requests);
            row("by hand", &format!("printf '%s\\n' {requests} | {adapter}"));
        }
    }
    row("read", &detail.chapter);
    text
}

/// What the baseline says of a check.
fn expectation(listed: &Listed) -> String {
    let link = listed.link.as_ref().map_or(String::new(), |link| format!(" ({link})"));
    format!(
        "line {} expects {} · {}: {}{link}",
        listed.line,
        listed.verdict.label().to_lowercase(),
        listed.code.as_str(),
        sanitize(&listed.reason),
    )
}

/// The hex of a datagram with blanks between its parts, and a line of marks under one of them.
#[must_use]
pub fn ruler(bytes: &Bytes) -> (String, Option<String>) {
    const WIDE: usize = 160;
    let mut hex = String::new();
    let mut marks = None;
    for (at, part) in bytes.parts.iter().enumerate() {
        if !hex.is_empty() {
            hex.push(' ');
        }
        if bytes.marked == Some(at) {
            marks =
                Some(format!("{}{}", " ".repeat(hex.len()), "^".repeat(part.hex.len().min(WIDE))));
        }
        hex.push_str(&part.hex);
    }
    if hex.len() <= WIDE {
        return (hex, marks);
    }
    // A long datagram is cut behind the mark, or at the width of a terminal.
    let wanted = marks.as_ref().map_or(WIDE, |marks| marks.len().max(WIDE));
    if wanted > 2 * WIDE {
        hex.truncate(WIDE);
        return (format!("{hex}…"), None);
    }
    let cut = hex.len() > wanted;
    hex.truncate(wanted);
    (if cut { format!("{hex}…") } else { hex }, marks)
}

/// A command line that a POSIX shell reads as these words.
fn shell_line(words: &[String]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::BytesPart;

    #[test]
    fn the_marks_stand_under_their_part() {
        let part = |name: &str, offset, hex: &str| BytesPart {
            name: name.to_owned(),
            offset,
            hex: hex.to_owned(),
        };
        let parts = vec![part("type", 0, "07"), part("frame", 1, "00000001")];
        let bytes = Bytes { role: "given".to_owned(), parts, marked: Some(1) };
        assert_eq!(ruler(&bytes), ("07 00000001".to_owned(), Some("   ^^^^^^^^".to_owned())));
    }

    #[test]
    fn words_survive_the_shell() {
        assert_eq!(
            shell_line(&["node".into(), "a b.mjs".into(), "it's".into()]),
            r"node 'a b.mjs' 'it'\''s'"
        );
    }
}
