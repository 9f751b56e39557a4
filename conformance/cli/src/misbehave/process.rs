//! Adapters whose process is the trouble: it crashes, hangs, or is not alone.

use std::{
    io,
    process::{Command, Stdio},
    time::Duration,
};

use super::{
    Misbehaviour, TIMEOUT, always, at_one, behind_hello,
    stage::{Asked, Stage},
};

pub(super) fn rows() -> Vec<Misbehaviour> {
    vec![
        Misbehaviour::new("aborts-at-one", "aborts at one case", at_one, |_, _| {
            std::process::abort()
        })
        .is(1, &["ERROR  ping/infinity · decode", "· crash", "was killed by signal 6 (SIGABRT)"]),
        Misbehaviour::new("exits-at-one", "ends with code 1 at one case", at_one, |_, _| {
            std::process::exit(1)
        })
        .is(1, &["ERROR  ping/infinity · decode", "· crash", "the adapter exited with code 1"]),
        Misbehaviour::new(
            "hangs-at-one",
            "answers no more from one case on",
            at_one,
            |stage, _| stage.hang(),
        )
        .is(1, &["ERROR  ping/infinity · decode", "· timeout", "no answer within 1s"]),
        Misbehaviour::new(
            "hangs-and-ignores-term",
            "answers no more from one case on, and does not end when it is asked to",
            |it| it.is("hello") || at_one(it),
            |stage, it| {
                ignore_term();
                if it.is("hello") { stage.answer(&it.right) } else { stage.hang() }
            },
        )
        .is(1, &["ERROR  ping/infinity · decode", "· timeout", "no answer within 1s"]),
        Misbehaviour::new(
            "hangs-behind-a-grand-child",
            "starts a process that holds its pipes, and aborts at one case",
            |it| it.is("hello") || at_one(it),
            |stage, it| {
                if !it.is("hello") {
                    std::process::abort();
                }
                with_a_grand_child(stage, it)
            },
        )
        .is(1, &["ERROR  ping/infinity · decode", "· crash", "was killed by signal 6 (SIGABRT)"]),
        Misbehaviour::new(
            "aborts-in-company",
            "aborts when two requests wait at once",
            |it| it.more && behind_hello(it),
            |_, _| std::process::abort(),
        )
        .with(&["--restarts", "1000"])
        .is(1, &["· unstable", "signal 6 (SIGABRT); asked again alone, it answered"]),
        Misbehaviour::new(
            "aborts-now-and-then",
            "aborts at every fiftieth request",
            |it| it.before == 50,
            |_, _| std::process::abort(),
        )
        .with(&["--restarts", "1000"])
        .is(1, &["· unstable", "signal 6 (SIGABRT); asked again alone, it answered"]),
        Misbehaviour::new(
            "aborts-at-every-case",
            "aborts at every case, though at no canary",
            |it| {
                let canary = it.request["hex"] == "020000000000000000";
                it.is("decode") && it.right.get("ok").is_some() && !canary
            },
            |_, _| std::process::abort(),
        )
        .with(&["--restarts", "4"])
        .is(3, &["· crash", "the restart budget of 4 is spent; `--restarts` raises it"]),
        Misbehaviour::new(
            "stops-reading",
            "reads nothing behind hello",
            behind_hello,
            |stage, _| stage.hang(),
        )
        .is(3, &["incomplete: the honesty probe", "no answer within 1s"]),
        Misbehaviour::new(
            "crawls",
            "answers in time, and is not done when the run has to be",
            behind_hello,
            |stage, it| {
                stage.sleep(TIMEOUT / 4)?;
                stage.answer(&it.right)
            },
        )
        .with(&["--deadline", "3s"])
        .within(Duration::from_secs(3))
        .is(3, &["the run's deadline of 3s is spent; `--deadline` raises it", " not run"]),
        Misbehaviour::new(
            "closes-its-input",
            "closes standard input at one case and lives on",
            at_one,
            |stage, _| {
                close_input()?;
                stage.hang()
            },
        )
        .is(1, &["ERROR  ping/infinity · decode", "· timeout", "no answer within 1s"]),
        Misbehaviour::new(
            "closes-its-output",
            "closes standard output at one case and lives on",
            at_one,
            |stage, _| {
                close_output()?;
                stage.hang()
            },
        )
        .is(
            1,
            &["ERROR  ping/infinity · decode", "· crash", "was still running and has been killed"],
        ),
        Misbehaviour::new(
            "exits-with-an-error",
            "ends with code 1 when all is done",
            always,
            |stage, it| {
                stage.at_the_end(|| std::process::exit(1));
                stage.answer(&it.right)
            },
        )
        .is(0, &["at the end of its standard input the adapter exited with code 1", " 0 failed"]),
        Misbehaviour::new("aborts-at-the-end", "aborts when all is done", always, |stage, it| {
            stage.at_the_end(|| std::process::abort());
            stage.answer(&it.right)
        })
        .is(0, &["the adapter was killed by signal 6 (SIGABRT); it should exit", " 0 failed"]),
        Misbehaviour::new("stays", "does not end when all is done", always, |stage, it| {
            stage.at_the_end(|| std::thread::sleep(Duration::from_secs(3600)));
            stage.answer(&it.right)
        })
        .is(0, &["the adapter was still running and has been killed", " 0 failed"]),
    ]
}

/// Starts a process that holds standard output and standard error for as long as it lives.
pub(super) fn with_a_grand_child(stage: &mut Stage, asked: &Asked) -> io::Result<()> {
    Command::new(std::env::current_exe()?)
        .args(["adapter", "--misbehave", super::SLEEPER])
        .stdin(Stdio::null())
        .spawn()?;
    stage.answer(&asked.right)
}

fn ignore_term() {
    #[cfg(unix)]
    {
        use std::sync::{Arc, atomic::AtomicBool};
        // Without it there is one misdeed less, and the report says so.
        let _ = signal_hook::flag::register(
            signal_hook::consts::SIGTERM,
            Arc::new(AtomicBool::new(false)),
        );
    }
}

#[cfg(unix)]
fn close_input() -> io::Result<()> {
    Ok(nix::unistd::dup2_stdin(std::fs::File::open("/dev/null")?)?)
}

#[cfg(unix)]
fn close_output() -> io::Result<()> {
    Ok(nix::unistd::dup2_stdout(std::fs::File::create("/dev/null")?)?)
}

#[cfg(not(unix))]
fn close_input() -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn close_output() -> io::Result<()> {
    Ok(())
}
