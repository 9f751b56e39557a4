//! The adapter: reads a request from each line of standard input and answers it with one line.
//! `rollwire explain adapter.md` describes the protocol. Your code belongs in `codec.rs`.

mod codec;
mod json;

use std::{
    io::{self, BufRead, Write},
    panic::{catch_unwind, AssertUnwindSafe},
};

use codec::{Refusal, StateHash};
use json::{quoted, Json};

/// What `rollwire` may ask. Extend `capabilities` and `messages` with your implementation.
const DECLARED: &str = r#""protocol":1,
    "impl":{"name":"my-implementation","version":"0.1.0","language":"Rust"},
    "capabilities":["decode","encode"],
    "messages":["state_hash"]"#;

/// The greatest id, 2^53 − 1.
const MAX_ID: i64 = (1 << 53) - 1;

/// Why a question has no answer.
enum Fault {
    /// The implementation refused the input.
    Refused(Refusal),
    /// Something broke, or the request is malformed.
    Broken(String),
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

type Answer = Result<String, Fault>;

/// One function for each question. What is not here is answered with `unsupported`.
fn question(op: &str) -> Option<fn(&Json) -> Answer> {
    match op {
        "hello" => Some(hello),
        "decode" => Some(decode),
        "encode" => Some(encode),
        _ => None,
    }
}

fn hello(request: &Json) -> Answer {
    let Some(Json::List(offered)) = request.get("protocol") else {
        return broken("`protocol` is not a list");
    };
    if !offered.contains(&Json::Integer(1)) {
        return broken("this adapter speaks only protocol 1");
    }
    let nonce = quoted(text(request, "nonce")?);
    Ok(format!("{{{},\"nonce\":{nonce}}}", DECLARED.replace('\n', "")))
}

fn decode(request: &Json) -> Answer {
    let Some(datagram) = bytes(text(request, "hex")?) else { return broken("`hex` is not hex") };
    let StateHash { frame, hash } = codec::decode(&datagram)?;
    let fields = format!(r#"{{"frame":{frame},"hash":"{}"}}"#, hex(&hash));
    Ok(format!(r#"{{"type":"state_hash","fields":{fields}}}"#))
}

fn encode(request: &Json) -> Answer {
    let name = text(request, "type")?;
    if name != "state_hash" {
        return Err(Refusal::new("unknown_type", format!("the type is {name}")).into());
    }
    let Some(fields) = request.get("fields") else { return broken("`fields` is missing") };
    let datagram = codec::encode(&state_hash(fields)?);
    Ok(format!(r#"{{"hex":"{}"}}"#, hex(&datagram)))
}

/// The fields may be wrong on purpose. What a `StateHash` cannot hold is refused here in its place.
fn state_hash(fields: &Json) -> Result<StateHash, Fault> {
    let frame = match fields.get("frame") {
        None => return broken("`frame` is missing"),
        Some(Json::Integer(it)) => {
            u32::try_from(*it).map_err(|it| Refusal::new("range", it.to_string()))?
        }
        Some(_) => return Err(Refusal::new("value", "the frame is not an integer").into()),
    };
    let hash = match fields.get("hash") {
        None => return broken("`hash` is missing"),
        Some(Json::Text(it)) => it,
        Some(_) => return Err(Refusal::new("value", "the hash is not text").into()),
    };
    let hash = bytes(hash).and_then(|it| it.try_into().ok());
    let hash = hash.ok_or_else(|| Refusal::new("text", "the hash is not 16 hex digits"))?;
    Ok(StateHash { frame, hash })
}

fn broken<T>(message: &str) -> Result<T, Fault> {
    Err(Fault::Broken(message.to_owned()))
}

fn text<'a>(request: &'a Json, name: &str) -> Result<&'a str, Fault> {
    let text = request.get(name).and_then(Json::text);
    text.ok_or_else(|| Fault::Broken(format!("`{name}` is not text")))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digit = |it: u8| char::from(it).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let pairs = hex.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(pair[0])? << 4 | digit(*pair.get(1)?)?)).collect()
}

/// The answer to a line, or nothing if the line has no id: then it is only logged.
fn answer(line: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(line);
    if text.trim().is_empty() {
        return None;
    }
    let request = json::parse(&text);
    let id = request.as_ref().ok().and_then(|it| it.get("id")).and_then(Json::integer);
    let (Ok(request), Some(id @ 0..=MAX_ID)) = (&request, id) else {
        let start: String = text.chars().take(200).collect();
        eprintln!("{} in {start:?}", request.err().unwrap_or("no id".to_owned()));
        return None;
    };
    // A panic is a defect of the implementation and an answer too; its message is on standard error.
    let result = catch_unwind(AssertUnwindSafe(|| {
        let op = self::text(request, "op")?;
        question(op).map(|ask| ask(request)).transpose()
    }));
    let result = result.unwrap_or_else(|_| broken("the implementation panicked"));
    let member = match result {
        Ok(Some(ok)) => format!(r#""ok":{ok}"#),
        Ok(None) => r#""unsupported":{}"#.to_owned(),
        Err(Fault::Refused(Refusal { class, message })) => {
            format!(r#""reject":{{"class":"{class}","message":{}}}"#, quoted(&message))
        }
        Err(Fault::Broken(message)) => format!(r#""error":{{"message":{}}}"#, quoted(&message)),
    };
    Some(format!("{{\"id\":{id},{member}}}\n"))
}

fn main() -> io::Result<()> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut line = Vec::new();
    // The end of standard input is the end of the adapter, with code 0.
    while input.read_until(b'\n', &mut line)? > 0 {
        if let Some(answer) = answer(&line) {
            output.write_all(answer.as_bytes())?;
            output.flush()?;
        }
        line.clear();
    }
    Ok(())
}
