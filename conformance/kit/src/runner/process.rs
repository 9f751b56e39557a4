//! An adapter as a child process in a process group of its own.

use std::{
    io,
    process::{Command, ExitStatus, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::AtomicUsize,
        mpsc::{self, Receiver, SyncSender},
    },
    thread,
    time::{Duration, Instant},
};

use process_wrap::std::{ChildWrapper, CommandWrap};

use super::{
    pipes::{PIECE, Pipes, RunClock, read_some},
    sanitizer::SanitizerReport,
    transport::{Ended, Incoming, StartFault, Transport},
};

/// How many bytes of standard error are kept.
const STDERR_KEPT: usize = 64 * 1024;

/// How long a process may take to end by itself, or after TERM.
const GRACE: Duration = Duration::from_millis(200);
/// How long a process may take to exit at the end of its input, or to be reaped after KILL.
const REAP: Duration = Duration::from_secs(1);

/// An adapter that is started as a command, asked through pipes, and killed with all its children.
#[derive(Debug)]
pub struct Process {
    command: Vec<String>,
    running: Option<ChildProcess>,
    stderr: Arc<Mutex<Tail>>,
    sanitizer: SanitizerReport,
    clock: RunClock,
}

#[derive(Debug)]
struct ChildProcess {
    child: Box<dyn ChildWrapper>,
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
            running: None,
            stderr: Arc::default(),
            sanitizer: SanitizerReport::default(),
            clock,
        }
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
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child =
            in_a_group(command).spawn().map_err(|error| self.no_such_program(&error))?;
        let (Some(stdin), Some(stdout), Some(stderr)) =
            (child.stdin().take(), child.stdout().take(), child.stderr().take())
        else {
            return Err(self.fault("its pipes could not be opened"));
        };
        let (still_reading, stderr_ended) = mpsc::sync_channel(0);
        // Late output of the previous process must not count for this one.
        self.stderr = Arc::default();
        let tail = Arc::clone(&self.stderr);
        let pipes = Pipes::new(stdin, stdout);
        let stderr = self.sanitizer.watch(stderr);
        // Never joined: a grandchild that keeps a pipe open must not block the run.
        thread::spawn(move || {
            keep_tail(stderr, &tail);
            drop::<SyncSender<()>>(still_reading);
        });
        self.running = Some(ChildProcess { child, pipes, stderr_ended });
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
        // The process may be ending by itself; then its own status is the one to report.
        let by_itself = wait(&mut *running.child, GRACE);
        if by_itself.is_none() {
            terminate(&*running.child);
            wait(&mut *running.child, GRACE);
        }
        // Also after it has ended: its children may still be running.
        let _ = running.child.start_kill();
        wait(&mut *running.child, REAP);
        // The last lines of standard error explain the end. A grandchild may keep the stream open.
        let _ = running.stderr_ended.recv_timeout(GRACE);
        by_itself.map_or(Ended::Killed, ended)
    }

    fn finish(&mut self) -> Ended {
        if let Some(running) = &mut self.running {
            running.pipes.close();
            let deadline = Instant::now() + REAP;
            while Instant::now() < deadline {
                match running.child.try_wait() {
                    Ok(None) => {}
                    Ok(Some(_)) | Err(_) => break,
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

    fn sanitizer_report(&self) -> Option<String> {
        self.sanitizer.first_line()
    }

    fn take_stderr(&mut self) -> String {
        let bytes = self.stderr.lock().unwrap_or_else(PoisonError::into_inner).take();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(unix)]
fn in_a_group(command: Command) -> CommandWrap {
    let mut wrap = CommandWrap::from(command);
    wrap.wrap(process_wrap::std::ProcessGroup::leader());
    wrap
}

#[cfg(windows)]
fn in_a_group(command: Command) -> CommandWrap {
    let mut wrap = CommandWrap::from(command);
    wrap.wrap(process_wrap::std::JobObject);
    wrap
}

#[cfg(unix)]
fn terminate(child: &dyn ChildWrapper) {
    let _ = child.signal(signal_hook::consts::SIGTERM);
}

#[cfg(not(unix))]
fn terminate(_child: &dyn ChildWrapper) {}

/// Waits for the end of a process, up to a limit.
fn wait(child: &mut dyn ChildWrapper, limit: Duration) -> Option<ExitStatus> {
    let deadline = Instant::now() + limit;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < deadline => thread::sleep(Duration::from_millis(2)),
            Ok(None) | Err(_) => return None,
        }
    }
}

fn ended(status: ExitStatus) -> Ended {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return Ended::Signal(signal);
    }
    status.code().map_or(Ended::Unknown, Ended::Code)
}

fn keep_tail(mut stderr: impl io::Read, tail: &Mutex<Tail>) {
    let mut buffer = vec![0; PIECE];
    while let Some(read) = read_some(&mut stderr, &mut buffer) {
        tail.lock().unwrap_or_else(PoisonError::into_inner).push(&buffer[..read]);
    }
}

/// The newest bytes of a stream.
#[derive(Debug, Default)]
struct Tail {
    bytes: Vec<u8>,
}

impl Tail {
    fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        let surplus = self.bytes.len().saturating_sub(STDERR_KEPT);
        self.bytes.drain(..surplus);
    }

    fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_on_standard_error_keeps_its_newest_part() {
        let mut tail = Tail::default();
        for _ in 0..100 {
            tail.push(&[b'x'; 10_000]);
        }
        tail.push(b"the end");
        let kept = tail.take();
        assert_eq!(kept.len(), STDERR_KEPT);
        assert!(kept.ends_with(b"the end"));
        assert!(tail.take().is_empty());
    }
}
