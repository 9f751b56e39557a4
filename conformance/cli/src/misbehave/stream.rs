//! Adapters that write what is no answer, at one case.

use std::{
    io::{self, Write},
    time::Duration,
};

use serde_json::json;

use super::{
    Misbehaviour, TIMEOUT, at_one,
    stage::{Asked, Stage, flood},
};

type Row = (&'static str, &'static str, super::Deed, [&'static str; 3]);

const CASE: &str = "ERROR  ping/infinity · decode";

/// Each costs one check and no other: exit 1.
static AT_ONE: [Row; 21] = [
    (
        "logs-to-standard-output",
        "writes a log line where answers belong",
        |stage, it| {
            stage.write(b"decoding a PING\n")?;
            stage.answer(&it.right)
        },
        [CASE, "· garbage", "is not JSON: `decoding a PING`"],
    ),
    (
        "prints-a-traceback",
        "writes a traceback in place of the answer",
        |stage, _| stage.write(b"Traceback (most recent call last):\n  File \"game.py\"\n"),
        [CASE, "· garbage", "is not JSON: `Traceback"],
    ),
    (
        "bytes-that-are-no-text",
        "writes an answer that is not UTF-8",
        |stage, it| stage.write(&[it.text("\"ok\":").as_bytes(), b"\xff\n"].concat()),
        [CASE, "· garbage", "is not JSON"],
    ),
    (
        "half-a-line",
        "begins an answer and says no more",
        |stage, it| {
            stage.write(it.text("").trim_end().as_bytes())?;
            stage.hang()
        },
        [CASE, "· timeout", "no answer within 1s, only half a line"],
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
        [CASE, "· timeout", "no answer within 1s"],
    ),
    (
        "endless-answers",
        "writes ten gibibytes of the same answer",
        |_, it| flood(&mut io::stdout().lock(), format!("{}\n", it.right).as_bytes()),
        [CASE, "· garbage", "more than once"],
    ),
    (
        "answers-twice",
        "answers one request twice",
        |stage, it| {
            stage.answer(&it.right)?;
            stage.answer(&it.right)
        },
        [CASE, "· garbage", "more than once"],
    ),
    (
        "wrong-id",
        "answers with an id that was never sent",
        |stage, it| stage.answer(&it.but(&["id"], json!(1_000_000))),
        [CASE, "· garbage", "answers no request"],
    ),
    (
        "text-as-an-id",
        "answers with its id as text",
        |stage, it| stage.answer(&it.but(&["id"], json!(it.request["id"].to_string()))),
        [CASE, "· garbage", "answers no request"],
    ),
    (
        "no-id",
        "answers without an id",
        |stage, _| stage.write(b"{\"ok\":{}}\n"),
        [CASE, "· garbage", "answers no request"],
    ),
    (
        "answers-unasked",
        "answers what comes next as well",
        |stage, it| {
            stage.answer(&it.right)?;
            stage.answer(&it.but(&["id"], json!(500_000)))
        },
        [CASE, "· garbage", "answers no request"],
    ),
    (
        "accepts-and-refuses",
        "answers `ok` and `reject` at once",
        |stage, it| stage.answer(&it.but(&["reject"], json!({}))),
        [CASE, "· malformed", "has `ok` and `reject`; it must have exactly one"],
    ),
    (
        "null",
        "answers `ok` with null",
        |stage, it| stage.answer(&it.but(&["ok"], json!(null))),
        [CASE, "· malformed", "`ok` of the answer is not an object"],
    ),
    (
        "none-of-four",
        "answers with an id alone",
        |stage, it| stage.write(it.text("\"result\":{}}").as_bytes()),
        [CASE, "· malformed", "the answer has none of `ok`"],
    ),
    (
        "nan",
        "writes NaN, which is no JSON",
        |stage, it| {
            stage.write(it.text(r#""ok":{"type":"ping","fields":{"timestamp":NaN}}}"#).as_bytes())
        },
        [CASE, "· garbage", "is not JSON"],
    ),
    (
        "huge-number",
        "writes a number that no double holds",
        |stage, it| {
            stage.write(it.text(r#""ok":{"type":"ping","fields":{"timestamp":1e999}}}"#).as_bytes())
        },
        [CASE, "· malformed", "number out of range"],
    ),
    (
        "deep",
        "answers with a hundred thousand levels",
        deep,
        [CASE, "· malformed", "recursion limit exceeded"],
    ),
    (
        "decodes-into-megabytes",
        "answers with four megabytes of members",
        megabytes,
        ["FAIL  ping/infinity · decode", "· wrong_value", "accepted as"],
    ),
    (
        "decimal-timestamp",
        "writes its timestamp as a decimal number",
        |stage, it| stage.answer(&it.but(&["ok", "fields", "timestamp"], json!(1.5))),
        ["FAIL  ping/infinity · decode", "· wrong_value", "timestamp = 1.5"],
    ),
    (
        "breaks",
        "answers that it broke",
        |stage, it| {
            stage.answer(
                &it.answer("error", &json!({"message": "TypeError: timestamp is undefined"})),
            )
        },
        [CASE, "· adapter_error", "TypeError: timestamp is undefined"],
    ),
];

pub(super) fn rows() -> Vec<Misbehaviour> {
    let each = AT_ONE
        .iter()
        .map(|(name, does, deed, says)| Misbehaviour::new(name, does, at_one, *deed).is(1, says));
    let others = [
        Misbehaviour::new(
            "answers-too-late",
            "answers one case after its time",
            at_one,
            |stage, it| {
                stage.sleep(2 * TIMEOUT)?;
                stage.answer(&it.right)
            },
        )
        .is(1, &["ERROR  ping/infinity · decode", "· timeout", " 0 failed, 0 weak, 1 error"]),
        Misbehaviour::new(
            "half-a-byte",
            "encodes into an odd number of digits",
            |it| it.is("encode") && it.request["fields"]["timestamp"] == "7ff0000000000000",
            |stage, it| stage.answer(&it.but(&["ok", "hex"], json!("027ff"))),
        )
        .is(
            1,
            &["ERROR  ping/infinity · encode", "· malformed", "`ok.hex` of the answer is not hex"],
        ),
        Misbehaviour::new(
            "floods-standard-error",
            "writes ten gibibytes to standard error, between right answers",
            |it| (1..=320).contains(&it.before),
            |stage, it| {
                super::stage::write_times(&mut io::stderr().lock(), b"x", 32 << 20)?;
                stage.answer(&it.right)
            },
        )
        .within(Duration::from_secs(60))
        .with(&["--timeout", "10s"])
        .is(0, &[" 0 failed, 0 weak"]),
    ];
    each.chain(others).collect()
}

fn deep(stage: &mut Stage, asked: &Asked) -> io::Result<()> {
    let levels = 100_000;
    let (open, close) = ("[".repeat(levels), "]".repeat(levels));
    let text = format!("\"ok\":{{\"type\":\"ping\",\"fields\":{{\"timestamp\":{open}{close}}}}}}}");
    stage.write(asked.text(&text).as_bytes())
}

/// A line that is short enough, of what would be a tree of two hundred megabytes.
fn megabytes(stage: &mut Stage, asked: &Asked) -> io::Result<()> {
    let mut line =
        asked.text("\"ok\":{\"type\":\"ping\",\"fields\":{\"timestamp\":[0").trim_end().to_owned();
    line += &",0".repeat(2_000_000);
    line += "]}}}\n";
    stage.write(line.as_bytes())?;
    io::stdout().lock().flush()
}
