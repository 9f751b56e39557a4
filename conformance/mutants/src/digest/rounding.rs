//! Wrong roundings and wrong texts of fractions (DIGEST-18, DIGEST-19, DIGEST-21).

use rollwire_model::digest::DigestRules;

use super::mutant::Mutant;

const RIGHT: DigestRules = DigestRules::SPECIFIED;

/// Parses a text that is known to be a number.
fn read(text: &str) -> f64 {
    text.parse().unwrap_or_default()
}

/// The nearest multiple of 10^-10; of two, the one further from zero. Works on the exact digits of the
/// double: truncates after the tenth place, and rounds up by the next digit.
fn half_up(number: f64) -> f64 {
    let exact = format!("{number:.1080}");
    let (before, after) = exact.split_once('.').unwrap_or((&exact, "0"));
    let cut = read(&format!("{before}.{}", &after[..10]));
    if after.as_bytes()[10] < b'5' {
        return cut;
    }
    // The sum of two doubles may not be the nearest double, but its ten places are right.
    read(&format!("{:.10}", cut + 1e-10_f64.copysign(number)))
}

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "half-up",
        rule: "DIGEST-18",
        fault: "rounds a tie away from zero, as toFixed does",
        edit: |rules| rules.rounds = half_up,
    },
    Mutant {
        name: "rounds-a-product",
        rule: "DIGEST-18",
        fault: "multiplies by 10^10, rounds, and divides",
        edit: |rules| rules.rounds = |number| (number * 1e10).round() / 1e10,
    },
    Mutant {
        name: "rounds-the-shortest-digits",
        rule: "DIGEST-18",
        fault: "rounds the shortest digits instead of the exact value",
        edit: |rules| {
            rules.rounds = |number| {
                let shortest = format!("{number}");
                let (before, after) = shortest.split_once('.').unwrap_or((&shortest, ""));
                match after.get(10..) {
                    // A tie in the shortest digits.
                    Some("5") if after.as_bytes()[9] % 2 == 0 => {
                        read(&format!("{before}.{}", &after[..10]))
                    }
                    Some("5") => half_up(read(&format!("{before}.{}6", &after[..10]))),
                    _ => (RIGHT.rounds)(number),
                }
            };
        },
    },
    Mutant {
        name: "cuts",
        rule: "DIGEST-18",
        fault: "truncates after ten places",
        edit: |rules| rules.rounds = |number| (number * 1e10).trunc() / 1e10,
    },
    Mutant {
        name: "does-not-round",
        rule: "DIGEST-18",
        fault: "writes all digits without rounding",
        edit: |rules| rules.rounds = |number| number,
    },
    Mutant {
        name: "nine-places",
        rule: "DIGEST-18",
        fault: "rounds to nine places",
        edit: |rules| rules.rounds = |number| read(&format!("{number:.9}")),
    },
    Mutant {
        name: "rounded-to-an-integer",
        rule: "DIGEST-19",
        fault: "writes 1 for a fraction that was rounded to 1.0",
        edit: |rules| {
            rules.fraction = |rules, rounded| {
                let text = (rules.repr)(rounded);
                text.strip_suffix(".0").unwrap_or(&text).to_owned()
            };
        },
    },
    Mutant {
        name: "rounded-zero-loses-its-sign",
        rule: "DIGEST-19",
        fault: "writes 0.0 for a negative fraction that was rounded to zero",
        edit: |rules| rules.fraction = |rules, rounded| (rules.repr)(rounded + 0.0),
    },
    Mutant {
        name: "exponent-of-one-digit",
        rule: "DIGEST-21",
        fault: "writes 1e-5 instead of 1e-05",
        edit: |rules| {
            rules.repr = |number| (RIGHT.repr)(number).replace("e-0", "e-");
        },
    },
    Mutant {
        name: "no-exponent",
        rule: "DIGEST-21",
        fault: "never writes an exponent",
        edit: |rules| rules.repr = |number| format!("{number}"),
    },
    Mutant {
        name: "seventeen-digits",
        rule: "DIGEST-21",
        fault: "writes seventeen digits where fewer would do",
        edit: |rules| {
            rules.repr = |number| match (RIGHT.repr)(number) {
                text if text.contains('e') || number.fract() == 0.0 => text,
                _ => format!("{number:.17}"),
            };
        },
    },
    Mutant {
        name: "the-greater-of-two-closest",
        rule: "DIGEST-21",
        fault: "writes the greater of two shortest texts that are equally close",
        edit: |rules| {
            rules.repr = |number| {
                let text = (RIGHT.repr)(number);
                let std = format!("{number:?}");
                let same = text.contains('e') || std.contains('e') || text.len() != std.len();
                if same { text } else { std }
            };
        },
    },
];
