"""A codec as the author of a test writes it down: the Python library, with messages in the form of
the vectors. It lies beside a copy of the implementation."""

from __future__ import annotations

from typing import Any

import rollwire_reference
from adapter import message_from_json, message_to_json

Refused = rollwire_reference.Refusal


def decode(datagram: bytes) -> dict[str, Any]:
    return message_to_json(rollwire_reference.decode(datagram))


def encode(message: dict[str, Any]) -> bytes:
    return rollwire_reference.encode(message_from_json(message))


def reencode(datagram: bytes) -> bytes:
    return rollwire_reference.encode(rollwire_reference.decode(datagram))
