//! Number tokens, and what is written for them in either form.

use super::{Form, StateRefusal};

/// The most digits of an integer of the 8-digit form (DIGEST-23).
const MAX_DIGITS: usize = 4300;

/// From here on the 16-digit form neither rounds nor writes integers (DIGEST-17, DIGEST-20).
const LARGE: f64 = 1e21;

/// What is written for a token that the grammar of JSON has passed.
pub(super) fn written(form: Form, token: &str) -> Result<String, StateRefusal> {
    match form {
        Form::StateHash => Ok(for_state_hash(double(token))),
        Form::EpisodeReady if token.contains(['.', 'e', 'E']) => unrounded(double(token)),
        Form::EpisodeReady => exact_integer(token),
    }
}

/// DIGEST-14. The standard library reads any digits exactly, but stops counting in exponents
/// of six digits, which a token with as many zeros can make up for; so zeros are taken out first.
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
    // The value is 0.SIGNIFICANT times ten to this power.
    let power = saturating(exponent) + signed(whole.len()) - signed(zeros);
    sign * match power {
        _ if significant.is_empty() => 0.0,
        ..-400 => 0.0,
        400.. => f64::INFINITY,
        _ => parsed(&format!("0.{significant}e{power}")),
    }
}

/// The exponent, or one of its sign that no length of a text makes up for.
fn saturating(exponent: &str) -> i128 {
    let beyond = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
    exponent.parse().unwrap_or(beyond).into()
}

fn signed(length: usize) -> i128 {
    i128::try_from(length).unwrap_or(i64::MAX.into())
}

/// A double out of text that is written here, and is always a number.
fn parsed(number: &str) -> f64 {
    number.parse().unwrap_or(f64::NAN)
}

/// DIGEST-15 to DIGEST-20, in their order.
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

/// DIGEST-17.
fn integral(x: f64) -> String {
    let (digits, exponent) = shortest(x);
    let length = usize::try_from(exponent + 1).unwrap_or_default();
    format!("{}{digits:0<length$}", minus(x))
}

/// DIGEST-18, as the chapter's section on exact rounding says.
fn rounded(x: f64) -> f64 {
    let (m, k) = fraction(x);
    let n = u128::from(m) * 10_u128.pow(10);
    let q = if k > 88 { 0 } else { nearest(n, k) }; // n is below 2^87, so less than a half
    let (units, places) = (q / 10_u128.pow(10), q % 10_u128.pow(10));
    parsed(&format!("{units}.{places:010}")).copysign(x)
}

/// The m and k of a magnitude m / 2^k that is not integral.
fn fraction(x: f64) -> (u64, u32) {
    const STORED: u32 = f64::MANTISSA_DIGITS - 1;
    let bits = x.abs().to_bits();
    let (exponent, stored) = (bits >> STORED, bits & ((1 << STORED) - 1));
    // A subnormal number has no hidden bit, and the exponent of the smallest that has.
    let m = if exponent == 0 { stored } else { stored | 1 << STORED };
    let exponent = u32::try_from(exponent.max(1)).unwrap_or(u32::MAX);
    (m, 1075 - exponent)
}

/// n / 2^k, to the next integer, a tie to the even one.
fn nearest(n: u128, k: u32) -> u128 {
    let q = n >> k;
    let twice = 2 * (n - (q << k));
    let up = twice > 1 << k || (twice == 1 << k && q % 2 == 1);
    q + u128::from(up)
}

/// DIGEST-21.
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

/// The shortest digits that read back as this value, and the power of ten of the first of them.
///
/// Where two are equally close, the standard library takes the upper one when it is not told how
/// many digits it shall write, and the even one, as ECMAScript and Python do, when it is. The
/// digits next to the value do not always read back as it: below a power of two doubles are denser.
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

/// DIGEST-22, DIGEST-23.
fn exact_integer(token: &str) -> Result<String, StateRefusal> {
    match token.strip_prefix('-').unwrap_or(token).len() {
        digits if digits > MAX_DIGITS => Err(StateRefusal::TooManyDigits(digits)),
        _ if token == "-0" => Ok("0".to_owned()),
        _ => Ok(token.to_owned()),
    }
}

/// DIGEST-24, DIGEST-25.
fn unrounded(x: f64) -> Result<String, StateRefusal> {
    if x.is_infinite() { Err(StateRefusal::Infinite) } else { Ok(repr(x)) }
}
