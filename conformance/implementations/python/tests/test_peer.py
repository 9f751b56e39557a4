"""A peer as a game uses it: arguments, chapters, errors, bounds and time."""

import random
import unittest

from adapter_sessions import ToldChannel
from rollwire_reference import (
    CHAPTERS,
    EVENTS_BOUND,
    EpisodeEnd,
    EpisodeReady,
    FocusState,
    Input,
    InputEntry,
    InputRequest,
    InputResponse,
    Parameters,
    Peer,
    Ping,
    Pong,
    Refusal,
    StateHash,
    ValidationPing,
    ValidationPong,
    decode,
    encode,
    timestamp_bits,
)
from tests.support import AA, BB

TOP = 4294967295


def state(peer):
    """Everything that a game can read, as copies."""
    exchange = peer.exchange
    return (
        peer.now,
        peer.confirmed,
        peer.held,
        peer.round_trips,
        peer.validation,
        peer.episode,
        peer.request,
        peer.partner,
        (list(exchange.queue), dict(exchange.map), dict(exchange.history), exchange.verified),
        (list(exchange.events), exchange.events_dropped),
    )


def started(peer):
    """The first episode has begun at both peers."""
    peer.ready("a" * 8)
    peer.receive(encode(EpisodeReady(1, "a" * 8)))
    return peer


def entries_from(first, count):
    return [InputEntry(frame, frame % 256) for frame in range(first, first + count)]


class Arguments(unittest.TestCase):
    def test_bad_options(self):
        for local in (-1, 2, 0.0, True, "0", None):
            self.assertRaises(Refusal, Peer, ToldChannel(), local)
        for first_frame in (-1, TOP + 1, 1.0, True, None):
            self.assertRaises(Refusal, Peer, ToldChannel(), 0, first_frame)
        for chapters in ({"input"}, {"episodes"}, {"catch-up", "focus"}, {"inputs", "detect"}):
            self.assertRaises(ValueError, Peer, ToldChannel(), 0, chapters=chapters)
        for numbers in (
            {"redundancy": 0},
            {"redundancy": 16},
            {"redundancy": 1.0},
            {"redundancy": True},
            {"ahead": 255},
            {"ahead": 4097},
            {"kept": 1023},
            {"kept": 1000001},
            {"validation_repeat_ms": 250},
            {"end_repeat_ms": 500},
            {"request_repeats": 3},
            {"request_repeats": None},
        ):
            self.assertRaises(Refusal, Parameters, **numbers)

    def test_bad_arguments_change_nothing(self):
        peer = started(Peer(ToldChannel(), 0))
        peer.act(0, 1)
        before = state(peer), list(peer.channel.sent)
        numbers = (-1, TOP + 1, 1.0, True, "1", None)
        hashes = ("", "a" * 7, "a" * 9, "A" * 8, "0x" + "a" * 6, b"a" * 8, None)
        for bad in numbers:
            for stimulus, *arguments in (
                (peer.advance, bad),
                (peer.act, bad, 1),
                (peer.ended, bad),
                (peer.focus, False, bad),
                (peer.confirm, bad, AA),
                (peer.begin_rollback, bad),
            ):
                self.assertRaises(Refusal, stimulus, *arguments)
        for bad in (256, -1, True, 1.0, None):
            self.assertRaises(Refusal, peer.act, 1, bad)
        for bad in (0, 1, None, "shown"):
            self.assertRaises(Refusal, peer.focus, bad, 1)
        for bad in hashes:
            self.assertRaises(Refusal, peer.ready, bad)
            self.assertRaises(Refusal, peer.confirm, 1, bad)
        self.assertRaises(Refusal, peer.advance, 3_600_001)
        for bad in ("04", None, 4):  # a mistake of the game, not of the partner
            self.assertRaises(TypeError, peer.receive, bad)
        for bad in (b"", b"\x08", b"\x01", b"\x02" + bytes(9), b"\x05" + bytes(7)):
            peer.receive(bad)
        self.assertEqual((state(peer), list(peer.channel.sent)), before)

    def test_a_datagram_may_be_overwritten_after_the_call(self):
        peer = started(Peer(ToldChannel(), 0))
        buffer = bytearray(encode(Input(1, 0, [InputEntry(0, 7)])))
        peer.receive(memoryview(buffer))
        buffer[:] = bytes(len(buffer))
        self.assertEqual(peer.held, [(0, 7)])


MESSAGES = {
    "inputs": [Input(1, 0, [InputEntry(0, 7)])],
    "liveness": [Ping(1), Pong(timestamp_bits(500))],
    "validation": [ValidationPing(1), ValidationPong(timestamp_bits(100))],
    "episodes": [EpisodeReady(1, "a" * 8), EpisodeEnd(0, 0)],
    "catch-up": [InputRequest(0, 9), InputResponse(1, [InputEntry(0, 7)])],
    "focus": [FocusState(False, 0)],
    "exchange": [StateHash(0, AA)],
}


class Chapters(unittest.TestCase):
    def test_what_a_peer_does_not_have_does_not_happen(self):
        for missing in CHAPTERS:
            chapters = CHAPTERS - {missing}
            if missing == "inputs":
                chapters -= {"episodes", "catch-up"}
            peer = Peer(ToldChannel(), 0, chapters=chapters)
            stimuli = {
                "inputs": [lambda it: it.act(0, 1)],
                "liveness": [],
                "validation": [],
                "episodes": [lambda it: it.ready("a" * 8), lambda it: it.ended(0)],
                "catch-up": [lambda it: it.catch_up()],
                "focus": [lambda it: it.focus(False, 0)],
                "exchange": [
                    lambda it: it.confirm(0, AA),
                    lambda it: it.tick(),
                    lambda it: it.begin_rollback(0),
                    lambda it: it.end_rollback(),
                ],
            }[missing]
            peer.advance(600)
            started(peer)
            peer.receive(encode(Input(1, 5, [InputEntry(5, 1)])))  # a hole to ask for
            before = state(peer)
            messages = [decode(bytes.fromhex(it)) for it in peer.channel.sent]
            for stimulus in stimuli:
                stimulus(peer)
            for message in MESSAGES[missing]:
                peer.receive(encode(message))
            self.assertEqual(state(peer), before, missing)
            messages += [decode(bytes.fromhex(it)) for it in peer.channel.sent]
            for message in messages:
                self.assertNotIn(type(message), map(type, MESSAGES[missing]))

    def test_inputs_alone(self):
        peer = Peer(ToldChannel(), 1, chapters={"inputs"})
        peer.act(0, 3)
        peer.receive(encode(Input(0, 0, [InputEntry(0, 7)])))
        peer.advance(3_600_000)
        self.assertEqual((peer.confirmed, peer.partner_action(0)), (0, 7))
        self.assertEqual(len(peer.channel.sent), 1)
        peer.closed()
        for frame in range(1, 20):
            peer.act(frame, 3)
        peer.opened()
        peer.act(20, 3)  # without catch-up, what was never sent is not told
        self.assertEqual(len(peer.channel.sent), 2)

    def test_round_trips_without_validation(self):
        peer = Peer(ToldChannel(), 0, chapters={"liveness"})
        peer.advance(499)
        self.assertEqual(peer.channel.sent, [])
        peer.advance(1)
        peer.closed()
        peer.advance(100)
        peer.opened()
        peer.advance(500)
        pings = [encode(Ping(timestamp_bits(time))).hex() for time in (500, 1100)]
        self.assertEqual(peer.channel.sent, pings)

    def test_parameters(self):
        numbers = Parameters(3, 256, 1024, 0, 0, 0)
        peer = Peer(ToldChannel(), 0, parameters=numbers)
        peer.advance(15_000)
        self.assertEqual(peer.channel.sent, [encode(ValidationPing(timestamp_bits(100))).hex()])
        started(peer)
        for frame in range(5):
            peer.act(frame, 0)
        self.assertEqual(len(decode(bytes.fromhex(peer.channel.sent[-1])).entries), 3)
        peer.receive(encode(Input(1, 0, [InputEntry(255, 1), InputEntry(256, 1)])))
        self.assertEqual(peer.held, [(255, 1)])
        peer.catch_up()
        peer.ended(5)
        sent = len(peer.channel.sent)
        peer.advance(2000)
        self.assertEqual((len(peer.channel.sent), peer.episode.phase), (sent, "complete"))


class Sending(unittest.TestCase):
    def test_errors_stay_inside(self):
        for error in (OSError("full"), ValueError(), AssertionError(), RecursionError()):

            class Broken:
                def send(self, datagram, error=error):
                    raise error

            peer = started(Peer(Broken(), 0))
            peer.advance(100)
            peer.act(0, 1)
            peer.receive(encode(Ping(1)))
            peer.focus(False, 0)
            peer.confirm(5, AA)
            peer.tick()
            self.assertIs(peer.last_error, error)
            self.assertEqual(list(peer.exchange.queue), [(5, AA)])
            peer.channel = ToldChannel()
            peer.act(1, 2)
            peer.tick()
            self.assertEqual(
                peer.channel.sent,
                [
                    encode(Input(0, 1, [InputEntry(0, 1), InputEntry(1, 2)])).hex(),
                    encode(StateHash(5, AA)).hex(),
                ],
            )

    def test_an_interrupt_is_for_the_program(self):
        class Interrupted:
            def send(self, datagram):
                raise KeyboardInterrupt

        peer = Peer(Interrupted(), 0, chapters={"inputs"})
        self.assertRaises(KeyboardInterrupt, peer.act, 0, 1)
        peer.channel = ToldChannel()
        peer.act(1, 1)
        self.assertEqual(len(peer.channel.sent), 1)

    def test_send_may_call_the_peer(self):
        sent = []

        class Loop:
            def send(self, datagram):
                sent.append(datagram)
                peer.tick()  # does nothing within a stimulus
                if datagram[0] == 0x01 and len(sent) < 4:
                    peer.act(len(sent), 9)
                    peer.reset()

        peer = Peer(Loop(), 0, chapters={"inputs", "exchange"})
        peer.confirm(5, AA)
        peer.act(0, 1)
        # The act of frame 1 comes after that of frame 0, and only then the reset.
        self.assertEqual([decode(it).current_frame for it in sent], [0, 1])
        self.assertEqual((peer.confirmed, list(peer.exchange.queue)), (None, []))

    def test_two_peers_whose_channels_deliver_at_once(self):
        class Wire:
            def send(self, datagram):
                self.to.receive(datagram)

        wires = Wire(), Wire()
        peers = [Peer(wire, local) for local, wire in enumerate(wires)]
        wires[0].to, wires[1].to = peers[1], peers[0]
        for _ in range(2):
            for peer in peers:
                peer.advance(100)
        for peer in peers:
            peer.ready("a" * 8)
        for frame in range(30):
            for peer in peers:
                peer.act(frame, frame)
        for peer in peers:
            self.assertEqual((peer.validation, peer.confirmed), ("validated", 29))
            self.assertEqual(peer.episode[1:], ("playing", None, None, "both", "equal"))


class Bounds(unittest.TestCase):
    """What the partner sends, and how often, decides about no memory and little time (PEER-5)."""

    def test_entries(self):
        peer = started(Peer(ToldChannel(), 0))
        for first in range(0, 300_000, 60_000):
            peer.receive(encode(InputResponse(1, entries_from(first, 60_000))))
        self.assertEqual(len(peer.held), 4096)
        peer.receive(encode(InputResponse(1, [InputEntry(0, 1)] * 65535)))
        self.assertEqual(len(peer.held), 4096)

    def test_messages_that_repeat(self):
        peer = started(Peer(ToldChannel(), 0))
        peer.confirm(5, AA)
        for message in (
            Ping(1),
            Pong(1),
            ValidationPing(1),
            ValidationPong(1),
            EpisodeReady(1, "a" * 8),
            EpisodeReady(2, "a" * 8),
            EpisodeReady(TOP, "a" * 8),
            EpisodeEnd(5, 0),
            EpisodeEnd(5, 1),
            StateHash(5, BB),
            FocusState(False, 1),
            InputRequest(0, TOP),
        ):
            datagram = encode(message)
            for _ in range(EVENTS_BOUND + 10 if isinstance(message, StateHash) else 1000):
                peer.receive(datagram)
        events, dropped = peer.exchange.events, peer.exchange.events_dropped
        self.assertEqual((len(events), dropped), (EVENTS_BOUND, 10))
        peer.reset()
        self.assertEqual(peer.exchange.events_dropped, 0)

    def test_a_response_is_short_whatever_is_asked(self):
        peer = started(Peer(ToldChannel(), 0, parameters=Parameters(kept=1_000_000)))
        for frame in range(4000):
            peer.act(frame, frame % 256)
        for request, first in ((InputRequest(0, TOP), 0), (InputRequest(500, TOP), 500)):
            peer.receive(encode(request))
            response = decode(bytes.fromhex(peer.channel.sent[-1]))
            self.assertEqual(response, InputResponse(0, tuple(entries_from(first, 3275))))

    def test_actions_are_remembered_for_a_game_that_looks_after_each_datagram(self):
        peer = started(Peer(ToldChannel(), 0))
        for frame in range(10_000):
            peer.act(frame, 0)
        for first in range(0, 8192, 4096):
            peer.receive(encode(InputResponse(1, entries_from(first, 4096))))
            self.assertEqual(peer.confirmed, first + 4095)
            for frame, action in entries_from(first, 4096):
                self.assertEqual(peer.partner_action(frame), action)
        self.assertIsNone(peer.partner_action(4095))
        self.assertIsNone(peer.partner_action(8192))


class Cutting(unittest.TestCase):
    def test_how_time_is_cut_makes_no_difference(self):
        for seed in range(30):
            rng = random.Random(seed)
            one, many = Peer(ToldChannel(), 0), Peer(ToldChannel(), 0)
            for _ in range(60):
                whole = rng.choice((0, 1, 100, 249, 500, 1000, 1750, 5000))
                one.advance(whole)
                cuts = sorted([0, whole, *(rng.randint(0, whole) for _ in range(3))])
                for before, after in zip(cuts, cuts[1:]):
                    many.advance(after - before)
                name, *arguments = rng.choice(
                    (
                        ("ready", "a" * 8),
                        ("ended", rng.randrange(5)),
                        ("receive", encode(EpisodeReady(rng.randrange(3), "a" * 8))),
                        ("receive", encode(EpisodeEnd(rng.randrange(5), rng.randrange(2)))),
                        ("receive", encode(Input(1, 0, [InputEntry(rng.randrange(9), 1)]))),
                        ("receive", encode(ValidationPing(1))),
                        (
                            "receive",
                            encode(ValidationPong(timestamp_bits(rng.randrange(1, 40) * 100))),
                        ),
                        ("act", rng.randrange(5), 1),
                        ("catch_up",),
                        ("closed",),
                        ("opened",),
                        ("focus", rng.random() < 0.5, 1),
                    )
                )
                for peer in (one, many):
                    getattr(peer, name)(*arguments)
                self.assertEqual(state(one), state(many))
                self.assertEqual(one.channel.sent, many.channel.sent)


if __name__ == "__main__":
    unittest.main()
