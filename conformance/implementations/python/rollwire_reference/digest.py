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
import json
import math
from dataclasses import dataclass
from typing import Callable, Literal, NamedTuple

from rollwire_reference.json_reader import Number, Value, read_json
from rollwire_reference.refusal import Refusal

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
    value = read_json(state)
    if not isinstance(value, (list, tuple)):
        raise Refusal("value", "the state is neither an object nor an array")  # DIGEST-2
    text = _value_text(value, rules)
    return Digest(rules.hash(text.encode("ascii")), text)


# Structure


def _value_text(value: Value, rules: _Form) -> str:
    """Goes no deeper than `read_json` lets a value be."""
    if isinstance(value, Number):
        return rules.number(value)
    if isinstance(value, str):
        return _string_text(value)
    if isinstance(value, list):
        # All elements in their order (DIGEST-5).
        return "[" + rules.comma.join([_value_text(it, rules) for it in value]) + "]"
    if isinstance(value, tuple):
        # Of several members with one key the last counts (DIGEST-7). The others are written, too:
        # DIGEST-23 and DIGEST-25 apply to their numbers.
        members = {key: _value_text(it, rules) for key, it in value}
        # By ascending key: Python compares strings by code points (DIGEST-6).
        written = [_string_text(key) + rules.colon + members[key] for key in sorted(members)]
        return "{" + rules.comma.join(written) + "}"
    return _LITERALS[value]


_LITERALS = {None: "null", True: "true", False: "false"}  # DIGEST-5


# Strings

# The encoder of `json` writes a string in ASCII as DIGEST-10 to DIGEST-12 say, and keeps a lone
# surrogate (DIGEST-13).
_string_text = json.JSONEncoder(ensure_ascii=True).encode


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
    text = repr(value)
    if text.endswith(".0"):
        return text[:-2]
    significand, _, exponent = text.partition("e")
    whole, _, fraction = significand.partition(".")
    return whole + fraction.ljust(int(exponent), "0")


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
