//! A thread for each direction of a stream: sending never blocks the run, and input waits in a
//! bounded queue.
//!
//! The threads are never joined: each ends when its stream or its channel ends.

use std::{
    io::{self, Read, Write},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender, TryRecvError},
    thread,
    time::Duration,
};

use super::{run_end::RunClock, transport::Incoming};

/// A stream is read in pieces of at most this size.
pub(super) const PIECE: usize = 64 * 1024;
/// How many pieces may wait: 1 MiB in total.
const MAX_PIECES: usize = 16;

/// How often a wait checks whether a signal has arrived.
pub(super) const SIGNAL_POLL: Duration = Duration::from_millis(50);

/// The queues to and from an adapter.
#[derive(Debug)]
pub(super) struct Pipes {
    /// Dropping it closes the stream once everything queued has been written.
    to: Option<Sender<Vec<u8>>>,
    from: Receiver<Vec<u8>>,
}

impl Pipes {
    /// Starts both threads.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub(super) fn new(
        input: impl Write + Send + 'static,
        mut output: impl Read + Send + 'static,
    ) -> io::Result<Self> {
        let (to, lines) = mpsc::channel();
        let (pieces, from) = mpsc::sync_channel(MAX_PIECES);
        in_a_thread("writes to the adapter", move || write_all(input, &lines))?;
        in_a_thread("reads the adapter", move || read_all(&mut output, &pieces))?;
        Ok(Self { to: Some(to), from })
    }

    /// Queues bytes. Never blocks.
    pub(super) fn send(&self, bytes: Vec<u8>) {
        if let Some(queue) = &self.to {
            // A closed queue means that the adapter no longer reads; the missing answer is reported
            // later.
            let _ = queue.send(bytes);
        }
    }

    /// Waits for input until the deadline.
    pub(super) fn receive(&self, clock: &RunClock, deadline: Duration) -> Incoming {
        loop {
            if let Some(signal) = clock.signal() {
                return Incoming::Interrupted(signal);
            }
            let left = deadline.saturating_sub(clock.now());
            match self.from.recv_timeout(left.min(SIGNAL_POLL)) {
                Ok(bytes) => return Incoming::Bytes(bytes),
                Err(RecvTimeoutError::Disconnected) => return Incoming::Closed,
                Err(RecvTimeoutError::Timeout) if left <= SIGNAL_POLL => return Incoming::TimedOut,
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// Closes the stream to the adapter after everything queued has been written.
    pub(super) fn close(&mut self) {
        self.to = None;
    }

    /// Drops input for at most this long. Returns whether the stream from the adapter has ended.
    pub(super) fn drop_output(&self, pause: Duration) -> bool {
        self.from.recv_timeout(pause) == Err(RecvTimeoutError::Disconnected)
    }

    /// Whether the stream from the adapter has ended and the queue is empty, up to one queue of
    /// input.
    pub(super) fn has_ended(&self) -> bool {
        // A flood refills the queue while it is emptied; such a stream has not ended.
        (0..=MAX_PIECES).any(|_| self.from.try_recv() == Err(TryRecvError::Disconnected))
    }
}

/// Runs something in a thread that is never joined.
///
/// # Errors
/// When the system has no thread left.
pub(super) fn in_a_thread(name: &str, run: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let started = thread::Builder::new().name(name.to_owned()).spawn(run);
    started
        .map(drop)
        .map_err(|error| io::Error::new(error.kind(), format!("no thread can be started: {error}")))
}

fn write_all(mut input: impl Write, lines: &Receiver<Vec<u8>>) {
    while let Ok(bytes) = lines.recv() {
        if input.write_all(&bytes).and_then(|()| input.flush()).is_err() {
            return;
        }
    }
}

fn read_all(output: &mut impl Read, pieces: &SyncSender<Vec<u8>>) {
    let mut buffer = vec![0; PIECE];
    while let Some(read) = read_some(output, &mut buffer) {
        if pieces.send(buffer[..read].to_vec()).is_err() {
            return;
        }
    }
}

/// Reads some bytes; `None` at the end of the stream.
pub(super) fn read_some(stream: &mut impl Read, buffer: &mut [u8]) -> Option<usize> {
    loop {
        match stream.read(buffer) {
            Ok(0) => return None,
            Ok(read) => return Some(read),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}
