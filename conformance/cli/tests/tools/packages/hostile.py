"""Codecs whose values and exceptions cannot be read, or want to reach the terminal: each failed check is a
Failed with a reason, on lines that hold nothing but what is seen. Prints how many checks were failed.
"""

import warnings
from typing import Any, Callable, Iterator

import rollwire

# Colours and a title, a bell, a new line, what turns or hides text, and a command to a workflow.
EVIL = (
    "\x1b[31m\x1b]0;t\x07\u009b\u202e\u200b\u200f\u00ad\u061c\u2800\U000e0041\U000e0100\ud800"
    "##[error]\n::error::x\r"
)


class Mine(Exception):
    pass


class Mute(Mine):
    def __str__(self) -> str:
        raise RuntimeError("mine")

    __repr__ = __str__


class Named(Mine):
    refusal_class: Any = EVIL


class NamedBadly(Mine):
    refusal_class: Any = Mute()


class Unnamed(Mine):
    @property
    def refusal_class(self) -> str:
        raise RuntimeError("mine")


class Mapped(dict):  # type: ignore[type-arg]
    def __getitem__(self, name: object) -> Any:
        raise RuntimeError("mine")


class Number(int):
    def __eq__(self, other: object) -> bool:
        raise RuntimeError("mine")

    __hash__ = int.__hash__
    __repr__ = __str__ = Mute.__str__  # type: ignore[assignment]


def raising(problem: BaseException) -> Callable[[bytes], Any]:
    def decode(datagram: bytes) -> Any:
        raise problem

    return decode


def returning(value: object) -> Callable[[bytes], Any]:
    return lambda datagram: value


def message(**fields: Any) -> dict[str, Any]:
    return {"type": "state_hash", "fields": fields}


deep: dict[str, Any] = {}
step = deep
for _ in range(20_000):
    step["a"] = {}
    step = step["a"]
circle: list[Any] = []
circle.append(circle)

DECODERS: dict[str, Callable[[bytes], Any]] = {
    "an exception with a hostile text": raising(TypeError(EVIL)),
    "an exception with a hostile name": raising(type(EVIL.replace("\ud800", ""), (Exception,), {})()),
    "a refusal with a hostile text and class": raising(Named(EVIL)),
    "a refusal whose class is not a text": raising(NamedBadly()),
    "a refusal whose class cannot be read": raising(Unnamed()),
    "a refusal whose text cannot be read": raising(Mute()),
    "an end of the program": raising(SystemExit(0)),
    "a hostile name": returning(message(frame=150, **{EVIL: 1})),
    "a name that is not text": returning({"type": "state_hash", "fields": {b"x": 1}}),
    "a path that is a name": returning(message(**{"a.b[0]": [{"]": 1}]})),
    "a hostile type": returning({"type": EVIL, "fields": {}}),
    "a circle": returning(message(frame=circle)),
    "a value that is 20,000 deep": returning(message(frame=deep)),
    "a list of a million": returning(message(frame=[0] * 1_000_000)),
    "a text of 30 million characters": returning(message(frame="\x1b" * 30_000_000)),
    "bytes of 30 million": returning(message(frame=bytes(30_000_000))),
    "a number of a million digits": returning(message(frame=1 << 3_000_000)),
    "a number that compares as it likes": returning(message(frame=Number(5))),
    "a mapping that raises": returning(Mapped(type="state_hash", fields={})),
    "a value without a text": returning(message(frame=Mute())),
    "no message": returning(Mute()),
}

ENCODERS: dict[str, Callable[[Any], Any]] = {
    "an exception in encode": raising(TypeError(EVIL)),
    "a datagram that is none": returning(Mute()),
    "a datagram of a hundred million bytes": returning(bytes(100_000_000)),
}


def codecs() -> Iterator[tuple[str, str, rollwire.Codec]]:
    for name, decode in DECODERS.items():
        yield name, "decode", rollwire.Codec(decode, refusal=Mine, strict=True)
    for name, encode in ENCODERS.items():
        yield name, "encode", rollwire.Codec(encode=encode, refusal=Mine, strict=True)


warnings.simplefilter("error")
failed = 0
for name, kind, codec in codecs():
    reasons = 0
    for check in rollwire.checks("state_hash"):
        if check.kind != kind:
            continue
        try:
            check(codec)
        except rollwire.Failed as problem:
            text = str(problem)
            hidden = [it for it in text if it not in "\n" and not it.isprintable()]
            assert not hidden and "\u2800" not in text and "\U000e0100" not in text, (name, text)
            assert len(text) < 4000, (name, len(text))
            assert "##[" not in text and "\n::" not in text, (name, text)
            assert "\n      got       " in text, (name, text)
            reasons += 1
        except BaseException as problem:
            raise AssertionError(name) from problem
    assert reasons > 0, f"{name}: no check failed"
    failed += reasons
print(failed)
