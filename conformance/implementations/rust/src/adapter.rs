//! The adapter protocol of `spec/adapter.md`, in front of [`rollwire_codec`].

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};

use rollwire_codec::{
    CountError, DecodeError, Digest, Entries, EpisodeEnd, EpisodeReady, FocusState, HashText,
    Input, InputEntry, InputRequest, InputResponse, Keepalive, Message, Ping, Pong, RangeError,
    StateHash, TextError, Timestamp, ValidationPing, ValidationPong, decode,
};
use serde_json::{Value, json};

#[cfg(feature = "log")]
pub use crate::logging::log_to_stderr;
pub use crate::session::Sessions;

/// Answers each line of the input with one line, until the input ends.
///
/// # Errors
/// When the input cannot be read or the output cannot be written.
pub fn serve(input: impl Read, output: impl Write) -> io::Result<()> {
    let mut input = BufReader::with_capacity(64 * 1024, input);
    let mut output = BufWriter::with_capacity(64 * 1024, output);
    let (mut line, mut sessions) = (Vec::new(), Sessions::default());
    while input.read_until(b'\n', &mut line)? > 0 {
        let answer = answer_within(&mut sessions, &line);
        if answer["id"].is_u64() {
            writeln!(output, "{answer}")?;
        } else {
            eprintln!("no id to answer: {answer}");
        }
        line.clear();
        // One write for everything that came together, before the next read can block.
        if !input.buffer().contains(&b'\n') {
            output.flush()?;
        }
    }
    Ok(())
}

/// The answer to one request that stands alone: no session is open.
pub fn answer(line: &[u8]) -> Value {
    answer_within(&mut Sessions::default(), line)
}

/// The answer to one request, which may open, change or close one of the sessions.
pub fn answer_within(sessions: &mut Sessions, line: &[u8]) -> Value {
    let request: Value = serde_json::from_slice(line).unwrap_or_default();
    let (member, body) =
        perform(sessions, &request).map_or_else(|Failure(it, body)| (it, body), |ok| ("ok", ok));
    json!({"id": request["id"], member: body})
}

/// The member of the answer that is not `ok`, and what it holds.
pub(crate) struct Failure(&'static str, Value);

fn reject(class: &str, message: &str) -> Failure {
    Failure("reject", json!({"class": class, "message": message}))
}

fn wrong(expected: &str, found: &Value) -> Failure {
    reject("value", &format!("expected {expected}, found {found}"))
}

pub(crate) fn broken(error: &dyn ToString) -> Failure {
    Failure("error", json!({"message": error.to_string()}))
}

macro_rules! refusals {
    ($($refusal:ty),*) => {$(impl From<$refusal> for Failure {
        fn from(refusal: $refusal) -> Self {
            reject(refusal.class().as_str(), &refusal.to_string())
        }
    })*};
}
refusals!(CountError, DecodeError, RangeError, crate::digest::StateRefusal, TextError);

fn perform(sessions: &mut Sessions, request: &Value) -> Result<Value, Failure> {
    match request["op"].as_str() {
        Some("hello") => hello(request),
        Some("decode") => Ok(value_of(&decode(&bytes(&request["hex"])?)?)),
        Some("encode") => encode(request["type"].as_str().unwrap_or_default(), &request["fields"]),
        Some("reencode") => hex_of(&decode(&bytes(&request["hex"])?)?),
        Some("digest") => crate::state::digest_of(request),
        Some("open" | "step" | "close") => sessions.perform(request),
        Some(_) => Err(Failure("unsupported", json!({}))),
        None => Err(broken(&"this line is no request")),
    }
}

fn hello(request: &Value) -> Result<Value, Failure> {
    let (version, offered) = (env!("CARGO_PKG_VERSION"), request["protocol"].as_array());
    if !offered.is_some_and(|versions| versions.contains(&json!(1))) {
        return Err(broken(&"only version 1 of the adapter protocol is spoken here"));
    }
    Ok(json!({"protocol": 1, "nonce": request["nonce"], "window": 256, "sessions": Sessions::MAX,
        "impl": {"name": "rollwire-reference", "version": version, "language": "rust"},
        "revision": 7, "capabilities": ["decode", "encode", "reencode", "nan-payload",
            "exchange", "inspect", "detect", "digest"]}))
}

fn value_of(message: &Message<'_>) -> Value {
    let time = |time: Timestamp| json!({"timestamp": format!("{:016x}", time.to_bits())});
    let entry = |it: InputEntry| json!({"frame": it.frame, "action": it.action});
    let list = |entries: Entries<'_>| entries.iter().map(entry).collect::<Value>();
    let fields = match message {
        Message::Input(it) => json!({"player": it.player, "current_frame": it.current_frame,
            "entries": list(it.entries())}),
        Message::Ping(it) => time(it.timestamp),
        Message::Pong(it) => time(it.timestamp),
        Message::Keepalive(Keepalive) => json!({}),
        Message::EpisodeEnd(it) => json!({"frame": it.frame, "episode": it.episode}),
        Message::EpisodeReady(it) => json!({"episode": it.episode, "hash": it.hash.as_str()}),
        Message::StateHash(it) => json!({"frame": it.frame, "hash": it.digest().to_string()}),
        Message::ValidationPing(it) => time(it.timestamp),
        Message::ValidationPong(it) => time(it.timestamp),
        Message::InputRequest(it) => json!({"start": it.start(), "end": it.end()}),
        Message::InputResponse(it) => json!({"player": it.player, "entries": list(it.entries)}),
        Message::FocusState(it) => json!({"focused": it.focused, "frame": it.frame}),
    };
    json!({"type": message.message_type().name(), "fields": fields})
}

fn encode(name: &str, fields: &Value) -> Result<Value, Failure> {
    let frame = |field| integer::<u32>(&fields[field]);
    let player = || integer::<u16>(&fields["player"]);
    let time = || timestamp(&fields["timestamp"]);
    let text = || fields["hash"].as_str().ok_or_else(|| wrong("text", &fields["hash"]));
    let flag = || fields["focused"].as_bool().ok_or_else(|| wrong("a flag", &fields["focused"]));
    let (wire, digest);
    hex_of(&match name {
        "input" => {
            wire = entries(&fields["entries"])?;
            Input::new(player()?, frame("current_frame")?, Entries::new(&wire)?)?.into()
        }
        "ping" => Ping { timestamp: time()? }.into(),
        "pong" => Pong { timestamp: time()? }.into(),
        "keepalive" => Keepalive.into(),
        "episode_end" => EpisodeEnd { frame: frame("frame")?, episode: frame("episode")? }.into(),
        "episode_ready" => {
            EpisodeReady { episode: frame("episode")?, hash: HashText::new(text()?)? }.into()
        }
        "state_hash" => {
            digest = text()?.parse::<Digest>()?;
            StateHash { frame: frame("frame")?, hash: digest.as_bytes() }.into()
        }
        "validation_ping" => ValidationPing { timestamp: time()? }.into(),
        "validation_pong" => ValidationPong { timestamp: time()? }.into(),
        "input_request" => InputRequest::new(frame("start")?, frame("end")?)?.into(),
        "input_response" => {
            wire = entries(&fields["entries"])?;
            InputResponse { player: player()?, entries: Entries::new(&wire)? }.into()
        }
        "focus_state" => FocusState { focused: flag()?, frame: frame("frame")? }.into(),
        _ => return Err(reject("unknown_type", &format!("no message is named {name}"))),
    })
}

/// An integer of the field's type; what the type cannot hold is refused here.
fn integer<T: TryFrom<i64>>(value: &Value) -> Result<T, Failure> {
    let number = value.as_i64().ok_or_else(|| wrong("an integer", value))?;
    T::try_from(number).map_err(|_| reject("range", &format!("{number} is outside its field")))
}

fn entries(value: &Value) -> Result<Vec<[u8; InputEntry::LEN]>, Failure> {
    let entry = |it: &Value| {
        let (frame, action) = (integer(&it["frame"])?, integer(&it["action"])?);
        Ok(InputEntry { frame, action }.to_wire())
    };
    value.as_array().ok_or_else(|| wrong("a list of entries", value))?.iter().map(entry).collect()
}

fn timestamp(value: &Value) -> Result<Timestamp, Failure> {
    let digits = value.as_str().filter(|text| text.len() == 16);
    let bits = digits.and_then(|text| u64::from_str_radix(text, 16).ok());
    bits.map(Timestamp::from_bits).ok_or_else(|| wrong("the 16 hex digits of a double", value))
}

fn bytes(hex: &Value) -> Result<Vec<u8>, Failure> {
    hex::decode(hex.as_str().unwrap_or("-")).map_err(|error| broken(&error))
}

fn hex_of(message: &Message<'_>) -> Result<Value, Failure> {
    let mut buffer = vec![0; message.encoded_len()];
    Ok(json!({"hex": hex::encode(message.encode(&mut buffer).map_err(|error| broken(&error))?)}))
}
