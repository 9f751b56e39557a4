//! Workflow commands of GitHub Actions: each cause of failures becomes an annotation.

use std::io::{self, Write};

use super::{
    causes::{answer, facts, reading},
    collect::Collected,
    commands::rerun_command,
    conclusion::{Conclusion, restrictions},
    details::expectation,
    reporter::{Reporter, TRUNCATED},
};
use crate::{
    event::{Cause, CheckEvent, Event, Harm},
    text::{grouped, plural, sanitize},
    verdict::{Exit, Verdict},
};

/// GitHub shows ten errors and ten warnings of a step: these, one for those left out, and one for the
/// result of the run.
const SHOWN: usize = 8;

/// How many bytes of details are kept for the examples of the causes.
const ROOM: usize = 16 << 20;

/// Writes `::error` and `::warning` commands at the end, up to a limit; notes while the run goes on.
#[derive(Debug)]
pub struct GitHub<W> {
    sink: W,
    collected: Collected,
    /// The unexpected passes, as a title and a text; those beyond the limit are counted.
    passes: Vec<(String, String)>,
    passed: usize,
}

impl<W: Write> GitHub<W> {
    /// A report that is written to this sink.
    pub fn new(sink: W) -> Self {
        Self { sink, collected: Collected::keeping(ROOM), passes: Vec::new(), passed: 0 }
    }

    fn command(&mut self, command: &str, title: &str, text: &str) -> io::Result<()> {
        writeln!(self.sink, "::{command} title={}::{}", property(title), data(text))
    }

    fn unexpected_pass(&mut self, event: &CheckEvent) {
        self.passed += 1;
        if let Some(entry) = event.baseline_match.as_ref().filter(|_| self.passed <= SHOWN) {
            let title = format!("{} · {} · {}", event.case, event.check, event.rule);
            let text = format!("passed, but baseline {}", sanitize(&expectation(entry)));
            self.passes.push((title, text));
        }
    }

    /// The causes as annotations: those that only break recommendations are warnings.
    fn annotations(&mut self) -> io::Result<()> {
        let (warnings, errors): (Vec<_>, Vec<_>) = (1..)
            .zip(self.collected.causes())
            .map(|(number, cause)| (cause.harm, annotation(number, cause, &self.collected)))
            .partition(|(harm, _)| *harm == Harm::Cosmetic);
        let errors: Vec<_> = errors.into_iter().map(|(_, it)| it).collect();
        let passes = std::mem::take(&mut self.passes);
        let unnamed = self.passed - passes.len();
        let errors: Vec<_> = errors.into_iter().chain(passes).collect();
        let warnings: Vec<_> = warnings.into_iter().map(|(_, it)| it).collect();
        for (command, found, more) in [("error", errors, unnamed), ("warning", warnings, 0)] {
            for (title, text) in found.iter().take(SHOWN) {
                self.command(command, title, text)?;
            }
            if let more @ 1.. = found.len().saturating_sub(SHOWN) + more {
                let text = format!("{} more not shown here", grouped(more as u64));
                self.command(command, "rollwire", &text)?;
            }
        }
        Ok(())
    }
}

/// The title and the text of a cause.
fn annotation(number: usize, cause: &Cause, all: &Collected) -> (String, String) {
    let title = format!("{number}. {}", cause.sentence);
    let mut text = format!("{} · {}\nread {}", cause.harm.words(), facts(cause), reading(cause));
    if let Some(example) = all.example(cause) {
        let case = sanitize(&example.case);
        text += &format!("\ne.g. {case} · {}: {}", example.check, answer(example));
        if let Some(hint) = example.detail.as_ref().and_then(|detail| detail.hint.as_ref()) {
            text += &format!(" ({})", sanitize(hint));
        }
        let command = all.header.as_ref().and_then(|header| rerun_command(example, header));
        if let Some(command) = command {
            text += &format!("\n{command}");
        }
    }
    (title, text)
}

impl<W: Write> Reporter for GitHub<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.collected.event(event);
        match event {
            Event::Check(check) if check.verdict == Verdict::UnexpectedPass => {
                self.unexpected_pass(check);
                Ok(())
            }
            Event::Note { text } => self.command("notice", "rollwire", &sanitize(text)),
            Event::Check(_) | Event::Header(_) | Event::Cause(_) | Event::Footer(_) => Ok(()),
        }
    }

    fn end(&mut self) -> io::Result<()> {
        self.collected.settle();
        self.annotations()?;
        let conclusion = Conclusion::of(&self.collected);
        let adapter = self.collected.adapter().unwrap_or_else(|| "no adapter answered".to_owned());
        let title =
            format!("rollwire {} {}: {}", conclusion.sign(), sanitize(&adapter), conclusion.short);
        match &self.collected.footer {
            Some(footer) => {
                let command = if footer.exit == Exit::Conforms { "notice" } else { "error" };
                let (summary, reason) = (footer.summary(), conclusion.reason);
                let restrictions = restrictions(&self.collected).join(", ");
                let lines = [summary, reason.unwrap_or_default(), restrictions];
                let lines: Vec<String> = lines.into_iter().filter(|it| !it.is_empty()).collect();
                let text = lines.join("\n");
                self.command(command, &title, &text)?;
            }
            None => {
                let counts = self.collected.counts();
                let failures = counts.failed + counts.errors + counts.unexpected_passes;
                let found = plural(failures, "failure", "failures");
                self.command("error", &title, &format!("{TRUNCATED}; {found} so far"))?;
            }
        }
        self.sink.flush()
    }
}

/// The text of a command: one line, in which GitHub decodes three characters.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command; an unescaped comma or colon would end it.
fn property(text: &str) -> String {
    data(&sanitize(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_end_a_command_or_begin_another() {
        assert_eq!(data("100%\r\n::error::x"), "100%25%0D%0A::error::x");
        assert_eq!(property("a,b::c%"), "a%2Cb%3A%3Ac%25");
        assert_eq!(property("a\n::stop-commands::x"), "a\\n%3A%3Astop-commands%3A%3Ax");
    }
}
