//! Adapters that do not get through the handshake.

use std::io::{self, Write};

use serde_json::json;

use super::{
    adapter_process::{AdapterProcess, Request, flood},
    conditions::{after_hello, at_hello, at_one_case},
    misbehaviour::{Action, Misbehaviour, STARTUP},
};

/// A name, what the adapter does, the action, and the text that the report must contain.
type AtHello = (&'static str, &'static str, Action, &'static str);

/// Each ends the run before the first case: exit code 3.
static AT_HELLO: [AtHello; 25] = [
    (
        "silent",
        "writes nothing",
        |adapter, _| adapter.hang(),
        "the adapter did not answer hello within 5s",
    ),
    (
        "starts-too-slowly",
        "answers hello after six seconds",
        too_slow,
        "did not answer hello within 5s",
    ),
    (
        "exits-at-once",
        "exits with code 0",
        |_, _| std::process::exit(0),
        "the adapter exited with code 0 before it answered hello",
    ),
    (
        "cannot-load",
        "writes the reason to standard error and exits with code 3",
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
        "writes a greeting to standard output",
        |adapter, _| adapter.write(b"Hello, world\n"),
        "before it answered hello: a line on standard output is not JSON: `Hello, world`",
    ),
    (
        "echoes",
        "sends back what it reads",
        |adapter, request| adapter.answer(&request.json),
        "the adapter sends its requests back instead of answering them",
    ),
    (
        "another-protocol",
        "speaks version 2 of the adapter protocol",
        |adapter, request| {
            adapter.answer(&request.right_answer_with(&["ok", "protocol"], json!(2)))
        },
        "`protocol` in the answer to hello is 2; expected 1",
    ),
    (
        "another-nonce",
        "answers hello with a nonce of its own",
        |adapter, request| {
            adapter.answer(&request.right_answer_with(&["ok", "nonce"], json!("0000000000000000")))
        },
        "`nonce` in the answer to hello is",
    ),
    (
        "another-id-in-hello",
        "answers hello with the id 99",
        |adapter, request| adapter.answer(&request.right_answer_with(&["id"], json!(99))),
        "the first answer has id 99; expected 0, the id of hello",
    ),
    (
        "nobody",
        "answers hello without the name of the implementation",
        |adapter, request| adapter.answer(&request.right_answer_with(&["ok", "impl"], json!(null))),
        "`impl` in the answer to hello is null; expected an object",
    ),
    (
        "unknown-capability",
        "declares a capability that does not exist",
        |adapter, request| {
            adapter.answer(&request.right_answer_with(&["ok", "capabilities"], json!(["decoed"])))
        },
        "unknown capability `decoed` in the answer to hello",
    ),
    (
        "half-a-capability",
        "declares the capability `detect` without `exchange`",
        |adapter, request| {
            adapter.answer(&request.right_answer_with(&["ok", "capabilities"], json!(["detect"])))
        },
        "capability `detect` in the answer to hello needs `exchange`",
    ),
    (
        "endless-window",
        "declares a window of 1e999",
        |adapter, request| {
            adapter.write(request.raw_answer(r#""ok":{"protocol":1,"window":1e999}}"#).as_bytes())
        },
        "in the answer to hello: `ok` of the answer cannot be read",
    ),
    (
        "revision-8",
        "declares a revision that does not exist",
        |adapter, request| {
            adapter.answer(&request.right_answer_with(&["ok", "revision"], json!(8)))
        },
        "`revision` in the answer to hello is 8; expected a whole number from 1 to 7",
    ),
    (
        "refuses-hello",
        "answers hello with an error",
        |adapter, request| {
            adapter.answer(&request.answer("error", &json!({"message": "not today"})))
        },
        "the adapter answered hello with `error: not today`; it must answer `ok`",
    ),
    (
        "two-answers-in-one",
        "answers hello with both `ok` and `reject`",
        |adapter, request| adapter.answer(&request.right_answer_with(&["reject"], json!({}))),
        "in the answer to hello: the answer has `ok` and `reject`; it must have exactly one",
    ),
    (
        "null-in-hello",
        "answers hello with null as `ok`",
        |adapter, request| adapter.answer(&request.right_answer_with(&["ok"], json!(null))),
        "in the answer to hello: `ok` of the answer is not an object",
    ),
    (
        "nan-in-hello",
        "writes NaN, which is not JSON",
        |adapter, request| adapter.write(request.raw_answer(r#""ok":{"window":NaN}}"#).as_bytes()),
        "a line on standard output is not JSON",
    ),
    (
        "not-utf-8",
        "writes bytes that are not UTF-8",
        |adapter, _| adapter.write(b"\xff{}\n"),
        "a line on standard output is not UTF-8",
    ),
    (
        "deep-in-hello",
        "answers with a hundred thousand levels of nesting",
        deep,
        "in the answer to hello: `ok` of the answer cannot be read",
    ),
    (
        "half-a-line-in-hello",
        "writes the beginning of an answer and stops",
        |adapter, _| {
            adapter.write(b"{\"id\":")?;
            adapter.hang()
        },
        "the adapter did not answer hello within 5s",
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
        "the adapter did not answer hello within 5s",
    ),
    (
        "floods-and-says-nothing",
        "writes ten gibibytes to standard error, and no answer",
        |_, _| flood(&mut io::stderr().lock(), b"x"),
        "the adapter did not answer hello within 5s",
    ),
];

pub(super) fn misbehaviours() -> Vec<Misbehaviour> {
    // `expect` takes a list of texts, and each row has one.
    let early = AT_HELLO.iter().map(|(name, does, action, says)| {
        Misbehaviour::new(name, does, at_hello, *action)
            .expect(3, std::slice::from_ref(says))
            .with_limit(STARTUP)
    });
    let later = [
        Misbehaviour::new(
            "gone-after-hello",
            "answers hello and exits with code 0",
            after_hello,
            |_, _| std::process::exit(0),
        )
        .expect(3, &["incomplete: the honesty probe", "the adapter exited with code 0"]),
        Misbehaviour::new(
            "does-not-come-back",
            "aborts at one case, and then at every restart",
            |request| at_one_case(request) || request.is("hello") && request.is_restarted(),
            |_, _| std::process::abort(),
        )
        .expect(3, &["the adapter did not come back after a fault", "signal 6 (SIGABRT)"]),
        Misbehaviour::new(
            "comes-back-as-another",
            "aborts at one case, and answers hello differently after the restart",
            |request| at_one_case(request) || request.is("hello") && request.is_restarted(),
            |adapter, request| match request.is("hello") {
                true => adapter.answer(&request.right_answer_with(&["ok", "window"], json!(7))),
                false => std::process::abort(),
            },
        )
        .expect(3, &["after a restart the answer to hello differs from the first one"]),
        Misbehaviour::new(
            "declares-nothing",
            "declares no capability",
            at_hello,
            |adapter, request| {
                adapter.answer(&request.right_answer_with(&["ok", "capabilities"], json!([])))
            },
        )
        .expect(4, &["nothing ran", "the adapter declares none of the capabilities"]),
        Misbehaviour::new(
            "speaks-revision-1",
            "declares revision 1, to which none of the selected cases apply",
            at_hello,
            |adapter, request| {
                adapter.answer(&request.right_answer_with(&["ok", "revision"], json!(1)))
            },
        )
        .with_arguments(&["--filter", "!p?ng/*"])
        .expect(4, &["nothing ran", "no case applies to this revision"]),
    ];
    early.chain(later).collect()
}

fn too_slow(adapter: &mut AdapterProcess, request: &Request) -> io::Result<()> {
    adapter.sleep(3 * STARTUP)?;
    adapter.answer(&request.right_answer)
}

fn cannot_load(_: &mut AdapterProcess, _: &Request) -> io::Result<()> {
    writeln!(io::stderr(), "no module named game")?;
    std::process::exit(3)
}

fn deep(adapter: &mut AdapterProcess, request: &Request) -> io::Result<()> {
    let levels = 100_000;
    let (open, close) = ("[".repeat(levels), "]".repeat(levels));
    adapter
        .write(request.raw_answer(&format!("\"ok\":{{\"protocol\":{open}{close}}}}}")).as_bytes())
}
