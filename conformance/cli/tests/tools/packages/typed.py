"""What a strictly typed test says; mypy must accept it."""

from __future__ import annotations

from typing import Any

import rollwire


class Refused(Exception):
    """The codec refuses."""


def decode(datagram: bytes) -> dict[str, Any]:
    raise Refused


def encode(message: dict[str, Any]) -> bytes:
    raise Refused


CODEC = rollwire.Codec(decode, encode, refusal=Refused, messages=["ping"], strict=True)


@rollwire.vectors("ping", "pong", revision=5)
def test_two(check: rollwire.Check) -> None:
    check(CODEC)


def rules(topic: str) -> set[str]:
    return {rule for case in rollwire.load(topic) for rule in case.rules}


judgement: rollwire.Judgement = rollwire.checks("ping")[0].judge(CODEC)
text: str = rollwire.checks("ping")[0].explain(judgement)
