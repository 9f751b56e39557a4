//! Adapters that reach beyond their process: they leave processes behind, signal others, and take the
//! terminal.

use std::io;

use super::{
    adapter_process::{AdapterProcess, Request},
    companion::Companion,
    conditions::{always, at_hello, at_one_case},
    misbehaviour::{Action, Misbehaviour},
    terminal::OnTheTerminal,
};

/// A name, what the adapter does, and what it does at hello.
type AtHello = (&'static str, &'static str, Action);

/// Each is a right adapter besides: exit code 0, and nothing of it is left behind.
static AT_HELLO: [AtHello; 7] = [
    (
        "leaves-a-process-in-a-session",
        "starts a process that stays in a session of its own",
        |adapter, request| answer_and_leave(adapter, request, Companion::InItsOwnSession, 1),
    ),
    (
        "leaves-a-daemon",
        "starts a process that starts another one in a session of its own, and ends",
        |adapter, request| answer_and_leave(adapter, request, Companion::Daemon, 1),
    ),
    (
        "leaves-a-process-that-ignores-signals",
        "starts a process that stays in a session of its own and ignores SIGTERM",
        |adapter, request| answer_and_leave(adapter, request, Companion::Stubborn, 1),
    ),
    (
        "leaves-a-stopped-process",
        "starts a process that stops itself in a session of its own",
        |adapter, request| answer_and_leave(adapter, request, Companion::Stopped, 1),
    ),
    (
        "leaves-many-processes",
        "starts 24 processes that stay in sessions of their own",
        |adapter, request| answer_and_leave(adapter, request, Companion::Daemon, 24),
    ),
    (
        "joins-the-group-of-the-kit",
        "moves into the process group of the kit, and starts a process there",
        |adapter, request| {
            join_the_kit();
            answer_and_leave(adapter, request, Companion::Sleeper, 1)
        },
    ),
    (
        "signals-the-group-of-the-kit",
        "moves into the process group of the kit, and interrupts it",
        |adapter, request| {
            if join_the_kit() {
                signal_group(Sent::Interrupt);
            }
            adapter.answer(&request.right_answer)
        },
    ),
];

/// The same, on a terminal.
static ON_A_TERMINAL: [AtHello; 4] = [
    ("turns-echo-off", "turns the echo of the terminal off", |adapter, request| {
        OnTheTerminal::EchoOff.start_and_wait();
        adapter.answer(&request.right_answer)
    }),
    (
        "turns-echo-off-by-name",
        "opens the terminal of the kit by its name, and turns its echo off",
        |adapter, request| {
            OnTheTerminal::EchoOffByName.start_and_wait();
            adapter.answer(&request.right_answer)
        },
    ),
    (
        "takes-the-foreground",
        "makes its process group the one that Ctrl-C reaches",
        |adapter, request| {
            OnTheTerminal::TakeForeground.start_and_wait();
            adapter.answer(&request.right_answer)
        },
    ),
    ("writes-to-the-terminal", "writes to the terminal, past the kit", |adapter, request| {
        OnTheTerminal::Write.start_and_wait();
        adapter.answer(&request.right_answer)
    }),
];

const CASE: &str = "ERROR  ping/infinity · decode";

pub(super) fn misbehaviours() -> Vec<Misbehaviour> {
    let right = |(name, does, action): AtHello| {
        Misbehaviour::new(name, does, at_hello, action).expect(0, &[" 0 failed, 0 weak"])
    };
    let on_a_terminal = ON_A_TERMINAL.map(right).map(Misbehaviour::on_a_terminal);
    let at_one_case = [
        Misbehaviour::new(
            "aborts-and-leaves-a-daemon",
            "leaves a daemon at one case, and aborts",
            at_one_case,
            |_, _| {
                Companion::Daemon.start_and_wait()?;
                std::process::abort()
            },
        )
        .expect(1, &[CASE, "· crash", "was killed by signal 6 (SIGABRT)"]),
        Misbehaviour::new(
            "leaves-a-daemon-and-hangs",
            "leaves a daemon at hello, and reads nothing after it",
            always,
            |adapter, request| {
                if request.is("hello") {
                    answer_and_leave(adapter, request, Companion::Daemon, 1)
                } else {
                    adapter.hang()
                }
            },
        )
        .expect(3, &["incomplete: the honesty probe", "no answer within 5s"]),
        Misbehaviour::new(
            "writes-after-the-end",
            "leaves a process at one case that writes a file after the run, and exits",
            at_one_case,
            |_, _| {
                Companion::Writer.start_and_wait()?;
                std::process::exit(1)
            },
        )
        .expect(1, &[CASE, "· crash", "the adapter exited with code 1"]),
        Misbehaviour::new(
            "terminates-its-group",
            "sends SIGTERM to its process group at one case",
            at_one_case,
            |adapter, _| {
                signal_group(Sent::Terminate);
                adapter.hang()
            },
        )
        .expect(1, &[CASE, "· crash", "was killed by signal 15 (SIGTERM)"]),
        Misbehaviour::new(
            "kills-its-group",
            "sends SIGKILL to its process group at one case",
            at_one_case,
            |adapter, _| {
                signal_group(Sent::Kill);
                adapter.hang()
            },
        )
        .expect(1, &[CASE, "· crash", "was killed by signal 9 (SIGKILL)"]),
        Misbehaviour::new(
            "stops-its-group",
            "sends SIGSTOP to its process group at one case",
            at_one_case,
            |adapter, _| {
                signal_group(Sent::Stop);
                adapter.hang()
            },
        )
        .expect(1, &[CASE, "· timeout", "no answer within 5s"]),
    ];
    AT_HELLO.map(right).into_iter().chain(on_a_terminal).chain(at_one_case).collect()
}

/// Starts some processes that stay, and answers.
fn answer_and_leave(
    adapter: &mut AdapterProcess,
    request: &Request,
    companion: Companion,
    number: usize,
) -> io::Result<()> {
    (0..number).try_for_each(|_| match companion {
        Companion::Sleeper => companion.start(),
        _ => companion.start_and_wait(),
    })?;
    adapter.answer(&request.right_answer)
}

/// Moves this process into the process group of its parent. Returns whether it is in there.
fn join_the_kit() -> bool {
    #[cfg(unix)]
    {
        use nix::unistd::{Pid, getpgid, getppid, setpgid};
        // The group is 0 if its leader is outside of the container that this process is in.
        let group = getpgid(Some(getppid())).ok().filter(|group| group.as_raw() != 0);
        group.is_some_and(|group| setpgid(Pid::from_raw(0), group).is_ok())
    }
    #[cfg(not(unix))]
    false
}

#[derive(Clone, Copy)]
enum Sent {
    Interrupt,
    Terminate,
    Kill,
    Stop,
}

/// Sends a signal to the process group that this process is in.
fn signal_group(sent: Sent) {
    #[cfg(unix)]
    {
        use rustix::process::{Signal, kill_current_process_group};
        let _ = kill_current_process_group(match sent {
            Sent::Interrupt => Signal::INT,
            Sent::Terminate => Signal::TERM,
            Sent::Kill => Signal::KILL,
            Sent::Stop => Signal::STOP,
        });
    }
    #[cfg(not(unix))]
    let _ = sent;
}
