//! A mutant that speaks the adapter protocol (`spec/adapter.md`), so that the kit can be run against it.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, Read, Write},
};

use rollwire_conformance::protocol::{Capability, MAX_LINE, PROTOCOL_VERSION};
use rollwire_model::{
    Model, Outcome, Value,
    digest::Form,
    exchange::{Session, Stimulus},
    hex,
};
use serde_json::{Value as Json, json};

use super::{
    answers::{Answer, error, line, outcome},
    bytes::{self, Codec, MutantCodec},
    digest, exchange,
};

/// How many sessions may be open at once.
const SESSIONS: usize = 16;

/// A mutant of any family.
#[derive(Clone, Debug)]
pub enum AnyMutant {
    /// A wrong codec.
    Bytes(Box<bytes::Mutant>),
    /// A wrong exchange.
    Exchange(exchange::Mutant),
    /// A wrong digest.
    Digest(digest::Mutant),
}

impl AnyMutant {
    /// The mutant with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let conforming = bytes::equivalents().into_iter().map(|(mutant, _)| mutant);
        let of_bytes = bytes::mutants().into_iter().chain(conforming).find(|it| it.name == name);
        let of_the_exchange = || exchange::mutants().into_iter().find(|it| it.name == name);
        let of_the_digest = || digest::mutants().into_iter().find(|it| it.name == name);
        let of_bytes = of_bytes.map(|it| Self::Bytes(Box::new(it)));
        of_bytes
            .or_else(|| of_the_exchange().map(Self::Exchange))
            .or_else(|| of_the_digest().map(Self::Digest))
    }

    /// Answers each line of the input with one line, until the input ends.
    ///
    /// # Errors
    /// If the input cannot be read or the output cannot be written.
    pub fn serve(&self, input: impl BufRead, output: impl Write) -> io::Result<()> {
        let model = Model::latest();
        let codec: Box<dyn Codec + '_> = match self {
            Self::Bytes(mutant) => {
                Box::new(MutantCodec::new(mutant, model.layout(), model.revision()))
            }
            Self::Exchange(_) | Self::Digest(_) => Box::new(model.clone()),
        };
        Adapter { mutant: self, model, codec, sessions: BTreeMap::new() }.serve(input, output)
    }

    fn name(&self) -> &str {
        match self {
            Self::Bytes(mutant) => &mutant.name,
            Self::Exchange(mutant) => mutant.name,
            Self::Digest(mutant) => mutant.name,
        }
    }

    /// A wrong exchange and a wrong digest have a right codec.
    fn capabilities(&self) -> Vec<&'static str> {
        let codec =
            [Capability::Decode, Capability::Encode, Capability::Reencode, Capability::NanPayload];
        let own: &[Capability] = match self {
            Self::Bytes(_) => &[],
            Self::Exchange(_) => &[Capability::Exchange, Capability::Inspect, Capability::Detect],
            Self::Digest(_) => &[Capability::Digest],
        };
        codec.iter().chain(own).map(|it| it.as_str()).collect()
    }
}

struct Adapter<'a> {
    mutant: &'a AnyMutant,
    model: Model,
    codec: Box<dyn Codec + 'a>,
    sessions: BTreeMap<u64, Session>,
}

impl Adapter<'_> {
    fn serve(mut self, mut input: impl BufRead, mut output: impl Write) -> io::Result<()> {
        let mut text = Vec::new();
        loop {
            text.clear();
            let most = MAX_LINE as u64 + 1;
            if input.by_ref().take(most).read_until(b'\n', &mut text)? == 0 {
                return Ok(());
            }
            if text.len() > MAX_LINE {
                let text = format!("a request is longer than {MAX_LINE} bytes");
                return Err(io::Error::new(io::ErrorKind::InvalidData, text));
            }
            let request: Json = serde_json::from_slice(&text).unwrap_or_default();
            let Some(id) = request["id"].as_u64() else {
                eprintln!("a line without an id is not a request");
                continue;
            };
            let answer = self.answer(&request).unwrap_or_else(|text| error(&text));
            writeln!(output, "{}", line(id, &answer))?;
            output.flush()?;
        }
    }

    /// The answer, or what is wrong with the request.
    fn answer(&mut self, request: &Json) -> Result<Answer, String> {
        let answered = match request["op"].as_str() {
            Some("hello") => return self.hello(request),
            Some("decode") => self.codec.decode(&datagram(request)?).map(Outcome::Value),
            Some("encode") => self.codec.encode(&value(request)?).map(Outcome::Bytes),
            Some("reencode") => self.codec.reencode(&datagram(request)?).map(Outcome::Bytes),
            Some("open" | "step" | "close") => return self.session(request),
            Some("digest") => return self.digest(request),
            Some(_) => return Ok(("unsupported", json!({}))),
            None => return Err("a request must have an `op`".to_owned()),
        };
        Ok(outcome(&answered.unwrap_or_else(Outcome::Reject)))
    }

    fn hello(&self, request: &Json) -> Result<Answer, String> {
        let offered = request["protocol"].as_array();
        if !offered.is_some_and(|versions| versions.contains(&json!(PROTOCOL_VERSION))) {
            return Err(format!(
                "only version {PROTOCOL_VERSION} of the adapter protocol is supported"
            ));
        }
        let implementation = json!({
            "name": format!("mutant {}", self.mutant.name()),
            "version": env!("CARGO_PKG_VERSION"),
            "language": "rust",
        });
        let hello = json!({
            "protocol": PROTOCOL_VERSION, "nonce": request["nonce"], "impl": implementation,
            "revision": self.model.revision(), "capabilities": self.mutant.capabilities(),
            "window": 256, "sessions": SESSIONS,
        });
        Ok(("ok", hello))
    }

    fn digest(&self, request: &Json) -> Result<Answer, String> {
        let AnyMutant::Digest(mutant) = self.mutant else { return Ok(("unsupported", json!({}))) };
        let state = request["state"].as_str().ok_or("`state` is not a string")?;
        let form: Form = serde_json::from_value(request["form"].clone())
            .map_err(|error| format!("`form`: {error}"))?;
        Ok(match mutant.rules().digest(state, form) {
            Ok(digest) => ("ok", json!({"hash": digest.hash, "text": digest.text})),
            Err(refused) => ("reject", json!({"class": refused.class.as_str()})),
        })
    }

    fn session(&mut self, request: &Json) -> Result<Answer, String> {
        let AnyMutant::Exchange(mutant) = self.mutant else {
            return Ok(("unsupported", json!({})));
        };
        let number = request["session"].as_u64().ok_or("`session` is not a number")?;
        let is_open = self.sessions.contains_key(&number);
        let is_full = self.sessions.len() >= SESSIONS;
        match (request["op"].as_str(), self.sessions.get_mut(&number)) {
            (Some("open"), None) if is_full => Err(format!("{SESSIONS} sessions are already open")),
            (Some("open"), None) => {
                self.sessions.insert(number, mutant.session(&self.model));
                Ok(("ok", json!({})))
            }
            (Some("step"), Some(session)) => {
                let stimuli = stimuli(request)?;
                let observations: Vec<_> = stimuli.iter().map(|it| session.step(it)).collect();
                Ok(("ok", json!({"observations": observations})))
            }
            (Some("close"), Some(_)) => {
                self.sessions.remove(&number);
                Ok(("ok", json!({})))
            }
            _ if is_open => Err(format!("session {number} is already open")),
            _ => Err(format!("session {number} is not open")),
        }
    }
}

/// The list of stimuli: all of them, or none if one is malformed.
fn stimuli(request: &Json) -> Result<Vec<Stimulus>, String> {
    let stimuli: Vec<Stimulus> = serde_json::from_value(request["do"].clone())
        .map_err(|error| format!("`do` is not a list of stimuli: {error}"))?;
    if stimuli.is_empty() { Err("`do` is empty".to_owned()) } else { Ok(stimuli) }
}

fn datagram(request: &Json) -> Result<Vec<u8>, String> {
    let text = request["hex"].as_str().ok_or("`hex` is not a string")?;
    hex::parse(text).map_err(|error| format!("`hex`: {error}"))
}

fn value(request: &Json) -> Result<Value, String> {
    let message = request["type"].as_str().ok_or("`type` is not a string")?.to_owned();
    let fields = request["fields"].as_object().ok_or("`fields` is not an object")?.clone();
    Ok(Value { message, fields })
}
