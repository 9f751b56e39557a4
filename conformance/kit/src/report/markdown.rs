//! Markdown for a pull request or a step summary: `--output "$GITHUB_STEP_SUMMARY"`.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use super::{
    causes::{answer, facts, heading, messages, reading},
    collect::Collected,
    commands::{OFFLINE, rerun_command},
    conclusion::{Conclusion, restrictions, sign, word},
    details::{Widths, detail_rows},
    reporter::Reporter,
};
use crate::{
    event::{Cause, CheckEvent, Event, Header},
    text::{grouped, plural, sanitize},
    verdict::{Counts, Verdict},
};

/// How many failures are shown in full. A step summary on GitHub may have one megabyte.
const MAX_FAILURES: usize = 20;

/// How many causes are shown.
const MAX_CAUSES: usize = 50;

/// How many bytes of details are kept, of which the failures to show are chosen.
const ROOM: usize = 32 << 20;

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
        Self { sink, collected: Collected::keeping(ROOM) }
    }
}

impl<W: Write> Reporter for Markdown<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.collected.event(event);
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.collected.settle();
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
    let restrictions = restrictions(all);
    if !restrictions.is_empty() {
        let _ = writeln!(text, "Restricted: {}\n", code(&restrictions.join("; ")));
    }
    text += &causes(all);
    for note in &all.notes {
        let _ = writeln!(text, "- {}", code(note));
    }
    if !all.notes.is_empty() {
        text.push('\n');
    }
    text += &failures(all);
    text += &rules(all);
    text
}

/// The causes as a table, and below it an example of each.
fn causes(all: &Collected) -> String {
    let causes = all.causes();
    if causes.is_empty() {
        return String::new();
    }
    let mut text = format!("### {}\n\n", heading(all));
    text += "| | Cause | Harm | Checks | Messages | Read |\n|--:|---|---|--:|---|---|\n";
    for (number, cause) in (1..).zip(causes).take(MAX_CAUSES) {
        let _ = writeln!(
            text,
            "| {number} | {} | {} | {} | {} | {} |",
            code(&cause.sentence),
            cause.harm.words(),
            grouped(cause.failures),
            if cause.messages.is_empty() { String::new() } else { code(&messages(cause)) },
            code(&reading(cause)),
        );
    }
    text.push('\n');
    for (number, cause) in (1..).zip(causes).take(MAX_CAUSES) {
        text += &example(number, cause, all);
    }
    if let more @ 1.. = causes.len().saturating_sub(MAX_CAUSES) {
        let more = plural(more as u64, "cause", "causes");
        let _ = writeln!(text, "{more} more not shown here.");
    }
    text.push('\n');
    text
}

/// What one failure of a cause looks like, in a line.
fn example(number: usize, cause: &Cause, all: &Collected) -> String {
    let Some(example) = all.example(cause) else {
        return format!("{number}. {}\n", code(&facts(cause)));
    };
    let again = all.header.as_ref().and_then(|header| rerun_command(example, header));
    let again = again.map_or(String::new(), |line| format!("; again: {}", code(&line)));
    format!(
        "{number}. {} · {}: {}{again}\n",
        code(&example.case),
        example.check,
        code(&answer(example)),
    )
}

/// The failures in full: those of the worst causes first, and of each cause first the failed checks.
fn failures(all: &Collected) -> String {
    let Some(header) = &all.header else { return String::new() };
    let mut failures: Vec<&CheckEvent> = all.failures().collect();
    let order = |event: &&CheckEvent| {
        let cause = all.cause_of(event).map_or(usize::MAX, |(number, _)| number);
        let is_example = all.causes().get(cause.wrapping_sub(1)).is_some_and(|cause| {
            cause.example.case == event.case && cause.example.check == event.check
        });
        let mild = matches!(event.verdict, Verdict::Weak | Verdict::ExpectedFailure);
        (event.verdict == Verdict::ExpectedFailure, mild, !is_example, cause)
    };
    failures.sort_by_cached_key(order);
    let mut text = String::new();
    for event in failures.iter().take(MAX_FAILURES) {
        text += &details(event, header, all);
    }
    let shown = failures.len().min(MAX_FAILURES);
    let left_out = all.without_detail + (failures.len() - shown) as u64;
    if left_out > 0 {
        let all = grouped(left_out + shown as u64);
        let _ = writeln!(text, "{shown} of {all} checks that did not pass are shown here.\n");
    }
    text
}

/// The rules that were broken.
fn rules(all: &Collected) -> String {
    let mut text = String::new();
    for rule in all.rules().iter().filter(|rule| rule.is_bad()) {
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
    if text.is_empty() {
        return text;
    }
    format!(
        "| Rule | Failed | Weak | Errors | Expected to fail | Not run | Passed |\n\
         |---|--:|--:|--:|--:|--:|--:|\n{text}\n"
    )
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
fn details(event: &CheckEvent, header: &Header, all: &Collected) -> String {
    let Some(detail) = &event.detail else { return String::new() };
    let mut shown = String::new();
    for row in detail_rows(event, detail, header, all.cause_of(event), Widths::FILE) {
        let _ = writeln!(shown, "{:<10}{}", row.label, row.text.whole());
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
