"""Reads JSON text into its parts, strictly and with the numbers still as text (DIGEST-1, DIGEST-4).

The module `json` does not serve here. It accepts NaN, its limit on digits is a setting of the
process, and it recurses as deep as the peer's text wants.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rollwire_reference.refusal import Refusal

_BLANKS = re.compile(r"[ \t\n\r]*")  # DIGEST-4
_LITERAL = re.compile(r"null|true|false")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
# A Python str can hold a lone surrogate, but text cannot: there it is always an escape.
_UNESCAPED = re.compile(r'[^"\\\x00-\x1f\ud800-\udfff]*')
_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt])|u([0-9a-fA-F]{4}))')
_SHORT_ESCAPES: dict[str, str] = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}

_CLOSING = {"[": "]", "{": "}"}


def json_parts(text: str) -> Iterator[tuple[str, str]]:
    """Yields the kind and the content of each part, in order. Raises Refusal for invalid JSON.

    The kinds are open, close, key, string, number and literal.
    """
    closing: list[str] = []  # the brackets that must still come, the innermost last
    at = _after_blanks(text, 0)
    while True:
        if closing[-1:] == ["}"]:
            key, at = _read_key(text, at)
            yield "key", key
        kind, content, at = _read_value(text, at)
        yield kind, content
        if kind == "open":
            closing.append(_CLOSING[content])
            if not text.startswith(closing[-1], at):
                continue
        while closing and text.startswith(closing[-1], at):
            yield "close", closing.pop()
            at = _after_blanks(text, at + 1)
        if not closing:
            break
        at = _read_sign(",", text, at)
    if at < len(text):
        raise _invalid(at, "the end")


def _invalid(at: int, expected: str) -> Refusal:
    return Refusal("text", f"the state is not valid JSON: expected {expected} at character {at}")


def _read_key(text: str, at: int) -> tuple[str, int]:
    if not text.startswith('"', at):
        raise _invalid(at, "a key")
    key, at = _read_string(text, at)
    return key, _read_sign(":", text, at)


def _read_sign(sign: str, text: str, at: int) -> int:
    if not text.startswith(sign, at):
        raise _invalid(at, f"`{sign}`")
    return _after_blanks(text, at + 1)


def _read_value(text: str, at: int) -> tuple[str, str, int]:
    """The kind, the content, and where the next part begins.

    The content of an array or an object is only its bracket.
    """
    if text.startswith(("[", "{"), at):
        return "open", text[at], _after_blanks(text, at + 1)
    if text.startswith('"', at):
        string, at = _read_string(text, at)
        return "string", string, at
    for kind, pattern in ("number", _NUMBER), ("literal", _LITERAL):
        found = pattern.match(text, at)
        if found:
            return kind, found.group(), _after_blanks(text, found.end())
    raise _invalid(at, "a value")


def _read_string(text: str, at: int) -> tuple[str, int]:
    """The string whose opening quote is at `at`, and where the next part begins."""
    pieces: list[str] = []
    at += 1
    while True:  # one pattern for the whole string would keep a backtracking point per escape
        end = _end_of(_UNESCAPED, text, at)
        pieces.append(text[at:end])
        if text.startswith('"', end):
            return _join_pairs("".join(pieces)), _after_blanks(text, end + 1)
        escape = _ESCAPE.match(text, end)
        if not escape:
            raise _invalid(end, "a character, an escape or the end of a string")
        short, unit = escape.groups()
        pieces.append(_SHORT_ESCAPES.get(short, short) if short else chr(int(unit, 16)))
        at = escape.end()


def _join_pairs(string: str) -> str:
    """Makes one character of each surrogate pair and keeps lone ones (DIGEST-7, DIGEST-13)."""
    return string.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _after_blanks(text: str, at: int) -> int:
    return _end_of(_BLANKS, text, at)


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where the match that begins at `at` ends."""
    found = pattern.match(text, at)
    return found.end() if found else at
