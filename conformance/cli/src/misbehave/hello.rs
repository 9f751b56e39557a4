//! Adapters that do not get through the handshake.

use std::io::{self, Write};

use serde_json::json;

use super::{
    Misbehaviour, STARTUP, at_hello, at_one, behind_hello,
    stage::{Asked, Stage, flood},
};

type Row = (&'static str, &'static str, super::Deed, &'static str);

/// Each is found out before anything else is asked: exit 3.
static AT_HELLO: [Row; 25] = [
    (
        "silent",
        "says nothing",
        |stage, _| stage.hang(),
        "the adapter did not answer hello within 2s",
    ),
    (
        "starts-too-slowly",
        "answers hello after six seconds",
        too_slow,
        "did not answer hello within 2s",
    ),
    (
        "exits-at-once",
        "ends with code 0",
        |_, _| std::process::exit(0),
        "the adapter exited with code 0 before it answered hello",
    ),
    (
        "cannot-load",
        "says why on standard error and ends with code 3",
        cannot_load,
        "the adapter exited with code 3 before it answered hello (standard error: no module named game)",
    ),
    (
        "aborts-at-start",
        "aborts",
        |_, _| std::process::abort(),
        "the adapter was killed by signal 6 (SIGABRT) before it answered hello",
    ),
    (
        "prints-a-banner",
        "greets on standard output",
        |stage, _| stage.write(b"Hello, world\n"),
        "before it answered hello: a line on standard output is not JSON: `Hello, world`",
    ),
    (
        "echoes",
        "sends back what it reads",
        |stage, it| stage.answer(&it.request),
        "the adapter sends its requests back instead of answering them",
    ),
    (
        "another-protocol",
        "speaks version 2 of the adapter protocol",
        |stage, it| stage.answer(&it.but(&["ok", "protocol"], json!(2))),
        "`protocol` in the answer to hello is 2; expected 1",
    ),
    (
        "another-nonce",
        "answers with a nonce of its own",
        |stage, it| stage.answer(&it.but(&["ok", "nonce"], json!("0000000000000000"))),
        "`nonce` in the answer to hello is",
    ),
    (
        "another-id-in-hello",
        "answers hello with the id 99",
        |stage, it| stage.answer(&it.but(&["id"], json!(99))),
        "the first answer has id 99; expected 0, the id of hello",
    ),
    (
        "nobody",
        "does not say who it is",
        |stage, it| stage.answer(&it.but(&["ok", "impl"], json!(null))),
        "`impl` in the answer to hello is null; expected an object",
    ),
    (
        "unknown-capability",
        "declares what does not exist",
        |stage, it| stage.answer(&it.but(&["ok", "capabilities"], json!(["decoed"]))),
        "unknown capability `decoed` in the answer to hello",
    ),
    (
        "half-a-capability",
        "declares detection without an exchange",
        |stage, it| stage.answer(&it.but(&["ok", "capabilities"], json!(["detect"]))),
        "capability `detect` in the answer to hello needs `exchange`",
    ),
    (
        "endless-window",
        "lets more requests wait than there are",
        |stage, it| stage.write(it.text(r#""ok":{"protocol":1,"window":1e999}}"#).as_bytes()),
        "in the answer to hello: `ok` of the answer cannot be read",
    ),
    (
        "revision-8",
        "speaks a revision that does not exist",
        |stage, it| stage.answer(&it.but(&["ok", "revision"], json!(8))),
        "`revision` in the answer to hello is 8; expected a whole number from 1 to 7",
    ),
    (
        "refuses-hello",
        "answers hello with an error",
        |stage, it| stage.answer(&it.answer("error", &json!({"message": "not today"}))),
        "the adapter answered hello with `error: not today`; it must answer `ok`",
    ),
    (
        "two-answers-in-one",
        "is well and refuses at once",
        |stage, it| stage.answer(&it.but(&["reject"], json!({}))),
        "in the answer to hello: the answer has `ok` and `reject`; it must have exactly one",
    ),
    (
        "null-in-hello",
        "answers `ok` with null",
        |stage, it| stage.answer(&it.but(&["ok"], json!(null))),
        "in the answer to hello: `ok` of the answer is not an object",
    ),
    (
        "nan-in-hello",
        "writes NaN, which is no JSON",
        |stage, it| stage.write(it.text(r#""ok":{"window":NaN}}"#).as_bytes()),
        "a line on standard output is not JSON",
    ),
    (
        "not-utf-8",
        "writes bytes that are no text",
        |stage, _| stage.write(b"\xff\xfe{}\n"),
        "a line on standard output is not UTF-8",
    ),
    (
        "deep-in-hello",
        "answers with a hundred thousand levels",
        deep,
        "in the answer to hello: `ok` of the answer cannot be read",
    ),
    (
        "half-a-line-in-hello",
        "begins an answer and says no more",
        |stage, _| {
            stage.write(b"{\"id\":")?;
            stage.hang()
        },
        "the adapter did not answer hello within 2s",
    ),
    (
        "floods-standard-output",
        "writes ten gibibytes without a line end",
        |_, _| flood(&mut io::stdout().lock(), b"x"),
        "a line on standard output is longer than 4194304 bytes",
    ),
    (
        "floods-with-empty-lines",
        "writes ten gibibytes of line ends",
        |_, _| flood(&mut io::stdout().lock(), b"\n"),
        "the adapter did not answer hello within 2s",
    ),
    (
        "floods-and-says-nothing",
        "writes ten gibibytes to standard error, and no answer",
        |_, _| flood(&mut io::stderr().lock(), b"x"),
        "the adapter did not answer hello within 2s",
    ),
];

pub(super) fn rows() -> Vec<Misbehaviour> {
    // An array of its own for each message, because a row holds a list of them.
    let early = AT_HELLO.iter().map(|(name, does, deed, says)| {
        Misbehaviour::new(name, does, at_hello, *deed)
            .is(3, std::slice::from_ref(says))
            .within(STARTUP)
    });
    let later = [
        Misbehaviour::new("gone-after-hello", "answers hello and ends", behind_hello, |_, _| {
            std::process::exit(0)
        })
        .is(3, &["incomplete: the honesty probe", "the adapter exited with code 0"]),
        Misbehaviour::new(
            "does-not-come-back",
            "aborts at one case, and then at every start",
            |it| at_one(it) || it.is("hello") && it.is_restarted(),
            |_, _| std::process::abort(),
        )
        .is(3, &["the adapter did not come back after a fault", "signal 6 (SIGABRT)"]),
        Misbehaviour::new(
            "comes-back-as-another",
            "aborts at one case, and says something else in hello then",
            |it| at_one(it) || it.is("hello") && it.is_restarted(),
            |stage, it| match it.is("hello") {
                true => stage.answer(&it.but(&["ok", "window"], json!(7))),
                false => std::process::abort(),
            },
        )
        .is(3, &["after a restart the answer to hello differs from the first one"]),
        Misbehaviour::new("declares-nothing", "has no capability", at_hello, |stage, it| {
            stage.answer(&it.but(&["ok", "capabilities"], json!([])))
        })
        .is(4, &["nothing ran", "the adapter declares none of the capabilities"]),
        Misbehaviour::new(
            "speaks-revision-1",
            "has no message of the cases",
            at_hello,
            |stage, it| stage.answer(&it.but(&["ok", "revision"], json!(1))),
        )
        .with(&["--filter", "!p?ng/*"])
        .is(4, &["nothing ran", "no case applies to this revision"]),
    ];
    early.chain(later).collect()
}

fn too_slow(stage: &mut Stage, asked: &Asked) -> io::Result<()> {
    stage.sleep(3 * STARTUP)?;
    stage.answer(&asked.right)
}

fn cannot_load(_: &mut Stage, _: &Asked) -> io::Result<()> {
    writeln!(io::stderr(), "no module named game")?;
    std::process::exit(3)
}

fn deep(stage: &mut Stage, asked: &Asked) -> io::Result<()> {
    let levels = 100_000;
    let (open, close) = ("[".repeat(levels), "]".repeat(levels));
    stage.write(asked.text(&format!("\"ok\":{{\"protocol\":{open}{close}}}}}")).as_bytes())
}
