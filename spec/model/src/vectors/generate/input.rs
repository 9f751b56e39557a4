//! INPUT: a player, a frame, and 1 to 15 entries.

use serde_json::{Value as Json, json};

use super::{
    entries,
    integers::{bad_integers, u16_field, u32_field},
    lengths::{prefixes, surplus},
};
use crate::{Value, vectors::family::Family};

/// The revision that raised the number of entries from 5 to 15 (INPUT-4). Case ids contain it.
const RAISED: u8 = 7;

/// An INPUT of player 1 with that count byte and that many entries.
fn datagram(count: usize, entries: usize) -> String {
    format!("01 0001 00000064 {count:02x} 00{}", entries::hex(entries))
}

fn value(entries: Json) -> Value {
    Value::new("input").with("player", 1).with("current_frame", 100).with("entries", entries)
}

pub(super) fn cases(family: &mut Family) {
    family.accept("basic", "INPUT-1", &datagram(1, 1), "basic", "one entry in exactly 14 bytes");
    header(family);
    lengths(family);
    counts(family);
    other_counts(family);
    reserved(family);
    encoder(family);
    let with = |count: usize, entries: &str| format!("01 0001 00000064 {count:02x} 00{entries}");
    entries::great_entries(family, "INPUT-10", &[2, 3, 5], with);
    entries::one_wrong_entry(family, &[2, 3, 5], value);
}

fn header(family: &mut Family) {
    u16_field(family, "player", "INPUT-2", |digits| {
        format!("01 {digits} 00000064 01 00 0000006403")
    });
    u32_field(family, "current_frame", "INPUT-3", |digits| {
        format!("01 0001 {digits} 01 00 0000006403")
    });
    u32_field(family, "entry-frame", "INPUT-10", |digits| {
        format!("01 0001 00000064 01 00 {digits}03")
    });
    entries::actions(family, "INPUT-10", |digits| {
        format!("01 0001 00000064 01 00 00000064{digits}")
    });
}

/// Too short and too long, with a count that is allowed.
fn lengths(family: &mut Family) {
    let why = |field: &str| match field {
        "player" => "a reader that fills up with zeros takes it for an input of player 0",
        "current_frame" => "a reader that fills up with zeros takes it for an early frame",
        "count" => "there is no number of entries to read",
        "reserved" => "the count is there, and the header is not whole",
        "entries[0].frame" => {
            "a reader that reads past the end throws, or finds the last datagram's bytes"
        }
        _ => "a reader that fills up with zeros plays action 0",
    };
    prefixes(family, &datagram(1, 1), 1..14, why);
    surplus(family, &datagram(1, 1));
    for (count, length, comment) in [
        (3, 9, "three entries announced, none there: the header is whole"),
        (3, 14, "three entries announced, one there: ends at the border of an entry"),
        (
            3,
            19,
            "three entries announced, two there: a reader that stops at the border loses the newest",
        ),
        (3, 20, "ends after the first byte of the third entry"),
        (
            3,
            23,
            "only the last action is missing: a reader that fills up with zeros plays action 0",
        ),
        (
            5,
            28,
            "five entries announced, the most that revision 1 knows: the fourth action and the fifth entry are missing",
        ),
        (5, 33, "five entries announced, the last action is missing"),
    ] {
        let whole: String = datagram(count, count).split_whitespace().collect();
        let slug = format!("count-{count}-truncated-{length}");
        family.refuse(&slug, &whole[..2 * length], "truncated count-length", comment);
    }
    for (count, there, comment) in [
        (2, 1, "the count is one too big: a reader that trusts it reads past the end"),
        (5, 4, "the count is one too big: five announced, four there"),
        (1, 2, "the count is one too small: a reader that trusts it drops the newest entry"),
        (4, 5, "the count is one too small: four announced, five there"),
        (1, 5, "one announced, five there: a reader that divides the length finds five"),
    ] {
        let slug = format!("count-{count}-entries-{there}");
        family.refuse(&slug, &datagram(count, there), "count-length", comment);
    }
    for (count, there, comment) in [
        (15, 14, "the greatest count, one entry missing"),
        (14, 15, "the greatest number of entries, counted one too small"),
        (10, 9, "a peer that repeats ten inputs, the last one lost"),
        (10, 3, "ten announced, three there: a reader that trusts the count reads past the end"),
    ] {
        let slug = format!("count-{count}-entries-{there}");
        family.refuse(&slug, &datagram(count, there), "count-length", comment).since(RAISED);
    }
}

/// Counts that some or all revisions allow.
fn counts(family: &mut Family) {
    for (count, rule, comment) in [
        (1, "INPUT-4", "one entry, the least"),
        (2, "INPUT-4", "two entries: the second begins at byte 14"),
        (3, "INPUT-4", "three entries, the redundancy of revision 1"),
        (4, "INPUT-4", "four entries"),
        (5, "INPUT-4", "five entries, the most before revision 7"),
        (1, "INPUT-5", "the least count, beside a refused 0"),
        (1, "INPUT-7", "the least count with its length, beside counts with a wrong one"),
    ] {
        let slug = if rule == "INPUT-4" {
            format!("count-{count}")
        } else {
            format!("count-{count}-{}", rule.to_ascii_lowercase())
        };
        family.accept(&slug, rule, &datagram(count, count), "count", comment);
    }
    for (count, rule, comment) in [
        (6, "INPUT-4", "six entries: a reader with the old limit of five refuses them"),
        (10, "INPUT-4", "ten entries, what deployed peers send every step"),
        (14, "INPUT-4", "fourteen entries"),
        (15, "INPUT-4", "fifteen entries, the most"),
        (15, "INPUT-5", "the greatest count, beside a refused 16"),
    ] {
        let slug = if rule == "INPUT-4" {
            format!("count-{count}")
        } else {
            format!("count-{count}-{}", rule.to_ascii_lowercase())
        };
        family
            .accept(&slug, rule, &datagram(count, count), "count revision", comment)
            .since(RAISED);
    }
    for (count, comment) in [
        (6, "six entries before revision 7: one more than a sender of that revision puts"),
        (10, "ten entries before revision 7, from a newer peer"),
        (14, "fourteen entries before revision 7, from a newer peer"),
        (15, "fifteen entries before revision 7, from a newer peer"),
    ] {
        let slug = format!("count-{count}-before-revision-{RAISED}");
        family
            .graded(&slug, &datagram(count, count), "count revision graded", comment)
            .until(RAISED - 1);
    }
}

/// Counts that no revision allows: graded when the length matches, refused when it does not.
fn other_counts(family: &mut Family) {
    for (count, comment) in [
        (0, "no entry: an empty message, which a loop over the entries accepts"),
        (16, "sixteen entries: one too many, and 0 in the low four bits"),
        (17, "seventeen entries: 1 in the low four bits"),
        (20, "twenty entries: a peer that repeats more inputs than it may"),
        (32, "thirty-two entries: beyond a fixed array of 15, 16 or 20"),
        (100, "a hundred entries: a flood of repeats"),
        (127, "127 entries: the greatest count that a signed reader gets right"),
        (128, "128 entries: a signed reader finds -128 and reads none"),
        (255, "255 entries: a signed reader finds -1"),
    ] {
        family.graded(&format!("count-{count}"), &datagram(count, count), "count graded", comment);
    }
    for (count, there, comment) in [
        (0, 1, "none announced, one there: a reader that trusts the count ignores the entry"),
        (0, 5, "none announced, five there: a count that was never filled in"),
        (16, 0, "sixteen announced, none there: the count is looked at before the length"),
        (16, 1, "sixteen announced, one there: the low four bits of the count were lost"),
        (16, 15, "sixteen announced, fifteen there: clamping the count makes it match"),
        (16, 17, "sixteen announced, seventeen there"),
        (128, 0, "a signed reader finds -128 entries, which match an empty list"),
        (255, 0, "255 announced, none there: a reader that trusts the count reads past the end"),
        (255, 15, "255 announced, fifteen there: clamping the count makes it match"),
        (255, 254, "255 announced, one missing"),
    ] {
        let slug = format!("count-{count}-entries-{there}");
        family.refuse(&slug, &datagram(count, there), "count count-length", comment);
    }
    let surplus = format!("{} 00", datagram(0, 0));
    let comment = "no entry and one byte too many: the count is looked at before the length";
    family.refuse("count-0-surplus-1", &surplus, "count count-length", comment);
}

fn reserved(family: &mut Family) {
    for (byte, rule, comment) in [
        (
            "01",
            "INPUT-8",
            "the lowest bit of the reserved byte is set: a reader that demands 0 refuses a valid input",
        ),
        (
            "80",
            "INPUT-8",
            "the highest bit of the reserved byte is set: a reader of flags finds one",
        ),
        ("ff", "INPUT-8", "all bits of the reserved byte are set"),
        (
            "02",
            "INPUT-8",
            "the reserved byte equals a count: a 16-bit count over both bytes finds 258 entries",
        ),
        (
            "01",
            "INPUT-9",
            "written again with 0: an encoder that keeps the byte passes on what it does not know",
        ),
        ("ff", "INPUT-9", "written again with 0: an encoder that masks one bit keeps the others"),
    ] {
        let player = if rule == "INPUT-8" { "0001" } else { "0002" };
        let slug = format!("reserved-{byte}{}", if rule == "INPUT-8" { "" } else { "-written-0" });
        let hex = format!("01 {player} 00000064 01 {byte} 00000064{byte}");
        family.accept(&slug, rule, &hex, "reserved", comment);
    }
    let comment = "the reserved byte is set and the entries begin at byte 9 all the same";
    family.accept(
        "reserved-two-entries",
        "INPUT-8",
        "01 0001 00000065 02 a5 0000006403 0000006504",
        "reserved",
        comment,
    );
}

fn encoder(family: &mut Family) {
    family.accept_value(
        "encode-1-entry",
        "INPUT-11",
        value(entries::json(1)),
        "count",
        "one entry, the least that is sent",
    );
    family.accept_value(
        "encode-5-entries",
        "INPUT-11",
        value(entries::json(5)),
        "count",
        "five entries, the most before revision 7",
    );
    let comment = "fifteen entries, the most: an encoder that stops at five drops ten";
    family
        .accept_value(
            "encode-15-entries",
            "INPUT-11",
            value(entries::json(15)),
            "count revision",
            comment,
        )
        .since(RAISED);
    for (count, comment) in [
        (0, "no entry: an input without input is not sent"),
        (16, "sixteen entries: an encoder that keeps the first fifteen drops the newest input"),
        (20, "twenty entries: an encoder that keeps the first fifteen drops the five newest"),
        (255, "255 entries: they fit the count byte, and not the message"),
        (256, "256 entries: a count byte that wraps says 0"),
        (257, "257 entries: a count byte that wraps says 1, which a reader believes"),
    ] {
        let slug = format!("encode-{count}-entries");
        family.refuse_value(&slug, value(entries::json(count)), "count silent-wrap", comment);
    }
    for (count, comment) in [
        (
            6,
            "six entries before revision 7: an encoder that keeps the first five drops the newest input",
        ),
        (15, "fifteen entries before revision 7: peers of that time read five"),
    ] {
        let slug = format!("encode-{count}-entries-before-revision-{RAISED}");
        family
            .refuse_value(&slug, value(entries::json(count)), "count revision", comment)
            .until(RAISED - 1);
    }

    let max = u64::from(u32::MAX);
    let greatest = Value::new("input").with("player", u16::MAX).with("current_frame", max);
    let greatest = greatest.with("entries", json!([{"frame": max, "action": 255}]));
    let comment = "every field at its greatest number: the last value before a refusal";
    family.accept_value("encode-all-max", "INPUT-12", greatest, "boundary", comment);
    bad_integers(family, "player", u64::from(u16::MAX), |json| {
        value(entries::json(1)).with("player", json)
    });
    bad_integers(family, "current_frame", max, |json| {
        value(entries::json(1)).with("current_frame", json)
    });
    bad_integers(family, "entry-frame", max, |json| value(json!([{"frame": json, "action": 3}])));
    bad_integers(family, "entry-action", 255, |json| {
        value(json!([{"frame": 100, "action": json}]))
    });
    let comment = "action 1000: a writer that keeps the low byte sends action 232";
    let thousand = value(json!([{"frame": 100, "action": 1000}]));
    family.refuse_value("encode-entry-action-1000", thousand, "silent-wrap", comment);
    let comment = "the second entry's action is 256: a check of the first entry alone misses it";
    let second = value(json!([{"frame": 100, "action": 0}, {"frame": 101, "action": 256}]));
    family.refuse_value("encode-second-entry-action-256", second, "silent-wrap", comment);
    entries::bad_lists(family, value);
}
