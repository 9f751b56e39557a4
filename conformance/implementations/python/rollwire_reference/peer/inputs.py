"""The inputs of both players, and the frames that both are known for: the chapter SYNC.

An entry is a frame and an action. The own entries have no gaps; of the partner's, some may be
missing. The confirmed frame rises over the frames for which both are known.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from rollwire_reference.messages import Input, InputEntry
from rollwire_reference.peer.link import Link
from rollwire_reference.peer.parameters import Parameters


class Inputs:
    """The entries of one episode, or of the whole game in a peer without episodes."""

    def __init__(self, link: Link, local: int, first_frame: int, parameters: Parameters) -> None:
        self._link = link
        self.local = local
        self.first_frame = first_frame
        self._parameters = parameters
        self.end: int | None = None  # the agreed end of the episode: the first frame beyond it
        self.reset()

    def reset(self) -> None:
        """Forgets all entries and the confirmed frame (SYNC-13)."""
        self.confirmed: int | None = None
        self._next_own = self.first_frame
        self._own: dict[int, InputEntry] = {}  # by frame, the newest `kept`, without gaps
        self._held: dict[int, int] = {}  # the partner's, beyond the confirmed frame
        # The partner's, up to the confirmed frame. One datagram confirms at most `ahead` frames,
        # so a game that looks after each datagram finds all of them here.
        self._played: dict[int, int] = {}
        # Own frames that are kept and were in no INPUT that the channel has accepted, ascending.
        self.untold: deque[int] = deque()

    def end_at(self, frame: int) -> None:
        """Drops the partner's entries from this frame on, now and later (EPISODE-9)."""
        self.end = frame
        self._held = {known: action for known, action in self._held.items() if known < frame}

    @property
    def base(self) -> int:
        """The confirmed frame, or the one before the first, which is -1 for a first frame of 0."""
        return self.first_frame - 1 if self.confirmed is None else self.confirmed

    @property
    def held(self) -> list[tuple[int, int]]:
        """The partner's entries beyond the confirmed frame, ascending."""
        return sorted(self._held.items())

    def partner_action(self, frame: int) -> int | None:
        """What the partner did at this frame, or None if that is not known, or no longer."""
        return self._held.get(frame, self._played.get(frame))

    # Acting

    def keep(self, frame: int, action: int) -> bool:
        """Whether this is the next own frame. Then its action is kept; else nothing changes."""
        if frame != self._next_own:  # SYNC-2
            return False
        self._own[frame] = InputEntry(frame, action)  # SYNC-1
        self.untold.append(frame)
        self._next_own += 1
        if len(self._own) > self._parameters.kept:
            del self._own[self.kept.start]
            if self.untold[0] < self.kept.start:  # too late to tell
                self.untold.popleft()
        self._confirm()
        return True

    @property
    def kept(self) -> range:
        """The own frames whose actions are kept."""
        return range(self._next_own - len(self._own), self._next_own)

    @property
    def newest(self) -> range:
        """The own frames that are in the INPUT of an act (SYNC-3)."""
        return self.kept[-self._parameters.redundancy :]

    def own_entries(self, frames: Iterable[int]) -> list[InputEntry]:
        """The own entries of frames that are kept."""
        return [self._own[frame] for frame in frames]

    def send_newest(self) -> None:
        """The INPUT of an act. A refused entry is in the next one (SYNC-4, SYNC-5)."""
        newest = self.newest
        if self.send(newest):
            while self.untold and self.untold[-1] >= newest.start:
                self.untold.pop()

    def send(self, frames: Sequence[int]) -> bool:
        """Whether the channel has accepted an INPUT with the own entries of these frames."""
        return self._link.hand_over(Input(self.local, frames[-1], self.own_entries(frames)))

    # Receiving

    def receive(self, player: int, entries: Iterable[InputEntry]) -> None:
        """Takes the entries of an INPUT or an INPUT_RESPONSE (SYNC-6 to SYNC-10, CATCHUP-11)."""
        if player != 1 - self.local:  # SYNC-6
            return
        base = self.base  # decides for the whole datagram: SYNC-9
        last = base + self._parameters.ahead
        if self.end is not None:
            last = min(last, self.end - 1)
        for frame, action in entries:
            if base < frame <= last:
                self._held.setdefault(frame, action)  # SYNC-8
        self._confirm()

    def _confirm(self) -> None:
        frame = self.base + 1
        while frame < self._next_own and frame in self._held:  # SYNC-11
            self.confirmed = frame
            self._played[frame] = self._held.pop(frame)  # SYNC-12
            self._played.pop(frame - self._parameters.ahead, None)
            frame += 1

    # Holes

    def holes(self, frames: range) -> Iterator[int]:
        """Those of the frames for which a partner's entry is missing although it must exist.

        Those are the ones below the highest that is held, and below an agreed end: a partner that
        has completed the episode sends no INPUT any more that would show the last holes.
        """
        below = max(self._held, default=self.base)
        if self.end is not None:
            below = max(below, self.end)
        first, end = max(frames.start, self.base + 1), min(frames.stop, below)
        return (frame for frame in range(first, end) if frame not in self._held)
