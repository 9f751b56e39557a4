"""How episodes begin and end at both peers: the chapter EPISODE.

The READY of episode n carries the number n + 1, and its END the number n.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Literal, NamedTuple

from rollwire_reference.messages import EpisodeEnd, EpisodeReady
from rollwire_reference.peer.clock import Clock, Timer
from rollwire_reference.peer.inputs import Inputs
from rollwire_reference.peer.link import Link

# Milliseconds
READY_REPEATED_AFTER = 500  # EPISODE-2
STARTS_ALONE_AFTER = 5000  # EPISODE-4
COMPLETES_AGREED_AFTER = 500  # EPISODE-10
COMPLETES_ALONE_AFTER = 2000  # EPISODE-11
END_ANSWERED_AFTER = 250  # EPISODE-14: since the own END was handed over

READY_ANSWERS = 10  # EPISODE-6
END_ANSWERS = 8  # EPISODE-14
AHEAD_WHILE_WAITING = 128  # EPISODE-13: frames beyond the first

Phase = Literal["waiting", "playing", "ending", "complete"]
Start = Literal["both", "alone"]
Hashes = Literal["equal", "different"]


class Episode(NamedTuple):
    """An episode as it is now. The last four are None while they are not known."""

    number: int
    phase: Phase
    end: int | None  # the first frame that is not part of it
    agreed: bool | None  # whether the partner knows this end, too
    start: Start | None
    hashes: Hashes | None  # of the two reset games


@dataclass
class _Ends:
    """The ENDs of one episode."""

    own: EpisodeEnd | None = None
    partner: int | None = None  # the frame of the first one received
    answers: int = 0
    answered_from: int = 0  # the time from which on a repeat is answered


class Episodes:
    """The current episode, and what has to be remembered of its neighbours."""

    def __init__(
        self,
        link: Link,
        clock: Clock,
        inputs: Inputs,
        end_repeat_ms: int,
        on_begin: Callable[[], None],
        on_complete: Callable[[], None],
    ) -> None:
        self._link = link
        self._clock = clock
        self._inputs = inputs
        self._end_repeat_ms = end_repeat_ms
        self._on_begin = on_begin
        self._on_complete = on_complete
        self._number = -1  # so the next episode is 0
        self._phase: Phase | None = None
        self._next_hash: str | None = None  # of the partner's READY for the next episode
        self._ends: dict[int, _Ends] = {}  # of this episode and of the one before

    @property
    def current(self) -> Episode | None:
        """None before the first `ready`."""
        if self._phase is None:
            return None
        return Episode(
            self._number, self._phase, self._end, self._agreed, self._start, self._hashes
        )

    @property
    def is_running(self) -> bool:
        """From the start until the completion: EPISODE-12, CATCHUP-2."""
        return self._phase in ("playing", "ending")

    def takes(self, frame: int) -> bool:
        """Whether an entry or a hash of this frame counts if it arrives now (EPISODE-13)."""
        if self._phase == "waiting":
            if self._partner_may_still_play():
                return False
            return frame <= self._inputs.first_frame + AHEAD_WHILE_WAITING
        return self.is_running

    def _partner_may_still_play(self) -> bool:
        """Whether the partner may not have left the episode before: it sent no END of it.

        What it sends then are low frames like those of the new episode, and nothing in an INPUT or
        a STATE_HASH tells the two apart.
        """
        return self._number > 0 and self._ends[self._number - 1].partner is None

    # Beginning

    def ready(self, hash: str) -> None:
        if self._phase not in (None, "complete"):
            return
        self._number += 1
        self._phase = "waiting"
        self._end: int | None = None
        self._agreed: bool | None = None
        self._start: Start | None = None
        self._hashes: Hashes | None = None
        self._own_ready = EpisodeReady(self._number + 1, hash)
        self._partner_hash, self._next_hash = self._next_hash, None  # EPISODE-3
        self._ready_answers = 0
        before = self._ends.get(self._number - 1, _Ends())
        self._ends = {self._number - 1: before, self._number: _Ends()}
        self._inputs.end = None
        self._on_begin()  # EPISODE-1
        self._clock.start(Timer.EPISODE_STARTS_ALONE, STARTS_ALONE_AFTER, self._start_alone)
        self._send_ready()
        if self._partner_hash is not None:
            self._start_as("both")

    def on_ready_message(self, message: EpisodeReady) -> None:
        if message.episode == self._number + 2:
            self._next_hash = self._next_hash or message.hash  # the first one stays: EPISODE-3
        elif message.episode == self._number + 1 and self._phase is not None:
            self._partner_hash = self._partner_hash or message.hash
            if self._phase == "waiting":
                self._start_as("both")  # EPISODE-4
                return
            self._compare_hashes()
            if self._link.is_open and self._ready_answers < READY_ANSWERS:  # EPISODE-6
                self._ready_answers += 1
                self._link.hand_over(self._own_ready)

    def _send_ready(self) -> None:
        self._clock.start(Timer.READY_REPEATED, READY_REPEATED_AFTER, self._send_ready)
        self._link.hand_over(self._own_ready)  # EPISODE-2

    def _start_alone(self) -> None:
        self._start_as("alone")

    def _start_as(self, start: Start) -> None:
        self._phase, self._start = "playing", start
        self._clock.stop(Timer.EPISODE_STARTS_ALONE, Timer.READY_REPEATED)
        self._compare_hashes()

    def _compare_hashes(self) -> None:
        # The partner's first hash stays, so comparing once more gives the same (EPISODE-5).
        if self._partner_hash is not None:
            same = self._partner_hash == self._own_ready.hash
            self._hashes = "equal" if same else "different"

    # Ending

    def ended(self, frame: int) -> None:
        if self._phase != "playing":  # EPISODE-7
            return
        self._phase = "ending"
        self._own_end = EpisodeEnd(frame, self._number)
        ends = self._ends[self._number]
        ends.own = self._own_end
        self._clock.start(Timer.EPISODE_COMPLETES, COMPLETES_ALONE_AFTER, self._complete)
        self._send_end()
        self._agree(ends)

    def on_end_message(self, message: EpisodeEnd) -> None:
        ends = self._ends.get(message.episode)
        if ends is None:  # neither this episode nor the one before: EPISODE-8
            return
        if ends.partner is not None:
            self._answer_end(ends)
            return
        ends.partner = message.frame
        if message.episode == self._number and self._phase == "ending":
            self._agree(ends)

    def complete_if_confirmed(self) -> None:
        """Looks at the inputs and the end, which may have changed (EPISODE-10)."""
        if self._phase == "ending" and self._end is not None and self._inputs.base >= self._end - 1:
            self._complete()

    def _send_end(self) -> None:
        if self._end_repeat_ms:
            self._clock.start(Timer.END_REPEATED, self._end_repeat_ms, self._send_end)
        self._hand_over_end(self._ends[self._number], self._own_end)

    def _answer_end(self, ends: _Ends) -> None:
        """The partner repeats its END, so it has not heard the own one (EPISODE-14).

        One that may still be on its way is given time; otherwise two peers would answer each
        other's answers.
        """
        if ends.own is None or not self._link.is_open or ends.answers == END_ANSWERS:
            return
        if self._clock.now < ends.answered_from:
            return
        ends.answers += 1
        self._hand_over_end(ends, ends.own)

    def _hand_over_end(self, ends: _Ends, own: EpisodeEnd) -> None:
        # A closed channel is handed nothing, but a refused END counts as handed over.
        if self._link.is_open:
            ends.answered_from = self._clock.now + END_ANSWERED_AFTER
            self._link.hand_over(own)

    def _agree(self, ends: _Ends) -> None:
        if ends.own is None or ends.partner is None:
            return
        self._end, self._agreed = min(ends.own.frame, ends.partner), True  # EPISODE-9
        self._inputs.end_at(self._end)
        self._clock.stop(Timer.END_REPEATED)
        self._clock.start(Timer.EPISODE_COMPLETES, COMPLETES_AGREED_AFTER, self._complete)

    def _complete(self) -> None:
        if self._end is None:  # EPISODE-11
            self._end, self._agreed = self._own_end.frame, False
        self._phase = "complete"
        self._clock.stop(Timer.EPISODE_COMPLETES, Timer.END_REPEATED)
        self._on_complete()
