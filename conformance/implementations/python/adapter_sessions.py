"""The requests of a session: open, step, advance and close.

A session is an exchange and a channel. The kit sends stimuli, and after each one, or after several,
the adapter writes an observation: what the channel has taken, and everything that the exchange holds.
"""

from __future__ import annotations

import json
from functools import lru_cache
from math import inf
from operator import index
from typing import Any

from adapter_buffer import received
from rollwire_reference import Exchange, Mismatch, Refusal

Request = dict[str, Any]
Pair = tuple[int, str]  # a frame and a hash


class ToldChannel:
    """A channel that answers `send` as the stimulus `sends` has told it, even while it is closed.

    A real channel would refuse while it is closed. This one shows that the exchange has tried.
    """

    def __init__(self) -> None:
        self.is_open = True
        self.sent: list[str] = []  # the accepted datagrams, as hex
        self._accept = 0  # how many more to accept, and then to refuse, before accepting all
        self._refuse: float = 0
        self._raises = False

    def sends(self, accept: int, refuse: int | str, how: str) -> None:
        # A malformed stimulus fails here. Within `send` the error would look like a refusal.
        self._accept = index(accept)
        self._refuse = {"all": inf}[refuse] if isinstance(refuse, str) else index(refuse)
        self._raises = {"false": False, "throw": True}[how]

    def send(self, datagram: bytes) -> bool:
        if self._accept > 0:
            self._accept -= 1
        elif self._refuse > 0:
            self._refuse -= 1
            if self._raises:
                raise OSError("the stimulus `sends` told the channel to refuse")
            return False
        self.sent.append(datagram.hex())
        return True


class Session:
    """One exchange in virtual time: nothing happens in it but its stimuli."""

    def __init__(self) -> None:
        self.channel = ToldChannel()
        self.exchange = Exchange(self.channel)
        self._queue = PairsText()
        self._map = PairsText()
        self._history = PairsText()

    def apply(self, stimulus: dict[str, Any]) -> None:
        """Applies a stimulus, which is an object with one member. Raises for any other."""
        try:
            self._apply(stimulus)
        except Refusal as refusal:
            # The request is malformed. As a Refusal it would be answered with `reject`.
            raise ValueError(f"malformed stimulus: {refusal}") from refusal

    def _apply(self, stimulus: dict[str, Any]) -> None:
        ((name, value),) = stimulus.items()
        if name == "confirm":
            self.exchange.confirm(**value)
        elif name == "tick":
            self.exchange.tick()
        elif name == "recv":
            received(value, self.exchange.receive)
        elif name == "rollback" and value == "end":
            self.exchange.end_rollback()
        elif name == "rollback":
            self.exchange.begin_rollback(value["begin"])
        elif name == "reset":
            self.exchange.reset()
        elif name == "channel":
            self.channel.is_open = {"open": True, "closed": False}[value]
        elif name == "sends":
            self.channel.sends(**value)
        else:
            raise ValueError("there is no stimulus of this name")

    def observe(self) -> str:
        """What was sent since the last observation, and the state now, as JSON text."""
        exchange = self.exchange
        sent, self.channel.sent = self.channel.sent, []
        verified = "null" if exchange.verified is None else str(exchange.verified)
        return (
            f'{{"sent":{json.dumps(sent) if sent else "[]"},'
            f'"queue":[{self._queue.text_of(list(exchange.queue))}],'
            f'"map":[{self._map.text_of(sorted(exchange.map.items()))}],'
            f'"history":[{self._history.text_of(sorted(exchange.history.items()))}],'
            f'"verified":{verified},'
            f'"events":[{",".join(map(event_text, exchange.events))}]}}'
        )


class PairsText:
    """Writes a list of pairs as JSON text, and keeps the text for the next time.

    The kit asks for tens of thousands of observations, and most repeat a hundred pairs of the one
    before. What the exchange holds still decides what is written: its list is compared each time.
    An adapter without this, which passes a dict to json.dumps, is just as correct, only slower.
    """

    def __init__(self) -> None:
        self._pairs: list[Pair] = []
        self._text = ""

    def text_of(self, pairs: list[Pair]) -> str:
        """The pairs with commas between them, without the brackets of the list."""
        if pairs != self._pairs:
            if self._pairs and pairs[:-1] == self._pairs:  # one more at the end
                self._text += "," + pairs_text(pairs[-1:])
            else:
                self._text = pairs_text(pairs)
            self._pairs = pairs
        return self._text


def pairs_text(pairs: list[Pair]) -> str:
    # Without json.dumps, because neither a frame nor the digits of a hash need an escape.
    return ",".join([f'[{frame},"{hash}"]' for frame, hash in pairs])


@lru_cache(maxsize=4096)
def event_text(event: Mismatch) -> str:
    return json.dumps(event._asdict())


class Sessions:
    """The open sessions by their numbers, and the operations of the adapter protocol on them."""

    def __init__(self) -> None:
        self._open: dict[int, Session] = {}

    def open(self, request: Request) -> str:
        number = session_number(request)
        if number in self._open:
            raise ValueError("this session is open already")
        self._open[number] = Session()
        return "{}"

    def step(self, request: Request) -> str:
        session = self._open[session_number(request)]
        observations = []
        for stimulus in stimuli_of(request):
            session.apply(stimulus)
            observations.append(session.observe())
        return f'{{"observations":[{",".join(observations)}]}}'

    def advance(self, request: Request) -> str:
        session = self._open[session_number(request)]
        for stimulus in stimuli_of(request):
            session.apply(stimulus)
        return f'{{"observations":[{session.observe()}]}}'

    def close(self, request: Request) -> str:
        del self._open[session_number(request)]
        return "{}"


def stimuli_of(request: Request) -> list[dict[str, Any]]:
    stimuli = request["do"]
    if not isinstance(stimuli, list) or not stimuli:
        raise ValueError("`do` is not a list of at least one stimulus")
    return stimuli


def session_number(request: Request) -> int:
    number = request["session"]
    if type(number) is not int:  # for a dict, True and 1.0 would be the key 1
        raise TypeError("`session` is not a number")
    return number
