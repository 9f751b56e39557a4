"""Reads JSON text strictly, with the numbers still as text (DIGEST-1, DIGEST-4).

The scanner of the module `json` does the work, because it is many times faster than Python code.
It is not enough alone: it recurses as deep as the peer's text wants, and it accepts NaN and lone
surrogates. So the depth is looked at before, and what is not JSON is refused by json_check.
"""

from __future__ import annotations

import json
import re
import sys
from typing import NoReturn, Union

from rollwire_reference.json_check import check_json
from rollwire_reference.refusal import Refusal

MOST_LEVELS = 100  # DIGEST-3


class Number(str):
    """A number as the text spells it."""

    __slots__ = ()


# An array is a list. An object is a tuple of its members, because a key may repeat (DIGEST-7).
Value = Union[None, bool, str, Number, "list[Value]", "tuple[tuple[str, Value], ...]"]


def read_json(text: str) -> Value:
    """The value of the text. Raises Refusal for a text that is not JSON or has too many levels."""
    if _CHECKED_FIRST:
        check_json(text)
    if _has_too_many_levels(text):
        check_json(text)  # invalid JSON is refused as such, however deep it is (DIGEST-1)
        raise Refusal("range", f"the state has more than {MOST_LEVELS} levels")  # DIGEST-3
    try:
        text.encode("utf-8")  # text has no lone surrogate: there it is always an escape
        value: Value = _DECODER.decode(text)
    except ValueError:
        check_json(text)  # raises a Refusal that says where the fault is
        raise
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


_DECODER = json.JSONDecoder(
    object_pairs_hook=tuple, parse_int=Number, parse_float=Number, parse_constant=_refuse
)
# Other Pythons may have a scanner that takes digits of other alphabets for a number.
_CHECKED_FIRST = sys.implementation.name != "cpython"

_BRACKET = re.compile(r"[\[\]{}]")
_ESCAPE = re.compile(r"\\.", re.DOTALL)


def _has_too_many_levels(text: str) -> bool:
    """Whether the scanner would get deeper, if the text is JSON up to there."""
    if text.count("[") + text.count("{") <= MOST_LEVELS:
        return False
    # Without the escapes every quote begins or ends a string, so every second piece is outside.
    outside = "".join(_ESCAPE.sub("", text).split('"')[::2])
    level = 0
    for bracket in _BRACKET.findall(outside):
        level += 1 if bracket in "[{" else -1
        if level > MOST_LEVELS:
            return True
    return False
