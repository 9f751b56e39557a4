"""Reads a capture, and holds each line to spec/capture.md."""

import json
import re
from pathlib import Path
from typing import Any

WHAT = ("sent", "refused", "received", "channel", "error", "missing")
HEADER = {"capture", "peer", "revision", "origin", "redundancy", "setup"}
HEX = re.compile(r"(?:[0-9a-f]{2}){0,65536}")
LONGEST = 4 * 1024 * 1024


def lines(path: Path) -> list[dict[str, Any]]:
    """The lines, each of them valid; the first one is the header."""
    text = path.read_bytes().decode("utf-8")
    assert text.endswith("\n") and "\r" not in text
    found = [json.loads(line) for line in text[:-1].split("\n")]
    assert all(len(line.encode()) < LONGEST for line in text.split("\n"))
    header, *records = found
    assert header["capture"] == 1 and set(header) <= HEADER, header
    assert ("origin" in header) != ("setup" in header)
    assert header.get("origin", 2e12) > 1e12
    for number, record in enumerate(records):
        assert record.pop("n") == number, record
        check(record)
    return found


def check(record: dict[str, Any]) -> None:
    [what] = [name for name in record if name in WHAT]
    assert set(record) <= {what, "at", "buffered"}, record
    assert record["at"] >= 0
    value = record[what]
    if what in ("sent", "refused", "received"):
        if isinstance(value, str):
            assert HEX.fullmatch(value), record
        else:
            assert list(value) == ["text"] and isinstance(value["text"], str), record
    elif what == "channel":
        assert value in ("open", "closed")
    elif what == "error":
        assert isinstance(value, str)
    else:
        assert type(value) is int and value > 0
    assert type(record.get("buffered", 1)) is int and record.get("buffered", 1) > 0


def happened(path: Path) -> list[tuple[str, Any]]:
    """What happened, without times: `("sent", "07…")`."""
    records = lines(path)[1:]
    return [(what, record[what]) for record in records for what in WHAT if what in record]
