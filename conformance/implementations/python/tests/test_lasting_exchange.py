"""An exchange and a peer with hashes that last: what `send` calls, bounds and options."""

import unittest

from adapter_sessions import ToldChannel
from rollwire_reference import (
    EVENTS_BOUND,
    EpisodeEnd,
    EpisodeReady,
    Exchange,
    Mismatch,
    Parameters,
    Peer,
    Refusal,
    encode,
)
from tests.support import AA, BB, CC, datagram

TOP = 4294967295


def lasting(channel=None, sends=1):
    return Exchange(channel or ToldChannel(), lasting_hashes=True, hash_sends=sends)


class CallingBack(unittest.TestCase):
    """A channel whose `send` runs `inside` for each datagram: EXCH-33."""

    is_open = True

    def setUp(self):
        self.exchange, self.inside = lasting(self, 2), lambda frame: None
        for frame in (1, 2, 3):
            self.exchange.confirm(frame, AA)

    def send(self, data):
        self.frames.append(int.from_bytes(data[1:5], "big"))
        return self.inside(self.frames[-1])

    def tick(self):
        self.frames = []
        self.exchange.tick()
        return self.frames, [frame for frame, _ in self.exchange.queue]

    def test_a_tick_and_a_confirm(self):
        def inside(frame):
            self.exchange.tick()
            self.exchange.confirm(frame + 10, BB)

        self.inside = inside
        self.assertEqual(self.tick(), ([1, 2, 3], [1, 2, 3, 11, 12, 13]))
        self.inside = lambda frame: None
        self.assertEqual(self.tick(), ([1, 2, 3, 11, 12, 13], [11, 12, 13]))
        self.assertEqual(self.tick(), ([11, 12, 13], []))

    def test_a_rollback_counts_the_send_during_which_it_began(self):
        self.inside = lambda frame: self.exchange.begin_rollback(3)
        self.assertEqual(self.tick(), ([1], [1, 2]))
        self.exchange.end_rollback()
        self.inside = lambda frame: None
        self.assertEqual(self.tick(), ([1, 2], [2]))
        self.assertEqual(self.tick(), ([2], []))

    def test_a_rollback_during_the_last_send(self):
        self.tick()
        self.inside = lambda frame: self.exchange.begin_rollback(2)
        self.assertEqual(self.tick(), ([1], []))

    def test_a_reset_leaves_nothing_behind(self):
        def reset(frame):
            self.exchange.reset()
            self.exchange.confirm(frame, AA)  # another entry, of which nothing was sent

        self.tick()
        self.inside = reset
        self.assertEqual(self.tick(), ([1], [1]))
        self.inside = lambda frame: None
        self.assertEqual(self.tick(), ([1], [1]))
        self.assertEqual(self.tick(), ([1], []))

    def test_a_channel_that_closes_within_a_tick(self):
        self.inside = lambda frame: setattr(self, "is_open", frame != 2)
        self.assertEqual(self.tick(), ([1, 2], [1, 2, 3]))
        self.is_open, self.inside = True, lambda frame: None
        self.assertEqual(self.tick(), ([1, 2, 3], [3]))


class Bounds(unittest.TestCase):
    def test_the_map_keeps_4096_and_the_first_inserted_leaves(self):
        exchange = lasting()
        for frame in range(4096):
            exchange.receive(datagram(frame))
        exchange.receive(datagram(0, BB))  # keeps its place
        exchange.confirm(9999, AA)
        exchange.receive(datagram(9999))  # compared, and stays
        self.assertEqual((len(exchange.map), next(iter(exchange.map))), (4096, 1))
        self.assertEqual((exchange.verified, exchange.map[9999]), (9999, AA))

    def test_what_leaves_the_map_or_the_history_was_compared_all_the_same(self):
        exchange = lasting()
        for frame in range(10_000):
            exchange.confirm(frame, AA)
            exchange.receive(datagram(frame, BB if frame == 7000 else AA))
        self.assertEqual((exchange.verified, len(exchange.map)), (6999, 4096))
        exchange.begin_rollback(7000)
        self.assertEqual(exchange.verified, 6999)
        exchange.begin_rollback(50)
        self.assertEqual(exchange.verified, 49)
        exchange.begin_rollback(0)
        self.assertIsNone(exchange.verified)

    def test_a_wrong_hash_that_never_ends(self):
        exchange = lasting()
        exchange.confirm(5, AA)
        for number in range(EVENTS_BOUND + 10):
            exchange.receive(datagram(5, f"{number:016x}"))
        self.assertEqual((len(exchange.events), exchange.events_dropped), (EVENTS_BOUND, 10))
        exchange.receive(datagram(5, f"{0:016x}"))  # among the events: not dropped
        self.assertEqual(exchange.events_dropped, 10)
        exchange.reset()
        self.assertEqual((exchange.events, exchange.events_dropped), ([], 0))

    def test_a_long_queue_drains(self):
        exchange = lasting(sends=3)
        for frame in range(100_000):
            exchange.confirm(frame, AA)
        for left in (100_000, 100_000, 0):
            exchange.tick()
            self.assertEqual(len(exchange.queue), left)
        self.assertEqual(len(exchange.channel.sent), 300_000)

    def test_the_edges_of_a_rollback(self):
        exchange = lasting()
        for frame in (0, TOP - 1, TOP):
            exchange.confirm(frame, AA)
            exchange.receive(datagram(frame))
        for target, verified in ((TOP, TOP - 1), (TOP - 1, 0), (1, 0), (0, None)):
            exchange.begin_rollback(target)
            self.assertEqual(exchange.verified, verified)
        self.assertEqual(list(exchange.map), [0, TOP - 1, TOP])


class Options(unittest.TestCase):
    def test_wrong_ones_are_refused(self):
        for sends in (0, 4, -1, True, 1.0, "1", None):
            for flag in (True, False):
                with self.assertRaises(Refusal):
                    Exchange(ToldChannel(), lasting_hashes=flag, hash_sends=sends)
            self.assertRaises(Refusal, Parameters, hash_sends=sends)
        for flag in (2, 0, None, "yes"):
            with self.assertRaises(Refusal):
                Exchange(ToldChannel(), lasting_hashes=flag)
            with self.assertRaises(Refusal):
                Peer(ToldChannel(), 0, lasting_hashes=flag)

    def test_without_lasting_hashes_the_number_of_sends_has_no_effect(self):
        for it in (
            Exchange(ToldChannel(), hash_sends=3),
            Peer(ToldChannel(), 0, parameters=Parameters(hash_sends=3)),
        ):
            it.confirm(5, AA)
            it.tick()
            it.tick()
            exchange = getattr(it, "exchange", it)
            self.assertEqual(len(it.channel.sent), 1)
            it.receive(datagram(9))
            it.begin_rollback(9)
            self.assertEqual((exchange.map, list(exchange.queue)), ({}, []))

    def test_a_peer(self):
        peer = Peer(ToldChannel(), 0, lasting_hashes=True, parameters=Parameters(hash_sends=2))
        peer.ready("a" * 8)
        peer.receive(encode(EpisodeReady(1, "a" * 8)))
        peer.receive(datagram(5, CC))
        peer.begin_rollback(0)
        peer.confirm(5, AA)
        peer.end_rollback()
        self.assertEqual(peer.exchange.events, [Mismatch(5, AA, CC)])
        peer.channel.sent.clear()
        for _ in range(3):
            peer.tick()
        self.assertEqual(peer.channel.sent, [datagram(5).hex()] * 2)
        peer.confirm(10, AA)
        peer.tick()
        peer.ended(0)
        peer.receive(encode(EpisodeEnd(0, 0)))
        peer.tick()  # the completion takes no send away: EPISODE-15
        self.assertEqual(peer.channel.sent.count(datagram(10).hex()), 2)
        peer.confirm(15, AA)
        peer.tick()
        peer.ready("a" * 8)  # but the next `ready` does
        peer.tick()
        self.assertEqual(peer.channel.sent.count(datagram(15).hex()), 1)
        self.assertEqual((peer.exchange.map, peer.exchange.events), ({}, []))

    def test_peers_of_both_ways_play_together(self):
        plain, other = Exchange(ToldChannel()), lasting(sends=2)
        for frame in (5, 10):
            plain.confirm(frame, AA)
            other.confirm(frame, AA)
        for _ in range(2):
            for it, partner in ((plain, other), (other, plain)):
                it.tick()
                for data in it.channel.sent:
                    partner.receive(bytes.fromhex(data))
                it.channel.sent.clear()
        self.assertEqual((plain.verified, other.verified), (10, 10))
        self.assertEqual((plain.map, list(other.map)), ({}, [5, 10]))


if __name__ == "__main__":
    unittest.main()
