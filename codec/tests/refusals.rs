//! Every class of refusal: the bytes, the error and its offset, and the order of the checks.

use rollwire_codec::{
    DecodeError::{self, Count, Empty, Range, Text, Trailing, Truncated, UnknownType, Value},
    RefusalClass, decode,
};

#[test]
fn every_class_has_its_error_and_offset() {
    #[rustfmt::skip]
    let table: &[(&[u8], DecodeError, &str, usize)] = &[
        (b"", Empty, "empty", 0),
        (b"\x00", UnknownType { found: 0x00 }, "unknown_type", 0),
        (b"\x08\0\0\0\x01\0\0\0\0", UnknownType { found: 0x08 }, "unknown_type", 0),
        (b"\x0f", UnknownType { found: 0x0f }, "unknown_type", 0),
        (b"\x15", UnknownType { found: 0x15 }, "unknown_type", 0),
        (b"\xff\xff", UnknownType { found: 0xff }, "unknown_type", 0),
        // A cut header is what is missing, even if the count could be read.
        (b"\x01\0\0\0\0\0\0\x10", Truncated { expected: 9, found: 8 }, "truncated", 8),
        (b"\x01\0\0\0\0\0\0\x01\0", Truncated { expected: 14, found: 9 }, "truncated", 9),
        (b"\x01\0\0\0\0\0\0\x01\0\0\0\0\0\0\0", Trailing { expected: 14, found: 15 }, "trailing", 14),
        // The count comes before the length.
        (b"\x01\0\0\0\0\0\0\0\0", Count { found: 0 }, "count", 7),
        (b"\x01\0\0\0\0\0\0\0\0\0", Count { found: 0 }, "count", 7),
        (b"\x01\0\0\0\0\0\0\x10\0", Count { found: 16 }, "count", 7),
        (b"\x01\0\0\0\0\0\0\xff\0", Count { found: 255 }, "count", 7),
        (b"\x13\0\0\0", Truncated { expected: 5, found: 4 }, "truncated", 4),
        (b"\x13\0\0\xff\xff", Truncated { expected: 327_680, found: 5 }, "truncated", 5),
        (b"\x13\0\0\0\0\0", Trailing { expected: 5, found: 6 }, "trailing", 5),
        (b"\x14\x02\0\0\0\0", Value { found: 2 }, "value", 1),
        (b"\x14\xff\0\0\0\0", Value { found: 255 }, "value", 1),
        // The length comes before the values.
        (b"\x14\x02\0\0\0", Truncated { expected: 6, found: 5 }, "truncated", 5),
        (b"\x14\x02\0\0\0\0\0", Trailing { expected: 6, found: 7 }, "trailing", 6),
        (b"\x06\0\0\0\x01A1b2c3d4", Text { offset: 5, found: b'A' }, "text", 5),
        (b"\x06\0\0\0\x01a1b2c3dg", Text { offset: 12, found: b'g' }, "text", 12),
        (b"\x06\0\0\0\x01a1\0\xff 3d4", Text { offset: 7, found: 0 }, "text", 7),
        (b"\x06\0\0\0\x01A1b2c3d", Truncated { expected: 13, found: 12 }, "truncated", 12),
        (b"\x12\0\0\0\x0a\0\0\0\x09", Range { start: 10, end: 9 }, "range", 5),
        (b"\x12\xff\xff\xff\xff\0\0\0\0", Range { start: u32::MAX, end: 0 }, "range", 5),
        (b"\x12\0\0\0\x0a\0\0\0", Truncated { expected: 9, found: 8 }, "truncated", 8),
    ];
    for &(wire, error, class, offset) in table {
        assert_eq!(decode(wire), Err(error), "{wire:02x?}");
        assert_eq!(error.class().as_str(), class);
        assert_eq!(error.offset(), offset);
    }
    for class in RefusalClass::ALL {
        assert!(table.iter().any(|(_, error, ..)| error.class() == class), "{class}");
    }
}

#[test]
fn the_nearest_accepted_datagrams() {
    let mut input = b"\x01\0\0\0\0\0\0\x0f\0".to_vec();
    input.resize(9 + 5 * 15, 0xff);
    let mut response = b"\x13\0\0\xff\xff".to_vec();
    response.resize(327_680, 0xff);
    for wire in [
        b"\x01\0\0\0\0\0\0\x01\xff\0\0\0\0\0".as_slice(),
        &input,
        b"\x04",
        b"\x06\0\0\0\x0009afaf90",
        b"\x12\0\0\0\x0a\0\0\0\x0a",
        b"\x13\xff\xff\0\0",
        &response,
        b"\x14\0\xff\xff\xff\xff",
    ] {
        assert!(decode(wire).is_ok(), "{wire:02x?}");
    }
}
