//! The cases of `rollwire fuzz`: each is a function of the seed and its number.

use rollwire_model::{
    Kind, MessageLayout, Model, Outcome, Value,
    exchange::Stimulus,
    hex::Hex,
    vectors::{Case, CheckKind},
};
use serde_json::Value as Json;

use super::{
    case::{ask_bytes, ask_value, blank, is_undecided},
    crowds, digests, message_edges,
    packets::packet,
    peers,
    random::Random,
    scenarios::{self, Generator},
    values,
};
use crate::{
    protocol::Capability,
    vectors::{AnyCase, CaseSeed, Origin},
};

/// One case in this number is one of the edges.
const EDGES: u64 = 8;

/// The greatest size of a state.
const MOST: usize = 4096;

/// The case with this number, which has one check; none where the specification leaves the answer open.
#[must_use]
pub fn case(model: &Model, draw: CaseSeed) -> Option<AnyCase> {
    let mut random = Random::new(draw.seed, draw.number);
    let messages = &model.layout().messages;
    let known: Vec<&MessageLayout> =
        messages.iter().filter(|it| it.since <= model.revision()).collect();
    let message = *random.pick(&known);
    // Numbers of their own, so that all other cases stay as they are.
    if draw.number % EDGES == EDGES - 1 {
        return edge(model, message, draw, &mut random);
    }
    match random.below(32) {
        0 => Some(scenario(draw, &mut random)),
        1 => Some(digest(draw, &mut random)),
        2 => Some(peer(draw, &mut random)),
        3..=11 => {
            let value = values::valid(model, message, &mut random);
            let value = match random.one_in(2) {
                true => value,
                false => values::with_one_fault(model, message, value, &mut random),
            };
            Some(of_value(model, message, value, draw))
        }
        at => {
            let bytes = packet(model, message, &mut random);
            let kind = if at % 3 == 0 { CheckKind::Reencode } else { CheckKind::Decode };
            of_bytes(model, &bytes, kind, draw)
        }
    }
}

/// A case where an implementation that is right for most goes wrong.
fn edge(
    model: &Model,
    message: &MessageLayout,
    draw: CaseSeed,
    random: &mut Random,
) -> Option<AnyCase> {
    match random.below(4) {
        0 | 1 => {
            let id = format!("fuzz/digest/{}", draw.number);
            Some(any(draw, digests::edge_case(&id, MOST, random)))
        }
        2 => {
            let bytes = message_edges::packet(model, message, random, true);
            of_bytes(model, &bytes, CheckKind::Decode, draw)
        }
        _ => {
            let value = message_edges::value(model, message, random);
            Some(of_value(model, message, value, draw))
        }
    }
}

fn any(draw: CaseSeed, content: impl Into<crate::vectors::Content>) -> AnyCase {
    AnyCase::new(Origin::Fuzz(draw), content)
}

/// A check of these bytes; none where the specification leaves the answer open.
#[must_use]
pub fn of_bytes(model: &Model, bytes: &[u8], kind: CheckKind, draw: CaseSeed) -> Option<AnyCase> {
    if is_undecided(model, bytes) {
        return None;
    }
    let message = model.named_message(bytes).or(model.layout().messages.first())?;
    let decoded = model.decode(bytes);
    let (rule, comment) = match &decoded {
        Ok(_) => (message.length_rule.clone(), "a datagram that is a message"),
        Err(refusal) => (refusal.rule.clone(), "a datagram that is not a message"),
    };
    let mut case = blank(message, &draw.number.to_string(), rule, comment);
    ask_bytes(&mut case, model, bytes);
    case.checks = vec![kind];
    // What may come back instead of the bytes that were given. An encoder may refuse what a decoder
    // accepts under an alternative, so the model is not asked to encode it.
    let may_come_back = model.reencode_outcomes(bytes).into_iter();
    case.canonical = may_come_back
        .filter_map(|(_, outcome)| match outcome {
            Outcome::Bytes(canonical) => Some(canonical),
            _ => None,
        })
        .find(|canonical| canonical != bytes)
        .map(|canonical| Hex::from(&canonical[..]));
    let kept = match decoded {
        Ok(value) => Some(value),
        Err(refusal) => refusal.alternative,
    };
    let has_payload = kept.is_some_and(|value| has_nan_payload(message, &value));
    Some(finished(case, has_payload, draw))
}

/// A check of this value.
#[must_use]
pub fn of_value(model: &Model, message: &MessageLayout, value: Value, draw: CaseSeed) -> AnyCase {
    let (rule, comment) = match model.encode(&value) {
        Ok(_) => (message.length_rule.clone(), "a value that has a datagram"),
        Err(refusal) => (refusal.rule, "a value that has no datagram"),
    };
    let has_payload = has_nan_payload(message, &value);
    let mut case = blank(message, &draw.number.to_string(), rule, comment);
    ask_value(&mut case, model, value);
    finished(case, has_payload, draw)
}

fn finished(mut case: Case, has_payload: bool, draw: CaseSeed) -> AnyCase {
    // Only some implementations keep the payload of a NaN.
    if has_payload {
        case.requires = vec![Capability::NanPayload.as_str().to_owned()];
    }
    case.id.insert_str(0, "fuzz/");
    any(draw, case)
}

fn scenario(draw: CaseSeed, random: &mut Random) -> AnyCase {
    let (generator, length) = match random.below(64) {
        0 => (Generator::of_a_long_game(), 220),
        1 => (Generator::of_a_peer_far_ahead(), 220),
        2..=4 => (Generator::of_colliding_frames(), 20 + random.below(40)),
        5 => {
            let stimuli = crowds::stimuli(&mut |limit| random.choose(limit));
            return of_stimuli(draw, stimuli);
        }
        _ => {
            let generator = Generator::new(&mut |limit| random.choose(limit));
            (generator, 10 + random.below(50))
        }
    };
    let stimuli = scenarios::stimuli(generator, length, &mut |limit| random.choose(limit));
    of_stimuli(draw, stimuli)
}

fn peer(draw: CaseSeed, random: &mut Random) -> AnyCase {
    let length = 10 + random.below(50);
    let (setup, stimuli) = peers::stimuli(length, &mut |limit| random.choose(limit));
    let id = format!("fuzz/peer/{}", draw.number);
    any(draw, peers::of_peer(&id, "random stimuli", setup, stimuli))
}

fn of_stimuli(draw: CaseSeed, stimuli: Vec<Stimulus>) -> AnyCase {
    let id = format!("fuzz/exchange/{}", draw.number);
    any(draw, scenarios::scenario(&id, "EXCH-8", "random stimuli", stimuli))
}

fn digest(draw: CaseSeed, random: &mut Random) -> AnyCase {
    let is_damaged = random.one_in(8);
    any(draw, digests::random_case(&format!("fuzz/digest/{}", draw.number), is_damaged, random))
}

/// Whether a timestamp is a NaN other than the one that every implementation has to keep.
fn has_nan_payload(message: &MessageLayout, value: &Value) -> bool {
    let doubles = message.fields.iter().filter(|field| field.kind == Kind::Double);
    let mut bits = doubles.filter_map(|field| {
        let text = value.fields.get(&field.name).and_then(Json::as_str)?;
        u64::from_str_radix(text, 16).ok()
    });
    bits.any(|bits| f64::from_bits(bits).is_nan() && bits != 0x7ff8_0000_0000_0000)
}
