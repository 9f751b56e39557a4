"""Two peers that play three episodes over a channel that loses datagrams and delivers them late."""

import random
import unittest

from rollwire_reference import Peer


class Player:
    """A game of which every action follows from the frame and the player."""

    def __init__(self, local, rng, loss):
        self.peer = Peer(self, local, first_frame=7)
        self.local, self.rng, self.loss = local, rng, loss
        self.air = []  # when a datagram arrives, and the datagram
        self.frame, self.length, self.played = 7, 0, []

    def send(self, datagram):
        if self.rng.random() >= self.loss:
            self.air.append((self.peer.now + self.rng.randrange(5, 80), datagram))

    def step(self, other):
        peer = self.peer
        peer.advance(16)
        for arrival in [it for it in other.air if it[0] <= peer.now]:
            other.air.remove(arrival)
            peer.receive(arrival[1])
        episode = peer.episode
        if episode is None or episode.phase == "complete":
            if episode:
                self.played.append((episode.end, episode.agreed, self.known(episode.end)))
            self.frame, self.length = 7, 7 + self.rng.randrange(40, 60)
            peer.ready("0" * 8)
        elif episode.phase in ("playing", "ending"):
            if self.frame - (peer.confirmed or 6) < 100:
                peer.act(self.frame, (self.frame * 7 + self.local) % 256)
                self.frame += 1
            if self.frame == self.length:
                peer.ended(self.frame)
            if peer.held and peer.held[0][0] > (peer.confirmed or 6) + 1:
                peer.catch_up()

    def known(self, end):
        return [self.peer.partner_action(frame) for frame in range(7, end)]


class TwoPeers(unittest.TestCase):
    def test_they_agree_whatever_is_lost(self):
        agreed = 0
        for seed in range(12):
            rng = random.Random(seed)
            loss = (seed % 4) * 0.1
            left, right = Player(0, rng, loss), Player(1, rng, loss)
            while min(len(left.played), len(right.played)) < 3:
                self.assertLess(left.peer.now, 60_000, seed)
                left.step(right)
                right.step(left)
            for ends in zip(left.played[:3], right.played[:3]):
                if all(both_know for _, both_know, _ in ends):
                    agreed += 1
                    self.assertEqual(ends[0][0], ends[1][0])
                for partner, (end, _, actions) in zip((1, 0), ends):
                    for frame, action in zip(range(7, end), actions):
                        allowed = (frame * 7 + partner) % 256, None if loss else "known"
                        self.assertIn(action, allowed)
        self.assertGreater(agreed, 30)


if __name__ == "__main__":
    unittest.main()
