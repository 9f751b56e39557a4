//! What both texts say about a message and about a field.

use rollwire_model::{Field, MessageLayout};

/// `STATE_HASH, 13 bytes (STATE_HASH-1)`.
pub(crate) fn of_message(it: &MessageLayout) -> String {
    let bytes = if it.length == "1" { "byte" } else { "bytes" };
    format!("{}, {} {bytes} ({})", it.title, it.length, it.length_rule)
}

/// `frame: 0 to 4294967295 (STATE_HASH-2)`. The fields of an entry have no rules of their own.
pub(crate) fn of_field(it: &Field) -> String {
    let unit = if it.unit.is_empty() { String::new() } else { format!("{}: ", it.unit) };
    let rules: Vec<&str> = [Some(&*it.rule), it.refuse_rule.as_deref()]
        .into_iter()
        .flatten()
        .filter(|rule| !rule.is_empty())
        .collect();
    let rules = if rules.is_empty() { String::new() } else { format!(" ({})", rules.join(", ")) };
    format!("{unit}{}{rules}", it.range)
}
