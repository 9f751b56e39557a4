//! PING, PONG, `VALIDATION_PING` and `VALIDATION_PONG`: a type byte and a double.

use serde_json::{Value as Json, json};

use super::lengths::{prefixes, surplus};
use crate::{Capability, Value, vectors::family::Family};

/// What tells the four messages apart.
pub(super) struct Timestamp {
    name: &'static str,
    type_byte: &'static str,
    length: &'static str,
    bits: &'static str,
    payload: &'static str,
    encode: &'static str,
    /// What a careless reader does with a datagram that lacks some of the timestamp.
    truncated: &'static str,
}

pub(super) const PING: Timestamp = Timestamp {
    name: "ping",
    type_byte: "02",
    length: "PING-1",
    bits: "PING-2",
    payload: "PING-3",
    encode: "PING-4",
    truncated: "a reader that fills up with zeros echoes a time that was never sent",
};

pub(super) const PONG: Timestamp = Timestamp {
    name: "pong",
    type_byte: "03",
    length: "PONG-1",
    bits: "PONG-2",
    payload: "PONG-3",
    encode: "PONG-4",
    truncated: "a reader that fills up with zeros measures a round trip of years",
};

pub(super) const VALIDATION_PING: Timestamp = Timestamp {
    name: "validation_ping",
    type_byte: "10",
    length: "VALIDATION_PING-1",
    bits: "VALIDATION_PING-2",
    payload: "VALIDATION_PING-3",
    encode: "VALIDATION_PING-4",
    truncated: "a reader that looks at the type alone validates a channel that cuts datagrams",
};

pub(super) const VALIDATION_PONG: Timestamp = Timestamp {
    name: "validation_pong",
    type_byte: "11",
    length: "VALIDATION_PONG-1",
    bits: "VALIDATION_PONG-2",
    payload: "VALIDATION_PONG-3",
    encode: "VALIDATION_PONG-4",
    truncated: "a reader that looks at the type alone starts a game over a channel that cuts datagrams",
};

pub(super) fn cases(family: &mut Family, message: &Timestamp) {
    let datagram = |bits: &str| format!("{} {bits}", message.type_byte);
    let whole = datagram("40934a0000000000");
    family.accept("basic", message.length, &whole, "basic", "1234.5 ms in exactly 9 bytes");
    prefixes(family, &whole, 1..9, |_| message.truncated);
    surplus(family, &whole);
    doubles(family, message);
    nan_payloads(family, message);

    let value = |json: Json| Value::new(message.name).with("timestamp", json);
    for (slug, bits, comment) in [
        (
            "encode-zero",
            "0000000000000000",
            "zero as its 16 digits: what a number 0 has to be written as in JSON",
        ),
        (
            "encode-one",
            "3ff0000000000000",
            "one as its 16 digits: the decimal number 1 is another JSON type",
        ),
    ] {
        family.accept_value(slug, message.encode, value(json!(bits)), "basic", comment);
    }
    for (slug, json, comment) in [
        (
            "number",
            json!(1234),
            "a decimal number: its bits went through a parser, and -0 and NaN would not survive",
        ),
        (
            "fraction",
            json!(100.1),
            "a decimal fraction: the nearest double is a guess of the parser",
        ),
        (
            "null",
            Json::Null,
            "null, which JSON.stringify makes of NaN and infinity: a writer sends 0",
        ),
        ("true", json!(true), "true: JavaScript's setFloat64 converts it to 1"),
        (
            "list",
            json!(["40934a0000000000"]),
            "a list: JavaScript converts a list of one text to that text",
        ),
        ("object", json!({}), "an object: JavaScript's setFloat64 converts it to NaN"),
    ] {
        let comment = format!("timestamp is {comment}");
        family.refuse_value(
            &format!("encode-timestamp-{slug}"),
            value(json),
            "silent-conversion",
            &comment,
        );
    }
}

/// Numbers that must survive bit for bit.
fn doubles(family: &mut Family, message: &Timestamp) {
    for (slug, bits, flags, comment) in [
        ("zero", "0000000000000000", "boundary", "0: a test for truth takes it for no timestamp"),
        (
            "minus-zero",
            "8000000000000000",
            "float-bits",
            "-0: JSON, and a comparison of numbers, lose the sign",
        ),
        (
            "one",
            "3ff0000000000000",
            "byte-order",
            "1: a little-endian reader gives a subnormal number",
        ),
        (
            "minus-one",
            "bff0000000000000",
            "float-bits",
            "-1: a reader of unsigned integers gives a huge number",
        ),
        (
            "tenth",
            "3fb999999999999a",
            "float-bits",
            "0.1: its last digit shows whether text was between",
        ),
        (
            "tenth-sum",
            "3fd3333333333334",
            "float-bits",
            "0.1 + 0.2: rounding to a few decimals gives the bits of 0.3",
        ),
        (
            "100-1",
            "4059066666666666",
            "float-bits",
            "100.1: a 32-bit float in between changes the low half",
        ),
        (
            "1234-5-next",
            "40934a0000000001",
            "float-bits",
            "the next double after 1234.5: any rounding gives 1234.5",
        ),
        (
            "epoch-milliseconds",
            "4278cc251f480000",
            "float-bits",
            "about 1.7e12, the milliseconds of Date.now(): a 32-bit integer overflows",
        ),
        (
            "epoch-fraction",
            "4278cc251f4807df",
            "float-bits",
            "about 1.7e12 with microseconds: a reader that cuts to milliseconds loses them",
        ),
        ("2-53", "4340000000000000", "float-bits", "2^53: the end of exact integers"),
        (
            "2-53-plus-2",
            "4340000000000001",
            "float-bits",
            "2^53 + 2: a detour over text with 16 digits loses the 2",
        ),
        (
            "max",
            "7fefffffffffffff",
            "boundary float-bits",
            "the greatest double: a 32-bit float in between makes it infinite",
        ),
        (
            "min",
            "ffefffffffffffff",
            "boundary float-bits",
            "the least double: a 32-bit float in between makes it infinite",
        ),
        (
            "min-normal",
            "0010000000000000",
            "boundary float-bits",
            "the smallest normal double: flushed to zero by fast arithmetic",
        ),
        (
            "max-subnormal",
            "000fffffffffffff",
            "subnormal",
            "the greatest subnormal double: flushed to zero by fast arithmetic",
        ),
        (
            "min-subnormal",
            "0000000000000001",
            "subnormal byte-order",
            "the smallest subnormal double: flushed to zero, or 1 in another byte order",
        ),
        (
            "minus-min-subnormal",
            "8000000000000001",
            "subnormal",
            "the negative subnormal nearest to zero: flushed to -0",
        ),
        (
            "infinity",
            "7ff0000000000000",
            "float-bits",
            "infinity: JSON has no such number, and a finite check drops it",
        ),
        (
            "minus-infinity",
            "fff0000000000000",
            "float-bits",
            "-infinity: JSON has no such number, and its sign is easily lost",
        ),
        (
            "nan",
            "7ff8000000000000",
            "float-bits nan",
            "the NaN that every engine writes: a comparison with itself fails",
        ),
        (
            "0102030405060708",
            "0102030405060708",
            "byte-order",
            "eight different bytes: every wrong order gives other bits",
        ),
        (
            "palindrome",
            "4142434444434241",
            "byte-order",
            "the same from both ends: right even for a little-endian reader, which keeps bits",
        ),
        (
            "swapped-halves",
            "000000003ff00000",
            "byte-order",
            "1 with its 32-bit halves swapped: a subnormal number, not 1",
        ),
    ] {
        family.accept(slug, message.bits, &format!("{} {bits}", message.type_byte), flags, comment);
    }
}

/// NaN patterns that only an implementation with the capability can keep.
fn nan_payloads(family: &mut Family, message: &Timestamp) {
    for (slug, bits, comment) in [
        (
            "nan-negative",
            "fff8000000000000",
            "the default NaN of x86 arithmetic, with its sign: engines drop the sign",
        ),
        (
            "nan-payload-1",
            "7ff8000000000001",
            "a quiet NaN with a payload: engines replace it by the default one",
        ),
        (
            "nan-payload-low",
            "7ff8000012345678",
            "a payload in the low half: lost by a detour over a 32-bit float",
        ),
        (
            "nan-all-ones",
            "ffffffffffffffff",
            "all bits set, an integer -1 read as a double: engines replace it",
        ),
        (
            "nan-greatest",
            "7fffffffffffffff",
            "the greatest positive NaN pattern: engines replace it",
        ),
        (
            "nan-signalling",
            "7ff0000000000001",
            "the smallest signalling NaN, one bit from infinity: loading it sets the quiet bit",
        ),
        (
            "nan-signalling-greatest",
            "7ff7ffffffffffff",
            "the greatest signalling NaN: loading it sets the quiet bit",
        ),
        (
            "nan-signalling-negative",
            "fff0000000000001",
            "a negative signalling NaN: both its sign and its kind are easily lost",
        ),
    ] {
        let datagram = format!("{} {bits}", message.type_byte);
        family
            .accept(slug, message.payload, &datagram, "float-bits nan", comment)
            .requires(Capability::NanPayload);
    }
}
