//! The state-hash exchange of `spec/exchange.md`, with the desync detection of `spec/detect.md`.
#![deny(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod channel;
mod detect;
mod inbound;
mod lasting;
mod mismatch;
mod outbound;

use alloc::{collections::VecDeque, vec::Vec};
use core::mem;

use rollwire_codec::{DecodeError, Digest, Message, StateHash, decode};

pub use self::channel::{Channel, Refused};
pub use self::lasting::HashSends;
pub use self::mismatch::Mismatch;
use self::{detect::Findings, inbound::InboundMap, outbound::OutboundQueue};

/// The state-hash exchange of one peer: which hashes wait to be sent, which have arrived, and
/// whether those of the same frame are equal.
///
/// It has no clock, no thread and no socket: it changes only when a method is called. It asks the
/// game's [`Channel`] only in [`tick`](Self::tick). A frame is any `u32`, and frames are compared
/// as unsigned integers (EXCH-23).
///
/// | part | read by | bound |
/// |---|---|---|
/// | local history | [`history`](Self::history) | [`MAX_HISTORY`](Self::MAX_HISTORY) |
/// | outbound queue | [`queue`](Self::queue) | none: EXCH-4 allows none |
/// | inbound map | [`inbound`](Self::inbound) | [`MAX_INBOUND`](Self::MAX_INBOUND) |
/// | verified frame | [`verified`](Self::verified) | |
/// | events | [`events`](Self::events) | none, or [`MAX_EVENTS`](Self::MAX_EVENTS) |
/// | comparisons, with lasting hashes | | one for each frame confirmed since the last reset |
///
/// The documentation of the [crate] shows it in a game loop. In short:
///
/// ```
/// use rollwire_codec::Digest;
/// use rollwire_reference::exchange::Exchange;
///
/// let mut exchange = Exchange::new();
/// exchange.confirm(150, "0123456789abcdef".parse()?);
///
/// // The peer has another hash of the same frame.
/// exchange.receive(b"\x07\0\0\0\x96\xff\xff\xff\xff\xff\xff\xff\xff")?;
/// let [desync] = exchange.events() else { panic!("one mismatch") };
/// assert_eq!(desync.frame, 150);
/// assert_eq!(desync.peer, Digest::from_bytes([0xff; 8]));
///
/// // The desync came from a wrong input: both peers go back and simulate frame 150 again.
/// exchange.begin_rollback(140);
/// exchange.confirm(150, Digest::from_bytes([0xff; 8]));
/// exchange.end_rollback();
/// exchange.receive(b"\x07\0\0\0\x96\xff\xff\xff\xff\xff\xff\xff\xff")?;
/// assert_eq!(exchange.verified(), Some(150));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Frames and own hashes, in the order of confirmation.
    history: VecDeque<(u32, Digest)>,
    /// Own hashes that wait to be sent.
    queue: OutboundQueue,
    inbound: InboundMap,
    /// Whether hashes last, and how often each own one is sent then.
    lasting: Option<HashSends>,
    rolling_back: bool,
    detects: bool,
    findings: Findings,
}

/// The same as [`Exchange::new`].
impl Default for Exchange {
    fn default() -> Self {
        Self::new()
    }
}

impl Exchange {
    /// How many of its own hashes an exchange keeps for comparison (EXCH-3).
    pub const MAX_HISTORY: usize = 120;

    /// How many of the peer's hashes an exchange keeps, the least that EXCH-19 allows.
    pub const MAX_INBOUND: usize = 4096;

    /// How many mismatches an exchange keeps that is created
    /// [`with_bounded_events`](Self::with_bounded_events), the least that DETECT-14 allows.
    pub const MAX_EVENTS: usize = 4096;

    /// An empty exchange, which compares hashes.
    #[must_use]
    pub fn new() -> Self {
        Self::with_detection(true)
    }

    /// An empty exchange that sends and keeps hashes, but compares none.
    ///
    /// Received hashes stay in the inbound map until a rollback, a reset or the bound removes them.
    #[must_use]
    pub fn without_detection() -> Self {
        Self::with_detection(false)
    }

    /// The same exchange with a bound on the mismatches that it keeps between two calls of
    /// [`take_events`](Self::take_events): those that were found first, up to
    /// [`MAX_EVENTS`](Self::MAX_EVENTS). The others are counted (DETECT-14).
    ///
    /// ```
    /// use rollwire_reference::exchange::Exchange;
    ///
    /// let exchange = Exchange::new().with_bounded_events();
    /// assert_eq!(exchange.lost_events(), 0);
    /// ```
    #[must_use]
    pub fn with_bounded_events(mut self) -> Self {
        self.findings.bound(Self::MAX_EVENTS);
        self
    }

    /// The same exchange with hashes that last, the capability `lasting-hashes` of
    /// `spec/exchange.md`.
    ///
    /// A rollback and a comparison leave the peer's hashes in the inbound map (EXCH-35, DETECT-16),
    /// so a frame that is confirmed again is compared again. Each own hash is sent as often as
    /// `sends` says (EXCH-36). No frame below the [`verified`](Self::verified) one differs
    /// (DETECT-17), and a mismatch that repeats adds no event (DETECT-18).
    ///
    /// The inbound map fills up to [`MAX_INBOUND`](Self::MAX_INBOUND) and stays full, because only
    /// a reset empties it; the hash that was inserted first makes room for the next (EXCH-19). The
    /// comparisons that DETECT-17 remembers have no fixed bound. There is one for each frame that
    /// was confirmed since the last reset and whose peer's hash has arrived: up to 15 bytes, whether
    /// they were equal or not. Each event that is kept takes up to 40 bytes more.
    ///
    /// The exchange has to be a new one: what it holds already is not compared again.
    ///
    /// ```
    /// use rollwire_codec::Digest;
    /// use rollwire_reference::exchange::{Exchange, HashSends};
    ///
    /// let mut exchange = Exchange::new().with_lasting_hashes(HashSends::Once);
    /// exchange.receive(b"\x07\0\0\0\x96\xff\xff\xff\xff\xff\xff\xff\xff")?;
    ///
    /// // The peer's hash of frame 150 is still there after the rollback.
    /// exchange.begin_rollback(140);
    /// exchange.confirm(150, Digest::from_bytes([0xff; 8]));
    /// exchange.end_rollback();
    /// assert_eq!(exchange.verified(), Some(150));
    /// # Ok::<(), rollwire_codec::DecodeError>(())
    /// ```
    #[must_use]
    pub fn with_lasting_hashes(mut self, sends: HashSends) -> Self {
        self.lasting = Some(sends);
        self.findings.remember();
        self
    }

    fn with_detection(detects: bool) -> Self {
        Self {
            history: VecDeque::new(),
            queue: OutboundQueue::default(),
            inbound: InboundMap::default(),
            lasting: None,
            rolling_back: false,
            detects,
            findings: Findings::default(),
        }
    }

    /// Call this when the game has confirmed a frame, with the hash of the state before it
    /// (EXCH-30).
    ///
    /// The hash is queued and kept, and it is compared if the peer's hash has arrived (DETECT-1).
    /// If the frame is still in the history, nothing changes, whatever the hash is (EXCH-2).
    pub fn confirm(&mut self, frame: u32, hash: Digest) {
        if self.own_hash(frame).is_some() {
            return;
        }
        // EXCH-1: one entry in each, in the order of confirmation.
        self.history.push_back((frame, hash));
        self.queue.push(frame, hash, self.lasting.unwrap_or_default().count());
        self.compare(frame);
        // EXCH-3, EXCH-4: this follows the comparison, and the queue keeps what leaves the history.
        if self.history.len() > Self::MAX_HISTORY
            && let Some((oldest, _)) = self.history.pop_front()
        {
            self.findings.leave_history(oldest);
        }
    }

    /// Call this once in each step of the game: it sends each entry of the queue, from the front,
    /// until a send is refused (EXCH-7, EXCH-8, EXCH-11, EXCH-36).
    ///
    /// Returns how many datagrams were accepted; [`queue`](Self::queue) shows what is left.
    /// Nothing is sent during a rollback (EXCH-9) or while the channel is not open (EXCH-10).
    pub fn tick(&mut self, channel: &mut (impl Channel + ?Sized)) -> usize {
        if self.rolling_back { 0 } else { self.queue.send(channel) }
    }

    /// Call this with every datagram that arrives: a STATE_HASH is stored, or compared at once if
    /// its frame has been confirmed (EXCH-15, EXCH-16, DETECT-2).
    ///
    /// The message is returned, because the game handles those of other types; they change nothing
    /// here (EXCH-18). It does not matter whether the channel is open (EXCH-17).
    ///
    /// # Errors
    ///
    /// When the datagram is not a message. Nothing has changed then (EXCH-18).
    pub fn receive<'a>(&mut self, datagram: &'a [u8]) -> Result<Message<'a>, DecodeError> {
        let message = decode(datagram)?;
        if let Message::StateHash(it) = message {
            self.receive_hash(it);
        }
        Ok(message)
    }

    /// Does the work of [`receive`](Self::receive), for a caller that has decoded the datagram.
    pub(crate) fn receive_hash(&mut self, message: StateHash<'_>) {
        let frame = message.frame;
        #[cfg(feature = "log")]
        log::debug!("Received peer hash for frame {frame}");
        self.inbound.insert(frame, message.digest());
        self.compare(frame);
        // This follows the comparison: a hash that is used up there does not displace another.
        self.inbound.truncate(Self::MAX_INBOUND);
    }

    /// Call this when the game goes back to the frame `target`: every frame from `target` on leaves
    /// the queue, the map and the history (EXCH-20 to EXCH-23), and the verified frame falls below
    /// it (DETECT-10). With lasting hashes the map stays (EXCH-35), and the comparisons of these
    /// frames are forgotten (DETECT-17).
    ///
    /// Rollbacks do not nest: a begin during a rollback does the same again, and one end ends them
    /// all (EXCH-24). Events stay (DETECT-11).
    pub fn begin_rollback(&mut self, target: u32) {
        self.rolling_back = true;
        self.queue.remove_from(target);
        self.history.retain(|&(frame, _)| frame < target);
        if self.lasting.is_none() {
            self.inbound.remove_from(target);
        }
        self.findings.roll_back(target);
    }

    /// Call this when the game has simulated up to where it was before: frames whose two hashes
    /// are known are compared now, in ascending order (DETECT-9), and the next tick sends
    /// (EXCH-26).
    ///
    /// Nothing changes if no rollback is in progress (EXCH-25).
    pub fn end_rollback(&mut self) {
        if mem::take(&mut self.rolling_back) {
            self.compare_all();
        }
    }

    /// Call this when the episode ends: the exchange is as new (EXCH-27, EXCH-28, DETECT-12).
    ///
    /// The channel keeps its state (EXCH-29).
    pub fn reset(&mut self) {
        let findings = self.findings.cleared();
        *self = Self { findings, lasting: self.lasting, ..Self::with_detection(self.detects) };
    }

    /// The outbound queue: frames and hashes in the order in which they will be sent. With lasting
    /// hashes an entry stays until it was sent as often as it has to be (EXCH-36).
    ///
    /// Watch its `len()`: while the channel is closed it grows with each confirmed frame, without a
    /// bound (EXCH-4).
    pub fn queue(&self) -> impl ExactSizeIterator<Item = (u32, Digest)> {
        self.queue.iter()
    }

    /// The inbound map: frames and the peer's hashes, by ascending frame.
    pub fn inbound(&self) -> impl ExactSizeIterator<Item = (u32, Digest)> {
        self.inbound.iter()
    }

    /// The local history: frames and own hashes, in the order in which they were confirmed.
    pub fn history(&self) -> impl ExactSizeIterator<Item = (u32, Digest)> {
        self.history.iter().copied()
    }

    /// Whether a rollback is in progress.
    #[must_use]
    pub const fn is_rolling_back(&self) -> bool {
        self.rolling_back
    }

    /// Whether hashes are compared.
    #[must_use]
    pub const fn detects(&self) -> bool {
        self.detects
    }

    /// How often each own hash is sent, if this exchange was created
    /// [`with_lasting_hashes`](Self::with_lasting_hashes).
    #[must_use]
    pub const fn lasting_hashes(&self) -> Option<HashSends> {
        self.lasting
    }

    /// The greatest frame whose hashes were equal, if there is one. It says nothing about the
    /// frames below it (DETECT-5), but with lasting hashes none of them differs (DETECT-17).
    #[must_use]
    pub const fn verified(&self) -> Option<u32> {
        self.findings.verified()
    }

    /// The mismatches since the last reset or [`take_events`](Self::take_events), in the order in
    /// which they were found (DETECT-6, DETECT-18).
    #[must_use]
    pub fn events(&self) -> &[Mismatch] {
        self.findings.events()
    }

    /// Removes the mismatches and returns them.
    ///
    /// After a desync every hash adds one, and a hostile peer can add 20 bytes with each datagram.
    /// Take them in every step, keep a few and count the rest; or create the exchange
    /// [`with_bounded_events`](Self::with_bounded_events).
    pub fn take_events(&mut self) -> Vec<Mismatch> {
        self.findings.take_events()
    }

    /// How many mismatches were not kept since the last reset, because there were too many: none
    /// without [`with_bounded_events`](Self::with_bounded_events).
    #[must_use]
    pub const fn lost_events(&self) -> u64 {
        self.findings.lost()
    }

    /// Compares the two hashes of a frame if both are known, unless a rollback is in progress
    /// (DETECT-8).
    fn compare(&mut self, frame: u32) {
        if !self.detects || self.rolling_back {
            return;
        }
        if let Some(local) = self.own_hash(frame) {
            self.compare_with(frame, local);
        }
    }

    /// Compares the own hash of a frame with the peer's, if it is known.
    fn compare_with(&mut self, frame: u32, local: Digest) {
        // The peer's hash leaves the map, whether it is equal or not (DETECT-4), or it lasts
        // (DETECT-16).
        let peer = match self.lasting {
            None => self.inbound.remove(frame),
            Some(_) => self.inbound.get(frame),
        };
        if let Some(peer) = peer {
            self.findings.compare(frame, local, peer);
        }
    }

    /// Compares every frame whose two hashes are known, in ascending order (DETECT-9).
    fn compare_all(&mut self) {
        if !self.detects {
            return;
        }
        let both_known = |&(frame, _): &(u32, Digest)| self.inbound.contains(frame);
        let mut pairs: Vec<_> = self.history.iter().copied().filter(both_known).collect();
        pairs.sort_unstable_by_key(|&(frame, _)| frame);
        for (frame, local) in pairs {
            self.compare_with(frame, local);
        }
    }

    /// The own hash of a frame. The history is so short that a linear search is fast enough.
    fn own_hash(&self, frame: u32) -> Option<Digest> {
        self.history.iter().find(|it| it.0 == frame).map(|it| it.1)
    }
}
