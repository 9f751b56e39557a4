"""What a failed check shows: the bytes, the field, what was expected and what came."""

from __future__ import annotations

from typing import Any, Iterator, Mapping, Optional, Sequence, Union

from rollwire.cases import Case, Kind, Outcome, Part
from rollwire.judge import Broken, Judgement, Refused, same
from rollwire.shown import json_text, short

# A line shows this many parts of a datagram, those around the field that differs, and of a part
# this many bytes.
MOST_PARTS = 16
MOST_BYTES = 24

#: The way to a member: names, and numbers in lists.
Steps = tuple[Union[str, int], ...]


def explain(case: Case, kind: Kind, judgement: Judgement) -> str:
    """A block of text like the one of `rollwire check`."""
    rule = case.rules[0]
    title = [case.id, kind, case.level.upper(), rule, judgement.code or judgement.verdict]
    rows: list[tuple[str, str]] = []
    rows.extend(_given(case, kind, judgement))
    rows.extend(_answers(case, kind, judgement))
    rows.append(("about", ", ".join(case.rules)))
    rows.append(("catches", case.comment))
    rows.append(("read", f"rollwire explain {rule}"))
    body = "\n".join(f"      {name:<10}{text}".rstrip() for name, text in rows)
    return f"{judgement.verdict.upper()}  {' · '.join(title)}\n{body}"


def _given(case: Case, kind: Kind, judgement: Judgement) -> Iterator[tuple[str, str]]:
    if kind == "encode":
        yield "given", json_text(case.value)
        return
    datagram = case.datagram or b""
    steps = _wrong_member(case, kind, judgement) if kind == "decode" else None
    mark = None if steps is None else _part(case.parts, _path(steps))
    yield from _rows("given", datagram, case.parts, mark)


def _answers(case: Case, kind: Kind, judgement: Judgement) -> Iterator[tuple[str, str]]:
    outcomes, answer = case.outcomes(kind), judgement.answer
    steps = _wrong_member(case, kind, judgement)
    if steps is not None:
        right = outcomes[_preferred_value(outcomes)].value
        yield "expected", f"{short(_path(steps))} = {_at(right, steps)}"
        yield "got", f"{short(_path(steps))} = {_at(answer, steps)}"
        return
    for one in outcomes:
        weak = "  (allowed, but weak)" if one.grade == "weak" else ""
        yield "expected", _outcome(one, case) + weak
    if isinstance(answer, bytes):
        right_bytes = next((one.datagram for one in outcomes if one.datagram is not None), None)
        parts = case.parts if right_bytes is not None else ()
        mark = None if right_bytes is None else _differing(right_bytes, answer, parts)
        yield from _rows("got", answer, parts, mark)
    elif isinstance(answer, Refused):
        named = f" as {short(answer.refusal_class)}" if answer.refusal_class else ""
        yield "got", f"a refusal{named}: {short(answer.message)}"
    elif isinstance(answer, Broken):
        what = "an exception that is not a refusal: " if answer.code == "crash" else ""
        yield "got", what + short(answer.message)
    else:
        yield "got", json_text(answer)


def _outcome(one: Outcome, case: Case) -> str:
    if one.reject is not None:
        return f"a refusal as {one.reject}"
    if one.datagram is not None:
        return _spaced(one.datagram, case.parts, None)[0]
    return json_text(one.value)


def _preferred_value(outcomes: Sequence[Outcome]) -> int:
    return next(at for at, one in enumerate(outcomes) if one.value is not None)


def _wrong_member(case: Case, kind: Kind, judgement: Judgement) -> Optional[Steps]:
    """The way to the first member of a wrong value that differs: `("fields", "entries", 0)`."""
    if judgement.code != "wrong_value" or not isinstance(judgement.answer, Mapping):
        return None
    outcomes = case.outcomes(kind)
    right = outcomes[_preferred_value(outcomes)].value or {}
    if right["type"] != judgement.answer["type"]:
        return ("type",)
    return _difference(right["fields"], judgement.answer["fields"], ("fields",))


def _difference(right: Any, got: Any, steps: Steps) -> Optional[Steps]:
    if same(right, got):
        return None
    if isinstance(right, Mapping) and isinstance(got, Mapping):
        for name in [*right, *got]:
            below = (*steps, name)
            if name not in right or name not in got:
                return below
            found = _difference(right[name], got[name], below)
            if found is not None:
                return found
    if isinstance(right, list) and isinstance(got, list) and len(right) == len(got):
        for at, (one, other) in enumerate(zip(right, got)):
            found = _difference(one, other, (*steps, at))
            if found is not None:
                return found
    return steps


def _at(message: Any, steps: Steps) -> str:
    found = message
    for step in steps:
        if isinstance(step, str) and step not in found:
            return "nothing"
        found = found[step]
    return json_text(found)


def _path(steps: Steps) -> str:
    """As a port names it: `entries[0].frame`."""
    named = steps[1:] if len(steps) > 1 else steps
    words = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in named)
    return "".join(words).removeprefix(".")


def _part(parts: Sequence[Part], path: Optional[str]) -> Optional[Part]:
    """The part that holds a member. A list of another length differs in its count."""
    names = (path, "count" if path == "entries" else path)
    return next((part for part in parts if part.name in names), None)


def _differing(right: bytes, got: bytes, parts: Sequence[Part]) -> Optional[Part]:
    """The part in which the first byte differs."""
    at = next(
        (at for at, (a, b) in enumerate(zip(right, got)) if a != b), min(len(right), len(got))
    )
    inside = (part for part in parts if part.offset <= at < part.offset + part.length)
    return next(inside, None) if at < len(got) else None


def _rows(
    name: str, datagram: bytes, parts: Sequence[Part], mark: Optional[Part]
) -> Iterator[tuple[str, str]]:
    line, below = _spaced(datagram, parts, mark)
    yield name, line or "no bytes"
    if below:
        yield "", below


def _spaced(datagram: bytes, parts: Sequence[Part], mark: Optional[Part]) -> tuple[str, str]:
    """The bytes with a blank between the parts, and a line that marks one of them."""
    known = [part for part in parts if part.offset < len(datagram)]
    end = max((part.offset + part.length for part in known), default=0)
    if end < len(datagram):
        known.append(Part("", end, len(datagram) - end))
    at = known.index(mark) if mark in known else 0
    first = max(0, min(at - MOST_PARTS // 2, len(known) - MOST_PARTS))
    line, below = ("… " if first else ""), ""
    for part in known[first : first + MOST_PARTS]:
        word = datagram[part.offset : part.offset + min(part.length, MOST_BYTES)].hex()
        if part == mark:
            below = " " * len(line) + "^" * len(word) + f" {part.name}, offset {part.offset}"
        line += word + ("… " if part.length > MOST_BYTES else " ")
    if first + MOST_PARTS < len(known):
        line += f"… {len(datagram)} bytes"
    return line.rstrip(), below
