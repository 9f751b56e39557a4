"""The twelve messages of revision 7, each with its layout and its rules.

All integers are unsigned and big-endian. A frame is the number of a simulation step. A player is
an index into the sorted list of player ids. The line below a class shows the fields in the order of
the datagram: the type byte in hex, then each field with its width in bits.

`_read` makes a message of a datagram, and `_write` a datagram of a message. Both raise Refusal.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from rollwire_reference.refusal import (
    HEX_DIGITS,
    U8,
    U16,
    U32,
    U64,
    Refusal,
    check_hash,
    check_uint,
)


class _Message:
    """What all messages share. `layout` describes everything before the entries."""

    name: ClassVar[str]
    type_byte: ClassVar[int]
    layout: ClassVar[struct.Struct]

    @classmethod
    def _check_length(cls, data: bytes, length: int) -> None:
        # The first rule of each message: no byte is missing, and an extra byte is not padding.
        if len(data) != length:
            text = f"{cls.name} has {length} bytes, but the datagram has {len(data)}"
            if len(data) < length:
                raise Refusal("truncated", text, len(data))
            raise Refusal("trailing", text, length)

    @classmethod
    def _unpack(cls, data: bytes) -> tuple[Any, ...]:
        """The fields of a message of fixed length, as they are on the wire."""
        layout = cls.layout
        if len(data) != layout.size:
            cls._check_length(data, layout.size)
        return layout.unpack(data)[1:]


@dataclass(frozen=True)
class _Timestamped(_Message):
    """type | timestamp f64, in milliseconds of the sender's clock. 9 bytes

    The timestamp is kept as its 64 bits, because a peer sends the same bits back, and a float may
    lose the payload of a NaN. Answer a `ping` with `Pong(ping.timestamp)`. The functions
    timestamp_bits and timestamp_milliseconds convert it.
    """

    timestamp: int
    layout = struct.Struct(">BQ")

    def _write(self) -> bytes:
        check_uint("timestamp", self.timestamp, U64)
        return self.layout.pack(self.type_byte, self.timestamp)


class Ping(_Timestamped):
    """02 | timestamp (PING-1 to PING-4)"""

    name = "ping"
    type_byte = 0x02

    @classmethod
    def _read(cls, data: bytes) -> Ping:
        return cls(*cls._unpack(data))


class Pong(_Timestamped):
    """03 | timestamp of the PING (PONG-1 to PONG-5)"""

    name = "pong"
    type_byte = 0x03

    @classmethod
    def _read(cls, data: bytes) -> Pong:
        return cls(*cls._unpack(data))


class ValidationPing(_Timestamped):
    """10 | timestamp (VALIDATION_PING-1 to VALIDATION_PING-4)"""

    name = "validation_ping"
    type_byte = 0x10

    @classmethod
    def _read(cls, data: bytes) -> ValidationPing:
        return cls(*cls._unpack(data))


class ValidationPong(_Timestamped):
    """11 | timestamp of the VALIDATION_PING (VALIDATION_PONG-1 to VALIDATION_PONG-5)"""

    name = "validation_pong"
    type_byte = 0x11

    @classmethod
    def _read(cls, data: bytes) -> ValidationPong:
        return cls(*cls._unpack(data))


_F64 = struct.Struct(">d")


def timestamp_bits(milliseconds: float) -> int:
    """1234.5 -> 0x40934a0000000000"""
    return int.from_bytes(_F64.pack(milliseconds), "big")


def timestamp_milliseconds(bits: int) -> float:
    """0x40934a0000000000 -> 1234.5"""
    (milliseconds,) = _F64.unpack(bits.to_bytes(8, "big"))
    return float(milliseconds)


@dataclass(frozen=True)
class Keepalive(_Message):
    """04. 1 byte. A receiver does nothing with it (KEEPALIVE-1, KEEPALIVE-2)"""

    name = "keepalive"
    type_byte = 0x04
    layout = struct.Struct(">B")

    @classmethod
    def _read(cls, data: bytes) -> Keepalive:
        cls._unpack(data)
        return cls()

    def _write(self) -> bytes:
        return self.layout.pack(self.type_byte)


@dataclass(frozen=True)
class EpisodeEnd(_Message):
    """05 | frame u32, the last one plus 1 | episode u32, from 0. 9 bytes (EPISODE_END-1 to 6)"""

    frame: int
    episode: int
    name = "episode_end"
    type_byte = 0x05
    layout = struct.Struct(">BII")

    @classmethod
    def _read(cls, data: bytes) -> EpisodeEnd:
        frame, episode = cls._unpack(data)
        return cls(frame, episode)

    def _write(self) -> bytes:
        check_uint("frame", self.frame, U32)
        check_uint("episode", self.episode, U32)
        return self.layout.pack(self.type_byte, self.frame, self.episode)


@dataclass(frozen=True)
class EpisodeReady(_Message):
    """06 | episode u32, from 1 | hash, 8 ASCII digits 0-9a-f. 13 bytes (EPISODE_READY-1 to 8)"""

    episode: int
    hash: str
    name = "episode_ready"
    type_byte = 0x06
    layout = struct.Struct(">BI8s")

    @classmethod
    def _read(cls, data: bytes) -> EpisodeReady:
        episode, characters = cls._unpack(data)
        rest = characters.lstrip(HEX_DIGITS.encode("ascii"))  # begins at the first bad character
        if rest:  # EPISODE_READY-4
            text = f"hash byte {rest[0]:02x} is not one of the characters {HEX_DIGITS}"
            raise Refusal("text", text, len(data) - len(rest))
        return cls(episode, characters.decode("ascii"))

    def _write(self) -> bytes:
        check_uint("episode", self.episode, U32)
        check_hash(self.hash, 8)  # EPISODE_READY-5: neither padded nor cut
        return self.layout.pack(self.type_byte, self.episode, self.hash.encode("ascii"))


@dataclass(frozen=True)
class StateHash(_Message):
    """07 | frame u32 | hash, 8 raw bytes. 13 bytes (STATE_HASH-1 to 6)

    As a field, the hash is text of 16 digits 0-9a-f.
    """

    frame: int
    hash: str
    name = "state_hash"
    type_byte = 0x07
    layout = struct.Struct(">BI8s")

    @classmethod
    def _read(cls, data: bytes) -> StateHash:
        frame, raw = cls._unpack(data)
        return cls(frame, raw.hex())

    def _write(self) -> bytes:
        check_uint("frame", self.frame, U32)
        check_hash(self.hash, 16)  # STATE_HASH-4
        return self.layout.pack(self.type_byte, self.frame, bytes.fromhex(self.hash))


class InputEntry(NamedTuple):
    """frame u32, at which the input executes | action u8. 5 bytes"""

    frame: int
    action: int


_ENTRY = struct.Struct(">IB")


class _WithEntries(_Message):
    """Entries stay as they are: not sorted, not merged, none dropped (INPUT-10, INPUT-11)."""

    least: ClassVar[int]
    most: ClassVar[int]
    count_offset: ClassVar[int]

    @classmethod
    def _unpack_entries(cls, data: bytes) -> tuple[Any, ...]:
        """The fields before the count, and the entries as the last element."""
        start = cls.layout.size
        cls._check_length(data, max(start, len(data)))  # here only a lack of bytes is a fault
        _, *fields, count = cls.layout.unpack_from(data)
        if not cls.least <= count <= cls.most:  # checked before the length: INPUT-5, INPUT-7
            text = f"{count} entries, not {cls.least} to {cls.most}"
            raise Refusal("count", text, cls.count_offset)
        cls._check_length(data, start + _ENTRY.size * count)
        entries = tuple(map(InputEntry._make, _ENTRY.iter_unpack(data[start:])))
        return (*fields, entries)

    def _pack_entries(self, entries: Sequence[InputEntry], *fields: int) -> bytes:
        if not isinstance(entries, (list, tuple)):
            raise Refusal("value", f"entries are not a list but {type(entries).__name__}")
        if not self.least <= len(entries) <= self.most:
            raise Refusal("count", f"{len(entries)} entries, not {self.least} to {self.most}")
        parts = [self.layout.pack(self.type_byte, *fields, len(entries))]
        for entry in entries:
            if not isinstance(entry, InputEntry):
                raise Refusal("value", f"an entry is not an InputEntry but {type(entry).__name__}")
            frame, action = entry
            # Most are right, and there may be 65535: no call for those.
            if type(frame) is not int or not 0 <= frame <= U32:
                check_uint("frame of an entry", frame, U32)
            if type(action) is not int or not 0 <= action <= U8:
                check_uint("action of an entry", action, U8)
            parts.append(_ENTRY.pack(frame, action))
        return b"".join(parts)


@dataclass(frozen=True)
class Input(_WithEntries):
    """01 | player u16 | current_frame u32 | count u8 | reserved u8 | 1 to 15 entries, oldest first

    9 + 5*count bytes (INPUT-1 to 14). `x` is the reserved byte: ignored when read, written as 0.
    """

    player: int
    current_frame: int
    entries: Sequence[InputEntry]
    name = "input"
    type_byte = 0x01
    layout = struct.Struct(">BHIBx")
    least = 1
    most = 15
    count_offset = 7

    @classmethod
    def _read(cls, data: bytes) -> Input:
        player, current_frame, entries = cls._unpack_entries(data)
        return cls(player, current_frame, entries)

    def _write(self) -> bytes:
        check_uint("player", self.player, U16)
        check_uint("current_frame", self.current_frame, U32)
        return self._pack_entries(self.entries, self.player, self.current_frame)


@dataclass(frozen=True)
class InputResponse(_WithEntries):
    """13 | player u16 | count u16 | 0 to 65535 entries (INPUT_RESPONSE-1 to INPUT_RESPONSE-6)"""

    player: int
    entries: Sequence[InputEntry]
    name = "input_response"
    type_byte = 0x13
    layout = struct.Struct(">BHH")
    least = 0
    most = U16
    count_offset = 3

    @classmethod
    def _read(cls, data: bytes) -> InputResponse:
        player, entries = cls._unpack_entries(data)
        return cls(player, entries)

    def _write(self) -> bytes:
        check_uint("player", self.player, U16)
        return self._pack_entries(self.entries, self.player)


@dataclass(frozen=True)
class InputRequest(_Message):
    """12 | start u32 | end u32: frames start to end, both included. 9 bytes (INPUT_REQUEST-1)"""

    start: int
    end: int
    name = "input_request"
    type_byte = 0x12
    layout = struct.Struct(">BII")

    @classmethod
    def _read(cls, data: bytes) -> InputRequest:
        start, end = cls._unpack(data)
        if start > end:  # INPUT_REQUEST-4
            raise Refusal("range", f"start {start} is after end {end}", 5)
        return cls(start, end)

    def _write(self) -> bytes:
        check_uint("start", self.start, U32)
        check_uint("end", self.end, U32)
        if self.start > self.end:  # INPUT_REQUEST-5
            raise Refusal("range", f"start {self.start} is after end {self.end}")
        return self.layout.pack(self.type_byte, self.start, self.end)


@dataclass(frozen=True)
class FocusState(_Message):
    """14 | focused u8, 0 or 1 | frame u32. 6 bytes (FOCUS_STATE-1 to FOCUS_STATE-5)"""

    focused: bool
    frame: int
    name = "focus_state"
    type_byte = 0x14
    layout = struct.Struct(">BBI")

    @classmethod
    def _read(cls, data: bytes) -> FocusState:
        focused, frame = cls._unpack(data)
        if focused > 1:  # FOCUS_STATE-3
            raise Refusal("value", f"focused is {focused}, which is neither 0 nor 1", 1)
        return cls(focused == 1, frame)

    def _write(self) -> bytes:
        if not isinstance(self.focused, bool):
            raise Refusal("value", "focused is neither True nor False")
        check_uint("frame", self.frame, U32)
        return self.layout.pack(self.type_byte, self.focused, self.frame)
