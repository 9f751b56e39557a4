"""A peer: takes all stimuli of the chapter PEER, and passes each on to its chapter.

Names such as PEER-3 are rules of the specification. A frame is the number of a simulation step,
0 to 4294967295. Times are whole milliseconds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from functools import partial
from typing import Any, Callable, Literal

from rollwire_reference.codec import Message, decode, encode
from rollwire_reference.exchange import Exchange
from rollwire_reference.messages import (
    EpisodeEnd,
    EpisodeReady,
    FocusState,
    Input,
    InputRequest,
    InputResponse,
    Ping,
    Pong,
    StateHash,
    ValidationPing,
    ValidationPong,
)
from rollwire_reference.peer.catch_up import CatchUp
from rollwire_reference.peer.clock import Clock
from rollwire_reference.peer.episodes import Episode, Episodes
from rollwire_reference.peer.focus import Focus
from rollwire_reference.peer.inputs import Inputs
from rollwire_reference.peer.link import Link, Sender
from rollwire_reference.peer.liveness import Liveness
from rollwire_reference.peer.parameters import Parameters
from rollwire_reference.peer.validation import Validation, ValidationState
from rollwire_reference.refusal import U8, U32, Refusal, check_hash, check_uint

LONGEST_ADVANCE = 3_600_000  # milliseconds

CHAPTERS = frozenset(
    {"inputs", "liveness", "validation", "episodes", "catch-up", "focus", "exchange"}
)


class Peer:
    """One of the two peers of a game. Call it from one thread.

    Each method is a stimulus, and is processed completely before the next. Only a wrong argument
    raises, and then nothing has changed: Refusal for a value that the protocol does not allow, and
    TypeError for a datagram that is not bytes. A datagram that the codec refuses changes nothing,
    and an error of `send` stays inside.

    `send` may call the peer. What it calls takes effect after the stimulus that led to `send`; only
    a `tick` that it calls does nothing.
    """

    def __init__(
        self,
        channel: Sender,
        local: int,
        first_frame: int = 0,
        *,
        chapters: Collection[str] = CHAPTERS,
        parameters: Parameters | None = None,
        lasting_hashes: bool = False,
    ) -> None:
        """A peer at time 0, whose channel has just opened.

        `local` is the own player index, 0 or 1. Both peers count frames from `first_frame`. The
        messages of a chapter that is not in `chapters` are neither sent nor understood, its methods
        do nothing, and its state stays as it is at first. `lasting_hashes` is that of the exchange,
        whose `hash_sends` is one of the parameters.

        Raises Refusal for a bad index, frame or flag, and ValueError for unknown chapters, or for
        episodes or catch-up without inputs.
        """
        check_uint("local", local, 1)
        check_uint("first_frame", first_frame, U32)
        self._chapters = frozenset(chapters)
        if not self._chapters <= CHAPTERS:
            raise ValueError(f"unknown chapters: {sorted(self._chapters - CHAPTERS)}")
        if self._chapters & {"episodes", "catch-up"} and "inputs" not in self._chapters:
            raise ValueError("episodes and catch-up need inputs")
        numbers = parameters or Parameters()
        self._link = link = Link(channel)
        self._clock = clock = Clock()
        self._exchange = Exchange(
            link, lasting_hashes=lasting_hashes, hash_sends=numbers.hash_sends
        )
        self._inputs = Inputs(link, local, first_frame, numbers)
        self._liveness = Liveness(link, clock)
        self._validation = Validation(
            link, clock, numbers.validation_repeat_ms, on_validated=self._begin_pinging
        )
        self._catch_up = CatchUp(link, clock, self._inputs, numbers.request_repeats)
        self._episodes = Episodes(
            link,
            clock,
            self._inputs,
            numbers.end_repeat_ms,
            on_begin=self._reset,
            on_complete=self._catch_up.end,
        )
        self._focus = Focus(link)
        handlers: list[tuple[str, type[Message], Callable[[Any], None]]] = [
            ("inputs", Input, self._take_entries),
            ("catch-up", InputRequest, self._catch_up.answer),
            ("catch-up", InputResponse, self._take_response),
            ("liveness", Ping, self._liveness.on_ping),
            ("liveness", Pong, self._liveness.on_pong),
            ("validation", ValidationPing, self._validation.on_ping),
            ("validation", ValidationPong, self._validation.on_pong),
            ("episodes", EpisodeReady, self._episodes.on_ready_message),
            ("episodes", EpisodeEnd, self._episodes.on_end_message),
            ("focus", FocusState, self._focus.on_state),
            ("exchange", StateHash, self._take_hash),
        ]
        self._handlers = {cls: handler for name, cls, handler in handlers if self._has(name)}
        self._working = False
        self._waiting: deque[Callable[[], None]] = deque()
        self._begin_opening()

    # What the game reads

    @property
    def channel(self) -> Sender:
        """The channel. After a reconnection, set it to the new one before `opened`."""
        return self._link.channel

    @channel.setter
    def channel(self, channel: Sender) -> None:
        self._link.channel = channel

    @property
    def last_error(self) -> Exception | None:
        """The last one that `send` raised; nothing else reports it."""
        return self._link.last_error

    @property
    def now(self) -> int:
        """The clock: the sum of all advances."""
        return self._clock.now

    @property
    def confirmed(self) -> int | None:
        """The greatest frame up to which both players' actions are known (SYNC-11), or None."""
        return self._inputs.confirmed

    @property
    def held(self) -> list[tuple[int, int]]:
        """The partner's entries beyond the confirmed frame, by ascending frame."""
        return self._inputs.held

    def partner_action(self, frame: int) -> int | None:
        """The partner's action at a frame, or None if it is not known, or no longer.

        The newest confirmed frames are remembered, as many as the parameter `ahead` says. One
        stimulus confirms no more than these, so a game that asks after each misses none.
        """
        return self._inputs.partner_action(frame)

    @property
    def round_trips(self) -> list[int]:
        """The ten newest round trips in milliseconds, the oldest first (LIVE-10)."""
        return list(self._liveness.round_trips)

    @property
    def validation(self) -> ValidationState:
        """`idle`, `validating`, `validated` or `failed`; the last two are final."""
        return self._validation.state

    @property
    def episode(self) -> Episode | None:
        """The current episode as it is now, or None before the first `ready`."""
        return self._episodes.current

    @property
    def request(self) -> tuple[int, int] | None:
        """The first and the last frame of the request that waits for entries, or None."""
        request = self._catch_up.request
        return None if request is None else (request.start, request.end)

    @property
    def partner(self) -> Literal["shown", "hidden"]:
        """Whether the partner's page is shown, as far as it has said so (FOCUS-5)."""
        return "shown" if self._focus.partner_shown else "hidden"

    @property
    def exchange(self) -> Exchange:
        """The exchange, for reading. What changes it are the methods of the peer."""
        return self._exchange

    # Time and the channel

    def advance(self, milliseconds: int) -> None:
        """So much time has passed, 0 to 3,600,000 ms: sends what is due (PEER-1, PEER-2)."""
        check_uint("milliseconds", milliseconds, LONGEST_ADVANCE)
        self._process(self._clock.advance, milliseconds)

    def receive(self, datagram: bytes | bytearray | memoryview) -> None:
        """A datagram has arrived, even if late. A bad one changes nothing (PEER-4)."""
        try:
            message = decode(datagram)  # now, because the game may use its buffer again
        except Refusal:
            return
        self._process(self._take, message)

    def opened(self) -> None:
        """The channel has opened again. Does nothing if it is open."""
        self._process(self._open)

    def closed(self) -> None:
        """The channel has closed: nothing is handed to it. Does nothing if it is closed."""
        self._process(self._close)

    # The game

    def act(self, frame: int, action: int) -> None:
        """The local player's action, 0 to 255, at the next frame: keeps and sends it (SYNC-1).

        The first frame is `first_frame`, and each next one is one more. Any other frame changes
        nothing (SYNC-2), and neither does an action outside an episode (EPISODE-12).
        """
        check_uint("frame", frame, U32)
        check_uint("action", action, U8)
        if self._has("inputs"):
            self._process(self._act, frame, action)

    def ready(self, hash: str) -> None:
        """The game has reset itself: begins the next episode and says so to the partner.

        `hash` is the digest of the reset state, 8 digits 0-9a-f. It counts before the first episode
        and when one is complete (EPISODE-1), and empties inputs and exchange. The partner's hash,
        even a different one, does not hold up the start: see `episode.hashes`.
        """
        check_hash(hash, 8)
        if self._has("episodes"):
            self._process(self._episodes.ready, hash)

    def ended(self, frame: int) -> None:
        """The local game has ended; `frame` is the first that is not part of the episode.

        It counts while playing (EPISODE-7). Go on with `act` until `episode.phase` is `complete`,
        because the partner may need the actions; then only frames below `episode.end` count.
        """
        check_uint("frame", frame, U32)
        if self._has("episodes"):
            self._process(self._end, frame)

    def catch_up(self) -> None:
        """Asks for the inputs that are missing, if any are and no request waits (CATCHUP-1)."""
        if self._has("catch-up"):
            self._process(self._ask)

    def focus(self, shown: bool, frame: int) -> None:
        """The own page is shown or hidden, at this frame: tells the partner a change (FOCUS-1)."""
        encode(FocusState(shown, frame))  # raises Refusal
        if self._has("focus"):
            self._process(self._focus.change, shown, frame)

    def reset(self) -> None:
        """The game begins again at `first_frame`: forgets inputs, exchange and request (SYNC-13).

        A game with episodes does not need it, because `ready` does the same.
        """
        self._process(self._reset)

    # The exchange, see `Exchange`

    def confirm(self, frame: int, hash: str) -> None:
        """The game has confirmed a frame that it hashes; `hash` has 16 digits 0-9a-f (EXCH-1)."""
        check_uint("frame", frame, U32)
        check_hash(hash, 16)
        if self._has("exchange"):
            self._process(self._exchange.confirm, frame, hash)

    def tick(self) -> None:
        """Once in each step of the game: sends the hashes that wait (EXCH-8)."""
        # A tick that comes out of `send` must not send the entry that is just being sent.
        if self._has("exchange") and not self._working:
            self._process(self._exchange.tick)

    def begin_rollback(self, target: int) -> None:
        """The game goes back to the frame `target`: forgets the hashes from there on (EXCH-20)."""
        check_uint("target", target, U32)
        if self._has("exchange"):
            self._process(self._exchange.begin_rollback, target)

    def end_rollback(self) -> None:
        """The game is back where it was: compares what arrived in between (DETECT-9)."""
        if self._has("exchange"):
            self._process(self._exchange.end_rollback)

    # Inside

    def _has(self, chapter: str) -> bool:
        return chapter in self._chapters

    def _process(self, stimulus: Callable[..., None], *arguments: object) -> None:
        """Finishes a stimulus before it begins the next, which may come out of its `send`."""
        if self._working:
            self._waiting.append(partial(stimulus, *arguments))
            return
        self._working = True
        try:
            stimulus(*arguments)
            while self._waiting:
                self._waiting.popleft()()
        finally:
            self._waiting.clear()
            self._working = False

    def _open(self) -> None:
        if not self._link.is_open:
            self._link.is_open = True
            self._begin_opening()

    def _begin_opening(self) -> None:
        if self._has("validation"):
            self._validation.opened()
        if not self._has("validation") or self._validation.state == "validated":
            self._begin_pinging()
        if self._has("focus"):
            self._focus.opened()

    def _begin_pinging(self) -> None:
        if self._has("liveness"):
            self._liveness.start()

    def _close(self) -> None:
        self._link.is_open = False
        self._validation.closed()
        self._liveness.stop()

    def _reset(self) -> None:
        self._inputs.reset()
        self._exchange.reset()
        self._catch_up.end()

    def _act(self, frame: int, action: int) -> None:
        if not self._is_in_game() or not self._inputs.keep(frame, action):
            return
        if self._has("catch-up"):
            self._catch_up.tell_untold()
        self._inputs.send_newest()
        self._look_at_inputs()

    def _end(self, frame: int) -> None:
        self._episodes.ended(frame)
        self._look_at_inputs()

    def _ask(self) -> None:
        if self._is_in_game():
            self._catch_up.ask()

    def _is_in_game(self) -> bool:
        return not self._has("episodes") or self._episodes.is_running

    def _take(self, message: Message) -> None:
        handler = self._handlers.get(type(message))
        if handler:
            handler(message)
            self._look_at_inputs()

    def _take_response(self, message: InputResponse) -> None:
        # While the peer is waiting it has asked for nothing of this episode yet, so a response
        # then is a late one of the episode before (EPISODE-13).
        if self._is_in_game():
            self._take_entries(message)

    def _take_entries(self, message: Input | InputResponse) -> None:
        entries = [entry for entry in message.entries if self._is_taken(entry.frame)]
        self._inputs.receive(message.player, entries)

    def _take_hash(self, message: StateHash) -> None:
        if self._is_taken(message.frame):
            self._exchange.receive(encode(message))

    def _is_taken(self, frame: int) -> bool:
        return not self._has("episodes") or self._episodes.takes(frame)

    def _look_at_inputs(self) -> None:
        """What follows from entries, or from an agreed end that has dropped some of them."""
        self._episodes.complete_if_confirmed()
        self._catch_up.end_if_closed()
