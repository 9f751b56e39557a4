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
    /// The same, on a terminal that is opened by its name.
    EchoOffByName,
    TakeForeground,
    Write,
}

impl OnTheTerminal {
    const ALL: [Self; 4] = [Self::EchoOff, Self::EchoOffByName, Self::TakeForeground, Self::Write];

    const fn name(self) -> &'static str {
        match self {
            Self::EchoOff => "terminal-echo-off",
            Self::EchoOffByName => "terminal-echo-off-by-name",
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

        let open = |name: &str| OpenOptions::new().read(true).write(true).open(name);
        let echo_off = |terminal: &std::fs::File| {
            let mut settings = tcgetattr(terminal)?;
            settings.local_modes.remove(LocalModes::ECHO);
            tcsetattr(terminal, OptionalActions::Now, &settings)
        };
        if self == Self::EchoOffByName {
            // A change of the settings is what has to be noticed, so nothing is written.
            return Ok(echo_off(&open(&of_the_kit()?)?)?);
        }
        let mut terminal = open("/dev/tty")?;
        match self {
            Self::EchoOff => echo_off(&terminal)?,
            Self::TakeForeground => tcsetpgrp(&terminal, getpgrp())?,
            Self::EchoOffByName | Self::Write => {}
        }
        writeln!(terminal, "{} reached the terminal", self.name())
    }

    #[cfg(not(unix))]
    pub(crate) fn run(self) -> io::Result<()> {
        Ok(())
    }
}

/// The name of the terminal of the kit, which is the parent of the adapter that is the parent of this process.
#[cfg(unix)]
fn of_the_kit() -> io::Result<String> {
    let fields = |id: &str| -> io::Result<Vec<String>> {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
        // The name of the program, in parentheses, may hold anything.
        let (_, rest) = stat.rsplit_once(") ").ok_or(io::ErrorKind::InvalidData)?;
        Ok(rest.split(' ').map(str::to_owned).collect())
    };
    // The state, the parent, the group, the session, and the terminal.
    let adapter = &fields("self")?[1];
    let kit = fields(&fields(adapter)?[1])?;
    let number: u32 = kit[4].parse().map_err(|_| io::ErrorKind::InvalidData)?;
    Ok(format!("/dev/pts/{}", number & 0xff | number >> 12 & 0xfff00))
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
