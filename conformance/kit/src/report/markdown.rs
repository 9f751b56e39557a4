//! Markdown for a pull request or a step summary: `--output "$GITHUB_STEP_SUMMARY"`.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use super::{
    collect::{Collected, RuleRow, severity},
    commands::OFFLINE,
    conclusion::{Conclusion, sign, word},
    details::detail_rows,
    reporter::Reporter,
};
use crate::{
    event::{CheckEvent, Event, Header},
    text::{grouped, plural, sanitize},
    verdict::{Counts, Verdict},
};

/// How many failures are shown in full. A step summary on GitHub may have one megabyte.
const MAX_FAILURES: usize = 20;

/// How many characters of one failure are shown.
const MAX_FAILURE_LENGTH: usize = 16_000;

/// Writes Markdown at the end.
#[derive(Debug)]
pub struct Markdown<W> {
    sink: W,
    collected: Collected,
}

impl<W: Write> Markdown<W> {
    /// A report that is written to this sink.
    pub fn new(sink: W) -> Self {
        Self { sink, collected: Collected::keeping(MAX_FAILURES) }
    }
}

impl<W: Write> Reporter for Markdown<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.collected.event(event);
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.sink.write_all(document(&self.collected).as_bytes())?;
        self.sink.flush()
    }
}

fn document(all: &Collected) -> String {
    let conclusion = Conclusion::of(all);
    let mut text = format!("## {} rollwire: {}\n\n", conclusion.sign(), conclusion.short);
    if let Some(reason) = &conclusion.reason {
        let _ = writeln!(text, "{}\n", code(reason));
    }
    if let Some(header) = &all.header {
        let _ = writeln!(text, "{}\n", about(header));
    }
    let _ = writeln!(text, "{}\n", verdicts(all));
    for note in &all.notes {
        let _ = writeln!(text, "- {}", code(note));
    }
    if !all.notes.is_empty() {
        text.push('\n');
    }
    let rules = all.rules();
    let bad: Vec<&RuleRow<'_>> = rules.iter().filter(|rule| is_bad(rule)).collect();
    if !bad.is_empty() {
        text += "| Rule | Failed | Weak | Errors | Expected to fail | Not run | Passed |\n";
        text += "|---|--:|--:|--:|--:|--:|--:|\n";
        for rule in bad {
            let Counts {
                passed,
                failed,
                weak,
                errors,
                not_run,
                unexpected_passes,
                expected_failures,
                not_applicable: _,
            } = rule.counts;
            let failed = failed + unexpected_passes;
            let counts = [failed, weak, errors, expected_failures, not_run, passed].map(grouped);
            let _ = writeln!(text, "| {} | {} |", code(rule.id), counts.join(" | "));
        }
        text.push('\n');
    }
    if let Some(header) = &all.header {
        for event in all.failures() {
            text += &details(event, header);
        }
    }
    if all.without_detail > 0 {
        let more = plural(all.without_detail, "check", "checks");
        let _ = writeln!(text, "{more} more not shown here.\n");
    }
    text
}

fn is_bad(rule: &RuleRow<'_>) -> bool {
    rule.cases.iter().any(|case| severity(case.verdict()) > severity(Verdict::ExpectedFailure))
}

/// Which adapter was checked, and with which vectors.
fn about(header: &Header) -> String {
    let who = header.hello.as_ref().map_or_else(
        || "no adapter answered".to_owned(),
        |hello| {
            let who = &hello.implementation;
            code(&format!("{} {} ({})", who.name, who.version, who.language))
        },
    );
    let vectors = code(&format!("{} {}", header.vectors.name, header.vectors.version));
    let digest = code(header.vectors.sha256.get(..12).unwrap_or(&header.vectors.sha256));
    let mut text = format!(
        "{who} · revision {} · vectors {vectors}, sha256 {digest} · seed {} · rollwire {}",
        header.revision,
        code(&header.seed),
        code(&header.kit),
    );
    if !header.filter.is_empty() {
        let _ = write!(text, " · filter {}", code(&header.filter.join(" ")));
    }
    if header.strict {
        text += " · strict";
    }
    if let Some(address) = &header.attached {
        let _ = write!(text, " · attached to {}", code(address));
    }
    if let Some(file) = &header.offline {
        let _ = write!(text, " · offline: {OFFLINE} ({})", code(file));
    }
    text
}

/// All counts that are not zero.
fn verdicts(all: &Collected) -> String {
    let mut found = vec![plural(all.case_count(), "case", "cases")];
    for (verdict, count) in all.counts().by_verdict() {
        if count > 0 {
            found.push(format!("{} {} {}", sign(verdict), grouped(count), word(verdict)));
        }
    }
    found.join(" · ")
}

/// One failure, folded. Markdown is not interpreted between `<pre>` and `</pre>`.
fn details(event: &CheckEvent, header: &Header) -> String {
    let Some(detail) = &event.detail else { return String::new() };
    let mut shown = String::new();
    for (label, line) in detail_rows(event, detail, header) {
        let _ = writeln!(shown, "{label:<10}{line}");
    }
    if let Some((at, _)) = shown.char_indices().nth(MAX_FAILURE_LENGTH) {
        shown.truncate(at);
        shown.push_str("…\n");
    }
    format!(
        "<details><summary>{} {} · {} · {} · {} · {}</summary>\n\n<pre>\n{}</pre>\n\n</details>\n\n",
        sign(event.verdict),
        code(&event.case),
        event.check,
        code(&event.level),
        code(&event.rule),
        event.code.map_or("", |it| it.as_str()),
        html(&shown),
    )
}

/// Untrusted text within a line. None of its characters has a meaning in Markdown or HTML, and within
/// `<code>` GitHub turns no name into a mention.
pub(super) fn code(text: &str) -> String {
    let mut escaped = String::from("<code>");
    let mut before = ' ';
    let text = sanitize(text);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        // A dot has a meaning only in `www.`, an underscore only at the edge of a word. Elsewhere
        // both are easier to read unescaped.
        let plain = match character {
            '-' | '/' | ',' | ';' | '+' | '=' | '%' | '?' => true,
            '_' => {
                let after = characters.peek().is_some_and(char::is_ascii_alphanumeric);
                after && before.is_ascii_alphanumeric()
            }
            '.' => !before.eq_ignore_ascii_case(&'w'),
            other => !other.is_ascii_punctuation(),
        };
        if plain {
            escaped.push(character);
        } else {
            let _ = write!(escaped, "&#{};", u32::from(character));
        }
        before = character;
    }
    escaped + "</code>"
}

/// Untrusted text within `<pre>`.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn untrusted_text_is_never_markup() {
        assert_eq!(code("state-hash/x"), "<code>state-hash/x</code>");
        assert_eq!(code("STATE_HASH-1 _x_"), "<code>STATE_HASH-1 &#95;x&#95;</code>");
        assert_eq!(code("1.0 www.x"), "<code>1.0 www&#46;x</code>");
        let hostile = code("</code><b>|*a*|`[x](http://y)\n# @me #1 &amp; \\ ~~ $x$ www.z");
        for character in "<>|*`[]()\n#@:\\~$".chars() {
            let inner = &hostile["<code>".len()..hostile.len() - "</code>".len()];
            assert!(!inner.replace("&#", "").contains(character), "{character:?} in {inner}");
        }
    }
}
