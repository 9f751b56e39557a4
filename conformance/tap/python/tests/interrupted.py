"""Interrupts the tap at each line of its own code, as a signal handler or a finalizer may do.

    python3 -m tests.interrupted FOLDER

A tap that waits for itself hangs here, so this is a program of its own.
"""

import sys
from linecache import getline
from pathlib import Path
from types import FrameType
from typing import Any, Callable

import rollwire_tap
from rollwire_tap import Tap
from tests.capture import happened

OWN = str(Path(rollwire_tap.__file__).parent)


def line_of(frame: FrameType) -> str:
    return getline(frame.f_code.co_filename, frame.f_lineno).strip()


def play(path: Path, number: int, action: Callable[[Any], None]) -> tuple[bool, list[bytes]]:
    """Sends one datagram, and does something at the line with this number: whether there is one."""
    taken: list[bytes] = []
    lines = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal lines
        if not frame.f_code.co_filename.startswith(OWN):
            return None
        # Python itself takes care that no signal comes between a `with` and its body, or its end.
        if event == "line" and not line_of(frame).startswith("with "):
            lines += 1
            if lines == number:
                action(tap)
        return trace

    tap = Tap(path, taken.append, print)
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        tap.send(b"\x01")
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(before)
    tap.send(b"\x03")
    tap.close()
    return lines >= number, taken


def each(path: Path, action: Callable[[Any], None], check: Callable[[list[bytes]], None]) -> None:
    number = 1
    while True:
        is_there, taken = play(path, number, action)
        if not is_there:
            break
        check(taken)
        number += 1
    assert number > 15, f"the tap has only {number} lines"


def interrupt(tap: Any) -> None:
    raise KeyboardInterrupt


path = Path(sys.argv[1]) / "mine.jsonl"


def is_complete(taken: list[bytes]) -> None:
    found = happened(path)
    assert sorted(found) == [("sent", "01"), ("sent", "02"), ("sent", "03")], found
    assert sorted(taken) == [b"\x01", b"\x02", b"\x03"], taken


def is_whole(taken: list[bytes]) -> None:
    assert taken == [b"\x01", b"\x03"], taken
    assert happened(path) in ([], [("sent", "01")]), happened(path)


def is_going_on(taken: list[bytes]) -> None:
    found = happened(path)
    assert ("sent", "03") in found, found
    assert b"\x01" in taken or ("sent", "01") not in found, found


each(path, lambda tap: tap.send(b"\x02"), is_complete)
each(path, lambda tap: tap.close(), is_whole)
each(path, interrupt, is_going_on)
print("ok")
