"""How holes in the inputs are closed: the chapter CATCHUP.

A hole is a frame for which a partner's entry is missing although it must exist: below one whose
entry is known, or below the agreed end of the episode.
"""

from __future__ import annotations

from itertools import islice, takewhile

from rollwire_reference.messages import Input, InputRequest, InputResponse
from rollwire_reference.peer.clock import Clock, Timer
from rollwire_reference.peer.inputs import Inputs
from rollwire_reference.peer.link import Link

LOOKED_AT = 1024  # frames above the confirmed one in which holes are looked for
REPEATED_AFTER = 1000  # milliseconds: CATCHUP-3
GIVEN_UP_AFTER = 3000  # milliseconds: CATCHUP-5
LONGEST_RESPONSE = 3275  # entries, which are 16,380 bytes: CATCHUP-9


class CatchUp:
    """At most one request, and what the partner was never told."""

    def __init__(self, link: Link, clock: Clock, inputs: Inputs, repeats: int) -> None:
        self._link = link
        self._clock = clock
        self._inputs = inputs
        self._repeats = repeats
        self._repeats_left = 0
        self.request: InputRequest | None = None

    def ask(self) -> None:
        """Asks for all from the first hole to the last, unless there is a request (CATCHUP-2)."""
        if self.request is not None:
            return
        first = self._inputs.base + 1
        holes = list(self._inputs.holes(range(first, first + LOOKED_AT)))
        if not holes:
            return
        self.request = InputRequest(holes[0], holes[-1])  # CATCHUP-1
        self._repeats_left = self._repeats
        self._clock.start(Timer.REQUEST_GIVEN_UP, GIVEN_UP_AFTER, self.end)
        self._send(self.request)

    def end_if_closed(self) -> None:
        """Ends a request that has no hole left (CATCHUP-4)."""
        if self.request is not None:
            holes = self._inputs.holes(range(self.request.start, self.request.end + 1))
            if next(holes, None) is None:
                self.end()

    def end(self) -> None:
        """Ends the request, if there is one. What arrives later still counts (CATCHUP-5)."""
        self.request = None
        self._clock.stop(Timer.REQUEST_GIVEN_UP, Timer.REQUEST_REPEATED)

    def answer(self, request: InputRequest) -> None:
        """Tells the own entries of the frames asked for that are kept (CATCHUP-7 to CATCHUP-10)."""
        kept = self._inputs.kept
        start = max(request.start, kept.start)
        end = min(request.end + 1, kept.stop, start + LONGEST_RESPONSE)
        entries = self._inputs.own_entries(range(start, end))
        self._link.hand_over(InputResponse(self._inputs.local, entries))

    def tell_untold(self) -> None:
        """Sends the own entries that would never be told: CATCHUP-12 to CATCHUP-14.

        Those are in no INPUT that the channel has accepted, and not in the one that comes next.
        """
        untold, newest = self._inputs.untold, self._inputs.newest
        while untold and untold[0] < newest.start:
            frames = list(islice(takewhile(lambda it: it < newest.start, untold), Input.most))
            if not self._inputs.send(frames):
                break  # CATCHUP-13
            for _ in frames:
                untold.popleft()

    def _send(self, request: InputRequest) -> None:
        if self._repeats_left:
            self._clock.start(Timer.REQUEST_REPEATED, REPEATED_AFTER, lambda: self._repeat(request))
        self._link.hand_over(request)

    def _repeat(self, request: InputRequest) -> None:
        self._repeats_left -= 1
        self._send(request)
