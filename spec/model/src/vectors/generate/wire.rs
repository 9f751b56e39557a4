//! What belongs to no single message: the empty datagram, and names that an encoder does not know.

use serde_json::json;

use crate::{Layout, Value, vectors::family::Family};

pub(super) fn cases(family: &mut Family, layout: &Layout) {
    let comment = "no byte at all: reading the type throws, or finds the last datagram's";
    family.refuse("empty", "", "empty", comment);
    family.accept(
        "one-byte",
        "WIRE-1",
        "04",
        "empty",
        "one byte can be a whole message: a least length of 2 refuses it",
    );

    for (slug, name, comment) in [
        ("unknown", "goodbye", "a name that no revision has: a default type byte would be sent"),
        ("empty", "", "an empty name: a table that is searched by prefix finds the first message"),
        ("title", "STATE_HASH", "the name as prose writes it: JSON names are lower snake case"),
        ("kebab", "state-hash", "the name as case ids write it: JSON names are lower snake case"),
        ("camel", "stateHash", "the name in camel case: JSON names are lower snake case"),
        ("prefix", "state", "the beginning of a name: a search by prefix finds STATE_HASH"),
        (
            "longer",
            "state_hashes",
            "a name and more: a search for the longest match finds STATE_HASH",
        ),
        ("blank", " ping", "a name after a blank: names are not trimmed"),
        ("number", "7", "the type byte as text: a table that is searched by key finds STATE_HASH"),
        (
            "proto",
            "__proto__",
            "a member that every JavaScript object has: a lookup finds something",
        ),
        (
            "constructor",
            "constructor",
            "a function that every JavaScript object has: a lookup finds something",
        ),
        (
            "to-string",
            "toString",
            "a function that every JavaScript object has: a lookup finds something",
        ),
    ] {
        family.refuse_value(
            &format!("encode-name-{slug}"),
            Value::new(name),
            "unknown-type",
            comment,
        );
    }
    for (slug, name, comment) in [
        ("nul-behind", "state_hash\0", "a NUL behind the name: a C string ends before it"),
        ("nul-and-more", "state_hash\0es", "a NUL and more: a C string ends before both"),
        ("nul-before", "\0state_hash", "a NUL before the name: control characters are not removed"),
        ("tab-before", "\tstate_hash", "a tab before the name: names are not trimmed"),
        ("line-end-behind", "state_hash\n", "a line end behind the name: names are not trimmed"),
        (
            "no-break-space-behind",
            "state_hash\u{a0}",
            "a no-break space behind the name: names are not trimmed",
        ),
        (
            "ideographic-space-before",
            "\u{3000}state_hash",
            "an ideographic space before the name: names are not trimmed",
        ),
        (
            "dotless-i",
            "\u{131}nput",
            "a dotless i: upper case makes INPUT of it, in some languages and nowhere else",
        ),
        ("long-s", "\u{17f}tate_hash", "a long s: upper case makes STATE_HASH of it"),
        ("inner-blank", "state hash", "a blank for the underscore: it is another name"),
    ] {
        let of = if name.ends_with("nput") { "input" } else { "state_hash" };
        let Some(Value { fields, .. }) = typical(of) else { continue };
        let value = Value { message: name.to_owned(), fields };
        let slug = format!("encode-name-{slug}-with-fields");
        family.refuse_value(&slug, value, "unknown-type", comment);
    }
    for (slug, name, comment) in [
        (
            "title",
            "STATE_HASH",
            "with the fields of STATE_HASH: names differ in upper and lower case",
        ),
        ("kebab", "state-hash", "with the fields of STATE_HASH: a hyphen is not an underscore"),
        ("camel", "stateHash", "with the fields of STATE_HASH: names have their underscores"),
        ("prefix", "state", "with the fields of STATE_HASH: the beginning of a name is not a name"),
        ("longer", "state_hashes", "with the fields of STATE_HASH: a name ends where it ends"),
        ("blank", " state_hash", "with the fields of STATE_HASH: names are not trimmed"),
        ("number", "7", "with the fields of STATE_HASH: a type byte is not a name"),
    ] {
        let Some(Value { fields, .. }) = typical("state_hash") else { continue };
        let value = Value { message: name.to_owned(), fields };
        let slug = format!("encode-name-{slug}-with-fields");
        family.refuse_value(&slug, value, "unknown-type", comment);
    }
    for message in layout.messages.iter().filter(|message| message.since > 1) {
        let Some(value) = typical(&message.name) else { continue };
        let (name, title, since) = (message.slug(), &message.title, message.since);
        let comment =
            format!("a {title} before revision {since}: peers of that time do not know it");
        let slug = format!("encode-{name}-before-revision-{since}");
        family
            .refuse_value(&slug, value.clone(), "unknown-type revision", &comment)
            .until(since - 1);
        let comment = format!("the same {title} from revision {since} on");
        let slug = format!("encode-{name}-from-revision-{since}");
        family.accept_value(&slug, "WIRE-4", value, "unknown-type revision", &comment).since(since);
    }
}

/// A value of a message that came after revision 1, or of INPUT.
fn typical(name: &str) -> Option<Value> {
    let fields = match name {
        "input" => {
            json!({"player": 1, "current_frame": 100, "entries": [{"frame": 100, "action": 3}]})
        }
        "episode_end" => json!({"frame": 450, "episode": 0}),
        "episode_ready" => json!({"episode": 1, "hash": "a1b2c3d4"}),
        "state_hash" => json!({"frame": 150, "hash": "0123456789abcdef"}),
        "validation_ping" | "validation_pong" => json!({"timestamp": "4059066666666666"}),
        "input_request" => json!({"start": 440, "end": 449}),
        "input_response" => json!({"player": 1, "entries": [{"frame": 440, "action": 6}]}),
        "focus_state" => json!({"focused": true, "frame": 440}),
        _ => return None,
    };
    Some(Value { message: name.to_owned(), fields: fields.as_object()?.clone() })
}
