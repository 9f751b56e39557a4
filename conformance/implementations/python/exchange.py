"""The state-hash exchange with mismatch detection: the chapters EXCH and DETECT, revision 7.

    exchange = Exchange(channel)        # one for each peer
    exchange.confirm(frame, hash)       # the game has confirmed a frame that it hashes
    exchange.tick()                     # once in each step of the game: sends what waits
    exchange.receive(datagram)          # every datagram that arrives
    exchange.begin_rollback(target)     # before the game goes back to the frame `target`
    exchange.end_rollback()             # after it has simulated up to where it was
    exchange.reset()                    # the episode ends

It opens no socket, reads no clock and starts no thread; call it from one thread. A frame is a
simulation step number, 0 to 4294967295, a hash is text of 16 digits 0-9a-f. Names such as EXCH-12
are rules of the specification. At debug level the logger `rollwire.exchange` names every frame
whose hash was sent or received.

Two rules are the game's own: the hash of a frame is the digest of the state before the frame is
simulated (EXCH-30), and both peers hash the same frames, such as every fifth (EXCH-31).
"""

import logging
from collections import OrderedDict, deque
from typing import Deque, List, NamedTuple, Optional, Protocol, Tuple

from rollwire import U32, Refusal, StateHash, _check_hash, _check_uint, decode, encode

HISTORY_BOUND = 120  # EXCH-3
MAP_BOUND = 4096  # EXCH-19. A peer may send ever new frames, and this is all that they can fill.

log = logging.getLogger("rollwire.exchange")


class Channel(Protocol):
    """What the game hands in; any object with these two will do."""

    is_open: bool  # an attribute or a property, not a method

    def send(self, datagram: bytes) -> Optional[bool]:
        """Sends 13 bytes. To refuse them, return False or raise; None counts as accepted."""


class Mismatch(NamedTuple):
    """A desync: the two hashes of one frame differ. Its true beginning may be an earlier frame."""
    frame: int
    local: str
    peer: str


class Exchange:
    """The exchange with one peer. All but `channel` is for reading only.

    Read an attribute anew each time: some are replaced, not changed. `channel` may be set to
    another one after a reconnection. What waits in `queue` then goes to that.
    """

    channel: Channel
    queue: Deque[Tuple[int, str]]  # frames and hashes to be sent, in the order of confirmation
    map: OrderedDict[int, str]  # the peer's hashes by frame, in the order received
    history: OrderedDict[int, str]  # the own hashes by frame, in that order too
    verified: Optional[int]  # the greatest frame whose hashes were equal, or None
    events: List[Mismatch]  # in the order found. It has no bound, see DETECT-6.
    rolling_back: bool
    last_error: Optional[Exception]  # what `send` raised last; nothing else reports it

    def __init__(self, channel: Channel):
        self.channel = channel
        self._ticking = False
        self.reset()

    def confirm(self, frame: int, hash: str) -> None:
        """Takes the hash of a frame. Raises Refusal for a bad frame or hash and changes nothing."""
        _check_uint("frame", frame, U32)
        _check_hash(hash, 16)
        if frame in self.history:  # EXCH-2
            return
        self.history[frame] = hash  # EXCH-1, EXCH-5
        self.queue.append((frame, hash))  # without a bound: EXCH-4
        if frame in self.map and not self.rolling_back:  # DETECT-8
            self._compare(frame)  # DETECT-1
        if len(self.history) > HISTORY_BOUND:
            self.history.popitem(last=False)  # EXCH-3

    def tick(self) -> None:
        """Sends the queue, until an entry is refused. An error of `send` does not leave it.

        `send` may call back. What it calls is worked off at once, but a tick within a tick does
        nothing, a hash confirmed there waits for the next tick, and a reset or the begin of a
        rollback ends this tick.
        """
        if self.rolling_back or self._ticking:  # EXCH-9
            return
        self._ticking = True
        queue = self.queue
        try:
            for _ in range(len(queue)):  # EXCH-8, and not more than waited at the beginning
                # Looked at for each entry, because a send can be what closes a channel (EXCH-10).
                if not self.channel.is_open:
                    break
                # The entry leaves the front only after it was accepted. So a refused one needs no
                # way back (EXCH-12), and neither does one whose send ended the whole program.
                entry = queue[0]  # EXCH-7
                if not self._send(*entry):
                    break  # EXCH-11
                # A rollback or a reset within `send` has made another queue, where the entry may
                # not be any more. A later confirm of the same frame is another entry: hence `is`.
                if self.queue and self.queue[0] is entry:
                    self.queue.popleft()  # EXCH-14
                log.debug("Sent hash for frame %d", entry[0])
                if self.queue is not queue:
                    break
        finally:
            self._ticking = False

    def receive(self, datagram: bytes) -> bool:
        """Whether the datagram is a good STATE_HASH; anything else changes nothing (EXCH-18)."""
        if bytes(datagram[:1]) != b"\x07":  # an INPUT_RESPONSE is too long to be decoded for this
            return False
        try:
            message = decode(datagram)
        except Refusal:
            return False
        frame = message.frame
        self.map[frame] = message.hash  # EXCH-15 to EXCH-17
        if frame in self.history and not self.rolling_back:  # DETECT-8
            self._compare(frame)  # DETECT-2
        elif len(self.map) > MAP_BOUND:  # a hash that is compared at once displaces none
            self.map.popitem(last=False)  # EXCH-19
        log.debug("Received peer hash for frame %d", frame)
        return True

    def begin_rollback(self, target: int) -> None:
        """Forgets every frame from `target` on. Raises Refusal for a bad one and changes nothing.

        A rollback is a flag: however many begins there were, one end ends it (EXCH-24).
        """
        _check_uint("target", target, U32)
        self.rolling_back = True
        self.queue = deque(entry for entry in self.queue if entry[0] < target)  # EXCH-20
        for held in (self.map, self.history):  # EXCH-21, EXCH-22
            for frame in [frame for frame in held if frame >= target]:  # EXCH-23
                del held[frame]
        if self.verified is not None and self.verified >= target:
            self.verified = target - 1 if target else None  # DETECT-10

    def end_rollback(self) -> None:
        """Compares what became comparable during the rollback. Without a rollback: nothing."""
        if self.rolling_back:  # EXCH-25
            self.rolling_back = False
            for frame in sorted(self.map.keys() & self.history.keys()):  # DETECT-9
                self._compare(frame)

    def reset(self) -> None:
        """Forgets everything but the channel (EXCH-27 to EXCH-29, DETECT-12)."""
        self.queue, self.map, self.history = deque(), OrderedDict(), OrderedDict()
        self.rolling_back = False
        self.verified = None
        self.events = []  # a new list: the one that the game may have taken for its report stays
        self.last_error = None

    def _send(self, frame: int, hash: str) -> bool:
        # Exception is all that a channel can mean by it. A BaseException such as KeyboardInterrupt
        # or asyncio.CancelledError is meant for the program and leaves the tick.
        try:
            answer = self.channel.send(encode(StateHash(frame, hash)))
            return answer is None or bool(answer)
        except Exception as error:  # EXCH-13
            self.last_error = error
            return False

    def _compare(self, frame: int) -> None:
        local, peer = self.history[frame], self.map.pop(frame)  # DETECT-4
        if local != peer:  # as text, which decode and _check_hash let be lower case only: DETECT-3
            self.events.append(Mismatch(frame, local, peer))  # DETECT-6, DETECT-7
        elif self.verified is None or frame > self.verified:  # DETECT-5
            self.verified = frame
