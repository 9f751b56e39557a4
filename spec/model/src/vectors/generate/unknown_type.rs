//! Type bytes that are not a message: all of them, and those of later revisions.

use crate::{Layout, MessageLayout, hex, vectors::family::Family};

pub(super) fn cases(family: &mut Family, layout: &Layout) {
    for type_byte in 0..=u8::MAX {
        if layout.messages.iter().all(|message| message.type_byte != type_byte) {
            unknown(family, layout, type_byte);
        }
    }
    for message in layout.messages.iter().filter(|message| message.since > 1) {
        let (name, title, since) = (message.slug(), &message.title, message.since);
        let datagram = typical(message);
        let comment = format!(
            "a {title} before revision {since}: its type byte is unknown, whatever follows it"
        );
        let slug = format!("{name}-before-revision-{since}");
        family
            .refuse(&slug, &datagram, "unknown-type revision", &comment)
            .since(1)
            .until(since - 1);
        let comment = format!("the same {title} from revision {since} on: known");
        let slug = format!("{name}-from-revision-{since}");
        family.accept(&slug, "WIRE-2", &datagram, "unknown-type revision", &comment).since(since);
    }
}

/// A datagram that has the right length and content for the message that a sloppy reader takes it for.
fn unknown(family: &mut Family, layout: &Layout, type_byte: u8) {
    let named = |wanted: u8| layout.messages.iter().find(|message| message.type_byte == wanted);
    let masks =
        [(0x7f, "its high bit"), (0x1f, "its high three bits"), (0x0f, "its high four bits")];
    let masked = masks.into_iter().find_map(|(mask, bits)| Some((named(type_byte & mask)?, bits)));
    let swapped = named(type_byte.rotate_left(4));
    let nines = layout.message("episode_end").map(typical).unwrap_or_default();

    let (like, comment) = match (type_byte, masked, swapped) {
        (0x00, ..) => (nines, "0x00: a cleared buffer is not a message".to_owned()),
        (0x08, ..) => (
            nines,
            "0x08, the byte after STATE_HASH: a range check up to a round number accepts it"
                .to_owned(),
        ),
        (0x0f, ..) => (
            nines,
            "0x0f, the byte before VALIDATION_PING: not the end of a range of types".to_owned(),
        ),
        (0x15, ..) => (
            nines,
            "0x15, the byte after FOCUS_STATE: the next type that a later revision would bring"
                .to_owned(),
        ),
        (0x7b, ..) => (
            String::from("00 226122203a20317d"),
            "0x7b, `{`: JSON text on the same channel is not a binary message".to_owned(),
        ),
        (0xff, ..) => (nines, "0xff: -1 for a signed reader, the last slot of a table".to_owned()),
        (_, Some((message, bits)), _) => (
            typical(message),
            format!(
                "0x{type_byte:02x} is {} but for {bits}: a masked type byte accepts it",
                message.title
            ),
        ),
        (_, None, Some(message)) => (
            typical(message),
            format!("0x{type_byte:02x} is {} with its hex digits swapped", message.title),
        ),
        _ => (
            nines,
            format!(
                "0x{type_byte:02x} is not a message: the 9 bytes have the length of five others"
            ),
        ),
    };
    let tail = like.split_once(' ').map_or("", |(_, tail)| tail);
    let hex = format!("{type_byte:02x} {tail}");
    family.refuse(&format!("type-{type_byte:02x}"), &hex, "unknown-type", &comment);
}

/// A short, valid datagram of a message.
pub(in crate::vectors) fn typical(message: &MessageLayout) -> String {
    let rest: &[u8] = match message.name.as_str() {
        "input" => &[0, 1, 0, 0, 0, 0x64, 1, 0, 0, 0, 0, 0x64, 3],
        "ping" | "pong" | "validation_ping" | "validation_pong" => {
            &[0x40, 0x93, 0x4a, 0, 0, 0, 0, 0]
        }
        "keepalive" => &[],
        "episode_end" => &[0, 0, 1, 0xc2, 0, 0, 0, 0],
        "episode_ready" => b"\0\0\0\x01a1b2c3d4",
        "state_hash" => &[0, 0, 0, 0x96, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef],
        "input_request" => &[0, 0, 1, 0xb8, 0, 0, 1, 0xc1],
        "input_response" => &[0, 1, 0, 1, 0, 0, 1, 0xb8, 6],
        _ => &[1, 0, 0, 1, 0xb8],
    };
    format!("{:02x} {}", message.type_byte, hex::plain(rest))
}
