//! The details of a failure, line by line, for every report that shows them.
//!
//! All text in an event may come from an adapter or from an event file of unknown origin. It leaves
//! this module without control characters; each report then escapes it for its own format.

use super::commands::{explain_command, manual_command, rerun_command};
use crate::{
    event::{BaselineMatch, Bytes, CheckEvent, Detail, Header},
    text::{describe::paragraph, sanitize},
};

/// How many characters of a datagram are shown on one line.
const LINE_WIDTH: usize = 160;

/// The lines of a failure below its title: a label, empty on a continuation line, and the text.
pub(super) fn detail_rows(
    event: &CheckEvent,
    detail: &Detail,
    header: &Header,
) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            rows.push((sanitize(name), sanitize(value).trim_end().to_owned()));
        }
    };
    row("baseline", &event.baseline_match.as_ref().map(expectation).unwrap_or_default());
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
        match marks {
            Some(marks) => row("", &format!("{marks} {}", location(detail))),
            None if detail.field.is_some() => row("where", &location(detail)),
            None => {}
        }
    } else if let Some(field) = &detail.field {
        row("where", field);
    }
    // The expected datagram is already shown above, with its mark.
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
    row("again", &rerun_command(event, header).unwrap_or_default());
    row("by hand", &manual_command(detail, header).unwrap_or_default());
    row("read", &explain_command(event, detail).unwrap_or_default());
    rows
}

/// What an entry of the baseline expects of a check: `line 8 expects fail · accepted: …`.
pub(super) fn expectation(entry: &BaselineMatch) -> String {
    let link = entry.link.as_ref().map_or(String::new(), |link| format!(" ({link})"));
    format!(
        "line {} expects {} · {}: {}{link}",
        entry.line,
        entry.verdict.label().to_lowercase(),
        entry.code.as_str(),
        entry.reason,
    )
}

/// The first wrong field and its offset.
pub(super) fn location(detail: &Detail) -> String {
    let offset = detail.offset.map_or(String::new(), |offset| format!(", offset {offset}"));
    format!("{}{offset}", detail.field.as_deref().unwrap_or_default())
}

/// The hex of a datagram with a space between its parts, and a line that marks one part with `^`.
#[must_use]
pub fn ruler(bytes: &Bytes) -> (String, Option<String>) {
    let mut hex = String::new();
    let mut width = 0;
    let mut marks = None;
    for (at, part) in bytes.parts.iter().enumerate() {
        if !hex.is_empty() {
            hex.push(' ');
            width += 1;
        }
        let text = sanitize(&part.hex);
        let wide = text.chars().count();
        if bytes.marked == Some(at) {
            marks = Some((width, wide.min(LINE_WIDTH)));
        }
        hex.push_str(&text);
        width += wide;
    }
    // A long datagram is cut after the mark, or at the width of a line.
    let wanted = marks.map_or(LINE_WIDTH, |(before, wide)| LINE_WIDTH.max(before + wide));
    let (wanted, marks) =
        if wanted > 2 * LINE_WIDTH { (LINE_WIDTH, None) } else { (wanted, marks) };
    let cut = width > wanted;
    let mut shown: String = hex.chars().take(wanted).collect();
    if cut {
        shown.push('…');
    }
    (shown, marks.map(|(before, wide)| format!("{}{}", " ".repeat(before), "^".repeat(wide))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::BytesPart;

    fn bytes(parts: &[&str], marked: usize) -> Bytes {
        let part =
            |hex: &&str| BytesPart { name: String::new(), offset: 0, hex: (*hex).to_owned() };
        let parts = parts.iter().map(part).collect();
        Bytes { role: "given".to_owned(), parts, marked: Some(marked) }
    }

    #[test]
    fn marks_are_below_their_part() {
        let shown = ruler(&bytes(&["07", "00000001"], 1));
        assert_eq!(shown, ("07 00000001".to_owned(), Some("   ^^^^^^^^".to_owned())));
    }

    #[test]
    fn a_long_datagram_is_cut_after_its_mark() {
        let long = "ab".repeat(200);
        let (hex, marks) = ruler(&bytes(&["07", &long], 0));
        assert_eq!((hex.chars().count(), marks.as_deref()), (LINE_WIDTH + 1, Some("^^")));
        let (hex, marks) = ruler(&bytes(&[&long, "07"], 1));
        assert_eq!((hex.chars().count(), marks), (LINE_WIDTH + 1, None));
        // Text that is not hex is cut between its characters.
        let strange = "é\u{1b}".repeat(300);
        assert_eq!(ruler(&bytes(&[&strange], 7)).0.chars().count(), LINE_WIDTH + 1);
    }
}
