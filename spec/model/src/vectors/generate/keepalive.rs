//! KEEPALIVE: one byte, and nothing behind it.

use super::lengths::surplus;
use crate::{Value, vectors::family::Family};

pub(super) fn cases(family: &mut Family) {
    let rule = "KEEPALIVE-1";
    family.accept(
        "basic",
        rule,
        "04",
        "basic",
        "a single byte: a decoder that wants a payload refuses it",
    );
    let value = Value::new("keepalive");
    let comment = "no field at all: a writer of a fixed header adds a length or a frame";
    family.accept_value("encode-no-fields", rule, value, "basic", comment);

    surplus(family, "04");
    for size in 2..=8 {
        let slug = format!("trailing-{size}-ff");
        let comment =
            format!("{size} bytes ff: a decoder that looks at the type alone accepts any tail");
        family.refuse(&slug, &format!("04 {}", "ff".repeat(size)), "trailing", &comment);
    }
    for size in [16, 255, 1199, 1499] {
        let slug = format!("padding-{size}");
        let comment =
            format!("{size} bytes of padding: a probe of the path's packet size, and no KEEPALIVE");
        family.refuse(&slug, &format!("04 {}", "00".repeat(size)), "trailing", &comment);
    }
}
