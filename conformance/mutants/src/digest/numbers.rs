//! Wrong numbers that are not rounded (DIGEST-14 to DIGEST-17, DIGEST-20, DIGEST-22 to DIGEST-25).

use rollwire_model::digest::DigestRules;

use super::mutant::Mutant;

const RIGHT: DigestRules = DigestRules::SPECIFIED;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "multiplies-by-powers-of-ten",
        rule: "DIGEST-14",
        fault: "reads digits and exponent separately, and multiplies them",
        edit: |rules| {
            rules.nearest = |token| {
                let (digits, exponent) = token.split_once(['e', 'E']).unwrap_or((token, "0"));
                let digits: f64 = digits.parse().unwrap_or_default();
                digits * 10_f64.powi(exponent.parse().unwrap_or(9999))
            };
        },
    },
    Mutant {
        name: "reads-seventeen-digits",
        rule: "DIGEST-14",
        fault: "reads all digits after the seventeenth as zeros",
        edit: |rules| {
            rules.nearest = |token| {
                let mut seen = 0;
                let cut = |character: char| {
                    seen += usize::from(character.is_ascii_digit());
                    if seen > 17 && character.is_ascii_digit() { '0' } else { character }
                };
                let (digits, exponent) = token.split_once(['e', 'E']).unwrap_or((token, "0"));
                let digits: String = digits.chars().map(cut).collect();
                (RIGHT.nearest)(&format!("{digits}e{exponent}"))
            };
        },
    },
    Mutant {
        name: "infinity-as-a-word",
        rule: "DIGEST-15",
        fault: "writes Infinity",
        edit: |rules| rules.infinite = RIGHT.exact_infinite,
    },
    Mutant {
        name: "largest-for-infinite",
        rule: "DIGEST-15",
        fault: "writes the largest double for an infinite one",
        edit: |rules| rules.infinite = |number| (RIGHT.repr)(f64::MAX.copysign(number)),
    },
    Mutant {
        name: "zero-with-a-point",
        rule: "DIGEST-16",
        fault: "writes 0.0 for zero",
        edit: |rules| rules.zero = |_| "0.0".to_owned(),
    },
    Mutant {
        name: "negative-zero-kept",
        rule: "DIGEST-16",
        fault: "writes -0.0 for a negative zero",
        edit: |rules| {
            rules.zero = |zero| if zero.is_sign_negative() { "-0.0" } else { "0" }.to_owned();
        },
    },
    Mutant {
        name: "integral-with-a-point",
        rule: "DIGEST-17",
        fault: "writes 1.0 for 1.0",
        edit: |rules| rules.integral = RIGHT.repr,
    },
    Mutant {
        name: "integral-exactly",
        rule: "DIGEST-17",
        fault: "writes all digits of the exact value",
        edit: |rules| rules.integral = |number| format!("{number:.0}"),
    },
    Mutant {
        name: "integral-not-the-closest",
        rule: "DIGEST-17",
        fault: "of several shortest texts of an integral number takes the one farthest from zero",
        edit: |rules| {
            rules.integral = |number| {
                let right = (RIGHT.integral)(number);
                let significant = right.trim_end_matches('0').len();
                let zeros = right.len() - significant;
                let mut digits: i128 = right[..significant].parse().unwrap_or_default();
                let text = |digits: i128| format!("{digits}{}", "0".repeat(zeros));
                while zeros > 0 && text(digits + digits.signum()).parse() == Ok(number) {
                    digits += digits.signum();
                }
                text(digits)
            };
        },
    },
    Mutant {
        name: "integral-in-64-bits",
        rule: "DIGEST-17",
        fault: "converts the number to a 64-bit integer and back",
        edit: |rules| {
            rules.integral = |number| match number.abs() < 9e18 {
                true => (RIGHT.integral)(number),
                false => i64::MAX.to_string(),
            };
        },
    },
    Mutant {
        name: "huge-without-exponent",
        rule: "DIGEST-20",
        fault: "writes all digits of a number of 10^21 and more",
        edit: |rules| rules.huge = |_, number| format!("{number:.0}"),
    },
    Mutant {
        name: "huge-without-plus",
        rule: "DIGEST-20",
        fault: "writes no sign before a positive exponent",
        edit: |rules| rules.huge = |rules, number| (rules.repr)(number).replace("e+", "e"),
    },
    Mutant {
        name: "integers-through-doubles",
        rule: "DIGEST-22",
        fault: "reads an integer of the 8-digit form as a double",
        edit: |rules| {
            rules.exact_integer = |token| {
                let number = (RIGHT.nearest)(token);
                if number.is_infinite() { "null".to_owned() } else { format!("{number:.0}") }
            };
        },
    },
    Mutant {
        name: "integer-zero-keeps-its-sign",
        rule: "DIGEST-22",
        fault: "writes -0 for an integer zero",
        edit: |rules| rules.exact_integer = str::to_owned,
    },
    Mutant {
        name: "any-number-of-digits",
        rule: "DIGEST-23",
        fault: "accepts integers of any length",
        edit: |rules| rules.most_digits = usize::MAX,
    },
    Mutant {
        name: "one-digit-less",
        rule: "DIGEST-23",
        fault: "refuses an integer of 4300 digits",
        edit: |rules| rules.most_digits = 4299,
    },
    Mutant {
        name: "exact-integral-without-a-point",
        rule: "DIGEST-24",
        fault: "writes 1 for 1.0 in the 8-digit form",
        edit: |rules| {
            rules.exact_fraction = |rules, number| {
                let text = (rules.repr)(number);
                text.strip_suffix(".0").unwrap_or(&text).to_owned()
            };
        },
    },
    Mutant {
        name: "exact-rounded",
        rule: "DIGEST-24",
        fault: "rounds in the 8-digit form too",
        edit: |rules| {
            rules.exact_fraction = |rules, number| {
                let fraction = number.fract() != 0.0;
                (rules.repr)(if fraction { (rules.rounds)(number) } else { number })
            };
        },
    },
    Mutant {
        name: "exact-zero-loses-its-sign",
        rule: "DIGEST-24",
        fault: "writes 0.0 for -0.0 in the 8-digit form",
        edit: |rules| rules.exact_fraction = |rules, number| (rules.repr)(number + 0.0),
    },
    Mutant {
        name: "exact-infinite-as-null",
        rule: "DIGEST-25",
        fault: "writes null for an infinite number of the 8-digit form",
        edit: |rules| {
            rules.refuses_infinite = false;
            rules.exact_infinite = |_| "null".to_owned();
        },
    },
];
