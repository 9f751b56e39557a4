"""python3 -m unittest, in this folder. The scenarios are read from the specification's chapters."""

import json
import logging
import os
import random
import subprocess
import sys
import unittest

import session
from exchange import Exchange, Mismatch
from rollwire import Input, InputEntry, Refusal, StateHash, encode

HERE = os.path.dirname(os.path.abspath(__file__))
ADAPTER = os.path.join(HERE, "adapter.py")
AA, BB, CC = "aa" * 8, "bb" * 8, "cc" * 8
TOP = 4294967295

OWN_SCENARIOS = [
    # The verified frame is a high-water mark (DETECT-5).
    [
        "confirm 10 aa",
        "confirm 5 bb",
        "recv 07 0000000a aaaaaaaaaaaaaaaa | verified 10",
        "recv 07 00000005 bbbbbbbbbbbbbbbb | verified 10 | map - | events -",
    ],
    # A confirm within a rollback waits too, and the end goes by frames (DETECT-8, DETECT-9).
    [
        "rollback begin 4",
        *[f"recv 07 000000{frame:02x} aaaaaaaaaaaaaaaa" for frame in (9, 16, 8)],
        "confirm 16 bb | map 8 9 16",
        "confirm 9 bb | events -",
        "confirm 8 bb | verified none",
        "confirm 8 aa | history 8=bb 9=bb 16=bb",
        "rollback end | map - | events 8 9 16",
    ],
    # A closed channel keeps the queue, and an empty datagram is one like any other (EXCH-10).
    [
        "channel closed",
        "confirm 1 aa",
        "tick | queue 1",
        "recv | map -",
        "recv 07 00000001 bbbbbbbbbbbbbbbb | events 1",
        "channel open | queue 1",
        "tick | sent 1",
    ],
]


def datagram(frame, hash=AA):
    return encode(StateHash(frame, hash))


def scenarios(chapter):
    """The lines of each block ```scenario, as in `confirm 10 aa | queue 10`."""
    with open(os.path.join(HERE, "..", "..", "..", "spec", chapter), encoding="utf-8") as file:
        parts = file.read().split("```scenario\n")[1:]
    return [[line for line in part.split("```")[0].splitlines() if line.strip()] for part in parts]


def stimulus(text):
    name, *words = text.split()
    if name == "confirm":
        return {name: {"frame": int(words[0]), "hash": words[1] * 8}}
    if name == "recv":
        return {name: "".join(words)}
    if name == "rollback":
        return {name: "end" if words == ["end"] else {"begin": int(words[1])}}
    if name == "channel":
        return {name: words[0]}
    if name == "sends":  # sends accept 1 refuse 1 by false
        refuse = words[3] if words[3] == "all" else int(words[3])
        return {name: {"accept": int(words[1]), "refuse": refuse, "how": words[5]}}
    return {name: {}}  # tick and reset


def pairs_of(name, value):
    """Every frame and hash of one member of an observation; where there is no hash, None."""
    if name == "sent":
        return [(int(it[2:10], 16), it[10:]) for it in value]
    if name == "verified":
        return [] if value is None else [(value, None)]
    return [(it["frame"], None) for it in value] if name == "events" else value


class Chapters(unittest.TestCase):
    def run_scenario(self, lines):
        session.open_session({"session": 1})
        self.addCleanup(session.sessions.clear)
        for line in lines:
            text, *expected = [part.strip() for part in line.split("|")]
            (seen,) = session.step({"session": 1, "do": [stimulus(text)]})["observations"]
            asked = {"sent": [], **{words[0]: words[1:] for words in map(str.split, expected)}}
            for name, words in asked.items():
                words = [] if words in (["-"], ["none"]) else words
                pairs = pairs_of(name, seen[name])
                self.assertEqual(len(pairs), len(words), (line, name))
                for word, (frame, hash) in zip(words, pairs):
                    wanted, _, digits = word.partition("=")
                    self.assertEqual(frame, int(wanted), (line, name))
                    self.assertEqual(hash, digits * 8 or hash, (line, name))
        session.close({"session": 1})

    def test_scenarios(self):
        for chapter, count in (("exchange.md", 7), ("detect.md", 3)):
            found = scenarios(chapter)
            self.assertGreaterEqual(len(found), count)
            for lines in found:
                with self.subTest(chapter, scenario=lines[0]):
                    self.run_scenario(lines)

    def test_what_the_chapters_show_no_scenario_of(self):
        for lines in OWN_SCENARIOS:
            with self.subTest(scenario=lines):
                self.run_scenario(lines)

    def test_the_test_sees_a_difference(self):
        for line in (
            "confirm 5 aa | queue -",
            "confirm 5 aa | queue 5=bb",
            "confirm 5 aa | map 5",
            "confirm 5 aa | queue 5 6",
            "tick | sent 1",
            "reset | verified 0",
        ):
            self.assertRaises(AssertionError, self.run_scenario, [line])
            session.sessions.clear()


class Rules(unittest.TestCase):
    def setUp(self):
        self.channel = session.ToldChannel()
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
        before = session.observe(self.exchange)
        for frame, hash in bad:
            self.assertRaises(Refusal, self.exchange.confirm, frame, hash)
        for frame, _ in bad[:6]:
            self.assertRaises(Refusal, self.exchange.begin_rollback, frame)
        self.assertFalse(self.exchange.rolling_back)
        self.assertEqual(session.observe(self.exchange), before)

    def test_what_is_no_state_hash_changes_nothing(self):
        self.exchange.receive(datagram(2))
        before = session.observe(self.exchange)
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
        self.assertEqual(session.observe(self.exchange), before)
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
                    self.channel.sends(accept, "all", rng.choice(("false", "throw")))
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

            def reset(frame):
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

            def back(frame):
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
        exchange = Exchange(session.ToldChannel())
        exchange.confirm(5, AA)
        exchange.channel.sends(0, 1, "throw")
        exchange.tick()  # refused: not sent
        exchange.tick()
        exchange.receive(b"\x07")
        exchange.receive(datagram(10))

    def test_lines(self):
        with self.assertLogs("rollwire.exchange", "DEBUG") as logs:
            self.work()
        self.assertEqual(
            [record.getMessage() for record in logs.records],
            ["Sent hash for frame 5", "Received peer hash for frame 10"],
        )

    def test_off(self):  # no text is made that nobody reads
        self.addCleanup(logging.setLogRecordFactory, logging.getLogRecordFactory())
        logging.setLogRecordFactory(lambda *_, **__: self.fail("a record was made"))
        self.work()


class Adapter(unittest.TestCase):
    def ask(self, *requests, options=()):
        lines = [json.dumps({"id": number, **request}) for number, request in enumerate(requests)]
        done = subprocess.run(
            [sys.executable, ADAPTER, *options],
            input="\n".join(lines).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.assertEqual(done.returncode, 0)
        self.logged = done.stderr.decode().splitlines()
        answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
        return [answer for _, answer in sorted((answer.pop("id"), answer) for answer in answers)]

    def test_hello(self):
        ok = self.ask({"op": "hello", "protocol": [1], "nonce": "n"})[0]["ok"]
        self.assertLessEqual({"exchange", "inspect", "detect"}, set(ok["capabilities"]))
        self.assertEqual(ok["sessions"], 16)

    def test_the_example_of_the_specification(self):
        do = [{"recv": "0700000005" + AA}, {"confirm": {"frame": 5, "hash": BB}}, {"tick": {}}]
        requests = (
            {"op": "open", "session": 1},
            {"op": "step", "session": 1, "do": do},
            {"op": "close", "session": 1},
            {"op": "open", "session": 1},
            {"op": "step", "session": 1, "do": [{"reset": {}}]},
        )
        none = {"sent": [], "queue": [], "map": [], "history": [], "verified": None, "events": []}
        after = {**none, "history": [[5, BB]], "events": [{"frame": 5, "local": BB, "peer": AA}]}
        expected = [
            {"ok": {}},
            {
                "ok": {
                    "observations": [
                        {**none, "map": [[5, AA]]},
                        {**after, "queue": [[5, BB]]},
                        {**after, "sent": ["0700000005" + BB]},
                    ]
                }
            },
            {"ok": {}},
            {"ok": {}},
            {"ok": {"observations": [none]}},
        ]
        self.assertEqual(self.ask(*requests), expected)
        self.assertEqual(self.logged, [])
        self.assertEqual(self.ask(*requests, options=["--verbose"]), expected)
        self.assertEqual(self.logged, ["Received peer hash for frame 5", "Sent hash for frame 5"])

    def test_cutting_a_scenario_changes_nothing(self):
        for lines in scenarios("exchange.md") + scenarios("detect.md"):
            do = [stimulus(line.split("|")[0]) for line in lines]
            _, _, whole, *single = self.ask(
                {"op": "open", "session": 1},
                {"op": "open", "session": 2},
                {"op": "step", "session": 1, "do": do},
                *[{"op": "step", "session": 2, "do": [it]} for it in do],
            )
            self.assertEqual(
                whole["ok"]["observations"], [answer["ok"]["observations"][0] for answer in single]
            )

    def test_sessions_are_separate(self):
        answers = self.ask(
            *[{"op": "open", "session": number} for number in range(16)],
            *[
                {
                    "op": "step",
                    "session": number,
                    "do": [{"confirm": {"frame": number, "hash": AA}}, {"tick": {}}],
                }
                for number in range(16)
            ],
        )
        for number, answer in enumerate(answers[16:]):
            self.assertEqual(answer["ok"]["observations"][1]["sent"], [datagram(number).hex()])

    def test_malformed_requests(self):
        opened = {"op": "open", "session": 1}
        bad = [
            {"op": "open"},
            opened,
            {"op": "open", "session": "1"},
            {"op": "open", "session": []},
            {"op": "open", "session": True},
            {"op": "close", "session": True},
            {"op": "close", "session": 2},
            {"op": "step", "session": 2, "do": []},
            {"op": "step", "session": 1},
            {"op": "step", "session": 1, "do": 5},
        ]
        stimuli = [
            {},
            [],
            5,
            None,
            "tick",
            {"fly": {}},
            {"tick": {}, "reset": {}},
            {"confirm": {}},
            {"confirm": {"frame": 1, "action": 1}},
            {"rollback": "begin"},
            {"rollback": 5},
            {"channel": "ajar"},
            {"recv": "0 7"},
            {"recv": 7},
            {"sends": {}},
            {"sends": {"accept": "1", "refuse": 1, "how": "false"}},
            {"sends": {"accept": 1, "refuse": 1, "how": "never"}},
        ]
        bad += [{"op": "step", "session": 1, "do": [it]} for it in stimuli]
        first, *middle, last = self.ask(opened, *bad, {"op": "close", "session": 1})
        self.assertEqual((first, last), ({"ok": {}}, {"ok": {}}))
        for request, answer in zip(bad, middle):
            self.assertEqual(list(answer), ["error"], request)

    def test_a_value_that_the_exchange_refuses(self):
        do = [{"confirm": {"frame": -1, "hash": AA}}]
        answers = self.ask({"op": "open", "session": 1}, {"op": "step", "session": 1, "do": do})
        self.assertEqual(answers[1]["reject"]["class"], "range")


if __name__ == "__main__":
    unittest.main()
