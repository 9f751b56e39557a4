//! The process of an adapter, in a session of its own.
//!
//! A session has no terminal and shares no process group with the kit: a signal that the adapter sends to
//! its group does not reach the kit, and the adapter can neither change nor take the terminal.

use std::{
    io,
    process::{Command, ExitStatus},
    thread,
    time::{Duration, Instant},
};

use process_wrap::std::{ChildWrapper, CommandWrap};

use super::descendants;

/// What is known of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Running,
    /// It has ended. [`Session::reap`] returns its status, if the system knows it.
    Ended,
}

/// A process that the kit has started, with everything in its session.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) child: Box<dyn ChildWrapper>,
}

impl Session {
    /// Starts a command in a session of its own; on Windows, in a job object of its own.
    pub(super) fn start(command: Command) -> io::Result<Self> {
        let spawn = || {
            let child = wrapped(command).spawn()?;
            #[cfg(unix)]
            // Only the leader is waited for: its group may contain processes that never end.
            let child = child.into_inner();
            Ok(Self { child })
        };
        descendants::start(spawn, Self::id)
    }

    /// The number of the process, which is also the number of its group and session.
    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the end of the process, up to a limit.
    pub(super) fn wait(&mut self, limit: Duration) -> State {
        let begin = Instant::now();
        loop {
            match self.state() {
                State::Running if begin.elapsed() < limit => {
                    thread::sleep(Duration::from_millis(2));
                }
                state => return state,
            }
        }
    }

    /// Whether the process has ended. It is not reaped, so that its number is not used again before its
    /// group has been ended.
    #[cfg(all(unix, not(any(target_os = "openbsd", target_os = "redox"))))]
    pub(super) fn state(&self) -> State {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let Some(id) = descendants::pid(self.id()) else { return State::Ended };
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        match waitid(WaitId::Pid(id), options) {
            Ok(None) | Err(rustix::io::Errno::INTR) => State::Running,
            // Without a status if a program that contains the kit ignores SIGCHLD.
            Ok(Some(_)) | Err(_) => State::Ended,
        }
    }

    #[cfg(any(not(unix), target_os = "openbsd", target_os = "redox"))]
    pub(super) fn state(&mut self) -> State {
        match self.child.try_wait() {
            Ok(None) => State::Running,
            Ok(Some(_)) | Err(_) => State::Ended,
        }
    }

    /// Asks the process and its group to end.
    #[cfg(unix)]
    pub(super) fn terminate(&self) {
        descendants::signal_group(self.id(), rustix::process::Signal::TERM);
    }

    #[cfg(not(unix))]
    pub(super) fn terminate(&self) {}

    /// Kills the process and its group.
    #[cfg(unix)]
    pub(super) fn kill(&mut self) {
        descendants::signal_group(self.id(), rustix::process::Signal::KILL);
    }

    #[cfg(not(unix))]
    pub(super) fn kill(&mut self) {
        let _ = self.child.start_kill();
    }

    /// Kills what is left of the group of a process that has ended, and returns its status.
    pub(super) fn reap(&mut self) -> Option<ExitStatus> {
        self.kill();
        descendants::reap(self.id(), || self.child.try_wait().ok().flatten())
    }
}

#[cfg(unix)]
fn wrapped(command: Command) -> CommandWrap {
    let mut wrap = CommandWrap::from(command);
    wrap.wrap(process_wrap::std::ProcessSession);
    wrap
}

#[cfg(windows)]
fn wrapped(command: Command) -> CommandWrap {
    let mut wrap = CommandWrap::from(command);
    wrap.wrap(process_wrap::std::JobObject);
    wrap
}
