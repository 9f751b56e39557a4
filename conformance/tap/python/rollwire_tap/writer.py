"""Writes lines to a file in the background, so that a slow disk does not hold up the game."""

from __future__ import annotations

import threading
from collections import deque
from typing import TextIO

from rollwire_tap.lines import Json, line

# What a line takes in memory besides its characters, in bytes: estimated, and rather too much.
OVERHEAD = 300

# How long the writer waits for more, in seconds: lines are written together, and soon.
PAUSE = 0.05


class Entry:
    """A record whose line may still change: a send that has not returned yet."""

    __slots__ = ("is_done", "members")

    def __init__(self, members: Json, is_done: bool) -> None:
        self.members = members
        self.is_done = is_done


class Writer:
    """A queue of at most `limit` bytes. What does not fit becomes one `missing` record."""

    def __init__(self, file: TextIO, limit: int) -> None:
        self.error: OSError | None = None
        self._file = file
        self._limit = limit
        self._size = 0
        self._lines = 0
        self._queue: deque[tuple[Entry, int]] = deque()
        self._missing: Entry | None = None
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._is_closed = False
        self._closing = threading.Event()
        # A daemon: a program that ends without leaving the tap is not kept alive by it.
        self._thread = threading.Thread(target=self._run, name="rollwire-tap", daemon=True)
        self._thread.start()

    def append(self, members: Json, size: int, is_done: bool = True) -> Entry:
        """Adds a record whose datagram has this size in characters, and returns at once."""
        entry = Entry(members, is_done)
        size += OVERHEAD
        with self._lock:
            if self._is_closed:
                return entry
            if "missing" in members or self._size + size > self._limit:
                self._miss(members["at"])
            else:
                self._missing = None
                self._push(entry, size)
        return entry

    def _miss(self, at: float) -> None:
        """One more record that is not kept. Those that follow each other are one record."""
        if self._missing is not None:
            self._missing.members["missing"] += 1
            self._missing.members["at"] = at
            return
        self._missing = Entry({"at": at, "missing": 1}, True)
        self._push(self._missing, OVERHEAD)

    def _push(self, entry: Entry, size: int) -> None:
        self._queue.append((entry, size))
        self._size += size
        self._wake.set()

    def done(self, entry: Entry) -> None:
        """The record does not change any more."""
        entry.is_done = True
        self._wake.set()

    def close(self) -> None:
        """Writes what is left, and ends."""
        with self._lock:
            self._is_closed = True
        self._closing.set()
        self._wake.set()
        self._thread.join()

    def _take(self) -> tuple[list[Entry], bool]:
        """The records up to the first one that may still change, and whether they are the last."""
        taken = []
        with self._lock:
            while self._queue and (self._queue[0][0].is_done or self._is_closed):
                entry, size = self._queue.popleft()
                self._size -= size
                taken.append(entry)
                if entry is self._missing:
                    self._missing = None
            return taken, self._is_closed and not self._queue

    def _line(self, entry: Entry) -> str:
        """The line of a record, with the number that shows if lines of the file are lost."""
        self._lines += 1
        return line({"n": self._lines - 1, **entry.members})

    def _run(self) -> None:
        is_last = False
        while not is_last:
            self._wake.wait()
            self._closing.wait(PAUSE)
            self._wake.clear()
            entries, is_last = self._take()
            if self.error is None:
                try:
                    self._file.write("".join(map(self._line, entries)))
                    self._file.flush()
                except OSError as error:
                    self.error = error
        try:
            self._file.close()
        except OSError as error:
            self.error = self.error or error
