//! Two texts, cut around the first place where they differ, so that it can always be seen.

use std::ops::Range;

/// A text of which only a part may be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// What is shown before the difference; it begins with `…` if something is left out.
    pub before: String,
    /// The first difference: a byte, a number, a word. Empty if there is none.
    pub different: String,
    /// What is shown after it; it ends with `…` if something is left out.
    pub after: String,
    /// The place of the first character that is shown.
    pub from: usize,
}

impl Cut {
    /// A text without a difference, as a whole.
    #[must_use]
    pub fn uncut(text: String) -> Self {
        Self { before: text, ..Self::default() }
    }

    /// The part that is shown, as one text.
    #[must_use]
    pub fn whole(&self) -> String {
        format!("{}{}{}", self.before, self.different, self.after)
    }
}

/// Both texts around their first difference, each in up to `width` characters and from the same
/// place on.
///
/// Two texts of hex digits are compared byte by byte: the second one is shown in the groups of the
/// first, and a byte is never cut in two. Two texts that have nothing in common have no first
/// difference.
#[must_use]
pub fn around(one: &str, other: &str, width: usize) -> [Cut; 2] {
    let bytes = is_hex(one) && is_hex(other);
    let (one, other): (Vec<char>, Vec<char>) = if bytes {
        let one: Vec<char> = one.trim_end_matches('…').chars().collect();
        let grouped = grouped_like(&one, other);
        (one, grouped)
    } else {
        (one.chars().collect(), other.chars().collect())
    };
    let common = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    let equal = common == one.len() && common == other.len();
    let start = if equal { 0 } else { token_start(&one, &other, common, bytes) };
    let unrelated = equal || start == 0 && !bytes;
    let focus = |text: &[char]| {
        if unrelated { 0..0 } else { start..token_end(text, start.max(common), bytes) }
    };
    let longest = focus(&one).len().max(focus(&other).len());
    let from = if one.len().max(other.len()) <= width || unrelated {
        0
    } else {
        window_start(&one, start, longest, width)
    };
    [&one, &other].map(|text| cut(text, focus(text), from, width))
}

/// The part of a text of `length` characters that shows `focus`, in up to `width` characters.
#[must_use]
pub fn window(length: usize, focus: &Range<usize>, width: usize) -> Range<usize> {
    if length <= width {
        return 0..length;
    }
    // A third of the line is what comes before, unless the focus is long or near the end.
    let behind = width.saturating_sub(focus.len()).min(width / 3);
    let from = focus.start.saturating_sub(behind).min(length - width);
    from..from + width
}

/// Where to begin, so that what is different can be seen together with some of what precedes it.
fn window_start(text: &[char], start: usize, longest: usize, width: usize) -> usize {
    let behind = width.saturating_sub(longest).min(width / 3);
    let mut from = start.saturating_sub(behind);
    // Whole bytes of a run of hex digits, whole words of anything else.
    let run = hex_run(text, from);
    if run.len() >= 4 && (from - run.start) % 2 == 1 {
        from += 1;
    }
    from.min(start)
}

fn cut(text: &[char], focus: Range<usize>, from: usize, width: usize) -> Cut {
    let (from, length) = (from.min(text.len()), text.len());
    let (lead, room) = if from > 0 { ("…", width.saturating_sub(1)) } else { ("", width) };
    let (until, trail) = if length - from <= room {
        (length, "")
    } else {
        (from + room.saturating_sub(1).max(1), "…")
    };
    let part = |range: Range<usize>| -> String {
        let (begin, end) = (range.start.clamp(from, until), range.end.clamp(from, until));
        text[begin..end.max(begin)].iter().collect()
    };
    Cut {
        before: format!("{lead}{}", part(from..focus.start)),
        different: part(focus.clone()),
        after: format!("{}{trail}", part(focus.end..until)),
        from,
    }
}

/// Whether a text consists of bytes in hex, in groups.
#[must_use]
pub fn is_hex(text: &str) -> bool {
    let text = text.trim_end_matches('…');
    let digits = text.chars().filter(|it| *it != ' ').count();
    digits >= 2
        && digits.is_multiple_of(2)
        && text.chars().all(|it| it == ' ' || it.is_ascii_hexdigit())
}

/// The bytes of `text` in the groups of `like`; what is beyond these is one more group.
fn grouped_like(like: &[char], text: &str) -> Vec<char> {
    let mut digits = text.trim_end_matches('…').chars().filter(|it| *it != ' ').peekable();
    let mut grouped = Vec::new();
    for it in like {
        if digits.peek().is_none() {
            break;
        }
        if *it == ' ' {
            grouped.push(' ');
        } else {
            grouped.extend(digits.next());
        }
    }
    if digits.peek().is_some() {
        grouped.push(' ');
        grouped.extend(digits);
    }
    grouped
}

/// The hex digits around a place, without anything between them.
fn hex_run(text: &[char], at: usize) -> Range<usize> {
    let is_digit = |it: &&char| it.is_ascii_hexdigit();
    let at = at.min(text.len());
    let before = text[..at].iter().rev().take_while(is_digit).count();
    let behind = text[at..].iter().take_while(is_digit).count();
    at - before..at + behind
}

/// Whether hex digits are the bytes of a datagram. Shorter runs are numbers and words.
fn is_datagram(run: &Range<usize>) -> bool {
    run.len() >= 24
}

/// Where the byte or the word begins in which two texts differ.
fn token_start(one: &[char], other: &[char], common: usize, bytes: bool) -> usize {
    let runs = [one, other].map(|text| hex_run(text, common));
    if let Some(run) = runs.iter().find(|run| bytes && !run.is_empty() || is_datagram(run)) {
        return run.start + (common - run.start) / 2 * 2;
    }
    let ends = |text: &[char]| text.get(common).is_none_or(|it| is_delimiter(*it));
    if ends(one) && ends(other) {
        return common;
    }
    let before = &one[..common];
    let word = before.iter().rev().take_while(|it| !is_delimiter(**it)).count();
    common - word
}

/// Where the byte or the word ends that is at this place, or after the delimiters there.
fn token_end(text: &[char], at: usize, bytes: bool) -> usize {
    let at = at.min(text.len());
    let at = at + text[at..].iter().take_while(|it| is_delimiter(**it)).count();
    let run = hex_run(text, at);
    if bytes && !run.is_empty() || is_datagram(&run) {
        return (run.start + (at - run.start) / 2 * 2 + 2).min(run.end);
    }
    at + text[at..].iter().take_while(|it| !is_delimiter(**it)).count()
}

fn is_delimiter(it: char) -> bool {
    it.is_whitespace() || ",;:=()[]{}\"".contains(it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_shown_whole_with_the_word_that_differs() {
        let [one, other] = around("frame = 5", "frame = 83886080", 60);
        assert_eq!((&*one.before, &*one.different, &*one.after), ("frame = ", "5", ""));
        assert_eq!((&*other.before, &*other.different), ("frame = ", "83886080"));
        let [one, other] = around("queue 0=aa 1=bb 2=cc", "queue 0=aa 1=bd 2=cc", 60);
        assert_eq!((&*one.different, &*one.after), ("bb", " 2=cc"));
        assert_eq!(other.different, "bd");
    }

    #[test]
    fn bytes_are_compared_as_bytes_in_the_groups_of_the_first() {
        let [one, other] = around("07 00000005 0a0f", "0700 0000 15 0a0f", 60);
        assert_eq!((&*one.before, &*one.different, &*one.after), ("07 000000", "05", " 0a0f"));
        assert_eq!(
            (&*other.before, &*other.different, &*other.after),
            ("07 000000", "15", " 0a0f")
        );
        let [_, surplus] = around("07 0005", "07 0005 aabb", 60);
        assert_eq!((&*surplus.before, &*surplus.different), ("07 0005", " aa"));
        let [missing, _] = around("07 0005", "07 00", 60);
        assert_eq!((&*missing.before, &*missing.different), ("07 00", "05"));
    }

    #[test]
    fn a_difference_far_behind_is_still_shown() {
        let long = "ab".repeat(400);
        let (right, wrong) = (format!("01 {long}07{long}"), format!("01 {long}08{long}"));
        let [one, other] = around(&right, &wrong, 60);
        for (cut, byte) in [(&one, "07"), (&other, "08")] {
            assert_eq!(cut.different, byte);
            assert!(cut.before.starts_with('…') && cut.after.ends_with('…'), "{cut:?}");
            assert!(cut.whole().chars().count() <= 60, "{cut:?}");
            // Whole bytes only.
            assert!(cut.before.starts_with("…ab"), "{cut:?}");
        }
        assert_eq!(one.before, other.before);
        let list = |from: u32| {
            (from..from + 60).map(|at| format!("{at}=aa")).collect::<Vec<_>>().join(" ")
        };
        let (right, wrong) = (list(0), list(0).replace("50=aa", "50=ab"));
        let [one, other] = around(&right, &wrong, 60);
        assert!(one.whole().contains("50=aa") && other.whole().contains("50=ab"));
        // A text that ends early shows its end.
        let [_, short] = around(&right, &right[..right.len() - 6], 60);
        assert!(short.whole().chars().count() <= 60 && short.whole().starts_with('…'));
    }

    #[test]
    fn nothing_breaks_at_any_width_or_place() {
        let texts = ["", "a", "ab", "0102…", "é\u{1f600}é x", "queue -", &"12".repeat(99)];
        for one in texts {
            for other in texts {
                for width in [1, 2, 3, 10, 1000] {
                    let [one, other] = around(one, other, width);
                    for cut in [one, other] {
                        assert!(cut.whole().chars().count() <= width + 2, "{width} {cut:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_window_holds_its_focus() {
        for start in 0..190 {
            let shown = window(200, &(start..start + 10), 40);
            assert!(shown.len() == 40 && shown.start <= start && start + 10 <= shown.end);
        }
        assert_eq!(window(30, &(3..4), 40), 0..30);
    }
}
