//! What a failure consists of, line by line, for every report that shows one.
//!
//! Everything here may come from an adapter, or from an event file that somebody else wrote: it
//! leaves without control characters, and how it is escaped is for each report to know.

use crate::{
    event::{Bytes, CheckEvent, Detail, Header, Listed},
    runner::Address,
    text::{describe::paragraph, sanitize},
};

/// How much of a datagram is shown in one line, in characters.
const WIDE: usize = 160;

/// Requests that are longer than this together are not for typing.
const TYPED: usize = 2000;

/// The lines of a failure below its title: a label, empty where the line above goes on, and text.
pub(super) fn rows(event: &CheckEvent, detail: &Detail, header: &Header) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            rows.push((sanitize(name), sanitize(value).trim_end().to_owned()));
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
        match marks {
            Some(marks) => row("", &format!("{marks} {}", place(detail))),
            None if detail.field.is_some() => row("where", &place(detail)),
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
    row("again", &again(event, header).unwrap_or_default());
    row("by hand", &by_hand(detail, header).unwrap_or_default());
    row("read", &detail.chapter);
    rows
}

/// What the baseline says of a check.
pub(super) fn expectation(listed: &Listed) -> String {
    let link = listed.link.as_ref().map_or(String::new(), |link| format!(" ({link})"));
    format!(
        "line {} expects {} · {}: {}{link}",
        listed.line,
        listed.verdict.label().to_lowercase(),
        listed.code.as_str(),
        listed.reason,
    )
}

/// The field where it went wrong, and its offset.
pub(super) fn place(detail: &Detail) -> String {
    let offset = detail.offset.map_or(String::new(), |offset| format!(", offset {offset}"));
    format!("{}{offset}", detail.field.as_deref().unwrap_or_default())
}

/// What is said of a run in which nobody was asked.
pub(super) const OFFLINE: &str =
    "recorded answers; the nonce, isolation and interleaving are not shown";

/// What stands for the command of an adapter that the kit did not start.
const SOMEBODY: &str = "your_adapter";

/// The command that asks this check again, and nothing else. Of recorded answers it is the one that
/// writes the request.
pub(super) fn again(event: &CheckEvent, header: &Header) -> Option<String> {
    let mut words = ["rollwire", "check", "--filter"].map(str::to_owned).to_vec();
    words.push(globset::escape(&event.case));
    words.extend(header.arguments.iter().cloned());
    if event.origin.is_fresh() {
        words.extend(["--seed".to_owned(), header.seed.clone()]);
    }
    let line = if header.offline.is_some() {
        format!("{} --dump - | {SOMEBODY}", shell_line(&words))
    } else if let Some(address) = &header.attached {
        words.extend(["--adapter".to_owned(), address.clone()]);
        shell_line(&words)
    } else if header.command.is_empty() {
        return None;
    } else {
        format!("{} -- {}", shell_line(&words), shell_line(&header.command))
    };
    Some(sanitize(&line))
}

/// The command that asks the adapter without rollwire, where that is short enough for people.
pub(super) fn by_hand(detail: &Detail, header: &Header) -> Option<String> {
    let length = detail.requests.iter().fold(0_usize, |sum, it| sum.saturating_add(it.len()));
    if !(1..=TYPED).contains(&length) {
        return None;
    }
    let reader = if header.offline.is_some() {
        SOMEBODY.to_owned()
    } else if let Some(address) = &header.attached {
        let Address { host, port } = address.parse().ok()?;
        shell_line(&["nc".to_owned(), host, port.to_string()])
    } else if header.command.is_empty() {
        return None;
    } else {
        shell_line(&header.command)
    };
    let requests = shell_line(&detail.requests);
    Some(sanitize(&format!("printf '%s\\n' {requests} | {reader}")))
}

/// The hex of a datagram with blanks between its parts, and a line of marks under one of them.
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
            marks = Some((width, wide.min(WIDE)));
        }
        hex.push_str(&text);
        width += wide;
    }
    // A long datagram is cut behind the mark, or at the width of a terminal.
    let wanted = marks.map_or(WIDE, |(before, wide)| WIDE.max(before + wide));
    let (wanted, marks) = if wanted > 2 * WIDE { (WIDE, None) } else { (wanted, marks) };
    let cut = width > wanted;
    let mut shown: String = hex.chars().take(wanted).collect();
    if cut {
        shown.push('…');
    }
    (shown, marks.map(|(before, wide)| format!("{}{}", " ".repeat(before), "^".repeat(wide))))
}

/// A command line that a POSIX shell reads as these words.
pub fn shell_line(words: &[String]) -> String {
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

    fn bytes(parts: &[&str], marked: usize) -> Bytes {
        let part =
            |hex: &&str| BytesPart { name: String::new(), offset: 0, hex: (*hex).to_owned() };
        let parts = parts.iter().map(part).collect();
        Bytes { role: "given".to_owned(), parts, marked: Some(marked) }
    }

    #[test]
    fn the_marks_stand_under_their_part() {
        let shown = ruler(&bytes(&["07", "00000001"], 1));
        assert_eq!(shown, ("07 00000001".to_owned(), Some("   ^^^^^^^^".to_owned())));
    }

    #[test]
    fn a_long_datagram_is_cut_behind_its_mark() {
        let long = "ab".repeat(200);
        let (hex, marks) = ruler(&bytes(&["07", &long], 0));
        assert_eq!((hex.chars().count(), marks.as_deref()), (WIDE + 1, Some("^^")));
        let (hex, marks) = ruler(&bytes(&[&long, "07"], 1));
        assert_eq!((hex.chars().count(), marks), (WIDE + 1, None));
        // What is no hex at all is cut between its characters.
        let strange = "é\u{1b}".repeat(300);
        assert_eq!(ruler(&bytes(&[&strange], 7)).0.chars().count(), WIDE + 1);
    }

    #[test]
    fn words_survive_the_shell() {
        assert_eq!(
            shell_line(&["node".into(), "a b.mjs".into(), "it's".into()]),
            r"node 'a b.mjs' 'it'\''s'"
        );
    }
}
