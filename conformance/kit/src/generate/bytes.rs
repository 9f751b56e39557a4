//! Fresh cases: made by the model from a seed, new in every run.
//!
//! An implementation that only repeats the answers to the published vectors fails here. The seed is printed,
//! and the same seed gives the same cases.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use rollwire_model::{
    Field, Kind, MessageLayout, Model, Value,
    hex::Hex,
    vectors::{Case, CheckKind},
};
use serde_json::{Map, json};

use super::{
    case::{ask_bytes, ask_value, blank, is_undecided},
    message_edges,
    random::Random,
};

/// How many fresh cases for each message there are by default.
pub const DEFAULT: u32 = 32;

/// The streams of the edges have higher numbers than those of messages.
const EDGES: u64 = 1 << 50;

/// So have those of the values that are only encoded.
const VALUES: u64 = 1 << 40;

/// Fresh INPUT_RESPONSEs have at most this many entries; the large ones are cases of their own.
const MAX_ENTRIES: u64 = 60;

/// Cases for every message of the model's revision: `each` valid ones, and half as many damaged ones.
#[must_use]
pub(super) fn cases(model: &Model, seed: u64, each: u32) -> Vec<Case> {
    let mut cases = Vec::new();
    for message in &model.layout().messages {
        if message.since > model.revision() {
            continue;
        }
        // One stream a message: `--filter` and a new message leave the other messages' cases alone.
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(u64::from(message.type_byte));
        let mut maker = Maker { model, message, rng };
        for number in 0..each {
            cases.push(maker.valid(number));
        }
        cases.extend(values(model, message, seed, each));
        for number in 0..each / 2 {
            cases.push(maker.damaged(number));
        }
        for number in 0..each / 4 {
            cases.extend(maker.unencodable(number));
        }
        for number in 0..each / 8 {
            let stream = EDGES + (u64::from(message.type_byte) << 32) + u64::from(number);
            cases.push(maker.edge(number, &mut Random::new(seed, stream)));
        }
    }
    cases
}

/// Random values to encode, from a stream of their own. No datagram of the other cases is one of theirs.
fn values(model: &Model, message: &MessageLayout, seed: u64, each: u32) -> Vec<Case> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(VALUES + u64::from(message.type_byte));
    let mut maker = Maker { model, message, rng };
    let value = |number| {
        let value = maker.value();
        let rule = maker.any_field_rule();
        let mut case = maker.case(&format!("value-{number}"), rule, "a random value");
        ask_value(&mut case, model, value);
        case
    };
    (0..each).map(value).collect()
}

struct Maker<'a> {
    model: &'a Model,
    message: &'a MessageLayout,
    rng: ChaCha8Rng,
}

impl Maker<'_> {
    /// The bytes of a random value, which are decoded and encoded again. Another value is asked to be
    /// encoded: with both in one window, a program without a codec could answer each from the other.
    fn valid(&mut self, number: u32) -> Case {
        let value = self.value();
        let bytes = self.model.encode(&value).unwrap_or_default();
        let rule = self.any_field_rule();
        let mut case = self.case(&format!("valid-{number}"), rule, "a random value");
        case.checks = vec![CheckKind::Decode, CheckKind::Reencode];
        case.hex = Some(Hex::from(&bytes[..]));
        case.value = Some(value);
        case
    }

    /// A valid datagram, then one edit; the model says what may be answered.
    fn damaged(&mut self, number: u32) -> Case {
        loop {
            let bytes = self.edited();
            // What the specification leaves open cannot be judged. It is rare: another edit will do.
            if !is_undecided(self.model, &bytes) {
                return self.judged(number, &bytes);
            }
        }
    }

    /// A valid datagram with one edit.
    fn edited(&mut self) -> Vec<u8> {
        let value = self.value();
        let mut bytes = self.model.encode(&value).unwrap_or_default();
        match self.below(4) {
            0 => bytes.truncate(self.index(bytes.len())),
            1 => {
                for _ in 0..=self.below(8) {
                    bytes.push(self.byte());
                }
            }
            2 => {
                let at = self.index(bytes.len());
                bytes[at] = self.byte();
            }
            _ => {
                let at = self.index(bytes.len());
                bytes[at] ^= 1 << self.below(8);
            }
        }
        bytes
    }

    fn judged(&mut self, number: u32, bytes: &[u8]) -> Case {
        let rule = match self.model.decode(bytes) {
            Ok(_) => self.any_field_rule(),
            Err(refusal) => refusal.rule,
        };
        let mut case =
            self.case(&format!("damaged-{number}"), rule, "a valid datagram with one edit");
        ask_bytes(&mut case, self.model, bytes);
        case
    }

    /// A value with one integer outside its field.
    fn unencodable(&mut self, number: u32) -> Option<Case> {
        let mut value = self.value();
        let integers: Vec<&Field> =
            self.message.fields.iter().filter(|field| field.kind == Kind::Uint).collect();
        let field = *integers.get(self.index(integers.len()))?;
        let beyond = 1_u64 << (8 * field.size);
        let surplus = self.below(1 << 20);
        let number_outside = if self.below(4) == 0 {
            json!((-1_i64).saturating_sub_unsigned(surplus))
        } else {
            json!(beyond + surplus)
        };
        value.fields.insert(field.name.clone(), number_outside);
        let refusal = self.model.encode(&value).err()?;
        let id = format!("unencodable-{number}");
        let mut case = self.case(&id, refusal.rule, "an integer outside its field");
        case.value = Some(value);
        case.reject = Some(refusal.class);
        case.checks = vec![CheckKind::Encode];
        Some(case)
    }

    /// A value or a datagram where a codec that is right for most goes wrong, in turn.
    fn edge(&self, number: u32, random: &mut Random) -> Case {
        let (id, comment) =
            (format!("edge-{number}"), "a message at the edge of what codecs check");
        let (model, message) = (self.model, self.message);
        if number.is_multiple_of(2) {
            let bytes = message_edges::packet(model, message, random, false);
            let rule =
                model.decode(&bytes).map_or_else(|it| it.rule, |_| message.length_rule.clone());
            let mut case = self.case(&id, rule, comment);
            ask_bytes(&mut case, model, &bytes);
            return case;
        }
        let value = message_edges::value(model, message, random);
        let rule = model.encode(&value).map_or_else(|it| it.rule, |_| message.length_rule.clone());
        let mut case = self.case(&id, rule, comment);
        ask_value(&mut case, model, value);
        case
    }

    fn case(&self, name: &str, rule: String, comment: &str) -> Case {
        let mut case = blank(self.message, name, rule, comment);
        case.id.insert_str(0, "fresh/");
        case
    }

    /// The rule of some field of the value, or of the length where there is none.
    fn any_field_rule(&mut self) -> String {
        let rules: Vec<&str> = self.message.fields[1..].iter().map(|field| &*field.rule).collect();
        let at = self.index(rules.len());
        rules.get(at).map_or(self.message.length_rule.clone(), |rule| (*rule).to_owned())
    }

    fn value(&mut self) -> Value {
        let mut fields = Map::new();
        for field in &self.message.fields {
            if let Some(member) = self.member(field) {
                fields.insert(field.name.clone(), member);
            }
        }
        if let Some(ordered) = &self.message.ordered {
            let number = |name: &String| fields.get(name).and_then(serde_json::Value::as_u64);
            if let (Some(first), Some(last)) = (number(&ordered.first), number(&ordered.last)) {
                fields.insert(ordered.first.clone(), json!(first.min(last)));
                fields.insert(ordered.last.clone(), json!(first.max(last)));
            }
        }
        Value { message: self.message.name.clone(), fields }
    }

    fn member(&mut self, field: &Field) -> Option<serde_json::Value> {
        Some(match field.kind {
            Kind::Type | Kind::Count | Kind::Reserved => return None,
            Kind::Uint => json!(self.integer(field.size)),
            Kind::Double => json!(format!("{:016x}", self.double())),
            Kind::RawHash | Kind::TextHash => {
                let digits = field.hash_digits();
                json!(format!("{:016x}", self.rng.next_u64())[16 - digits..])
            }
            Kind::Flag => json!(self.below(2) == 1),
            Kind::Entries => {
                let entries = (0..self.entry_count()).map(|_| {
                    let members = field
                        .entry
                        .iter()
                        .filter_map(|part| Some((part.name.clone(), self.member(part)?)));
                    serde_json::Value::Object(members.collect())
                });
                entries.collect()
            }
        })
    }

    fn entry_count(&mut self) -> u64 {
        let count = self.message.field_of(Kind::Count);
        let limit = count.and_then(|field| field.limit(self.model.revision()));
        let (min, max) = limit.map_or((0, 0), |limit| (limit.min, limit.max.min(MAX_ENTRIES)));
        min + self.below(max - min + 1)
    }

    /// Small, large and anything in between: every bit length is as likely as any other.
    fn integer(&mut self, size: usize) -> u64 {
        let bits = self.below(8 * size as u64 + 1);
        if bits == 0 { 0 } else { self.rng.next_u64() >> (64 - bits) }
    }

    /// The bits of any double but a NaN, which not every implementation keeps.
    fn double(&mut self) -> u64 {
        let bits = self.rng.next_u64();
        if f64::from_bits(bits).is_nan() { 0x7ff8_0000_0000_0000 } else { bits }
    }

    fn byte(&mut self) -> u8 {
        self.below(256).to_le_bytes()[0]
    }

    /// An index into a list of this length; 0 for an empty one.
    #[expect(clippy::cast_possible_truncation, reason = "the index is below a length, a usize")]
    fn index(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    /// A number below the limit, evenly enough for a test; 0 if the limit is 0.
    fn below(&mut self, limit: u64) -> u64 {
        self.rng.next_u64() % limit.max(1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_seed_gives_the_same_cases_and_another_one_others() {
        let model = Model::latest();
        assert_eq!(cases(&model, 7, 8), cases(&model, 7, 8));
        assert_ne!(cases(&model, 7, 8), cases(&model, 8, 8));
    }

    /// A program that has no codec must not be able to answer one request from another one.
    #[test]
    fn no_datagram_to_decode_is_that_of_a_value_to_encode() {
        let model = Model::latest();
        let (mut decoded, mut encoded) = (BTreeSet::new(), BTreeSet::new());
        for case in cases(&model, 7, DEFAULT) {
            let Some(bytes) = case.bytes().filter(|bytes| bytes.len() > 8) else { continue };
            for kind in &case.checks {
                match kind {
                    CheckKind::Encode => encoded.insert(bytes.to_vec()),
                    _ => decoded.insert(bytes.to_vec()),
                };
            }
        }
        assert!(encoded.len() > 200 && decoded.len() > 200, "{} {}", encoded.len(), decoded.len());
        assert_eq!(encoded.intersection(&decoded).collect::<Vec<_>>(), [&[0_u8; 0]; 0]);
    }

    #[test]
    fn nothing_is_asked_that_the_specification_leaves_open() {
        let model = Model::specified(6);
        for seed in 0..4 {
            for case in cases(&model, seed, 1000) {
                // INPUT with 6 to 15 entries before revision 7: only with its right length.
                if let Some(bytes @ [1, _, _, _, _, _, _, count @ 6..=15, _, ..]) = case.bytes() {
                    assert_eq!(bytes.len(), 9 + 5 * usize::from(*count), "{}", case.id);
                }
            }
        }
    }
}
