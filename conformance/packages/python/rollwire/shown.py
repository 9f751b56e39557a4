"""What comes from a codec: taken over once as plain data, and shown as text that has a bound and no
character that a terminal or a CI service takes for a command.

A mapping, a `__repr__` or a `__str__` of the codec may raise: then it raises in `taken`, where the
judge knows that the codec has an error, or is answered with words.
"""

from __future__ import annotations

import json
import re
from typing import Any, Iterator, Mapping

MOST_TEXT = 300  # characters of a line, before they are escaped
MOST_MEMBERS = 100_000  # more than the longest datagram can hold
MOST_DEPTH = 64
MOST_BITS = 1024

# Letters and marks that look like blanks or like nothing: the same as in `rollwire check`. What Python
# does not print comes in addition.
LIKE_NOTHING = re.compile("[\u115f\u1160\u2800\u3164\uffa0\U000e0100-\U000e01ef]")


class Foreign:
    """What JSON has no form for, such as a function: it equals nothing."""

    def __init__(self, value: object) -> None:
        self.value = value


class Unreadable(Exception):
    """A value that cannot be taken over."""


def taken(value: Any) -> Any:
    """A copy of a value as plain dicts and lists, so that it is read once.

    Raises Unreadable if it is nested without end, too large or has a name that is not text, and what
    the value itself raises.
    """
    return _Copy().of(value, 0)


class _Copy:
    def __init__(self) -> None:
        self._left = MOST_MEMBERS

    def of(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if value is None or kind in (bool, int, float, str):
            return value
        # A class of the codec may compare and print as it likes.
        if issubclass(kind, str):
            return str.__str__(value)
        if issubclass(kind, int):
            return int.__int__(value)
        if issubclass(kind, float):
            return float.__float__(value)
        if isinstance(value, Mapping):
            self._descend(depth)
            return {self._name(name): self.of(value[name], depth + 1) for name in self._each(value)}
        if isinstance(value, (list, tuple)):
            self._descend(depth)
            return [self.of(item, depth + 1) for item in self._each(value)]
        return Foreign(value)

    def _descend(self, depth: int) -> None:
        if depth == MOST_DEPTH:
            raise Unreadable(f"more than {MOST_DEPTH} levels deep, or holds itself")

    def _each(self, items: Any) -> Iterator[Any]:
        for item in items:
            self._left -= 1
            if self._left < 0:
                raise Unreadable(f"larger than any message: it has more than {MOST_MEMBERS} members")
            yield item

    def _name(self, name: object) -> str:
        if not issubclass(type(name), str):
            raise Unreadable(f"not JSON: a name in it is of type {type(name).__name__}")
        return str.__str__(name)


def told(thing: object) -> str:
    """What a thing says of itself: the text of an exception, for example."""
    try:
        return str.__str__(str(thing))
    except Exception:
        return f"<{type(thing).__name__} that does not become text>"


def json_text(value: Any) -> str:
    """JSON of a value from `taken`, and words for what JSON does not have."""
    written, size = [], 0
    for piece in _pieces(value):
        written.append(piece)
        size += len(piece)
        if size > MOST_TEXT:
            break
    return escaped("".join(written)[:MOST_TEXT]) + ("…" if size > MOST_TEXT else "")


def _pieces(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield json.dumps(value[: MOST_TEXT + 1])
    elif isinstance(value, dict):
        yield "{"
        for at, (name, member) in enumerate(value.items()):
            yield ", " if at else ""
            yield from _pieces(name)
            yield ": "
            yield from _pieces(member)
        yield "}"
    elif isinstance(value, list):
        yield "["
        for at, item in enumerate(value):
            yield ", " if at else ""
            yield from _pieces(item)
        yield "]"
    elif isinstance(value, Foreign):
        yield _repr(value.value)
    elif isinstance(value, int) and value.bit_length() > MOST_BITS:
        yield f"an integer of {value.bit_length()} bits"
    else:
        yield json.dumps(value)


def _repr(value: object) -> str:
    if isinstance(value, (bytes, bytearray, memoryview)):
        return repr(bytes(value[: MOST_TEXT + 1]))  # the whole may be large
    try:
        return str.__str__(repr(value))
    except Exception:
        return f"<{type(value).__name__} that does not become text>"


def short(text: str) -> str:
    """The beginning of a text on one line, with everything escaped that is not shown as it is."""
    shown = escaped(text[:MOST_TEXT])
    return shown if len(text) <= MOST_TEXT else f"{shown}… {len(text)} characters"


def escaped(text: str) -> str:
    shown = "".join(it if it.isprintable() else _code(it) for it in text)
    shown = LIKE_NOTHING.sub(lambda found: _code(found[0]), shown)
    return shown.replace("##[", "\\u0023#[")  # begins a command to a workflow


def _code(character: str) -> str:
    code = f"{ord(character):04x}"
    return f"\\u{code}" if len(code) == 4 else f"\\u{{{code}}}"
