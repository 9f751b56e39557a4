"""The requests of a session: open, step, advance and close.

A session is an exchange or a peer, with a channel. The kit sends stimuli, which adapter_stimuli.py
reads, and after each one, or after several, the adapter writes an observation: what the channel has
taken, and everything that the exchange or the peer holds.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Callable, Optional

from adapter_stimuli import (
    EXCHANGE_STIMULI,
    LAST_FRAME,
    PEER_STIMULI,
    Call,
    Either,
    is_open,
    malformed,
    members,
    number,
    sends,
)
from adapter_texts import MapText, QueueText, compact_json, event_text, sent_text
from rollwire_reference import Exchange, Parameters, Peer, timestamp_bits

Request = dict[str, Any]
Lasting = Optional[int]  # how often each hash is sent, or None if hashes do not last
NewPeer = Callable[[int, int, Lasting], "PeerSession"]

MOST_SESSIONS = 16
LAST_NUMBER = 2**53 - 1


class ToldChannel:
    """A channel that answers `send` as the stimulus `sends` has told it, even while it is closed.

    A real channel would refuse while it is closed. This one shows that the exchange has tried.
    """

    def __init__(self) -> None:
        self.is_open = True
        self.sent: list[str] = []  # the accepted datagrams, as hex
        self.sends(0, 0, False)

    def sends(self, accept: int, refuse: float, throws: bool, types: bytes = b"\x07") -> None:
        """How many to accept, and then to refuse. Only these first bytes count."""
        self._accept, self._refuse, self._throws, self._types = accept, refuse, throws, types

    def send(self, datagram: bytes) -> bool:
        if datagram[0] in self._types:
            if self._accept > 0:
                self._accept -= 1
            elif self._refuse > 0:
                self._refuse -= 1
                if self._throws:
                    raise OSError("the stimulus `sends` told the channel to refuse")
                return False
        self.sent.append(datagram.hex())
        return True


class Session:
    """One exchange in virtual time: nothing happens in it but its stimuli."""

    name = "an exchange"
    stimuli: dict[str, Callable[[Any, Any], Call]] = EXCHANGE_STIMULI
    may_have_types = False  # the stimulus `sends`

    def __init__(self, lasting: Lasting = None) -> None:
        self.channel = ToldChannel()
        self.exchange = Exchange(
            self.channel, lasting_hashes=lasting is not None, hash_sends=lasting or 1
        )
        self.takes_stimuli: Either = self.exchange
        self._queue = QueueText()
        self._map = MapText()
        self._history = MapText()

    def read(self, stimulus: object) -> Call:
        """The call that applies a stimulus. Raises for what is not one."""
        if not isinstance(stimulus, dict) or len(stimulus) != 1:
            raise malformed("a stimulus is an object with one member")
        ((name, value),) = stimulus.items()
        read = self.stimuli.get(name)
        if read:
            return read(self.takes_stimuli, value)
        if name == "channel":
            return partial(self._set_open, is_open(value))
        if name == "sends":
            return partial(self.channel.sends, *sends(value, self.may_have_types))
        raise malformed(f"{self.name} has no stimulus of this name")

    def observe(self) -> str:
        """What was sent since the last observation, and the state now, as JSON text."""
        exchange = self.exchange
        sent, self.channel.sent = self.channel.sent, []
        verified = "null" if exchange.verified is None else exchange.verified
        return (
            f'{{"sent":{sent_text(sent) if sent else "[]"},'
            f'"queue":[{self._queue.text_of(exchange.queue)}],'
            f'"map":[{self._map.text_of(exchange.map)}],'
            f'"history":[{self._history.text_of(exchange.history)}],'
            f'"verified":{verified},'
            f'"events":[{",".join(map(event_text, exchange.events)) if exchange.events else ""}]'
            f"{self._peer_text()}}}"
        )

    def _peer_text(self) -> str:
        """The members that only a peer has, each after a comma."""
        return ""

    def close(self) -> None:
        """Only a session with a log has something to finish: see adapter_logs.py."""

    def _set_open(self, is_open: bool) -> None:
        self.channel.is_open = is_open


class PeerSession(Session):
    """One peer in virtual time, with all of its chapters."""

    name = "a peer"
    stimuli = PEER_STIMULI
    may_have_types = True

    def __init__(self, local: int, first_frame: int, lasting: Lasting = None) -> None:
        super().__init__()
        self.peer = Peer(
            self.channel,
            local,
            first_frame,
            parameters=Parameters(hash_sends=lasting or 1),
            lasting_hashes=lasting is not None,
        )
        self.takes_stimuli = self.peer
        self.exchange = self.peer.exchange
        self._state: tuple[object, ...] = ()
        self._state_text = ""

    def _peer_text(self) -> str:
        """The text is kept for the next time, as in adapter_texts.py."""
        peer = self.peer
        state = (
            peer.confirmed,
            peer.held,
            peer.round_trips,
            peer.validation,
            peer.episode,
            peer.request,
            peer.partner,
        )
        if state != self._state:
            self._state = state
            confirmed, held, round_trips, validation, episode, request, partner = state
            members = {
                "confirmed": confirmed,
                "held": held,
                "round_trips": [f"{timestamp_bits(it):016x}" for it in round_trips],
                "validation": validation,
                "episode": episode and episode._asdict(),
                "request": request,
                "partner": partner,
            }
            self._state_text = "," + compact_json(members)[1:-1]
        return self._state_text

    def _set_open(self, is_open: bool) -> None:
        if is_open:
            self.peer.opened()
        else:
            self.peer.closed()


class Sessions:
    """The open sessions by their numbers, and the operations of the adapter protocol on them."""

    lasting: Lasting = None

    def __init__(self) -> None:
        self._open: dict[int, Session] = {}
        self.new_peer: NewPeer = PeerSession

    def open(self, request: Request) -> str:
        session = session_number(request)
        if session in self._open:
            raise malformed("this session is open already")
        if len(self._open) == MOST_SESSIONS:
            raise malformed(f"{MOST_SESSIONS} sessions are open already")
        self._open[session] = new_session(request, self.lasting, self.new_peer)
        return "{}"

    def step(self, request: Request) -> str:
        session = self._open[session_number(request)]
        observations = []
        for apply in read_all(session, request):
            apply()
            observations.append(session.observe())
        return f'{{"observations":[{",".join(observations)}]}}'

    def advance(self, request: Request) -> str:
        session = self._open[session_number(request)]
        for apply in read_all(session, request):
            apply()
        return f'{{"observations":[{session.observe()}]}}'

    def close(self, request: Request) -> str:
        self._open.pop(session_number(request)).close()
        return "{}"

    def close_all(self) -> None:
        for session in self._open.values():
            session.close()


def new_session(request: Request, lasting: Lasting, new_peer: NewPeer) -> Session:
    if "peer" not in request:
        return Session(lasting)
    local, first_frame = members(request["peer"], "local", "first_frame")
    return new_peer(number(local, 1), number(first_frame, LAST_FRAME), lasting)


def read_all(session: Session, request: Request) -> list[Call]:
    stimuli = request["do"]
    if not isinstance(stimuli, list) or not stimuli:
        raise malformed("`do` is not a list of at least one stimulus")
    return [session.read(stimulus) for stimulus in stimuli]


def session_number(request: Request) -> int:
    return number(request["session"], LAST_NUMBER)  # for a dict, True and 1.0 would be the key 1
