"""What an exchange holds, as JSON text for an observation.

The kit asks for tens of thousands of observations, and most repeat a hundred pairs of a frame and a
hash of the one before. So their text is kept for the next time. What the exchange holds still
decides what is written: it is compared each time. An adapter without this file, which passes
everything to json.dumps, is just as correct, only slower.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable
from functools import lru_cache

from rollwire_reference import Mismatch

Pair = tuple[int, str]  # a frame and a hash

compact_json = json.JSONEncoder(separators=(",", ":")).encode


class QueueText:
    """Writes the pairs of a queue in its order, with commas between them."""

    def __init__(self) -> None:
        self._written: deque[Pair] = deque()
        self._text = ""

    def text_of(self, queue: deque[Pair]) -> str:
        if queue != self._written and not self._has_one_more(queue):
            self._text = pairs_text(queue)
            self._written = queue.copy()
        return self._text

    def _has_one_more(self, queue: deque[Pair]) -> bool:
        """Whether the queue has only grown by one pair, which is then written."""
        if not queue or not self._written:
            return False
        self._written.append(queue[-1])
        if self._written != queue:
            return False
        self._text += "," + pairs_text([queue[-1]])
        return True


class MapText:
    """Writes the pairs of a map by ascending frame, with commas between them."""

    def __init__(self) -> None:
        self._written: dict[int, str] = {}
        self._greatest = 0
        self._text = ""

    def text_of(self, held: dict[int, str]) -> str:
        if held != self._written and not self._has_moved_on(held):
            self._text = pairs_text([(frame, held[frame]) for frame in sorted(held)])
            self._greatest = max(held, default=0)
            self._written = held.copy()
        return self._text

    def _has_moved_on(self, held: dict[int, str]) -> bool:
        """Whether the map has only grown by one greatest frame, which is then written.

        A history that is full drops its oldest frame then, which mostly is the first in the text.
        """
        newest = next(reversed(held), 0)
        if not self._written or newest <= self._greatest:
            return False
        first = ""
        if len(held) == len(self._written):
            oldest = next(iter(self._written))
            first = pairs_text([(oldest, self._written.pop(oldest))]) + ","
        self._written[newest] = held[newest]
        if self._written != held or not self._text.startswith(first):
            return False
        self._text = f"{self._text[len(first) :]},{pairs_text([(newest, held[newest])])}"
        self._greatest = newest
        return True


def pairs_text(pairs: Iterable[Pair]) -> str:
    # Without json.dumps, because neither a frame nor the digits of a hash need an escape.
    return ",".join([f'[{frame},"{hash}"]' for frame, hash in pairs])


def sent_text(datagrams: list[str]) -> str:
    return '["' + '", "'.join(datagrams) + '"]'  # hex digits need no escape either


@lru_cache(maxsize=4096)
def event_text(event: Mismatch) -> str:
    return json.dumps(event._asdict())
