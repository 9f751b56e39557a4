//! The bytes of each datagram: whether this specification allows them, and whether they are written as it
//! says.

use rollwire_model::{Kind, Model, Refusal, Value, hex, peer::Message};

use super::objection::{Here, Objections, Side};
use crate::messages::Messages;

const REFUSED: &str = "a datagram that is not a message";
const WRITTEN: &str = "a message that is written in another way";

/// What a datagram means; nothing if a codec refuses it.
pub(super) fn read(
    messages: &Messages,
    bytes: &[u8],
    (here, side): (Here, Side),
    objections: &mut Objections,
) -> Option<Message> {
    if let Some(plain) = messages.plain_input(bytes) {
        return Some(plain);
    }
    match messages.model().decode(bytes) {
        Ok(value) => {
            let message = Message::of(&value)?;
            if message.datagram().bytes() != bytes {
                written_differently(messages.model(), &value, bytes, (here, side), objections);
            }
            Some(message)
        }
        Err(Refusal { rule, class, offset, expected, found, .. }) => {
            let at = offset.map_or(String::new(), |offset| format!(" at byte {offset}"));
            let detail = format!("{class}{at}: expected {expected}, found {found}");
            objections.add(here, side, &rule, REFUSED, detail);
            None
        }
    }
}

/// A reader ignores the bytes that differ; a writer must not write them.
fn written_differently(
    model: &Model,
    value: &Value,
    bytes: &[u8],
    (here, side): (Here, Side),
    objections: &mut Objections,
) {
    let Some(message) = model.named_message(bytes) else { return };
    let reserved = message.field_of(Kind::Reserved);
    let rule = reserved.map_or(&message.encode_rule, |field| &field.rule);
    let right = model.encode(value).map_or_else(|_| String::new(), |bytes| hex::plain(&bytes));
    let detail = format!("{} instead of {right}", hex::plain(bytes));
    objections.add(here, side, rule, WRITTEN, detail);
}
