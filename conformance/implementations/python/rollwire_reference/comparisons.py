"""What hashes that last have shown: the newest comparison of each frame (DETECT-17).

A rollback lowers the verified frame to the greatest equal one below its target, however far back
that is. So each frame that was compared since the last reset is remembered, equal or not: 8 bytes
for one at most, apart from the room that an array keeps for more. Only a frame that was confirmed
here can be compared, so the frames confirmed since the last reset bound them, whatever the peer
sends: a game that confirms twelve in a second fills 350 KB in an hour.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left

class Comparisons:
    """Each frame is in one of two lists, which ascend: most frames come in order."""

    def __init__(self) -> None:
        self._equal = array("L")  # the smallest type that has 32 bits everywhere
        self._different = array("L")

    @property
    def verified(self) -> int | None:
        """The greatest equal frame below which no frame differs, or None."""
        count = len(self._equal)
        if self._different:
            count = bisect_left(self._equal, self._different[0])
        return self._equal[count - 1] if count else None

    def note(self, frame: int, *, equal: bool) -> None:
        """The newest comparison of a frame, in place of an earlier one."""
        now, before = self._equal, self._different
        if not equal:
            now, before = before, now
        place = bisect_left(now, frame)
        if _is_at(place, now, frame):
            return
        now.insert(place, frame)
        place = bisect_left(before, frame)
        if _is_at(place, before, frame):
            del before[place]

    def forget_from(self, target: int) -> None:
        """Forgets the comparisons of this frame and of every greater one."""
        for frames in (self._equal, self._different):
            del frames[bisect_left(frames, target) :]


def _is_at(place: int, frames: array[int], frame: int) -> bool:
    return place < len(frames) and frames[place] == frame
