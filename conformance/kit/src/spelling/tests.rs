//! Every spelling gives the same datagram, and what can be read in two ways is said.

use super::*;

const STATE_HASH: &str = "07000000960123456789abcdef";

fn all(text: &str) -> Vec<String> {
    let reading =
        read(text, HowToRead::default()).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    reading.packets.iter().map(|packet| rollwire_model::hex::plain(&packet.bytes)).collect()
}

fn fault(text: &str) -> String {
    match read(text, HowToRead::default()) {
        Err(fault) => fault.to_string(),
        Ok(reading) => panic!("{text}: {reading:?}"),
    }
}

#[test]
fn one_datagram_in_every_spelling() {
    for text in [
        "07000000960123456789abcdef",
        "07 00000096 0123456789ABCDEF",
        "07:00:00:00:96:01:23:45:67:89:ab:cd:ef",
        "07-00-00-00-96-01-23-45-67-89-AB-CD-EF",
        "0x07000000960123456789abcdef",
        "0x07, 0x00, 0x00, 0x00, 0x96, 0x1, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef",
        "{ 0x07, 0x00, 0x00, 0x00, 0x96, 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF };",
        "char peer0_0[] = { /* Packet 1 */\n0x07, 0x00, 0x00, 0x00, 0x96, 0x01, 0x23, 0x45,\n0x67, 0x89, 0xab, 0xcd, 0xef };",
        "\\x07\\x00\\x00\\x00\\x96\\x01\\x23\\x45\\x67\\x89\\xab\\xcd\\xef",
        "b'\\x07\\x00\\x00\\x00\\x96\\x01#Eg\\x89\\xab\\xcd\\xef'",
        "\"\\u0007\\u0000\\u0000\\u0000\\u0096\\u0001#Eg\\u0089\\u00ab\\u00cd\\u00ef\"",
        "\"\\x07\\x00\\x00\\x00\\x96\\x01\" \\\n\"\\x23\\x45\\x67\\x89\\xab\\xcd\\xef\"",
        "<Buffer 07 00 00 00 96 01 23 45 67 89 ab cd ef>",
        "Buffer <07 00 00 00 96 01 23 45 67 89 ab cd ef>",
        "Buffer(13) [7, 0, 0, 0, 150, 1, 35, 69, 103, 137, 171, 205, 239]",
        "Uint8Array(13) [\n    7,  0,   0,   0, 150,\n    1, 35,  69, 103, 137,\n  171, 205, 239\n]",
        "const bytes = new Uint8Array([7, 0, 0, 0, 150, 1, 35, 69, 103, 137, 171, 205, 239]);",
        "vec![7, 0, 0, 0, 150, 1, 35, 69, 103, 137, 171, 205, 239]",
        "let bytes: [u8; 13] = [7u8, 0, 0, 0, 150, 1, 35, 69, 103, 137, 171, 205, 239];",
        "[]byte{0x7, 0x0, 0x0, 0x0, 0x96, 0x1, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef}",
        "[]uint8{7, 0, 0, 0, 150, 1, 35, 69, 103, 137, 171, 205, 239}",
        "[13]byte{7, 0, 0, 0, 150, 1, 35, 69, 103, 137, 171, 205, 239}",
        "byte[13] { 7, 0, 0, 0, 150, 1, 35, 69, 103, 137, 171, 205, 239 }",
        "new byte[] { 0x07, 0x00, 0x00, 0x00, 0x96, 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF }",
        "new byte[] { 7, 0, 0, 0, (byte) 150, 1, 35, 69, 103, (byte)137, (byte)171, (byte)205, (byte)239 }",
        "array('B', [7, 0, 0, 0, 150, 1, 35, 69, 103, 137, 171, 205, 239])",
        "ArrayBuffer {\n  [Uint8Contents]: <07 00 00 00 96 01 23 45 67 89 ab cd ef>,\n  byteLength: 13\n}",
        "Uint8Array(13) [7, 0, 0, 0, 150, 1, 35, 69, 103, 137, 171, 205, 239, buffer: ArrayBuffer(13), byteLength: 13, byteOffset: 0, Symbol(Symbol.toStringTag): \"Uint8Array\"]",
        "unsigned char in_bin[] = {\n  0x07, 0x00, 0x00, 0x00, 0x96, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd,\n  0xef\n};\nunsigned int in_bin_len = 13;",
        "[7 0 0 0 150 1 35 69 103 137 171 205 239]",
        "[7, 0, 0, 0, -106, 1, 35, 69, 103, -119, -85, -51, -17]",
        "{\"0\":7,\"1\":0,\"2\":0,\"3\":0,\"4\":150,\"5\":1,\"6\":35,\"7\":69,\"8\":103,\"9\":137,\"10\":171,\"11\":205,\"12\":239}",
        "{\"type\":\"Buffer\",\"data\":[7,0,0,0,150,1,35,69,103,137,171,205,239]}",
        "{\"id\":1,\"op\":\"decode\",\"hex\":\"07000000960123456789abcdef\"}",
        "Buffer.from('07000000960123456789abcdef', 'hex')",
        "bytes.fromhex(\"07 00000096 0123456789abcdef\")",
        "BwAAAJYBI0VniavN7w==",
        "BwAAAJYBI0VniavN7w",
        "data:application/octet-stream;base64,BwAAAJYBI0VniavN7w==",
        "00000000: 0700 0000 9601 2345 6789 abcd ef         ......#Eg....",
        "00000000  07 00 00 00 96 01 23 45  67 89 ab cd ef           |......#Eg....|\n0000000d",
        "0000   07 00 00 00 96 01 23 45 67 89 ab cd ef            ......#Eg····",
        "0000   07 00 00 00 96 01 23 45 67 89 ab cd ef",
        "0000000 07 00 00 00 96 01 23 45 67 89 ab cd ef\n0000015",
        "\t0x0000:  0700 0000 9601 2345 6789 abcd ef",
        "00000000: 07000000 96012345  ......#E\n00000008: 6789abcd ef        g....\n",
    ] {
        assert_eq!(all(text), [STATE_HASH], "{text}");
    }
}

#[test]
fn several_datagrams_are_several() {
    assert_eq!(all("04\n\n07 00\r\n"), ["04", "0700"]);
    assert_eq!(all("[<Buffer 04>, <Buffer 07 00>]"), ["04", "0700"]);
    assert_eq!(all("[[4, 0], [7, 0, 150]]"), ["0400", "070096"]);
    assert_eq!(all("b'\\x04'\nb'\\x07\\x00'"), ["04", "0700"]);
    let dump = "Frame 1:\n0000   04      .\n\nFrame 2:\n0000   07 00   ..\n";
    let reading = read(dump, HowToRead::default()).unwrap();
    assert_eq!(reading.packets.iter().map(|it| it.line).collect::<Vec<_>>(), [2, 5]);
    assert_eq!(reading.notes, ["2 lines without an offset were skipped; the first is `Frame 1:`"]);
    // In the second line, the offsets say that `6162` is not a byte.
    let text = "00000000: 6162 6364 6566 6768  abcdefgh\n00000008: 6162            ab\n";
    assert_eq!(all(text), ["61626364656667686162"]);
}

#[test]
fn what_can_be_read_in_two_ways_is_said() {
    insta::assert_snapshot!(fault("[10, 20, 30]"), @"line 1, column 2: `10`: the numbers can be hex or decimal; give --as hex or --as decimal");
    insta::assert_snapshot!(fault("[7, 04]"), @"line 1, column 2: `7`: some of the numbers look like hex and others like decimal; give --as hex or --as decimal");
    insta::assert_snapshot!(fault("000000 07 00"), @"line 1, column 1: this can be a dump that begins with an offset, or hex that begins with a zero byte; give --as dump or --as hex");
    insta::assert_snapshot!(fault("0000000 0007 9600"), @"line 1, column 1: this looks like the output of `hexdump` without -C or of `od -x`, which swap the bytes of each word; use `xxd` or `hexdump -C`");
    let how = |spelling| HowToRead { spelling: Some(spelling), join: false };
    let bytes = |text, spelling| read(text, how(spelling)).unwrap().packets[0].bytes.clone();
    assert_eq!(bytes("[10, 20, 30]", Spelling::Decimal), [10, 20, 30]);
    assert_eq!(bytes("[10, 20, 30]", Spelling::Hex), [0x10, 0x20, 0x30]);
    assert_eq!(bytes("000000 07 00", Spelling::Dump), [7, 0]);
    assert_eq!(bytes("abcd", Spelling::Base64), [0x69, 0xb7, 0x1d]);
    let wrapped = format!("{}\n0000", "07".repeat(30));
    let reading = read(&wrapped, HowToRead::default()).unwrap();
    assert!(reading.notes[0].ends_with("give --join"), "{:?}", reading.notes);
    let joined = read(&wrapped, HowToRead { spelling: None, join: true }).unwrap();
    assert_eq!((joined.packets.len(), joined.packets[0].bytes.len()), (1, 32));
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    insta::assert_snapshot!(fault("zz"), @"line 1, column 1: `z` is not a hex digit");
    insta::assert_snapshot!(fault("07 00\n07 0g"), @"line 2, column 5: `g` is not a hex digit");
    insta::assert_snapshot!(fault("070"), @"line 1, column 1: `070` has an odd number of hex digits; write decimal numbers with commas between them");
    insta::assert_snapshot!(fault("[7, 256]"), @"line 1, column 5: `256` is not a byte; expected a number from 0 to 255");
    insta::assert_snapshot!(fault("<Buffer 07 00 ... 50 more bytes>"), @"line 1, column 15: the text is shortened here: bytes are missing; print all of them, for example with `Buffer.from(bytes).toString('hex')`");
    insta::assert_snapshot!(fault("Uint8Array(3) [7, 0]"), @"line 1, column 15: `Uint8Array(3)` says 3 bytes, but 2 follow");
    insta::assert_snapshot!(fault("[7, 0"), @"line 1, column 1: `[` is never closed");
    insta::assert_snapshot!(fault("b'\\x0'"), @r"line 1, column 3: `\x` does not begin an escape of one byte");
    insta::assert_snapshot!(fault("0000  07 00\n0010  00"), @"line 2, column 1: the offset 0010 does not follow the line at 0000; is a line missing?");
    insta::assert_snapshot!(fault(" \n"), @"line 1, column 1: the input is empty; for the empty datagram, write two quotation marks");
    insta::assert_snapshot!(fault("07 00 [7, 0, 150]"), @"line 1, column 1: `07 00` before a bracket is not understood; put each datagram on a line of its own");
    assert!(fault(&"[".repeat(100)).ends_with("`[` is never closed"));
    assert!(
        fault(&format!("{}7{}", "[".repeat(100), "]".repeat(100))).contains("nested more than 8")
    );
    assert!(fault(&"0".repeat(MAX_TEXT + 2)).contains("at most 4194304 are read"));
    assert!(fault(&"04\n".repeat(MAX_PACKETS + 1)).contains("more than 65536 datagrams"));
    assert_eq!(all("\"\""), [""]);
}
