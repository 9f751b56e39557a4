//! From requests to answers: the loop over lines, and which module answers which operation.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};

use rollwire_reference::exchange::HashSends;
use serde_json::{Value, json};

use crate::{
    answer::{Answer, Failure, Outcome, Success},
    digest, messages,
    options::Options,
    sessions::Sessions,
};

/// Answers each line of the input with one line of the output, until the input ends.
///
/// A line without an id cannot be answered; it is reported on standard error.
///
/// # Errors
/// When the input cannot be read or the output cannot be written.
pub fn serve(input: impl Read, output: impl Write) -> io::Result<()> {
    serve_with(Options::default(), input, output)
}

/// Does what [`serve`] does, with other options than the default ones.
///
/// # Errors
/// When the input cannot be read or the output cannot be written.
pub fn serve_with(options: Options, input: impl Read, output: impl Write) -> io::Result<()> {
    serve_within(Sessions::new(options), input, output)
}

/// Does what [`serve`] does, with these sessions. At the end of the input it ends those that are
/// open.
///
/// # Errors
/// When the input cannot be read, or the output or a log cannot be written.
pub fn serve_within(
    mut sessions: Sessions,
    input: impl Read,
    output: impl Write,
) -> io::Result<()> {
    let mut input = BufReader::with_capacity(64 * 1024, input);
    let mut output = BufWriter::with_capacity(64 * 1024, output);
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let answer = answer(&mut sessions, &line);
        if answer.id.is_u64() {
            serde_json::to_writer(&mut output, &answer)?;
            output.write_all(b"\n")?;
        } else {
            let line = String::from_utf8_lossy(&line);
            // An error is dropped: there is no other place for it.
            let text = format!("cannot answer a line that has no id: {}\n", line.trim_end());
            let _ = io::stderr().write_all(text.as_bytes());
        }
        line.clear();
        // One flush answers all requests that came together, before the next read can block.
        if !input.buffer().contains(&b'\n') {
            output.flush()?;
        }
    }
    sessions.finish()
}

/// The answer to one request as JSON, for a caller that wants to look at it or change it.
///
/// The request may open, change or close one of the sessions.
///
/// ```
/// use rollwire_reference_adapter::{Sessions, answer_within};
///
/// let request = br#"{"id":1,"op":"decode","hex":"07000000960123456789abcdef"}"#;
/// let answer = answer_within(&mut Sessions::default(), request);
/// assert_eq!(answer["ok"]["fields"]["frame"], 150);
/// ```
pub fn answer_within(sessions: &mut Sessions, line: &[u8]) -> Value {
    // Every key of an answer is text and every number an integer, so this does not fail.
    serde_json::to_value(answer(sessions, line)).unwrap_or_default()
}

fn answer(sessions: &mut Sessions, line: &[u8]) -> Answer {
    // A line that is not JSON becomes null, which has neither an id nor an operation.
    let request: Value = serde_json::from_slice(line).unwrap_or_default();
    Answer { id: request["id"].clone(), outcome: perform(sessions, &request) }
}

fn perform(sessions: &mut Sessions, request: &Value) -> Outcome {
    // The kit would not see the answer, so nothing may change.
    if !request["id"].is_u64() {
        return Err(Failure::error("the request has no id"));
    }
    match request["op"].as_str() {
        Some("hello") => hello(sessions.options(), request),
        Some("decode") => messages::decode(request),
        Some("encode") => messages::encode(request),
        Some("reencode") => messages::reencode(request),
        Some("digest") => digest::digest(request),
        Some("open") => sessions.open(request),
        Some("step") => sessions.step(request),
        Some("advance") => sessions.advance(request),
        Some("close") => sessions.close(request),
        Some(_) => Err(Failure::Unsupported),
        None => Err(Failure::error("the request has no `op`")),
    }
}

/// Says which implementation this is, and what it can be asked.
fn hello(options: Options, request: &Value) -> Outcome {
    let offered = request["protocol"].as_array();
    if !offered.is_some_and(|versions| versions.contains(&json!(1))) {
        return Err(Failure::error("this adapter speaks version 1 of the adapter protocol only"));
    }
    let mut hello = json!({
        "protocol": 1,
        // It shows that this process is alive and not a recording.
        "nonce": request["nonce"],
        "impl": {
            "name": "rollwire-reference",
            "version": env!("CARGO_PKG_VERSION"),
            "language": "rust",
        },
        "revision": 7,
        "capabilities": [
            "decode", "encode", "reencode", "nan-payload",
            "exchange", "inspect", "detect", "advance", "digest",
            "inputs", "liveness", "validation", "episodes", "catch-up", "focus",
        ],
        "window": 256,
        "sessions": Sessions::MAX,
    });
    if let Some(sends) = options.lasting_hashes {
        declare_lasting_hashes(&mut hello, sends);
    }
    Ok(Success::Json(hello))
}

/// A number of sends is declared if it is not the default one.
fn declare_lasting_hashes(hello: &mut Value, sends: HashSends) {
    if let Some(capabilities) = hello["capabilities"].as_array_mut() {
        capabilities.push(json!("lasting-hashes"));
    }
    if sends != HashSends::default() {
        hello["parameters"] = json!({"hash_sends": sends.count()});
    }
}
