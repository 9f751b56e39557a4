//! Faults of what is read and written: numbers, texts and lists that come out otherwise.

use super::{Fault, PACK_HASH, Shown};

pub(super) static CONTENTS: &[Fault] = &[
    Fault {
        name: "state_hash_frame_little_endian",
        edits: &[(
            "frame: u32At(bytes, 1), hash:",
            "frame: u32At(bytes.slice(1, 5).reverse(), 0), hash:",
        )],
        messages: &["STATE_HASH"],
        rule: "STATE_HASH-2",
        shown: Shown {
            case: "state-hash/recorded-150",
            check: "decode",
            field: Some(("frame", 1)),
            expected: "frame = 150",
            got: "frame = 2516582400",
            hint: Some("the same bytes read little-endian; the case is about STATE_HASH-3"),
        },
    },
    Fault {
        name: "state_hash_written_as_characters",
        edits: &[
            (
                "let length = layout.header;",
                "let length = layout.header + (layout.type === 0x07 ? 8 : 0);",
            ),
            (
                PACK_HASH,
                r#"const hash = hexText(message.hash, "hash", 16);
                for (let i = 0; i < 16; i++) bytes[5 + i] = hash.charCodeAt(i);"#,
            ),
        ],
        messages: &["STATE_HASH"],
        rule: "STATE_HASH-3",
        shown: Shown {
            case: "state-hash/recorded-150",
            check: "encode",
            field: Some(("hash", 5)),
            expected: "07 00000096 0123456789abcdef",
            got: "07 00000096 3031323334353637 3839616263646566",
            hint: Some("the digits written as ASCII characters instead of packed into bytes"),
        },
    },
    Fault {
        name: "sixteen_entries_cut_to_fifteen",
        edits: &[(
            "let length = layout.header;",
            r#"if (message.type === "input" && Array.isArray(message.entries)) {
                message = { ...message, entries: message.entries.slice(0, 15) };
            }
            let length = layout.header;"#,
        )],
        messages: &["INPUT"],
        rule: "INPUT-11",
        shown: Shown {
            case: "input/encode-16-entries",
            check: "encode",
            field: Some(("entries", 7)),
            expected: "a refusal: count in entries: expected 1 to 15 entries, found 16 (INPUT-11)",
            got: "01 0001 00000064 0f 00 0000006400",
            hint: Some("16 entries were given, 15 written"),
        },
    },
    Fault {
        name: "focus_one_is_not_focused",
        edits: &[("focused: focused === 1", "focused: focused === true")],
        messages: &["FOCUS_STATE"],
        rule: "FOCUS_STATE-2",
        shown: Shown {
            case: "focus-state/recorded-shown",
            check: "decode",
            field: Some(("focused", 1)),
            expected: "focused = true",
            got: "focused = false",
            hint: Some("the byte is 1, which is true"),
        },
    },
    Fault {
        name: "pong_timestamp_little_endian",
        edits: &[(
            "timestamp: u64At(bytes, 1) }",
            r#"timestamp: name === "pong" ? u64At(bytes.slice(1).reverse(), 0) : u64At(bytes, 1) }"#,
        )],
        messages: &["PONG"],
        rule: "PONG-2",
        shown: Shown {
            case: "pong/recorded-1234-5",
            check: "decode",
            field: Some(("timestamp", 1)),
            expected: r#"timestamp = "40934a0000000000""#,
            got: r#"timestamp = "00000000004a9340""#,
            hint: Some("the same bytes read little-endian"),
        },
    },
    Fault {
        name: "frame_read_as_signed",
        edits: &[("frame: u32At(bytes, 1), episode", "frame: u32At(bytes, 1) | 0, episode")],
        messages: &["EPISODE_END"],
        rule: "EPISODE_END-2",
        shown: Shown {
            case: "episode-end/frame-2-31",
            check: "decode",
            field: Some(("frame", 1)),
            expected: "frame = 2147483648",
            got: "frame = -2147483648",
            hint: Some("the same bytes read as a signed integer"),
        },
    },
    Fault {
        name: "last_entry_dropped",
        edits: &[("at < bytes.length; at", "at < bytes.length - ENTRY_SIZE; at")],
        messages: &["INPUT", "INPUT_RESPONSE"],
        rule: "INPUT-10",
        shown: Shown {
            case: "input-response/basic",
            check: "decode",
            field: Some(("entries.length", 3)),
            expected: "entries.length = 2",
            got: "entries.length = 1",
            hint: Some("1 entry is missing; the case is about INPUT_RESPONSE-1"),
        },
    },
    Fault {
        name: "entries_sorted_by_frame",
        edits: &[(
            "action: bytes[at + 4] });\n  }\n  return entries;",
            "action: bytes[at + 4] });\n  }\n  return entries.sort((a, b) => a.frame - b.frame);",
        )],
        messages: &["INPUT", "INPUT_RESPONSE"],
        rule: "INPUT-10",
        shown: Shown {
            case: "input/order-newest-first",
            check: "decode",
            field: Some(("entries[0].frame", 9)),
            expected: "entries[0].frame = 102",
            got: "entries[0].frame = 100",
            hint: Some("the same entries in another order"),
        },
    },
    Fault {
        name: "episode_ready_hash_packed",
        edits: &[(
            "for (let i = 0; i < 8; i++) bytes[5 + i] = hash.charCodeAt(i);",
            "putU32(bytes, 5, Number.parseInt(hash, 16));",
        )],
        messages: &["EPISODE_READY"],
        rule: "EPISODE_READY-3",
        shown: Shown {
            case: "episode-ready/recorded-a1b2c3d4",
            check: "encode",
            field: Some(("hash", 5)),
            expected: "06 00000001 6131623263336434",
            got: "06 00000001 a1b2c3d400000000",
            hint: Some("the digits packed into bytes instead of written as ASCII characters"),
        },
    },
    Fault {
        name: "leading_zeros_lost",
        edits: &[("hexAt(bytes, 5, 13)", "u64At(bytes, 5).toString(16)")],
        messages: &["STATE_HASH"],
        rule: "STATE_HASH-3",
        shown: Shown {
            case: "state-hash/recorded-150",
            check: "decode",
            field: Some(("hash", 5)),
            expected: r#"hash = "0123456789abcdef""#,
            got: r#"hash = "123456789abcdef""#,
            hint: Some("leading zeros are lost"),
        },
    },
    Fault {
        name: "hash_through_a_number",
        edits: &[(
            "hexAt(bytes, 5, 13)",
            r#"BigInt.asUintN(64, BigInt(Number(u64At(bytes, 5)))).toString(16).padStart(16, "0")"#,
        )],
        messages: &["STATE_HASH"],
        rule: "STATE_HASH-3",
        shown: Shown {
            case: "state-hash/recorded-150",
            check: "decode",
            field: Some(("hash", 5)),
            expected: r#"hash = "0123456789abcdef""#,
            got: r#"hash = "0123456789abcdf0""#,
            hint: None,
        },
    },
    Fault {
        name: "minus_zero_through_a_number",
        edits: &[(
            "timestamp: u64At(bytes, 1) }",
            "timestamp: timestampFromMs(timestampToMs(u64At(bytes, 1)) + 0) }",
        )],
        messages: &["PING", "PONG", "VALIDATION_PING", "VALIDATION_PONG"],
        rule: "PING-2",
        shown: Shown {
            case: "ping/minus-zero",
            check: "decode",
            field: Some(("timestamp", 1)),
            expected: r#"timestamp = "8000000000000000""#,
            got: r#"timestamp = "0000000000000000""#,
            hint: Some("the sign of zero is lost"),
        },
    },
    Fault {
        name: "start_and_end_swapped",
        edits: &[(
            "putU32(bytes, 1, u32(message.start, \"start\"));\n      putU32(bytes, 5, u32(message.end, \"end\"));",
            "putU32(bytes, 5, u32(message.start, \"start\"));\n      putU32(bytes, 1, u32(message.end, \"end\"));",
        )],
        messages: &["INPUT_REQUEST"],
        rule: "INPUT_REQUEST-2",
        shown: Shown {
            case: "input-request/recorded-440-to-449",
            check: "encode",
            field: Some(("start", 1)),
            expected: "12 000001b8 000001c1",
            got: "12 000001c1 000001b8",
            hint: Some("`start` and `end` are swapped; the case is about INPUT_REQUEST-3"),
        },
    },
];
