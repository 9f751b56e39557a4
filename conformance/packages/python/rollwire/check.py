"""A check: one operation on one case, with one verdict. It needs no test framework: it is called
with the codec, and raises."""

from __future__ import annotations

import unittest
import warnings
from dataclasses import dataclass

from rollwire.cases import REVISION, Case, Kind, load, topics
from rollwire.codec import Codec
from rollwire.explain import explain
from rollwire.judge import Broken, Judgement, ask, judge, missing


class Failed(AssertionError):
    """An answer is wrong. The text says which bytes, which field and which rule."""


class WeakAnswer(UserWarning):
    """An answer is allowed, but the specification says that it should be another one."""


@dataclass(frozen=True)
class Check:
    """One operation on one case."""

    case: Case
    kind: Kind

    @property
    def id(self) -> str:
        """The id of the case, and the operation: `state-hash/recorded-150-decode`."""
        return f"{self.case.id}-{self.kind}"

    def judge(self, codec: Codec) -> Judgement:
        """Asks the codec, and says how right its answer is."""
        reason = missing(codec, self.case, self.kind)
        if reason:
            return Judgement("not_applicable", reason=reason)
        return judge(self.case.outcomes(self.kind), ask(codec, self.case, self.kind))

    def explain(self, judgement: Judgement) -> str:
        """What is wrong, as text of several lines."""
        return explain(self.case, self.kind, judgement)

    def __call__(self, codec: Codec) -> None:
        """Fails the running test if the answer is wrong, and skips it if there can be none.

        Raises Failed or unittest.SkipTest, which pytest understands too. Warns with WeakAnswer.
        """
        __tracebackhide__ = True
        judgement = self.judge(codec)
        if judgement.verdict == "not_applicable":
            raise unittest.SkipTest(judgement.reason)
        if judgement.verdict == "pass":
            return
        text = self.explain(judgement)
        if judgement.verdict == "weak" and not codec.strict:
            warnings.warn(WeakAnswer(text), stacklevel=2)
            return
        cause = judgement.answer.exception if isinstance(judgement.answer, Broken) else None
        raise Failed(text) from cause

    def __str__(self) -> str:
        return self.id

    def __repr__(self) -> str:
        return f"<rollwire check {self.id}>"


def checks(*names: str, revision: int = REVISION) -> tuple[Check, ...]:
    """The checks of these topics, by default of all, that a revision has.

    Raises ValueError for an unknown topic or revision, and if nothing would be checked.
    """
    if not isinstance(revision, int) or not 1 <= revision <= REVISION:
        raise ValueError(f"revision {revision!r} does not exist, expected 1 to {REVISION}")
    chosen = names or topics()
    found = tuple(
        Check(case, kind)
        for topic in dict.fromkeys(chosen)
        for case in load(topic)
        if case.applies_to(revision)
        for kind in case.checks
    )
    if not found:
        raise ValueError(f"revision {revision} has no cases of {', '.join(chosen)}")
    return found
