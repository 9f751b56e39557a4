//! What the tools are given: published datagrams, random ones, and those of a message of this test.

use libtest_mimic::Failed;
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use rollwire_conformance::vectors::{Content, VectorSet};
use rollwire_model::{
    Layout, Outcome,
    vectors::{Case, CheckKind},
};

/// A datagram, and what it is called in a failure.
#[derive(Clone)]
pub(super) struct Datagram {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// The published cases that decode a datagram.
pub(super) fn cases() -> Result<Vec<Case>, Failed> {
    let set = VectorSet::builtin()?;
    let cases = set.cases().iter().filter_map(|it| match &it.content {
        Content::Bytes(case) if case.bytes().is_some() => Some((**case).clone()),
        _ => None,
    });
    Ok(cases.collect())
}

/// The datagrams of these cases.
pub(super) fn published() -> Result<Vec<Datagram>, Failed> {
    let cases = cases()?.into_iter();
    let datagrams = cases.filter_map(|case| {
        let bytes = case.bytes()?.to_vec();
        Some(Datagram { name: case.id, bytes })
    });
    Ok(datagrams.collect())
}

/// What a published case wants a decoder to answer.
pub(super) fn wanted(case: &Case) -> Option<Outcome> {
    case.outcomes(CheckKind::Decode).into_iter().next().map(|(_, outcome)| outcome)
}

/// The same random numbers each time.
struct Chance(ChaCha8Rng);

impl Chance {
    fn byte(&mut self) -> u8 {
        self.0.next_u32().to_le_bytes()[0]
    }

    /// A number from 0 to one less than this.
    fn below(&mut self, limit: usize) -> usize {
        self.0.next_u32() as usize % limit.max(1)
    }

    fn bytes(&mut self, limit: usize) -> Vec<u8> {
        (0..self.below(limit)).map(|_| self.byte()).collect()
    }
}

/// Random bytes, and published datagrams with changes: the same ones each time.
pub(super) fn random(count: usize, seed: u64) -> Result<Vec<Datagram>, Failed> {
    let published = published()?;
    let types: Vec<u8> = Layout::builtin().messages.iter().map(|it| it.type_byte).collect();
    let mut chance = Chance(ChaCha8Rng::seed_from_u64(seed));
    let datagrams = (0..count).map(|number| {
        let mut bytes = match chance.below(4) {
            0 => chance.bytes(40),
            _ => published[chance.below(published.len())].bytes.clone(),
        };
        if chance.below(4) == 0 && !bytes.is_empty() {
            bytes[0] = types[chance.below(types.len())];
        }
        match chance.below(4) {
            0 => bytes.truncate(chance.below(bytes.len() + 1)),
            1 => bytes.extend(chance.bytes(8)),
            2 if !bytes.is_empty() => {
                let index = chance.below(bytes.len());
                bytes[index] = chance.byte();
            }
            _ => {}
        }
        Datagram { name: format!("random/{number}"), bytes }
    });
    Ok(datagrams.collect())
}

/// A message with a field of every kind, in an order that no other message has.
const NEW_MESSAGE: &str = r#"
[[message]]
name = "new_message"
title = "NEW_MESSAGE"
type = 0x60
since = 5
chapter = "common.md"
length = "34 + 3·number"
length_rule = "STATE_HASH-1"
encode_rule = "STATE_HASH-6"
ordered = { first = "low", last = "high", rule = "INPUT_REQUEST-4", encode_rule = "INPUT_REQUEST-5" }
fields = [
    { name = "type", offset = 0, size = 1, kind = "type", unit = "", range = "0x60", rule = "PING-1" },
    { name = "number", offset = 1, size = 2, kind = "count", unit = "parts", range = "2 to 9", rule = "INPUT-4", refuse_rule = "INPUT-5", wrong_length_rule = "INPUT-7", limits = [
        { since = 5, until = 6, min = 2, max = 4, may = 6, may_rule = "INPUT-6" },
        { since = 7, min = 2, max = 9 },
    ] },
    { name = "mark", offset = 3, size = 4, kind = "text_hash", unit = "", range = "4 characters", rule = "EPISODE_READY-3", refuse_rule = "EPISODE_READY-4" },
    { name = "open", offset = 7, size = 1, kind = "flag", unit = "", range = "0 or 1", rule = "FOCUS_STATE-2", refuse_rule = "FOCUS_STATE-3" },
    { name = "spare", offset = 8, size = 3, kind = "reserved", unit = "", range = "0, ignored", rule = "INPUT-8" },
    { name = "low", offset = 11, size = 1, kind = "uint", unit = "points", range = "0 to 255", rule = "PING-1" },
    { name = "high", offset = 12, size = 4, kind = "uint", unit = "points", range = "low and more", rule = "PING-1" },
    { name = "when", offset = 16, size = 8, kind = "double", unit = "seconds", range = "any double", rule = "PING-2" },
    { name = "seal", offset = 24, size = 10, kind = "raw_hash", unit = "", range = "any", rule = "STATE_HASH-3" },
    { name = "parts", offset = 34, size = 3, kind = "entries", unit = "", range = "number of them", rule = "INPUT-10", entry = [
        { name = "key", offset = 0, size = 1, kind = "uint", unit = "key", range = "0 to 255" },
        { name = "points", offset = 1, size = 2, kind = "uint", unit = "points", range = "0 to 65535" },
    ] },
]
"#;

/// The table of layouts with one more message.
pub(super) fn layout_with_a_new_message() -> Result<Layout, Failed> {
    let table = include_str!("../../../../../spec/messages.toml");
    Ok(Layout::parse(&format!("{table}{NEW_MESSAGE}"))?)
}

/// Datagrams of the new message: one that is right, every one that differs from it in one byte, and every
/// one that is shorter or longer.
pub(super) fn of_the_new_message() -> Vec<Datagram> {
    let mut right = vec![0x60, 0, 3];
    right.extend(b"0f9a\x01\0\0\0\x05\0\0\0\x09\x40\x59\0\0\0\0\0\x01seal567890");
    right.extend([1, 0, 2, 3, 0, 4, 5, 0xff, 0xfe]);
    let mut all = vec![right.clone()];
    for index in 1..right.len() {
        for byte in [0, 1, 2, 4, 5, 6, 9, 10, b'G', 0x7f, 0xff] {
            let mut changed = right.clone();
            changed[index] = byte;
            all.push(changed);
        }
    }
    // Counts with the length that belongs to them.
    for count in 0..12 {
        let mut changed = right[..34].to_vec();
        changed[2] = count;
        changed.extend((0..count).flat_map(|it| [it, 0, it]));
        all.push(changed);
    }
    all.extend((0..right.len()).map(|length| right[..length].to_vec()));
    all.push([&right[..], &[0]].concat());
    let named = all.into_iter().enumerate();
    named.map(|(number, bytes)| Datagram { name: format!("new/{number}"), bytes }).collect()
}
