"""The codec: the rollwire datagrams of revision 7. One datagram holds one message.

    message = decode(datagram)      # raises Refusal for a bad datagram
    datagram = encode(message)      # raises Refusal for a value that does not fit

The codec has no state, so a refusal changes nothing. Names such as WIRE-2 are rules of the
specification.
"""

from __future__ import annotations

from typing import Union, get_args

from rollwire_reference.messages import (
    EpisodeEnd,
    EpisodeReady,
    FocusState,
    Input,
    InputRequest,
    InputResponse,
    Keepalive,
    Ping,
    Pong,
    StateHash,
    ValidationPing,
    ValidationPong,
)
from rollwire_reference.refusal import Refusal

REVISION = 7

Message = Union[
    Input,
    Ping,
    Pong,
    Keepalive,
    EpisodeEnd,
    EpisodeReady,
    StateHash,
    ValidationPing,
    ValidationPong,
    InputRequest,
    InputResponse,
    FocusState,
]
MESSAGES: dict[str, type[Message]] = {cls.name: cls for cls in get_args(Message)}
_BY_TYPE_BYTE: dict[int, type[Message]] = {cls.type_byte: cls for cls in MESSAGES.values()}
_CLASSES = frozenset(MESSAGES.values())


def message_class(name: str) -> type[Message]:
    """The class for a name such as "state_hash". Raises Refusal for an unknown one (WIRE-4)."""
    if not isinstance(name, str) or name not in MESSAGES:
        raise Refusal("unknown_type", f"no message of revision {REVISION} has this name")
    return MESSAGES[name]


def decode(data: bytes | bytearray | memoryview) -> Message:
    """The message in one whole datagram. Raises Refusal."""
    if not isinstance(data, (bytes, bytearray, memoryview)):  # bytes(3) would be three zeros
        raise TypeError(f"a datagram is bytes, not {type(data).__name__}")
    datagram = bytes(data)
    if not datagram:
        raise Refusal("empty", "the datagram is empty", 0)  # WIRE-1
    cls = _BY_TYPE_BYTE.get(datagram[0])
    if cls is None:  # WIRE-2
        text = f"0x{datagram[0]:02x} is not a message type of revision {REVISION}"
        raise Refusal("unknown_type", text, 0)
    return cls._read(datagram)


def encode(message: Message) -> bytes:
    """The datagram of one message. Raises Refusal, and never changes a value to make it fit."""
    if type(message) not in _CLASSES:
        raise Refusal("unknown_type", f"{type(message).__name__} is not a message class")
    return message._write()
