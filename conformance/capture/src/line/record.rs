//! A record: one thing that happened on a channel.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

/// The most bytes of a datagram: what an SCTP message of a browser carries at least.
pub const LONGEST_DATAGRAM: usize = 65_536;

/// A time, in whole microseconds since the origin of the capture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub u64);

impl Moment {
    /// A time in whole milliseconds.
    #[must_use]
    pub const fn from_millis(milliseconds: u64) -> Self {
        Self(milliseconds.saturating_mul(1000))
    }

    /// A time from the member `at`, unless it is not one.
    #[must_use]
    pub fn from_at(milliseconds: f64) -> Option<Self> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the range is checked, and a part of a microsecond does not matter"
        )]
        (0.0..=1e15).contains(&milliseconds).then(|| Self((milliseconds * 1000.0).round() as u64))
    }

    /// The whole milliseconds since the origin.
    #[must_use]
    pub const fn milliseconds(self) -> u64 {
        self.0 / 1000
    }

    /// How many microseconds have passed since an earlier time.
    #[must_use]
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl fmt::Display for Moment {
    /// Seconds, with three digits after the point.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milliseconds = self.0 / 1000;
        let text = format!("{}.{:03}", milliseconds / 1000, milliseconds % 1000);
        formatter.pad(&text)
    }
}

/// What a channel carries at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// Bytes.
    Datagram(Vec<u8>),
    /// A text frame, which is not part of the protocol (`spec/text-frames.md`).
    Text(String),
}

/// What has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The channel accepted this.
    Sent(Payload),
    /// The channel refused this.
    Refused(Payload),
    /// This arrived.
    Received(Payload),
    /// The channel has opened.
    Opened,
    /// The channel has closed.
    Closed,
    /// The channel reported an error.
    Error(String),
    /// This number of records is missing here.
    Missing(u64),
}

/// One thing that happened on a channel, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its number in its part, if the tap counts: one that does not follow shows that records are missing.
    pub number: Option<u64>,
    /// When.
    pub at: Moment,
    /// What.
    pub what: What,
    /// The `bufferedAmount` of the channel before a send, in bytes.
    pub buffered: Option<u64>,
}

impl<'de> Deserialize<'de> for Payload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PayloadVisitor)
    }
}

struct PayloadVisitor;

impl<'de> Visitor<'de> for PayloadVisitor {
    type Value = Payload;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a datagram in hex, or an object with the member text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Payload, E> {
        bytes(text).map(Payload::Datagram).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Payload, A::Error> {
        let mut found = None;
        while let Some(name) = map.next_key::<String>()? {
            if name == "text" && found.is_none() {
                found = Some(map.next_value()?);
            } else if name == "text" {
                return Err(A::Error::duplicate_field("text"));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        found.map(Payload::Text).ok_or_else(|| A::Error::missing_field("text"))
    }
}

/// The bytes of hex digits of either case.
fn bytes(text: &str) -> Result<Vec<u8>, String> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let pairs = text.as_bytes().chunks(2);
    let pairs = pairs.map(|pair| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    });
    let read: Option<Vec<u8>> = pairs.collect();
    read.ok_or_else(|| {
        let shown = rollwire_conformance::text::shorten(text);
        format!("{shown:?} is not hex: pairs of digits 0-9, a-f or A-F")
    })
}
