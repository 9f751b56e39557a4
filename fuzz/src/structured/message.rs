//! A message from a fuzzer's bytes, and the bytes that give a message.
//!
//! A byte selects the type, and the fields follow. Numbers are little-endian. The count of a list comes
//! before its entries; the list is shorter if the bytes end early. A hash is hex digits or any text.

use arbitrary::{Arbitrary, Result, Unstructured};
use rollwire_agreement::{Entry, Typed};
use rollwire_model::Value;

/// Any message that the codec's integers can hold, valid or not: it may have too many entries, a range
/// that ends before it starts, or a hash that is not hex.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AnyMessage(Typed);

/// The last of the types; the first is 0.
const LAST_TYPE: u8 = 11;

/// The longest text of a hash that is not digits.
const LONGEST_TEXT: u8 = 40;

impl AnyMessage {
    /// The message with this value, if the codec's types can hold it.
    pub(crate) fn from_value(value: &Value) -> Option<Self> {
        serde_json::from_value(serde_json::to_value(value).ok()?).ok().map(Self)
    }

    /// The input that gives this message. None gives a timestamp that is not a number, for example.
    pub(crate) fn to_input(&self) -> Option<Vec<u8>> {
        let mut input = InputWriter(Vec::new());
        match &self.0 {
            Typed::Input { player, current_frame, entries } => {
                input.bytes(&[0]).bytes(&player.to_le_bytes()).number(*current_frame);
                input.entries(entries);
            }
            Typed::Ping { timestamp } => input.timestamp(1, timestamp),
            Typed::Pong { timestamp } => input.timestamp(2, timestamp),
            Typed::Keepalive {} => drop(input.bytes(&[3])),
            Typed::EpisodeEnd { frame, episode } => input.pair(4, *frame, *episode),
            Typed::EpisodeReady { episode, hash } => {
                input.bytes(&[5]).number(*episode).hash(hash);
            }
            Typed::StateHash { frame, hash } => drop(input.bytes(&[6]).number(*frame).hash(hash)),
            Typed::ValidationPing { timestamp } => input.timestamp(7, timestamp),
            Typed::ValidationPong { timestamp } => input.timestamp(8, timestamp),
            Typed::InputRequest { start, end } => input.pair(9, *start, *end),
            Typed::InputResponse { player, entries } => {
                input.bytes(&[10]).bytes(&player.to_le_bytes());
                input.entries(entries);
            }
            Typed::FocusState { focused, frame } => {
                input.bytes(&[LAST_TYPE, u8::from(*focused)]).number(*frame);
            }
        }
        let message = Unstructured::new(&input.0).arbitrary::<Self>();
        (message.as_ref() == Ok(self)).then_some(input.0)
    }

    /// The message in the shape that the codec's constructors are called with.
    pub(crate) fn typed(&self) -> &Typed {
        &self.0
    }
}

impl<'a> Arbitrary<'a> for AnyMessage {
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

/// The hex digits of this many bytes, in lower or upper case, or any text.
fn hash(u: &mut Unstructured<'_>, bytes: usize) -> Result<String> {
    let style = u.int_in_range(LOWER..=TEXT)?;
    if style == TEXT {
        let longest = u.int_in_range(0..=LONGEST_TEXT)?;
        let count = u.len().min(longest.into());
        return Ok(String::from_utf8_lossy(u.bytes(count)?).into_owned());
    }
    let bytes = u.bytes(u.len().min(bytes))?;
    let digit =
        |byte: &u8| if style == LOWER { format!("{byte:02x}") } else { format!("{byte:02X}") };
    Ok(bytes.iter().map(digit).collect())
}

/// A hash in lower-case digits; the next number stands for upper case.
const LOWER: u8 = 0;

/// A hash that is any text.
const TEXT: u8 = 2;

/// Writes the input that gives a message.
struct InputWriter(Vec<u8>);

impl InputWriter {
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
