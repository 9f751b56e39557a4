"""The rollwire datagrams, revision 7: one datagram is one message.

    message = decode(datagram)      # raises Refusal for a bad datagram
    datagram = encode(message)      # raises Refusal for a value that does not fit

All integers are unsigned and big-endian. A frame is a simulation step number, a player an index
into the sorted list of player ids. The codec has no state: a refusal leaves nothing behind.
Names such as STATE_HASH-2 are the rules of the specification.
"""

import struct
from dataclasses import dataclass
from typing import Dict, NamedTuple, Optional, Sequence, Type, Union

REVISION = 7
U8, U16, U32, U64 = 0xFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF
_HEX = "0123456789abcdef"
_ENTRY = struct.Struct(">IB")


class Refusal(ValueError):
    """`refusal_class` is empty, unknown_type, truncated, trailing, count, value, text or range.

    `offset` is where in the datagram a decoder refused, None when an encoder refused a value.
    """

    def __init__(self, refusal_class: str, message: str, offset: Optional[int] = None):
        super().__init__(message)
        self.refusal_class = refusal_class
        self.offset = offset


def _check_uint(name: str, value: int, limit: int) -> None:
    # True and False are integers to Python, but not to the protocol. An IntEnum is welcome.
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refusal("value", f"{name} is not an integer but {type(value).__name__}")
    if not 0 <= value <= limit:  # the value stays unsaid: printing 4301 digits is a ValueError
        raise Refusal("range", f"{name} is outside 0 to {limit}")


def _check_hash(text: str, digits: int) -> None:
    # Not int(text, 16) nor bytes.fromhex(text): those take signs, underscores, blanks and digits
    # of other alphabets. Upper case is refused too, as EPISODE_READY-6 and STATE_HASH-5 allow.
    if not isinstance(text, str):
        raise Refusal("value", f"hash is not text but {type(text).__name__}")
    if len(text) != digits or text.lstrip(_HEX):
        raise Refusal("text", f"hash is not exactly {digits} characters of {_HEX}")


class _Message:
    """`layout` is all before the entries, `limits` the greatest value of each integer field."""

    @classmethod
    def _check_length(cls, data: bytes, length: int) -> None:
        # No byte may be missing, and a surplus one is not padding: the first rule of each message.
        if len(data) != length:
            text = f"{cls.name} has {len(data)} bytes, expected {length}"
            if len(data) < length:
                raise Refusal("truncated", text, len(data))
            raise Refusal("trailing", text, length)

    @classmethod
    def _read(cls, data: bytes):
        cls._check_length(data, cls.layout.size)
        return cls._from_wire(*cls.layout.unpack(data)[1:])

    @classmethod
    def _from_wire(cls, *values):  # the integers of the layout are the fields
        return cls(*values)

    def _write(self) -> bytes:
        for (name, value), limit in zip(vars(self).items(), self.limits):
            _check_uint(name, value, limit)
        return self.layout.pack(self.type_byte, *vars(self).values())


@dataclass(frozen=True)
class _Timestamped(_Message):
    """type | timestamp f64, milliseconds of the sender's clock, kept as its 64 bits. 9 bytes

    The peer sends the same bits back, NaN payloads included, which a float may lose. A `ping` is
    answered by `Pong(ping.timestamp)`. See timestamp_bits and timestamp_milliseconds.
    """
    timestamp: int
    layout, limits = struct.Struct(">BQ"), (U64,)


class Ping(_Timestamped):
    """02 | timestamp (PING-1 to PING-4)"""
    name, type_byte = "ping", 0x02


class Pong(_Timestamped):
    """03 | timestamp of the PING (PONG-1 to PONG-5)"""
    name, type_byte = "pong", 0x03


class ValidationPing(_Timestamped):
    """10 | timestamp (VALIDATION_PING-1 to VALIDATION_PING-4)"""
    name, type_byte = "validation_ping", 0x10


class ValidationPong(_Timestamped):
    """11 | timestamp of the VALIDATION_PING (VALIDATION_PONG-1 to VALIDATION_PONG-5)"""
    name, type_byte = "validation_pong", 0x11


def timestamp_bits(milliseconds: float) -> int:
    """1234.5 -> 0x40934a0000000000"""
    return struct.unpack(">Q", struct.pack(">d", milliseconds))[0]


def timestamp_milliseconds(bits: int) -> float:
    """0x40934a0000000000 -> 1234.5"""
    return struct.unpack(">d", struct.pack(">Q", bits))[0]


@dataclass(frozen=True)
class Keepalive(_Message):
    """04. 1 byte, and a receiver does nothing with it (KEEPALIVE-1, KEEPALIVE-2)"""
    name, type_byte, layout, limits = "keepalive", 0x04, struct.Struct(">B"), ()


@dataclass(frozen=True)
class EpisodeEnd(_Message):
    """05 | frame u32, the last one plus 1 | episode u32, from 0. 9 bytes (EPISODE_END-1 to 6)"""
    frame: int
    episode: int
    name, type_byte, layout, limits = "episode_end", 0x05, struct.Struct(">BII"), (U32, U32)


@dataclass(frozen=True)
class EpisodeReady(_Message):
    """06 | episode u32, from 1 | hash, 8 ASCII digits 0-9a-f. 13 bytes (EPISODE_READY-1 to 8)"""
    episode: int
    hash: str
    name, type_byte, layout = "episode_ready", 0x06, struct.Struct(">BI8s")

    @classmethod
    def _from_wire(cls, episode: int, characters: bytes) -> "EpisodeReady":
        rest = characters.lstrip(_HEX.encode("ascii"))  # from the first bad character on
        if rest:  # EPISODE_READY-4
            raise Refusal("text", f"hash byte {rest[0]:02x} is not one of {_HEX}", 13 - len(rest))
        return cls(episode, characters.decode("ascii"))

    def _write(self) -> bytes:
        _check_uint("episode", self.episode, U32)
        _check_hash(self.hash, 8)  # EPISODE_READY-5: no padding, no cutting
        return self.layout.pack(self.type_byte, self.episode, self.hash.encode("ascii"))


@dataclass(frozen=True)
class StateHash(_Message):
    """07 | frame u32 | hash, 8 raw bytes, as text 16 of 0-9a-f. 13 bytes (STATE_HASH-1 to 6)"""
    frame: int
    hash: str
    name, type_byte, layout = "state_hash", 0x07, struct.Struct(">BI8s")

    @classmethod
    def _from_wire(cls, frame: int, raw: bytes) -> "StateHash":
        return cls(frame, raw.hex())

    def _write(self) -> bytes:
        _check_uint("frame", self.frame, U32)
        _check_hash(self.hash, 16)  # STATE_HASH-4
        return self.layout.pack(self.type_byte, self.frame, bytes.fromhex(self.hash))


class InputEntry(NamedTuple):
    """frame u32, at which the input executes | action u8. 5 bytes"""
    frame: int
    action: int


class _WithEntries(_Message):
    """Entries are kept as they are: not sorted, not merged, none dropped (INPUT-10, INPUT-11)."""

    @classmethod
    def _read(cls, data: bytes):
        start = cls.layout.size
        cls._check_length(data, max(start, len(data)))  # longer than the header is fine
        _, *numbers, count = cls.layout.unpack_from(data)
        if not cls.least <= count <= cls.most:  # before the length: INPUT-5, INPUT-7
            raise Refusal("count", f"{count} entries, not {cls.least} to {cls.most}", cls.count_at)
        cls._check_length(data, start + _ENTRY.size * count)
        entries = tuple(map(InputEntry._make, _ENTRY.iter_unpack(data[start:])))
        return cls(*numbers, entries)

    def _write(self) -> bytes:
        for (name, value), limit in zip(vars(self).items(), self.limits):  # all but the entries
            _check_uint(name, value, limit)
        *numbers, entries = vars(self).values()
        if not isinstance(entries, (list, tuple)):
            raise Refusal("value", f"entries are not a list but {type(entries).__name__}")
        if not self.least <= len(entries) <= self.most:
            raise Refusal("count", f"{len(entries)} entries, not {self.least} to {self.most}")
        parts = [self.layout.pack(self.type_byte, *numbers, len(entries))]
        for entry in entries:
            if not isinstance(entry, InputEntry):
                raise Refusal("value", f"an entry is no InputEntry but {type(entry).__name__}")
            _check_uint("frame of an entry", entry.frame, U32)
            _check_uint("action of an entry", entry.action, U8)
            parts.append(_ENTRY.pack(entry.frame, entry.action))
        return b"".join(parts)


@dataclass(frozen=True)
class Input(_WithEntries):
    """01 | player u16 | current_frame u32 | count u8 | reserved u8 | 1 to 15 entries, oldest first

    9 + 5*count bytes (INPUT-1 to 14). The pad byte `x` is ignored when read and written as 0.
    """
    player: int
    current_frame: int
    entries: Sequence[InputEntry]
    name, type_byte, layout, limits = "input", 0x01, struct.Struct(">BHIBx"), (U16, U32)
    least, most, count_at = 1, 15, 7


@dataclass(frozen=True)
class InputResponse(_WithEntries):
    """13 | player u16 | count u16 | 0 to 65535 entries (INPUT_RESPONSE-1 to INPUT_RESPONSE-6)"""
    player: int
    entries: Sequence[InputEntry]
    name, type_byte, layout, limits = "input_response", 0x13, struct.Struct(">BHH"), (U16,)
    least, most, count_at = 0, U16, 3


@dataclass(frozen=True)
class InputRequest(_Message):
    """12 | start u32 | end u32: frames start to end, both included. 9 bytes (INPUT_REQUEST-1)"""
    start: int
    end: int
    name, type_byte, layout, limits = "input_request", 0x12, struct.Struct(">BII"), (U32, U32)

    @classmethod
    def _from_wire(cls, start: int, end: int) -> "InputRequest":
        if start > end:  # INPUT_REQUEST-4
            raise Refusal("range", f"start {start} is after end {end}", 5)
        return cls(start, end)

    def _write(self) -> bytes:
        data = super()._write()
        if self.start > self.end:  # INPUT_REQUEST-5
            raise Refusal("range", f"start {self.start} is after end {self.end}")
        return data


@dataclass(frozen=True)
class FocusState(_Message):
    """14 | focused u8, 0 or 1 | frame u32. 6 bytes (FOCUS_STATE-1 to FOCUS_STATE-5)"""
    focused: bool
    frame: int
    name, type_byte, layout = "focus_state", 0x14, struct.Struct(">BBI")

    @classmethod
    def _from_wire(cls, focused: int, frame: int) -> "FocusState":
        if focused > 1:  # FOCUS_STATE-3
            raise Refusal("value", f"focused is {focused}, allowed are 0 and 1", 1)
        return cls(focused == 1, frame)

    def _write(self) -> bytes:
        if not isinstance(self.focused, bool):
            raise Refusal("value", "focused is neither True nor False")
        _check_uint("frame", self.frame, U32)
        return self.layout.pack(self.type_byte, self.focused, self.frame)


Message = Union[Input, Ping, Pong, Keepalive, EpisodeEnd, EpisodeReady, StateHash,
                ValidationPing, ValidationPong, InputRequest, InputResponse, FocusState]
MESSAGES: Dict[str, Type[Message]] = {cls.name: cls for cls in Message.__args__}
_BY_TYPE_BYTE = {cls.type_byte: cls for cls in MESSAGES.values()}


def message_class(name: str) -> Type[Message]:
    """The class of a name, as of "state_hash". Raises Refusal for an unknown one (WIRE-4)."""
    if not isinstance(name, str) or name not in MESSAGES:
        raise Refusal("unknown_type", f"no message of revision {REVISION} has this name")
    return MESSAGES[name]


def decode(data: bytes) -> Message:
    """The message in one whole datagram. Raises Refusal."""
    if not isinstance(data, (bytes, bytearray, memoryview)):  # bytes(3) would be three zeros
        raise TypeError(f"a datagram is bytes, not {type(data).__name__}")
    data = bytes(data)
    if not data:
        raise Refusal("empty", "the datagram has no byte", 0)  # WIRE-1
    cls = _BY_TYPE_BYTE.get(data[0])
    if cls is None:
        raise Refusal("unknown_type", f"type 0x{data[0]:02x} is no message", 0)  # WIRE-2
    return cls._read(data)


def encode(message: Message) -> bytes:
    """The datagram of one message. Raises Refusal, and never changes a value to make it fit."""
    if type(message) not in Message.__args__:
        raise Refusal("unknown_type", f"{type(message).__name__} is no message")
    return message._write()
