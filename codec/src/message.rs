//! One datagram as a value.

use crate::{
    DecodeError, EpisodeEnd, EpisodeReady, FocusState, Input, InputEntry, InputRequest,
    InputResponse, Keepalive, MessageType, Ping, Pong, StateHash, ValidationPing, ValidationPong,
};

/// One message.
///
/// Every value of this type can be encoded: invalid messages cannot be built.
/// The constructors of the parts refuse them with an error that names the class of the refusal:
///
/// | constructor | error | class |
/// |---|---|---|
/// | [`Input::new`], [`Entries::new`](crate::Entries::new) | [`CountError`](crate::CountError) | `count` |
/// | [`InputRequest::new`] | [`RangeError`](crate::RangeError) | `range` |
/// | [`HashText::new`](crate::HashText::new), [`Digest`](crate::Digest)'s `FromStr` | [`TextError`](crate::TextError) | `text` |
/// | [`MessageType`]'s `TryFrom` | [`UnknownMessageType`](crate::UnknownMessageType) | `unknown_type` |
///
/// The enum is exhaustive on purpose: the protocol consists of these twelve messages.
/// Its tag fills a register, so that a `match` need not extend it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(usize)]
pub enum Message<'a> {
    /// The newest inputs of one player.
    Input(Input<'a>),
    /// Asks for a pong.
    Ping(Ping),
    /// Answers a ping.
    Pong(Pong),
    /// Carries nothing.
    Keepalive(Keepalive),
    /// The sender's episode is over.
    EpisodeEnd(EpisodeEnd),
    /// The sender has reset and may start.
    EpisodeReady(EpisodeReady<'a>),
    /// The hash of one confirmed state.
    StateHash(StateHash<'a>),
    /// Asks whether the new channel works.
    ValidationPing(ValidationPing),
    /// Confirms that the new channel works.
    ValidationPong(ValidationPong),
    /// Asks for the inputs of a range of frames.
    InputRequest(InputRequest),
    /// Answers an input request.
    InputResponse(InputResponse<'a>),
    /// The sender's page was hidden or shown.
    FocusState(FocusState),
}

/// A decoded datagram is passed from function to function, so it must fit into half a cache line.
const _: () = assert!(size_of::<Result<Message<'_>, DecodeError>>() <= 32);

impl Message<'_> {
    /// The type of this message.
    #[inline]
    pub const fn message_type(&self) -> MessageType {
        match self {
            Self::Input(_) => Input::TYPE,
            Self::Ping(_) => Ping::TYPE,
            Self::Pong(_) => Pong::TYPE,
            Self::Keepalive(_) => Keepalive::TYPE,
            Self::EpisodeEnd(_) => EpisodeEnd::TYPE,
            Self::EpisodeReady(_) => EpisodeReady::TYPE,
            Self::StateHash(_) => StateHash::TYPE,
            Self::ValidationPing(_) => ValidationPing::TYPE,
            Self::ValidationPong(_) => ValidationPong::TYPE,
            Self::InputRequest(_) => InputRequest::TYPE,
            Self::InputResponse(_) => InputResponse::TYPE,
            Self::FocusState(_) => FocusState::TYPE,
        }
    }

    /// The exact length of the wire form, in bytes.
    #[inline]
    pub const fn encoded_len(&self) -> usize {
        match self {
            Self::Input(message) => {
                Input::HEADER_LEN.saturating_add(InputEntry::wire_len(message.entries().count()))
            }
            Self::Ping(_) => Ping::LEN,
            Self::Pong(_) => Pong::LEN,
            Self::Keepalive(_) => Keepalive::LEN,
            Self::EpisodeEnd(_) => EpisodeEnd::LEN,
            Self::EpisodeReady(_) => EpisodeReady::LEN,
            Self::StateHash(_) => StateHash::LEN,
            Self::ValidationPing(_) => ValidationPing::LEN,
            Self::ValidationPong(_) => ValidationPong::LEN,
            Self::InputRequest(_) => InputRequest::LEN,
            Self::InputResponse(message) => InputResponse::HEADER_LEN
                .saturating_add(InputEntry::wire_len(message.entries.count())),
            Self::FocusState(_) => FocusState::LEN,
        }
    }
}

/// Converts each message type into its variant.
macro_rules! from_message {
    ($($message:ident $(<$a:lifetime>)?),* $(,)?) => {$(
        impl<'a> From<$message$(<$a>)?> for Message<'a> {
            #[inline]
            fn from(message: $message$(<$a>)?) -> Self {
                Self::$message(message)
            }
        }
    )*};
}

from_message!(
    Input<'a>,
    Ping,
    Pong,
    Keepalive,
    EpisodeEnd,
    EpisodeReady<'a>,
    StateHash<'a>,
    ValidationPing,
    ValidationPong,
    InputRequest,
    InputResponse<'a>,
    FocusState,
);
