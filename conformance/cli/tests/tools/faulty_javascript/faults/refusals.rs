//! Faults of what is refused: too much, too little, or the wrong thing.

use super::{Fault, PACK_HASH, Shown};

const HEADER_CHECK: &str = r#"  if (size < header) refuse("truncated","#;
const TRAILING_CHECK: &str = r#"  if (size > length) refuse("trailing","#;
const READ_ALL: &str = "return layout.read(bytes, name);";
const READ_LENGTH: &str = "return layout.read(bytes.subarray(0, length), name);";
const ANY: &[&str] = &[];

pub(super) static REFUSALS: &[Fault] = &[
    Fault {
        name: "trailing_bytes_accepted",
        edits: &[(TRAILING_CHECK, r#"  if (false) refuse("trailing","#), (READ_ALL, READ_LENGTH)],
        messages: ANY,
        rule: "INPUT-1",
        shown: Shown {
            case: "state-hash/trailing-1-zero",
            check: "decode",
            field: Some(("surplus", 13)),
            expected: "a refusal: trailing at byte 13: expected 13 bytes, found 14 bytes",
            got: r#"accepted as {"type":"state_hash","fields":{"frame":150,"#,
            hint: Some("a datagram that is too long was accepted"),
        },
    },
    Fault {
        name: "action_256_wrapped",
        edits: &[(
            r#"bytes[at + 4] = u8(entry?.action, "action")"#,
            r#"bytes[at + 4] = uint(entry?.action, "action", Infinity)"#,
        )],
        messages: &["INPUT", "INPUT_RESPONSE"],
        rule: "INPUT-12",
        shown: Shown {
            case: "input/encode-entry-action-too-big",
            check: "encode",
            field: Some(("entries[0].action", 13)),
            expected: "a refusal: range in entries[0].action: expected 0 to 255, found 256",
            got: "01 0001 00000064 01 00 0000006400",
            hint: Some("256 was written as 0, which is 256 mod 2^8"),
        },
    },
    Fault {
        name: "frame_2_32_wrapped",
        edits: &[(
            "putU32(bytes, 1, u32(message.frame, \"frame\"));\n      putHex",
            "putU32(bytes, 1, uint(message.frame, \"frame\", Infinity));\n      putHex",
        )],
        messages: &["STATE_HASH"],
        rule: "STATE_HASH-6",
        shown: Shown {
            case: "state-hash/encode-frame-too-big",
            check: "encode",
            field: Some(("frame", 1)),
            expected: "a refusal: range in frame: expected 0 to 4294967295, found 4294967296",
            got: "07 00000000 0123456789abcdef",
            hint: Some("4294967296 was written as 0, which is 4294967296 mod 2^32"),
        },
    },
    Fault {
        name: "hash_text_parsed_leniently",
        edits: &[(
            PACK_HASH,
            r#"for (let i = 0; i < 8; i++) {
                const pair = String(message.hash).slice(2 * i, 2 * i + 2);
                bytes[5 + i] = Number.parseInt(pair, 16);
            }"#,
        )],
        messages: &["STATE_HASH"],
        rule: "STATE_HASH-4",
        shown: Shown {
            case: "state-hash/encode-hash-empty",
            check: "encode",
            field: Some(("hash", 5)),
            expected: r#"a refusal: text in hash: expected 16 hex digits, found """#,
            got: "07 00000096 0000000000000000",
            hint: Some(r#"zeros were written in place of """#),
        },
    },
    Fault {
        name: "reserved_byte_checked",
        edits: &[(
            "entries: readEntries(bytes, 9), // byte 8",
            r#"entries: bytes[8] === 0
                ? readEntries(bytes, 9) : refuse("value", "reserved is not 0"), //"#,
        )],
        messages: &["INPUT"],
        rule: "INPUT-8",
        shown: Shown {
            case: "input/reserved-01",
            check: "decode",
            field: Some(("reserved", 8)),
            expected: r#"{"type":"input","fields":{"player":1,"#,
            got: "a refusal: value: reserved is not 0",
            hint: Some("the case is about `reserved`"),
        },
    },
    Fault {
        name: "count_trusted_over_length",
        edits: &[
            (TRAILING_CHECK, r#"  if (size > length && !count) refuse("trailing","#),
            (READ_ALL, READ_LENGTH),
        ],
        messages: &["INPUT", "INPUT_RESPONSE"],
        rule: "INPUT-1",
        shown: Shown {
            case: "input/trailing-1-zero",
            check: "reencode",
            field: Some(("surplus", 14)),
            expected: "a refusal: trailing at byte 14: expected 14 bytes, found 15 bytes",
            got: "01 0001 00000064 01 00 0000006400",
            hint: Some("a datagram that is too long was accepted"),
        },
    },
    Fault {
        name: "truncated_filled_with_zeros",
        edits: &[(
            HEADER_CHECK,
            r#"  if (name === "state_hash" && size < header) {
                const whole = new Uint8Array(header);
                whole.set(bytes);
                return decode(whole);
            }
            if (size < header) refuse("truncated","#,
        )],
        messages: &["STATE_HASH"],
        rule: "STATE_HASH-1",
        shown: Shown {
            case: "state-hash/truncated-12",
            check: "decode",
            field: Some(("hash", 12)),
            expected: "a refusal: truncated at byte 12: expected 13 bytes, found 12 bytes",
            got: r#"accepted as {"type":"state_hash","fields":{"#,
            hint: Some("a datagram that is too short was accepted"),
        },
    },
    Fault {
        name: "upper_case_digits_decoded",
        edits: &[("hexAt(bytes, 5, 13)", "hexAt(bytes, 5, 13).toUpperCase()")],
        messages: &["STATE_HASH"],
        rule: "STATE_HASH-3",
        shown: Shown {
            case: "state-hash/recorded-150",
            check: "decode",
            field: Some(("hash", 5)),
            expected: r#"hash = "0123456789abcdef""#,
            got: r#"hash = "0123456789ABCDEF""#,
            hint: Some("the right digits, but in upper case"),
        },
    },
    Fault {
        name: "keepalive_refused",
        edits: &[(HEADER_CHECK, r#"  if (size < Math.max(header, 2)) refuse("truncated","#)],
        // WIRE-1 says that one byte can be a datagram.
        messages: &["KEEPALIVE", "WIRE"],
        rule: "KEEPALIVE-1",
        shown: Shown {
            case: "keepalive/basic",
            check: "decode",
            field: None,
            expected: r#"{"type":"keepalive","fields":{}}"#,
            got: "a refusal: truncated: keepalive: 1 bytes",
            hint: None,
        },
    },
    Fault {
        name: "unknown_type_is_a_keepalive",
        edits: &[(
            "LAYOUT_OF_TYPE.get(bytes[0]);",
            "LAYOUT_OF_TYPE.get(bytes[0]) ?? LAYOUT_OF_TYPE.get(0x04);",
        )],
        messages: &["WIRE"],
        rule: "WIRE-2",
        shown: Shown {
            case: "unknown-type/type-alone-08",
            check: "decode",
            field: Some(("type", 0)),
            expected: "a refusal: unknown_type at byte 0",
            got: r#"accepted as {"type":"keepalive","fields":{}}"#,
            hint: None,
        },
    },
    Fault {
        name: "response_count_of_one_byte",
        edits: &[("read: (bytes) => u16At(bytes, 3) }", "read: (bytes) => bytes[4] }")],
        messages: &["INPUT_RESPONSE"],
        rule: "INPUT_RESPONSE-3",
        shown: Shown {
            case: "input-response/count-256",
            check: "decode",
            field: Some(("count", 3)),
            expected: r#"{"type":"input_response","fields":{"player":1,"#,
            got: "a refusal: trailing: input_response: 1285 bytes",
            hint: Some("the case is about `count`"),
        },
    },
];
