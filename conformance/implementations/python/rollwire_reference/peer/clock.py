"""The clock of a peer, which moves only when it is told to, and its timers: PEER-1 and PEER-2."""

from __future__ import annotations

from enum import IntEnum
from typing import Callable


class Timer(IntEnum):
    """What can be due. Of those that are due at the same millisecond, the lowest fires first."""

    VALIDATION_FAILS = 1
    VALIDATION_PING = 2
    PING = 3
    EPISODE_STARTS_ALONE = 4
    READY_REPEATED = 5
    EPISODE_COMPLETES = 6
    END_REPEATED = 7
    REQUEST_GIVEN_UP = 8
    REQUEST_REPEATED = 9

    __hash__ = int.__hash__  # that of an enum is Python code, and each timer is looked up often


class Clock:
    """Whole milliseconds since the peer was created, and at most one due time for each timer."""

    def __init__(self) -> None:
        self.now = 0
        self._due: dict[Timer, tuple[int, Timer, Callable[[], None]]] = {}

    def start(self, timer: Timer, milliseconds: int, action: Callable[[], None]) -> None:
        """Lets the timer fire once, this many milliseconds from now, instead of when it was due."""
        self._due[timer] = self.now + milliseconds, timer, action

    def stop(self, *timers: Timer) -> None:
        """A timer that is not running may be stopped, too."""
        for timer in timers:
            self._due.pop(timer, None)

    def advance(self, milliseconds: int) -> None:
        """Moves the clock from one due time to the next, so that each action sees its own."""
        end = self.now + milliseconds
        while self._due:
            # Looked up anew each time, because an action may start and stop timers. No two of them
            # have the same timer, so actions are not compared.
            due, timer, action = min(self._due.values())
            if due > end:
                break
            self.now = due
            del self._due[timer]
            action()
        self.now = end
