//! Reads observations in one pass, where they are written in the usual way.
//!
//! A run reads some eighty megabytes of observations, nearly all of them right and plain. They are read
//! here without a tree of JSON. Whatever is written in another way, or is wrong, is left to
//! [`observe`](super::observe), which reads it again and says what is wrong with it.

use rollwire_model::exchange::{Datagram, Entry, Member, Mismatch, Observation, StateHash};

use super::visible::{Visible, by_frame};

/// How much of an answer is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// The most observations.
    pub(super) count: usize,
    /// The longest text of an observation, in bytes.
    pub(super) length: usize,
}

/// The observations in the JSON text of an `ok`, as [`observe`](super::observe) reads them; none where only
/// that module can tell.
pub(super) fn observations(ok: &str, shown: Visible, bounds: Bounds) -> Option<Vec<Observation>> {
    let mut text = Text { rest: ok.as_bytes(), entries: Vec::new() };
    let mut list = None;
    text.object(|text, name| {
        if name != b"observations" || list.is_some() {
            return None;
        }
        let seen = list.insert(Vec::new());
        text.list(|text| {
            seen.push(text.observation(shown, bounds.length)?);
            (seen.len() <= bounds.count).then_some(())
        })
    })?;
    text.peek().is_none().then(|| list.unwrap_or_default())
}

/// The rest of a JSON text. Each method takes one thing from its beginning, or gives none where
/// something else is there.
pub(super) struct Text<'a> {
    rest: &'a [u8],
    /// Room for the entries of a list, until it is known how many there are.
    entries: Vec<Entry>,
}

impl<'a> Text<'a> {
    /// The first byte that is not a blank, which stays.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] = self.rest {
            self.rest = rest;
        }
        self.rest.first().copied()
    }

    /// This byte, and the blanks before it.
    pub(super) fn byte(&mut self, byte: u8) -> Option<()> {
        let found = self.peek()?;
        self.rest = &self.rest[1..];
        (found == byte).then_some(())
    }

    /// Whatever lies between two brackets, separated by commas.
    fn between(
        &mut self,
        [open, close]: [u8; 2],
        mut each: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.byte(open)?;
        if self.peek()? == close {
            return self.byte(close);
        }
        loop {
            each(self)?;
            if self.peek()? == close {
                return self.byte(close);
            }
            self.byte(b',')?;
        }
    }

    pub(super) fn list(&mut self, each: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.between(*b"[]", each)
    }

    /// An object: `each` is given the name of a member, and takes its value.
    pub(super) fn object(
        &mut self,
        mut each: impl FnMut(&mut Self, &[u8]) -> Option<()>,
    ) -> Option<()> {
        self.between(*b"{}", |text| {
            let name = text.string()?;
            text.byte(b':')?;
            each(text, name)
        })
    }

    /// What stands between two quotation marks. No caller expects anything with an escape in it.
    pub(super) fn string(&mut self) -> Option<&'a [u8]> {
        self.byte(b'"')?;
        let end = self.rest.iter().position(|byte| *byte == b'"')?;
        let (string, rest) = self.rest.split_at(end);
        self.rest = &rest[1..];
        Some(string)
    }

    /// This word, and the blanks before it.
    pub(super) fn word(&mut self, word: &[u8]) -> Option<()> {
        self.peek()?;
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }

    /// `null`, or something else.
    pub(super) fn optional<T>(
        &mut self,
        value: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        if self.peek()? == b'n' {
            return self.word(b"null").map(|()| None);
        }
        value(self).map(Some)
    }

    pub(super) fn frame(&mut self) -> Option<u32> {
        let first = self.peek()?;
        let mut frame = 0_u32;
        let mut rest = self.rest;
        while let [digit @ b'0'..=b'9', after @ ..] = rest {
            frame = frame.checked_mul(10)?.checked_add(u32::from(digit - b'0'))?;
            rest = after;
        }
        let digits = self.rest.len() - rest.len();
        self.rest = rest;
        (digits == 1 || digits > 1 && first != b'0').then_some(frame)
    }

    pub(super) fn hash(&mut self) -> Option<StateHash> {
        self.byte(b'"')?;
        let (digits, rest) = self.rest.split_first_chunk::<16>()?;
        self.rest = rest;
        // One look at all digits together is faster than one at each.
        let (mut hash, mut all) = ([0; 8], 0);
        for (byte, [high, low]) in hash.iter_mut().zip(digits.as_chunks().0) {
            let (high, low) = (DIGITS[usize::from(*high)], DIGITS[usize::from(*low)]);
            all |= high | low;
            *byte = high << 4 | low;
        }
        self.rest = self.rest.strip_prefix(b"\"")?;
        (all < 16).then_some(StateHash(hash))
    }

    /// An observation, every shown member of it exactly once.
    fn observation(&mut self, shown: Visible, longest: usize) -> Option<Observation> {
        self.peek()?;
        let length = self.rest.len();
        let mut seen = Observation::default();
        let mut missing = Member::ALL.map(Some);
        self.object(|text, name| {
            let mut members = missing.iter_mut();
            let member = members.find(|it| it.is_some_and(|it| it.as_str().as_bytes() == name))?;
            match member.take()? {
                Member::Sent => seen.sent = text.sent(shown)?,
                Member::Queue => seen.queue = text.entries()?,
                Member::Map => seen.map = by_frame(text.entries()?),
                Member::History => seen.history = by_frame(text.entries()?),
                Member::Verified => seen.verified = text.optional(Self::frame)?,
                Member::Events => seen.events = text.events()?,
                // What an exchange shows beside is for others.
                _ if shown.peer.is_none() => return None,
                member => text.member_of_peer(member, &mut seen)?,
            }
            Some(())
        })?;
        for hidden in Member::ALL.into_iter().filter(|member| !shown.shows(*member)) {
            seen.forget(hidden);
        }
        let complete = !missing.into_iter().flatten().any(|member| shown.shows(member));
        (complete && length - self.rest.len() <= longest).then_some(seen)
    }

    /// The datagrams that are judged.
    fn sent(&mut self, shown: Visible) -> Option<Vec<Datagram>> {
        let mut sent = Vec::new();
        self.list(|text| {
            let digits = std::str::from_utf8(text.string()?).ok()?;
            let bytes = crate::protocol::hex::decode(digits).ok()?;
            if shown.judges(&bytes) {
                sent.push(Datagram::new(bytes));
            }
            Some(())
        })?;
        Some(sent)
    }

    fn entries(&mut self) -> Option<Vec<Entry>> {
        self.entries.clear();
        self.list(|text| {
            text.byte(b'[')?;
            let frame = text.frame()?;
            text.byte(b',')?;
            let hash = text.hash()?;
            text.entries.push((frame, hash));
            text.byte(b']')
        })?;
        Some(self.entries.clone())
    }

    fn events(&mut self) -> Option<Vec<Mismatch>> {
        let mut events = Vec::new();
        self.list(|text| {
            let (mut frame, mut local, mut peer) = (None, None, None);
            text.object(|text, name| {
                let again = match name {
                    b"frame" => frame.replace(text.frame()?).is_some(),
                    b"local" => local.replace(text.hash()?).is_some(),
                    b"peer" => peer.replace(text.hash()?).is_some(),
                    _ => return None,
                };
                (!again).then_some(())
            })?;
            events.push(Mismatch { frame: frame?, local: local?, peer: peer? });
            Some(())
        })?;
        Some(events)
    }
}

/// The value of each byte as a digit of a hash: 0 to 15, or 255 for any other byte.
const DIGITS: [u8; 256] = {
    let (mut values, mut value) = ([255; 256], 0);
    while value < 16 {
        values[b"0123456789abcdef"[value as usize] as usize] = value;
        value += 1;
    }
    values
};

#[cfg(test)]
mod tests;
