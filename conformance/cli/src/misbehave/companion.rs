//! The processes that misbehaving adapters start. They are not adapters: they answer nothing, and stay.

use std::{
    io::{self, Read, Write},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

/// The variable with the number of the process of the kit.
const KIT: &str = "ROLLWIRE_MISBEHAVE_KIT";

/// One way to stay. Each is a name for `rollwire adapter --misbehave`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Companion {
    /// Sleeps in the session of its adapter.
    Sleeper,
    /// Sleeps in a session of its own.
    InItsOwnSession,
    /// Starts one in a session of its own, and ends: the process that stays has no parent.
    Daemon,
    /// Sleeps in a session of its own, and ignores the signals that ask it to end.
    Stubborn,
    /// Stops itself in a session of its own.
    Stopped,
    /// Writes a file when the kit has ended, in a session of its own.
    Writer,
}

impl Companion {
    const ALL: [Self; 6] = [
        Self::Sleeper,
        Self::InItsOwnSession,
        Self::Daemon,
        Self::Stubborn,
        Self::Stopped,
        Self::Writer,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Sleeper => "sleeper",
            Self::InItsOwnSession => "sleeper-in-a-session",
            Self::Daemon => "sleeper-without-a-parent",
            Self::Stubborn => "sleeper-that-ignores-signals",
            Self::Stopped => "sleeper-that-stops",
            Self::Writer => "writer-in-a-session",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Starts it with the standard streams of this process, and does not wait.
    pub(super) fn start(self) -> io::Result<()> {
        self.command()?.spawn().map(drop)
    }

    /// Starts it, and waits until it has left the session of this process.
    pub(super) fn start_and_wait(self) -> io::Result<()> {
        let mut child = self.command()?.stdout(Stdio::piped()).spawn()?;
        let mut ready = [0];
        child.stdout.take().map_or(Ok(0), |mut stdout| stdout.read(&mut ready)).map(drop)
    }

    fn command(self) -> io::Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["adapter", "--misbehave", self.name()]).stdin(Stdio::null());
        #[cfg(unix)]
        if let Some(kit) = rustix::process::getppid() {
            command.env(KIT, kit.to_string());
        }
        Ok(command)
    }

    /// Runs it, for longer than any run takes.
    pub(crate) fn run(self) {
        match self {
            Self::Sleeper => {}
            Self::Daemon => {
                // Ready or not, the parent of the process that stays ends here.
                let _ = Self::InItsOwnSession.start_and_wait();
                ready();
                return;
            }
            Self::InItsOwnSession | Self::Writer => leave(),
            Self::Stubborn => {
                ignore_signals();
                leave();
            }
            Self::Stopped => {
                leave();
                stop();
            }
        }
        if self == Self::Writer {
            wait_for_the_kit();
            let _ = std::fs::write("written-after-the-end", "");
        }
        thread::sleep(Duration::from_secs(3600));
    }
}

/// Waits until the kit has ended, whose number an adapter gives to its companions.
fn wait_for_the_kit() {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, test_kill_process};
        let kit = std::env::var(KIT).ok().and_then(|id| Pid::from_raw(id.parse().ok()?));
        while kit.is_some_and(|kit| test_kill_process(kit).is_ok()) {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Leaves the session of the adapter, and says so.
fn leave() {
    #[cfg(unix)]
    let _ = rustix::process::setsid();
    ready();
}

/// The adapter that waits for this may be gone.
fn ready() {
    let _ = io::stdout().write_all(b"\n").and_then(|()| io::stdout().flush());
}

fn stop() {
    #[cfg(unix)]
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP);
}

/// Ignores the signals that ask a process to end. If this fails, it ends more easily.
pub(super) fn ignore_signals() {
    #[cfg(unix)]
    {
        use std::sync::{Arc, atomic::AtomicBool};

        use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};

        for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] {
            let _ = signal_hook::flag::register(signal, Arc::new(AtomicBool::new(false)));
        }
    }
}
