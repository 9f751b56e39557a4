//! Workflow commands of GitHub Actions: failures become annotations.

use std::io::{self, Write};

use super::{
    collect::Collected,
    conclusion::{Conclusion, restrictions},
    details::expectation,
    reporter::{Reporter, TRUNCATED},
};
use crate::{
    event::{CheckEvent, Event},
    text::{grouped, plural, sanitize},
    verdict::Verdict,
};

/// GitHub shows ten errors and ten warnings of a step: these, one for those left out, and one for the
/// result of the run.
const SHOWN: u64 = 8;

/// Writes `::error` and `::warning` commands while the run goes on, up to a limit.
#[derive(Debug)]
pub struct GitHub<W> {
    sink: W,
    collected: Collected,
    errors: u64,
    warnings: u64,
}

impl<W: Write> GitHub<W> {
    /// A report that is written to this sink.
    pub fn new(sink: W) -> Self {
        Self { sink, collected: Collected::keeping(0), errors: 0, warnings: 0 }
    }

    fn command(&mut self, command: &str, title: &str, text: &str) -> io::Result<()> {
        writeln!(self.sink, "::{command} title={}::{}", property(title), data(text))
    }

    fn check(&mut self, event: &CheckEvent) -> io::Result<()> {
        let (command, count) = match event.verdict {
            Verdict::Fail | Verdict::Error | Verdict::UnexpectedPass => ("error", &mut self.errors),
            Verdict::Weak => ("warning", &mut self.warnings),
            // A run that ended early says so once, at the end.
            Verdict::Pass | Verdict::ExpectedFailure | Verdict::NotApplicable | Verdict::NotRun => {
                return Ok(());
            }
        };
        *count += 1;
        if *count > SHOWN {
            return Ok(());
        }
        let code = event.code.map_or("", |code| code.as_str());
        let title = format!("{} · {} · {} · {code}", event.case, event.check, event.rule);
        let title = title.trim_end_matches(" · ");
        let mut text = String::new();
        if let (Verdict::UnexpectedPass, Some(entry)) = (event.verdict, &event.baseline_match) {
            text = format!("passed, but baseline {}", sanitize(&expectation(entry)));
        }
        if let Some(detail) = &event.detail {
            let expected = detail.expected.first().map_or("", String::as_str);
            if !expected.is_empty() {
                text += &format!("expected {}\n", sanitize(expected));
            }
            text += &format!("got {}", sanitize(&detail.got));
            if let Some(hint) = &detail.hint {
                text += &format!("\n{}", sanitize(hint));
            }
        }
        self.command(command, title, &text)
    }
}

impl<W: Write> Reporter for GitHub<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Check(check) => self.check(check),
            Event::Note { text } => {
                self.collected.event(event);
                self.command("notice", "rollwire", &sanitize(text))
            }
            Event::Header(_) | Event::Footer(_) => {
                self.collected.event(event);
                Ok(())
            }
        }
    }

    fn end(&mut self) -> io::Result<()> {
        for (command, count) in [("error", self.errors), ("warning", self.warnings)] {
            if count > SHOWN {
                let text = format!("{} more not shown here", grouped(count - SHOWN));
                self.command(command, "rollwire", &text)?;
            }
        }
        let conclusion = Conclusion::of(&self.collected);
        let adapter = self.collected.adapter().unwrap_or_else(|| "no adapter answered".to_owned());
        let title =
            format!("rollwire {} {}: {}", conclusion.sign(), sanitize(&adapter), conclusion.short);
        match &self.collected.footer {
            Some(footer) => {
                let command = if footer.exit.code() == 0 { "notice" } else { "error" };
                let (summary, reason) = (footer.summary(), conclusion.reason);
                let restrictions = restrictions(&self.collected).join(", ");
                let lines = [summary, reason.unwrap_or_default(), restrictions];
                let lines: Vec<String> = lines.into_iter().filter(|it| !it.is_empty()).collect();
                let text = lines.join("\n");
                self.command(command, &title, &text)?;
            }
            None => {
                let found = plural(self.errors, "failure", "failures");
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
