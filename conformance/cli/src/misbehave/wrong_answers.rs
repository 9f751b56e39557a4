//! Adapters that write a wrong or malformed answer at one case.

use std::{
    io::{self, Write},
    time::Duration,
};

use serde_json::json;

use super::{
    adapter_process::{AdapterProcess, Request, flood, write_times},
    conditions::at_one_case,
    misbehaviour::{Action, Misbehaviour, PATIENCE, TIMEOUT},
};

/// A name, what the adapter does, the action, and the texts that the report must contain.
type AtOneCase = (&'static str, &'static str, Action, [&'static str; 3]);

const CASE: &str = "ERROR  ping/infinity · decode";

/// Each makes one check fail, and no other: exit code 1.
static AT_ONE_CASE: [AtOneCase; 24] = [
    (
        "logs-to-standard-output",
        "writes a log line to standard output",
        |adapter, request| {
            adapter.write(b"decoding a PING\n")?;
            adapter.answer(&request.right_answer)
        },
        [CASE, "· garbage", "is not JSON: `decoding a PING`"],
    ),
    (
        "prints-a-traceback",
        "writes a traceback instead of the answer",
        |adapter, _| adapter.write(b"Traceback (most recent call last):\n  File \"game.py\"\n"),
        [CASE, "· garbage", "is not JSON: `Traceback"],
    ),
    (
        "bytes-that-are-no-text",
        "writes an answer that is not UTF-8",
        |adapter, request| {
            adapter.write(&[request.raw_answer("\"ok\":").as_bytes(), b"\xff\n"].concat())
        },
        [CASE, "· garbage", "is not JSON"],
    ),
    (
        "half-a-line",
        "writes the beginning of an answer and stops",
        |adapter, request| {
            adapter.write(request.raw_answer("").trim_end().as_bytes())?;
            adapter.hang()
        },
        [CASE, "· timeout", "no answer within 5s, only part of a line"],
    ),
    (
        "endless-line",
        "writes ten gibibytes without a line end",
        |_, _| flood(&mut io::stdout().lock(), b"x"),
        [CASE, "· garbage", "is longer than 4194304 bytes"],
    ),
    (
        "endless-empty-lines",
        "writes ten gibibytes of line ends",
        |_, _| flood(&mut io::stdout().lock(), b"\n"),
        [CASE, "· timeout", "no answer within 5s"],
    ),
    (
        "endless-answers",
        "writes ten gibibytes of the same answer",
        |_, request| {
            flood(&mut io::stdout().lock(), format!("{}\n", request.right_answer).as_bytes())
        },
        [CASE, "· garbage", "more than once"],
    ),
    (
        "answers-twice",
        "answers one request twice",
        |adapter, request| {
            adapter.answer(&request.right_answer)?;
            adapter.answer(&request.right_answer)
        },
        [CASE, "· garbage", "more than once"],
    ),
    (
        "wrong-id",
        "answers with an id that was never sent",
        |adapter, request| adapter.answer(&request.right_answer_with(&["id"], json!(1_000_000))),
        [CASE, "· garbage", "answers no request"],
    ),
    (
        "text-as-an-id",
        "answers with the id as a string",
        |adapter, request| {
            adapter
                .answer(&request.right_answer_with(&["id"], json!(request.json["id"].to_string())))
        },
        [CASE, "· garbage", "answers no request"],
    ),
    (
        "no-id",
        "answers without an id",
        |adapter, _| adapter.write(b"{\"ok\":{}}\n"),
        [CASE, "· garbage", "answers no request"],
    ),
    (
        "answers-unasked",
        "answers a request that was not sent yet as well",
        |adapter, request| {
            adapter.answer(&request.right_answer)?;
            adapter.answer(&request.right_answer_with(&["id"], json!(500_000)))
        },
        [CASE, "· garbage", "answers no request"],
    ),
    (
        "accepts-and-refuses",
        "answers with both `ok` and `reject`",
        |adapter, request| adapter.answer(&request.right_answer_with(&["reject"], json!({}))),
        [CASE, "· malformed", "has `ok` and `reject`; it must have exactly one"],
    ),
    (
        "null",
        "answers with null as `ok`",
        |adapter, request| adapter.answer(&request.right_answer_with(&["ok"], json!(null))),
        [CASE, "· malformed", "`ok` of the answer is not an object"],
    ),
    (
        "none-of-four",
        "answers with none of the members of an answer",
        |adapter, request| adapter.write(request.raw_answer("\"result\":{}}").as_bytes()),
        [CASE, "· malformed", "the answer has none of `ok`"],
    ),
    (
        "nan",
        "writes NaN, which is not JSON",
        |adapter, request| {
            adapter.write(
                request
                    .raw_answer(r#""ok":{"type":"ping","fields":{"timestamp":NaN}}}"#)
                    .as_bytes(),
            )
        },
        [CASE, "· garbage", "is not JSON"],
    ),
    (
        "almost-an-integer",
        "writes a number that only a double takes for an integer",
        |adapter, request| {
            let number = "5.0000000000000000001";
            let ok =
                format!("\"ok\":{{\"type\":\"ping\",\"fields\":{{\"timestamp\":{number}}}}}}}");
            adapter.write(request.raw_answer(&ok).as_bytes())
        },
        [CASE, "· malformed", "5.0000000000000000001 is not an integer"],
    ),
    (
        "member-twice",
        "writes a member of its answer twice",
        |adapter, request| {
            let ok = "\"ok\":{\"type\":\"ping\",\"type\":\"ping\",\"fields\":{}}}";
            adapter.write(request.raw_answer(ok).as_bytes())
        },
        [CASE, "· malformed", "the member `type` is given more than once"],
    ),
    (
        "byte-order-mark",
        "begins a line with a byte order mark",
        |adapter, request| adapter.write(format!("\u{feff}{}\n", request.right_answer).as_bytes()),
        [CASE, "· garbage", "begins with a byte order mark"],
    ),
    (
        "huge-number",
        "writes a number that is too large for a double",
        |adapter, request| {
            adapter.write(
                request
                    .raw_answer(r#""ok":{"type":"ping","fields":{"timestamp":1e999}}}"#)
                    .as_bytes(),
            )
        },
        [CASE, "· malformed", "number out of range"],
    ),
    (
        "deep",
        "answers with a hundred thousand levels of nesting",
        deep,
        [CASE, "· malformed", "recursion limit exceeded"],
    ),
    (
        "decodes-into-megabytes",
        "answers with an array of four megabytes",
        megabytes,
        ["FAIL  ping/infinity · decode", "· wrong_value", "accepted as"],
    ),
    (
        "decimal-timestamp",
        "writes the timestamp as a decimal number",
        |adapter, request| {
            adapter.answer(&request.right_answer_with(&["ok", "fields", "timestamp"], json!(1.5)))
        },
        ["FAIL  ping/infinity · decode", "· wrong_value", "timestamp = 1.5"],
    ),
    (
        "breaks",
        "answers with `error`",
        |adapter, request| {
            adapter.answer(
                &request.answer("error", &json!({"message": "TypeError: timestamp is undefined"})),
            )
        },
        [CASE, "· adapter_error", "TypeError: timestamp is undefined"],
    ),
];

pub(super) fn misbehaviours() -> Vec<Misbehaviour> {
    let each = AT_ONE_CASE.iter().map(|(name, does, action, says)| {
        Misbehaviour::new(name, does, at_one_case, *action).expect(1, says)
    });
    let others = [
        Misbehaviour::new(
            "answers-late",
            "answers one case after the timeout, whenever it is asked",
            at_one_case,
            |adapter, request| {
                adapter.sleep(2 * TIMEOUT)?;
                adapter.answer(&request.right_answer)
            },
        )
        .expect(0, &["slow machine: 1 answer came late", " 0 failed, 0 weak"]),
        Misbehaviour::new(
            "answers-too-late",
            "answers one case long after the time that a request may take alone",
            at_one_case,
            |adapter, request| {
                adapter.sleep(3 * PATIENCE)?;
                adapter.answer(&request.right_answer)
            },
        )
        .expect(1, &["ERROR  ping/infinity · decode", "· timeout", " 0 failed, 0 weak, 1 error"]),
        Misbehaviour::new(
            "half-a-byte",
            "encodes to an odd number of hex digits",
            |request| {
                request.is("encode") && request.json["fields"]["timestamp"] == "7ff0000000000000"
            },
            |adapter, request| {
                adapter.answer(&request.right_answer_with(&["ok", "hex"], json!("027ff")))
            },
        )
        .expect(
            1,
            &["ERROR  ping/infinity · encode", "· malformed", "`ok.hex` of the answer is not hex"],
        ),
        Misbehaviour::new(
            "floods-standard-error",
            "writes ten gibibytes to standard error, between right answers",
            |request| (1..=320).contains(&request.earlier),
            |adapter, request| {
                write_times(&mut io::stderr().lock(), b"x", 32 << 20)?;
                adapter.answer(&request.right_answer)
            },
        )
        .with_limit(Duration::from_secs(60))
        .with_arguments(&["--timeout", "10s"])
        .expect(0, &[" 0 failed, 0 weak"]),
    ];
    each.chain(others).collect()
}

fn deep(adapter: &mut AdapterProcess, request: &Request) -> io::Result<()> {
    let levels = 100_000;
    let (open, close) = ("[".repeat(levels), "]".repeat(levels));
    let text = format!("\"ok\":{{\"type\":\"ping\",\"fields\":{{\"timestamp\":{open}{close}}}}}}}");
    adapter.write(request.raw_answer(&text).as_bytes())
}

/// A line below the limit of length that would need two hundred megabytes as a tree of values.
fn megabytes(adapter: &mut AdapterProcess, request: &Request) -> io::Result<()> {
    let mut line = request
        .raw_answer("\"ok\":{\"type\":\"ping\",\"fields\":{\"timestamp\":[0")
        .trim_end()
        .to_owned();
    line += &",0".repeat(2_000_000);
    line += "]}}}\n";
    adapter.write(line.as_bytes())?;
    io::stdout().lock().flush()
}
