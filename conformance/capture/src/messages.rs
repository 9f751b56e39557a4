//! Reads messages: with the model, and the many that are plain INPUTs without it.

use rollwire_model::{Kind, Model, peer::Message};

/// Reads the messages of a revision.
#[derive(Clone, Debug)]
pub struct Messages {
    model: Model,
    /// How many entries an INPUT may have.
    most_entries: usize,
}

impl Messages {
    /// Those of this revision.
    #[must_use]
    pub fn new(revision: u8) -> Self {
        let model = Model::specified(revision);
        let count = model.layout().message("input").and_then(|input| input.field_of(Kind::Count));
        let limit = count.and_then(|count| count.limit(revision)).map_or(0, |limit| limit.max);
        let most_entries = usize::try_from(limit).unwrap_or(0);
        Self { model, most_entries }
    }

    /// The model of the revision.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What a datagram means; nothing if it is not a message.
    #[must_use]
    pub fn read(&self, bytes: &[u8]) -> Option<Message> {
        self.plain_input(bytes).or_else(|| Message::of(&self.model.decode(bytes).ok()?))
    }

    /// An INPUT in which nothing is to be objected to. Most datagrams are INPUTs, and the model builds a tree
    /// of each; a test compares both.
    pub(crate) fn plain_input(&self, bytes: &[u8]) -> Option<Message> {
        let [0x01, high, low, a, b, c, d, count, 0, entries @ ..] = bytes else { return None };
        let count = usize::from(*count);
        if !(1..=self.most_entries).contains(&count) || entries.len() != 5 * count {
            return None;
        }
        let entry = |entry: &[u8]| match entry {
            [a, b, c, d, action] => Some((u32::from_be_bytes([*a, *b, *c, *d]), *action)),
            _ => None,
        };
        Some(Message::Input {
            player: u16::from_be_bytes([*high, *low]),
            current_frame: u32::from_be_bytes([*a, *b, *c, *d]),
            entries: entries.chunks(5).map(entry).collect::<Option<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_inputs_are_read_as_the_model_reads_them() {
        let mut plain = 0;
        for revision in 1..=7 {
            let messages = Messages::new(revision);
            for bytes in datagrams() {
                if let Some(message) = messages.plain_input(&bytes) {
                    let value = messages.model.decode(&bytes).expect("a message of the model");
                    assert_eq!(Message::of(&value), Some(message.clone()), "{bytes:?}");
                    assert_eq!(message.datagram().bytes(), bytes, "{bytes:?}");
                    plain += 1;
                }
            }
        }
        assert!(plain > 30, "{plain}");
    }

    /// INPUTs of every count and length up to one more than is allowed, some with a reserved byte.
    fn datagrams() -> impl Iterator<Item = Vec<u8>> {
        let sizes = (0..=255).flat_map(|count| (0..=16).map(move |length| (count, length)));
        sizes.map(|(count, length)| {
            let reserved = u8::from(count % 2 == 0 && length % 3 == 0);
            let mut bytes = vec![1, 0, 1, 0, 0, 0, 9, count, reserved];
            bytes.extend((0..5 * length).map(|byte| 255 - byte));
            bytes
        })
    }
}
