"""The codec under test, as the checks call it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Callable, Mapping, Optional, Union

from rollwire.cases import topics

#: The message that a codec decodes or encodes: `{"type": "ping", "fields": {"timestamp": "..."}}`.
Decode = Callable[[bytes], Mapping[str, Any]]
Encode = Callable[[dict[str, Any]], Union[bytes, bytearray, memoryview]]
Reencode = Callable[[bytes], Union[bytes, bytearray, memoryview]]
Exceptions = Union[type[BaseException], tuple[type[BaseException], ...]]


class Refusal(Exception):
    """What to raise in `decode` or `encode` if your codec does not raise when it refuses.

        raise rollwire.Refusal("truncated")

    The class of the refusal is optional, and is one of the eight of refusals.md.
    """

    def __init__(self, refusal_class: Optional[str] = None, message: str = "") -> None:
        super().__init__(message or refusal_class or "refused")
        self.refusal_class = refusal_class


def _class_of(refusal: BaseException) -> Optional[str]:
    """The attribute `refusal_class`, if the exception has it."""
    found = getattr(refusal, "refusal_class", None)
    return None if found is None else str(found)


@dataclass(frozen=True)
class Codec:
    """A codec under test. What it leaves out is skipped, and the skipped tests say so.

    A message is a mapping with `type` and `fields`, in the JSON forms of common.md: integers, true
    and false, hashes as hex text, and a timestamp as the 16 hex digits of its bits.
    """

    #: Reads one datagram, and returns the message.
    decode: Optional[Decode] = None
    #: Writes one message. The fields may be wrong on purpose, and must then be refused.
    encode: Optional[Encode] = None
    #: What is raised for an input that is refused. Every other exception is a crash, and fails.
    refusal: Exceptions = Refusal
    #: Decodes and encodes again within the codec; by default `encode(decode(datagram))`.
    reencode: Optional[Reencode] = None
    #: The class of a refusal, or None; by default the attribute `refusal_class` of the exception.
    class_of: Callable[[Any], Optional[str]] = _class_of
    #: The messages that the codec has, such as `["ping", "pong"]`; by default all.
    messages: Optional[Iterable[str]] = None
    #: Whether NaN bit patterns other than 7ff8000000000000 survive.
    nan_payload: bool = False
    #: Whether an answer that is allowed, but weak, fails its test.
    strict: bool = False

    def __post_init__(self) -> None:
        if self.decode is None and self.encode is None:
            raise ValueError("a codec needs `decode`, `encode` or both")
        refusals = self.refusal if isinstance(self.refusal, tuple) else (self.refusal,)
        for refusal in refusals:
            if not (isinstance(refusal, type) and issubclass(refusal, BaseException)):
                raise ValueError(f"refusal: {refusal!r} is not an exception type")
            if refusal in (Exception, BaseException):
                raise ValueError(
                    f"refusal: {refusal.__name__} would take a crash for a refusal; "
                    "give the type that only your codec raises"
                )
        object.__setattr__(self, "refusal", (*refusals, Refusal))
        if self.messages is not None:
            names = (
                frozenset([self.messages])
                if isinstance(self.messages, str)
                else frozenset(self.messages)
            )
            unknown = sorted(names - set(topics()))
            if unknown:
                raise ValueError(f"messages: there is no message {unknown[0]!r}")
            object.__setattr__(self, "messages", names)
