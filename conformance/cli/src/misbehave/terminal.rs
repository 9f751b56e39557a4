//! What misbehaving adapters do on the terminal of the kit, if they reach it, and the process that puts the kit
//! on a terminal.
//!
//! Whatever reaches the terminal leaves a line there, so that it is noticed.

use std::{
    io,
    process::{Command, Stdio},
};

/// The name for `rollwire adapter --misbehave` of the process that takes the terminal of its first argument
/// and becomes the command of the others.
pub(crate) const RUNNER: &str = "run-on-a-terminal";

/// One thing to do on the terminal. Each is a name for `rollwire adapter --misbehave`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnTheTerminal {
    EchoOff,
    TakeForeground,
    Write,
}

impl OnTheTerminal {
    const ALL: [Self; 3] = [Self::EchoOff, Self::TakeForeground, Self::Write];

    const fn name(self) -> &'static str {
        match self {
            Self::EchoOff => "terminal-echo-off",
            Self::TakeForeground => "terminal-foreground",
            Self::Write => "terminal-write",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Does it in a process that ignores SIGTTOU, because a process in the background is stopped otherwise.
    pub(super) fn start_and_wait(self) {
        let Ok(program) = std::env::current_exe() else { return };
        let _ = Command::new("sh")
            .args(["-c", r#"trap "" TTOU; exec "$0" "$@""#])
            .arg(program)
            .args(["adapter", "--misbehave", self.name()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .status();
    }

    #[cfg(unix)]
    pub(crate) fn run(self) -> io::Result<()> {
        use std::{fs::OpenOptions, io::Write as _};

        use rustix::{
            process::getpgrp,
            termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr, tcsetpgrp},
        };

        let mut terminal = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
        match self {
            Self::EchoOff => {
                let mut settings = tcgetattr(&terminal)?;
                settings.local_modes.remove(LocalModes::ECHO);
                tcsetattr(&terminal, OptionalActions::Now, &settings)?;
            }
            Self::TakeForeground => tcsetpgrp(&terminal, getpgrp())?,
            Self::Write => {}
        }
        writeln!(terminal, "{} reached the terminal", self.name())
    }

    #[cfg(not(unix))]
    pub(crate) fn run(self) -> io::Result<()> {
        Ok(())
    }
}

/// Takes the terminal of the first argument, and becomes the command of the others. A process that leads a
/// session without a terminal takes the first terminal that it opens.
pub(crate) fn become_on_a_terminal(arguments: &[String]) -> io::Result<()> {
    let [terminal, program, arguments @ ..] = arguments else {
        return Err(io::Error::other("expected a terminal and a command"));
    };
    let mut command = Command::new(program);
    command.args(arguments);
    #[cfg(unix)]
    {
        rustix::process::setsid()?;
        let opened = std::fs::OpenOptions::new().read(true).write(true).open(terminal)?;
        // The new process keeps the terminal of its session, but not this file.
        let error = std::os::unix::process::CommandExt::exec(&mut command);
        drop(opened);
        Err(error)
    }
    #[cfg(not(unix))]
    {
        let _ = terminal;
        command.status().map(drop)
    }
}
