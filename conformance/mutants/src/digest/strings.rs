//! Wrong escapes (DIGEST-10 to DIGEST-13).

use rollwire_model::digest::DigestRules;

use super::mutant::Mutant;

const RIGHT: DigestRules = DigestRules::SPECIFIED;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "no-short-escapes",
        rule: "DIGEST-10",
        fault: "writes a line end as an escape of four digits",
        edit: |rules| {
            rules.short_escape = |unit| (RIGHT.short_escape)(unit).filter(|_| unit >= 0x20);
        },
    },
    Mutant {
        name: "escapes-slashes",
        rule: "DIGEST-11",
        fault: "puts a backslash before a slash",
        edit: |rules| {
            rules.short_escape = |unit| match unit {
                0x2f => Some('/'),
                _ => (RIGHT.short_escape)(unit),
            };
        },
    },
    Mutant {
        name: "escapes-for-html",
        rule: "DIGEST-11",
        fault: "escapes characters that have a meaning in HTML",
        edit: |rules| {
            rules.is_plain = |unit| (RIGHT.is_plain)(unit) && ![0x26, 0x3c, 0x3e].contains(&unit);
        },
    },
    Mutant {
        name: "raw-delete",
        rule: "DIGEST-12",
        fault: "writes DEL as itself",
        edit: |rules| rules.is_plain = |unit| (RIGHT.is_plain)(unit) || unit == 0x7f,
    },
    Mutant {
        name: "raw-utf-8",
        rule: "DIGEST-12",
        fault: "writes characters outside ASCII as themselves",
        edit: |rules| {
            rules.long_escape = |units| match units {
                [unit] if *unit <= 0x7f => (RIGHT.long_escape)(units),
                _ => String::from_utf16_lossy(units),
            };
        },
    },
    Mutant {
        name: "upper-case-escapes",
        rule: "DIGEST-12",
        fault: "writes the digits of escapes in upper case",
        edit: |rules| {
            rules.long_escape = |units| units.iter().map(|unit| format!("\\u{unit:04X}")).collect();
        },
    },
    Mutant {
        name: "eight-digit-escapes",
        rule: "DIGEST-12",
        fault: "writes a character above U+FFFF as one escape",
        edit: |rules| {
            rules.long_escape = |units| match units {
                [_, _] => String::from_utf16_lossy(units)
                    .chars()
                    .map(|character| format!("\\U{:08x}", u32::from(character)))
                    .collect(),
                _ => (RIGHT.long_escape)(units),
            };
        },
    },
    Mutant {
        name: "replaces-lone-surrogates",
        rule: "DIGEST-13",
        fault: "writes a replacement character for a lone surrogate",
        edit: |rules| rules.lone = |_| 0xfffd,
    },
];
