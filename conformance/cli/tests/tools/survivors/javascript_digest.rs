//! Mistakes in the digest of the JavaScript implementation.

use super::Planting;

const DIGEST: &str = "src/digest.mjs";
const JSON: &str = "src/json.mjs";
const NUMBERS: &str = "src/numbers.mjs";
const HASHES: &str = "src/hashes.mjs";

const BLANK: &str = r#"char === "\r";"#;
const NUMBER: &str = r"const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;";
const DIGITS: &str = "const FOUR_DIGITS = /^[0-9a-fA-F]{4}$/;";
const READ: &str = "  readJson(state, writer);";
const VALUE: &str = "const valueOf = (token) => Number(token);";
const ARRAY: &str = "`[${elements.join(comma)}]`";
const STRING: &str = "const stringText = (value) => `\"${value.replace(";
const LESSER: &str = "const end = Math.min(a.length, b.length);";
const LAST: &str = "key !== sorted[i + 1].key);";
const SHA: &str = "  const blocks = padded(ascii, false);";
const MD5: &str = "  const blocks = padded(ascii, true);";
const BLOCKS: &str = "Math.ceil((size + 1 + LENGTH_SIZE) / BLOCK_SIZE)";
const BITS: &str = "BigInt(size) * 8n";

pub(super) static PLANTINGS: &[Planting] = &[
    Planting {
        name: "blanks_of_c_are_skipped",
        file: JSON,
        edits: &[(BLANK, r#"char === "\r" || char === "\v" || char === "\f";"#)],
        shown_by: &["digest-lenient/blank-*"],
    },
    Planting {
        name: "every_blank_of_unicode_is_skipped",
        file: JSON,
        edits: &[(BLANK, r#"char === "\r" || /[\xa0\u2028\u3000]/.test(char);"#)],
        shown_by: &["digest-lenient/blank-between-*"],
    },
    Planting {
        name: "a_text_is_trimmed",
        file: DIGEST,
        edits: &[(READ, "  readJson(state.trim(), writer);")],
        shown_by: &["digest-lenient/blank-behind-*"],
    },
    Planting {
        name: "a_text_ends_at_a_nul",
        file: DIGEST,
        edits: &[(READ, r#"  readJson(state.split("\0")[0], writer);"#)],
        shown_by: &["digest-lenient/blank-behind-*"],
    },
    Planting {
        name: "later_digits_may_be_of_any_script",
        file: JSON,
        edits: &[(
            NUMBER,
            r"const NUMBER = /-?(?:0|[1-9]\p{Nd}*)(?:\.\p{Nd}+)?(?:[eE][+-]?\p{Nd}+)?/uy;",
        )],
        shown_by: &["digest-lenient/number-*"],
    },
    Planting {
        name: "a_suffix_of_a_number_is_skipped",
        file: JSON,
        edits: &[(
            "    if (token === \"\") this.#refuse(\"expected a value\");\n",
            "    if (token === \"\") this.#refuse(\"expected a value\");\n    if (/[fdLn]/.test(this.#text[this.#at] ?? \"\")) this.#at += 1;\n",
        )],
        shown_by: &["digest-lenient/number-*"],
    },
    Planting {
        name: "an_exponent_needs_no_digit",
        file: JSON,
        edits: &[(
            NUMBER,
            r"const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]*)?/y;",
        )],
        shown_by: &["digest-lenient/number-*"],
    },
    Planting {
        name: "a_sign_may_begin_the_digits_of_an_escape",
        file: JSON,
        edits: &[(DIGITS, "const FOUR_DIGITS = /^[-+0-9a-fA-F][0-9a-fA-F]{3}$/;")],
        shown_by: &["digest-lenient/escape-*"],
    },
    Planting {
        name: "the_last_digit_of_an_escape_is_not_checked",
        file: JSON,
        edits: &[(DIGITS, "const FOUR_DIGITS = /^[0-9a-fA-F]{3}[^\"]$/;")],
        shown_by: &["digest-lenient/escape-*"],
    },
    Planting {
        name: "javascript_has_more_escapes",
        file: JSON,
        edits: &[(r#"["n", "\n"],"#, r#"["n", "\n"], ["v", "\v"], ["'", "'"],"#)],
        shown_by: &["digest-lenient/escape-*"],
    },
    Planting {
        name: "a_tab_in_a_string_is_accepted",
        file: JSON,
        edits: &[(
            r#"const PLAIN = /[^"\\\u0000-\u001f]*/y;"#,
            r#"const PLAIN = /[^"\\\u0000-\u0008\u000a-\u001f]*/y;"#,
        )],
        shown_by: &["digest-lenient/string-*"],
    },
    Planting {
        name: "a_comma_after_the_value_is_ignored",
        file: JSON,
        edits: &[(
            "    if (this.peek() !== undefined) this.#refuse",
            "    if (this.peek() === \",\") this.skip();\n    if (this.peek() !== undefined) this.#refuse",
        )],
        shown_by: &["digest-lenient/structure-*"],
    },
    Planting {
        name: "a_number_is_read_from_800_characters",
        file: NUMBERS,
        edits: &[(
            VALUE,
            "const valueOf = (token) => Number(/e/i.test(token) ? token : token.slice(0, 800));",
        )],
        shown_by: &["digest-readers/*"],
    },
    Planting {
        name: "a_number_is_read_from_5000_characters",
        file: NUMBERS,
        edits: &[(
            VALUE,
            "const valueOf = (token) => Number(/e/i.test(token) ? token : token.slice(0, 5000));",
        )],
        shown_by: &["digest-large/sticky-*"],
    },
    Planting {
        name: "an_exponent_wraps_in_16_bits",
        file: NUMBERS,
        edits: &[(
            VALUE,
            "const valueOf = (token) => Number(token.replace(/[eE](.*)/, (_, it) => `e${(Number(it) << 16) >> 16}`));",
        )],
        shown_by: &["digest-readers/*"],
    },
    Planting {
        name: "an_exponent_wraps_in_32_bits",
        file: NUMBERS,
        edits: &[(
            VALUE,
            "const valueOf = (token) => Number(token.replace(/[eE](.*)/, (_, it) => `e${Number(it) | 0}`));",
        )],
        shown_by: &["digest-readers/*"],
    },
    Planting {
        name: "an_array_has_up_to_255_elements",
        file: DIGEST,
        edits: &[(ARRAY, "`[${elements.slice(0, 255).join(comma)}]`")],
        shown_by: &["digest-sizes/*"],
    },
    Planting {
        name: "an_array_has_up_to_65535_elements",
        file: DIGEST,
        edits: &[(ARRAY, "`[${elements.slice(0, 65535).join(comma)}]`")],
        shown_by: &["digest-large/elements-*"],
    },
    Planting {
        name: "a_string_has_up_to_1024_characters",
        file: DIGEST,
        edits: &[(STRING, "const stringText = (value) => `\"${value.slice(0, 1024).replace(")],
        shown_by: &["digest-sizes/string-*"],
    },
    Planting {
        name: "a_string_has_up_to_4096_characters",
        file: DIGEST,
        edits: &[(STRING, "const stringText = (value) => `\"${value.slice(0, 4096).replace(")],
        shown_by: &["digest-large/string-*"],
    },
    Planting {
        name: "keys_are_compared_up_to_255_characters",
        file: DIGEST,
        edits: &[(LESSER, "const end = Math.min(a.length, b.length, 255);")],
        shown_by: &["digest-sizes/key-*"],
    },
    Planting {
        name: "keys_are_the_same_up_to_a_nul",
        file: DIGEST,
        edits: &[(LAST, r#"key.split("\0")[0] !== sorted[i + 1].key.split("\0")[0]);"#)],
        shown_by: &["digest-readers/nul-*"],
    },
    Planting {
        name: "lone_surrogates_are_the_same_key",
        file: DIGEST,
        edits: &[(
            LAST,
            "key.replace(/\\p{Cs}/gu, \"?\") !== sorted[i + 1].key.replace(/\\p{Cs}/gu, \"?\"));",
        )],
        shown_by: &["digest-readers/lone-*"],
    },
    Planting {
        name: "the_padding_needs_one_byte_less",
        file: HASHES,
        edits: &[(BLOCKS, "Math.ceil((size + LENGTH_SIZE) / BLOCK_SIZE)")],
        shown_by: &["digest-sizes/hashed-*"],
    },
    Planting {
        name: "a_length_in_bits_has_16_bits",
        file: HASHES,
        edits: &[(BITS, "BigInt(size) * 8n % 65536n")],
        shown_by: &["digest-large/hashed-*"],
    },
    Planting {
        name: "sha_256_of_up_to_4096_bytes",
        file: HASHES,
        edits: &[(SHA, "  const blocks = padded(ascii.slice(0, 4096), false);")],
        shown_by: &["digest-large/hashed-*"],
    },
    Planting {
        name: "md5_of_up_to_65535_bytes",
        file: HASHES,
        edits: &[(MD5, "  const blocks = padded(ascii.slice(0, 65535), true);")],
        shown_by: &["digest-large/hashed-*"],
    },
    Planting {
        name: "brackets_are_counted_for_the_depth",
        file: DIGEST,
        edits: &[
            ("  #isScalar = true;", "  #count = 0;\n  #isScalar = true;"),
            (
                "if (this.#open.length === DEPTH_BOUND) {",
                "this.#count += 1;\n    if (this.#count > DEPTH_BOUND) {",
            ),
        ],
        shown_by: &["digest-sizes/many-*"],
    },
    Planting {
        name: "every_bracket_is_a_call",
        file: DIGEST,
        edits: &[(
            READ,
            "  const deep = (n) => (n === 0 ? 0 : 1 + deep(n - 1));\n  deep((state.match(/^[[{\":]*/)[0].match(/[[{]/g) ?? []).length);\n  readJson(state, writer);",
        )],
        shown_by: &["digest-large/brackets-*"],
    },
];
