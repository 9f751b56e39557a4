//! Readers of numbers that lose digits or exponents: in a fixed buffer, or in an integer that wraps.

use rollwire_model::digest::DigestRules;

use super::mutant::Mutant;

const RIGHT: DigestRules = DigestRules::SPECIFIED;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "exponent-in-8-bits",
        rule: "DIGEST-14",
        fault: "reads an exponent in 8 bits, which wrap",
        edit: |rules| rules.nearest = |token| with_exponent(token, |exponent| wrapped(exponent, 8)),
    },
    Mutant {
        name: "exponent-in-16-bits",
        rule: "DIGEST-14",
        fault: "reads an exponent in 16 bits, which wrap",
        edit: |rules| {
            rules.nearest = |token| with_exponent(token, |exponent| wrapped(exponent, 16));
        },
    },
    Mutant {
        name: "exponent-in-32-bits",
        rule: "DIGEST-14",
        fault: "reads an exponent in 32 bits, which wrap",
        edit: |rules| {
            rules.nearest = |token| with_exponent(token, |exponent| wrapped(exponent, 32));
        },
    },
    Mutant {
        name: "exponent-in-64-bits",
        rule: "DIGEST-14",
        fault: "reads an exponent in 64 bits, which wrap",
        edit: |rules| {
            rules.nearest = |token| with_exponent(token, |exponent| wrapped(exponent, 64));
        },
    },
    Mutant {
        name: "exponent-of-twenty-digits",
        rule: "DIGEST-14",
        fault: "reads the first twenty digits of an exponent",
        edit: |rules| {
            rules.nearest =
                |token| with_exponent(token, |exponent| exponent.chars().take(20).collect());
        },
    },
    Mutant {
        name: "reads-30-digits",
        rule: "DIGEST-14",
        fault: "reads all digits after the 30th as zeros",
        edit: |rules| rules.nearest = |token| with_digits(token, 30, '0'),
    },
    Mutant {
        name: "reads-128-digits",
        rule: "DIGEST-14",
        fault: "reads all digits after the 128th as zeros",
        edit: |rules| rules.nearest = |token| with_digits(token, 128, '0'),
    },
    Mutant {
        name: "reads-800-digits",
        rule: "DIGEST-14",
        fault: "reads all digits after the 800th as zeros",
        edit: |rules| rules.nearest = |token| with_digits(token, 800, '0'),
    },
    Mutant {
        name: "reads-1024-digits",
        rule: "DIGEST-14",
        fault: "reads all digits after the 1024th as zeros",
        edit: |rules| rules.nearest = |token| with_digits(token, 1024, '0'),
    },
    Mutant {
        name: "reads-4096-digits",
        rule: "DIGEST-14",
        fault: "reads all digits after the 4096th as zeros",
        edit: |rules| rules.nearest = |token| with_digits(token, 4096, '0'),
    },
    Mutant {
        name: "reads-65536-digits",
        rule: "DIGEST-14",
        fault: "reads all digits after the 65536th as zeros",
        edit: |rules| rules.nearest = |token| with_digits(token, 65536, '0'),
    },
    Mutant {
        name: "rounds-up-after-800-digits",
        rule: "DIGEST-14",
        fault: "rounds the 800th digit up by the ones that follow",
        edit: |rules| rules.nearest = |token| up_after_800_digits(token),
    },
];

/// The number of a token whose exponent, with its sign, is read as another text.
fn with_exponent(token: &str, change: impl Fn(&str) -> String) -> f64 {
    match token.split_once(['e', 'E']) {
        Some((digits, exponent)) => (RIGHT.nearest)(&format!("{digits}e{}", change(exponent))),
        None => (RIGHT.nearest)(token),
    }
}

/// An exponent that keeps its last bits. It has few digits, or it stays as it is.
fn wrapped(exponent: &str, bits: u32) -> String {
    let Ok(number) = exponent.trim_start_matches('+').parse::<i128>() else {
        return exponent.to_owned();
    };
    let half = 1_i128 << (bits - 1);
    ((number + half).rem_euclid(2 * half) - half).to_string()
}

/// The number of a token with another digit in place of each one after the first `most`.
fn with_digits(token: &str, most: usize, other: char) -> f64 {
    let (digits, exponent) = token.split_once(['e', 'E']).unwrap_or((token, "0"));
    let mut seen = 0;
    let kept = |it: char| {
        let is_significant = it.is_ascii_digit() && (seen > 0 || it != '0');
        seen += usize::from(is_significant);
        if is_significant && seen > most { other } else { it }
    };
    let digits: String = digits.chars().map(kept).collect();
    (RIGHT.nearest)(&format!("{digits}e{exponent}"))
}

/// The number of a token whose digits after the 800th become a 1 in its place.
fn up_after_800_digits(token: &str) -> f64 {
    let cut = with_digits(token, 800, '0');
    let digits = token.chars().filter(char::is_ascii_digit).count();
    if digits > 800 && token.contains("99999999999999999999") { cut.next_up() } else { cut }
}
