//! An adapter as a child process in a session of its own.

use std::{
    io,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::AtomicUsize,
        mpsc::{self, Receiver, SyncSender},
    },
    thread,
    time::{Duration, Instant},
};

use super::{
    descendants,
    pipes::{PIECE, Pipes, in_a_thread, read_some},
    run_end::{RunClock, RunEnd},
    sanitizer::SanitizerReport,
    session::{Session, State},
    stderr::Stderr,
    transport::{Ended, Incoming, StartFault, Transport},
};

/// How long a process that hangs may take to end by itself, or after TERM.
const GRACE: Duration = Duration::from_millis(200);
/// How long a process whose output has ended may take to end, and to write the rest of its standard
/// error. Its own status says more than that it was killed, and on a busy machine it takes a while to
/// write a core dump.
const ENDING: Duration = Duration::from_secs(2);
/// How long a process may take to exit at the end of its input, or to be reaped after KILL.
const REAP: Duration = Duration::from_secs(5);

/// An adapter that is started as a command, asked through pipes, and killed with all its children.
#[derive(Debug)]
pub struct Process {
    command: Vec<String>,
    /// Where it is started, if not in the current folder.
    folder: Option<PathBuf>,
    running: Option<ChildProcess>,
    stderr: Arc<Mutex<Stderr>>,
    sanitizer: SanitizerReport,
    clock: RunClock,
}

#[derive(Debug)]
struct ChildProcess {
    session: Session,
    /// Standard input and output.
    pipes: Pipes,
    /// Disconnected when standard error has been read to its end.
    stderr_ended: Receiver<()>,
}

impl Process {
    /// A program and its arguments. The flag is zero until a signal arrives, and then holds its
    /// number.
    #[must_use]
    pub fn new(command: Vec<String>, interrupted: Arc<AtomicUsize>) -> Self {
        let clock = RunClock::new(interrupted);
        Self {
            command,
            folder: None,
            running: None,
            stderr: Arc::default(),
            sanitizer: SanitizerReport::default(),
            clock,
        }
    }

    /// Starts the program in this folder instead of in the current one. A relative path of the program begins
    /// there too, on Unix.
    #[must_use]
    pub fn in_folder(mut self, folder: Option<&Path>) -> Self {
        self.folder = folder.map(Path::to_owned);
        self
    }

    fn no_such_program(&self, error: &io::Error) -> StartFault {
        let is_shell_line =
            self.command.len() == 1 && self.command.iter().any(|word| word.contains(' '));
        let hint = "; the command is a program and its arguments, not a shell command line";
        self.fault(&format!("{error}{}", if is_shell_line { hint } else { "" }))
    }

    fn fault(&self, reason: &str) -> StartFault {
        StartFault::Command { command: self.command.join(" "), reason: reason.to_owned() }
    }
}

impl Transport for Process {
    fn start(&mut self) -> Result<(), StartFault> {
        let [program, arguments @ ..] = &self.command[..] else {
            return Err(self.fault("no command was given"));
        };
        let mut command = Command::new(program);
        command.args(arguments);
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut session = Session::start(command).map_err(|error| self.no_such_program(&error))?;
        let child = &mut session.child;
        let (Some(stdin), Some(stdout), Some(stderr)) =
            (child.stdin().take(), child.stdout().take(), child.stderr().take())
        else {
            return Err(self.fault("its pipes could not be opened"));
        };
        let (still_reading, stderr_ended) = mpsc::sync_channel(0);
        // Late output of the previous process must not count for this one.
        self.stderr = Arc::default();
        let kept = Arc::clone(&self.stderr);
        let stderr = self.sanitizer.watch(stderr);
        let pipes = Pipes::new(stdin, stdout).and_then(|pipes| {
            // Never joined: a grandchild that keeps a pipe open must not block the run.
            in_a_thread("reads standard error", move || {
                keep(stderr, &kept);
                drop::<SyncSender<()>>(still_reading);
            })?;
            Ok(pipes)
        });
        let pipes = pipes.map_err(|error| {
            session.kill();
            session.wait(REAP);
            session.reap();
            self.fault(&error.to_string())
        })?;
        self.running = Some(ChildProcess { session, pipes, stderr_ended });
        Ok(())
    }

    fn send(&mut self, bytes: Vec<u8>) {
        if let Some(running) = &self.running {
            running.pipes.send(bytes);
        }
    }

    fn receive(&mut self, deadline: Duration) -> Incoming {
        let Some(running) = &self.running else { return Incoming::Closed };
        running.pipes.receive(&self.clock, deadline)
    }

    fn stop(&mut self) -> Ended {
        let Some(mut running) = self.running.take() else { return Ended::Unknown };
        let session = &mut running.session;
        // The process may be ending by itself; then its own status is the one to report.
        let is_ending = running.pipes.has_ended();
        let mut state = session.wait(if is_ending { ENDING } else { GRACE });
        let was_running = state == State::Running;
        if was_running {
            session.terminate();
            if session.wait(GRACE) == State::Running {
                session.kill();
            }
            state = session.wait(REAP);
        }
        // Also after it has ended: its children may still be running.
        let status = session.reap();
        descendants::end_left_behind();
        // The last lines of standard error explain the end. A grandchild may keep the stream open.
        let _ = running.stderr_ended.recv_timeout(if is_ending { ENDING } else { GRACE });
        match state {
            State::Running => Ended::Lingers,
            State::Ended if was_running => Ended::Killed,
            State::Ended => status.map_or(Ended::Unknown, ended),
        }
    }

    fn finish(&mut self) -> Ended {
        if let Some(running) = &mut self.running {
            running.pipes.close();
            let begin = Instant::now();
            while begin.elapsed() < REAP {
                if running.session.state() == State::Ended {
                    break;
                }
                // Further output is dropped: a full pipe would keep the process from exiting.
                let pause = Duration::from_millis(2);
                if running.pipes.drop_output(pause) {
                    thread::sleep(pause);
                }
            }
        }
        self.stop()
    }

    fn now(&self) -> Duration {
        self.clock.now()
    }

    fn run_end(&self, deadline: Duration) -> RunEnd {
        RunEnd::new(&self.clock, deadline)
    }

    fn sanitizer_report(&self) -> Option<String> {
        self.sanitizer.first_line()
    }

    fn take_stderr(&mut self) -> String {
        self.stderr.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stop();
    }
}

fn ended(status: ExitStatus) -> Ended {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return Ended::Signal(signal);
    }
    status.code().map_or(Ended::Unknown, Ended::Code)
}

fn keep(mut stderr: impl io::Read, kept: &Mutex<Stderr>) {
    let mut buffer = vec![0; PIECE];
    while let Some(read) = read_some(&mut stderr, &mut buffer) {
        kept.lock().unwrap_or_else(PoisonError::into_inner).push(&buffer[..read]);
    }
}
