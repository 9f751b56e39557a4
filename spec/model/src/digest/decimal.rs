//! Doubles as decimal digits, and their rounding. No step uses floating-point arithmetic.

/// The shortest digits that read back as a positive number, and how many of them are before the point;
/// a negative count stands for zeros after the point. Of several candidates of that length, these are
/// the digits closest to the number; of two that are equally close, the even ones.
///
/// `0.00125` is `125` and -2, `1500.0` is `15` and 4.
#[must_use]
pub fn shortest(number: f64) -> (String, i32) {
    // The standard library guarantees the shortest digits that read back. Of two candidates that are
    // equally close it takes the greater one: 2^-25 would end in 3 instead of 2.
    let (digits, point) = scientific(&format!("{number:e}"));
    // At a given length it rounds exactly, ties to even. The result does not always read back, because
    // the two neighbours of a power of two are at different distances.
    let even = format!("{number:.*e}", digits.len() - 1);
    if even.parse() == Ok(number) { scientific(&even) } else { (digits, point) }
}

/// The digits of a text like `1.25e-3`, and how many of them are before the point.
fn scientific(text: &str) -> (String, i32) {
    let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
    (digits.replace('.', ""), exponent.parse::<i32>().unwrap_or_default() + 1)
}

/// DIGEST-21: a finite number as Python's `repr` writes it.
#[must_use]
pub fn repr(number: f64) -> String {
    let sign = if number.is_sign_negative() { "-" } else { "" };
    if number == 0.0 {
        return format!("{sign}0.0");
    }
    let (digits, point) = shortest(number.abs());
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    if !(-3..=16).contains(&point) {
        let (first, rest) = digits.split_at(1);
        let rest = if rest.is_empty() { String::new() } else { format!(".{rest}") };
        let exponent = point - 1;
        let minus = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{first}{rest}e{minus}{:02}", exponent.abs());
    }
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or_default());
    if point <= 0 {
        format!("{sign}0.{}{digits}", zeros(-point))
    } else if point >= count {
        format!("{sign}{digits}{}.0", zeros(point - count))
    } else {
        let (before, after) = digits.split_at(usize::try_from(point).unwrap_or_default());
        format!("{sign}{before}.{after}")
    }
}

/// DIGEST-18: the double next to a fraction's exact value rounded to ten decimal places, ties to the
/// even digit.
pub(super) fn rounded_to_ten_places(number: f64) -> f64 {
    // An integral number rounds to itself. The rules round fractions only, but a mutant may not.
    if !number.is_finite() || number.fract() == 0.0 {
        return number;
    }
    let (significand, shift) = parts(number);
    // Below 2^53 times 10^10, which is below 2^87.
    let scaled = u128::from(significand) * 10_u128.pow(10);
    let mut places = scaled.checked_shr(shift).unwrap_or_default();
    let rest = scaled - places.checked_shl(shift).unwrap_or_default();
    // From 2^88 on, the half is greater than any `rest`.
    let half = 1_u128.checked_shl(shift.saturating_sub(1)).unwrap_or(u128::MAX);
    if rest > half || (rest == half && places % 2 == 1) {
        places += 1;
    }
    let sign = if number.is_sign_negative() { "-" } else { "" };
    let text = format!("{sign}{}.{:010}", places / 10_u128.pow(10), places % 10_u128.pow(10));
    text.parse().unwrap_or(f64::NAN)
}

/// The significand of a number that is not an integer, and by how many bits it is shifted down.
fn parts(number: f64) -> (u64, u32) {
    let bits = number.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let exponent = u32::try_from(bits >> 52 & 0x7ff).unwrap_or_default();
    // A subnormal number has no leading one, and its exponent is that of the least normal numbers.
    let (significand, exponent) =
        if exponent == 0 { (fraction, 1) } else { (fraction | 1 << 52, exponent) };
    (significand, 1075 - exponent)
}
