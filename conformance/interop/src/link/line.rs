//! A line: what a link does on average, and when it is interrupted.

/// A part of a game, in milliseconds of virtual time since its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Its first millisecond.
    pub from: u64,
    /// How many milliseconds it lasts.
    pub lasts: u64,
}

impl Span {
    /// Whether it contains this time.
    #[must_use]
    pub const fn contains(self, now: u64) -> bool {
        self.from <= now && now - self.from < self.lasts
    }
}

/// How a link is interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Interruption {
    /// Nothing that is sent arrives, and neither peer is told.
    Part,
    /// Both channels are closed, and open again at the end.
    Close,
    /// Both channels refuse every send, as they do when `bufferedAmount` is at its limit.
    Full,
}

/// What a link does, in both directions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// How long a datagram takes, in milliseconds.
    pub delay: u64,
    /// By how much that differs at most, in milliseconds. Datagrams overtake each other because of it.
    pub jitter: u64,
    /// How many of a hundred datagrams are lost.
    pub loss: u64,
    /// How many are lost one after another.
    pub burst: u64,
    /// How many of a hundred datagrams arrive twice.
    pub duplicate: u64,
    /// When it is interrupted.
    pub interruptions: Vec<(Interruption, Span)>,
}
