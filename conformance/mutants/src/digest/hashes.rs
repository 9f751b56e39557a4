//! Hashes that are right for short texts, or for texts that do not end near the end of a block.

use rollwire_model::digest::DigestRules;

use super::mutant::Mutant;

const RIGHT: DigestRules = DigestRules::SPECIFIED;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "sixteen-digits-of-64-bytes",
        rule: "DIGEST-26",
        fault: "hashes only the first 64 bytes of the canonical text",
        edit: |rules| {
            rules.sixteen_digits = |text| (RIGHT.sixteen_digits)(&text[..text.len().min(64)]);
        },
    },
    Mutant {
        name: "sixteen-digits-of-255-bytes",
        rule: "DIGEST-26",
        fault: "hashes only the first 255 bytes of the canonical text",
        edit: |rules| {
            rules.sixteen_digits = |text| (RIGHT.sixteen_digits)(&text[..text.len().min(255)]);
        },
    },
    Mutant {
        name: "sixteen-digits-of-1024-bytes",
        rule: "DIGEST-26",
        fault: "hashes only the first 1024 bytes of the canonical text",
        edit: |rules| {
            rules.sixteen_digits = |text| (RIGHT.sixteen_digits)(&text[..text.len().min(1024)]);
        },
    },
    Mutant {
        name: "sixteen-digits-of-4096-bytes",
        rule: "DIGEST-26",
        fault: "hashes only the first 4096 bytes of the canonical text",
        edit: |rules| {
            rules.sixteen_digits = |text| (RIGHT.sixteen_digits)(&text[..text.len().min(4096)]);
        },
    },
    Mutant {
        name: "sixteen-digits-of-65535-bytes",
        rule: "DIGEST-26",
        fault: "hashes only the first 65535 bytes of the canonical text",
        edit: |rules| {
            rules.sixteen_digits = |text| (RIGHT.sixteen_digits)(&text[..text.len().min(65535)]);
        },
    },
    Mutant {
        name: "sixteen-digits-pads-within-a-block",
        rule: "DIGEST-26",
        fault: "has no room for the padding if a block has 56 bytes or more",
        edit: |rules| {
            rules.sixteen_digits =
                |text| (RIGHT.sixteen_digits)(&otherwise(text, text.len() % 64 >= 56));
        },
    },
    Mutant {
        name: "sixteen-digits-pads-at-56",
        rule: "DIGEST-26",
        fault: "takes 56 bytes of a block for enough room for the padding",
        edit: |rules| {
            rules.sixteen_digits =
                |text| (RIGHT.sixteen_digits)(&otherwise(text, text.len() % 64 == 56));
        },
    },
    Mutant {
        name: "sixteen-digits-pads-at-55",
        rule: "DIGEST-26",
        fault: "takes 55 bytes of a block for too many for the padding",
        edit: |rules| {
            rules.sixteen_digits =
                |text| (RIGHT.sixteen_digits)(&otherwise(text, text.len() % 64 == 55));
        },
    },
    Mutant {
        name: "sixteen-digits-pads-no-whole-block",
        rule: "DIGEST-26",
        fault: "does not pad a text that ends with a block",
        edit: |rules| {
            rules.sixteen_digits =
                |text| (RIGHT.sixteen_digits)(&otherwise(text, text.len().is_multiple_of(64)));
        },
    },
    Mutant {
        name: "sixteen-digits-length-in-8-bits",
        rule: "DIGEST-26",
        fault: "keeps the length in bits in 8 bits",
        edit: |rules| {
            rules.sixteen_digits =
                |text| (RIGHT.sixteen_digits)(&otherwise(text, text.len() * 8 > 0xff));
        },
    },
    Mutant {
        name: "sixteen-digits-length-in-16-bits",
        rule: "DIGEST-26",
        fault: "keeps the length in bits in 16 bits",
        edit: |rules| {
            rules.sixteen_digits =
                |text| (RIGHT.sixteen_digits)(&otherwise(text, text.len() * 8 > 0xffff));
        },
    },
    Mutant {
        name: "eight-digits-of-64-bytes",
        rule: "DIGEST-27",
        fault: "hashes only the first 64 bytes of the canonical text",
        edit: |rules| rules.eight_digits = |text| (RIGHT.eight_digits)(&text[..text.len().min(64)]),
    },
    Mutant {
        name: "eight-digits-of-255-bytes",
        rule: "DIGEST-27",
        fault: "hashes only the first 255 bytes of the canonical text",
        edit: |rules| {
            rules.eight_digits = |text| (RIGHT.eight_digits)(&text[..text.len().min(255)]);
        },
    },
    Mutant {
        name: "eight-digits-of-1024-bytes",
        rule: "DIGEST-27",
        fault: "hashes only the first 1024 bytes of the canonical text",
        edit: |rules| {
            rules.eight_digits = |text| (RIGHT.eight_digits)(&text[..text.len().min(1024)]);
        },
    },
    Mutant {
        name: "eight-digits-of-4096-bytes",
        rule: "DIGEST-27",
        fault: "hashes only the first 4096 bytes of the canonical text",
        edit: |rules| {
            rules.eight_digits = |text| (RIGHT.eight_digits)(&text[..text.len().min(4096)]);
        },
    },
    Mutant {
        name: "eight-digits-of-65535-bytes",
        rule: "DIGEST-27",
        fault: "hashes only the first 65535 bytes of the canonical text",
        edit: |rules| {
            rules.eight_digits = |text| (RIGHT.eight_digits)(&text[..text.len().min(65535)]);
        },
    },
    Mutant {
        name: "eight-digits-pads-within-a-block",
        rule: "DIGEST-27",
        fault: "has no room for the padding if a block has 56 bytes or more",
        edit: |rules| {
            rules.eight_digits =
                |text| (RIGHT.eight_digits)(&otherwise(text, text.len() % 64 >= 56));
        },
    },
    Mutant {
        name: "eight-digits-pads-at-56",
        rule: "DIGEST-27",
        fault: "takes 56 bytes of a block for enough room for the padding",
        edit: |rules| {
            rules.eight_digits =
                |text| (RIGHT.eight_digits)(&otherwise(text, text.len() % 64 == 56));
        },
    },
    Mutant {
        name: "eight-digits-pads-at-55",
        rule: "DIGEST-27",
        fault: "takes 55 bytes of a block for too many for the padding",
        edit: |rules| {
            rules.eight_digits =
                |text| (RIGHT.eight_digits)(&otherwise(text, text.len() % 64 == 55));
        },
    },
    Mutant {
        name: "eight-digits-pads-no-whole-block",
        rule: "DIGEST-27",
        fault: "does not pad a text that ends with a block",
        edit: |rules| {
            rules.eight_digits =
                |text| (RIGHT.eight_digits)(&otherwise(text, text.len().is_multiple_of(64)));
        },
    },
    Mutant {
        name: "eight-digits-length-in-8-bits",
        rule: "DIGEST-27",
        fault: "keeps the length in bits in 8 bits",
        edit: |rules| {
            rules.eight_digits =
                |text| (RIGHT.eight_digits)(&otherwise(text, text.len() * 8 > 0xff));
        },
    },
    Mutant {
        name: "eight-digits-length-in-16-bits",
        rule: "DIGEST-27",
        fault: "keeps the length in bits in 16 bits",
        edit: |rules| {
            rules.eight_digits =
                |text| (RIGHT.eight_digits)(&otherwise(text, text.len() * 8 > 0xffff));
        },
    },
];

/// A text with another hash, if the condition holds: which one it is does not matter.
fn otherwise(text: &str, condition: bool) -> String {
    if condition { format!("{text}\0") } else { text.to_owned() }
}
