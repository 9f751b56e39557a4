"""An exchange that logs its session, for `rollwire trace check` (spec/trace.md).

    log = open("session.jsonl", "w", encoding="utf-8")
    exchange = RecordedExchange(channel, log.write)  # and then like an Exchange

A line is one call and what followed from it. What a line leaves out is as it was before it.
"""

import json
from collections import deque
from typing import Callable

from exchange import Channel, Exchange
from rollwire import REVISION, StateHash, encode


class _Tap:
    """The game's channel, with what it said during a stimulus."""

    def __init__(self, channel: Channel):
        self.channel, self.was_open = channel, True
        self.begin()

    def begin(self):
        self.tries, self.sent, self.refused = 0, [], []

    @property
    def is_open(self):
        is_open = self.channel.is_open
        if self.was_open and not is_open:  # closed within a tick: it does not take the next one
            self.refused.append(self.tries)
            self.was_open = False
        return is_open

    def send(self, datagram):
        at, self.tries = self.tries, self.tries + 1
        try:
            answer = self.channel.send(datagram)
        except Exception:
            self.refused.append(at)
            raise
        if answer is None or answer:
            self.sent.append(datagram.hex())
        else:
            self.refused.append(at)
        return answer


class RecordedExchange:
    """An Exchange, to be used like one, that hands each line to `write`, with its line end.

    A call out of `send` is worked off and logged when the stimulus that called `send` has been.
    What an Exchange holds is read here as there.
    """

    def __init__(self, channel: Channel, write: Callable[[str], object]):
        self._tap, self._write = _Tap(channel), write
        self._exchange = Exchange(self._tap)
        self._was_open, self._verified, self._found = True, None, 0
        self._working, self._waiting = False, deque()
        self._line({"trace": 1, "revision": REVISION, "capabilities": ["exchange", "detect"]})

    def __getattr__(self, name):
        return getattr(self._exchange, name)

    @property
    def channel(self) -> Channel:
        return self._tap.channel

    @channel.setter
    def channel(self, channel: Channel) -> None:
        self._tap.channel = channel

    def confirm(self, frame: int, hash: str) -> None:
        encode(StateHash(frame, hash))  # refuses now what would be worked off later
        stimulus = {"confirm": {"frame": frame, "hash": hash}}
        self._work(lambda: self._log(stimulus, lambda: self._exchange.confirm(frame, hash)))

    def tick(self) -> None:
        if not self._working:  # a tick within a tick does nothing
            self._work(self._tick)

    def receive(self, datagram: bytes) -> bool:
        good = [len(datagram) == 13 and bytes(datagram[:1]) == b"\x07"]  # if it has to wait

        def work_off():
            good[0] = self._exchange.receive(datagram)
        self._work(lambda: self._log({"recv": bytes(datagram).hex()}, work_off))
        return good[0]

    def begin_rollback(self, target: int) -> None:
        encode(StateHash(target, "0" * 16))
        stimulus = {"rollback": {"begin": target}}
        self._work(lambda: self._log(stimulus, lambda: self._exchange.begin_rollback(target)))

    def end_rollback(self) -> None:
        self._work(lambda: self._log({"rollback": "end"}, self._exchange.end_rollback))

    def reset(self) -> None:
        self._work(lambda: self._log({"reset": {}}, self._exchange.reset))

    def _tick(self):
        is_open = bool(self._tap.channel.is_open)
        if is_open != self._was_open:
            self._was_open = is_open
            self._log({"channel": "open" if is_open else "closed"}, lambda: None)
        self._log({"tick": {}}, self._exchange.tick)

    def _work(self, stimulus):
        """Works off a stimulus whole before the next, which may come out of this one's `send`."""
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

    def _log(self, line, work_off):
        self._tap.begin()
        self._tap.was_open = self._was_open
        work_off()
        if self._tap.sent:
            line["sent"] = self._tap.sent
        if self._tap.refused:
            line["refused"] = self._tap.refused
        if self._exchange.verified != self._verified:
            line["verified"] = self._verified = self._exchange.verified
        events = self._exchange.events
        if len(events) > self._found:
            line["found"] = [event._asdict() for event in events[self._found:]]
        self._found = len(events)
        self._line(line)

    def _line(self, members):
        self._write(json.dumps(members, separators=(",", ":")) + "\n")
