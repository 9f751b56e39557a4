"""What is recorded, and that the game notices nothing."""

import asyncio
import os
import tempfile
import threading
import unittest
from pathlib import Path
from typing import Any

from rollwire_tap import Tap
from tests.capture import happened, lines


class TapTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "mine.jsonl"

    def test_every_kind_of_data(self) -> None:
        cases: list[tuple[Any, Any]] = [
            (b"\x07\x00\xff", "0700ff"),
            (b"", ""),
            (bytearray(b"\x01"), "01"),
            (memoryview(b"abcdef")[1:4], "626364"),
            (memoryview(b"abcdef")[::2], "616365"),
            ("", {"text": ""}),
            ('{"type":"test"}\n', {"text": '{"type":"test"}\n'}),
            ("ä\U0001f600\ud800!", {"text": "ä\U0001f600\ufffd!"}),
        ]
        with Tap(self.path, lambda data: None, lambda data: None) as tap:
            for data, _ in cases:
                tap.send(data)
                tap.receive(data)
        expected = [(what, held) for _, held in cases for what in ("sent", "received")]
        self.assertEqual(happened(self.path), expected)

    def test_the_clock_of_the_peer(self) -> None:
        time: Any = 0
        setup = {"local": 1, "first_frame": 3, "parameters": {"redundancy": 5}}
        with Tap(self.path, print, bool, peer="ann", setup=setup, clock=lambda: time) as tap:
            setup["local"] = 0
            tap.opened()
            for time in (100, 107, float("nan"), -1, None, 108.5):
                tap.receive(b"\x04")
        header, *records = lines(self.path)
        expected = {"local": 1, "first_frame": 3, "parameters": {"redundancy": 5}}
        self.assertEqual(header, {"capture": 1, "peer": "ann", "setup": expected})
        self.assertEqual([it["at"] for it in records], [0, 100, 107, 107, 107, 107, 108.5])

    def test_a_wrong_setup(self) -> None:
        def clock() -> float:
            return 0

        together = "`setup` and the function `clock` go together"
        wrong: list[tuple[dict[str, Any], str]] = [
            ({"setup": {"local": 0}}, together),
            ({"clock": clock}, together),
            ({"setup": {"local": 0}, "clock": 5}, together),
            ({"setup": {}, "clock": clock}, "`setup` has no `local` that is 0 or 1"),
            ({"setup": {"local": True}, "clock": clock}, "`setup` has no `local` that is 0 or 1"),
            ({"setup": {"local": 2}, "clock": clock}, "`setup` has no `local` that is 0 or 1"),
            ({"setup": 5, "clock": clock}, "`setup` cannot be written as JSON"),
            ({"setup": {"local": 0, "more": {1}}, "clock": clock}, "`setup` cannot be written as JSON"),
            ({"setup": {"local": 0, "more": "x" * 4096}, "clock": clock}, "`setup` has more than 4096"),
            ({"setup": {"local": 0}, "clock": clock, "revision": 5}, "`setup` is for revision 7 only"),
        ]
        for options, message in wrong:
            with self.subTest(options), self.assertRaisesRegex((TypeError, ValueError), message):
                Tap(self.path, print, bool, **options)
        self.assertFalse(self.path.exists())

    def test_bytes_are_copied_before_they_are_sent(self) -> None:
        def send(data: bytearray) -> None:
            data[0] = 8

        data = bytearray(b"\x01")
        with Tap(self.path, send, print) as tap:
            tap.send(data)
            data[0] = 9
        self.assertEqual(happened(self.path), [("sent", "01")])

    def test_arguments_results_and_errors_are_those_of_the_channel(self) -> None:
        given: list[Any] = []
        outcomes: list[Any] = [object(), None, True, 0, False, ValueError("large"), KeyboardInterrupt()]

        def send(*values: Any, **named: Any) -> Any:
            given.append((values, named))
            outcome = outcomes[len(given) - 1]
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        data = b"\x04"
        with Tap(self.path, send, send) as tap:
            for outcome in outcomes:
                if isinstance(outcome, BaseException):
                    with self.assertRaises(type(outcome)) as caught:
                        tap.send(data, 5, more="x")
                    self.assertIs(caught.exception, outcome)
                else:
                    self.assertIs(tap.send(data, 5, more="x"), outcome)
            outcomes.append("result")
            self.assertEqual(tap.receive(data=data), "result")
        for values, named in given[:-1]:
            self.assertIs(values[0], data)
            self.assertEqual((values[1:], named), ((5,), {"more": "x"}))
        found = [what for what, _ in happened(self.path)]
        self.assertEqual(found, ["sent"] * 4 + ["refused"] * 3 + ["received"])

    def test_an_answer_from_within_a_handler_follows_what_it_answers(self) -> None:
        def send(data: bytes) -> None:
            if data == b"\x01":
                tap.receive(b"\x02")  # delivered at once, as in a test without a network

        def receive(data: bytes) -> None:
            tap.send(b"\x03")

        with Tap(self.path, send, receive) as tap:
            tap.send(b"\x01")
        self.assertEqual(happened(self.path), [("sent", "01"), ("received", "02"), ("sent", "03")])

    def test_a_coroutine_function_is_recorded_when_it_is_called(self) -> None:
        async def send(data: bytes) -> int:
            return len(data)

        with Tap(self.path, send, send) as tap:
            sending, handling = tap.send(b"\x01"), tap.receive(b"\x02")
            self.assertEqual((asyncio.run(sending), asyncio.run(handling)), (1, 1))
        self.assertEqual(happened(self.path), [("sent", "01"), ("received", "02")])

    def test_what_no_line_can_hold_is_missing(self) -> None:
        released = memoryview(b"ab")
        released.release()
        given: list[Any] = [bytes(65_536), bytes(65_537), 5, None, released, "x" * 524_289]
        given += ["ä" * 262_144, "\0" * 524_288]
        taken: list[Any] = []
        with Tap(self.path, taken.append, print) as tap:
            for data in given:
                tap.send(data)
        self.assertTrue(all(one is other for one, other in zip(taken, given)))
        found = [what if what == "sent" else value for what, value in happened(self.path)]
        self.assertEqual(found, ["sent", 5, "sent", "sent"])

    def test_the_header_and_the_other_records(self) -> None:
        amounts = iter([0, 118, -5])
        options = {"peer": "ann", "revision": 5, "redundancy": 3}
        with Tap(self.path, bool, bool, buffered=lambda: next(amounts), **options) as tap:  # type: ignore[arg-type]
            tap.opened()
            for _ in range(4):  # the last time, `buffered` raises
                tap.send(b"\x04")
            tap.failed(ValueError("gone \ud800"))
            tap.closed()
        header, *records = lines(self.path)
        del header["origin"]
        self.assertEqual(header, {"capture": 1, **options})
        times = [record.pop("at") for record in records]
        self.assertEqual(times, sorted(times))
        sent = {"sent": "04"}
        expected = [{"channel": "open"}, sent, {"sent": "04", "buffered": 118}, sent, sent]
        expected += [{"error": "gone \ufffd"}, {"channel": "closed"}]
        self.assertEqual(records, expected)

    def test_after_the_end_the_channel_goes_on_alone(self) -> None:
        taken: list[bytes] = []
        with Tap(self.path, taken.append, taken.append) as tap:
            pass
        tap.send(b"\x01")
        tap.receive(b"\x02")
        tap.close()
        self.assertEqual(taken, [b"\x01", b"\x02"])
        self.assertEqual(happened(self.path), [])

    def test_an_error_of_the_game_is_not_hidden(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "game"), Tap(self.path, bool, bool) as tap:
            tap.receive(b"\x01")
            raise RuntimeError("game")
        self.assertEqual(happened(self.path), [("received", "01")])

    def test_wrong_options_are_refused(self) -> None:
        wrong: list[dict[str, Any]] = [
            {"peer": 5}, {"peer": "x" * 201}, {"revision": 0}, {"revision": 8}, {"revision": True},
            {"limit": 1000}, {"limit": "x"}, {"redundancy": 0},
            {"redundancy": 16}, {"redundancy": "3"},
        ]
        for options in wrong:
            with self.subTest(options), self.assertRaises((TypeError, ValueError)):
                Tap(self.path, print, print, **options)
        with self.assertRaisesRegex(TypeError, "callable"):
            Tap(self.path, 5, print)  # type: ignore[type-var]
        self.assertFalse(self.path.exists(), "nothing is written before the options are checked")
        with self.assertRaisesRegex(OSError, "mine.jsonl"):
            Tap(self.path / "none", print, print)


class FileTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "mine.jsonl"

    def test_lines_are_in_the_file_while_the_game_goes_on(self) -> None:
        with Tap(self.path, bool, bool) as tap:
            for number in range(3):
                tap.send(bytes([number]))
                while f'"sent":"0{number}"' not in self.path.read_text():
                    threading.Event().wait(0.005)

    def test_many_threads(self) -> None:
        def play(number: int) -> None:
            for index in range(500):
                tap.send(bytes([number, index // 256, index % 256]))

        with Tap(self.path, bool, bool) as tap:
            threads = [threading.Thread(target=play, args=(number,)) for number in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        found = [bytes.fromhex(value) for _, value in happened(self.path)]
        for number in range(8):
            own = [data[1] * 256 + data[2] for data in found if data[0] == number]
            self.assertEqual(own, list(range(500)))

    @unittest.skipUnless(hasattr(os, "mkfifo"), "needs a named pipe")
    def test_what_a_slow_file_does_not_take_is_missing(self) -> None:
        os.mkfifo(self.path)
        read = threading.Event()
        taken: list[bytes] = []

        def consume() -> None:
            with open(self.path, "rb") as pipe:
                read.wait()
                taken.append(pipe.read())

        reader = threading.Thread(target=consume)
        reader.start()
        count, data = 3000, bytes(1000)
        with Tap(self.path, bool, bool, limit=1024 * 1024) as tap:
            for _ in range(count):
                tap.send(data)  # does not wait
            read.set()
        reader.join()
        copy = self.path.with_name("copy.jsonl")
        copy.write_bytes(taken[0])
        found = happened(copy)
        missing = sum(value for what, value in found if what == "missing")
        self.assertGreater(missing, 0)
        self.assertEqual(missing + sum(what == "sent" for what, _ in found), count)

    @unittest.skipUnless(os.path.exists("/dev/full"), "needs /dev/full")
    def test_a_full_disk_does_not_disturb_the_game(self) -> None:
        taken: list[bytes] = []
        with self.assertRaises(OSError), Tap("/dev/full", taken.append, print) as tap:
            tap.send(b"\x01")
            threading.Event().wait(0.2)
            tap.send(b"\x02")
        self.assertEqual(taken, [b"\x01", b"\x02"])
        with self.assertRaisesRegex(RuntimeError, "game"), Tap("/dev/full", print, print):
            raise RuntimeError("game")
