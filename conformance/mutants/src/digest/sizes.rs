//! Digests that are right for small states: of few elements, short strings, or a text that ends at a block.

use rollwire_model::digest::{DigestRules, NotJson, read};

use super::{edits::with_strings, mutant::Mutant};

const RIGHT: DigestRules = DigestRules::SPECIFIED;

/// Those that refuse a state. They come before all others, because the last one that refuses a state is said
/// to be the cause, and these refuse few.
pub(super) const REFUSING: &[Mutant] = &[
    Mutant {
        name: "counts-brackets",
        rule: "DIGEST-29",
        fault: "refuses a text with more than 100 opening brackets",
        edit: |rules| {
            rules.reads = |text| {
                read(text).and_then(|state| {
                    if brackets(text, true) > 100 { Err(TOO_DEEP) } else { Ok(state) }
                })
            }
        },
    },
    Mutant {
        name: "counts-brackets-in-strings",
        rule: "DIGEST-29",
        fault: "counts the brackets within strings as levels",
        edit: |rules| {
            rules.reads = |text| {
                read(text).and_then(|state| {
                    if brackets(text, false) > 100 { Err(TOO_DEEP) } else { Ok(state) }
                })
            }
        },
    },
    Mutant {
        name: "blanks-up-to-1024",
        rule: "DIGEST-4",
        fault: "refuses more than 1024 blanks at one place",
        edit: |rules| {
            rules.reads = |text| {
                read(text).and_then(|state| {
                    if longest_blank(text) > 1024 { Err(TOO_DEEP) } else { Ok(state) }
                })
            }
        },
    },
    Mutant {
        name: "blanks-up-to-65535",
        rule: "DIGEST-4",
        fault: "refuses more than 65535 blanks at one place",
        edit: |rules| {
            rules.reads = |text| {
                read(text).and_then(|state| {
                    if longest_blank(text) > 65535 { Err(TOO_DEEP) } else { Ok(state) }
                })
            }
        },
    },
    Mutant {
        name: "state-up-to-4096-bytes",
        rule: "DIGEST-5",
        fault: "refuses a state of more than 4096 bytes",
        edit: |rules| {
            rules.reads = |text| if text.len() > 4096 { Err(TOO_DEEP) } else { read(text) }
        },
    },
    Mutant {
        name: "state-up-to-65535-bytes",
        rule: "DIGEST-5",
        fault: "refuses a state of more than 65535 bytes",
        edit: |rules| {
            rules.reads = |text| if text.len() > 65535 { Err(TOO_DEEP) } else { read(text) }
        },
    },
];

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "elements-up-to-64",
        rule: "DIGEST-5",
        fault: "writes only the first 64 elements of an array",
        edit: |rules| {
            rules.elements = |mut all| {
                all.truncate(64);
                all
            }
        },
    },
    Mutant {
        name: "elements-up-to-255",
        rule: "DIGEST-5",
        fault: "writes only the first 255 elements of an array",
        edit: |rules| {
            rules.elements = |mut all| {
                all.truncate(255);
                all
            }
        },
    },
    Mutant {
        name: "elements-up-to-1024",
        rule: "DIGEST-5",
        fault: "writes only the first 1024 elements of an array",
        edit: |rules| {
            rules.elements = |mut all| {
                all.truncate(1024);
                all
            }
        },
    },
    Mutant {
        name: "elements-up-to-4096",
        rule: "DIGEST-5",
        fault: "writes only the first 4096 elements of an array",
        edit: |rules| {
            rules.elements = |mut all| {
                all.truncate(4096);
                all
            }
        },
    },
    Mutant {
        name: "elements-up-to-65535",
        rule: "DIGEST-5",
        fault: "writes only the first 65535 elements of an array",
        edit: |rules| {
            rules.elements = |mut all| {
                all.truncate(65535);
                all
            }
        },
    },
    Mutant {
        name: "members-up-to-64",
        rule: "DIGEST-5",
        fault: "writes only the first 64 members of an object",
        edit: |rules| {
            rules.without_duplicates = |members| {
                let mut kept = (RIGHT.without_duplicates)(members);
                kept.truncate(64);
                kept
            };
        },
    },
    Mutant {
        name: "members-up-to-255",
        rule: "DIGEST-5",
        fault: "writes only the first 255 members of an object",
        edit: |rules| {
            rules.without_duplicates = |members| {
                let mut kept = (RIGHT.without_duplicates)(members);
                kept.truncate(255);
                kept
            };
        },
    },
    Mutant {
        name: "members-up-to-1024",
        rule: "DIGEST-5",
        fault: "writes only the first 1024 members of an object",
        edit: |rules| {
            rules.without_duplicates = |members| {
                let mut kept = (RIGHT.without_duplicates)(members);
                kept.truncate(1024);
                kept
            };
        },
    },
    Mutant {
        name: "members-up-to-4096",
        rule: "DIGEST-5",
        fault: "writes only the first 4096 members of an object",
        edit: |rules| {
            rules.without_duplicates = |members| {
                let mut kept = (RIGHT.without_duplicates)(members);
                kept.truncate(4096);
                kept
            };
        },
    },
    Mutant {
        name: "members-up-to-65535",
        rule: "DIGEST-5",
        fault: "writes only the first 65535 members of an object",
        edit: |rules| {
            rules.without_duplicates = |members| {
                let mut kept = (RIGHT.without_duplicates)(members);
                kept.truncate(65535);
                kept
            };
        },
    },
    Mutant {
        name: "strings-up-to-64",
        rule: "DIGEST-11",
        fault: "writes only the first 64 characters of a string",
        edit: |rules| {
            rules.reads = |text| {
                read(text).map(|state| {
                    with_strings(state, &|mut units| {
                        units.truncate(64);
                        units
                    })
                })
            };
        },
    },
    Mutant {
        name: "strings-up-to-255",
        rule: "DIGEST-11",
        fault: "writes only the first 255 characters of a string",
        edit: |rules| {
            rules.reads = |text| {
                read(text).map(|state| {
                    with_strings(state, &|mut units| {
                        units.truncate(255);
                        units
                    })
                })
            };
        },
    },
    Mutant {
        name: "strings-up-to-1024",
        rule: "DIGEST-11",
        fault: "writes only the first 1024 characters of a string",
        edit: |rules| {
            rules.reads = |text| {
                read(text).map(|state| {
                    with_strings(state, &|mut units| {
                        units.truncate(1024);
                        units
                    })
                })
            };
        },
    },
    Mutant {
        name: "strings-up-to-4096",
        rule: "DIGEST-11",
        fault: "writes only the first 4096 characters of a string",
        edit: |rules| {
            rules.reads = |text| {
                read(text).map(|state| {
                    with_strings(state, &|mut units| {
                        units.truncate(4096);
                        units
                    })
                })
            };
        },
    },
    Mutant {
        name: "strings-up-to-65535",
        rule: "DIGEST-11",
        fault: "writes only the first 65535 characters of a string",
        edit: |rules| {
            rules.reads = |text| {
                read(text).map(|state| {
                    with_strings(state, &|mut units| {
                        units.truncate(65535);
                        units
                    })
                })
            };
        },
    },
    Mutant {
        name: "keys-by-64-characters",
        rule: "DIGEST-6",
        fault: "compares only the first 64 characters of keys",
        edit: |rules| {
            rules.order = |one, other| {
                (RIGHT.order)(&one[..one.len().min(64)], &other[..other.len().min(64)])
            };
        },
    },
    Mutant {
        name: "keys-by-255-characters",
        rule: "DIGEST-6",
        fault: "compares only the first 255 characters of keys",
        edit: |rules| {
            rules.order = |one, other| {
                (RIGHT.order)(&one[..one.len().min(255)], &other[..other.len().min(255)])
            }
        },
    },
    Mutant {
        name: "keys-by-1024-characters",
        rule: "DIGEST-6",
        fault: "compares only the first 1024 characters of keys",
        edit: |rules| {
            rules.order = |one, other| {
                (RIGHT.order)(&one[..one.len().min(1024)], &other[..other.len().min(1024)])
            }
        },
    },
    Mutant {
        name: "keys-by-4096-characters",
        rule: "DIGEST-6",
        fault: "compares only the first 4096 characters of keys",
        edit: |rules| {
            rules.order = |one, other| {
                (RIGHT.order)(&one[..one.len().min(4096)], &other[..other.len().min(4096)])
            }
        },
    },
    Mutant {
        name: "keys-by-65535-characters",
        rule: "DIGEST-6",
        fault: "compares only the first 65535 characters of keys",
        edit: |rules| {
            rules.order = |one, other| {
                (RIGHT.order)(&one[..one.len().min(65535)], &other[..other.len().min(65535)])
            }
        },
    },
];

/// What a reader that gives up says.
const TOO_DEEP: NotJson = NotJson { at: 0, expected: "less", is_deep: true, levels: 101 };

/// How many brackets a text opens, without those in its strings or with them.
fn brackets(text: &str, only_outside: bool) -> usize {
    let (mut is_string, mut before) = (false, ' ');
    let counts = |it: &char| {
        is_string ^= *it == '"' && before != '\\';
        before = *it;
        matches!(it, '[' | '{') && !(is_string && only_outside)
    };
    text.chars().filter(counts).count()
}

/// The longest run of blanks.
fn longest_blank(text: &str) -> usize {
    let is_blank = |it: char| matches!(it, ' ' | '\t' | '\r' | '\n');
    text.split(|it| !is_blank(it)).map(str::len).max().unwrap_or_default()
}
