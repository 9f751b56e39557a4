"""The stimuli of a session: each is read from JSON into a call that applies it.

Reading checks everything and changes nothing. So an adapter that reads all stimuli of a request
before it applies the first one leaves the session as it was if one of them is malformed.
"""

from __future__ import annotations

from binascii import unhexlify  # unlike bytes.fromhex, it refuses blanks between the digits
from functools import partial
from math import inf
from typing import Any, Callable, TypeVar, Union

from adapter_buffer import received
from rollwire_reference import LONGEST_ADVANCE, Exchange, Peer

Call = Callable[[], object]
Either = Union[Exchange, Peer]
Chosen = TypeVar("Chosen")

LAST_FRAME = 0xFFFFFFFF
HEX_DIGITS = "0123456789abcdef"


# The parts of a stimulus. A fault is never a Refusal, which would be answered with `reject`.


def malformed(what: str) -> ValueError:
    return ValueError(f"malformed request of a session: {what}")


def members(value: object, *names: str) -> list[Any]:
    """The values of an object that has exactly these members."""
    if isinstance(value, dict) and len(value) == len(names):
        try:
            return [value[name] for name in names]
        except KeyError:
            pass
    raise malformed(f"not an object with the members {names}")


def number(value: object, greatest: int) -> int:
    if type(value) is not int or not 0 <= value <= greatest:  # True is an int, but no number
        raise malformed(f"not a number from 0 to {greatest}")
    return value


def digits(value: object, count: int) -> str:
    if not isinstance(value, str) or len(value) != count or value.strip(HEX_DIGITS):
        raise malformed(f"not text of {count} digits")
    return value


def one_of(value: object, choices: dict[str, Chosen]) -> Chosen:
    if not isinstance(value, str) or value not in choices:
        raise malformed(f"not one of {list(choices)}")
    return choices[value]


# Stimuli of an exchange and of a peer


def confirm(it: Either, value: object) -> Call:
    frame, hash = members(value, "frame", "hash")
    return partial(it.confirm, number(frame, LAST_FRAME), digits(hash, 16))


def tick(it: Either, value: object) -> Call:
    members(value)
    return it.tick


def recv(it: Either, value: Any) -> Call:
    return partial(received, unhexlify(value), it.receive)  # raises for what is not hex


def rollback(it: Either, value: object) -> Call:
    if value == "end":
        return it.end_rollback
    (begin,) = members(value, "begin")
    return partial(it.begin_rollback, number(begin, LAST_FRAME))


def reset(it: Either, value: object) -> Call:
    members(value)
    return it.reset


EXCHANGE_STIMULI: dict[str, Callable[[Exchange, Any], Call]] = {
    "confirm": confirm,
    "tick": tick,
    "recv": recv,
    "rollback": rollback,
    "reset": reset,
}


# Stimuli of a peer


def advance(peer: Peer, value: object) -> Call:
    return partial(peer.advance, number(value, LONGEST_ADVANCE))


def act(peer: Peer, value: object) -> Call:
    frame, action = members(value, "frame", "action")
    return partial(peer.act, number(frame, LAST_FRAME), number(action, 255))


def ready(peer: Peer, value: object) -> Call:
    (hash,) = members(value, "hash")
    return partial(peer.ready, digits(hash, 8))


def ended(peer: Peer, value: object) -> Call:
    (frame,) = members(value, "frame")
    return partial(peer.ended, number(frame, LAST_FRAME))


def catch_up(peer: Peer, value: object) -> Call:
    members(value)
    return peer.catch_up


def focus(peer: Peer, value: object) -> Call:
    shown, frame = members(value, "shown", "frame")
    if not isinstance(shown, bool):
        raise malformed("`shown` is not a flag")
    return partial(peer.focus, shown, number(frame, LAST_FRAME))


PEER_STIMULI: dict[str, Callable[[Peer, Any], Call]] = {
    "confirm": confirm,
    "tick": tick,
    "recv": recv,
    "rollback": rollback,
    "reset": reset,
    "advance": advance,
    "act": act,
    "ready": ready,
    "ended": ended,
    "catch_up": catch_up,
    "focus": focus,
}


# Stimuli of the channel, which the adapter provides


def is_open(value: object) -> bool:
    return one_of(value, {"open": True, "closed": False})


def sends(value: object, may_have_types: bool) -> tuple[int, float, bool, bytes]:
    """How many to accept and then to refuse, whether by an error, and which first bytes count."""
    names, types = ["accept", "refuse", "how"], [0x07]
    if may_have_types and isinstance(value, dict) and "types" in value:
        names.append("types")
        types = value["types"]
    accept, refuse, how, *_ = members(value, *names)
    if not isinstance(types, list):
        raise malformed("`types` is not a list")
    return (
        number(accept, 65535),
        inf if refuse == "all" else number(refuse, 65535),
        one_of(how, {"false": False, "throw": True}),
        bytes(number(first_byte, 255) for first_byte in types),
    )
