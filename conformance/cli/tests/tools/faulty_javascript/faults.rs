//! The faults: what is changed in the JavaScript implementation, and what the report says about it.

/// A mistake, and what the report must say about it.
pub(super) struct Fault {
    pub(super) name: &'static str,
    /// What is replaced by what, each exactly once.
    pub(super) edits: &'static [(&'static str, &'static str)],
    /// The messages that it breaks: no other message's rules may fail.
    pub(super) messages: &'static [&'static str],
    /// The rule that it breaks: the first failure names it, and it is among those that fail.
    pub(super) rule: &'static str,
    /// One failure in full: case, check and what is said about it.
    pub(super) shown: Shown,
}

pub(super) struct Shown {
    pub(super) case: &'static str,
    pub(super) check: &'static str,
    /// The field, and where it is.
    pub(super) field: Option<(&'static str, usize)>,
    pub(super) expected: &'static str,
    pub(super) got: &'static str,
    pub(super) hint: Option<&'static str>,
}

/// Where STATE_HASH is written.
const PACK_HASH: &str = r#"view.setBigUint64(5, BigInt(`0x${hexText(message, "hash", 16)}`));"#;
const HEADER_CHECK: &str = r#"  if (size < header) refuse("truncated","#;
const TRAILING_CHECK: &str = r#"  if (size > length) refuse("trailing","#;
const READ_ALL: &str = "...layout.read(view) }";
const READ_LENGTH: &str = "...layout.read(new DataView(view.buffer, view.byteOffset, length)) }";
const ANY: &[&str] = &[];

pub(super) static FAULTS: &[Fault] = &[
    Fault {
        name: "state_hash_frame_little_endian",
        edits: &[(
            "frame: view.getUint32(1),\n      hash:",
            "frame: view.getUint32(1, true),\n      hash:",
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
                r#"const hash = hexText(message, "hash", 16);
                for (let i = 0; i < 16; i++) view.setUint8(5 + i, hash.charCodeAt(i));"#,
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
            "timestamp: view.getBigUint64(1) }",
            r#"timestamp: view.getBigUint64(1, name === "pong") }"#,
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
        name: "action_256_wrapped",
        edits: &[(
            r#"view.setUint8(at + 4, u8(entry, "action"))"#,
            r#"view.setUint8(at + 4, uint(entry, "action", Infinity))"#,
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
            "view.setUint32(1, u32(message, \"frame\"));\n      view.setBigUint64",
            "view.setUint32(1, uint(message, \"frame\", Infinity));\n      view.setBigUint64",
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
                view.setUint8(5 + i, Number.parseInt(pair, 16));
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
        name: "frame_read_as_signed",
        edits: &[("({ frame: view.getUint32(1), episode", "({ frame: view.getInt32(1), episode")],
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
        name: "reserved_byte_checked",
        edits: &[(
            "entries: readEntries(view, 9), // byte 8",
            r#"entries: view.getUint8(8) === 0
                ? readEntries(view, 9) : refuse("value", "reserved is not 0"), //"#,
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
        name: "last_entry_dropped",
        edits: &[("at < view.byteLength; at", "at < view.byteLength - ENTRY_SIZE; at")],
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
            "view.getUint8(at + 4) });\n  }\n  return entries;",
            "view.getUint8(at + 4) });\n  }\n  return entries.sort((a, b) => a.frame - b.frame);",
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
        name: "episode_ready_hash_packed",
        edits: &[(
            "for (let i = 0; i < 8; i++) view.setUint8(5 + i, hash.charCodeAt(i));",
            "view.setUint32(5, Number.parseInt(hash, 16));",
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
        name: "upper_case_digits_decoded",
        edits: &[("getBigUint64(5).toString(16)", "getBigUint64(5).toString(16).toUpperCase()")],
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
        name: "leading_zeros_lost",
        edits: &[(
            r#"getBigUint64(5).toString(16).padStart(16, "0")"#,
            "getBigUint64(5).toString(16)",
        )],
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
            "hash: view.getBigUint64(5).toString(16)",
            "hash: BigInt.asUintN(64, BigInt(Number(view.getBigUint64(5)))).toString(16)",
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
            "timestamp: view.getBigUint64(1) }",
            "timestamp: timestampFromMs(view.getFloat64(1) + 0) }",
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
            "view.setUint32(1, u32(message, \"start\"));\n      view.setUint32(5, u32(message, \"end\"));",
            "view.setUint32(5, u32(message, \"start\"));\n      view.setUint32(1, u32(message, \"end\"));",
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
            "LAYOUT_OF_TYPE.get(view.getUint8(0));",
            "LAYOUT_OF_TYPE.get(view.getUint8(0)) ?? LAYOUT_OF_TYPE.get(0x04);",
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
        edits: &[("read: (view) => view.getUint16(3) }", "read: (view) => view.getUint8(4) }")],
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
