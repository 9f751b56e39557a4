//! What a misbehaving adapter stands on: standard input a request at a time, and everything that can be
//! done to standard output.

use std::{
    io::{self, BufRead, BufReader, Stdin, Write},
    thread,
    time::Duration,
};

use rollwire_reference_adapter::{Sessions, answer_within};
use serde_json::{Value, json};

/// A request, and everything that a misdeed can depend on.
pub(super) struct Asked {
    pub(super) request: Value,
    /// The right answer, with its id.
    pub(super) right: Value,
    /// How many requests this process was asked before.
    pub(super) before: u64,
    /// Whether another request waits already.
    pub(super) more: bool,
}

impl Asked {
    pub(super) fn is(&self, op: &str) -> bool {
        self.request["op"] == op
    }

    /// Whether another process of this run came before.
    pub(super) fn is_restarted(&self) -> bool {
        self.request["id"] != 0
    }

    /// An answer with the right id.
    pub(super) fn answer(&self, member: &str, body: &Value) -> Value {
        json!({"id": self.request["id"], member: body})
    }

    /// The right answer with one member changed or added.
    pub(super) fn but(&self, path: &[&str], value: Value) -> Value {
        let mut answer = self.right.clone();
        let place = path.iter().fold(&mut answer, |place, name| &mut place[*name]);
        *place = value;
        answer
    }

    /// A line that begins like an answer and goes on as it likes.
    pub(super) fn text(&self, rest: &str) -> String {
        format!("{{\"id\":{},{rest}\n", self.request["id"])
    }
}

/// The process of a misbehaving adapter.
pub(super) struct Stage {
    input: BufReader<Stdin>,
    sessions: Sessions,
    before: u64,
    /// Answers that wait for others.
    held: Vec<Value>,
    /// The sessions of an adapter that keeps them apart badly, and how many are open.
    shared: (Sessions, usize),
    farewell: Option<fn()>,
}

impl Default for Stage {
    fn default() -> Self {
        let input = BufReader::with_capacity(64 * 1024, io::stdin());
        let (sessions, shared) = (Sessions::default(), (Sessions::default(), 0));
        Self { input, sessions, before: 0, held: Vec::new(), shared, farewell: None }
    }
}

impl Stage {
    /// The next request; none at the end of standard input.
    pub(super) fn next(&mut self) -> io::Result<Option<Asked>> {
        let mut line = Vec::new();
        if self.input.read_until(b'\n', &mut line)? == 0 {
            if let Some(farewell) = self.farewell {
                farewell();
            }
            return Ok(None);
        }
        let right = answer_within(&mut self.sessions, &line);
        let request = serde_json::from_slice(&line).unwrap_or_default();
        let asked =
            Asked { request, right, before: self.before, more: !self.input.buffer().is_empty() };
        self.before += 1;
        Ok(Some(asked))
    }

    /// Writes an answer and its line end.
    pub(super) fn answer(&mut self, answer: &Value) -> io::Result<()> {
        self.write(format!("{answer}\n").as_bytes())
    }

    /// Writes what it is given, at once.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()
    }

    /// Keeps an answer back until sixteen are kept or no request waits, then writes them, the last one
    /// first.
    pub(super) fn hold(&mut self, asked: &Asked) -> io::Result<()> {
        self.held.push(asked.right.clone());
        if asked.more && self.held.len() < 16 {
            return Ok(());
        }
        let held = std::mem::take(&mut self.held);
        held.iter().rev().try_for_each(|answer| self.answer(answer))
    }

    /// Answers with what was right for the request before.
    pub(super) fn shift(&mut self, asked: &Asked) -> io::Result<()> {
        self.held.push(asked.right.clone());
        let mut late = self.held.remove(0);
        late["id"] = asked.request["id"].clone();
        if self.held.is_empty() {
            self.held.push(asked.right.clone());
        }
        self.answer(&late)
    }

    /// Answers as if there were one session only.
    pub(super) fn in_one_session(&mut self, asked: &Asked) -> io::Result<()> {
        let mut request = asked.request.clone();
        request["session"] = json!(1);
        let line = request.to_string();
        let (sessions, open) = &mut self.shared;
        let mut ask = || answer_within(sessions, line.as_bytes());
        let mut answer = asked.right.clone();
        match asked.request["op"].as_str() {
            Some("open") => {
                if *open == 0 {
                    ask();
                }
                *open += 1;
            }
            Some("close") => {
                *open -= 1;
                if *open == 0 {
                    ask();
                }
            }
            _ => answer = ask(),
        }
        self.answer(&answer)
    }

    /// What is done at the end of standard input.
    pub(super) fn at_the_end(&mut self, farewell: fn()) {
        self.farewell = Some(farewell);
    }

    /// Leaves standard input alone for longer than any run takes.
    pub(super) fn hang(&mut self) -> io::Result<()> {
        self.sleep(Duration::from_secs(3600))
    }

    pub(super) fn sleep(&mut self, time: Duration) -> io::Result<()> {
        thread::sleep(time);
        Ok(())
    }
}

/// Ten gibibytes of it, as fast as they are taken.
pub(super) fn flood(sink: &mut dyn Write, piece: &[u8]) -> io::Result<()> {
    write_times(sink, piece, 10 << 30)
}

/// At least so many bytes of it.
pub(super) fn write_times(sink: &mut dyn Write, piece: &[u8], bytes: usize) -> io::Result<()> {
    let block = piece.repeat((64 << 10) / piece.len().max(1));
    for _ in 0..bytes.div_ceil(block.len().max(1)) {
        sink.write_all(&block)?;
    }
    sink.flush()
}
