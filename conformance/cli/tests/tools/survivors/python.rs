//! Mistakes in the Python implementation.

use super::Planting;

const MESSAGES: &str = "rollwire_reference/messages.py";
const REFUSAL: &str = "rollwire_reference/refusal.py";
const READER: &str = "rollwire_reference/json_reader.py";
const DIGEST: &str = "rollwire_reference/digest.py";

const ACTION: &str = "            if type(action) is not int or not 0 <= action <= U8:";
const FRAME: &str = "            if type(frame) is not int or not 0 <= frame <= U32:";
const LENGTH: &str = "        if len(data) != length:";
const HASH: &str = "    if len(text) != digits or text.lstrip(HEX_DIGITS):";
/// The scanner of `json` cannot be changed. So each of these mistakes is made before it: the text is
/// changed to what a lenient scanner would take it for.
const SCANNED: &str = "_DECODER.decode(text)";
const READ: &str = "    value = read_json(state)";
const ROUNDED: &str = "    value = float(token)  # DIGEST-14: float()";
const SHA: &str = "hashlib.sha256(text)";
const KEYS: &str = "for key in sorted(members)]";

pub(super) static PLANTINGS: &[Planting] = &[
    Planting {
        name: "only_the_first_action_is_checked",
        file: MESSAGES,
        edits: &[(
            ACTION,
            "            if len(parts) > 1 and isinstance(action, int):\n                action &= U8\n            if type(action) is not int or not 0 <= action <= U8:",
        )],
        shown_by: &["input/encode-entry-*"],
    },
    Planting {
        name: "frames_from_the_sixteenth_on_are_not_checked",
        file: MESSAGES,
        edits: &[(
            FRAME,
            "            if len(parts) > 15 and isinstance(frame, int):\n                frame &= U32\n            if type(frame) is not int or not 0 <= frame <= U32:",
        )],
        shown_by: &["input-response/encode-entry-*"],
    },
    Planting {
        name: "a_length_in_8_bits",
        file: MESSAGES,
        edits: &[
            (LENGTH, "        if len(data) & 0xFF != length & 0xFF:"),
            ("layout.unpack(data)[1:]", "layout.unpack_from(data)[1:]"),
        ],
        shown_by: &["episode-end/*"],
    },
    Planting {
        name: "a_length_in_16_bits",
        file: MESSAGES,
        edits: &[
            (LENGTH, "        if len(data) & 0xFFFF != length & 0xFFFF:"),
            ("layout.unpack(data)[1:]", "layout.unpack_from(data)[1:]"),
        ],
        shown_by: &["episode-end/large-*"],
    },
    Planting {
        name: "bytes_fromhex_reads_a_hash",
        file: REFUSAL,
        edits: &[(
            HASH,
            "    try:\n        count = 2 * len(bytes.fromhex(text))\n    except ValueError:\n        count = -1\n    if count != digits:",
        )],
        shown_by: &["state-hash/encode-hash-*"],
    },
    Planting {
        name: "int_reads_a_hash",
        file: REFUSAL,
        edits: &[(
            HASH,
            "    try:\n        int(text, 16)\n        is_hash = len(text) == digits\n    except ValueError:\n        is_hash = False\n    if not is_hash:",
        )],
        shown_by: &["episode-ready/encode-hash-*"],
    },
    Planting {
        name: "every_blank_of_unicode_is_skipped",
        file: READER,
        edits: &[(
            SCANNED,
            r#"_DECODER.decode(re.sub(r'("(?:[^"\\]|\\.)*")|\s', lambda it: it[1] or " ", text))"#,
        )],
        shown_by: &["digest-lenient/blank-*"],
    },
    Planting {
        name: "digits_of_every_script_are_read",
        file: READER,
        edits: &[(
            SCANNED,
            r#"_DECODER.decode(
            re.sub(r'("(?:[^"\\]|\\.)*")|\d', lambda it: it[1] or str(int(it[0])), text)
        )"#,
        )],
        shown_by: &["digest-lenient/number-*"],
    },
    Planting {
        name: "underscores_in_numbers_are_read",
        file: READER,
        edits: &[(
            SCANNED,
            r#"_DECODER.decode(
            re.sub(r'("(?:[^"\\]|\\.)*")|(?<=\d)_(?=\d)', lambda it: it[1] or "", text)
        )"#,
        )],
        shown_by: &["digest-lenient/number-*"],
    },
    Planting {
        name: "int_reads_the_digits_of_an_escape",
        file: READER,
        edits: &[(
            SCANNED,
            r#"_DECODER.decode(
            re.sub(
                r"\\(?:u([-+ 0-9a-fA-F_]{4})|.)",
                lambda it: rf"\u{int(it[1], 16):04x}" if it[1] else it[0],
                text,
            )
        )"#,
        )],
        shown_by: &["digest-lenient/escape-*"],
    },
    Planting {
        name: "words_are_read_in_any_case",
        file: READER,
        edits: &[(
            SCANNED,
            r#"_DECODER.decode(
            re.sub(
                r'("(?:[^"\\]|\\.)*")|(?i:null|true|false)',
                lambda it: it[1] or it[0].lower(),
                text,
            )
        )"#,
        )],
        shown_by: &["digest-lenient/word-*"],
    },
    Planting {
        name: "a_text_ends_at_a_nul",
        file: DIGEST,
        edits: &[(READ, "    value = read_json(state.partition(\"\\0\")[0])")],
        shown_by: &["digest-lenient/blank-*"],
    },
    Planting {
        name: "a_text_is_trimmed",
        file: DIGEST,
        edits: &[(READ, "    value = read_json(state.strip())")],
        shown_by: &["digest-lenient/blank-*"],
    },
    Planting {
        name: "a_number_is_read_from_64_characters",
        file: DIGEST,
        edits: &[(
            ROUNDED,
            "    value = float(token if \"e\" in token.lower() else token[:64])  # float()",
        )],
        shown_by: &["digest-readers/*"],
    },
    Planting {
        name: "sha_256_of_up_to_8192_bytes",
        file: DIGEST,
        edits: &[(SHA, "hashlib.sha256(text[:8192])")],
        shown_by: &["digest-large/hashed-*"],
    },
    Planting {
        name: "keys_are_compared_up_to_64_characters",
        file: DIGEST,
        edits: &[(KEYS, "for key in sorted(members, key=lambda it: it[:64])]")],
        shown_by: &["digest-sizes/key-*"],
    },
    Planting {
        name: "members_are_sorted_up_to_256",
        file: DIGEST,
        edits: &[(KEYS, "for key in sorted(list(members)[:256]) + list(members)[256:]]")],
        shown_by: &["digest-sizes/members-*"],
    },
    Planting {
        name: "a_text_of_more_than_65535_characters_is_refused",
        file: DIGEST,
        edits: &[(
            READ,
            "    if len(state) > 65535:\n        raise Refusal(\"range\", \"the state is too long\")\n    value = read_json(state)",
        )],
        shown_by: &["digest-large/string-*"],
    },
];
