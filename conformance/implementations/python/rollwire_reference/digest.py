"""The digest of a state: the chapter DIGEST, both forms, revision 7.

    state_digest(text, "state_hash").hash      # the 16 digits of a STATE_HASH
    state_digest(text, "episode_ready").hash   # the 8 digits of an EPISODE_READY
    state_digest(text, form).text              # what was hashed, to compare it with the peer's

`text` is the state as JSON text. A text without a digest raises Refusal: send no hash then. Names
such as DIGEST-18 are rules of the specification. Time and memory grow with the length of the text,
whatever is in it.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Callable, Literal, NamedTuple

from rollwire_reference.json_reader import json_parts
from rollwire_reference.refusal import Refusal

MOST_LEVELS = 100  # DIGEST-3
MOST_DIGITS = 4300  # DIGEST-23

DigestForm = Literal["state_hash", "episode_ready"]


class Digest(NamedTuple):
    """The digits in lower case, and the canonical text that was hashed, in ASCII."""

    hash: str
    text: str


def state_digest(state: str, form: DigestForm) -> Digest:
    """The digest of a state, which is JSON text. Raises Refusal for a text without a digest."""
    if form not in _FORMS:
        raise ValueError(f"the form of a digest is one of {', '.join(_FORMS)}")
    rules = _FORMS[form]
    parts = json_parts(state)
    try:
        text = _canonical_text(parts, rules)
    except Refusal:
        for (
            _
        ) in parts:  # invalid JSON is refused as such, whatever other fault came first (DIGEST-1)
            pass
        raise
    return Digest(rules.hash(text.encode("ascii")), text)


# Structure


class _Container:
    """An array or an object that is being written. `key` is the key of an object's next value."""

    key = ""

    def add(self, value: str) -> None:
        raise NotImplementedError

    def text(self, rules: _Form) -> str:
        raise NotImplementedError


class _Array(_Container):
    def __init__(self) -> None:
        self._elements: list[str] = []

    def add(self, value: str) -> None:
        self._elements.append(value)

    def text(self, rules: _Form) -> str:
        """All elements in their order (DIGEST-5)."""
        return "[" + rules.comma.join(self._elements) + "]"


class _Object(_Container):
    def __init__(self) -> None:
        self._members: dict[str, str] = {}

    def add(self, value: str) -> None:
        self._members[self.key] = (
            value  # of several members with one key the last counts (DIGEST-7)
        )

    def text(self, rules: _Form) -> str:
        """The members by ascending key: Python compares strings by code points (DIGEST-6)."""
        members = sorted(self._members.items())
        written = [_string_text(key) + rules.colon + value for key, value in members]
        return "{" + rules.comma.join(written) + "}"


def _canonical_text(parts: Iterator[tuple[str, str]], rules: _Form) -> str:
    """Writes each value as soon as it ends, even one that a later member of the same key replaces:
    DIGEST-23 and DIGEST-25 apply to its numbers too.
    """
    opened: list[_Container] = []
    written = ""
    for kind, content in parts:
        if kind == "open":
            if len(opened) == MOST_LEVELS:
                raise Refusal("range", f"the state has more than {MOST_LEVELS} levels")  # DIGEST-3
            opened.append(_Array() if content == "[" else _Object())
        elif not opened:
            raise Refusal("value", "the state is neither an object nor an array")  # DIGEST-2
        elif kind == "key":
            opened[-1].key = content
        else:
            if kind == "close":
                written = opened.pop().text(rules)
            elif kind == "string":
                written = _string_text(content)
            elif kind == "number":
                written = rules.number(content)
            else:
                written = content  # null, true and false stay as they are (DIGEST-5)
            if opened:
                opened[-1].add(written)
    return written


# Strings

_ESCAPED_CHARACTER = re.compile(r'[^ -~]|["\\]')  # all others stay as they are: DIGEST-11
_SHORT_ESCAPES = {  # DIGEST-10
    '"': r"\"",
    "\\": r"\\",
    "\b": r"\b",
    "\f": r"\f",
    "\n": r"\n",
    "\r": r"\r",
    "\t": r"\t",
}


def _string_text(string: str) -> str:
    return '"' + _ESCAPED_CHARACTER.sub(_escape, string) + '"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _SHORT_ESCAPES.get(character) or _unit_escapes(character)


def _unit_escapes(character: str) -> str:
    """The UTF-16 unit of a character, or the two units of one above U+FFFF (DIGEST-12)."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(r"\u" + units[at : at + 4] for at in range(0, len(units), 4))


# Numbers


def _rounded_number_text(token: str) -> str:
    """A number of the 16-digit form."""
    value = float(token)  # DIGEST-14: float() rounds correctly, however long the token is
    if math.isinf(value):
        return "null"  # DIGEST-15
    if value == 0:
        return "0"  # DIGEST-16
    if abs(value) >= 1e21:
        return _float_text(value)  # DIGEST-20
    if value.is_integer():
        return _integral_text(value)
    return _float_text(_round_to_ten_places(value))  # DIGEST-19: also where this gives an integer


def _integral_text(value: float) -> str:
    """The shortest digits, and zeros up to the units (DIGEST-17)."""
    significand, _, exponent = repr(value).partition("e")
    whole, _, fraction = significand.partition(".")
    return whole + fraction.ljust(int(exponent), "0") if exponent else whole


def _round_to_ten_places(value: float) -> float:
    """By the exact binary value, a tie to the even digit, with the sign kept (DIGEST-18)."""
    numerator, denominator = abs(value).as_integer_ratio()
    quotient, remainder = divmod(numerator * 10**10, denominator)
    if 2 * remainder > denominator or (2 * remainder == denominator and quotient % 2 == 1):
        quotient += 1
    return math.copysign(float(f"{quotient}e-10"), value)


def _float_text(value: float) -> str:
    """A point or an exponent, as Python itself writes them (DIGEST-21)."""
    return repr(value)


def _exact_number_text(token: str) -> str:
    """A number of the 8-digit form."""
    if any(sign in token for sign in ".eE"):
        return _unrounded_text(token)
    return _integer_text(token)


def _integer_text(token: str) -> str:
    """The token itself, because JSON allows no leading zeros (DIGEST-22)."""
    if len(token.lstrip("-")) > MOST_DIGITS:
        raise Refusal("range", f"an integer has more than {MOST_DIGITS} digits")  # DIGEST-23
    return "0" if token == "-0" else token


def _unrounded_text(token: str) -> str:
    """The double as it is (DIGEST-24)."""
    value = float(token)  # DIGEST-14
    if math.isinf(value):
        raise Refusal("range", "a number is outside the range of a double")  # DIGEST-25
    return _float_text(value)


# The digits


def _sixteen_digits(text: bytes) -> str:
    """DIGEST-26"""
    return hashlib.sha256(text).hexdigest()[:16]


def _eight_digits(text: bytes) -> str:
    """DIGEST-27. MD5 protects nothing here; saying so lets a Python in FIPS mode compute it."""
    return hashlib.md5(text, usedforsecurity=False).hexdigest()[:8]


@dataclass(frozen=True)
class _Form:
    """The differences between the two forms."""

    number: Callable[[str], str]
    comma: str
    colon: str
    hash: Callable[[bytes], str]


_FORMS: dict[str, _Form] = {
    "state_hash": _Form(_rounded_number_text, ",", ":", _sixteen_digits),  # DIGEST-8
    "episode_ready": _Form(_exact_number_text, ", ", ": ", _eight_digits),  # DIGEST-9
}
