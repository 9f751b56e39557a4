//! Mistakes in the Python implementation.

use super::Planting;

const MESSAGES: &str = "rollwire_reference/messages.py";
const REFUSAL: &str = "rollwire_reference/refusal.py";
const READER: &str = "rollwire_reference/json_reader.py";
const DIGEST: &str = "rollwire_reference/digest.py";

const ACTION: &str = r#"            check_uint("action of an entry", action, U8)"#;
const FRAME: &str = r#"            check_uint("frame of an entry", frame, U32)"#;
const LENGTH: &str = "        if len(data) != length:";
const HASH: &str = "    if len(text) != digits or text.lstrip(HEX_DIGITS):";
const NUMBER: &str = r#"re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")"#;
const ESCAPE: &str = r#"u([0-9a-fA-F]{4}))')"#;
const PARTS: &str = "    parts = json_parts(state)";
const ROUNDED: &str = "    value = float(token)  # DIGEST-14: float()";
const SHA: &str = "hashlib.sha256(text)";
const MEMBERS: &str = "members = sorted(self._members.items())";

pub(super) static PLANTINGS: &[Planting] = &[
    Planting {
        name: "only_the_first_action_is_checked",
        file: MESSAGES,
        edits: &[(
            ACTION,
            "            if len(parts) > 1 and isinstance(action, int):\n                action &= U8\n            check_uint(\"action of an entry\", action, U8)",
        )],
        shown_by: &["input/encode-entry-*"],
    },
    Planting {
        name: "frames_from_the_sixteenth_on_are_not_checked",
        file: MESSAGES,
        edits: &[(
            FRAME,
            "            if len(parts) > 15 and isinstance(frame, int):\n                frame &= U32\n            check_uint(\"frame of an entry\", frame, U32)",
        )],
        shown_by: &["input-response/encode-entry-*"],
    },
    Planting {
        name: "a_length_in_8_bits",
        file: MESSAGES,
        edits: &[
            (LENGTH, "        if len(data) & 0xFF != length & 0xFF:"),
            ("cls.layout.unpack(data)[1:]", "cls.layout.unpack_from(data)[1:]"),
        ],
        shown_by: &["episode-end/*"],
    },
    Planting {
        name: "a_length_in_16_bits",
        file: MESSAGES,
        edits: &[
            (LENGTH, "        if len(data) & 0xFFFF != length & 0xFFFF:"),
            ("cls.layout.unpack(data)[1:]", "cls.layout.unpack_from(data)[1:]"),
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
        edits: &[(r#"re.compile(r"[ \t\n\r]*")"#, r#"re.compile(r"\s*")"#)],
        shown_by: &["digest-lenient/blank-*"],
    },
    Planting {
        name: "digits_of_every_script_are_read",
        file: READER,
        edits: &[(NUMBER, r#"re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?")"#)],
        shown_by: &["digest-lenient/number-*"],
    },
    Planting {
        name: "underscores_in_numbers_are_read",
        file: READER,
        edits: &[(
            NUMBER,
            r#"re.compile(r"-?(?:0|[1-9][0-9]*(?:_[0-9]+)*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")"#,
        )],
        shown_by: &["digest-lenient/number-*"],
    },
    Planting {
        name: "int_reads_the_digits_of_an_escape",
        file: READER,
        edits: &[(ESCAPE, r#"u([-+ 0-9a-fA-F_]{4}))')"#)],
        shown_by: &["digest-lenient/escape-*"],
    },
    Planting {
        name: "words_are_read_in_any_case",
        file: READER,
        edits: &[(
            r#"re.compile(r"null|true|false")"#,
            r#"re.compile(r"null|true|false", re.IGNORECASE)"#,
        )],
        shown_by: &["digest-lenient/word-*"],
    },
    Planting {
        name: "a_text_ends_at_a_nul",
        file: DIGEST,
        edits: &[(PARTS, "    parts = json_parts(state.partition(\"\\0\")[0])")],
        shown_by: &["digest-lenient/blank-*"],
    },
    Planting {
        name: "a_text_is_trimmed",
        file: DIGEST,
        edits: &[(PARTS, "    parts = json_parts(state.strip())")],
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
        edits: &[(MEMBERS, "members = sorted(self._members.items(), key=lambda it: it[0][:64])")],
        shown_by: &["digest-sizes/key-*"],
    },
    Planting {
        name: "members_are_sorted_up_to_256",
        file: DIGEST,
        edits: &[(
            MEMBERS,
            "unsorted = list(self._members.items())\n        members = sorted(unsorted[:256]) + unsorted[256:]",
        )],
        shown_by: &["digest-sizes/members-*"],
    },
    Planting {
        name: "a_text_of_more_than_65535_characters_is_refused",
        file: DIGEST,
        edits: &[(
            PARTS,
            "    if len(state) > 65535:\n        raise Refusal(\"range\", \"the state is too long\")\n    parts = json_parts(state)",
        )],
        shown_by: &["digest-large/string-*"],
    },
];
