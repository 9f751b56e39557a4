//! Datagrams that are too short or too long.

use crate::{Model, hex, vectors::family::Family};

/// Proper prefixes of a datagram, of these lengths; `why` says what a careless reader makes of a
/// message in which that field is missing.
pub(super) fn prefixes(
    family: &mut Family,
    whole: &str,
    lengths: impl IntoIterator<Item = usize>,
    why: impl Fn(&str) -> &'static str,
) {
    let digits: String = whole.split_whitespace().collect();
    let bytes = hex::parse(&digits).unwrap_or_default();
    for length in lengths {
        let (field, cut) = cut_at(&bytes, length);
        let comment = format!("{cut}: {}", why(&field));
        let prefix = digits.get(..2 * length).unwrap_or(&digits);
        family.refuse(&format!("truncated-{length}"), prefix, "truncated", &comment);
    }
}

/// The field in which a prefix ends, and where.
fn cut_at(bytes: &[u8], length: usize) -> (String, String) {
    let parts = Model::latest().parts(bytes);
    let part = parts.iter().find(|part| length < part.offset + part.len);
    let Some(part) = part else { return (String::new(), "nothing is missing".to_owned()) };
    let field = part.name.clone();
    let cut = match length - part.offset {
        0 => format!("ends before `{field}`"),
        there => format!("ends after {there} of {} bytes of `{field}`", part.len),
    };
    (field, cut)
}

/// A whole datagram with 1 to 8 bytes too many, and with other messages behind it.
pub(super) fn surplus(family: &mut Family, whole: &str) {
    for (slug, extra, comment) in [
        (
            "trailing-1-zero",
            "00",
            "one zero byte: a decoder that only asks whether there are enough bytes accepts it",
        ),
        (
            "trailing-1-ff",
            "ff",
            "one byte ff: a decoder that strips zero padding still meets a surplus byte",
        ),
        (
            "trailing-2",
            "0000",
            "two zero bytes: a struct with 2-byte alignment sent as it lies in memory",
        ),
        (
            "trailing-3",
            "000000",
            "three zero bytes: a 13-byte message padded to 16, a 9-byte one to 12",
        ),
        (
            "trailing-4",
            "ffffffff",
            "four bytes ff: a checksum or a sequence number that this protocol does not have",
        ),
        (
            "trailing-5",
            "0000000100",
            "five bytes, the size of one input entry: a length check modulo 5 lets them pass",
        ),
        (
            "trailing-6-focus-state",
            "1401000001b8",
            "a whole FOCUS_STATE follows: two messages glued into one datagram",
        ),
        (
            "trailing-7",
            "00000000000000",
            "seven zero bytes: a sender that sent its whole 16-byte buffer",
        ),
        ("trailing-8", "0123456789abcdef", "eight bytes that look like one more hash or timestamp"),
        (
            "trailing-8-zeros",
            "0000000000000000",
            "eight zero bytes: the rest of a larger, cleared buffer",
        ),
        (
            "trailing-keepalive",
            "04",
            "a KEEPALIVE follows: a reader that loops over a stream finds a second message",
        ),
        (
            "trailing-ping",
            "0240934a0000000000",
            "a whole PING follows: datagrams joined by a proxy",
        ),
    ] {
        family.refuse(slug, &format!("{whole} {extra}"), "trailing", comment);
    }
    // What a length of 8 bits does not see; 65,536 bytes too many are not stored but generated.
    for (extra, byte) in [(256, "00"), (256, "ff"), (512, "00")] {
        let comment = format!(
            "{extra} bytes {byte}: a length that is kept in 8 bits is the right one, as is `length & 0xff`"
        );
        let slug = format!("trailing-{extra}-{byte}");
        family.refuse(&slug, &format!("{whole} {}", byte.repeat(extra)), "trailing", &comment);
    }
    let twice = "the same message twice in one datagram: a reader that loops handles it twice";
    family.refuse("trailing-itself", &format!("{whole} {whole}"), "trailing", twice);
}
