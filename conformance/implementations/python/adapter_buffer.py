"""Datagrams as a game receives them: as a view of a larger buffer that the next datagram overwrites.

A codec that keeps the view instead of reading it is right for bytes of its own and wrong here.
"""

from __future__ import annotations

from typing import Callable, TypeVar

Made = TypeVar("Made")

OFFSET = 3  # odd, so no field is aligned by chance
FILLER = b"\xa5"  # before and behind a datagram, and over it when it has been used


class _ReceiveBuffer:
    """One buffer for all datagrams of a process."""

    def __init__(self) -> None:
        self._buffer = memoryview(bytearray(FILLER * 2048))

    def received(self, datagram: bytes, use: Callable[[memoryview], Made]) -> Made:
        """What `use` makes of the datagram, which is overwritten before this returns."""
        end = OFFSET + len(datagram)
        if len(self._buffer) < end + OFFSET:
            self._buffer = memoryview(bytearray(FILLER * (end + OFFSET)))
        view = self._buffer[OFFSET:end]
        view[:] = datagram
        try:
            return use(view)
        finally:
            view[:] = FILLER * len(datagram)


received = _ReceiveBuffer().received
