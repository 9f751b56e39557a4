//! Faulty implementations that speak the adapter protocol (`spec/adapter.md`), so that the kit can be run
//! against them.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, Read, Write},
};

use rollwire_conformance::protocol::{Capability, Implementation, MAX_LINE, PROTOCOL_VERSION};
use rollwire_model::{
    AnySession, Model, Outcome, Value,
    digest::{DigestRules, Form},
    exchange::{Behaviour, Observation, Session, Stimulus, Variant},
    hex,
    peer::{Areas, Behaviour as PeerBehaviour, Parameters, Session as PeerSession},
};
use serde_json::{Value as Json, json};

use super::{
    answers::{Answer, error, line, outcome},
    bytes::{self, Codec, MutantCodec},
    digest, exchange, peer,
};

/// What an implementation declares that has a whole exchange.
pub(crate) const EXCHANGE: [Capability; 4] =
    [Capability::Exchange, Capability::Inspect, Capability::Detect, Capability::Advance];

/// What an implementation declares that has a whole peer as well.
pub(crate) const PEER: [Capability; 10] = [
    Capability::Exchange,
    Capability::Inspect,
    Capability::Detect,
    Capability::Advance,
    Capability::Inputs,
    Capability::Liveness,
    Capability::Validation,
    Capability::Episodes,
    Capability::CatchUp,
    Capability::Focus,
];

/// How many sessions may be open at once.
pub(crate) const SESSIONS: usize = 16;

/// An implementation that is wrong in one way or in several at once.
#[derive(Clone, Debug, Default)]
pub struct Faulty {
    /// What is wrong with its codec.
    pub bytes: Vec<bytes::Mutant>,
    /// What is wrong with its exchange.
    pub exchange: Vec<exchange::Mutant>,
    /// What is wrong with its peer.
    pub peer: Vec<peer::Mutant>,
    /// What is wrong with its digest.
    pub digest: Vec<digest::Mutant>,
    /// What it declares besides the codec.
    pub others: Vec<Capability>,
}

impl Faulty {
    /// The mutant with this name.
    #[must_use]
    pub fn mutant(name: &str) -> Option<Self> {
        let conforming = bytes::equivalents().into_iter().map(|(mutant, _)| mutant);
        let of_bytes = bytes::mutants().into_iter().chain(conforming).find(|it| it.name == name);
        let of_the_exchange = || exchange::mutants().into_iter().find(|it| it.name == name);
        let of_the_digest = || digest::mutants().into_iter().find(|it| it.name == name);
        if let Some(mutant) = of_bytes {
            Some(Self { bytes: vec![mutant], ..Self::default() })
        } else if let Some(mutant) = of_the_exchange() {
            let others = EXCHANGE.to_vec();
            Some(Self { exchange: vec![mutant], others, ..Self::default() })
        } else if let Some(mutant) = peer::mutants().into_iter().find(|it| it.name == name) {
            Some(Self { peer: vec![mutant], others: PEER.to_vec(), ..Self::default() })
        } else {
            let others = vec![Capability::Digest];
            Some(Self { digest: vec![of_the_digest()?], others, ..Self::default() })
        }
    }

    /// The implementation that has the faults of both.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.bytes.extend(other.bytes.iter().cloned());
        self.exchange.extend(&other.exchange);
        self.peer.extend(&other.peer);
        self.digest.extend(&other.digest);
        let missing = other.others.iter().filter(|it| !self.others.contains(it));
        let missing: Vec<_> = missing.copied().collect();
        self.others.extend(missing);
        self
    }

    /// Answers each line of the input with one line, until the input ends.
    ///
    /// # Errors
    /// If the input cannot be read or the output cannot be written.
    pub fn serve(&self, input: impl BufRead, output: impl Write) -> io::Result<()> {
        Answering::new(self).serve(input, output)
    }

    /// The names of its faults.
    #[must_use]
    pub fn name(&self) -> String {
        let bytes = self.bytes.iter().map(|mutant| &*mutant.name);
        let exchange = self.exchange.iter().map(|mutant| mutant.name);
        let digest = self.digest.iter().map(|mutant| mutant.name);
        let peer = self.peer.iter().map(|mutant| mutant.name);
        bytes.chain(exchange).chain(peer).chain(digest).collect::<Vec<_>>().join(" + ")
    }

    /// The capabilities that it declares.
    pub(crate) fn capabilities(&self) -> impl Iterator<Item = Capability> {
        let codec =
            [Capability::Decode, Capability::Encode, Capability::Reencode, Capability::NanPayload];
        codec.into_iter().chain(self.others.iter().copied())
    }

    /// The implementation by its name, as hello gives it.
    pub(crate) fn implementation(&self) -> Implementation {
        Implementation {
            name: format!("mutant {}", self.name()),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            language: "rust".to_owned(),
        }
    }
}

/// A faulty implementation that answers requests.
#[derive(Debug)]
pub(crate) struct Answering<'a> {
    faulty: &'a Faulty,
    model: Model,
    codec: MutantCodec<'a>,
    behaviour: Behaviour,
    peer: PeerBehaviour,
    digest: DigestRules,
    sessions: BTreeMap<u64, AnySession>,
}

impl<'a> Answering<'a> {
    pub(crate) fn new(faulty: &'a Faulty) -> Self {
        let model = Model::latest();
        let mut behaviour = Behaviour::SPECIFIED;
        faulty.exchange.iter().for_each(|mutant| (mutant.edit)(&mut behaviour));
        let mut peer = PeerBehaviour::SPECIFIED;
        faulty.peer.iter().for_each(|mutant| (mutant.edit)(&mut peer));
        let mut digest = DigestRules::SPECIFIED;
        faulty.digest.iter().for_each(|mutant| (mutant.edit)(&mut digest));
        let codec = MutantCodec::new(faulty.bytes.iter().collect(), &model);
        Self { faulty, model, codec, behaviour, peer, digest, sessions: BTreeMap::new() }
    }

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
            let Some(answer) = self.line(&text) else {
                let _ = writeln!(io::stderr(), "a line without an id is not a request");
                continue;
            };
            writeln!(output, "{answer}")?;
            output.flush()?;
        }
    }

    /// The answer to one line; `None` if it has no id.
    pub(crate) fn line(&mut self, text: &[u8]) -> Option<String> {
        let request: Json = serde_json::from_slice(text).unwrap_or_default();
        let id = request["id"].as_u64()?;
        let answer = self.answer(&request).unwrap_or_else(|text| error(&text));
        Some(line(id, &answer))
    }

    /// The answer, or what is wrong with the request.
    fn answer(&mut self, request: &Json) -> Result<Answer, String> {
        let answered = match request["op"].as_str() {
            Some("hello") => return self.hello(request),
            Some("decode") => self.codec.decode(&datagram(request)?).map(Outcome::Value),
            Some("encode") => self.codec.encode(&value(request)?).map(Outcome::Bytes),
            Some("reencode") => self.codec.reencode(&datagram(request)?).map(Outcome::Bytes),
            Some("open" | "step" | "advance" | "close") => return self.session(request),
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
        let hello = json!({
            "protocol": PROTOCOL_VERSION, "nonce": request["nonce"],
            "impl": self.faulty.implementation(),
            "revision": self.model.revision(), "capabilities": self.faulty.capabilities().map(Capability::as_str).collect::<Vec<_>>(),
            "window": 256, "sessions": SESSIONS,
        });
        Ok(("ok", hello))
    }

    fn digest(&self, request: &Json) -> Result<Answer, String> {
        if !self.faulty.others.contains(&Capability::Digest) {
            return Ok(("unsupported", json!({})));
        }
        let state = request["state"].as_str().ok_or("`state` is not a string")?;
        let form: Form = serde_json::from_value(request["form"].clone())
            .map_err(|error| format!("`form`: {error}"))?;
        Ok(match self.digest.digest(state, form) {
            Ok(digest) => ("ok", json!({"hash": digest.hash, "text": digest.text})),
            Err(refused) => ("reject", json!({"class": refused.class.as_str()})),
        })
    }

    /// A new session: of an exchange, or of the peer in a request to open one.
    fn opened(&self, peer: &Json) -> Result<AnySession, String> {
        if peer.is_null() {
            let detects = self.faulty.others.contains(&Capability::Detect);
            let variant = Variant { detects, ..Variant::DETECTS };
            return Ok(Session::new(&self.model, self.behaviour, variant).into());
        }
        let setup = serde_json::from_value(peer.clone()).map_err(|it| format!("`peer`: {it}"))?;
        let parameters = Parameters::of(self.model.revision());
        let areas = Areas::declared(|it| self.faulty.others.contains(&it));
        Ok(PeerSession::new(&self.model, self.peer, setup, parameters, areas).into())
    }

    fn session(&mut self, request: &Json) -> Result<Answer, String> {
        let is_of_sessions = |it: &Capability| *it == Capability::Exchange || it.is_of_peer();
        if !self.faulty.others.iter().any(is_of_sessions) {
            return Ok(("unsupported", json!({})));
        }
        let number = request["session"].as_u64().ok_or("`session` is not a number")?;
        let is_open = self.sessions.contains_key(&number);
        let is_full = self.sessions.len() >= SESSIONS;
        match (request["op"].as_str(), self.sessions.get_mut(&number)) {
            (Some("open"), None) if is_full => Err(format!("{SESSIONS} sessions are already open")),
            (Some("open"), None) => {
                let session = self.opened(&request["peer"])?;
                self.sessions.insert(number, session);
                Ok(("ok", json!({})))
            }
            (Some("step"), Some(session)) => {
                let stimuli = stimuli(request)?;
                let observations: Vec<_> =
                    stimuli.iter().map(|it| observation(&session.step(it))).collect();
                Ok(("ok", json!({"observations": observations})))
            }
            (Some("advance"), Some(session)) => {
                let observation = observation(&session.advance(&stimuli(request)?));
                Ok(("ok", json!({"observations": [observation]})))
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

/// An observation in one object.
fn observation(observed: &Observation) -> Json {
    let Observation { peer, .. } = observed;
    let mut members = json!(peer);
    if let (Json::Object(members), Json::Object(exchange)) = (&mut members, json!(observed)) {
        members.extend(exchange.into_iter().filter(|(name, _)| name != "peer"));
    }
    members
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
