//! Every spelling gives the same datagram, and what can be read in two ways is said.

use super::*;

const STATE_HASH: &str = "07000000960123456789abcdef";

/// This datagram in every spelling. The playground of the site is held to the same texts.
const EXAMPLES: &str = include_str!("examples.json");

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
    let texts: Vec<String> = serde_json::from_str(EXAMPLES).unwrap();
    assert!(texts.len() > 40, "{} texts", texts.len());
    for text in texts {
        assert_eq!(all(&text), [STATE_HASH], "{text}");
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
