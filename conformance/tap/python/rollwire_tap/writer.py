"""Writes lines to a file in the background, so that a slow disk does not hold up the game.

A game may call the tap at any point of the tap's own code: a signal handler or a finalizer runs between
two of its instructions, in the same thread. Therefore nothing here waits for what its own thread holds.
"""

from __future__ import annotations

import atexit
import os
import threading
import time
from collections import deque
from typing import BinaryIO

from rollwire_tap.lines import Json, line

# What a line takes in memory besides its characters, in bytes: estimated, and rather too much.
OVERHEAD = 300

# How long the writer waits for more, in seconds: lines are written together, and soon.
PAUSE = 0.05


class Bell:
    """Wakes one thread. `ring` never waits, unlike the `set` of an Event."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lock.acquire()

    def ring(self) -> None:
        try:
            self._lock.release()
        except RuntimeError:
            pass  # it was rung already

    def wait(self, seconds: float = -1) -> None:
        """Until it is rung, or until this time is over."""
        self._lock.acquire(timeout=seconds)


class Entry:
    """A record whose line may still change: a send that has not returned yet."""

    __slots__ = ("is_done", "members", "size")

    def __init__(self, members: Json, size: int, is_done: bool = True) -> None:
        """`size` is that of the datagram, in characters."""
        self.members = members
        self.size = size + OVERHEAD
        self.is_done = is_done


class Writer:
    """A queue of at most `limit` bytes. What does not fit becomes one `missing` record."""

    def __init__(self, file: BinaryIO, first: str, limit: int) -> None:
        """`file` has no buffer, so that a process that is forked from this one has none to write."""
        self.error: Exception | None = None
        #: What could not be recorded at all, such as at the end of the stack. The next record says it.
        self.unkept = 0
        self._file = file
        self._first = first
        self._limit = limit
        self._size = 0
        self._lines = 0
        self._arrived: deque[Entry] = deque()
        self._queue: deque[Entry] = deque()
        self._missing: Entry | None = None  # the newest record of the queue, if it is such a one
        self._lock = threading.RLock()
        self._holding = threading.Condition(self._lock)
        self._is_sorting = False
        self._process = os.getpid()
        self._bell = Bell()
        self._closing = Bell()
        self._is_closed = False
        # A daemon: a program that ends without leaving the tap is not kept alive by it.
        self._thread = threading.Thread(target=self._run, name="rollwire-tap", daemon=True)
        self._thread.start()

    def append(self, entry: Entry) -> None:
        """Adds a record, and returns at once."""
        # A forked process has no thread that writes, and no thread that releases the lock.
        if self._is_closed or os.getpid() != self._process:
            return
        with self._lock:
            self._arrived.append(entry)
            self._sort()
        self._bell.ring()

    def _sort(self) -> None:
        """Takes what has arrived into the queue, one record after the other."""
        if self._is_sorting:
            return  # called from within this very method, or from `_take`: that goes on with it
        try:
            self._is_sorting = True
            while self._arrived:
                entry = self._arrived.popleft()
                try:
                    self._take_in(entry)
                except BaseException:  # the end of the stack, or of the program
                    self.unkept += 1
                    raise
        except Exception:
            pass  # the next record goes on with what is left, and says what is missing
        finally:
            self._is_sorting = False

    def _take_in(self, entry: Entry) -> None:
        self._say_unkept(entry.members["at"])
        if "missing" in entry.members or self._size + entry.size > self._limit:
            self._miss(entry.members["at"], 1)
        else:
            self._missing = None
            self._push(entry)

    def _say_unkept(self, at: float) -> None:
        count = self.unkept
        if count:
            self._miss(at, count)
            self.unkept -= count

    def _miss(self, at: float, count: int) -> None:
        """More records that are not kept. Those that follow each other are one record."""
        if self._missing is None:
            self._missing = Entry({"at": at, "missing": 0}, 0)
            self._push(self._missing)
        self._missing.members["missing"] += count
        self._missing.members["at"] = at

    def _push(self, entry: Entry) -> None:
        self._queue.append(entry)
        self._size += entry.size

    def wake(self) -> None:
        """A record does not change any more, and can be written."""
        self._bell.ring()

    def close(self) -> None:
        """Writes what is left, and ends."""
        self._is_closed = True
        self._closing.ring()
        self._bell.ring()
        if os.getpid() != self._process or threading.get_ident() == self._thread.ident:
            return
        if self._is_held_here():
            # A signal handler has interrupted `append`, and the thread waits until that goes on.
            atexit.register(self._thread.join)
            return
        self._thread.join()

    def _is_held_here(self) -> bool:
        """Whether the lock is held by the thread that asks."""
        try:
            self._holding.notify()
        except RuntimeError:
            return False
        return True

    def _take(self) -> tuple[list[Entry], bool]:
        """The records up to the first one that may still change, and whether they are the last."""
        taken = []
        with self._lock:
            is_last = self._is_closed
            self._is_sorting = False  # what has set it was ended by the signal of a Ctrl-C
            self._sort()
            try:
                self._is_sorting = True
                while self._queue and (self._queue[0].is_done or is_last):
                    entry = self._queue.popleft()
                    self._size -= entry.size
                    if entry is self._missing:
                        self._missing = None
                    taken.append(entry)
                if not self._queue:
                    self._size = 0
            finally:
                self._is_sorting = False
        return taken, is_last

    def _line(self, entry: Entry) -> str:
        """The line of a record, with the number that shows if lines of the file are lost."""
        number = self._lines
        self._lines += 1
        try:
            return line({"n": number, **entry.members})
        except Exception:  # this cannot be a line; those after it can
            return line({"n": number, "at": entry.members["at"], "missing": 1})

    def _run(self) -> None:
        self._write(self._first)
        is_last = False
        while not is_last:
            self._bell.wait()
            if not self._is_closed:
                self._closing.wait(PAUSE)
            entries, is_last = self._take()
            if is_last and self.unkept:
                at = entries[-1].members["at"] if entries else 0
                entries.append(Entry({"at": at, "missing": self.unkept}, 0))
            self._write("".join(map(self._line, entries)))
        try:
            self._file.close()
        except OSError as error:
            self.error = self.error or error

    def _write(self, lines: str) -> None:
        """Writes all of it, or remembers why not: the end of the recording says it."""
        if self.error is not None:
            return
        try:
            rest = memoryview(lines.encode("utf-8", "replace"))
            while rest:
                count = self._file.write(rest)
                if count is None:  # a file that does not wait takes nothing now
                    time.sleep(PAUSE)
                else:
                    rest = rest[count:]
        except Exception as error:
            self.error = error
