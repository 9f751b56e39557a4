//! Adapters whose process crashes, hangs, or starts other processes.

use std::{
    io::{self, Write as _},
    time::Duration,
};

use super::{
    adapter_process::{AdapterProcess, Request, write_times},
    companion::{Companion, ignore_signals},
    conditions::{after_hello, always, at_one_case},
    misbehaviour::{Misbehaviour, TIMEOUT},
};

pub(super) fn misbehaviours() -> Vec<Misbehaviour> {
    vec![
        Misbehaviour::new("aborts-at-one", "aborts at one case", at_one_case, |_, _| {
            std::process::abort()
        })
        .expect(
            1,
            &["ERROR  ping/infinity · decode", "· crash", "was killed by signal 6 (SIGABRT)"],
        ),
        Misbehaviour::new(
            "panics",
            "panics at one case, which is a defect of rollwire and exits with code 5",
            at_one_case,
            |_, _| panic!("a planted defect"),
        )
        .expect(
            1,
            &[
                "ERROR  ping/infinity · decode",
                "the adapter exited with code 5",
                "this is a defect of rollwire",
                "a planted defect",
            ],
        ),
        Misbehaviour::new("exits-at-one", "exits with code 1 at one case", at_one_case, |_, _| {
            std::process::exit(1)
        })
        .expect(1, &["ERROR  ping/infinity · decode", "· crash", "the adapter exited with code 1"]),
        Misbehaviour::new(
            "hangs-at-one",
            "stops answering at one case",
            at_one_case,
            |adapter, _| adapter.hang(),
        )
        .expect(1, &["ERROR  ping/infinity · decode", "· timeout", "no answer within 5s"]),
        Misbehaviour::new(
            "hangs-and-ignores-term",
            "stops answering at one case, and ignores SIGTERM",
            |request| request.is("hello") || at_one_case(request),
            |adapter, request| {
                ignore_signals();
                if request.is("hello") {
                    adapter.answer(&request.right_answer)
                } else {
                    adapter.hang()
                }
            },
        )
        .expect(1, &["ERROR  ping/infinity · decode", "· timeout", "no answer within 5s"]),
        Misbehaviour::new(
            "hangs-behind-a-grand-child",
            "starts a process that keeps its pipes open, and aborts at one case",
            |request| request.is("hello") || at_one_case(request),
            |adapter, request| {
                if !request.is("hello") {
                    std::process::abort();
                }
                start_a_process_and_answer(adapter, request)
            },
        )
        .expect(
            1,
            &["ERROR  ping/infinity · decode", "· crash", "was killed by signal 6 (SIGABRT)"],
        ),
        Misbehaviour::new(
            "aborts-in-company",
            "aborts when two requests are waiting at the same time",
            |request| request.more_waiting && after_hello(request),
            |_, _| std::process::abort(),
        )
        .with_arguments(&["--restarts", "1000"])
        .expect(1, &["· unstable", "signal 6 (SIGABRT); asked again alone, it answered"]),
        Misbehaviour::new(
            "aborts-now-and-then",
            "aborts at every thirtieth request",
            |request| request.earlier == 30,
            |_, _| std::process::abort(),
        )
        .with_arguments(&["--restarts", "1000"])
        .expect(1, &["· unstable", "signal 6 (SIGABRT); asked again alone, it answered"]),
        Misbehaviour::new(
            "aborts-at-every-case",
            "aborts at every accepted INPUT_REQUEST, which no canary is about",
            |request| {
                let hex = request.json["hex"].as_str().unwrap_or_default();
                let is_right = request.right_answer.get("ok").is_some();
                request.is("decode") && is_right && hex.starts_with("12")
            },
            |_, _| std::process::abort(),
        )
        .with_arguments(&["--restarts", "4", "--filter", "input-request/*"])
        .expect(3, &["· crash", "the restart budget of 4 is spent; `--restarts` raises it"]),
        Misbehaviour::new(
            "aborts-at-surplus",
            "aborts at every datagram with surplus bytes",
            |request| request.is("decode") && has_surplus(request),
            |_, _| std::process::abort(),
        )
        .expect(
            1,
            &[
                "/trailing-",
                "· crash",
                "not asked, because the like of them breaks the adapter: decode of what is refused as `trailing`: 5 of 5",
                " 5 errors, ",
                " not run",
            ],
        ),
        Misbehaviour::new(
            "hangs-at-surplus-in-one-message",
            "stops answering at every INPUT with surplus bytes",
            |request| request.is("decode") && is_input(request) && has_surplus(request),
            |adapter, _| adapter.hang(),
        )
        .with_limit(Duration::from_secs(30))
        .with_arguments(&["--filter", "{focus-state,input}/*"])
        .expect(
            1,
            &[
                "input/trailing-",
                "· timeout",
                "no answer within 5s",
                "not asked, because the like of them breaks the adapter: decode of input that is refused as `trailing`: 3 of 3",
                " 3 errors, ",
                " not run",
            ],
        ),
        Misbehaviour::new(
            "hangs-in-one-situation",
            "stops answering at every tick at which `send` refuses",
            |request| request.json["do"].to_string().contains("\"refuse\""),
            |adapter, _| adapter.hang(),
        )
        .with_limit(Duration::from_secs(30))
        .with_arguments(&["--filter", "exchange-refusal/*"])
        .expect(1, &["· timeout", "no answer within 5s", "because the like of them breaks the adapter"]),
        Misbehaviour::new(
            "is-late-in-company",
            "answers one case only when it is asked alone",
            |request| at_one_case(request) && request.more_waiting,
            |adapter, _| adapter.hang(),
        )
        .expect(0, &["slow machine: 1 answer came late", " 0 failed"]),
        Misbehaviour::new(
            "panics-in-a-flood",
            "names the cause at the head of a flood on standard error, and aborts at one case",
            at_one_case,
            |_, _| name_and_abort(b"panic: the cause\n"),
        )
        .expect(1, &["ERROR  ping/infinity · decode", "· crash", "panic: the cause"]),
        Misbehaviour::new(
            "does-not-start-with-a-flood",
            "names the cause at the head of a flood on standard error, and aborts at hello",
            |request| request.is("hello"),
            |_, _| name_and_abort(b"SyntaxError: the cause\n"),
        )
        .expect(3, &["before it answered hello (standard error: SyntaxError: the cause)"]),
        Misbehaviour::new(
            "reads-short-lines",
            "exits at a request of more than 64 KiB, where some languages stop reading a line",
            |request| request.json["hex"].as_str().is_some_and(|hex| hex.len() > 64 * 1024),
            |_, _| std::process::exit(1),
        )
        .with_arguments(&["--fresh", "1", "--filter", "input-response/large-65535-truncated"])
        .expect(
            1,
            &[
                "ERROR  input-response/large-65535-truncated · decode",
                "· crash",
                "does the adapter read lines up to",
            ],
        ),
        Misbehaviour::new(
            "stops-reading",
            "reads nothing after hello",
            after_hello,
            |adapter, _| adapter.hang(),
        )
        .expect(3, &["incomplete: the honesty probe", "no answer within 5s"]),
        Misbehaviour::new(
            "crawls",
            "answers each request in time, but too slowly for the deadline of the run",
            after_hello,
            |adapter, request| {
                adapter.sleep(TIMEOUT / 4)?;
                adapter.answer(&request.right_answer)
            },
        )
        .with_arguments(&["--deadline", "3s"])
        .with_limit(Duration::from_secs(3))
        .expect(3, &["the run's deadline of 3s is spent; `--deadline` raises it", " not run"]),
        Misbehaviour::new(
            "closes-its-input",
            "closes standard input at one case and keeps running",
            at_one_case,
            |adapter, _| {
                close_input()?;
                adapter.hang()
            },
        )
        .expect(1, &["ERROR  ping/infinity · decode", "· timeout", "no answer within 5s"]),
        Misbehaviour::new(
            "closes-its-output",
            "closes standard output at one case and keeps running",
            at_one_case,
            |adapter, _| {
                close_output()?;
                adapter.hang()
            },
        )
        .expect(
            1,
            &["ERROR  ping/infinity · decode", "· crash", "was still running and has been killed"],
        ),
        Misbehaviour::new(
            "exits-with-an-error",
            "exits with code 1 at the end of standard input",
            always,
            |adapter, request| {
                adapter.at_the_end(|| std::process::exit(1));
                adapter.answer(&request.right_answer)
            },
        )
        .expect(
            0,
            &["at the end of its standard input the adapter exited with code 1", " 0 failed"],
        ),
        Misbehaviour::new(
            "aborts-at-the-end",
            "aborts at the end of standard input",
            always,
            |adapter, request| {
                adapter.at_the_end(|| std::process::abort());
                adapter.answer(&request.right_answer)
            },
        )
        .expect(0, &["the adapter was killed by signal 6 (SIGABRT); it should exit", " 0 failed"]),
        Misbehaviour::new(
            "stays",
            "keeps running after the end of standard input",
            always,
            |adapter, request| {
                adapter.at_the_end(|| std::thread::sleep(Duration::from_secs(3600)));
                adapter.answer(&request.right_answer)
            },
        )
        .expect(0, &["the adapter was still running and has been killed", " 0 failed"]),
    ]
}

/// Whether the right answer is that there are surplus bytes.
fn has_surplus(request: &Request) -> bool {
    request.right_answer.pointer("/reject/class").is_some_and(|class| class == "trailing")
}

/// Whether the datagram is an INPUT.
fn is_input(request: &Request) -> bool {
    request.json["hex"].as_str().is_some_and(|hex| hex.starts_with("01"))
}

/// Names a cause on standard error, goes on with half a megabyte, as a dump of many stacks does, and
/// aborts.
fn name_and_abort(cause: &[u8]) -> io::Result<()> {
    let mut sink = io::stderr().lock();
    sink.write_all(cause)?;
    write_times(&mut sink, b"goroutine 18 [running]:\n", 512 << 10)?;
    std::process::abort()
}

/// Starts a process that keeps standard output and standard error open as long as it runs, and answers.
pub(super) fn start_a_process_and_answer(
    adapter: &mut AdapterProcess,
    request: &Request,
) -> io::Result<()> {
    Companion::Sleeper.start()?;
    adapter.answer(&request.right_answer)
}

#[cfg(unix)]
fn close_input() -> io::Result<()> {
    Ok(rustix::stdio::dup2_stdin(std::fs::File::open("/dev/null")?)?)
}

#[cfg(unix)]
fn close_output() -> io::Result<()> {
    Ok(rustix::stdio::dup2_stdout(std::fs::File::create("/dev/null")?)?)
}

#[cfg(not(unix))]
fn close_input() -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn close_output() -> io::Result<()> {
    Ok(())
}
