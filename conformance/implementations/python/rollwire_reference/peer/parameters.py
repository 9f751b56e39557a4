"""The numbers that a peer may choose: the table of parameters in the chapter PEER."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from rollwire_reference.exchange import HASH_SENDS
from rollwire_reference.refusal import Refusal

_ALLOWED: dict[str, Container[int]] = {
    "redundancy": range(1, 16),
    "ahead": range(256, 4097),
    "kept": range(1024, 1_000_001),
    "validation_repeat_ms": (0, 500),
    "end_repeat_ms": (0, 250),
    "request_repeats": range(3),
    "hash_sends": HASH_SENDS,
}


@dataclass(frozen=True)
class Parameters:
    """Raises Refusal for a number that the protocol does not allow.

    A peer that plays with deployed peers sets `end_repeat_ms` to 0, because those take a second
    EPISODE_END for the end of the next episode.
    """

    redundancy: int = 10
    """The most entries of an INPUT, 1 to 15: a burst of fewer lost datagrams leaves no hole."""

    ahead: int = 4096
    """How many frames beyond the confirmed one a partner's entry may be, 256 to 4096."""

    kept: int = 1024
    """How many own entries are kept for requests, 1024 to 1,000,000."""

    validation_repeat_ms: int = 500
    """After how many milliseconds a VALIDATION_PING is repeated: 500, or 0 for never."""

    end_repeat_ms: int = 250
    """After how many milliseconds an EPISODE_END is repeated: 250, or 0 for never."""

    request_repeats: int = 2
    """How often an INPUT_REQUEST is repeated, 0 to 2."""

    hash_sends: int = 1
    """How often each hash is sent, 1 to 3 (EXCH-36). It has no effect without lasting hashes."""

    def __post_init__(self) -> None:
        for name, allowed in _ALLOWED.items():
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool):
                raise Refusal("value", f"{name} is not an integer but {type(value).__name__}")
            if value not in allowed:
                raise Refusal("range", f"{name} is not a number that is allowed")
