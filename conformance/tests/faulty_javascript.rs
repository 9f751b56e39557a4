//! Mistakes that ports make, planted one at a time in a copy of the JavaScript implementation: the kit
//! finds each of them, blames the right rule, and says where and what in words that end the hunt.

mod tools;

use std::{collections::BTreeSet, fs, process::ExitCode};

use libtest_mimic::{Failed, Trial};
use rollwire_conformance::{
    event::{CheckEvent, Detail, Event},
    verdict::Verdict,
};

use self::tools::{Finished, NODE, Outcome, adapters, ensure, fail, rollwire, trial};

/// A mistake, and what the report must say about it.
struct Fault {
    name: &'static str,
    /// What is replaced by what, each exactly once.
    edits: &'static [(&'static str, &'static str)],
    /// The messages that it breaks: no other message's rules may fail.
    messages: &'static [&'static str],
    /// The rule that it breaks: the first failure names it, and it is among those that fail.
    rule: &'static str,
    /// One failure in full: case, check and what is said about it.
    shown: Shown,
}

struct Shown {
    case: &'static str,
    check: &'static str,
    /// The field, and where it is.
    field: Option<(&'static str, usize)>,
    expected: &'static str,
    got: &'static str,
    hint: Option<&'static str>,
}

/// Where STATE_HASH is written.
const PACK_HASH: &str = r#"view.setBigUint64(5, BigInt(`0x${hexText(message, "hash", 16)}`));"#;
const HEADER_CHECK: &str = r#"  if (size < header) refuse("truncated","#;
const TRAILING_CHECK: &str = r#"  if (size > length) refuse("trailing","#;
const READ_ALL: &str = "...layout.read(view) }";
const READ_LENGTH: &str = "...layout.read(new DataView(view.buffer, view.byteOffset, length)) }";
const ANY: &[&str] = &[];

static FAULTS: &[Fault] = &[
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
            hint: Some("the same bytes read little-endian; STATE_HASH-2 describes `frame`"),
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
            hint: Some("the surplus bytes were ignored"),
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
            hint: Some(
                "the byte is 1; the two values are swapped, or it is compared with something else",
            ),
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
            hint: Some("wrapped: 256 mod 2^8 = 0"),
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
            hint: Some("wrapped: 4294967296 mod 2^32 = 0"),
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
        rule: "INPUT_RESPONSE-4",
        shown: Shown {
            case: "input-response/basic",
            check: "decode",
            field: Some(("entries.length", 3)),
            expected: "entries.length = 2",
            got: "entries.length = 1",
            hint: Some("the last entry is lost; INPUT_RESPONSE-4 describes `entries.length`"),
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
            hint: Some("the surplus bytes were ignored"),
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
            hint: Some("the missing bytes were made up"),
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
            hint: Some("rounded to 53 bits, as in a floating-point number"),
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
            hint: Some("the sign of zero is lost, as in a sum or a decimal number"),
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
            hint: Some("`start` and `end` are swapped; INPUT_REQUEST-2 describes `start`"),
        },
    },
    Fault {
        name: "keepalive_refused",
        edits: &[(HEADER_CHECK, r#"  if (size < Math.max(header, 2)) refuse("truncated","#)],
        // WIRE-1 says that one byte can be a datagram.
        messages: &["KEEPALIVE", "WIRE"],
        rule: "WIRE-1",
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

fn main() -> ExitCode {
    let mut trials: Vec<Trial> =
        FAULTS.iter().map(|fault| trial(fault.name, &[&NODE], || fault.is_explained())).collect();
    trials.push(trial("fresh_cases_alone_find_a_fault", &[&NODE], || {
        FAULTS[0].run(&["--filter", "fresh/*"])?.0.exits(1).map(drop)
    }));
    trials.push(Trial::test("an_edit_must_fit_exactly_once", || {
        let edited = |pattern| edit("one two one", &[(pattern, "three")]).ok();
        ensure(edited("two").as_deref() == Some("one three one"), || "two".to_owned())?;
        ensure(edited("one").is_none(), || "twice".to_owned())?;
        ensure(edited("four").is_none(), || "never".to_owned())?;
        ensure(edit("one", &[("one", "one")]).is_err(), || "changes nothing".to_owned())
    }));
    tools::run_all(trials)
}

impl Fault {
    /// Plants the fault and runs `rollwire check`: what it printed, and its failures.
    fn run(&self, arguments: &[&str]) -> Result<(Finished, Vec<CheckEvent>), Failed> {
        let folder = tempfile::tempdir()?;
        let healthy = adapters().join("javascript");
        let source = fs::read_to_string(healthy.join("rollwire.mjs"))?;
        fs::write(folder.path().join("rollwire.mjs"), edit(&source, self.edits)?)?;
        fs::copy(healthy.join("adapter.mjs"), folder.path().join("adapter.mjs"))?;

        let mut command = rollwire(&["check", "--seed", "1"]);
        command.args(["--format", "text", "--output", "-"]);
        command.args(["--format", "jsonl", "--output", "events.jsonl"]);
        command.args(arguments).args(["--", NODE.name, "adapter.mjs"]).current_dir(&folder);
        let run = tools::run(&mut command)?;
        let events = fs::read_to_string(folder.path().join("events.jsonl"))?;
        let mut failures = Vec::new();
        for line in events.lines() {
            if let Event::Check(check) = serde_json::from_str(line)?
                && matches!(check.verdict, Verdict::Fail | Verdict::Error)
            {
                failures.push(*check);
            }
        }
        Ok((run, failures))
    }

    /// The report ends the hunt for this fault.
    fn is_explained(&self) -> Outcome {
        // The published cases suffice, and each of them is about one rule.
        let (run, failures) = self.run(&["--fresh", "0", "--verbose"])?;
        let run = run.exits(1)?;
        let rules: BTreeSet<&str> = failures.iter().map(|it| &*it.rule).collect();
        ensure(rules.contains(self.rule), || format!("{} is not among {rules:?}", self.rule))?;
        if let Some(stranger) = failures.iter().find(|failure| !self.breaks(failure)) {
            return fail(format!("{} · {} fails too", stranger.case, stranger.rule));
        }
        if let Some(first) = failures.first() {
            let hint = detail(first)?.hint.clone().unwrap_or_default();
            let named =
                first.rule == self.rule || hint.contains(&format!("{} describes", self.rule));
            ensure(named, || {
                format!("the first failure is {} · {}: {hint}", first.case, first.rule)
            })?;
        }
        let shown = |it: &&CheckEvent| {
            it.case == self.shown.case && it.check.to_string() == self.shown.check
        };
        let Some(failure) = failures.iter().find(shown) else {
            return fail(format!("{} does not fail:\n{}", self.shown.case, run.stdout));
        };
        self.shown.is_what_the_event_says(detail(failure)?)?;
        self.shown.is_what_the_text_says(&run.stdout)
    }

    /// Whether a failure may be blamed on this fault: by its rule or, where the case is about message
    /// types as such, by the message that it holds.
    fn breaks(&self, failure: &CheckEvent) -> bool {
        let message = failure.rule.rsplit_once('-').map_or("", |(message, _)| message);
        let holds =
            |name: &str| failure.case.contains(&name.to_ascii_lowercase().replace('_', "-"));
        self.messages.is_empty()
            || self.messages.contains(&message)
            || (message == "WIRE" && self.messages.iter().any(|name| holds(name)))
    }
}

impl Shown {
    fn is_what_the_event_says(&self, detail: &Detail) -> Outcome {
        let place = detail.field.as_deref().zip(detail.offset);
        ensure(place == self.field, || format!("field {place:?}, not {:?}", self.field))?;
        let expected = detail.expected.first().cloned().unwrap_or_default();
        ensure(expected.starts_with(self.expected), || format!("expected: {expected}"))?;
        ensure(detail.got.starts_with(self.got), || format!("got: {}", detail.got))?;
        ensure(detail.hint.as_deref() == self.hint, || format!("hint: {:?}", detail.hint))
    }

    fn is_what_the_text_says(&self, text: &str) -> Outcome {
        let title = format!("FAIL  {} · {} · ", self.case, self.check);
        let Some(block) = text.split("\n\n").find(|block| block.starts_with(&title)) else {
            return fail(format!("no `{title}` in\n{text}"));
        };
        let row = |name: &str, value: &str| {
            let row = format!("{name:<10}{value}");
            ensure(block.contains(&row), || format!("no `{row}` in\n{block}"))
        };
        row("expected", self.expected)?;
        row("got", self.got)?;
        let place = self.field.map(|(field, offset)| format!(" {field}, offset {offset}\n"));
        let hint = self.hint.map(|hint| format!("({hint})"));
        for words in place.into_iter().chain(hint) {
            ensure(block.contains(&words), || format!("no `{words}` in\n{block}"))?;
        }
        Ok(())
    }
}

fn detail(failure: &CheckEvent) -> Result<&Detail, Failed> {
    failure.detail.as_ref().ok_or_else(|| format!("{} has no detail", failure.case).into())
}

/// The source with each replacement made, if each fits exactly once and changes something.
fn edit(source: &str, edits: &[(&str, &str)]) -> Result<String, Failed> {
    edits.iter().try_fold(source.to_owned(), |source, (pattern, replacement)| {
        let found = source.matches(pattern).count();
        if found != 1 || pattern == replacement {
            return fail(format!("found {found} times, to be changed once:\n{pattern}"));
        }
        Ok(source.replace(pattern, replacement))
    })
}
