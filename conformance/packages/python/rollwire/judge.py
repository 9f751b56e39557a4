"""The judge: from what may be answered and what was answered to a verdict.

It is as strict as `rollwire check`, and as lenient. It has no state: to question a verdict, read this
file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Mapping, Optional, Union

from rollwire.cases import Case, Kind, Outcome, fresh
from rollwire.codec import Codec
from rollwire.shown import Foreign, Unreadable, taken, told

#: `error` is an exception that is not a refusal, or a result of a wrong type.
Verdict = Literal["pass", "weak", "fail", "error", "not_applicable"]


@dataclass(frozen=True)
class Refused:
    """The codec refused the input."""

    refusal_class: Optional[str]
    message: str


@dataclass(frozen=True)
class Broken:
    """The codec neither answered nor refused."""

    code: Literal["crash", "malformed"]
    message: str
    exception: Optional[BaseException] = None


#: What a codec answered: a message, a datagram, a refusal, or something that is none of these.
Answer = Union[Mapping[str, Any], bytes, Refused, Broken]


@dataclass(frozen=True)
class Judgement:
    """A verdict with its reason."""

    verdict: Verdict
    #: What is wrong, by the names of `rollwire explain`; None for a pass.
    code: Optional[str] = None
    answer: Optional[Answer] = None
    #: Why the check was not run.
    reason: str = ""


def missing(codec: Codec, case: Case, kind: Kind) -> str:
    """What the codec lacks for a check; empty if it lacks nothing."""
    message = case.message(kind)
    if message is not None and codec.messages is not None and message not in codec.messages:
        return f"the codec does not have the message {message}"
    if kind != "encode" and codec.decode is None and not _has_reencode(codec, kind):
        return "the codec has no `decode`"
    if kind != "decode" and codec.encode is None and not _has_reencode(codec, kind):
        return "the codec has no `encode`"
    if "nan-payload" in case.requires and not codec.nan_payload:
        return "the codec does not say `nan_payload=True`"
    return ""


def _has_reencode(codec: Codec, kind: Kind) -> bool:
    return kind == "reencode" and codec.reencode is not None


def ask(codec: Codec, case: Case, kind: Kind) -> Answer:
    """Calls the codec."""
    try:
        if kind == "decode":
            return _value(codec.decode(case.datagram))  # type: ignore[misc, arg-type]
        if kind == "encode":
            return _datagram(codec.encode(fresh(case.value)))  # type: ignore[misc, arg-type]
        if codec.reencode is not None:
            return _datagram(codec.reencode(case.datagram))  # type: ignore[arg-type]
        message = codec.decode(case.datagram)  # type: ignore[misc, arg-type]
        return _datagram(codec.encode(message))  # type: ignore[misc, arg-type]
    except codec.refusal as refusal:
        return _refused(codec, refusal)
    except (Exception, SystemExit) as problem:  # a codec that ends the program has crashed
        return _crash(problem)


def _refused(codec: Codec, refusal: BaseException) -> Answer:
    try:
        found = codec.class_of(refusal)
        return Refused(None if found is None else told(found), told(refusal))
    except Exception as problem:
        message = f"a refusal whose class cannot be read: {type(problem).__name__}: {told(problem)}"
        return Broken("crash", message, problem)


def _crash(problem: BaseException) -> Broken:
    return Broken("crash", f"{type(problem).__name__}: {told(problem)}", problem)


def _value(returned: object) -> Answer:
    """A copy, so that nothing of the codec is called when the answer is judged and shown."""
    if not isinstance(returned, Mapping):
        return Broken("malformed", f"`decode` returned {_kind(returned)}, expected a mapping")
    try:
        answer: dict[str, Any] = taken(returned)
    except Unreadable as reason:
        return Broken("malformed", f"`decode` returned a value that is {reason}")
    if not isinstance(answer.get("type"), str):
        return Broken("malformed", "`decode` returned a mapping whose `type` is not text")
    if not isinstance(answer.get("fields"), Mapping):
        return Broken("malformed", "`decode` returned a mapping whose `fields` is not a mapping")
    return answer


def _datagram(answer: object) -> Answer:
    if isinstance(answer, (bytes, bytearray, memoryview)):
        return bytes(answer)
    return Broken("malformed", f"`encode` returned {_kind(answer)}, expected bytes")


def _kind(answer: object) -> str:
    hint = "; to refuse, raise the refusal" if answer is None or answer is False else ""
    return f"{type(answer).__name__}{hint}"


def judge(outcomes: tuple[Outcome, ...], answer: Answer) -> Judgement:
    """Judges one answer against the outcomes, the preferred one first."""
    if isinstance(answer, Broken):
        return Judgement("error", answer.code, answer)
    if isinstance(answer, Refused):
        return _judge_refusal(outcomes, answer)
    for one in outcomes:
        if _matches(one, answer):
            return _graded(one, answer)
    if all(one.reject is not None for one in outcomes):
        return Judgement("fail", "accepted", answer)
    code = "wrong_bytes" if isinstance(answer, bytes) else "wrong_value"
    return Judgement("fail", code, answer)


def _judge_refusal(outcomes: tuple[Outcome, ...], answer: Refused) -> Judgement:
    """Where refusing is right, a wrong class is weak and never a failure."""
    refusals = [one for one in outcomes if one.reject is not None]
    if not refusals:
        return Judgement("fail", "refused", answer)
    if answer.refusal_class is None:
        return _graded(refusals[0], answer)
    for one in refusals:
        if one.reject == answer.refusal_class:
            return _graded(one, answer)
    return Judgement("weak", "wrong_class", answer)


def _graded(outcome: Outcome, answer: Answer) -> Judgement:
    if outcome.grade == "pass":
        return Judgement("pass", None, answer)
    return Judgement("weak", "alternative", answer)


def _matches(outcome: Outcome, answer: Answer) -> bool:
    if isinstance(answer, bytes):
        return outcome.datagram == answer
    if outcome.value is None or not isinstance(answer, Mapping):
        return False
    return outcome.value["type"] == answer["type"] and same(
        outcome.value["fields"], answer["fields"]
    )


def same(left: object, right: object) -> bool:
    """Whether two values are the same in JSON: 1 and 1.0 are, 1 and True are not."""
    if isinstance(left, Foreign) or isinstance(right, Foreign):
        return False
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(same(left[name], right[name]) for name in left)
    if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return left == right
    return isinstance(left, str) and isinstance(right, str) and left == right
