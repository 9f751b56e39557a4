//! Readers that take more than JSON, or that lose a part of what they read: what the readers of numbers,
//! escapes and blanks of some languages do.

use rollwire_model::digest::{DigestRules, Units, read};

use super::{
    edits::{before_nul, in_escapes, inside, last_of_each, outside, replaced, with_strings},
    mutant::Mutant,
};

const RIGHT: DigestRules = DigestRules::SPECIFIED;

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "takes-blanks-of-unicode",
        rule: "DIGEST-1",
        fault: "skips every blank of Unicode between the parts of a text",
        edit: |rules| {
            rules.reads = |text| {
                read(&outside(text, |_, it| Some(if it.is_whitespace() { ' ' } else { it })))
            };
        },
    },
    Mutant {
        name: "takes-blanks-of-c",
        rule: "DIGEST-1",
        fault: "skips vertical tabs and form feeds between the parts of a text",
        edit: |rules| {
            rules.reads = |text| {
                let is_blank = |it| matches!(it, '\u{b}' | '\u{c}');
                read(&outside(text, |_, it| Some(if is_blank(it) { ' ' } else { it })))
            }
        },
    },
    Mutant {
        name: "trims-blanks-of-unicode",
        rule: "DIGEST-1",
        fault: "removes blanks of Unicode around the text",
        edit: |rules| rules.reads = |text| read(text.trim()),
    },
    Mutant {
        name: "trims-blanks-at-the-end",
        rule: "DIGEST-1",
        fault: "removes blanks of Unicode after the text",
        edit: |rules| rules.reads = |text| read(text.trim_end()),
    },
    Mutant {
        name: "ends-at-nul",
        rule: "DIGEST-1",
        fault: "reads the text up to a NUL",
        edit: |rules| rules.reads = |text| read(text.split('\0').next().unwrap_or_default()),
    },
    Mutant {
        name: "nul-is-a-blank",
        rule: "DIGEST-1",
        fault: "skips NUL like a blank",
        edit: |rules| {
            rules.reads =
                |text| read(&outside(text, |_, it| Some(if it == '\0' { ' ' } else { it })));
        },
    },
    Mutant {
        name: "takes-digits-of-all-scripts",
        rule: "DIGEST-1",
        fault: "reads digits of every script in numbers",
        edit: |rules| {
            rules.reads = |text| {
                read(&outside(text, |_, it| Some(if is_other_digit(it) { '1' } else { it })))
            };
        },
    },
    Mutant {
        name: "takes-later-digits-of-all-scripts",
        rule: "DIGEST-1",
        fault: "reads digits of every script after the first digit of a number",
        edit: |rules| {
            rules.reads = |text| {
                read(&outside(text, |before, it| {
                    Some(if is_other_digit(it) && before.is_ascii_digit() { '1' } else { it })
                }))
            }
        },
    },
    Mutant {
        name: "takes-places-of-all-scripts",
        rule: "DIGEST-1",
        fault: "reads digits of every script after a point",
        edit: |rules| {
            rules.reads = |text| {
                read(&outside(text, |before, it| {
                    Some(if is_other_digit(it) && before == '.' { '1' } else { it })
                }))
            }
        },
    },
    Mutant {
        name: "takes-exponents-of-all-scripts",
        rule: "DIGEST-1",
        fault: "reads digits of every script in an exponent",
        edit: |rules| {
            rules.reads = |text| {
                read(&outside(text, |before, it| {
                    Some(if is_other_digit(it) && matches!(before, 'e' | 'E') { '1' } else { it })
                }))
            }
        },
    },
    Mutant {
        name: "takes-escapes-of-all-scripts",
        rule: "DIGEST-1",
        fault: "reads digits of every script in an escape",
        edit: |rules| {
            rules.reads =
                |text| read(&in_escapes(text, |_, it| if is_other_digit(it) { '0' } else { it }));
        },
    },
    Mutant {
        name: "takes-signs-in-escapes",
        rule: "DIGEST-1",
        fault: "reads a sign for the first digit of an escape",
        edit: |rules| {
            rules.reads = |text| {
                read(&in_escapes(
                    text,
                    |at, it| if at == 0 && matches!(it, '+' | '-') { '0' } else { it },
                ))
            }
        },
    },
    Mutant {
        name: "takes-blanks-in-escapes",
        rule: "DIGEST-1",
        fault: "reads a space for the first digit of an escape",
        edit: |rules| {
            rules.reads = |text| {
                read(&in_escapes(text, |at, it| if at == 0 && it == ' ' { '0' } else { it }))
            };
        },
    },
    Mutant {
        name: "takes-separators-in-escapes",
        rule: "DIGEST-1",
        fault: "reads an underscore or a prefix within the digits of an escape",
        edit: |rules| {
            rules.reads = |text| {
                read(&in_escapes(
                    text,
                    |at, it| if at == 1 && matches!(it, '_' | 'x') { '0' } else { it },
                ))
            }
        },
    },
    Mutant {
        name: "takes-any-last-digit-in-escapes",
        rule: "DIGEST-1",
        fault: "checks only the first three digits of an escape",
        edit: |rules| {
            rules.reads = |text| {
                read(&in_escapes(
                    text,
                    |at, it| if at == 3 && it.is_ascii_alphabetic() { '0' } else { it },
                ))
            }
        },
    },
    Mutant {
        name: "takes-escapes-of-other-languages",
        rule: "DIGEST-1",
        fault: "reads the escapes of C and JavaScript",
        edit: |rules| {
            rules.reads = |text| {
                let others = ["\\v", "\\a", "\\0", "\\'", "\\N"];
                read(&others.into_iter().fold(text.to_owned(), |text, it| text.replace(it, "\\n")))
            }
        },
    },
    Mutant {
        name: "takes-control-characters",
        rule: "DIGEST-1",
        fault: "accepts control characters within a string",
        edit: |rules| {
            rules.reads = |text| read(&inside(text, |it| if it < ' ' { '?' } else { it }));
        },
    },
    Mutant {
        name: "takes-tabs-in-strings",
        rule: "DIGEST-1",
        fault: "accepts tabs within a string",
        edit: |rules| {
            rules.reads = |text| read(&inside(text, |it| if it == '\t' { '?' } else { it }));
        },
    },
    Mutant {
        name: "takes-separators-in-numbers",
        rule: "DIGEST-1",
        fault: "skips underscores and apostrophes between digits",
        edit: |rules| {
            rules.reads = |text| {
                read(&outside(text, |before, it| {
                    Some(it).filter(|it| !(matches!(it, '_' | '\'') && before.is_ascii_digit()))
                }))
            }
        },
    },
    Mutant {
        name: "takes-suffixes",
        rule: "DIGEST-1",
        fault: "skips the suffix of a type after a number",
        edit: |rules| {
            rules.reads = |text| {
                read(&outside(text, |before, it| {
                    let is_suffix = matches!(it, 'f' | 'F' | 'd' | 'L' | 'n' | '%');
                    Some(it).filter(|_| !(is_suffix && (before.is_ascii_digit() || before == '.')))
                }))
            }
        },
    },
    Mutant {
        name: "takes-blanks-behind-signs",
        rule: "DIGEST-1",
        fault: "skips blanks after a sign",
        edit: |rules| {
            rules.reads = |text| {
                read(&outside(text, |before, it| {
                    Some(it).filter(|_| !(it == ' ' && matches!(before, '-' | '+' | 'e')))
                }))
            }
        },
    },
    Mutant {
        name: "takes-infinity-in-lower-case",
        rule: "DIGEST-1",
        fault: "reads inf, infinity and nan as null",
        edit: |rules| {
            rules.reads = |text| {
                let text = text.replace("infinity", "null").replace("inf", "null");
                read(&text.replace("-null", "null").replace("nan", "null"))
            }
        },
    },
    Mutant {
        name: "takes-words-in-any-case",
        rule: "DIGEST-1",
        fault: "reads words without distinguishing case",
        edit: |rules| {
            rules.reads = |text| read(&outside(text, |_, it| Some(it.to_ascii_lowercase())));
        },
    },
    Mutant {
        name: "takes-words-of-other-languages",
        rule: "DIGEST-1",
        fault: "reads nil and undefined as null",
        edit: |rules| {
            rules.reads = |text| read(&text.replace("nil", "null").replace("undefined", "null"));
        },
    },
    Mutant {
        name: "takes-cut-words",
        rule: "DIGEST-1",
        fault: "reads words by their first letter",
        edit: |rules| {
            rules.reads = |text| read(&text.replace(",t]", ",true]").replace(",nul]", ",null]"));
        },
    },
    Mutant {
        name: "takes-semicolons",
        rule: "DIGEST-1",
        fault: "reads a semicolon as a comma",
        edit: |rules| {
            rules.reads =
                |text| read(&outside(text, |_, it| Some(if it == ';' { ',' } else { it })));
        },
    },
    Mutant {
        name: "takes-equals-signs",
        rule: "DIGEST-1",
        fault: "reads an equals sign as a colon",
        edit: |rules| {
            rules.reads =
                |text| read(&outside(text, |_, it| Some(if it == '=' { ':' } else { it })));
        },
    },
    Mutant {
        name: "takes-missing-commas",
        rule: "DIGEST-1",
        fault: "reads a space between elements as a comma",
        edit: |rules| {
            rules.reads = |text| read(&text.replace("1 2", "1,2").replace("1 \"", "1,\""));
        },
    },
    Mutant {
        name: "takes-holes",
        rule: "DIGEST-1",
        fault: "reads two commas as one",
        edit: |rules| rules.reads = |text| read(&text.replace(",,", ",")),
    },
    Mutant {
        name: "takes-any-closing-bracket",
        rule: "DIGEST-1",
        fault: "does not distinguish the two closing brackets",
        edit: |rules| rules.reads = |text| read(&text.replace("[1}", "[1]").replace(":1]", ":1}")),
    },
    Mutant {
        name: "takes-line-comments",
        rule: "DIGEST-1",
        fault: "skips comments after the value",
        edit: |rules| {
            rules.reads = |text| {
                let text = text.split("//").next().unwrap_or_default();
                read(text.split('#').next().unwrap_or_default())
            }
        },
    },
    Mutant {
        name: "takes-block-comments",
        rule: "DIGEST-1",
        fault: "skips comments between brackets",
        edit: |rules| rules.reads = |text| read(&text.replace("/**/", "")),
    },
    Mutant {
        name: "ends-at-a-comma",
        rule: "DIGEST-1",
        fault: "ignores commas and semicolons after the value",
        edit: |rules| rules.reads = |text| read(text.trim_end_matches([',', ';'])),
    },
    Mutant {
        name: "closes-brackets",
        rule: "DIGEST-1",
        fault: "adds the brackets that are missing at the end",
        edit: |rules| {
            rules.reads = |text| {
                let missing = text.bytes().take_while(|it| *it == b'[').count();
                read(text).or_else(|_| read(&format!("{text}{}", "]".repeat(missing))))
            }
        },
    },
    Mutant {
        name: "strings-end-at-nul",
        rule: "DIGEST-12",
        fault: "writes strings up to a NUL",
        edit: |rules| {
            rules.reads = |text| {
                read(text).map(|state| {
                    with_strings(state, &|units| {
                        units.into_iter().take_while(|it| *it != 0).collect()
                    })
                })
            }
        },
    },
    Mutant {
        name: "strings-trimmed",
        rule: "DIGEST-12",
        fault: "removes blanks around strings",
        edit: |rules| {
            rules.reads = |text| {
                let trimmed = |units: Units| match String::from_utf16(&units) {
                    Ok(text) => text.trim().encode_utf16().collect(),
                    Err(_) => units,
                };
                read(text).map(|state| with_strings(state, &trimmed))
            }
        },
    },
    Mutant {
        name: "keys-end-at-nul",
        rule: "DIGEST-6",
        fault: "compares keys up to a NUL",
        edit: |rules| rules.order = |one, other| (RIGHT.order)(before_nul(one), before_nul(other)),
    },
    Mutant {
        name: "keys-by-their-escapes",
        rule: "DIGEST-6",
        fault: "compares keys as they are written, with their escapes",
        edit: |rules| {
            rules.order = |one, other| {
                let written = |units: &[u16]| {
                    let one = |unit: &u16| {
                        (RIGHT.is_plain)(*unit).then(|| char::from_u32((*unit).into()))
                    };
                    let text = |unit| {
                        one(unit)
                            .flatten()
                            .map_or_else(|| (RIGHT.long_escape)(&[*unit]), String::from)
                    };
                    units.iter().map(text).collect::<String>()
                };
                written(one).cmp(&written(other))
            };
        },
    },
    Mutant {
        name: "the-same-up-to-nul",
        rule: "DIGEST-7",
        fault: "takes keys for the same if they are the same up to a NUL",
        edit: |rules| {
            rules.without_duplicates =
                |members| last_of_each(members, |key| before_nul(key).to_vec());
        },
    },
    Mutant {
        name: "lone-surrogates-alike",
        rule: "DIGEST-13",
        fault: "compares every lone surrogate as a replacement character",
        edit: |rules| rules.order = |one, other| (RIGHT.order)(&replaced(one), &replaced(other)),
    },
    Mutant {
        name: "lone-surrogates-are-the-same",
        rule: "DIGEST-13",
        fault: "takes keys for the same if they differ in lone surrogates alone",
        edit: |rules| rules.without_duplicates = |members| last_of_each(members, replaced),
    },
];

/// A digit that is not one of ASCII.
fn is_other_digit(character: char) -> bool {
    !character.is_ascii() && character.is_numeric()
}
