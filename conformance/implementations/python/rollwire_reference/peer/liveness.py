"""Round trips, measured with PING and PONG: the chapter LIVE."""

from __future__ import annotations

from collections import deque

from rollwire_reference.messages import Ping, Pong, timestamp_bits
from rollwire_reference.peer.clock import Clock, Timer
from rollwire_reference.peer.link import Link

PERIOD = 500  # milliseconds: LIVE-1
UNANSWERED_BOUND = 32  # LIVE-11
ROUND_TRIPS_BOUND = 10  # LIVE-10


class Liveness:
    """Sends a PING every 500 ms between `start` and `stop`, and answers those of the partner."""

    def __init__(self, link: Link, clock: Clock) -> None:
        self._link = link
        self._clock = clock
        # When each unanswered PING was sent, by the bits of its timestamp, the oldest first.
        self._unanswered: dict[int, int] = {}
        self.round_trips: deque[int] = deque(maxlen=ROUND_TRIPS_BOUND)

    def start(self) -> None:
        """The channel has opened or the peer is validated, whichever is later (LIVE-3)."""
        self._clock.start(Timer.PING, PERIOD, self._send_ping)

    def stop(self) -> None:
        """The channel has closed (LIVE-3, LIVE-12)."""
        self._clock.stop(Timer.PING)
        self._unanswered.clear()

    def on_ping(self, message: Ping) -> None:
        self._link.hand_over(Pong(message.timestamp))  # LIVE-5, LIVE-6

    def on_pong(self, message: Pong) -> None:
        sent_at = self._unanswered.pop(message.timestamp, None)
        if sent_at is not None:  # LIVE-8, LIVE-9
            self.round_trips.append(self._clock.now - sent_at)

    def _send_ping(self) -> None:
        self._clock.start(Timer.PING, PERIOD, self._send_ping)
        now = self._clock.now
        bits = timestamp_bits(now)  # LIVE-2
        if self._link.hand_over(Ping(bits)):  # LIVE-4
            self._unanswered[bits] = now
            if len(self._unanswered) > UNANSWERED_BOUND:
                del self._unanswered[next(iter(self._unanswered))]
