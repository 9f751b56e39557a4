//! Cases that are too large to store. They are generated at run time, always the same ones.

use crate::{
    Layout, MessageLayout, RefusalClass,
    check::CheckKind,
    vectors::{case::Case, family::Family, generate::typical, long::LongValue},
};

/// The cases about bytes with more than 1,500 bytes: lists of `INPUT_RESPONSE`, and every message with a
/// surplus that a length of 16 bits does not see.
#[must_use]
pub fn large_cases() -> Vec<Case> {
    let mut family = Family::new(Layout::builtin(), LongValue::MESSAGE);
    let most = LongValue::with_entries(LongValue::MOST);
    let beyond = LongValue::with_entries(LongValue::MOST + 1);
    let comment = "900 entries, 4,505 bytes: a buffer of one network packet is too small";
    family.accept(
        "large-900",
        "INPUT_RESPONSE-3",
        &LongValue::with_entries(900).datagram(),
        "count big-message",
        comment,
    );
    let whole = most.datagram();
    let comment = "65535 entries, the last byte missing: the length is 327,679";
    family.refuse(
        "large-65535-truncated",
        &whole[..whole.len() - 2],
        "truncated big-message",
        comment,
    );
    let comment = "65535 entries and one byte: the length is 327,681";
    family.refuse("large-65535-trailing", &format!("{whole}00"), "trailing big-message", comment);
    let comment = "a count of 0 before 65536 entries: what a count that wraps sends";
    family.refuse(
        "large-65536-wrapped",
        &beyond.datagram(),
        "trailing silent-wrap big-message",
        comment,
    );
    let comment = "65535 entries, the most: a signed count says -1, a 16-bit length overflows";
    let draft = family.accept_long("large-65535", most, "count big-message", comment);
    draft.also("INPUT_RESPONSE-5");
    let comment = "65536 entries: a count that wraps says 0 before 327,680 bytes of entries";
    let flags = "count silent-wrap big-message";
    let draft =
        family.refuse_long("large-encode-65536", beyond, RefusalClass::Count, flags, comment);
    draft.also("INPUT_RESPONSE-5");
    // The tests build the same cases and fail on a fault.
    let mut cases = family.finish_latest().unwrap_or_default();
    cases.extend(surplus_of_16_bits());
    cases
}

/// Every message with 65,536 bytes too many: a length that is kept in 16 bits is the right one.
fn surplus_of_16_bits() -> Vec<Case> {
    let made = |message: &MessageLayout| {
        let mut family = Family::new(Layout::builtin(), &message.name);
        let datagram = format!("{}{}", typical(message), "00".repeat(1 << 16));
        let comment = "65,536 bytes too many: a length that is kept in 16 bits is the right one";
        family.refuse("large-trailing-65536", &datagram, "trailing big-message", comment);
        let mut cases = family.finish_latest().unwrap_or_default();
        // Decoding is enough: what is refused is not encoded again, and the request is long.
        cases.iter_mut().for_each(|case| case.checks = vec![CheckKind::Decode]);
        cases
    };
    Layout::builtin().messages.iter().flat_map(made).collect()
}
