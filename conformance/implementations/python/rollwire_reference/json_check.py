"""Says where a text is not JSON, at any depth (DIGEST-1, DIGEST-4).

It goes through the text without recursion and keeps nothing of it but the brackets that are open.
This is slower than the scanner of `json`, so it sees only texts that will be refused.
"""

from __future__ import annotations

import re

from rollwire_reference.refusal import Refusal

_BLANKS = r"[ \t\n\r]*"  # DIGEST-4
# A Python str can hold a lone surrogate, but text cannot: there it is always an escape.
_UNESCAPED = r'[^"\\\x00-\x1f\ud800-\udfff]*'

_AFTER_BLANKS = re.compile(_BLANKS)
_AFTER_UNESCAPED = re.compile(_UNESCAPED)
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
_NUMBER_OR_LITERAL = re.compile(
    r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|null|true|false"
)
# Hostile texts have millions of brackets. So openings are skipped many at once, each with a key if
# it is that of an object. A thousand are enough, because the pattern remembers where each began.
_OPENINGS = re.compile(
    rf'(?:\[(?!{_BLANKS}\]){_BLANKS}|\{{{_BLANKS}"{_UNESCAPED}"{_BLANKS}:{_BLANKS}){{1,1000}}'
)
_CLOSINGS = re.compile(r"[\]} \t\n\r]*")

_CLOSING_OF = {"[": "]", "{": "}"}
_CLOSINGS_OF = str.maketrans("[{", "]}", " \t\n\r:")


def check_json(text: str) -> None:
    """Raises Refusal unless the text is one JSON value with nothing but blanks around it."""
    closing: list[str] = []  # the brackets that must still come, the innermost last
    at = _end_of(_AFTER_BLANKS, text, 0)
    is_at_key = False
    while True:
        if is_at_key:
            at = _after_sign(":", text, _after_string("a key", text, at))
        run = _OPENINGS.match(text, at)
        if run:
            without_keys = "".join(run.group().split('"')[::2])
            closing.extend(without_keys.translate(_CLOSINGS_OF))
            at = run.end()
        if text.startswith(("[", "{"), at):  # it is empty, or its key has escapes
            closing.append(_CLOSING_OF[text[at]])
            at = _end_of(_AFTER_BLANKS, text, at + 1)
            if not text.startswith(closing[-1], at):
                is_at_key = closing[-1] == "}"
                continue
        else:
            at = _after_scalar(text, at)
        at = _after_closings(closing, text, at)
        if not closing:
            break
        at = _after_sign(",", text, at)
        is_at_key = closing[-1] == "}"
    if at < len(text):
        raise _invalid(at, "the end")


def _invalid(at: int, expected: str) -> Refusal:
    return Refusal("text", f"the state is not valid JSON: expected {expected} at character {at}")


# Each of these returns where the next part begins.


def _after_closings(closing: list[str], text: str, at: int) -> int:
    """Stops at a bracket that is not the next one in `closing`. Takes the others out of it."""
    for sign in text[at : _end_of(_CLOSINGS, text, at)]:
        if sign in "]}":
            if closing[-1:] != [sign]:
                break
            closing.pop()
        at += 1
    return at


def _after_sign(sign: str, text: str, at: int) -> int:
    if not text.startswith(sign, at):
        raise _invalid(at, f"`{sign}`")
    return _end_of(_AFTER_BLANKS, text, at + 1)


def _after_scalar(text: str, at: int) -> int:
    found = _NUMBER_OR_LITERAL.match(text, at)
    if found:
        return _end_of(_AFTER_BLANKS, text, found.end())
    return _after_string("a value", text, at)


def _after_string(expected: str, text: str, at: int) -> int:
    if not text.startswith('"', at):
        raise _invalid(at, expected)
    at = _end_of(_AFTER_UNESCAPED, text, at + 1)
    while not text.startswith('"', at):  # one pattern for all would remember where each escape is
        escape = _ESCAPE.match(text, at)
        if not escape:
            raise _invalid(at, "a character, an escape or the end of a string")
        at = _end_of(_AFTER_UNESCAPED, text, escape.end())
    return _end_of(_AFTER_BLANKS, text, at + 1)


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where the match that begins at `at` ends."""
    found = pattern.match(text, at)
    return found.end() if found else at
