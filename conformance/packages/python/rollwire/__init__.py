"""The published test vectors of rollwire, for tests of a codec in its own process.

    CODEC = rollwire.Codec(my_codec.decode, my_codec.encode, refusal=my_codec.Refused)

    @rollwire.vectors("state_hash")
    def test_state_hash(check):
        check(CODEC)

Each module begins with what it is for:

    cases          the cases, as frozen objects
    codec          the codec under test
    check          one operation on one case, with one verdict
    judge          how an answer is judged
    explain        what a failure shows
    shown          values and texts of a codec: read once, and shown with a bound
    pytest_plugin  a test for each check; the only module that needs pytest
    __main__       starts the program `rollwire`, where the wheel brings it
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollwire.cases import (
    REVISION,
    Case,
    Kind,
    Outcome,
    Part,
    folder,
    load,
    topics,
    version,
)
from rollwire.check import Check, Failed, WeakAnswer, checks
from rollwire.codec import Codec, Refusal
from rollwire.judge import Judgement

if TYPE_CHECKING:
    from rollwire.pytest_plugin import vectors

__all__ = [
    "REVISION",
    "Case",
    "Check",
    "Codec",
    "Failed",
    "Judgement",
    "Kind",
    "Outcome",
    "Part",
    "Refusal",
    "WeakAnswer",
    "checks",
    "folder",
    "load",
    "topics",
    "vectors",
    "version",
]


def __getattr__(name: str) -> Any:
    """`vectors`, and only it, needs pytest."""
    if name == "vectors":
        from rollwire.pytest_plugin import vectors

        return vectors
    raise AttributeError(f"module 'rollwire' has no attribute {name!r}")
