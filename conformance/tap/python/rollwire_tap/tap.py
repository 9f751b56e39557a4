"""A context manager around the two ends of a channel in a game: its `send`, and its handler."""

from __future__ import annotations

import os
from collections.abc import Mapping
from time import perf_counter, time
from types import TracebackType
from typing import Any, Callable, Generic, TypeVar, cast

from rollwire_tap.lines import LATEST, MOST_BUFFERED, Json, datagram, error_text, header
from rollwire_tap.writer import Entry, Writer

Send = TypeVar("Send", bound=Callable[..., Any])
Handler = TypeVar("Handler", bound=Callable[..., Any])

LIMIT = 16 * 1024 * 1024
LEAST_LIMIT = 1024 * 1024


class Tap(Generic[Send, Handler]):
    """Records what is sent and what arrives, and writes it to a file as it happens.

    Use `send` in the place of the function that was given, and hand `receive` to the channel in
    the place of the handler. Both do what the originals do: they take the same arguments, return
    the same and raise the same. Their first argument is the datagram, or text.

    A send that returns False or raises is recorded as refused. The file is replaced if it exists.
    At most `limit` bytes wait to be written; what does not fit becomes a `missing` record.
    """

    send: Send
    receive: Handler

    def __init__(
        self,
        path: str | os.PathLike[str],
        send: Send,
        receive: Handler,
        *,
        peer: str | None = None,
        revision: int | None = None,
        redundancy: int | None = None,
        buffered: Callable[[], int] | None = None,
        setup: Mapping[str, Any] | None = None,
        clock: Callable[[], float] | None = None,
        limit: int = LIMIT,
    ) -> None:
        """`buffered` returns the bytes that the channel holds, before each send.

        With `setup` and `clock` the records have the times of the peer, and the capture is judged
        more closely: see spec/capture.md, The peer's own clock. `setup` is what the peer was created
        with, as the header says it, and `clock` returns the milliseconds since then.

        Raises TypeError or ValueError if an argument is wrong, and OSError if the file cannot be
        opened.
        """
        if not callable(send) or not callable(receive):
            raise TypeError("`send` and `receive` are not both callable")
        if not isinstance(limit, int) or limit < LEAST_LIMIT:
            raise ValueError(f"`limit` is less than {LEAST_LIMIT} bytes")
        if (setup is None) != (clock is None) or not (clock is None or callable(clock)):
            raise TypeError("`setup` and the function `clock` go together")
        began = perf_counter()
        self._clock = clock or (lambda: (perf_counter() - began) * 1000)
        self._last = 0.0
        # The clock of a peer begins when the peer is created: no time of day is known of it.
        origin = time() * 1000 if clock is None else None
        first = header(peer, revision, redundancy, origin, setup)
        self._writer = Writer(open(path, "wb", buffering=0), first, limit)
        self._buffered = buffered
        self.send = cast(Send, self._sender(send))
        self.receive = cast(Handler, self._receiver(receive))

    def __enter__(self) -> Tap[Send, Handler]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._writer.close()
        # An error of the game is the more important one.
        if error is None and self._writer.error is not None:
            raise self._writer.error

    def close(self) -> None:
        """Completes the file, as the end of the `with` does. Raises OSError if that failed."""
        self.__exit__(None, None, None)

    def opened(self) -> None:
        """The channel is open. A capture of a channel that was open before needs no such record."""
        self._tell("channel", "open")

    def closed(self) -> None:
        """The channel is closed."""
        self._tell("channel", "closed")

    def failed(self, error: object) -> None:
        """The channel reported an error."""
        try:
            text = error_text(error)
        except Exception:  # an error that does not become text is still an error
            text = ""
        self._tell("error", text)

    def _tell(self, what: str, value: str) -> None:
        try:
            self._writer.append(Entry({"at": self._now(), what: value}, len(value)))
        except Exception:
            self._writer.unkept += 1

    def _now(self) -> float:
        """What the clock shows in milliseconds. A test of the game may have replaced it."""
        try:
            at = float(self._clock())
            if 0 <= at <= LATEST:
                self._last = round(at, 3)
        except Exception:  # then it has stopped
            pass
        return self._last

    def _entry(self, what: str, values: tuple[Any, ...], named: Mapping[str, Any]) -> Entry:
        data = values[0] if values else next(iter(named.values()), None)
        members: Json = {"at": self._now()}
        try:
            held = datagram(data)
        except Exception:  # such as a memoryview that was released; the game must not notice
            held = None
        if held is None:
            members["missing"] = 1
            return Entry(members, 0)
        members[what] = held
        if what == "sent":
            members.update(self._waiting())
        size = len(held) if isinstance(held, str) else len(held["text"])
        return Entry(members, size, what != "sent")

    def _waiting(self) -> Json:
        if self._buffered is None:
            return {}
        try:
            amount = int(self._buffered())
        except Exception:  # the game must not notice
            return {}
        return {"buffered": min(amount, MOST_BUFFERED)} if amount > 0 else {}

    # Whatever goes wrong in the tap, such as at the end of the stack, is caught without a further call.

    def _sender(self, original: Callable[..., Any]) -> Callable[..., Any]:
        writer = self._writer

        def send(*values: Any, **named: Any) -> Any:
            entry = None
            is_sent = False
            try:
                try:
                    entry = self._entry("sent", values, named)
                    writer.append(entry)
                except Exception:
                    writer.unkept += 1
                result = original(*values, **named)
                is_sent = result is not False
                return result
            finally:
                if entry is not None:
                    try:
                        if not is_sent and "sent" in entry.members:
                            entry.members = refused(entry.members)
                        entry.is_done = True
                        writer.wake()
                    except Exception:
                        entry.is_done = True

        return send

    def _receiver(self, original: Callable[..., Any]) -> Callable[..., Any]:
        writer = self._writer

        def receive(*values: Any, **named: Any) -> Any:
            try:
                writer.append(self._entry("received", values, named))
            except Exception:
                writer.unkept += 1
            return original(*values, **named)

        return receive


def refused(members: Json) -> Json:
    return {"refused" if name == "sent" else name: value for name, value in members.items()}
