//! The members of an object: DIGEST-6 and DIGEST-7.

use std::{cmp::Ordering, collections::BTreeSet};

use super::tree::Member;

/// DIGEST-6: by code point. A pair of surrogates is one code point, as is a lone surrogate.
pub(super) fn order(one: &[u16], other: &[u16]) -> Ordering {
    code_points(one).cmp(code_points(other))
}

fn code_points(units: &[u16]) -> impl Iterator<Item = u32> {
    let decoded = char::decode_utf16(units.iter().copied());
    let point = |character: Result<char, std::char::DecodeUtf16Error>| match character {
        Ok(character) => u32::from(character),
        Err(lone) => u32::from(lone.unpaired_surrogate()),
    };
    decoded.map(point)
}

/// DIGEST-7: of several members with the same key, the last one.
pub(super) fn without_duplicates(members: &[Member]) -> Vec<Member> {
    // In reverse, so that the first member with a key is the one that counts.
    let mut keys = BTreeSet::new();
    let last = members.iter().rev().filter(|(key, _)| keys.insert(key));
    let mut kept: Vec<Member> = last.cloned().collect();
    kept.reverse();
    kept
}
