"""Uses the package as a game would; checked by mypy, and run."""

import os

from rollwire_tap import Tap


class Channel:
    def send(self, data: bytes) -> int:
        return len(data)


def handle(data: bytes) -> None:
    channel.send(data)


channel = Channel()
with Tap(os.devnull, channel.send, handle, peer="ann", buffered=lambda: 0) as tap:
    length: int = tap.send(b"\x04")
    tap.receive(b"\x04")
    tap.opened()
with Tap(os.devnull, channel.send, handle, setup={"local": 0}, clock=lambda: 5) as tap:
    length += tap.send(b"\x04")
print("ok" if length == 2 else "wrong")
