//! The lines of a tap on their way from its connection to the thread that judges them.

use std::io::{self, Read};

use axum::body::Bytes;
use tokio::sync::mpsc;

/// How many messages may wait. A tap that is faster than its judge waits, as on any slow connection.
const WAITING: usize = 1;

/// The end into which the messages of a connection go.
pub(crate) type Pipe = mpsc::Sender<Bytes>;

/// The end from which they are read as one text.
#[derive(Debug)]
pub(crate) struct Feed {
    messages: mpsc::Receiver<Bytes>,
    /// What is left of the message that is being read.
    rest: Bytes,
}

impl Feed {
    /// Both ends.
    pub(crate) fn new() -> (Pipe, Self) {
        let (pipe, messages) = mpsc::channel(WAITING);
        (pipe, Self { messages, rest: Bytes::new() })
    }
}

impl Read for Feed {
    /// Waits for a message; 0 when the connection has ended.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() {
            match self.messages.blocking_recv() {
                Some(message) => self.rest = message,
                None => return Ok(0),
            }
        }
        let piece = self.rest.split_to(self.rest.len().min(buffer.len()));
        buffer[..piece.len()].copy_from_slice(&piece);
        Ok(piece.len())
    }
}
