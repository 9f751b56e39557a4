//! Text for a terminal: the causes of the failures at the end of the run, and the result.

mod causes;
mod style;

use std::{
    io::{self, Write},
    time::Duration,
};

use self::style::{BAD, STRONG, paint, wrapping};
use super::{
    collect::Collected,
    commands::OFFLINE,
    conclusion::{Conclusion, verdict_line},
    details::{Widths, detail_rows, expectation},
    reporter::{Reporter, TRUNCATED},
};
use crate::{
    event::{CheckEvent, Detail, Event, Footer, Header, LeftOut},
    text::{duration, plural, sanitize},
    verdict::Verdict,
};

/// The width of a terminal that does not say how wide it is.
const COLUMNS: usize = 80;

/// The lines of a screen, into which a run with up to twenty causes should fit.
const SCREEN: usize = 40;

/// How many unexpected passes are shown without `--verbose`.
const PASSES: usize = 5;

/// How many bytes of details are kept for the examples of the causes.
const ROOM: usize = 4 << 20;

/// The text report.
#[derive(Debug)]
pub struct Text<W> {
    sink: W,
    collected: Collected,
    verbose: bool,
    columns: usize,
    /// Whether sentences are wrapped. A file keeps each on one line, where a program can find it.
    on_terminal: bool,
    took: Option<Duration>,
    /// How many lines were written.
    lines: usize,
    passes: Vec<String>,
    ended: bool,
}

impl<W: Write> Text<W> {
    /// A report that is written to this sink. If `verbose`, it shows every failure during the run,
    /// and the causes after these.
    pub fn new(sink: W, verbose: bool) -> Self {
        Self {
            sink,
            collected: Collected::keeping(ROOM),
            verbose,
            columns: COLUMNS,
            on_terminal: false,
            took: None,
            lines: 0,
            passes: Vec::new(),
            ended: false,
        }
    }

    /// The same report with causes of this width.
    #[must_use]
    pub fn within(self, columns: usize) -> Self {
        Self { columns, ..self }
    }

    /// The same report for a terminal, on which every sentence is wrapped.
    #[must_use]
    pub fn on_terminal(self) -> Self {
        Self { on_terminal: true, ..self }
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        self.lines += text.lines().count();
        self.sink.write_all(text.as_bytes())
    }

    /// Writes a sentence.
    fn say(&mut self, text: &str) -> io::Result<()> {
        self.write(&self.paragraph(text))
    }

    /// A sentence. On a terminal it is a paragraph, of which the lines after the first are indented.
    fn paragraph(&self, text: &str) -> String {
        if !self.on_terminal {
            return format!("{text}\n");
        }
        let options = wrapping(self.columns).subsequent_indent("  ");
        textwrap::fill(text, options) + "\n"
    }

    fn header(&mut self, header: &Header) -> io::Result<()> {
        let vectors = &header.vectors;
        self.say(&format!(
            "rollwire {} · {} {} (sha256 {}) · revision {} · seed {}",
            sanitize(&header.kit),
            sanitize(&vectors.name),
            sanitize(&vectors.version),
            sanitize(vectors.sha256.get(..12).unwrap_or(&vectors.sha256)),
            header.revision,
            sanitize(&header.seed),
        ))?;
        if let Some(hello) = &header.hello {
            let who = &hello.implementation;
            let capabilities: Vec<&str> = hello.capabilities.iter().map(|it| it.as_str()).collect();
            let name = format!("{} {}", sanitize(&who.name), sanitize(&who.version));
            self.say(&format!(
                "adapter  {} · {} · {}",
                paint(STRONG, &name),
                sanitize(&who.language),
                capabilities.join(" "),
            ))?;
            if let Some(messages) = &hello.messages {
                let names: Vec<String> = messages.keys().map(|name| sanitize(name)).collect();
                self.say(&format!("messages {}", names.join(" ")))?;
            }
        }
        if let Some(address) = &header.attached {
            self.say(&format!("attached to {}", sanitize(address)))?;
        }
        if let Some(file) = &header.offline {
            self.say(&format!("offline: {OFFLINE} ({})", sanitize(file)))?;
        }
        if header.other_revisions > 0 {
            let left_out = plural(header.other_revisions, "case", "cases");
            let revision = header.revision;
            self.say(&format!("left out {left_out} for revisions other than {revision}"))?;
        }
        self.write("\n")?;
        self.sink.flush()
    }

    fn check(&mut self, event: &CheckEvent) -> io::Result<()> {
        if let (Verdict::UnexpectedPass, Some(entry)) = (event.verdict, &event.baseline_match) {
            self.passes.push(format!(
                "{}  {} · {} · {}: passed, but baseline {}; remove the entry",
                paint(BAD, event.verdict.label()),
                sanitize(&event.case),
                event.check,
                sanitize(&event.rule),
                sanitize(&expectation(entry)),
            ));
        }
        if !self.verbose {
            return Ok(());
        }
        let columns = self.columns;
        if let (Some(detail), Some(header)) = (&event.detail, &self.collected.header) {
            let text = failure(event, detail, header, columns);
            self.write(&(text + "\n"))?;
        }
        self.sink.flush()
    }

    /// What was found: unexpected passes, and the causes of the failures, on a screen with this many lines
    /// after them.
    fn findings(&mut self, lines_after: usize) -> io::Result<()> {
        let most = if self.verbose { usize::MAX } else { PASSES };
        let passes = std::mem::take(&mut self.passes);
        for pass in passes.iter().take(most) {
            self.say(pass)?;
        }
        if let more @ 1.. = passes.len().saturating_sub(most) {
            let more = plural(more as u64, "entry", "entries");
            self.say(&format!("{more} more passed although the baseline expects a failure"))?;
        }
        // The last two are where everything is shown, and a blank one.
        let lines = SCREEN.saturating_sub(self.lines + lines_after + 2);
        let text = causes::causes(&self.collected, self.columns, lines, self.verbose);
        self.write(&text)?;
        if let Some(rest) = causes::without_cause(&self.collected) {
            self.say(&rest)?;
        }
        if !text.is_empty() {
            if !self.verbose {
                self.say(
                    "--verbose shows every failure; --format html --output FILE, a page with all",
                )?;
            }
            self.write("\n")?;
        }
        Ok(())
    }

    /// The result: what the adapter does not declare, the verdict, and the counts.
    fn result(&self, footer: &Footer) -> Vec<String> {
        let mut lines = not_declared(&footer.left_out);
        let header = self.collected.header.as_ref();
        if header.is_some_and(|header| header.strict) && footer.counts.weak > 0 {
            lines.push("with --strict a weak check fails the run".to_owned());
        }
        if let Some(reason) = &footer.reason {
            let word = match footer.complete {
                true if footer.counts.nothing_conforms() => "nothing passed",
                true => "nothing ran",
                false => "incomplete",
            };
            lines.push(format!("{}: {}", paint(BAD, word), sanitize(reason)));
        }
        let took = self.took.map_or(String::new(), |took| format!(" · {}", duration(took)));
        let verdict = verdict_line(header, footer) + &took;
        lines.push(paint(style::of_tone(Conclusion::of_run(header, footer).tone), &verdict));
        lines.push(footer.summary());
        lines
    }
}

/// What the adapter does not declare, and how many checks that left out.
fn not_declared(left_out: &LeftOut) -> Vec<String> {
    let LeftOut { messages, directions, capabilities, .. } = left_out;
    let count = |count: u64| plural(count, "check is", "checks are");
    let mut lines = Vec::new();
    let mut missing = |one: &str, many: &str, left_out: &[(&String, &u64)]| {
        if left_out.is_empty() {
            return;
        }
        let names: Vec<String> = left_out.iter().map(|(name, _)| sanitize(name)).collect();
        let (word, are) = if names.len() == 1 { (one, "is") } else { (many, "are") };
        let checks = count(left_out.iter().map(|(_, checks)| **checks).sum());
        let names = names.join(", ");
        lines.push(format!("{checks} not applicable: {word} {names} {are} not declared"));
    };
    let messages: Vec<_> = messages.iter().collect();
    missing("message", "messages", &messages);
    let asked_for: Vec<_> = capabilities.iter().filter(|(_, checks)| **checks > 0).collect();
    missing("capability", "capabilities", &asked_for);
    for (direction, checks) in directions {
        let (checks, direction) = (count(*checks), sanitize(direction));
        lines.push(format!("{checks} not applicable: direction {direction} is not declared"));
    }
    for capability in
        capabilities.iter().filter(|(_, checks)| **checks == 0).map(|it| sanitize(it.0))
    {
        lines.push(format!(
            "the state of the exchange is not checked: capability {capability} is not declared"
        ));
    }
    lines
}

impl<W: Write> Reporter for Text<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.collected.event(event);
        match event {
            Event::Header(header) => self.header(header),
            Event::Check(check) => self.check(check),
            Event::Note { text } => self.say(&format!("note: {}", sanitize(text))),
            // They are shown together, when all are known.
            Event::Cause(_) => Ok(()),
            Event::Footer(footer) => {
                self.ended = true;
                let result = self.result(footer);
                let lines = |text: &String| self.paragraph(text).lines().count();
                self.findings(result.iter().map(lines).sum())?;
                result.iter().try_for_each(|line| self.say(line))?;
                self.sink.flush()
            }
        }
    }

    fn took(&mut self, time: Duration) {
        self.took = Some(time);
    }

    fn end(&mut self) -> io::Result<()> {
        if self.ended {
            return Ok(());
        }
        self.collected.settle();
        self.findings(1)?;
        let so_far = plural(self.collected.counts().total(), "check", "checks");
        self.say(&format!("{}: {TRUNCATED}; {so_far} so far", paint(BAD, "truncated")))?;
        self.sink.flush()
    }
}

/// One failure in this many columns, with everything that helps to find its cause.
fn failure(event: &CheckEvent, detail: &Detail, header: &Header, columns: usize) -> String {
    let mut text = format!(
        "{}  {} · {} · {} · {}{}\n",
        paint(style::of(event.verdict), event.verdict.label()),
        paint(STRONG, &sanitize(&event.case)),
        event.check,
        sanitize(&event.level),
        sanitize(&event.rule),
        event.code.map_or(String::new(), |code| format!(" · {}", code.as_str())),
    );
    for row in detail_rows(event, detail, header, None, Widths::whole(columns)) {
        text += &style::row(&row, "      ");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &mut Text<Vec<u8>>, note: &str) -> String {
        text.event(&Event::Note { text: note.to_owned() }).unwrap();
        String::from_utf8(std::mem::take(&mut text.sink)).unwrap()
    }

    #[test]
    fn sentences_are_wrapped_on_a_terminal_only() {
        let note = "the adapter-process exited with code 3 at the end of its input";
        let mut file = Text::new(Vec::new(), false).within(40);
        assert_eq!(shown(&mut file, note), format!("note: {note}\n"));
        let mut terminal = Text::new(Vec::new(), false).within(40).on_terminal();
        assert_eq!(
            shown(&mut terminal, note),
            "note: the adapter-process exited with\n  code 3 at the end of its input\n"
        );
    }
}
