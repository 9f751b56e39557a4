"""An exchange that logs its session, for `rollwire trace check` (spec/trace.md).

    log = open("session.jsonl", "w", encoding="utf-8")
    exchange = RecordedExchange(channel, log.write)  # and then like an Exchange

A line is one call and what followed from it. What a line leaves out has not changed. The hashes of
this exchange do not last, because the header of a log cannot say so.
"""

from __future__ import annotations

import json
from collections import deque
from typing import Any, Callable

from rollwire_reference.codec import REVISION, encode
from rollwire_reference.exchange import Channel, Exchange, Mismatch
from rollwire_reference.messages import StateHash


class _Tap:
    """The game's channel, and what it did during a stimulus."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.begin(was_open=True)

    def begin(self, was_open: bool) -> None:
        self.was_open = was_open
        self.tries = 0
        self.sent: list[str] = []
        self.refused: list[int] = []  # which of the tries were refused

    @property
    def is_open(self) -> bool:
        is_open = self.channel.is_open
        if self.was_open and not is_open:  # it closed within a tick, so it refuses the next try
            self.refused.append(self.tries)
            self.was_open = False
        return is_open

    def send(self, datagram: bytes) -> bool | None:
        this_try = self.tries
        self.tries += 1
        try:
            answer = self.channel.send(datagram)
        except Exception:
            self.refused.append(this_try)
            raise
        if answer is None or answer:
            self.sent.append(datagram.hex())
        else:
            self.refused.append(this_try)
        return answer


class RecordedExchange:
    """An Exchange that passes each line of its log, with the line end, to `write`.

    Use it like an Exchange. A call that comes out of the channel's `send` is the one difference:
    it takes effect, and is logged, after the call that led to `send` has ended.
    """

    def __init__(self, channel: Channel, write: Callable[[str], object]) -> None:
        self._tap = _Tap(channel)
        self._write = write
        self._exchange = Exchange(self._tap)
        self._was_open = True
        self._logged_verified: int | None = None
        self._logged_events = 0
        self._working = False
        self._waiting: deque[Callable[[], None]] = deque()
        self._write_line({"trace": 1, "revision": REVISION, "capabilities": ["exchange", "detect"]})

    @property
    def channel(self) -> Channel:
        return self._tap.channel

    @channel.setter
    def channel(self, channel: Channel) -> None:
        self._tap.channel = channel

    @property
    def queue(self) -> deque[tuple[int, str]]:
        return self._exchange.queue

    @property
    def map(self) -> dict[int, str]:
        return self._exchange.map

    @property
    def history(self) -> dict[int, str]:
        return self._exchange.history

    @property
    def verified(self) -> int | None:
        return self._exchange.verified

    @property
    def events(self) -> list[Mismatch]:
        return self._exchange.events

    @property
    def events_dropped(self) -> int:
        return self._exchange.events_dropped

    @property
    def rolling_back(self) -> bool:
        return self._exchange.rolling_back

    @property
    def last_error(self) -> Exception | None:
        return self._exchange.last_error

    def confirm(self, frame: int, hash: str) -> None:
        encode(StateHash(frame, hash))  # raises Refusal now, even if the call has to wait
        stimulus = {"confirm": {"frame": frame, "hash": hash}}
        self._work(lambda: self._log(stimulus, lambda: self._exchange.confirm(frame, hash)))

    def tick(self) -> None:
        if not self._working:  # a tick within a tick does nothing
            self._work(self._tick)

    def receive(self, datagram: bytes | bytearray | memoryview) -> bool:
        # If the call has to wait, this is the answer: what a STATE_HASH looks like.
        good = len(datagram) == 13 and bytes(datagram[:1]) == b"\x07"

        def take_effect() -> None:
            nonlocal good
            good = self._exchange.receive(datagram)

        self._work(lambda: self._log({"recv": bytes(datagram).hex()}, take_effect))
        return good

    def begin_rollback(self, target: int) -> None:
        encode(StateHash(target, "0" * 16))  # raises Refusal now for a bad frame
        stimulus = {"rollback": {"begin": target}}
        self._work(lambda: self._log(stimulus, lambda: self._exchange.begin_rollback(target)))

    def end_rollback(self) -> None:
        self._work(lambda: self._log({"rollback": "end"}, self._exchange.end_rollback))

    def reset(self) -> None:
        self._work(lambda: self._log({"reset": {}}, self._exchange.reset))

    def _tick(self) -> None:
        is_open = bool(self._tap.channel.is_open)
        if is_open != self._was_open:
            self._was_open = is_open
            self._log({"channel": "open" if is_open else "closed"}, lambda: None)
        self._log({"tick": {}}, self._exchange.tick)

    def _work(self, stimulus: Callable[[], None]) -> None:
        """Finishes a stimulus before it begins the next, which may come out of its `send`."""
        self._waiting.append(stimulus)
        if self._working:
            return
        self._working = True
        try:
            while self._waiting:
                self._waiting.popleft()()
        finally:
            self._waiting.clear()
            self._working = False

    def _log(self, line: dict[str, Any], take_effect: Callable[[], None]) -> None:
        self._tap.begin(self._was_open)
        take_effect()
        if self._tap.sent:
            line["sent"] = self._tap.sent
        if self._tap.refused:
            line["refused"] = self._tap.refused
        if self._exchange.verified != self._logged_verified:
            line["verified"] = self._logged_verified = self._exchange.verified
        events = self._exchange.events
        if len(events) > self._logged_events:
            line["found"] = [event._asdict() for event in events[self._logged_events :]]
        self._logged_events = len(events)
        self._write_line(line)

    def _write_line(self, members: dict[str, Any]) -> None:
        self._write(json.dumps(members, separators=(",", ":")) + "\n")
