"""Whether the channel works in both directions: the chapter VALID."""

from __future__ import annotations

from typing import Callable, Literal

from rollwire_reference.messages import ValidationPing, ValidationPong, timestamp_bits
from rollwire_reference.peer.clock import Clock, Timer
from rollwire_reference.peer.link import Link

FIRST_PING = 100  # milliseconds after the opening: VALID-1
GIVES_UP = 15_000  # milliseconds after the opening: VALID-7

ValidationState = Literal["idle", "validating", "validated", "failed"]


class Validation:
    """Validates once. What `validated` and `failed` say is final (VALID-6, VALID-7)."""

    def __init__(
        self, link: Link, clock: Clock, repeat_ms: int, on_validated: Callable[[], None]
    ) -> None:
        self._link = link
        self._clock = clock
        self._repeat_ms = repeat_ms
        self._on_validated = on_validated
        self.state: ValidationState = "idle"
        self._own_pings: set[int] = set()  # timestamps: one for each 500 ms of validating
        self._answered = False  # an own ping
        self._seen = False  # a ping of the partner

    def opened(self) -> None:
        if self.state == "idle":
            self.state = "validating"
            self._own_pings, self._answered, self._seen = set(), False, False  # VALID-8
            self._clock.start(Timer.VALIDATION_FAILS, GIVES_UP, lambda: self._leave("failed"))
            self._clock.start(Timer.VALIDATION_PING, FIRST_PING, self._send_ping)

    def closed(self) -> None:
        if self.state == "validating":
            self._leave("idle")

    def on_ping(self, message: ValidationPing) -> None:
        self._link.hand_over(ValidationPong(message.timestamp))  # VALID-3
        self._seen = True  # VALID-4. In other states than validating it has no meaning.
        self._check()

    def on_pong(self, message: ValidationPong) -> None:
        if message.timestamp in self._own_pings:  # VALID-5
            self._answered = True
            self._check()

    def _send_ping(self) -> None:
        bits = timestamp_bits(self._clock.now)
        if self._link.hand_over(ValidationPing(bits)):
            self._own_pings.add(bits)
        if self._repeat_ms:  # VALID-2
            self._clock.start(Timer.VALIDATION_PING, self._repeat_ms, self._send_ping)

    def _check(self) -> None:
        if self.state == "validating" and self._answered and self._seen:  # VALID-6
            self._leave("validated")
            self._on_validated()

    def _leave(self, state: ValidationState) -> None:
        self.state = state
        self._clock.stop(Timer.VALIDATION_FAILS, Timer.VALIDATION_PING)
