//! The state-hash exchange of `spec/exchange.md`, with the detection of `spec/detect.md`.
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

use std::{collections::VecDeque, mem};

use rollwire_codec::{DecodeError, Digest, Message, StateHash, decode};

pub use self::channel::{Channel, Refused};
pub use self::detect::Mismatch;
use self::inbound::InboundMap;

/// The state-hash exchange of one peer: which hashes wait to be sent, which have come, and
/// whether those of the same frame are equal.
///
/// It has no clock, no thread and no socket: it changes when a method is called, and at no other
/// time. The [`Channel`] is the game's, and is looked at in [`tick`](Self::tick) alone.
/// A frame is any `u32`, and frames are compared as such (EXCH-23).
///
/// | part | read by | bound |
/// |---|---|---|
/// | local history | [`history`](Self::history) | [`MAX_HISTORY`](Self::MAX_HISTORY) |
/// | outbound queue | [`queue`](Self::queue) | none: EXCH-4 allows none |
/// | inbound map | [`inbound`](Self::inbound) | [`MAX_INBOUND`](Self::MAX_INBOUND) |
/// | verified frame | [`verified`](Self::verified) | |
/// | events | [`events`](Self::events) | none: see [`take_events`](Self::take_events) |
///
/// # A game loop
///
/// ```
/// use rollwire_codec::{Digest, Message};
/// use rollwire_reference::exchange::{Channel, Exchange, Refused};
/// # #[derive(Default)] struct DataChannel(Vec<Vec<u8>>);
/// # impl DataChannel {
/// #     fn is_connected(&self) -> bool { true }
/// #     fn transmit(&mut self, bytes: &[u8]) -> std::io::Result<()> { self.0.push(bytes.into()); Ok(()) }
/// #     fn next_datagram(&mut self) -> Option<Vec<u8>> { self.0.pop() }
/// # }
///
/// struct Peer(DataChannel); // the game's own channel, whatever that is
///
/// impl Channel for Peer {
///     fn is_open(&self) -> bool {
///         self.0.is_connected()
///     }
///     fn send(&mut self, datagram: &[u8; 13]) -> Result<(), Refused> {
///         self.0.transmit(datagram).map_err(|_| Refused)
///     }
/// }
///
/// # let mut peer = Peer(DataChannel::default());
/// # let state_at = |frame: u32| Digest::from_bytes([frame as u8; 8]);
/// # let late_input_for = |frame| (frame == 12).then_some(8);
/// let mut exchange = Exchange::new();
/// for frame in 0..20 {
///     while let Some(datagram) = peer.0.next_datagram() {
///         match exchange.receive(&datagram) {
///             Ok(Message::StateHash(_)) => {} // stored, or compared
///             Ok(other) => println!("for the game itself: {other:?}"),
///             Err(error) => println!("no message: {error}"),
///         }
///     }
///     if let Some(target) = late_input_for(frame) {
///         exchange.begin_rollback(target);
///         // ... simulate again from `target` to `frame`, and confirm again ...
///         exchange.end_rollback();
///     }
///     if frame % 5 == 0 {
///         exchange.confirm(frame, state_at(frame)); // when all inputs below are known
///     }
///     exchange.tick(&mut peer);
///     for desync in exchange.take_events() {
///         println!("frame {}: {} here, {} there", desync.frame, desync.local, desync.peer);
///     }
/// }
/// assert_eq!(exchange.verified(), Some(15)); // this peer hears itself
/// exchange.reset(); // the episode is over
/// ```
#[derive(Clone, Debug)]
pub struct Exchange {
    history: VecDeque<(u32, Digest)>,
    queue: VecDeque<(u32, Digest)>,
    inbound: InboundMap,
    rolling_back: bool,
    detects: bool,
    verified: Option<u32>,
    events: Vec<Mismatch>,
}

/// As [`Exchange::new`].
impl Default for Exchange {
    fn default() -> Self {
        Self::new()
    }
}

impl Exchange {
    /// How many own hashes are kept for comparison (EXCH-3).
    pub const MAX_HISTORY: usize = 120;

    /// How many hashes of the peer are kept, the least that EXCH-19 allows.
    pub const MAX_INBOUND: usize = 4096;

    /// An exchange that holds nothing and compares what it gets.
    #[must_use]
    pub fn new() -> Self {
        Self::with_detection(true)
    }

    /// An exchange that sends and keeps hashes, and compares none.
    ///
    /// What was received stays in the inbound map until a rollback, a reset or the bound takes it.
    #[must_use]
    pub fn without_detection() -> Self {
        Self::with_detection(false)
    }

    fn with_detection(detects: bool) -> Self {
        Self {
            history: VecDeque::new(),
            queue: VecDeque::new(),
            inbound: InboundMap::default(),
            rolling_back: false,
            detects,
            verified: None,
            events: Vec::new(),
        }
    }

    /// The game has confirmed a frame, and this is the hash of the state before it (EXCH-30).
    ///
    /// It is queued, kept, and compared if the peer's hash is here already (DETECT-1).
    /// A frame that is still in the history changes nothing, whatever the hash (EXCH-2).
    pub fn confirm(&mut self, frame: u32, hash: Digest) {
        if self.local(frame).is_some() {
            return;
        }
        // EXCH-1: once into each, in the order of confirmation.
        self.history.push_back((frame, hash));
        self.queue.push_back((frame, hash));
        self.compare(frame);
        // EXCH-3, EXCH-4: after the comparison, and the queue keeps what leaves here.
        if self.history.len() > Self::MAX_HISTORY {
            self.history.pop_front();
        }
    }

    /// The game's step has come to where hashes are sent: the queue is sent from its front until
    /// it is empty or a send is refused (EXCH-7, EXCH-8, EXCH-11).
    ///
    /// Returns how many were accepted; what is left is counted by [`queue`](Self::queue).
    /// Nothing is sent during a rollback (EXCH-9) or while the channel is not open (EXCH-10).
    pub fn tick(&mut self, channel: &mut (impl Channel + ?Sized)) -> usize {
        let mut sent = 0_usize;
        while !self.rolling_back
            && channel.is_open()
            && let Some((frame, hash)) = self.queue.front()
        {
            let mut datagram = [0; StateHash::LEN];
            let message = Message::from(StateHash { frame: *frame, hash: hash.as_bytes() });
            // EXCH-12: an entry leaves the queue only when it is accepted (EXCH-14), so that one
            // that is refused, or whose send panics, has never left the front.
            // The encoder does not fail: the buffer has the length of the message.
            if message.encode(&mut datagram).is_err() || channel.send(&datagram).is_err() {
                break;
            }
            #[cfg(feature = "log")]
            log::debug!("Sent hash for frame {frame}");
            self.queue.pop_front();
            sent = sent.saturating_add(1);
        }
        sent
    }

    /// A datagram has arrived: a STATE_HASH is stored, or compared at once if the frame has been
    /// confirmed (EXCH-15, EXCH-16, DETECT-2).
    ///
    /// The message is handed back, since one of another type is the game's business: it has
    /// changed nothing here (EXCH-18). It does not matter whether the channel is open (EXCH-17).
    ///
    /// # Errors
    ///
    /// When the datagram is no message; then nothing has changed (EXCH-18).
    pub fn receive<'a>(&mut self, datagram: &'a [u8]) -> Result<Message<'a>, DecodeError> {
        let message = decode(datagram)?;
        if let Message::StateHash(it) = message {
            #[cfg(feature = "log")]
            log::debug!("Received peer hash for frame {}", it.frame);
            self.inbound.insert(it.frame, it.digest());
            self.compare(it.frame);
            // After the comparison: a hash that it uses up drives no other one out.
            self.inbound.keep(Self::MAX_INBOUND);
        }
        Ok(message)
    }

    /// The game goes back to the frame `target`: every frame from it on leaves the queue, the map
    /// and the history (EXCH-20 to EXCH-23), and the verified frame sinks below it (DETECT-10).
    ///
    /// A rollback is a flag: a begin within a rollback does the same again, and one end ends all
    /// (EXCH-24). Events stay (DETECT-11).
    pub fn begin_rollback(&mut self, target: u32) {
        self.rolling_back = true;
        self.queue.retain(|&(frame, _)| frame < target);
        self.history.retain(|&(frame, _)| frame < target);
        self.inbound.remove_from(target);
        // None is less than any frame: below frame 0 there is none.
        self.verified = self.verified.min(target.checked_sub(1));
    }

    /// The game has simulated again up to where it was: frames whose hashes are both known are
    /// compared now, in ascending order (DETECT-9), and the next tick sends (EXCH-26).
    ///
    /// Nothing changes if no rollback is in progress (EXCH-25).
    pub fn end_rollback(&mut self) {
        if mem::take(&mut self.rolling_back) {
            self.compare_all();
        }
    }

    /// The episode ends: everything is as in a new exchange (EXCH-27, EXCH-28, DETECT-12).
    ///
    /// The channel is not touched (EXCH-29).
    pub fn reset(&mut self) {
        *self = Self::with_detection(self.detects);
    }

    /// The outbound queue: frames and hashes in the order in which they will be sent.
    ///
    /// Its `len()` is worth watching: while the channel is not open it grows by each confirmed
    /// frame, without a bound (EXCH-4).
    pub fn queue(&self) -> impl ExactSizeIterator<Item = (u32, Digest)> {
        self.queue.iter().copied()
    }

    /// The inbound map: frames and hashes of the peer, by ascending frame.
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

    /// The own hash of a frame; a walk over at most 120 neighbours is short enough.
    fn local(&self, frame: u32) -> Option<Digest> {
        self.history.iter().find(|it| it.0 == frame).map(|it| it.1)
    }
}
