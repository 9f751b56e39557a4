//! Two texts or lists that differ, cut around their first difference, so that it is always shown.

use std::collections::BTreeMap;

use super::{SHOWN, sanitize};

/// How many elements of a list are shown before the first one that differs.
const BEFORE: usize = 3;

/// How many missing and how many surplus elements are named.
const NAMED: usize = 4;

/// Both texts, with control characters escaped; if one of them is long, both are cut at the same place
/// so that the first difference is shown.
#[must_use]
pub fn around_difference(one: &str, other: &str) -> (String, String) {
    let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let is_long = |text: &str| text.chars().nth(SHOWN).is_some();
    let from = if is_long(one) || is_long(other) { same.saturating_sub(SHOWN / 3) } else { 0 };
    let cut = |text: &str| {
        let mut rest = text.chars().skip(from);
        let shown: String = rest.by_ref().take(SHOWN).collect();
        let before = if from > 0 { "…" } else { "" };
        let after = if rest.next().is_some() { "…" } else { "" };
        sanitize(&format!("{before}{shown}{after}"))
    };
    (cut(one), cut(other))
}

/// Both lists as text; if one of them is long, both are cut at the same element so that the first
/// difference is shown.
#[must_use]
pub fn lists_around_difference(
    one: &[String],
    other: &[String],
    between: &str,
) -> (String, String) {
    let same = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let length = |list: &[String]| -> usize {
        list.iter().map(|it| it.chars().count() + between.len()).sum()
    };
    let is_long = length(one) > SHOWN || length(other) > SHOWN;
    let from = if is_long { same.saturating_sub(BEFORE) } else { 0 };
    let cut = |list: &[String]| {
        let mut shown: Vec<String> = Vec::new();
        let mut rest = list.iter().skip(from);
        let mut left = SHOWN;
        for element in rest.by_ref() {
            // An element can be longer than everything that is shown together.
            let element = sanitize(element);
            left = left.saturating_sub(element.chars().count() + between.len());
            if left == 0 && shown.len() > BEFORE {
                shown.push("…".to_owned());
                break;
            }
            shown.push(super::shorten(&element));
        }
        if from > 0 {
            shown.insert(0, "…".to_owned());
        }
        shown.join(between)
    };
    (cut(one), cut(other))
}

/// What a list lacks and what it has too much: `missing 9=32, surplus 2=bb; 17 expected, 16 came`. The
/// lengths are those of the whole lists, of which parts that are the same may be left out.
#[must_use]
pub fn missing_and_surplus(right: &[String], got: &[String], lengths: [usize; 2]) -> String {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    right.iter().for_each(|it| *counts.entry(it).or_default() += 1);
    got.iter().for_each(|it| *counts.entry(it).or_default() -= 1);
    let named = |list: &[String], word: &str, sign: i64| {
        let mut left = counts.clone();
        let mut names: Vec<&str> = Vec::new();
        for element in list {
            if let Some(count) = left.get_mut(&**element).filter(|count| **count * sign > 0) {
                *count -= sign;
                names.push(element);
            }
        }
        let more = names.len().saturating_sub(NAMED);
        names.truncate(NAMED);
        let and = if more > 0 { format!(" and {more} more") } else { String::new() };
        (!names.is_empty()).then(|| sanitize(&format!("{word} {}{and}", names.join(", "))))
    };
    let parts: Vec<String> =
        [named(right, "missing", 1), named(got, "surplus", -1)].into_iter().flatten().collect();
    if parts.is_empty() {
        return format!("the same {} in another order", lengths[0]);
    }
    format!("{}; {} expected, {} came", parts.join(", "), lengths[0], lengths[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn the_first_difference_of_long_texts_is_shown() {
        let one = format!("{}x{}", "a".repeat(1000), "b".repeat(1000));
        let other = format!("{}y{}", "a".repeat(1000), "b".repeat(1000));
        let (one, other) = around_difference(&one, &other);
        assert!(one.contains('x') && other.contains('y'), "{one} {other}");
        assert!(one.starts_with("…a") && one.ends_with("b…"), "{one}");
        assert_eq!(one.chars().count(), SHOWN + 2);
        // One of them is short: it is cut at the same place.
        let (whole, longer) = around_difference("ab", &format!("ab{}", "c".repeat(1000)));
        assert_eq!(whole, "ab");
        assert!(longer.starts_with("abc") && longer.ends_with('…'));
        assert_eq!(around_difference("a\n", "b"), ("a\\n".to_owned(), "b".to_owned()));
    }

    #[test]
    fn the_first_element_that_differs_is_shown() {
        let numbers: Vec<String> = (0..500).map(|number| number.to_string()).collect();
        let mut other = numbers.clone();
        other[300] = "x".to_owned();
        let (one, other) = lists_around_difference(&numbers, &other, " ");
        assert!(one.starts_with("… 297 298 299 300 301 "), "{one}");
        assert!(other.starts_with("… 297 298 299 x 301 ") && other.ends_with('…'), "{other}");
        let (whole, shorter) = lists_around_difference(&list("a b c"), &list("a b"), " ");
        assert_eq!((&*whole, &*shorter), ("a b c", "a b"));
        // The end of a long list is missing.
        let (one, other) = lists_around_difference(&numbers, &numbers[..499], " ");
        assert_eq!((&*one, &*other), ("… 496 497 498 499", "… 496 497 498"));
    }

    #[test]
    fn what_is_missing_and_what_is_surplus_is_named() {
        let said = |right, got| {
            let (right, got) = (list(right), list(got));
            missing_and_surplus(&right, &got, [right.len(), got.len()])
        };
        assert_eq!(said("1 9=32 3", "1 2=bb"), "missing 9=32, 3, surplus 2=bb; 3 expected, 2 came");
        assert_eq!(said("1 2 3", "3 1 2"), "the same 3 in another order");
        assert_eq!(said("1 1", "1"), "missing 1; 2 expected, 1 came");
        assert_eq!(
            said("1 2 3 4 5 6", "x"),
            "missing 1, 2, 3, 4 and 2 more, surplus x; 6 expected, 1 came"
        );
    }
}
