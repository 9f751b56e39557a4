"""The channel of a peer as its chapters see it: PEER-3."""

from __future__ import annotations

import logging
from typing import Protocol

from rollwire_reference.codec import Message, encode

log = logging.getLogger("rollwire.peer")


class Sender(Protocol):
    """What the game passes in: any object with this member. A `Channel` of an exchange has it."""

    def send(self, datagram: bytes) -> bool | None:
        """Sends a datagram. To refuse it, return False or raise; None counts as accepted."""


class Link:
    """The game's channel, and whether it is open. The peer's exchange uses it as its channel."""

    def __init__(self, channel: Sender) -> None:
        self.channel = channel
        self.is_open = True
        self.last_error: Exception | None = None

    def send(self, datagram: bytes) -> bool | None:
        """What the channel does with the datagram; an error is noted on its way."""
        try:
            return self.channel.send(datagram)
        except Exception as error:
            self.last_error = error
            raise

    def hand_over(self, message: Message) -> bool:
        """Whether the channel has accepted the message. It is tried once, and only while open."""
        if not self.is_open:
            return False
        # A refusal is an Exception. Any other BaseException, such as KeyboardInterrupt or
        # asyncio.CancelledError, is meant for the program and leaves the stimulus.
        try:
            answer = self.send(encode(message))
            return answer is None or bool(answer)
        except Exception:
            log.debug("Failed to send %s", message.name, exc_info=True)
            return False
