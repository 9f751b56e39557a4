//! An adapter as a child process in a process group of its own.

use std::{
    io::{self, Read, Write},
    process::{ChildStderr, ChildStdin, Command, ExitStatus, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender},
    },
    thread,
    time::{Duration, Instant},
};

use process_wrap::std::{ChildWrapper, CommandWrap};

use super::transport::{Ended, Incoming, StartFault, Transport};

/// Standard output is read in pieces of this size, and this many may wait: 1 MiB at most.
const PIECE: usize = 64 * 1024;
const PIECES: usize = 16;

/// How much of standard error is kept.
const STDERR_KEPT: usize = 64 * 1024;

/// How long a process has to end after TERM, and to be reaped after KILL.
const GRACE: Duration = Duration::from_millis(200);
const REAP: Duration = Duration::from_secs(1);

/// How often a wait looks whether the user pressed Ctrl-C.
const GLANCE: Duration = Duration::from_millis(50);

/// A command that is started, asked through pipes, and killed together with what it started.
#[derive(Debug)]
pub struct Process {
    command: Vec<String>,
    began: Instant,
    running: Option<Running>,
    stderr: Arc<Mutex<Tail>>,
    interrupted: Arc<AtomicUsize>,
}

#[derive(Debug)]
struct Running {
    child: Box<dyn ChildWrapper>,
    /// Dropping it closes standard input once everything queued has been written.
    to_stdin: Option<Sender<Vec<u8>>>,
    from_stdout: Receiver<Vec<u8>>,
    /// Disconnected when standard error has been read to its end.
    stderr_ended: Receiver<()>,
}

impl Process {
    /// A program and its arguments. The flag is zero until a signal arrives, then its number.
    #[must_use]
    pub fn new(command: Vec<String>, interrupted: Arc<AtomicUsize>) -> Self {
        Self { command, began: Instant::now(), running: None, stderr: Arc::default(), interrupted }
    }

    fn no_such_program(&self, error: &io::Error) -> StartFault {
        let line = self.command.len() == 1 && self.command.iter().any(|word| word.contains(' '));
        let hint = "; the command is a program and its arguments, not a line for a shell";
        self.fault(&format!("{error}{}", if line { hint } else { "" }))
    }

    fn fault(&self, reason: &str) -> StartFault {
        StartFault { command: self.command.join(" "), reason: reason.to_owned() }
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
        let (Some(stdin), Some(mut stdout), Some(stderr)) =
            (child.stdin().take(), child.stdout().take(), child.stderr().take())
        else {
            return Err(self.fault("its pipes could not be opened"));
        };
        let (to_stdin, lines) = mpsc::channel();
        let (pieces, from_stdout) = mpsc::sync_channel(PIECES);
        let (still_reading, stderr_ended) = mpsc::sync_channel(0);
        // Late words of the process before are not this one's.
        self.stderr = Arc::default();
        let tail = Arc::clone(&self.stderr);
        // None of these is ever joined: a grand-child that holds a pipe must not hold the run.
        // Each ends when its pipe or its channel does.
        thread::spawn(move || write_all(stdin, &lines));
        thread::spawn(move || read_all(&mut stdout, &pieces));
        thread::spawn(move || {
            keep_tail(stderr, &tail);
            drop::<SyncSender<()>>(still_reading);
        });
        self.running = Some(Running { child, to_stdin: Some(to_stdin), from_stdout, stderr_ended });
        Ok(())
    }

    fn send(&mut self, bytes: Vec<u8>) {
        if let Some(Running { to_stdin: Some(queue), .. }) = &self.running {
            // A closed queue means that the adapter no longer reads; its silence will be judged.
            let _ = queue.send(bytes);
        }
    }

    fn receive(&mut self, deadline: Duration) -> Incoming {
        let Some(running) = &self.running else { return Incoming::Closed };
        loop {
            let signal = self.interrupted.load(Ordering::Relaxed);
            if signal != 0 {
                return Incoming::Interrupted(i32::try_from(signal).unwrap_or(i32::MAX));
            }
            let left = deadline.saturating_sub(self.began.elapsed());
            match running.from_stdout.recv_timeout(left.min(GLANCE)) {
                Ok(bytes) => return Incoming::Bytes(bytes),
                Err(RecvTimeoutError::Disconnected) => return Incoming::Closed,
                Err(RecvTimeoutError::Timeout) if left <= GLANCE => return Incoming::TimedOut,
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    fn stop(&mut self) -> Ended {
        let Some(mut running) = self.running.take() else { return Ended::Unknown };
        // It may be ending by itself, and then its own status is the interesting one.
        let by_itself = wait(&mut *running.child, GRACE);
        if by_itself.is_none() {
            terminate(&*running.child);
            wait(&mut *running.child, GRACE);
        }
        // Also after its end: what it started may still be there.
        let _ = running.child.start_kill();
        wait(&mut *running.child, REAP);
        // Its last words explain its end; a grand-child may keep them from ending.
        let _ = running.stderr_ended.recv_timeout(GRACE);
        by_itself.map_or(Ended::Killed, ended)
    }

    fn finish(&mut self) -> Ended {
        if let Some(running) = &mut self.running {
            running.to_stdin = None;
            let deadline = Instant::now() + REAP;
            while Instant::now() < deadline {
                match running.child.try_wait() {
                    Ok(None) => {}
                    Ok(Some(_)) | Err(_) => break,
                }
                // What still comes on standard output is dropped, lest a full pipe keep it alive.
                let pause = Duration::from_millis(2);
                if running.from_stdout.recv_timeout(pause) == Err(RecvTimeoutError::Disconnected) {
                    thread::sleep(pause);
                }
            }
        }
        self.stop()
    }

    fn now(&self) -> Duration {
        self.began.elapsed()
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

/// Waits for the end of a process, but not for ever.
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

fn write_all(mut stdin: ChildStdin, lines: &Receiver<Vec<u8>>) {
    while let Ok(bytes) = lines.recv() {
        if stdin.write_all(&bytes).and_then(|()| stdin.flush()).is_err() {
            return;
        }
    }
}

fn read_all(stdout: &mut impl Read, pieces: &SyncSender<Vec<u8>>) {
    let mut buffer = vec![0; PIECE];
    while let Some(read) = read_some(stdout, &mut buffer) {
        if pieces.send(buffer[..read].to_vec()).is_err() {
            return;
        }
    }
}

fn keep_tail(mut stderr: ChildStderr, tail: &Mutex<Tail>) {
    let mut buffer = vec![0; PIECE];
    while let Some(read) = read_some(&mut stderr, &mut buffer) {
        tail.lock().unwrap_or_else(PoisonError::into_inner).push(&buffer[..read]);
    }
}

/// Some bytes, or nothing at the end of the pipe.
fn read_some(pipe: &mut impl Read, buffer: &mut [u8]) -> Option<usize> {
    loop {
        match pipe.read(buffer) {
            Ok(0) => return None,
            Ok(read) => return Some(read),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
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
