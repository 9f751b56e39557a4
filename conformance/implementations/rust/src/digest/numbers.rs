//! Numbers: from a token of JSON to the canonical text in either form.

use super::form::Form;
use super::refusal::StateRefusal;

/// The most digits that an integer may have in the 8-digit form (DIGEST-23).
const MAX_DIGITS: usize = 4300;

/// From this magnitude on, the 16-digit form neither rounds a number nor writes it as an integer
/// (DIGEST-17, DIGEST-20).
const LARGE: f64 = 1e21;

/// The canonical text of a token that is a number by the grammar of JSON.
pub(super) fn canonical(form: Form, token: &str) -> Result<String, StateRefusal> {
    match form {
        Form::StateHash => Ok(for_state_hash(double(token))),
        Form::EpisodeReady if token.contains(['.', 'e', 'E']) => unrounded(double(token)),
        Form::EpisodeReady => exact_integer(token),
    }
}

/// The double that is nearest to a token (DIGEST-14).
///
/// The standard library rounds correctly, but it caps large exponents. A token with as many zeros
/// can make up for a large exponent, so leading zeros are removed and counted first.
fn double(token: &str) -> f64 {
    let (sign, magnitude) = match token.strip_prefix('-') {
        Some(magnitude) => (-1.0, magnitude),
        None => (1.0, token),
    };
    let (mantissa, exponent) = magnitude.split_once(['e', 'E']).unwrap_or((magnitude, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    let significant = digits.trim_start_matches('0');
    let zeros = digits.len() - significant.len();
    // The value is `0.SIGNIFICANT` times ten to this power.
    let power = saturating(exponent) + signed(whole.len()) - signed(zeros);
    sign * match power {
        _ if significant.is_empty() => 0.0,
        ..-400 => 0.0,
        400.. => f64::INFINITY,
        _ => parsed(&format!("0.{significant}e{power}")),
    }
}

/// The exponent, or one of the same sign that is too large for any number of zeros to make up for.
fn saturating(exponent: &str) -> i128 {
    let beyond = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
    exponent.parse().unwrap_or(beyond).into()
}

fn signed(length: usize) -> i128 {
    i128::try_from(length).unwrap_or(i64::MAX.into())
}

/// Reads text that this module has written, so it is always a number.
fn parsed(number: &str) -> f64 {
    number.parse().unwrap_or(f64::NAN)
}

/// The text of a double in the 16-digit form: DIGEST-15 to DIGEST-20, in this order.
fn for_state_hash(x: f64) -> String {
    if x.is_infinite() {
        "null".to_owned()
    } else if x == 0.0 {
        "0".to_owned()
    } else if x.abs() >= LARGE {
        repr(x)
    } else if x.fract() == 0.0 {
        integral(x)
    } else {
        repr(rounded(x))
    }
}

/// The text of an integral double (DIGEST-17).
fn integral(x: f64) -> String {
    let (digits, exponent) = shortest(x);
    let length = usize::try_from(exponent + 1).unwrap_or_default();
    format!("{}{digits:0<length$}", minus(x))
}

/// A double rounded to ten decimal places (DIGEST-18), by the chapter's section on exact rounding.
fn rounded(x: f64) -> f64 {
    let (m, k) = fraction(x);
    let n = u128::from(m) * 10_u128.pow(10);
    let q = if k > 88 { 0 } else { nearest(n, k) }; // n is below 2^87, so less than a half
    let (units, places) = (q / 10_u128.pow(10), q % 10_u128.pow(10));
    parsed(&format!("{units}.{places:010}")).copysign(x)
}

/// The m and k for which the magnitude is m / 2^k. It is not integral, so k is positive.
fn fraction(x: f64) -> (u64, u32) {
    const STORED: u32 = f64::MANTISSA_DIGITS - 1;
    let bits = x.abs().to_bits();
    let (exponent, stored) = (bits >> STORED, bits & ((1 << STORED) - 1));
    // A subnormal number has no hidden bit, and the exponent of the smallest normal number.
    let m = if exponent == 0 { stored } else { stored | 1 << STORED };
    let exponent = u32::try_from(exponent.max(1)).unwrap_or(u32::MAX);
    (m, 1075 - exponent)
}

/// n / 2^k, rounded to the nearest integer, ties to even.
fn nearest(n: u128, k: u32) -> u128 {
    let q = n >> k;
    let twice = 2 * (n - (q << k));
    let up = twice > 1 << k || (twice == 1 << k && q % 2 == 1);
    q + u128::from(up)
}

/// The shortest text that reads back as this double, as Python's `repr` writes it (DIGEST-21).
fn repr(x: f64) -> String {
    if x == 0.0 {
        return format!("{}0.0", minus(x));
    }
    let (digits, exponent) = shortest(x);
    let magnitude = match exponent {
        -4..16 => positional(&digits, exponent),
        _ => scientific(&digits, exponent),
    };
    format!("{}{magnitude}", minus(x))
}

fn positional(digits: &str, exponent: i32) -> String {
    let Ok(point) = usize::try_from(exponent + 1) else {
        let zeros = usize::try_from(-1 - exponent).unwrap_or_default();
        return format!("0.{:0<zeros$}{digits}", "");
    };
    match digits.split_at_checked(point) {
        Some(("", places)) => format!("0.{places}"),
        Some((units, "")) => format!("{units}.0"),
        Some((units, places)) => format!("{units}.{places}"),
        None => format!("{digits:0<point$}.0"),
    }
}

fn scientific(digits: &str, exponent: i32) -> String {
    let (first, others) = digits.split_at_checked(1).unwrap_or_default();
    let point = if others.is_empty() { "" } else { "." };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{first}{point}{others}e{sign}{:02}", exponent.unsigned_abs())
}

/// The shortest digits that read back as this value, and the power of ten of the first digit.
///
/// Where two texts are equally close, the standard library writes the upper one by default, but the
/// even one, as ECMAScript and Python do, when it is told how many digits to write. That text does
/// not always read back as the value, because doubles are denser below a power of two.
fn shortest(x: f64) -> (String, i32) {
    let x = x.abs();
    let (upper, _) = digits_and_power(&format!("{x:e}"));
    let even = format!("{x:.places$e}", places = upper.len().saturating_sub(1));
    digits_and_power(&if parsed(&even) == x { even } else { format!("{x:e}") })
}

fn digits_and_power(number: &str) -> (String, i32) {
    let (digits, power) = number.split_once('e').unwrap_or((number, "0"));
    (digits.replace('.', ""), power.parse().unwrap_or_default())
}

fn minus(x: f64) -> &'static str {
    if x.is_sign_negative() { "-" } else { "" }
}

/// The text of an integer token in the 8-digit form (DIGEST-22, DIGEST-23).
fn exact_integer(token: &str) -> Result<String, StateRefusal> {
    match token.strip_prefix('-').unwrap_or(token).len() {
        digits if digits > MAX_DIGITS => Err(StateRefusal::TooManyDigits(digits)),
        _ if token == "-0" => Ok("0".to_owned()),
        _ => Ok(token.to_owned()),
    }
}

/// The text of any other token in the 8-digit form (DIGEST-24, DIGEST-25).
fn unrounded(x: f64) -> Result<String, StateRefusal> {
    if x.is_infinite() { Err(StateRefusal::Infinite) } else { Ok(repr(x)) }
}
