"""A peer that logs itself: the lines of each call, of calls out of `send`, and of quiet time."""

import json
import unittest

from rollwire_reference import LONGEST_ADVANCE, Parameters, Peer, RecordedPeer, Refusal
from tests.notation import datagram as hex_of
from tests.support import AA, BB, chapter_blocks, datagram

EMPTY = {"exchange", "detect", "inspect"}  # of the capabilities, those that are not a chapter


class Channel:
    """Accepts everything, except for the tries of the next stimulus that `refuse` numbers."""

    def __init__(self):
        self.refuse, self.how = (), "false"
        self.tries, self.sent, self.calls = 0, [], []

    def send(self, datagram):
        this_try = self.tries
        self.tries += 1
        if self.calls:
            self.calls.pop(0)()
        if this_try in self.refuse:
            if self.how == "error":
                raise OSError("refused")
            return False
        self.sent.append(datagram)


class Recorded(unittest.TestCase):
    def begin(self, *arguments, **options):
        """A recorded peer, whose lines after the header go to `self.lines`."""
        self.lines, self.channel = [], Channel()
        self.peer = RecordedPeer(self.channel, self.write, *(arguments or (0,)), **options)
        self.header = self.lines.pop()
        return self.peer

    def write(self, line):
        self.assertTrue(line.endswith("\n") and "\n" not in line[:-1] and line.isascii())
        self.lines.append(json.loads(line))

    def play(self, line):
        """Plays the stimulus of a line of a log. The channel refuses what the line says."""
        ((name, value),) = [it for it in line.items() if it[0] not in ("sent", "refused")]
        self.channel.tries, self.channel.refuse = 0, line.get("refused", ())
        if name == "recv":
            self.peer.receive(bytes.fromhex(value))
        elif name == "advance":
            self.peer.advance(value)
        else:
            getattr(self.peer, name)(**value)


class Headers(Recorded):
    def test_the_defaults(self):
        self.begin(1, 5)
        capabilities = self.header.pop("capabilities")
        self.assertEqual(
            self.header, {"trace": 1, "revision": 7, "peer": {"local": 1, "first_frame": 5}}
        )
        chapters = {"inputs", "liveness", "validation", "episodes", "catch-up", "focus"}
        self.assertEqual(set(capabilities), chapters | {"exchange", "detect"})
        self.assertEqual(len(capabilities), 8)

    def test_options(self):
        parameters = Parameters(redundancy=3, end_repeat_ms=0)
        self.begin(chapters={"inputs", "focus"}, parameters=parameters, inspect=True)
        self.assertEqual(self.header["capabilities"], ["inputs", "focus", "inspect"])
        self.assertEqual(self.header["parameters"], {"redundancy": 3, "end_repeat_ms": 0})

    def test_wrong_arguments_leave_no_header(self):
        lines = []
        for arguments, options in (((2,), {}), ((0, -1), {}), ((0,), {"chapters": {"fly"}})):
            with self.assertRaises(ValueError):
                RecordedPeer(Channel(), lines.append, *arguments, **options)
        with self.assertRaises(TypeError):
            RecordedPeer(Channel(), lines.append, 0, lasting_hashes=True)  # as RecordedExchange
        self.assertEqual(lines, [])


class Lines(Recorded):
    def test_the_example_of_the_specification(self):
        (example,) = [it for it in chapter_blocks("trace.md", "jsonl") if '"peer":{' in it[0]]
        header, *lines = map(json.loads, example)
        peer = header["peer"]
        self.begin(
            peer["local"],
            peer["first_frame"],
            chapters=set(header["capabilities"]) - EMPTY,
            parameters=Parameters(**header["parameters"]),
        )
        self.assertEqual(self.header, {"revision": 7, **header})
        for line in lines:
            self.play(line)
        self.assertEqual(self.lines, lines)

    def test_every_stimulus(self):
        peer = self.begin()
        peer.ready("aaaaaaaa")
        peer.receive(bytearray.fromhex(hex_of("EPISODE_READY 1 aaaaaaaa")))
        peer.act(0, 7)
        peer.receive(memoryview(bytes.fromhex(hex_of("INPUT 1 2 2=1"))))
        peer.catch_up()
        peer.confirm(5, AA)
        peer.tick()
        peer.begin_rollback(4)
        peer.end_rollback()
        peer.focus(False, 1)
        peer.closed()
        peer.tick()
        peer.opened()
        peer.ended(1)
        peer.reset()
        peer.advance(0)
        peer.finish()
        self.assertEqual(
            self.lines,
            [
                {"ready": {"hash": "aaaaaaaa"}, "sent": [hex_of("EPISODE_READY 1 aaaaaaaa")]},
                {"recv": hex_of("EPISODE_READY 1 aaaaaaaa")},
                {"act": {"frame": 0, "action": 7}, "sent": [hex_of("INPUT 0 0 0=7")]},
                {"recv": hex_of("INPUT 1 2 2=1")},
                {"catch_up": {}, "sent": [hex_of("INPUT_REQUEST 0 1")]},
                {"confirm": {"frame": 5, "hash": AA}},
                {"tick": {}, "sent": [datagram(5).hex()]},
                {"rollback": {"begin": 4}},
                {"rollback": "end"},
                {"focus": {"shown": False, "frame": 1}, "sent": [hex_of("FOCUS_STATE 0 1")]},
                {"channel": "closed"},
                {"tick": {}},
                {"channel": "open", "sent": [hex_of("FOCUS_STATE 0 1")]},
                {"ended": {"frame": 1}, "sent": [hex_of("EPISODE_END 1 0")]},
                {"reset": {}},
                {"advance": 0},
            ],
        )

    def test_each_method_of_a_peer_is_recorded(self):
        def methods(cls):
            return {it for it in vars(cls) if not it.startswith("_") and callable(vars(cls)[it])}

        self.assertEqual(methods(Peer) - methods(RecordedPeer), {"partner_action"})

    def test_refused_sends_are_numbered_over_all_of_a_stimulus(self):
        for how in ("false", "error"):
            peer = self.begin()
            self.channel.refuse, self.channel.how = (1, 2), how
            peer.advance(100)  # a VALIDATION_PING
            peer.receive(bytes.fromhex(hex_of("VALIDATION_PONG 100")))
            self.channel.tries = 0
            peer.receive(bytes.fromhex(hex_of("VALIDATION_PING 0")))
            self.channel.tries = 0
            peer.advance(2000)
            times = (600, 1100, 1600, 2100)
            sent = [hex_of(f"PING {time}") for time in times]
            self.assertEqual(
                self.lines[-1], {"advance": 2000, "sent": [sent[0], sent[3]], "refused": [1, 2]}
            )
            self.assertEqual(peer.last_error is not None, how == "error")

    def test_refused_calls_are_not_logged(self):
        peer = self.begin()
        for call in (
            lambda: peer.act(0, 256),
            lambda: peer.advance(-1),
            lambda: peer.ready("AAAAAAAA"),
            lambda: peer.confirm(5, "aa"),
            lambda: peer.begin_rollback(True),
            lambda: peer.focus(1, 0),
        ):
            self.assertRaises(Refusal, call)
        for wrong in (5, "07", None, [7]):
            self.assertRaises(TypeError, peer.receive, wrong)
        self.assertEqual(self.lines, [])

    def test_refused_datagrams_are_logged(self):
        peer = self.begin()
        for bad in ("", "ff", "0400", "07"):
            peer.receive(bytes.fromhex(bad))
        self.assertEqual(self.lines, [{"recv": bad} for bad in ("", "ff", "0400", "07")])

    def test_a_peer_without_a_chapter(self):
        peer = self.begin(chapters={"inputs"}, inspect=True)
        peer.confirm(5, AA)
        peer.tick()
        peer.begin_rollback(1)
        peer.end_rollback()
        peer.ready("aaaaaaaa")
        peer.ended(1)
        peer.focus(False, 0)
        peer.catch_up()
        self.assertEqual(self.lines, [])
        peer.receive(datagram(5))  # arrives nevertheless, and changes nothing
        self.assertEqual(self.lines, [{"recv": datagram(5).hex()}])

    def test_the_verified_frame_and_mismatches(self):
        peer = self.begin(chapters={"exchange"})
        peer.confirm(5, AA)
        peer.receive(datagram(5))
        peer.confirm(10, BB)
        peer.receive(datagram(10))
        peer.receive(datagram(10))
        peer.reset()
        found = [{"frame": 10, "local": BB, "peer": AA}]
        self.assertEqual(
            self.lines,
            [
                {"confirm": {"frame": 5, "hash": AA}},
                {"recv": datagram(5).hex(), "verified": 5},
                {"confirm": {"frame": 10, "hash": BB}},
                {"recv": datagram(10).hex(), "found": found},
                {"recv": datagram(10).hex(), "found": found},
                {"reset": {}, "verified": None},
            ],
        )

    def test_inspect_shows_what_has_changed(self):
        peer = self.begin(chapters={"inputs", "episodes"}, inspect=True)
        peer.advance(16)
        peer.ready("aaaaaaaa")
        peer.receive(bytes.fromhex(hex_of("EPISODE_READY 1 bbbbbbbb")))
        peer.receive(bytes.fromhex(hex_of("INPUT 1 2 2=1 0=9")))
        peer.act(0, 7)
        unknown = {"number": 0, "end": None, "agreed": None}
        waiting = {**unknown, "phase": "waiting", "start": None, "hashes": None}
        playing = {**unknown, "phase": "playing", "start": "both", "hashes": "different"}
        names = ("confirmed", "held", "episode")
        seen = [{name: it[name] for name in names if name in it} for it in self.lines]
        self.assertEqual(
            seen,
            [
                {},
                {"episode": waiting},
                {"episode": playing},
                {"held": [[0, 9], [2, 1]]},
                {"confirmed": 0, "held": [[2, 1]]},
            ],
        )
        self.assertNotIn("validation", {name for line in self.lines for name in line})
        self.assertNotIn("map", {name for line in self.lines for name in line})

    def test_inspect_shows_the_exchange(self):
        peer = self.begin(chapters={"exchange"}, inspect=True)
        peer.receive(datagram(8))
        peer.receive(datagram(7))
        peer.confirm(6, BB)
        peer.confirm(5, BB)
        self.assertEqual(
            self.lines[1:],
            [
                {"recv": datagram(7).hex(), "map": [[7, AA], [8, AA]]},
                {"confirm": {"frame": 6, "hash": BB}, "queue": [[6, BB]], "history": [[6, BB]]},
                {
                    "confirm": {"frame": 5, "hash": BB},
                    "queue": [[6, BB], [5, BB]],
                    "history": [[5, BB], [6, BB]],
                },
            ],
        )


class QuietTime(Recorded):
    def test_quiet_advances_are_one_line(self):
        peer = self.begin()
        for _ in range(6):
            peer.advance(16)
        self.assertEqual(self.lines, [])
        peer.advance(16)  # a VALIDATION_PING at 100
        peer.advance(3)
        peer.advance(4)
        peer.tick()
        peer.advance(5)
        peer.finish()
        peer.finish()
        peer.advance(6)
        peer.finish()
        self.assertEqual(
            self.lines,
            [
                {"advance": 96},
                {"advance": 16, "sent": [hex_of("VALIDATION_PING 100")]},
                {"advance": 7},
                {"tick": {}},
                {"advance": 5},
                {"advance": 6},
            ],
        )
        self.assertEqual(peer.now, 130)

    def test_a_line_has_at_most_the_longest_advance(self):
        peer = self.begin(chapters={"inputs"})
        for milliseconds in (LONGEST_ADVANCE, 0, 1, LONGEST_ADVANCE - 1, LONGEST_ADVANCE, 7):
            peer.advance(milliseconds)
        peer.finish()
        expected = [LONGEST_ADVANCE] * 3 + [7]
        self.assertEqual(self.lines, [{"advance": it} for it in expected])

    def test_a_refused_send_is_not_quiet(self):
        peer = self.begin(chapters={"validation"})
        self.channel.refuse = (0,)
        peer.advance(99)
        peer.advance(1)
        self.assertEqual(self.lines, [{"advance": 99}, {"advance": 1, "refused": [0]}])

    def test_a_change_is_quiet_unless_it_is_shown(self):
        for inspect in (False, True):
            never = Parameters(validation_repeat_ms=0)
            peer = self.begin(chapters={"validation"}, parameters=never, inspect=inspect)
            for milliseconds in (100, 14_899, 1, 1):  # the third one gives up
                peer.advance(milliseconds)
            peer.finish()
            shown = [{"advance": 14_899}, {"advance": 1, "validation": "failed"}, {"advance": 1}]
            self.assertEqual(self.lines[1:], shown if inspect else [{"advance": 14_901}])


class OutOfSend(Recorded):
    def test_calls_out_of_send_are_logged_after_their_cause(self):
        peer = self.begin(chapters={"inputs", "liveness"})
        self.channel.calls = [
            lambda: (peer.act(1, 8), peer.tick(), peer.advance(5), peer.receive(b"\xff")),
            lambda: self.assertRaises(Refusal, peer.act, 2, 256),
        ]
        peer.act(0, 7)
        self.assertEqual(
            self.lines,
            [
                {"act": {"frame": 0, "action": 7}, "sent": [hex_of("INPUT 0 0 0=7")]},
                {"act": {"frame": 1, "action": 8}, "sent": [hex_of("INPUT 0 1 0=7 1=8")]},
                {"advance": 5},
                {"recv": "ff"},
            ],
        )

    def test_an_advance_that_sends_twice(self):
        peer = self.begin(chapters={"inputs", "liveness"})
        self.channel.calls = [lambda: peer.act(0, 7)]
        peer.advance(1000)
        self.assertEqual(
            self.lines,
            [
                {"advance": 1000, "sent": [hex_of("PING 500"), hex_of("PING 1000")]},
                {"act": {"frame": 0, "action": 7}, "sent": [hex_of("INPUT 0 0 0=7")]},
            ],
        )

    def test_a_tick_out_of_send_does_nothing(self):
        peer = self.begin(chapters={"exchange", "liveness"})
        peer.confirm(5, AA)
        self.channel.calls = [peer.tick] * 3
        peer.tick()
        peer.advance(500)
        peer.receive(bytes.fromhex(hex_of("PING 5")))
        self.assertEqual(self.channel.calls, [])
        self.assertEqual(
            [next(iter(line)) for line in self.lines], ["confirm", "tick", "advance", "recv"]
        )


class Errors(Recorded):
    def test_an_error_of_write_reaches_the_game(self):
        peer = self.begin(chapters={"inputs"})

        def full(line):
            raise OSError("the disk is full")

        peer._write = full
        self.assertRaises(OSError, peer.act, 0, 7)
        peer._write = self.write
        peer.act(1, 8)
        self.assertEqual(self.lines[0]["sent"], [hex_of("INPUT 0 1 0=7 1=8")])

    def test_the_end_of_the_program_leaves_the_peer(self):
        peer = self.begin(chapters={"inputs"})

        def stop():
            raise KeyboardInterrupt

        self.channel.calls = [stop]
        self.assertRaises(KeyboardInterrupt, peer.act, 0, 7)
        peer.act(1, 8)
        self.assertEqual(len(self.lines), 1)

    def test_another_channel(self):
        peer = self.begin(chapters={"inputs"})
        self.assertIs(peer.channel, self.channel)
        other = Channel()
        peer.channel = other
        peer.act(0, 7)
        self.assertIs(peer.channel, other)
        self.assertEqual((len(self.channel.sent), len(other.sent)), (0, 1))
        self.assertEqual(self.lines[0]["sent"], [other.sent[0].hex()])


if __name__ == "__main__":
    unittest.main()
