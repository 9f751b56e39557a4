"""The refusal of a datagram or a value, and the checks of values that raise it."""

from __future__ import annotations

U8, U16, U32, U64 = 0xFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF  # the greatest values
HEX_DIGITS = "0123456789abcdef"


class Refusal(ValueError):
    """A datagram or a value that the protocol does not allow.

    `refusal_class` is one of empty, unknown_type, truncated, trailing, count, value, text and
    range. `offset` is where in the datagram the decoder found the fault. It is None when the
    encoder refused a value.
    """

    def __init__(self, refusal_class: str, message: str, offset: int | None = None) -> None:
        super().__init__(message)
        self.refusal_class = refusal_class
        self.offset = offset


def check_uint(name: str, value: object, limit: int) -> None:
    """Raises Refusal unless the value is an integer from 0 to `limit`."""
    if type(value) is int and 0 <= value <= limit:  # most are
        return
    # True and False are integers to Python, but not to the protocol. An IntEnum is accepted.
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refusal("value", f"{name} is not an integer but {type(value).__name__}")
    if not 0 <= value <= limit:  # the text omits the value: Python cannot print 4301 digits
        raise Refusal("range", f"{name} is outside 0 to {limit}")


def check_hash(text: object, digits: int) -> None:
    """Raises Refusal unless the text consists of this number of hex digits in lower case."""
    # int(text, 16) and bytes.fromhex(text) would also accept signs, underscores, blanks and digits
    # of other alphabets. Upper case is refused too, as EPISODE_READY-6 and STATE_HASH-5 allow.
    if not isinstance(text, str):
        raise Refusal("value", f"hash is not text but {type(text).__name__}")
    if len(text) != digits or text.lstrip(HEX_DIGITS):
        raise Refusal("text", f"hash is not exactly {digits} characters of {HEX_DIGITS}")
