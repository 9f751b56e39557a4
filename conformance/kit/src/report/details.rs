//! The details of a failure, line by line, for every report that shows them.
//!
//! All text in an event may come from an adapter or from an event file of unknown origin. It leaves
//! this module without control characters; each report then escapes it for its own format.

use super::{
    causes::cause_line,
    commands::{explain_command, manual_command, rerun_command},
};
use crate::{
    event::{BaselineMatch, Bytes, Cause, CheckEvent, Detail, Header},
    text::{
        comparison::{Cut, around, is_hex, window},
        describe::paragraph_within,
        plural, sanitize,
    },
};

/// How many characters of a datagram are shown on one line of a file.
const LINE_WIDTH: usize = 160;

/// The columns before the text of a line: an indentation and a label.
pub(super) const INDENT: usize = 16;

/// How many columns the lines of a failure may have, without the indentation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Widths {
    /// Bytes and values, which are cut.
    pub(super) data: usize,
    /// Sentences, which are wrapped.
    pub(super) prose: usize,
}

impl Widths {
    /// For a file, which has no edge.
    pub(super) const FILE: Self = Self { data: LINE_WIDTH, prose: 100 - INDENT };

    /// For a terminal of this width, on which answers are shown as in a file.
    pub(super) fn whole(columns: usize) -> Self {
        Self { data: LINE_WIDTH, ..Self::of(columns) }
    }

    /// For a terminal of this width.
    pub(super) fn of(columns: usize) -> Self {
        let room = columns.saturating_sub(INDENT).max(24);
        Self { data: room, prose: room.min(100 - INDENT) }
    }
}

/// A line of a failure: a label, empty on a continuation line, and the text.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) label: String,
    pub(super) text: Cut,
}

impl Row {
    fn of(label: &str, text: &str) -> Self {
        let text = sanitize(text).trim_end().to_owned();
        Self { label: sanitize(label), text: Cut::uncut(text) }
    }
}

/// The lines of a failure below its title.
pub(super) fn detail_rows(
    event: &CheckEvent,
    detail: &Detail,
    header: &Header,
    cause: Option<(usize, &Cause)>,
    widths: Widths,
) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut prose = |label: &str, text: &str| {
        let text = sanitize(text);
        for (at, line) in paragraph_within(&text, 0, widths.prose).lines().enumerate() {
            rows.push(Row::of(if at == 0 { label } else { "" }, line));
        }
    };
    prose("cause", &cause.map(|(number, cause)| cause_line(number, cause)).unwrap_or_default());
    prose("baseline", &event.baseline_match.as_ref().map(expectation).unwrap_or_default());
    prose("rule", &detail.rule_text);
    rows.extend(evidence(detail, widths, usize::MAX));
    let mut row = |label: &str, text: &str| rows.push(Row::of(label, text));
    row("catches", &detail.comment);
    for (flag, meaning) in &detail.flags {
        row("flag", &format!("{flag}: {meaning}"));
    }
    for (at, line) in detail.stderr.iter().enumerate() {
        // Each later line has a mark, so that it does not look like a line of the report.
        row(if at == 0 { "stderr" } else { "|" }, line);
    }
    row("again", &rerun_command(event, header).unwrap_or_default());
    row("by hand", &manual_command(detail, header).unwrap_or_default());
    row("read", &explain_command(event, detail).unwrap_or_default());
    rows.retain(|row| !row.text.whole().is_empty());
    rows
}

/// What was asked, what should have been answered, and what was: the value, up to `most` steps, the
/// bytes, and both answers, cut around their first difference.
pub(super) fn evidence(detail: &Detail, widths: Widths, most: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Some(value) = &detail.value {
        rows.push(Row { label: "value".to_owned(), text: head(value, widths.data) });
    }
    let skipped = detail.steps.len().saturating_sub(most);
    let before =
        (skipped > 0).then(|| format!("      … {}", plural(skipped as u64, "line", "lines")));
    let steps = before.iter().chain(detail.steps.iter().skip(skipped));
    for (at, line) in steps.enumerate() {
        rows.push(Row::of(if at == 0 { "steps" } else { "" }, line));
    }
    let got = sanitize(&detail.got);
    let (got, lists) = without_lists(&got);
    let mut shown_got = None;
    if let Some(bytes) = &detail.bytes {
        let answer = (bytes.role == "expected" && is_hex(got)).then_some(got);
        let (hex, marks, answer) = ruler_beside(bytes, answer, widths.data);
        shown_got = answer;
        rows.push(Row { label: sanitize(&bytes.role), text: hex });
        match marks {
            Some(marks) => rows.push(Row::of("", &format!("{marks} {}", location(detail)))),
            None if detail.field.is_some() => rows.push(Row::of("where", &location(detail))),
            None => {}
        }
    } else if let Some(field) = &detail.field {
        rows.push(Row::of("where", field));
    }
    // The expected datagram is already shown above, with its mark, unless the answer is only a part.
    let whole = detail.bytes.as_ref().is_some_and(|bytes| bytes.role == "expected");
    let shown = whole && !got.starts_with('…');
    for (at, expected) in detail.expected.iter().enumerate().skip(usize::from(shown)) {
        let [expected, beside] = around(&sanitize(expected), got, widths.data);
        shown_got.get_or_insert(beside);
        let label = if at == 0 { "expected" } else { "or" };
        rows.push(Row { label: label.to_owned(), text: expected });
    }
    let mut got = shown_got.unwrap_or_else(|| head(got, widths.data));
    let hint = detail.hint.as_ref().map_or(String::new(), |hint| sanitize(hint));
    let inline = format!("   ({hint})");
    let fits = (got.whole() + &inline).chars().count() <= widths.data;
    if fits && !hint.is_empty() {
        got.after += &inline;
    }
    rows.push(Row { label: "got".to_owned(), text: got });
    for line in paragraph_within(lists, 0, widths.prose).lines() {
        rows.push(Row::of("", line));
    }
    if !fits && !hint.is_empty() {
        for (at, line) in paragraph_within(&hint, 0, widths.prose).lines().enumerate() {
            rows.push(Row::of(if at == 0 { "hint" } else { "" }, line));
        }
    }
    rows.retain(|row| !row.text.whole().is_empty());
    rows
}

/// A long list or a fault, and what is said of it in words: what is missing and what is surplus, or which
/// request came before the fault.
fn without_lists(got: &str) -> (&str, &str) {
    let words = ["; missing ", "; surplus ", "; the same ", "; the request has "];
    let at = words.iter().filter_map(|words| got.find(words)).min();
    at.map_or((got, ""), |at| (&got[..at], &got[at + "; ".len()..]))
}

/// The beginning of a text.
fn head(text: &str, width: usize) -> Cut {
    let text = sanitize(text);
    let [cut, _] = around(&text, &text, width);
    cut
}

/// What an entry of the baseline expects of a check: `line 8 expects fail · accepted: …`, with the rule
/// after the code if the entry names one.
pub(super) fn expectation(entry: &BaselineMatch) -> String {
    let link = entry.link.as_ref().map_or(String::new(), |link| format!(" ({link})"));
    let rule = entry.rule.as_ref().map_or(String::new(), |rule| format!(" · {rule}"));
    format!(
        "line {} expects {} · {}{rule}: {}{link}",
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
/// Of a long datagram the surroundings of that part are shown.
#[must_use]
pub fn ruler(bytes: &Bytes) -> (String, Option<String>) {
    let (hex, marks, _) = ruler_beside(bytes, None, LINE_WIDTH);
    (hex.whole(), marks)
}

/// The same, beside an answer in hex: both are shown from the same place on and in the same groups.
fn ruler_beside(
    bytes: &Bytes,
    answer: Option<&str>,
    width: usize,
) -> (Cut, Option<String>, Option<Cut>) {
    let mut hex = String::new();
    let mut length = 0;
    let mut marked = None;
    for (at, part) in bytes.parts.iter().enumerate() {
        if !hex.is_empty() {
            hex.push(' ');
            length += 1;
        }
        let text = sanitize(&part.hex);
        let wide = text.chars().count();
        if bytes.marked == Some(at) {
            marked = Some(length..length + wide);
        }
        hex.push_str(&text);
        length += wide;
    }
    let (shown, beside) = if let Some(answer) = answer.filter(|_| is_hex(&hex)) {
        let [shown, answer] = around(&hex, answer, width);
        (shown, Some(answer))
    } else {
        let focus = marked.clone().unwrap_or(0..0);
        // The end of a marked part that is longer than a line is not shown.
        let part = window(length, &(focus.start..focus.end.min(focus.start + width)), width);
        let text = hex.chars().skip(part.start).take(part.len()).collect();
        let mut shown = Cut { from: part.start, ..Cut::uncut(text) };
        if part.start > 0 {
            shown.before.remove(0);
            shown.before.insert(0, '…');
            shown.from += 1;
        }
        if part.end < length {
            shown.after.push('…');
        }
        (shown, None)
    };
    let lead = usize::from(shown.from > 0);
    let end = shown.from + shown.whole().trim_end_matches('…').chars().count() - lead;
    let marks = marked.and_then(|marked| {
        let (from, until) = (marked.start.max(shown.from), marked.end.min(end));
        let before = " ".repeat((from + lead).saturating_sub(shown.from));
        (from < until).then(|| format!("{before}{}", "^".repeat(until - from)))
    });
    (shown, marks, beside)
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
    fn of_a_long_datagram_the_marked_part_is_shown() {
        let long = "ab".repeat(200);
        let (hex, marks) = ruler(&bytes(&["07", &long], 0));
        assert_eq!((hex.chars().count(), marks.as_deref()), (LINE_WIDTH + 1, Some("^^")));
        let (hex, marks) = ruler(&bytes(&[&long, "07", &long], 1));
        let marks = marks.unwrap();
        assert_eq!(hex.chars().count(), LINE_WIDTH + 1);
        assert!(hex.starts_with("…") && hex.ends_with("…"), "{hex}");
        let at = marks.find('^').unwrap();
        assert_eq!(hex.chars().skip(at).take(marks.len() - at).collect::<String>(), "07");
        // A part that is longer than the line is marked as far as it is shown.
        let (hex, marks) = ruler(&bytes(&["07", &long], 1));
        assert!(hex.ends_with("…") && marks.unwrap().ends_with('^'), "{hex}");
        // Text that is not hex is cut between its characters.
        let strange = "é\u{1b}".repeat(300);
        assert_eq!(ruler(&bytes(&[&strange], 7)).0.chars().count(), LINE_WIDTH + 1);
    }

    fn rows(detail: &Detail, width: usize) -> Vec<String> {
        let widths = Widths { data: width, prose: width };
        let rows = evidence(detail, widths, 2);
        rows.iter().map(|row| format!("{:<9}{}", row.label, row.text.whole())).collect()
    }

    #[test]
    fn an_answer_in_bytes_is_grouped_like_the_expected_one() {
        let expected = bytes(&["07", "00000001", "0a0b0c0d"], 1);
        let detail = Detail {
            bytes: Some(Bytes { role: "expected".to_owned(), ..expected }),
            field: Some("frame".to_owned()),
            offset: Some(1),
            expected: vec!["07 00000001 0a0b0c0d".to_owned()],
            got: "0701000000 0a0b0c0d".to_owned(),
            ..Detail::default()
        };
        assert_eq!(
            rows(&detail, 60),
            [
                "expected 07 00000001 0a0b0c0d",
                "            ^^^^^^^^ frame, offset 1",
                "got      07 01000000 0a0b0c0d"
            ]
        );
    }

    #[test]
    fn what_is_said_of_a_list_stays_whole() {
        let list = (0..60).map(|at| format!("{at}=aa")).collect::<Vec<_>>().join(" ");
        let detail = Detail {
            expected: vec![format!("queue {list}")],
            got: format!(
                "queue {}; missing 50=aa; 60 expected, 59 came",
                list.replace(" 50=aa", "")
            ),
            ..Detail::default()
        };
        let rows = rows(&detail, 50);
        assert!(rows[0].contains("50=aa") && rows[1].contains("49=aa 51=aa"), "{rows:?}");
        assert_eq!(rows[2], "         missing 50=aa; 60 expected, 59 came");
    }

    #[test]
    fn the_byte_that_differs_is_always_shown() {
        let long = "11".repeat(300);
        let expected = bytes(&["01", &long, "02"], 2);
        let detail = Detail {
            bytes: Some(Bytes { role: "expected".to_owned(), ..expected }),
            expected: vec![String::new()],
            got: format!("01 {long} 03"),
            hint: Some("a hint that is too long to be on the same line as the answer".to_owned()),
            ..Detail::default()
        };
        let rows = rows(&detail, 40);
        assert!(rows[0].starts_with("expected …1111") && rows[0].ends_with(" 02"), "{rows:?}");
        assert!(rows[1].ends_with(" ^^"), "{rows:?}");
        assert!(rows[2].ends_with(" 03") && rows[3].starts_with("hint "), "{rows:?}");
    }
}
