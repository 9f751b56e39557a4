//! Messages out of the fuzzer's bytes.
//!
//! The form is written by hand, because it is read and written: a seed is the form of a published
//! message. A byte chooses the type, then come the fields; a number has its bytes lowest first; a list
//! has its count in front, and is shorter where the bytes end; a hash is digits, or any text.

use arbitrary::{Arbitrary, Result, Unstructured};
use rollwire_model::Value;

use crate::typed::{Entry, Typed};

/// Any message that the codec's integers can hold; some have too many entries, a range the wrong way
/// round, or text that is no hash.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn(Typed);

/// The last of the types; the first is 0.
const LAST_TYPE: u8 = 11;

/// The longest text that is drawn.
const LONGEST_TEXT: u8 = 40;

impl Drawn {
    /// The message of this value, where the codec's types can hold it.
    #[must_use]
    pub fn of(value: &Value) -> Option<Self> {
        serde_json::from_value(serde_json::to_value(value).ok()?).ok().map(Self)
    }

    /// The bytes that it is drawn from; nothing for one that never is, as a timestamp that is no
    /// number.
    #[must_use]
    pub fn form(&self) -> Option<Vec<u8>> {
        let mut form = Form(Vec::new());
        match &self.0 {
            Typed::Input { player, current_frame, entries } => {
                form.bytes(&[0]).bytes(&player.to_le_bytes()).number(*current_frame);
                form.entries(entries);
            }
            Typed::Ping { timestamp } => form.timestamp(1, timestamp),
            Typed::Pong { timestamp } => form.timestamp(2, timestamp),
            Typed::Keepalive {} => drop(form.bytes(&[3])),
            Typed::EpisodeEnd { frame, episode } => form.pair(4, *frame, *episode),
            Typed::EpisodeReady { episode, hash } => {
                form.bytes(&[5]).number(*episode).hash(hash);
            }
            Typed::StateHash { frame, hash } => drop(form.bytes(&[6]).number(*frame).hash(hash)),
            Typed::ValidationPing { timestamp } => form.timestamp(7, timestamp),
            Typed::ValidationPong { timestamp } => form.timestamp(8, timestamp),
            Typed::InputRequest { start, end } => form.pair(9, *start, *end),
            Typed::InputResponse { player, entries } => {
                form.bytes(&[10]).bytes(&player.to_le_bytes());
                form.entries(entries);
            }
            Typed::FocusState { focused, frame } => {
                form.bytes(&[LAST_TYPE, u8::from(*focused)]).number(*frame);
            }
        }
        let back = Unstructured::new(&form.0).arbitrary::<Self>();
        (back.as_ref() == Ok(self)).then_some(form.0)
    }

    pub(crate) fn typed(&self) -> &Typed {
        &self.0
    }
}

impl<'a> Arbitrary<'a> for Drawn {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(Self(match u.int_in_range(0..=LAST_TYPE)? {
            0 => Typed::Input {
                player: u.arbitrary()?,
                current_frame: u.arbitrary()?,
                entries: entries(u)?,
            },
            1 => Typed::Ping { timestamp: timestamp(u)? },
            2 => Typed::Pong { timestamp: timestamp(u)? },
            3 => Typed::Keepalive {},
            4 => Typed::EpisodeEnd { frame: u.arbitrary()?, episode: u.arbitrary()? },
            5 => Typed::EpisodeReady { episode: u.arbitrary()?, hash: hash(u, 4)? },
            6 => Typed::StateHash { frame: u.arbitrary()?, hash: hash(u, 8)? },
            7 => Typed::ValidationPing { timestamp: timestamp(u)? },
            8 => Typed::ValidationPong { timestamp: timestamp(u)? },
            9 => Typed::InputRequest { start: u.arbitrary()?, end: u.arbitrary()? },
            10 => Typed::InputResponse { player: u.arbitrary()?, entries: entries(u)? },
            _ => Typed::FocusState { focused: u.arbitrary()?, frame: u.arbitrary()? },
        }))
    }
}

fn entries(u: &mut Unstructured<'_>) -> Result<Vec<Entry>> {
    let count: u16 = u.arbitrary()?;
    let mut entries = Vec::new();
    while entries.len() < usize::from(count) && !u.is_empty() {
        entries.push(Entry { frame: u.arbitrary()?, action: u.arbitrary()? });
    }
    Ok(entries)
}

fn timestamp(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(format!("{:016x}", u.arbitrary::<u64>()?))
}

/// The digits of so many bytes, in either case, or a text.
fn hash(u: &mut Unstructured<'_>, bytes: usize) -> Result<String> {
    let form = u.int_in_range(LOWER..=TEXT)?;
    if form == TEXT {
        let longest = u.int_in_range(0..=LONGEST_TEXT)?;
        let count = u.len().min(longest.into());
        return Ok(String::from_utf8_lossy(u.bytes(count)?).into_owned());
    }
    let bytes = u.bytes(u.len().min(bytes))?;
    let digit =
        |byte: &u8| if form == LOWER { format!("{byte:02x}") } else { format!("{byte:02X}") };
    Ok(bytes.iter().map(digit).collect())
}

/// The digits of bytes in lower case, in upper case, and a text: how a hash is drawn.
const LOWER: u8 = 0;
const TEXT: u8 = 2;

/// A form while it is written.
struct Form(Vec<u8>);

impl Form {
    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend(bytes);
        self
    }

    fn number(&mut self, number: u32) -> &mut Self {
        self.bytes(&number.to_le_bytes())
    }

    fn pair(&mut self, kind: u8, one: u32, other: u32) {
        self.bytes(&[kind]).number(one).number(other);
    }

    fn timestamp(&mut self, kind: u8, text: &str) {
        let bits = u64::from_str_radix(text, 16).unwrap_or_default();
        self.bytes(&[kind]).bytes(&bits.to_le_bytes());
    }

    fn entries(&mut self, entries: &[Entry]) {
        let count = u16::try_from(entries.len()).unwrap_or(u16::MAX);
        self.bytes(&count.to_le_bytes());
        for entry in entries {
            self.number(entry.frame).bytes(&[entry.action]);
        }
    }

    fn hash(&mut self, text: &str) -> &mut Self {
        if let Ok(bytes) = rollwire_model::hex::parse(text)
            && text == rollwire_model::hex::plain(&bytes)
        {
            return self.bytes(&[LOWER]).bytes(&bytes);
        }
        let len = u8::try_from(text.len()).unwrap_or(u8::MAX);
        self.bytes(&[TEXT, len]).bytes(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use rollwire_model::Model;

    use super::*;
    use crate::seeds;

    #[test]
    fn nearly_every_published_value_has_a_form_that_it_is_drawn_from() {
        let (mut formed, mut all) = (0, 0);
        for value in seeds::values(&Model::latest()) {
            let Some(drawn) = Drawn::of(&value) else { continue };
            all += 1;
            formed += usize::from(drawn.form().is_some());
        }
        // What is left are timestamps that are no sixteen digits, and hashes of another length.
        assert!(all > 250 && formed * 10 > all * 9, "{formed} of {all}");
    }
}
