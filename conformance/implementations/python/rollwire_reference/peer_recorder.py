"""A peer that logs its session, for `rollwire trace check` (spec/trace.md).

    log = open("session.jsonl", "w", encoding="utf-8")
    peer = RecordedPeer(channel, log.write, local=0)  # and then like a Peer
    peer.finish()                                     # at the end: writes the time that waits

A line is one call and what followed from it. What a line leaves out has not changed. Advances one
after another in which nothing happens are one line. The hashes of this peer do not last, because
the header of a log cannot say so.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, Callable

from rollwire_reference.codec import REVISION
from rollwire_reference.messages import timestamp_bits
from rollwire_reference.peer import CHAPTERS, LONGEST_ADVANCE, Parameters, Peer, Sender

_CAPABILITIES = (
    "exchange",
    "detect",
    "inputs",
    "liveness",
    "validation",
    "episodes",
    "catch-up",
    "focus",
    "inspect",
)

# What the lines show with `inspect`, where it has changed. The state of a chapter that the peer
# does not have never changes.
_STATE: dict[str, Callable[[Peer], object]] = {
    "verified": lambda peer: peer.exchange.verified,  # also without `inspect`
    "queue": lambda peer: list(peer.exchange.queue),
    "map": lambda peer: sorted(peer.exchange.map.items()),
    "history": lambda peer: sorted(peer.exchange.history.items()),
    "confirmed": lambda peer: peer.confirmed,
    "held": lambda peer: peer.held,
    "round_trips": lambda peer: [f"{timestamp_bits(it):016x}" for it in peer.round_trips],
    "validation": lambda peer: peer.validation,
    "episode": lambda peer: peer.episode and peer.episode._asdict(),
    "request": lambda peer: peer.request,
    "partner": lambda peer: peer.partner,
}


class _Tap:
    """The game's channel, and what it did with the datagrams of a stimulus."""

    def __init__(self, channel: Sender) -> None:
        self.channel = channel
        self.begin()

    def begin(self) -> None:
        self.tries = 0
        self.sent: list[str] = []
        self.refused: list[int] = []  # which of the tries were refused

    def send(self, datagram: bytes) -> bool | None:
        this_try = self.tries
        self.tries += 1
        try:
            answer = self.channel.send(datagram)
        except Exception:
            self.refused.append(this_try)
            raise
        if answer is None or answer:
            self.sent.append(datagram.hex())
        else:
            self.refused.append(this_try)
        return answer


class RecordedPeer(Peer):
    """A Peer that passes each line of its log, with the line end, to `write`.

    Use it like a Peer, and call `finish` at the end. A call that comes out of the channel's `send`
    is logged after the line of the call that led to `send`. A call that raises is not logged, and
    neither is one that belongs to a chapter that the peer does not have.
    """

    def __init__(
        self,
        channel: Sender,
        write: Callable[[str], object],
        local: int,
        first_frame: int = 0,
        *,
        chapters: Collection[str] = CHAPTERS,
        parameters: Parameters | None = None,
        inspect: bool = False,
    ) -> None:
        """The arguments are those of a Peer. With `inspect`, each line shows what it has changed.

        Without it, a line shows what was sent and refused, the verified frame and the mismatches.
        """
        self._tap = _Tap(channel)
        self._write = write
        super().__init__(self._tap, local, first_frame, chapters=chapters, parameters=parameters)
        known = {*self._chapters}
        if "exchange" in known:
            known.add("detect")
        if inspect:
            known.add("inspect")
        self._stimulus: dict[str, Any] = {}  # the line of the call that is about to be processed
        self._quiet: int | None = None  # the sum of the advances that wait to be written
        self._shown = _STATE if inspect else {"verified": _STATE["verified"]}
        self._logged = {name: read(self) for name, read in self._shown.items()}
        self._logged_events = 0
        header = {
            "trace": 1,
            "revision": REVISION,
            "capabilities": [name for name in _CAPABILITIES if name in known],
            "peer": {"local": local, "first_frame": first_frame},
        }
        usual = vars(Parameters())
        chosen = vars(parameters or Parameters())
        others = {name: number for name, number in chosen.items() if number != usual[name]}
        if others:
            header["parameters"] = others
        self._write_line(header)

    def finish(self) -> None:
        """Writes the advances that wait for more of them. The peer may go on afterwards."""
        if self._quiet is not None:
            quiet, self._quiet = self._quiet, None
            self._write_line({"advance": quiet})

    @property
    def channel(self) -> Sender:
        return self._tap.channel

    @channel.setter
    def channel(self, channel: Sender) -> None:
        self._tap.channel = channel

    # The stimuli

    def advance(self, milliseconds: int) -> None:
        self._stimulus = {"advance": milliseconds}
        super().advance(milliseconds)

    def receive(self, datagram: bytes | bytearray | memoryview) -> None:
        # The digits are taken now, because the game may use its buffer again.
        stimulus = {"recv": memoryview(datagram).hex()}
        self._stimulus = stimulus
        super().receive(datagram)
        if self._stimulus is stimulus:  # a datagram that the codec has refused: it arrived
            self._process(lambda: None)

    def opened(self) -> None:
        self._stimulus = {"channel": "open"}
        super().opened()

    def closed(self) -> None:
        self._stimulus = {"channel": "closed"}
        super().closed()

    def act(self, frame: int, action: int) -> None:
        self._stimulus = {"act": {"frame": frame, "action": action}}
        super().act(frame, action)

    def ready(self, hash: str) -> None:
        self._stimulus = {"ready": {"hash": hash}}
        super().ready(hash)

    def ended(self, frame: int) -> None:
        self._stimulus = {"ended": {"frame": frame}}
        super().ended(frame)

    def catch_up(self) -> None:
        self._stimulus = {"catch_up": {}}
        super().catch_up()

    def focus(self, shown: bool, frame: int) -> None:
        self._stimulus = {"focus": {"shown": shown, "frame": frame}}
        super().focus(shown, frame)

    def reset(self) -> None:
        self._stimulus = {"reset": {}}
        super().reset()

    def confirm(self, frame: int, hash: str) -> None:
        self._stimulus = {"confirm": {"frame": frame, "hash": hash}}
        super().confirm(frame, hash)

    def tick(self) -> None:
        self._stimulus = {"tick": {}}
        super().tick()

    def begin_rollback(self, target: int) -> None:
        self._stimulus = {"rollback": {"begin": target}}
        super().begin_rollback(target)

    def end_rollback(self) -> None:
        self._stimulus = {"rollback": "end"}
        super().end_rollback()

    # Inside

    def _process(self, stimulus: Callable[..., None], *arguments: object) -> None:
        """Where a Peer passes on each call that takes effect, after it has checked the arguments.

        It processes one call after another, and so each writes its line before the next.
        """
        line, self._stimulus = self._stimulus, {}
        super()._process(self._log, line, stimulus, arguments)

    def _log(
        self, line: dict[str, Any], take_effect: Callable[..., None], arguments: tuple[object, ...]
    ) -> None:
        self._tap.begin()
        take_effect(*arguments)
        seen = self._observe()
        if "advance" in line and not seen:
            self._wait(line["advance"])
        else:
            self.finish()
            self._write_line({**line, **seen})

    def _observe(self) -> dict[str, object]:
        """What followed from a stimulus: what was sent, and the state that has changed."""
        seen: dict[str, object] = {}
        if self._tap.sent:
            seen["sent"] = self._tap.sent
        if self._tap.refused:
            seen["refused"] = self._tap.refused
        for name, read in self._shown.items():
            value = read(self)
            if value != self._logged[name]:
                seen[name] = self._logged[name] = value
        events = self._exchange.events
        if len(events) > self._logged_events:
            seen["found"] = [event._asdict() for event in events[self._logged_events :]]
        self._logged_events = len(events)
        return seen

    def _wait(self, milliseconds: int) -> None:
        """An advance in which nothing happened. A line may have no more than the longest one."""
        if self._quiet is not None and self._quiet + milliseconds > LONGEST_ADVANCE:
            self.finish()
        self._quiet = (self._quiet or 0) + milliseconds

    def _write_line(self, members: dict[str, Any]) -> None:
        self._write(json.dumps(members, separators=(",", ":")) + "\n")
