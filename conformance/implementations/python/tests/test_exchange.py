"""The exchange: what the scenarios of the chapters do not show."""

import logging
import random
import unittest
from math import inf

from adapter_sessions import ToldChannel
from rollwire_reference import Exchange, Input, InputEntry, Mismatch, Refusal, encode
from tests.support import AA, BB, CC, datagram

TOP = 4294967295


def held(exchange):
    """Everything that an exchange holds, as copies."""
    return (
        list(exchange.queue),
        list(exchange.map.items()),
        list(exchange.history.items()),
        exchange.verified,
        list(exchange.events),
        exchange.rolling_back,
    )


class Rules(unittest.TestCase):
    def setUp(self):
        self.channel = ToldChannel()
        self.exchange = Exchange(self.channel)

    def confirm_all(self, frames):
        for frame in frames:
            self.exchange.confirm(frame, AA)

    def frames_sent(self):
        sent, self.channel.sent = self.channel.sent, []
        return [int(it[2:10], 16) for it in sent]

    def frames_queued(self):
        return [frame for frame, _ in self.exchange.queue]

    def test_the_history_keeps_the_newest_120_and_the_queue_all(self):
        self.exchange.confirm(TOP, AA)
        self.exchange.receive(datagram(500, BB))
        self.confirm_all(range(119))
        self.exchange.confirm(TOP, BB)  # still in the history: EXCH-2
        self.assertEqual(len(self.exchange.history), 120)
        self.exchange.confirm(500, BB)
        self.assertEqual(list(self.exchange.history), [*range(119), 500])
        self.assertEqual(self.exchange.verified, 500)
        self.exchange.confirm(TOP, CC)  # new again: EXCH-5
        self.exchange.tick()
        self.assertEqual(self.frames_sent(), [TOP, *range(119), 500, TOP])

    def test_the_map_keeps_4096_and_the_first_inserted_leaves(self):
        for frame in range(4096):
            self.exchange.receive(datagram(frame))
        self.exchange.receive(datagram(0, BB))  # keeps its place
        self.assertEqual(len(self.exchange.map), 4096)
        self.exchange.receive(datagram(9999))
        self.assertEqual((len(self.exchange.map), next(iter(self.exchange.map))), (4096, 1))
        self.exchange.confirm(12345, AA)
        self.exchange.receive(datagram(12345))  # compared at once, displaces nothing
        self.assertEqual((len(self.exchange.map), self.exchange.verified), (4096, 12345))

    def test_a_long_queue_drains(self):
        self.confirm_all(range(100000))
        self.exchange.tick()
        self.assertEqual(self.frames_sent(), list(range(100000)))
        self.assertFalse(self.exchange.queue)

    def test_the_edges_of_a_rollback(self):
        self.confirm_all([0, TOP - 1, TOP])
        self.exchange.receive(datagram(TOP))
        self.exchange.begin_rollback(TOP)
        self.assertEqual((self.frames_queued(), self.exchange.verified), ([0, TOP - 1], TOP - 1))
        self.exchange.begin_rollback(0)
        self.assertEqual((self.frames_queued(), self.exchange.verified), ([], None))
        self.exchange.reset()
        self.assertFalse(self.exchange.rolling_back)

    def test_bad_arguments_change_nothing(self):
        self.exchange.confirm(1, AA)
        self.exchange.receive(datagram(2))
        bad = [(-1, AA), (TOP + 1, AA), (1.0, AA), (True, AA), ("1", AA), (None, AA)]
        bad += [
            (frame, hash)
            for frame in (1, 2, 3)
            for hash in (
                "",
                AA[1:],
                AA + "a",
                "AA" * 8,
                "0x" + AA[2:],
                AA[1:] + "\n",
                AA.encode(),
                None,
            )
        ]
        before = held(self.exchange)
        for frame, hash in bad:
            self.assertRaises(Refusal, self.exchange.confirm, frame, hash)
        for frame, _ in bad[:6]:
            self.assertRaises(Refusal, self.exchange.begin_rollback, frame)
        self.assertFalse(self.exchange.rolling_back)
        self.assertEqual(held(self.exchange), before)

    def test_other_datagrams_change_nothing(self):
        self.exchange.receive(datagram(2))
        before = held(self.exchange)
        for data in (
            b"",
            b"\x07",
            datagram(2)[:-1],
            datagram(2, BB) + b"\0",
            b"\x04",
            b"\xff" * 13,
            b"\x06\0\0\0\x02aaaaaaaa",
            encode(Input(0, 1, (InputEntry(2, 1),))),
        ):
            self.assertFalse(self.exchange.receive(data))
        for data in ("07", None, 7):  # a mistake of the game, not of the peer
            self.assertRaises(TypeError, self.exchange.receive, data)
        self.assertEqual(held(self.exchange), before)
        self.assertTrue(self.exchange.receive(bytearray(datagram(2, BB))))
        self.assertTrue(self.exchange.receive(memoryview(datagram(3))))
        self.assertEqual(self.exchange.map, {2: BB, 3: AA})

    def test_any_order_of_stimuli_against_a_plain_model(self):
        for seed in range(50):
            rng = random.Random(seed)
            self.setUp()
            queue, history, rolling = [], [], False
            for _ in range(300):
                kind, frame = rng.randrange(8), rng.randrange(200)
                if kind < 4 and frame not in history:
                    queue.append(frame)
                    history = (history + [frame])[-120:]
                if kind < 4:
                    self.exchange.confirm(frame, AA)
                elif kind == 4:
                    accept = rng.choice((0, 1, 3, 500))
                    self.channel.sends(accept, inf, rng.choice((False, True)))
                    self.exchange.tick()
                    count = 0 if rolling else min(accept, len(queue))
                    self.assertEqual(self.frames_sent(), queue[:count])
                    del queue[:count]
                elif kind == 5 and frame > 150:
                    self.exchange.begin_rollback(frame)
                    queue = [it for it in queue if it < frame]
                    history, rolling = [it for it in history if it < frame], True
                elif kind == 6:
                    self.exchange.end_rollback()
                    rolling = False
                self.assertEqual(self.frames_queued(), queue)
                self.assertEqual(list(self.exchange.history), history)

    def test_events_outlive_a_rollback_and_the_games_list_a_reset(self):
        self.exchange.confirm(5, AA)
        self.exchange.receive(datagram(5, BB))
        self.exchange.begin_rollback(0)
        events = self.exchange.events
        self.exchange.reset()
        self.assertEqual((events, self.exchange.events), ([Mismatch(5, AA, BB)], []))


class CallingBack(unittest.TestCase):
    """A channel whose `send` runs `inside`, once for each datagram, and answers what that does."""

    is_open = True

    def setUp(self):
        self.exchange, self.frames, self.inside = Exchange(self), [], lambda frame: None
        for frame in (1, 2, 3):
            self.exchange.confirm(frame, AA)

    def send(self, data):
        self.frames.append(int.from_bytes(data[1:5], "big"))
        return self.inside(self.frames[-1])

    def tick(self):
        self.frames = []
        self.exchange.tick()
        return self.frames, [frame for frame, _ in self.exchange.queue]

    def test_what_send_answers(self):
        self.inside = lambda frame: False
        self.assertEqual(self.tick(), ([1], [1, 2, 3]))
        self.inside = lambda frame: frame != 2
        self.assertEqual(self.tick(), ([1, 2], [2, 3]))
        self.inside = lambda frame: None  # accepted
        self.assertEqual(self.tick(), ([2, 3], []))

    def test_errors(self):
        def throw(frame):
            raise error

        self.inside = throw
        for error in (OSError("full"), ValueError(), AssertionError(), RecursionError()):
            self.assertEqual(self.tick(), ([1], [1, 2, 3]))
            self.assertIs(self.exchange.last_error, error)
        for error in (KeyboardInterrupt(), SystemExit(), GeneratorExit()):
            with self.assertRaises(type(error)):  # is for the program, but nothing is lost
                self.tick()
            self.assertEqual(len(self.exchange.queue), 3)
        self.inside = lambda frame: None
        self.assertEqual(self.tick(), ([1, 2, 3], []))

    def test_a_channel_that_closes_within_a_tick(self):
        self.inside = lambda frame: setattr(self, "is_open", frame != 2)
        self.assertEqual(self.tick(), ([1, 2], [3]))
        self.assertEqual(self.tick(), ([], [3]))

    def test_a_tick_within_a_tick_does_nothing(self):
        self.inside = lambda frame: self.exchange.tick()
        self.assertEqual(self.tick(), ([1, 2, 3], []))

    def test_a_confirm_waits_for_the_next_tick(self):
        self.inside = lambda frame: self.exchange.confirm(frame + 10, BB)
        self.assertEqual(self.tick(), ([1, 2, 3], [11, 12, 13]))

    def test_a_reset_leaves_nothing_behind(self):
        for answer in (None, False):

            def reset(frame, answer=answer):
                self.exchange.reset()
                self.exchange.confirm(frame, AA)  # the same frame and hash, and yet another entry
                return answer

            self.setUp()
            self.inside = reset
            self.assertEqual(self.tick(), ([1], [1]))

    def test_a_rollback_ends_the_tick(self):
        for answer, target, left in (
            (None, 2, []),
            (False, 2, [1]),
            (None, 3, [2]),
            (False, 0, []),
            (None, 0, []),
        ):

            def back(frame, answer=answer, target=target):
                self.exchange.begin_rollback(target)
                return answer

            self.setUp()
            self.inside = back
            self.assertEqual(self.tick(), ([1], left))
            self.exchange.end_rollback()
            self.inside = lambda frame: None
            self.assertEqual(self.tick(), (left, []))

    def test_a_received_hash(self):
        self.inside = lambda frame: self.exchange.receive(datagram(frame))
        self.assertEqual(self.tick(), ([1, 2, 3], []))
        self.assertEqual(self.exchange.verified, 3)


class Logging(unittest.TestCase):
    def work(self):
        exchange = Exchange(ToldChannel())
        exchange.confirm(5, AA)
        exchange.channel.sends(0, 1, True)
        exchange.tick()  # refused: not sent
        exchange.tick()
        exchange.receive(b"\x07")
        exchange.receive(datagram(10))

    def test_lines(self):
        with self.assertLogs("rollwire.exchange", "DEBUG") as logs:
            self.work()
        self.assertEqual(
            [record.getMessage() for record in logs.records],
            [
                "Failed to send hash for frame 5",
                "Sent hash for frame 5",
                "Received peer hash for frame 10",
            ],
        )

    def test_off(self):  # then it costs no record
        self.addCleanup(logging.setLogRecordFactory, logging.getLogRecordFactory())
        logging.setLogRecordFactory(lambda *_, **__: self.fail("a record was made"))
        self.work()


if __name__ == "__main__":
    unittest.main()
