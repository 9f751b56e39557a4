"""The lines of a capture, as spec/capture.md describes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

# The longest datagram in bytes, and the longest text frame in bytes of UTF-8, that a line can hold.
MOST_BYTES = 65_536
MOST_TEXT = 524_288
MOST_PEER = 200
MOST_HEADER = 65_536

Json = dict[str, Any]


def line(members: Json) -> str:
    return json.dumps(members, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def well_formed(text: str) -> str:
    """The text without lone surrogates, which no UTF-8 can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def header(
    peer: str | None,
    revision: int | None,
    parameters: Mapping[str, object] | None,
    origin: float,
) -> str:
    """The first line. Raises ValueError or TypeError if a value is not as the format wants it."""
    members: Json = {"capture": 1}
    if peer is not None:
        if not isinstance(peer, str) or len(peer) > MOST_PEER:
            raise ValueError(f"`peer` is not a text of at most {MOST_PEER} characters")
        members["peer"] = well_formed(peer)
    if revision is not None:
        if not isinstance(revision, int) or isinstance(revision, bool) or not 1 <= revision <= 7:
            raise ValueError("`revision` is not an integer from 1 to 7")
        members["revision"] = revision
    members["origin"] = origin
    if parameters is not None:
        members["parameters"] = dict(parameters)
    text = line(members)
    if len(text) > MOST_HEADER:
        raise ValueError(f"`parameters` is longer than {MOST_HEADER} characters of JSON")
    return text


def datagram(data: object) -> str | Json | None:
    """How a line holds what was sent or has arrived; None if no line can."""
    if isinstance(data, (bytes, bytearray, memoryview)):
        size = data.nbytes if isinstance(data, memoryview) else len(data)
        return bytes(data).hex() if size <= MOST_BYTES else None
    if isinstance(data, str):
        if len(data) > MOST_TEXT:
            return None
        text = well_formed(data)
        return {"text": text} if len(text.encode()) <= MOST_TEXT else None
    return None
