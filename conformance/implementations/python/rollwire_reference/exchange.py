"""The state-hash exchange with mismatch detection: the chapters EXCH and DETECT, revision 7.

    exchange = Exchange(channel)        # one for each peer
    exchange.confirm(frame, hash)       # the game has confirmed a frame that it hashes
    exchange.tick()                     # once in each step of the game: sends what waits
    exchange.receive(datagram)          # every datagram that arrives
    exchange.begin_rollback(target)     # before the game goes back to the frame `target`
    exchange.end_rollback()             # after it has simulated up to where it was
    exchange.reset()                    # the episode ends

It opens no socket, reads no clock and starts no thread. Call it from one thread. A frame is the
number of a simulation step, 0 to 4294967295. A hash is text of 16 digits 0-9a-f. Names such as
EXCH-12 are rules of the specification. At debug level the logger `rollwire.exchange` names every
frame whose hash was sent or received.

`Exchange(channel, lasting_hashes=True)` keeps the peer's hashes after a comparison and a rollback,
so that a frame that is confirmed again is compared again: EXCH-35, EXCH-36, DETECT-16 to DETECT-18.
Both ways conform, and the peer may have the other one.

What an exchange holds is bounded, except for the queue (EXCH-4): 120 own hashes, 4096 hashes of the
peer, and 65536 events. With lasting hashes it also remembers each frame that was compared since the
last reset, at 8 bytes: no more than were confirmed. What the peer sends adds to none of these.

Two rules remain the game's own: the hash of a frame is the digest of the state before the frame is
simulated (EXCH-30), and both peers hash the same frames, such as every fifth (EXCH-31).
"""

from __future__ import annotations

import logging
from collections import deque
from typing import NamedTuple, Protocol

from rollwire_reference.codec import decode, encode
from rollwire_reference.comparisons import Comparisons
from rollwire_reference.messages import StateHash
from rollwire_reference.refusal import U32, Refusal, check_hash, check_uint

HISTORY_BOUND = 120  # EXCH-3
MAP_BOUND = 4096  # EXCH-19. A peer may send ever new frames, and they fill no more than this.
EVENTS_BOUND = 65536  # DETECT-14. A peer may send a wrong hash again and again.
HASH_SENDS = range(1, 4)  # EXCH-36

log = logging.getLogger("rollwire.exchange")


class Channel(Protocol):
    """What the game passes in: any object with these two members."""

    @property
    def is_open(self) -> bool:
        """Whether the channel takes datagrams. An attribute or a property, not a method."""

    def send(self, datagram: bytes) -> bool | None:
        """Sends 13 bytes. To refuse them, return False or raise; None counts as accepted."""


class Mismatch(NamedTuple):
    """A desync: the two hashes of a frame differ. The states may have parted at an earlier one."""

    frame: int
    local: str
    peer: str


class _Repeated(tuple[int, str]):
    """A frame and hash in the queue of an exchange that sends each of them several times."""

    accepted = 0  # how many sends the channel has accepted


class Exchange:
    """The exchange with one peer. Only `channel` may be set; all else is for reading.

    Read an attribute anew each time, because some are replaced and not changed. After a
    reconnection, set `channel` to the new one: what waits in `queue` then goes there.
    """

    channel: Channel
    queue: deque[tuple[int, str]]  # frames and hashes to send, in the order of confirmation
    map: dict[int, str]  # the peer's hashes by frame, in the order received, the newest 4096
    history: dict[int, str]  # the own hashes by frame, in the order of confirmation
    verified: int | None  # the greatest frame whose hashes were equal, or None: see lasting_hashes
    events: list[Mismatch]  # in the order found, the first 65536
    events_dropped: int  # how many were found after these
    rolling_back: bool
    last_error: Exception | None  # the last one that `send` raised; nothing else reports it

    def __init__(
        self, channel: Channel, *, lasting_hashes: bool = False, hash_sends: int = 1
    ) -> None:
        """An exchange that holds nothing.

        With `lasting_hashes`, comparisons and rollbacks leave the peer's hashes in `map`, and each
        own hash is sent in `hash_sends` ticks, 1 to 3. No frame below `verified` differs then: it
        falls when one is found to differ, and rises when that one is confirmed or received again
        and is equal. An event that repeats is in `events` once. Without `lasting_hashes`,
        `hash_sends` has no effect.

        Raises Refusal for other values of the two.
        """
        if not isinstance(lasting_hashes, bool):
            raise Refusal("value", "lasting_hashes is neither True nor False")
        check_uint("hash_sends", hash_sends, HASH_SENDS[-1])
        if hash_sends not in HASH_SENDS:
            raise Refusal("range", "hash_sends is 0")
        self.channel = channel
        self._lasting = lasting_hashes
        self._sends = hash_sends if lasting_hashes else 1
        self._ticking = False
        self.reset()

    def confirm(self, frame: int, hash: str) -> None:
        """Takes the hash of a frame. Raises Refusal for a bad frame or hash and changes nothing."""
        check_uint("frame", frame, U32)
        check_hash(hash, 16)
        if frame in self.history:  # EXCH-2
            return
        self.history[frame] = hash  # EXCH-1, EXCH-5
        entry = (frame, hash) if self._sends == 1 else _Repeated((frame, hash))
        self.queue.append(entry)  # without a bound: EXCH-4
        if frame in self.map and not self.rolling_back:  # DETECT-8
            self._compare(frame)  # DETECT-1
        if len(self.history) > HISTORY_BOUND:
            _drop_oldest(self.history)  # EXCH-3

    def tick(self) -> None:
        """Sends the queue, until an entry is refused. An error of `send` does not leave the tick.

        `send` may call the exchange. What it calls takes effect at once, with three limits: a tick
        within a tick does nothing, a hash confirmed there waits for the next tick, and a reset or
        the begin of a rollback ends this tick.
        """
        if not self.queue or self.rolling_back or self._ticking:  # EXCH-9
            return
        self._ticking = True
        queue = self.queue
        # Where entries stay in the queue, a copy is gone through: a deque is slow in its middle.
        copy = None if self._sends == 1 else list(queue)
        try:
            for place in range(len(queue)):  # EXCH-8: only what waited at the beginning
                # Checked for each entry, because a send can close the channel (EXCH-10).
                if not self.channel.is_open:
                    break
                # The entry leaves the front only after it was accepted. So a refused one stays
                # where it is (EXCH-12), and so does one whose send ended the whole program.
                entry = queue[0] if copy is None else copy[place]  # EXCH-7
                if not self._send(*entry):
                    break  # EXCH-11
                stays = False
                if isinstance(entry, _Repeated):
                    entry.accepted += 1
                    stays = entry.accepted < self._sends  # EXCH-36
                # Those in front of an entry were sent at least as often, so it leaves at the front.
                # A rollback or a reset within `send` has made another queue, which may not hold
                # the entry. A later confirm of the same frame is another entry: hence `is`.
                if not stays and self.queue and self.queue[0] is entry:
                    self.queue.popleft()  # EXCH-14
                log.debug("Sent hash for frame %d", entry[0])
                if self.queue is not queue:
                    break
        finally:
            self._ticking = False

    def receive(self, datagram: bytes | bytearray | memoryview) -> bool:
        """Whether the datagram is a good STATE_HASH. Anything else changes nothing (EXCH-18)."""
        if bytes(datagram[:1]) != b"\x07":  # spares decoding others, such as a long INPUT_RESPONSE
            return False
        try:
            message = decode(datagram)
        except Refusal:
            return False
        if not isinstance(message, StateHash):
            return False
        frame = message.frame
        self.map[frame] = message.hash  # EXCH-15 to EXCH-17
        if frame in self.history and not self.rolling_back:  # DETECT-8
            self._compare(frame)  # DETECT-2. If it took the hash out, it displaces no other one.
        if len(self.map) > MAP_BOUND:
            _drop_oldest(self.map)  # EXCH-19
        log.debug("Received peer hash for frame %d", frame)
        return True

    def begin_rollback(self, target: int) -> None:
        """Forgets every frame from `target` on. Raises Refusal for a bad one and changes nothing.

        Only the peer's hashes stay, if hashes last. A rollback is a flag: one end ends it, after
        any number of begins (EXCH-24).
        """
        check_uint("target", target, U32)
        self.rolling_back = True
        self.queue = deque(entry for entry in self.queue if entry[0] < target)  # EXCH-20
        _drop_from(target, self.history)  # EXCH-22
        if self._lasting:  # the map stays: EXCH-35
            self._comparisons.forget_from(target)
            self.verified = self._comparisons.verified  # DETECT-17
            return
        _drop_from(target, self.map)  # EXCH-21
        if self.verified is not None and self.verified >= target:
            self.verified = target - 1 if target else None  # DETECT-10

    def end_rollback(self) -> None:
        """Compares what became comparable during the rollback. Without one it does nothing."""
        if self.rolling_back:  # EXCH-25
            self.rolling_back = False
            for frame in sorted(self.map.keys() & self.history.keys()):  # DETECT-9
                self._compare(frame)

    def reset(self) -> None:
        """Forgets everything but the channel (EXCH-27 to EXCH-29, DETECT-12)."""
        self.queue, self.map, self.history = deque(), {}, {}
        self.rolling_back = False
        self.verified = None
        self.events = []  # a new list: the game may still hold the old one for its report
        self.events_dropped = 0
        if self._lasting:
            self._comparisons = Comparisons()
            self._found: set[Mismatch] = set()  # those in `events`, to be looked up quickly
        self.last_error = None

    def _send(self, frame: int, hash: str) -> bool:
        # A refusal is an Exception. Any other BaseException, such as KeyboardInterrupt or
        # asyncio.CancelledError, is meant for the program and leaves the tick.
        try:
            answer = self.channel.send(encode(StateHash(frame, hash)))
            return answer is None or bool(answer)
        except Exception as error:  # EXCH-13
            self.last_error = error
            log.debug("Failed to send hash for frame %d", frame, exc_info=True)
            return False

    def _compare(self, frame: int) -> None:
        if self._lasting:
            self._compare_again(frame)
            return
        local, peer = self.history[frame], self.map.pop(frame)  # DETECT-4
        # Comparing text is enough: decode and check_hash let only lower case pass (DETECT-3).
        if local == peer:
            if self.verified is None or frame > self.verified:  # DETECT-5
                self.verified = frame
        elif len(self.events) < EVENTS_BOUND:
            self.events.append(Mismatch(frame, local, peer))  # DETECT-6, DETECT-7
        else:
            self.events_dropped += 1

    def _compare_again(self, frame: int) -> None:
        """Compares hashes that last, in place of an earlier comparison of the frame."""
        local, peer = self.history[frame], self.map[frame]  # DETECT-16
        self._comparisons.note(frame, equal=local == peer)
        self.verified = self._comparisons.verified  # DETECT-17
        event = Mismatch(frame, local, peer)
        if local == peer or event in self._found:  # DETECT-18
            return
        if len(self.events) < EVENTS_BOUND:
            self.events.append(event)
            self._found.add(event)
        else:
            self.events_dropped += 1


def _drop_from(target: int, held: dict[int, str]) -> None:
    for frame in [frame for frame in held if frame >= target]:  # EXCH-23
        del held[frame]


def _drop_oldest(held: dict[int, str]) -> None:
    del held[next(iter(held))]  # a dict keeps the order of insertion
