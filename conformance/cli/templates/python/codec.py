"""Your implementation, or the way to it. This one knows STATE_HASH and nothing else.

STATE_HASH has 13 bytes: 07, the frame as a big-endian u32, and eight raw bytes of hash.
"""

from __future__ import annotations

import re
import struct
from typing import Any

STATE_HASH = struct.Struct(">BI8s")


class Refusal(Exception):
    """A datagram or a value that the implementation refuses. Every other exception is a defect."""

    def __init__(self, refusal_class: str, message: str) -> None:
        super().__init__(message)
        self.refusal_class = refusal_class  # one of `rollwire explain refusals.md`


def decode(datagram: bytes) -> tuple[str, dict[str, Any]]:
    """The type and the fields of a datagram."""
    if not datagram:
        raise Refusal("empty", "the datagram is empty")
    if datagram[0] != 7:
        raise Refusal("unknown_type", f"the type is {datagram[0]}")
    if len(datagram) < STATE_HASH.size:
        raise Refusal("truncated", f"{STATE_HASH.size - len(datagram)} bytes are missing")
    if len(datagram) > STATE_HASH.size:
        raise Refusal("trailing", f"{len(datagram) - STATE_HASH.size} bytes are left over")
    _, frame, state_hash = STATE_HASH.unpack(datagram)
    return "state_hash", {"frame": frame, "hash": state_hash.hex()}


def encode(message_type: str, fields: dict[str, Any]) -> bytes:
    """The fields may be wrong on purpose: any JSON value may stand for a number or a text."""
    if message_type != "state_hash":
        raise Refusal("unknown_type", f"the type is {message_type}")
    frame, state_hash = fields["frame"], fields["hash"]
    if type(frame) is not int:  # True is an instance of int, and not a number
        raise Refusal("value", "the frame is not an integer")
    if not 0 <= frame <= 0xFFFFFFFF:
        raise Refusal("range", "the frame is not a u32")
    if not isinstance(state_hash, str):
        raise Refusal("value", "the hash is not text")
    if not re.fullmatch("[0-9a-fA-F]{16}", state_hash):
        raise Refusal("text", "the hash is not 16 hex digits")
    return STATE_HASH.pack(7, frame, bytes.fromhex(state_hash))
