//! The process of a misbehaving adapter: reads requests one at a time, and writes to standard output.

use std::{
    io::{self, BufRead, BufReader, Stdin, Write},
    thread,
    time::Duration,
};

use rollwire_reference_adapter::{Sessions, answer_within};
use serde_json::{Value, json};

/// A request, and everything that a misbehaviour can depend on.
pub(super) struct Request {
    pub(super) json: Value,
    /// The right answer, with its id.
    pub(super) right_answer: Value,
    /// How many requests this process has received before this one.
    pub(super) earlier: u64,
    /// Whether another request is already waiting.
    pub(super) more_waiting: bool,
}

impl Request {
    pub(super) fn is(&self, op: &str) -> bool {
        self.json["op"] == op
    }

    /// Whether the right answer is an error.
    pub(super) fn is_malformed(&self) -> bool {
        self.right_answer.get("error").is_some()
    }

    /// Whether this process was started after a fault of an earlier one.
    pub(super) fn is_restarted(&self) -> bool {
        self.json["id"] != 0
    }

    /// An answer with the right id.
    pub(super) fn answer(&self, member: &str, body: &Value) -> Value {
        json!({"id": self.json["id"], member: body})
    }

    /// The right answer with one member changed or added.
    pub(super) fn right_answer_with(&self, path: &[&str], value: Value) -> Value {
        let mut answer = self.right_answer.clone();
        let member = path.iter().fold(&mut answer, |member, name| &mut member[*name]);
        *member = value;
        answer
    }

    /// A line that begins with the right id and continues with this text.
    pub(super) fn raw_answer(&self, rest: &str) -> String {
        format!("{{\"id\":{},{rest}\n", self.json["id"])
    }
}

/// The process of a misbehaving adapter.
pub(super) struct AdapterProcess {
    input: BufReader<Stdin>,
    sessions: Sessions,
    earlier: u64,
    /// Answers that are written later.
    held: Vec<Value>,
    /// The one session of an adapter that does not keep sessions apart, and how many are open.
    shared: (Sessions, usize),
    /// The session that was closed last, of an adapter that keeps it.
    kept: Option<u64>,
    at_end: Option<fn()>,
}

impl Default for AdapterProcess {
    fn default() -> Self {
        let input = BufReader::with_capacity(64 * 1024, io::stdin());
        let (sessions, shared) = (Sessions::default(), (Sessions::default(), 0));
        Self { input, sessions, earlier: 0, held: Vec::new(), shared, kept: None, at_end: None }
    }
}

impl AdapterProcess {
    /// The next request, or `None` at the end of standard input.
    pub(super) fn next(&mut self) -> io::Result<Option<Request>> {
        let mut line = Vec::new();
        if self.input.read_until(b'\n', &mut line)? == 0 {
            if let Some(at_end) = self.at_end {
                at_end();
            }
            return Ok(None);
        }
        let right_answer = answer_within(&mut self.sessions, &line);
        let json = serde_json::from_slice(&line).unwrap_or_default();
        let more_waiting = !self.input.buffer().is_empty();
        let request = Request { json, right_answer, earlier: self.earlier, more_waiting };
        self.earlier += 1;
        Ok(Some(request))
    }

    /// Writes an answer and its line end.
    pub(super) fn answer(&mut self, answer: &Value) -> io::Result<()> {
        self.write(format!("{answer}\n").as_bytes())
    }

    /// Writes some bytes and flushes them.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()
    }

    /// Holds answers back until there are sixteen or no request is waiting, then writes them in reverse
    /// order.
    pub(super) fn answer_in_reverse(&mut self, request: &Request) -> io::Result<()> {
        self.held.push(request.right_answer.clone());
        if request.more_waiting && self.held.len() < 16 {
            return Ok(());
        }
        let held = std::mem::take(&mut self.held);
        held.iter().rev().try_for_each(|answer| self.answer(answer))
    }

    /// Answers with the right answer to the previous request.
    pub(super) fn answer_one_late(&mut self, request: &Request) -> io::Result<()> {
        self.held.push(request.right_answer.clone());
        let mut late = self.held.remove(0);
        late["id"] = request.json["id"].clone();
        if self.held.is_empty() {
            self.held.push(request.right_answer.clone());
        }
        self.answer(&late)
    }

    /// Answers as if there were only one session.
    pub(super) fn answer_in_one_session(&mut self, request: &Request) -> io::Result<()> {
        if request.is_malformed() {
            return self.answer(&request.right_answer);
        }
        let mut json = request.json.clone();
        json["session"] = json!(1);
        let line = json.to_string();
        let (sessions, open) = &mut self.shared;
        let mut ask = || answer_within(sessions, line.as_bytes());
        let mut answer = request.right_answer.clone();
        match request.json["op"].as_str() {
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

    /// Answers rightly, until four sessions are open.
    pub(super) fn answer_in_few_sessions(
        &mut self,
        request: &Request,
        wrong: &Value,
    ) -> io::Result<()> {
        let open = &mut self.shared.1;
        match request.json["op"].as_str() {
            Some("open") => *open += 1,
            Some("close") => *open -= 1,
            _ if *open >= 4 => return self.answer(wrong),
            _ => {}
        }
        self.answer(&request.right_answer)
    }

    /// Answers as if the session that was closed last were still open when its number is used again.
    pub(super) fn answer_in_a_kept_session(&mut self, request: &Request) -> io::Result<()> {
        if request.is_malformed() {
            return self.answer(&request.right_answer);
        }
        let line = request.json.to_string();
        let number = request.json["session"].as_u64();
        let mut answer = request.right_answer.clone();
        match request.json["op"].as_str() {
            Some("open") if number == self.kept => self.kept = None,
            Some("close") => {
                if let Some(kept) = std::mem::replace(&mut self.kept, number) {
                    let close = json!({"id": 1, "op": "close", "session": kept}).to_string();
                    answer_within(&mut self.shared.0, close.as_bytes());
                }
            }
            _ => answer = answer_within(&mut self.shared.0, line.as_bytes()),
        }
        self.answer(&answer)
    }

    /// Sets what is done at the end of standard input.
    pub(super) fn at_the_end(&mut self, at_end: fn()) {
        self.at_end = Some(at_end);
    }

    /// Stops reading for longer than any run takes.
    pub(super) fn hang(&mut self) -> io::Result<()> {
        self.sleep(Duration::from_secs(3600))
    }

    pub(super) fn sleep(&mut self, time: Duration) -> io::Result<()> {
        thread::sleep(time);
        Ok(())
    }
}

/// Writes a piece again and again, ten gibibytes in all.
pub(super) fn flood(sink: &mut dyn Write, piece: &[u8]) -> io::Result<()> {
    write_times(sink, piece, 10 << 30)
}

/// Writes a piece again and again, at least this many bytes in all.
pub(super) fn write_times(sink: &mut dyn Write, piece: &[u8], bytes: usize) -> io::Result<()> {
    let block = piece.repeat((64 << 10) / piece.len().max(1));
    for _ in 0..bytes.div_ceil(block.len().max(1)) {
        sink.write_all(&block)?;
    }
    sink.flush()
}
