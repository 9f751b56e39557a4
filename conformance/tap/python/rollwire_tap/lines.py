"""The lines of a capture, as spec/capture.md describes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

# The longest datagram in bytes, and the longest text frame in bytes of UTF-8, that a line can hold.
MOST_BYTES = 65_536
MOST_TEXT = 524_288
MOST_PEER = 200
MOST_ERROR = 1000
MOST_SETUP = 4096

# The latest revision, to which the format ties the member `setup`.
REVISION = 7

# The latest time of a record in milliseconds, and the most bytes that a channel is said to hold.
LATEST = 1e15
MOST_BUFFERED = 0xFFFF_FFFF

Json = dict[str, Any]


def line(members: Json) -> str:
    return json.dumps(members, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def well_formed(text: str) -> str:
    """The text without lone surrogates, which no UTF-8 can hold."""
    return str.encode(text, "utf-16", "surrogatepass").decode("utf-16", "replace")


def header(
    peer: str | None,
    revision: int | None,
    redundancy: int | None,
    origin: float | None,
    setup: Mapping[str, Any] | None = None,
) -> str:
    """The first line. Raises ValueError if a value is not as the format wants it."""
    members: Json = {"capture": 1}
    if peer is not None:
        if not isinstance(peer, str) or len(peer) > MOST_PEER:
            raise ValueError(f"`peer` is not a text of at most {MOST_PEER} characters")
        members["peer"] = well_formed(peer)
    for name, value, most in (("revision", revision, REVISION), ("redundancy", redundancy, 15)):
        if value is None:
            continue
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
            raise ValueError(f"`{name}` is not an integer from 1 to {most}")
        members[name] = value
    if origin is not None:
        members["origin"] = origin
    if setup is not None:
        if revision not in (None, REVISION):
            raise ValueError(f"`setup` is for revision {REVISION} only")
        members["setup"] = checked_setup(setup)
    return line(members)


def checked_setup(setup: Mapping[str, Any]) -> Json:
    """A copy. Raises ValueError if it cannot be the setup of a peer."""
    try:
        text = json.dumps(dict(setup), allow_nan=False)
        copy: Json = json.loads(text)
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"`setup` cannot be written as JSON: {error}") from None
    if type(copy.get("local")) is not int or copy["local"] not in (0, 1):
        raise ValueError("`setup` has no `local` that is 0 or 1")
    if len(text) > MOST_SETUP:
        raise ValueError(f"`setup` has more than {MOST_SETUP} characters as JSON")
    return copy


def datagram(data: Any) -> str | Json | None:
    """How a line holds what was sent or has arrived; None if no line can.

    A class of the game may say of itself what it likes: what an object holds is asked of the type
    that it is derived from, and none of the game's own methods is called.
    """
    kind = type(data)
    for bytes_type in (bytes, bytearray):
        if issubclass(kind, bytes_type):
            is_short = bytes_type.__len__(data) <= MOST_BYTES
            return bytes_type.hex(data) if is_short else None
    if kind is memoryview:
        return data.tobytes().hex() if data.nbytes <= MOST_BYTES else None
    if issubclass(kind, str):
        return text_of(data)
    return None


def text_of(data: Any) -> Json | None:
    if str.__len__(data) > MOST_TEXT:
        return None
    text = well_formed(data)
    return {"text": text} if len(text.encode()) <= MOST_TEXT else None


def error_text(error: object) -> str:
    """What an error says, shortened. Raises what its own method raises."""
    return well_formed(str.__getitem__(str(error), slice(MOST_ERROR)))
