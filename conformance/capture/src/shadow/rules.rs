//! Which rule is broken, by the message that differs.

use rollwire_model::exchange::Datagram;

/// The rule that says when a message is sent; if another message of its type was handed over instead, the one
/// that says what is in it.
pub(super) fn rule_of(datagram: &Datagram, instead: Option<&Datagram>) -> &'static str {
    let type_byte = |datagram: &Datagram| datagram.bytes().first().copied();
    let is_alike = instead.and_then(type_byte) == type_byte(datagram);
    match (type_byte(datagram), is_alike) {
        (Some(0x01), false) => "SYNC-1",
        (Some(0x01), true) => "SYNC-3",
        (Some(0x02), _) => "LIVE-1",
        (Some(0x03), _) => "LIVE-5",
        (Some(0x04), _) => "LIVE-7",
        (Some(0x05), _) => "EPISODE-7",
        (Some(0x06), _) => "EPISODE-2",
        (Some(0x10), _) => "VALID-1",
        (Some(0x11), _) => "VALID-3",
        (Some(0x12), false) => "CATCHUP-1",
        (Some(0x12), true) => "CATCHUP-2",
        (Some(0x13), false) => "CATCHUP-7",
        (Some(0x13), true) => "CATCHUP-8",
        (Some(0x14), _) => "FOCUS-2",
        _ => "PEER-4",
    }
}
