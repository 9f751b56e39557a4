"""A program that uses the installed package as a game would, and nothing else.

It is not a test of its own: install the package in a fresh environment, copy this file elsewhere,
run it, and check it with `mypy --strict`.
"""

from __future__ import annotations

import io

from rollwire_reference import (
    Episode,
    Exchange,
    Mismatch,
    Parameters,
    Peer,
    Ping,
    Pong,
    RecordedExchange,
    RecordedPeer,
    Refusal,
    StateHash,
    decode,
    encode,
    state_digest,
    timestamp_bits,
)


class Wire:
    """A channel that puts datagrams into a list, until it is closed."""

    def __init__(self) -> None:
        self.is_open = True
        self.datagrams: list[bytes] = []

    def send(self, datagram: bytes) -> None:
        self.datagrams.append(datagram)


def answer_ping(datagram: bytes) -> bytes | None:
    message = decode(datagram)
    return encode(Pong(message.timestamp)) if isinstance(message, Ping) else None


def refusal_class(datagram: bytes) -> str:
    try:
        decode(datagram)
    except Refusal as refusal:
        return refusal.refusal_class
    return "none"


def desync() -> tuple[int | None, list[Mismatch], str]:
    """Two peers agree about frame 5 and not about frame 10. The second peer records its session."""
    log = io.StringIO()
    to_recorded, to_plain = Wire(), Wire()
    plain = Exchange(to_recorded, lasting_hashes=True)
    recorded = RecordedExchange(to_plain, log.write)
    for frame, states in ((5, ['{"x":1}', '{"x":1.0}']), (10, ['{"x":2}', '{"x":3}'])):
        ours, theirs = (state_digest(state, "state_hash").hash for state in states)
        plain.confirm(frame, ours)
        recorded.confirm(frame, theirs)
    plain.tick()
    recorded.tick()
    for datagram in to_plain.datagrams:
        plain.receive(datagram)
    for datagram in to_recorded.datagrams:
        recorded.receive(datagram)
    if [event.frame for event in plain.events] != [event.frame for event in recorded.events]:
        raise AssertionError("the peers found different mismatches")
    return recorded.verified, recorded.events, log.getvalue()


def episode() -> list[Episode | None]:
    """Two peers play an episode, which the left one ends at frame 3 and the right one at frame 4.

    The right one records its session.
    """
    log = io.StringIO()
    to_left, to_right = Wire(), Wire()
    left = Peer(to_right, 0, parameters=Parameters(end_repeat_ms=0), lasting_hashes=True)
    right = RecordedPeer(to_left, log.write, 1, chapters={"inputs", "episodes"})

    def deliver() -> None:
        for wire, peer in ((to_left, left), (to_right, right)):
            for datagram in wire.datagrams:
                peer.receive(datagram)
            wire.datagrams.clear()

    left.ready("0123abcd")
    right.ready("0123abcd")
    deliver()
    for frame in range(4):
        left.act(frame, 7)
        right.act(frame, 8)
    left.ended(3)
    right.ended(4)
    deliver()
    right.finish()
    if log.getvalue().count('"act"') != 4:
        raise AssertionError(f"the log has other lines: {log.getvalue()}")
    return [left.episode, right.episode]


def main() -> None:
    ping = encode(Ping(timestamp_bits(1234.5)))
    if answer_ping(ping) != b"\x03" + ping[1:]:
        raise AssertionError("a ping was not answered with its timestamp")
    if answer_ping(encode(StateHash(5, "0123456789abcdef"))) is not None:
        raise AssertionError("a state hash was answered like a ping")
    if refusal_class(b"\x04\x00") != "trailing":
        raise AssertionError("a keepalive of two bytes was not refused as trailing")
    verified, events, log = desync()
    if verified != 5 or [event.frame for event in events] != [10]:
        raise AssertionError(f"verified {verified}, events {events}")
    if len(log.splitlines()) != 6 or '"found"' not in log:
        raise AssertionError(f"the log has other lines: {log}")
    ends = [it and (it.phase, it.end, it.agreed, it.hashes) for it in episode()]
    if ends != [("complete", 3, True, "equal")] * 2:
        raise AssertionError(f"the episodes ended otherwise: {ends}")
    print("ok")


if __name__ == "__main__":
    main()
