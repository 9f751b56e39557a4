"""The published cases about bytes, as frozen objects.

    from rollwire import load, topics

    for case in load("state_hash"):
        print(case.id, case.rules, case.datagram)

The files come with the package: they are copied into it when it is built.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Optional

#: The protocol revision that the vectors describe up to. Checks are chosen for it by default.
REVISION = 7

#: The version of the file format that this package reads.
FORMAT = 1

#: What is done with a case. `reencode` decodes, and then encodes what was decoded.
Kind = Literal["decode", "encode", "reencode"]

#: How good an answer is: `weak` is allowed, but the specification says SHOULD NOT.
Grade = Literal["pass", "weak"]


@dataclass(frozen=True)
class Outcome:
    """One right answer: exactly one of `value`, `datagram` and `reject` is not None."""

    grade: Grade
    #: The message as `{"type": ..., "fields": {...}}`.
    value: Optional[dict[str, Any]] = None
    datagram: Optional[bytes] = None
    #: The class of the refusal, one of the eight of refusals.md.
    reject: Optional[str] = None


@dataclass(frozen=True)
class Part:
    """A part of a datagram, such as `frame` or `entries[0].action`."""

    name: str
    #: The first byte, from 0.
    offset: int
    #: How many bytes are there. A datagram that was cut has fewer than its field.
    length: int


@dataclass(frozen=True)
class Case:
    """An input with what is right about it; vectors/README.md describes the members."""

    id: str
    topic: str
    #: The first and the last revision to which the case applies, both included.
    since: int
    until: Optional[int]
    source: str
    #: One to three rules of the specification. The case is about the first.
    rules: tuple[str, ...]
    level: str
    #: The bug that the case catches.
    comment: str
    flags: tuple[str, ...]
    #: The capabilities without which the case does not apply, such as `nan-payload`.
    requires: tuple[str, ...]
    datagram: Optional[bytes]
    parts: tuple[Part, ...]
    value: Optional[dict[str, Any]]
    canonical: Optional[bytes]
    reject: Optional[str]
    one_of: tuple[Outcome, ...]
    checks: tuple[Kind, ...]

    def applies_to(self, revision: int) -> bool:
        """Whether the case says something about this revision."""
        return self.since <= revision and (self.until is None or revision <= self.until)

    def outcomes(self, kind: Kind) -> tuple[Outcome, ...]:
        """The answers that may be given, the preferred one first."""
        if self.reject is not None:
            return (Outcome("pass", reject=self.reject),)
        written = self.datagram if self.canonical is None else self.canonical
        if not self.one_of:
            if kind == "decode":
                return (Outcome("pass", value=self.value),)
            return (Outcome("pass", datagram=written),)
        if kind != "reencode":
            return self.one_of
        # What was accepted may be written canonically or unchanged, and may still be refused.
        found: list[Outcome] = []
        for one in self.one_of:
            if one.reject is not None:
                found.append(one)
                continue
            for datagram in (self.canonical, self.datagram):
                if datagram is not None:
                    found.append(Outcome(one.grade, datagram=datagram))
        return tuple(found)

    def message(self, kind: Kind) -> Optional[str]:
        """The message that a codec must have for a check. None if every codec can answer it."""
        if any(one.reject == "unknown_type" for one in self.outcomes(kind)):
            return None
        if kind == "encode":
            name = None if self.value is None else self.value["type"]
            return name if name in _messages().values() else None
        return _messages().get(self.datagram[0]) if self.datagram else None


def folder() -> Path:
    """The folder of the vectors: `codec/`, `digest/`, `exchange/`, `peer/` and `manifest.json`.

    Raises FileNotFoundError where the package was not built, but only put on the path.
    """
    found = Path(__file__).with_name("vectors")
    if not (found / "manifest.json").is_file():
        raise FileNotFoundError(
            f"{found} has no vectors: they are copied there when the package is built; "
            "install the package with pip"
        )
    return found


@lru_cache(maxsize=None)
def version() -> str:
    """The version of the set of vectors, such as `1.5.0`. It is not the version of the package."""
    return str(_read("manifest.json")["version"])


@lru_cache(maxsize=None)
def topics() -> tuple[str, ...]:
    """The names that `load` knows: the twelve messages, `unknown_type` and `wire`."""
    paths = (Path(file["path"]) for file in _read("manifest.json")["files"])
    return tuple(path.stem for path in paths if path.parent.name == "codec")


@lru_cache(maxsize=None)
def load(topic: str) -> tuple[Case, ...]:
    """The cases of a message or another topic, in the order of the file.

    Raises ValueError for a name that is not one of `topics()`.
    """
    if topic not in topics():
        raise ValueError(f"there are no vectors {topic!r}; the names are: {', '.join(topics())}")
    file = _read(f"codec/{topic}.json")
    if file["vectors"] != FORMAT:
        raise ValueError(f"codec/{topic}.json has format {file['vectors']}, expected {FORMAT}")
    return tuple(_case(topic, case) for case in file["cases"])


@lru_cache(maxsize=None)
def _messages() -> dict[int, str]:
    """The type byte of each message, as the datagrams with a value show it."""
    cases = (case for topic in topics() for case in load(topic))
    return {case.datagram[0]: case.value["type"] for case in cases if case.datagram and case.value}


def _read(path: str) -> Any:
    return json.loads((folder() / path).read_text(encoding="utf-8"))


def _bytes(spaced: Optional[str]) -> Optional[bytes]:
    return None if spaced is None else bytes.fromhex(spaced)


def _parts(parts: list[tuple[str, int]]) -> tuple[Part, ...]:
    found, offset = [], 0
    for name, length in parts:
        found.append(Part(name, offset, length))
        offset += length
    return tuple(found)


def _case(topic: str, case: dict[str, Any]) -> Case:
    one_of = (
        Outcome(one["grade"], one.get("value"), _bytes(one.get("hex")), one.get("reject"))
        for one in case.get("one_of", ())
    )
    return Case(
        id=case["id"],
        topic=topic,
        since=case["since"],
        until=case.get("until"),
        source=case["source"],
        rules=tuple(case["rules"]),
        level=case["level"],
        comment=case["comment"],
        flags=tuple(case["flags"]),
        requires=tuple(case.get("requires", ())),
        datagram=_bytes(case.get("hex")),
        parts=_parts(case.get("parts", [])),
        value=case.get("value"),
        canonical=_bytes(case.get("canonical")),
        reject=case.get("reject"),
        one_of=tuple(one_of),
        checks=tuple(case["checks"]),
    )


def fresh(value: dict[str, Any]) -> dict[str, Any]:
    """A copy that a codec may change: the cases are shared by all tests."""
    return copy.deepcopy(value)
