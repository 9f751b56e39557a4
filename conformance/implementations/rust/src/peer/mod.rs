//! A whole peer of `spec/peer.md`: inputs, round trips, validation, episodes, catching up, focus and
//! the exchange of state hashes, over one channel.
//!
//! | file | chapter of the specification | methods for the game |
//! |---|---|---|
//! | `sync` | SYNC | [`act`](Peer::act), [`confirmed`](Peer::confirmed), [`held`](Peer::held) |
//! | `live` | LIVE | [`round_trips`](Peer::round_trips) |
//! | `valid` | VALID | [`validation`](Peer::validation) |
//! | `episode` | EPISODE | [`ready`](Peer::ready), [`ended`](Peer::ended), [`episode`](Peer::episode) |
//! | `catchup` | CATCHUP | [`catch_up`](Peer::catch_up), [`request`](Peer::request) |
//! | `focus` | FOCUS | [`focus`](Peer::focus), [`is_partner_shown`](Peer::is_partner_shown) |
//! | `clock` | PEER, time | [`advance`](Peer::advance) |
//!
//! Each file holds the rules of its chapter, and extends [`Peer`] by the methods of its chapter.
#![deny(
    clippy::alloc_instead_of_core,
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::std_instead_of_alloc,
    clippy::std_instead_of_core,
    clippy::unwrap_used
)]

mod catchup;
mod channel;
mod clock;
mod episode;
mod focus;
mod hashes;
mod live;
mod options;
mod sync;
mod valid;

use rollwire_codec::{DecodeError, Message, decode};

pub use self::channel::Channel;
pub use self::clock::AdvanceError;
pub use self::episode::{End, Episode, Hashes, Phase, Start};
pub use self::options::{Chapters, Options, OptionsError, Parameters};
pub use self::valid::ValidationState;
use self::{
    catchup::{CatchUp, Untold},
    channel::Line,
    clock::Time,
    episode::Episodes,
    focus::Focus,
    live::Liveness,
    sync::Inputs,
    valid::Validation,
};
use crate::exchange::Exchange;
pub use crate::exchange::{HashSends, Refused};

/// One of the two peers of a game.
///
/// It has no clock, no thread and no socket: it changes only when a method is called, and it sends
/// only to the [`Channel`] that the method is given. The documentation of the [crate] shows it in a
/// game.
///
/// What a partner can make it hold and do is bounded (PEER-5):
///
/// | part | most memory |
/// |---|---|
/// | partner's entries | 3 bytes for each frame of [`Parameters::ahead`]: 12 KiB |
/// | own entries | 5 bytes for each of [`Parameters::kept`]: 5 KiB by default |
/// | exchange | 4096 hashes, and [`Exchange::MAX_EVENTS`] mismatches: about 400 KiB |
/// | everything else | less than 2 KiB |
/// | while an answer to an INPUT_REQUEST is sent | 32 KiB |
///
/// A list may have twice that capacity. The exchange's outbound queue has no bound, because EXCH-4
/// allows none: it grows by what the game confirms while the channel is not open. With
/// [`Parameters::lasting_hashes`] the mismatches take up to 160 KiB more, and the comparison of each
/// frame that the game has confirmed since the last reset takes up to 15 bytes (DETECT-17): a
/// partner cannot add frames to them.
/// The time for a datagram is proportional to its length, with at most 4096 steps more. The crate in
/// `bench/` counts both.
///
/// ```
/// use rollwire_reference::peer::{Channel, Options, Peer, Refused};
///
/// /// A channel that keeps what was sent.
/// #[derive(Default)]
/// struct Kept(Vec<Vec<u8>>);
///
/// impl Channel for Kept {
///     fn send(&mut self, datagram: &[u8]) -> Result<(), Refused> {
///         self.0.push(datagram.to_vec());
///         Ok(())
///     }
/// }
///
/// let mut channel = Kept::default();
/// let mut peer = Peer::new(Options::default())?;
/// peer.receive(b"\x02\x40\x93\x4a\0\0\0\0\0", &mut channel)?;
/// assert_eq!(channel.0, [b"\x03\x40\x93\x4a\0\0\0\0\0"], "a PING is answered at any time");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Peer {
    local: u16,
    first_frame: u32,
    chapters: Chapters,
    parameters: Parameters,
    is_open: bool,
    now: Time,
    inputs: Inputs,
    untold: Untold,
    liveness: Liveness,
    validation: Validation,
    episodes: Episodes,
    catch_up: CatchUp,
    focus: Focus,
    exchange: Exchange,
}

impl Peer {
    /// A new peer, whose channel is open and whose clock is 0.
    ///
    /// # Errors
    ///
    /// When an option has a value that a peer cannot have.
    pub fn new(options: Options) -> Result<Self, OptionsError> {
        options.check()?;
        let Options { local, first_frame, chapters, parameters } = options;
        let exchange = Exchange::new().with_bounded_events();
        let mut peer = Self {
            local,
            first_frame,
            chapters,
            parameters,
            is_open: true,
            now: Time::default(),
            inputs: Inputs::new(first_frame, &parameters),
            untold: Untold::default(),
            liveness: Liveness::default(),
            validation: Validation::new(parameters.repeats_validation),
            episodes: Episodes::new(&parameters),
            catch_up: CatchUp::new(parameters.request_repeats),
            focus: Focus::new(),
            exchange: match parameters.lasting_hashes {
                None => exchange,
                Some(sends) => exchange.with_lasting_hashes(sends),
            },
        };
        peer.start_timers();
        Ok(peer)
    }

    /// What it was created with.
    #[must_use]
    pub const fn options(&self) -> Options {
        let Self { local, first_frame, chapters, parameters, .. } = *self;
        Options { local, first_frame, chapters, parameters }
    }

    /// Call this when the channel has opened again after it was closed. It changes nothing while
    /// the channel is open.
    ///
    /// The validation begins anew unless it is over (VALID-8), PINGs begin again (LIVE-3), and the
    /// partner is told whether the own page is shown (FOCUS-3).
    pub fn opened(&mut self, channel: &mut dyn Channel) {
        if self.is_open {
            return;
        }
        self.is_open = true;
        self.start_timers();
        if self.chapters.focus {
            let mut line = self.line(channel);
            self.focus.open(&mut line);
        }
    }

    /// Call this when the channel has closed: nothing is sent until it has [`opened`](Self::opened)
    /// again (PEER-3). What arrives later may still be handed over.
    pub fn closed(&mut self) {
        self.is_open = false;
        self.validation.close();
        self.liveness.close();
    }

    /// Whether the channel is open, as far as the peer has been told.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.is_open
    }

    /// Call this with every datagram that arrives. What has to be answered is answered at once.
    ///
    /// The message is returned for the game to look at; it has been handled. A message of a chapter
    /// that the peer does not have changes nothing.
    ///
    /// # Errors
    ///
    /// When the datagram is not a message. Nothing has changed then, and nothing was sent (PEER-4).
    pub fn receive<'d>(
        &mut self,
        datagram: &'d [u8],
        channel: &mut dyn Channel,
    ) -> Result<Message<'d>, DecodeError> {
        let message = decode(datagram)?;
        let has = self.chapters;
        let mut line = self.line(channel);
        match message {
            Message::Input(it) if has.inputs => self.receive_entries(it.player, it.entries()),
            Message::Ping(it) if has.liveness => Self::receive_ping(it, &mut line),
            Message::Pong(it) if has.liveness => {
                self.liveness.receive_pong(it.timestamp, self.now);
            }
            Message::EpisodeEnd(it) if has.episodes => self.receive_end(it, &mut line),
            Message::EpisodeReady(it) if has.episodes => self.receive_ready(it, &mut line),
            Message::StateHash(it) if has.exchange => self.receive_hash(it),
            Message::ValidationPing(it) if has.validation => {
                self.receive_validation_ping(it, &mut line);
            }
            Message::ValidationPong(it) if has.validation => self.receive_validation_pong(it),
            Message::InputRequest(it) if has.catch_up => self.receive_request(it, &mut line),
            Message::InputResponse(it) if has.catch_up && !self.is_waiting() => {
                self.receive_entries(it.player, it.entries);
            }
            Message::FocusState(it) if has.focus => self.focus.receive(it),
            // A KEEPALIVE, an INPUT_RESPONSE that was not asked for (EPISODE-13), or a message of a
            // chapter that this peer does not have.
            _ => {}
        }
        Ok(message)
    }

    /// Call this when the game begins again at its first frame: inputs (SYNC-13), the request
    /// (CATCHUP-6) and the exchange (EXCH-27) are emptied. Nothing is sent.
    ///
    /// Time, round trips, validation, the episode and focus stay as they are. A game with episodes
    /// calls [`ready`](Self::ready) instead, which does this too.
    pub fn reset(&mut self) {
        self.inputs.reset();
        self.untold.clear();
        self.catch_up.end_request();
        self.exchange.reset();
    }

    /// The times that are counted from an opening of the channel begin.
    fn start_timers(&mut self) {
        if self.chapters.validation {
            self.validation.open(self.now);
        }
        let is_proved = !self.chapters.validation || self.validation.is_validated();
        if self.chapters.liveness && is_proved {
            self.liveness.begin(self.now);
        }
    }

    /// The channel, as it is during one stimulus.
    fn line<'c>(&self, channel: &'c mut dyn Channel) -> Line<'c> {
        Line::new(self.is_open, channel)
    }

    const fn partner_index(&self) -> u16 {
        1_u16.saturating_sub(self.local)
    }
}
