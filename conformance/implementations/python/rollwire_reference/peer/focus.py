"""Whether each of the two pages is shown: the chapter FOCUS."""

from __future__ import annotations

from rollwire_reference.messages import FocusState
from rollwire_reference.peer.link import Link


class Focus:
    """Tells the partner about the own page, and knows what the partner has told."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._shown = True
        self._frame = 0  # of the last change
        self._told = True  # the state in the last FOCUS_STATE that the channel accepted
        self.partner_shown = True

    def change(self, shown: bool, frame: int) -> None:
        if shown != self._shown:  # FOCUS-2
            self._shown, self._frame = shown, frame
            self._tell()  # FOCUS-1, FOCUS-7

    def opened(self) -> None:
        self.partner_shown = True  # FOCUS-5
        if not self._shown or not self._told:  # FOCUS-3
            self._tell()

    def on_state(self, message: FocusState) -> None:
        self.partner_shown = message.focused  # FOCUS-4

    def _tell(self) -> None:
        if self._link.hand_over(FocusState(self._shown, self._frame)):
            self._told = self._shown
