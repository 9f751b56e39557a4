"""The digest of a state: the chapter DIGEST, both forms, revision 7.

    digest(text, "state_hash").hash      # the 16 digits of a STATE_HASH
    digest(text, "episode_ready").hash   # the 8 digits of an EPISODE_READY
    digest(text, form).text              # what was hashed, to compare it with the peer's

`text` is the state as JSON text. Raises Refusal for a text without a digest: send no hash then.
Names such as DIGEST-18 are rules of the specification. The module `json` is used for nothing here:
it takes NaN, its limit on digits is a setting of the process, and it recurses as deep as a peer's
text likes. Time and memory grow with the length of the text, whatever is in it.
"""

import hashlib
import math
import re
from typing import Callable, Dict, Iterator, List, NamedTuple, Tuple, Union

from rollwire import Refusal

MOST_LEVELS = 100  # DIGEST-3
MOST_DIGITS = 4300  # DIGEST-23


class Digest(NamedTuple):
    """Lower-case digits, and the canonical text that they are the hash of, in ASCII."""
    hash: str
    text: str


def digest(state: str, form: str) -> Digest:
    """`state` is JSON text, `form` is "state_hash" or "episode_ready"."""
    rules = FORMS[form]
    parts = _read(state)
    try:
        text = _write(parts, rules)
    except Refusal:
        for _ in parts:  # what is no JSON is refused as such, whatever else it has (DIGEST-1)
            pass
        raise
    return Digest(rules.hash(text.encode("ascii")), text)


# Reading JSON text

_BLANKS = re.compile(r"[ \t\n\r]*")  # DIGEST-4
_LITERAL = re.compile(r"null|true|false")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
# A str can hold a surrogate as it is, but text cannot: it has one as an escape only.
_UNESCAPED = re.compile(r'[^"\\\x00-\x1f\ud800-\udfff]*')
_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt])|u([0-9a-fA-F]{4}))')
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}

_CLOSING = {"[": "]", "{": "}"}


def _no_json(at: int, expected: str) -> Refusal:
    return Refusal("text", f"the state is no JSON at character {at}: expected {expected}")


def _read(text: str) -> Iterator[Tuple[str, str]]:
    """Yields kind and content of each part, in order, and refuses what is no JSON (DIGEST-1).

    The kinds are open, close, key, string, number and literal.
    """
    closing = []  # the brackets that are still to come, the innermost last
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
        raise _no_json(at, "the end")


def _read_key(text: str, at: int) -> Tuple[str, int]:
    if not text.startswith('"', at):
        raise _no_json(at, "a key")
    key, at = _read_string(text, at)
    return key, _read_sign(":", text, at)


def _read_sign(sign: str, text: str, at: int) -> int:
    if not text.startswith(sign, at):
        raise _no_json(at, f"`{sign}`")
    return _after_blanks(text, at + 1)


def _read_value(text: str, at: int) -> Tuple[str, str, int]:
    """Kind and content, of an array or object only the bracket, and where the next part begins."""
    if text.startswith(("[", "{"), at):
        return "open", text[at], _after_blanks(text, at + 1)
    if text.startswith('"', at):
        return ("string", *_read_string(text, at))
    for kind, pattern in ("number", _NUMBER), ("literal", _LITERAL):
        found = pattern.match(text, at)
        if found:
            return kind, found.group(), _after_blanks(text, found.end())
    raise _no_json(at, "a value")


def _read_string(text: str, at: int) -> Tuple[str, int]:
    """The string whose opening quote is at `at`, and where the next part begins."""
    pieces, at = [], at + 1
    while True:  # piece by piece: one pattern for all would remember each escape, to go back
        unescaped = _UNESCAPED.match(text, at)
        pieces.append(unescaped.group())
        at = unescaped.end()
        if text.startswith('"', at):
            return _with_pairs_joined("".join(pieces)), _after_blanks(text, at + 1)
        escape = _ESCAPE.match(text, at)
        if not escape:
            raise _no_json(at, "a character, an escape or the end of a string")
        short, unit = escape.groups()
        pieces.append(_SHORT.get(short, short) if short else chr(int(unit, 16)))
        at = escape.end()


def _with_pairs_joined(string: str) -> str:
    """Two surrogates that are a pair become one character, others stay (DIGEST-7, DIGEST-13)."""
    return string.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _after_blanks(text: str, at: int) -> int:
    return _BLANKS.match(text, at).end()


# Structure


class _Array:
    """An array that is being written."""

    def __init__(self):
        self._elements: List[str] = []

    def add(self, value: str) -> None:
        self._elements.append(value)

    def text(self, rules: "_Form") -> str:
        """All elements in their order (DIGEST-5)."""
        return "[" + rules.comma.join(self._elements) + "]"


class _Object:
    """An object that is being written. `key` is that of the next value."""

    key: str

    def __init__(self):
        self._members: Dict[str, str] = {}

    def add(self, value: str) -> None:
        self._members[self.key] = value  # the last one of several counts (DIGEST-7)

    def text(self, rules: "_Form") -> str:
        """The members by ascending key: a str is compared by code points (DIGEST-6)."""
        members = sorted(self._members.items())
        written = [_string_text(key) + rules.colon + value for key, value in members]
        return "{" + rules.comma.join(written) + "}"


def _write(parts: Iterator[Tuple[str, str]], rules: "_Form") -> str:
    """The canonical text.

    A value is written as soon as it has ended, also one that a later member of the same key
    replaces: DIGEST-23 and DIGEST-25 look at its numbers too.
    """
    opened: List[Union[_Array, _Object]] = []
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
                written = content  # null, true and false are written so (DIGEST-5)
            if opened:
                opened[-1].add(written)
    return written


# Strings

_NOT_AS_IT_IS = re.compile(r'[^ -~]|["\\]')  # all else is DIGEST-11
_ESCAPED = {  # DIGEST-10
    '"': r"\"", "\\": r"\\", "\b": r"\b", "\f": r"\f", "\n": r"\n", "\r": r"\r", "\t": r"\t"}


def _string_text(string: str) -> str:
    return '"' + _NOT_AS_IT_IS.sub(_escape, string) + '"'


def _escape(found: "re.Match[str]") -> str:
    character = found.group()
    return _ESCAPED.get(character) or _units_text(character)


def _units_text(character: str) -> str:
    """The one unit of a character, or the two of one above U+FFFF (DIGEST-12)."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(r"\u" + units[at:at + 4] for at in range(0, len(units), 4))


# Numbers


def _rounded_number_text(token: str) -> str:
    """A number of the 16-digit form."""
    value = float(token)  # DIGEST-14: float() rounds right, however long the token is
    if math.isinf(value):
        return "null"  # DIGEST-15
    if value == 0:
        return "0"  # DIGEST-16
    if abs(value) >= 1e21:
        return _float_text(value)  # DIGEST-20
    if value.is_integer():
        return _integral_text(value)
    return _float_text(_round_to_ten_places(value))  # DIGEST-19: nothing is asked any more


def _integral_text(value: float) -> str:
    """The shortest digits, and zeros up to the units (DIGEST-17)."""
    significand, _, exponent = repr(value).partition("e")
    whole, _, fraction = significand.partition(".")
    return whole + fraction.ljust(int(exponent), "0") if exponent else whole


def _round_to_ten_places(value: float) -> float:
    """By the exact binary value, a tie to the even digit, with the sign kept (DIGEST-18)."""
    numerator, denominator = abs(value).as_integer_ratio()
    quotient, remainder = divmod(numerator * 10 ** 10, denominator)
    if 2 * remainder > denominator or (2 * remainder == denominator and quotient % 2 == 1):
        quotient += 1
    return math.copysign(float(f"{quotient}e-10"), value)


def _float_text(value: float) -> str:
    """A point or an exponent: what Python itself writes (DIGEST-21)."""
    return repr(value)


def _exact_number_text(token: str) -> str:
    """A number of the 8-digit form."""
    if any(sign in token for sign in ".eE"):
        return _unrounded_text(token)
    return _integer_text(token)


def _integer_text(token: str) -> str:
    """The token has no zeros in front, so it is the number's digits already (DIGEST-22)."""
    if len(token.lstrip("-")) > MOST_DIGITS:
        raise Refusal("range", f"an integer has more than {MOST_DIGITS} digits")  # DIGEST-23
    return "0" if token == "-0" else token


def _unrounded_text(token: str) -> str:
    """The double as it is (DIGEST-24)."""
    value = float(token)  # DIGEST-14
    if math.isinf(value):
        raise Refusal("range", "a number is outside what a double holds")  # DIGEST-25
    return _float_text(value)


# The digits


def _sixteen_digits(text: bytes) -> str:
    """DIGEST-26"""
    return hashlib.sha256(text).hexdigest()[:16]


def _eight_digits(text: bytes) -> str:
    """DIGEST-27. MD5 protects nothing here, so a Python that forbids it for that lets it pass."""
    return hashlib.md5(text, usedforsecurity=False).hexdigest()[:8]


class _Form(NamedTuple):
    """In what the two forms differ."""
    number: Callable[[str], str]
    comma: str
    colon: str
    hash: Callable[[bytes], str]


FORMS = {
    "state_hash": _Form(_rounded_number_text, ",", ":", _sixteen_digits),  # DIGEST-8
    "episode_ready": _Form(_exact_number_text, ", ", ": ", _eight_digits),  # DIGEST-9
}
