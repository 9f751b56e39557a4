//! Numbers: DIGEST-14 to DIGEST-25, except for the digits themselves.

use super::{decimal::shortest, table::DigestRules};

/// From this number on, ECMAScript writes an exponent and nothing is rounded.
const HUGE: f64 = 1e21;

/// The number of a token in the 16-digit form.
pub(super) fn rounded_number(rules: &DigestRules, token: &str) -> String {
    let number = (rules.nearest)(token);
    if number.is_infinite() {
        (rules.infinite)(number)
    } else if number == 0.0 {
        (rules.zero)(number)
    } else if number.abs() >= HUGE {
        (rules.huge)(rules, number)
    } else if number.fract() == 0.0 {
        (rules.integral)(number)
    } else {
        (rules.fraction)(rules, (rules.rounds)(number))
    }
}

/// The number of a token in the 8-digit form.
pub(super) fn exact_number(rules: &DigestRules, token: &str) -> String {
    if is_integer(token) {
        return (rules.exact_integer)(token);
    }
    let number = (rules.nearest)(token);
    if number.is_infinite() {
        (rules.exact_infinite)(number)
    } else {
        (rules.exact_fraction)(rules, number)
    }
}

/// DIGEST-22, DIGEST-24: a token is an integer if it is written as one.
pub(super) fn is_integer(token: &str) -> bool {
    !token.contains(['.', 'e', 'E'])
}

/// DIGEST-23: how many digits an integer has, without its sign.
pub(super) fn digits(token: &str) -> usize {
    token.trim_start_matches('-').len()
}

/// DIGEST-14: the standard library rounds to the nearest double, ties to the even one, at any length.
pub(super) fn nearest(token: &str) -> f64 {
    token.parse().unwrap_or(f64::NAN)
}

/// DIGEST-15
pub(super) fn infinite(_: f64) -> String {
    "null".to_owned()
}

/// DIGEST-16
pub(super) fn zero(_: f64) -> String {
    "0".to_owned()
}

/// DIGEST-17: the shortest digits, and zeros up to the point.
pub(super) fn integral(number: f64) -> String {
    let (digits, point) = shortest(number.abs());
    let sign = if number < 0.0 { "-" } else { "" };
    let zeros = usize::try_from(point).unwrap_or_default().saturating_sub(digits.len());
    format!("{sign}{digits}{}", "0".repeat(zeros))
}

/// DIGEST-19: a fraction is written as a fraction, also if it was rounded to an integral number.
pub(super) fn fraction(rules: &DigestRules, rounded: f64) -> String {
    (rules.repr)(rounded)
}

/// DIGEST-20
pub(super) fn huge(rules: &DigestRules, number: f64) -> String {
    (rules.repr)(number)
}

/// DIGEST-22
pub(super) fn exact_integer(token: &str) -> String {
    if token == "-0" { "0".to_owned() } else { token.to_owned() }
}

/// DIGEST-24
pub(super) fn exact_fraction(rules: &DigestRules, number: f64) -> String {
    (rules.repr)(number)
}

/// DIGEST-25: the text of an infinite number, for an implementation that does not refuse it.
pub(super) fn exact_infinite(number: f64) -> String {
    if number < 0.0 { "-Infinity".to_owned() } else { "Infinity".to_owned() }
}
