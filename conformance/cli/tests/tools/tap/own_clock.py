"""Two peers of the Python implementation play over a bad line in virtual time, each with a tap that shares
its clock. The arguments are the folder for the captures, and whether the first peer repeats its ENDs."""

import random
import sys
from pathlib import Path

from rollwire_reference import Parameters, Peer, state_digest
from rollwire_tap import Tap

STEP = 16  # milliseconds
LENGTH = 60  # frames of a round
ROUNDS = 4
LATENCY = 260  # milliseconds: an END is repeated before that of the partner is here

folder, repeats = Path(sys.argv[1]), sys.argv[2]
chance = random.Random(7)
flying: list[tuple[int, int, bytes]] = []
now = 0


class Side:
    def __init__(self, local: int) -> None:
        self.local = local
        setup = {"local": local, "parameters": {"redundancy": 5}}
        self.tap = Tap(
            folder / f"{local}.jsonl",
            self.send,
            lambda datagram: self.peer.receive(datagram),
            peer=f"player {local}",
            setup=setup,
            clock=lambda: self.peer.now,
        )
        end_repeat_ms = 0 if local == 0 and repeats == "no" else 250
        parameters = Parameters(redundancy=5, end_repeat_ms=end_repeat_ms)
        self.peer = Peer(self.tap, local, parameters=parameters)
        self.tap.opened()
        self.next = self.hashed = self.rounds = 0
        self.completed: int | None = None

    def send(self, datagram: bytes) -> None:
        if chance.random() > 0.1:
            flying.append((now + LATENCY + chance.randrange(40), 1 - self.local, datagram))

    @property
    def phase(self) -> str:
        episode = self.peer.episode
        return "complete" if episode is None else episode.phase

    def begin(self) -> None:
        if self.completed is None:
            self.completed = now
        is_next = now - self.completed > 700 and self.rounds < ROUNDS
        if is_next and self.peer.validation == "validated":
            self.peer.ready(state_digest("{}", "episode_ready").hash)
            self.next, self.hashed, self.completed = 0, 0, None
            self.rounds += 1

    def step(self) -> None:
        if self.phase == "complete":
            self.begin()
        if self.phase not in ("playing", "ending"):
            return
        # Beyond the end too: an INPUT repeats those that the partner may still lack (EPISODE-10).
        if self.next < 2 * LENGTH:
            self.peer.act(self.next, self.next % 5)
            self.next += 1
        confirmed = -1 if self.peer.confirmed is None else self.peer.confirmed
        while self.hashed <= min(confirmed, LENGTH):
            state = f'{{"frame":{self.hashed}}}'
            self.peer.confirm(self.hashed, state_digest(state, "state_hash").hash)
            self.hashed += 10
        self.peer.tick()
        if confirmed >= LENGTH - 1:
            self.peer.ended(LENGTH)
        elif self.next - confirmed > 20:
            self.peer.catch_up()


sides = [Side(0), Side(1)]
end = 60_000
while now < end:
    for side in sides:
        side.peer.advance(now - side.peer.now)
    due = [it for it in flying if it[0] == now]
    for _, to, datagram in due:
        sides[to].tap.receive(datagram)
    if now % STEP == 0:
        for side in sides:
            side.step()
    if all(side.rounds == ROUNDS and side.phase == "complete" for side in sides):
        end = min(end, now + 2000)
    now += 1
for side in sides:
    side.tap.close()
print(*(side.rounds for side in sides))
