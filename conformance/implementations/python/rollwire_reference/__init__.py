"""The rollwire protocol, revision 7: the codec, whole peers, and the digest of a state.

    from rollwire_reference import Exchange, Peer, decode, encode, state_digest

Each module begins with a summary of how to use it:

    codec       messages to datagrams and back
    messages    the twelve messages and their fields
    exchange    the state-hash exchange with one peer, with mismatch detection
    comparisons what an exchange with lasting hashes remembers of the frames that it has compared
    peer        a whole peer: inputs, round trips, episodes and more, with an exchange
    digest      the hash of a state
    recorder    an exchange that logs its session for `rollwire trace check`, and in
                peer_recorder a whole peer that does
"""

from rollwire_reference.codec import MESSAGES, REVISION, Message, decode, encode, message_class
from rollwire_reference.digest import Digest, DigestForm, state_digest
from rollwire_reference.exchange import (
    EVENTS_BOUND,
    HISTORY_BOUND,
    MAP_BOUND,
    Channel,
    Exchange,
    Mismatch,
)
from rollwire_reference.messages import (
    EpisodeEnd,
    EpisodeReady,
    FocusState,
    Input,
    InputEntry,
    InputRequest,
    InputResponse,
    Keepalive,
    Ping,
    Pong,
    StateHash,
    ValidationPing,
    ValidationPong,
    timestamp_bits,
    timestamp_milliseconds,
)
from rollwire_reference.peer import (
    CHAPTERS,
    LONGEST_ADVANCE,
    Episode,
    Parameters,
    Peer,
    Sender,
)
from rollwire_reference.peer_recorder import RecordedPeer
from rollwire_reference.recorder import RecordedExchange
from rollwire_reference.refusal import Refusal

__all__ = [
    "CHAPTERS",
    "EVENTS_BOUND",
    "HISTORY_BOUND",
    "LONGEST_ADVANCE",
    "MAP_BOUND",
    "MESSAGES",
    "REVISION",
    "Channel",
    "Digest",
    "DigestForm",
    "Episode",
    "EpisodeEnd",
    "EpisodeReady",
    "Exchange",
    "FocusState",
    "Input",
    "InputEntry",
    "InputRequest",
    "InputResponse",
    "Keepalive",
    "Message",
    "Mismatch",
    "Parameters",
    "Peer",
    "Ping",
    "Pong",
    "RecordedExchange",
    "RecordedPeer",
    "Refusal",
    "Sender",
    "StateHash",
    "ValidationPing",
    "ValidationPong",
    "decode",
    "encode",
    "message_class",
    "state_digest",
    "timestamp_bits",
    "timestamp_milliseconds",
]
