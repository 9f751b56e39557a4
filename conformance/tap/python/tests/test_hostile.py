"""What a game hands over, and where it calls the tap from, harms neither the game nor the capture."""

import os
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path
from typing import Any, Callable
from unittest import mock

from rollwire_tap import Tap, tap as module
from rollwire_tap.writer import Entry
from tests.capture import happened, lines

PACKAGE = Path(__file__).resolve().parent.parent
PATIENCE = 600  # seconds: only a hang takes so long


class HostileTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "mine.jsonl"

    def test_a_signal_handler_may_send_and_close_at_any_point(self) -> None:
        command = [sys.executable, "-m", "tests.interrupted", str(self.path.parent)]
        run = subprocess.run(
            command, cwd=PACKAGE, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        self.assertEqual((run.stdout, run.returncode), ("ok\n", 0), run.stderr)

    def test_what_the_channel_says_that_it_holds(self) -> None:
        amounts: list[Any] = [5, 10**5000, -(10**5000), "x", None, float("nan"), float("inf"), True, 2**32]
        with Tap(self.path, bool, bool, buffered=iter(amounts).__next__) as tap:
            for _ in amounts:
                tap.send(b"\x04")
        found = [record.get("buffered", 0) for record in lines(self.path)[1:]]
        self.assertEqual(found, [5, 0xFFFF_FFFF, 0, 0, 0, 0, 0, 1, 0xFFFF_FFFF])

    def test_a_record_that_cannot_be_a_line_is_missing_alone(self) -> None:
        with Tap(self.path, bool, bool) as tap:
            tap.send(b"\x01")
            tap._writer.append(Entry({"at": 0, "sent": object()}, 0))
            tap.send(b"\x02")
        self.assertEqual(happened(self.path), [("sent", "01"), ("missing", 1), ("sent", "02")])

    def test_an_end_that_the_thread_did_not_expect_is_told(self) -> None:
        with self.assertRaisesRegex(ValueError, "mine"), Tap(self.path, bool, bool) as tap:
            file = tap._writer._file
            self.addCleanup(file.close)
            tap._writer._file = mock.Mock(**{"write.side_effect": ValueError("mine")})
            tap.send(b"\x01")

    def test_no_method_of_what_is_sent_is_called(self) -> None:
        called: list[str] = []

        def spy(name: str) -> Callable[..., Any]:
            def method(*values: Any) -> Any:
                called.append(name)
                raise SystemExit(3)

            return method

        names = ("__len__", "__bytes__", "__str__", "__iter__", "__getitem__", "encode", "hex", "tobytes")
        spies: dict[str, Any] = {name: spy(name) for name in names}
        spies["__class__"] = property(spy("__class__"))
        values: tuple[tuple[Any, Any], ...] = ((bytes, b"\x07"), (bytearray, b"\x08"), (str, "x"))
        given = [type("Lying", (kind,), spies)(value) for kind, value in values]
        given.append(type("Lying", (), spies)())
        taken: list[Any] = []
        with Tap(self.path, taken.append, print) as tap:
            for data in given:
                tap.send(data)
        self.assertEqual(called, [])
        self.assertTrue(all(one is other for one, other in zip(taken, given)))
        expected = [("sent", "07"), ("sent", "08"), ("sent", {"text": "x"}), ("missing", 1)]
        self.assertEqual(happened(self.path), expected)

    def test_an_error_that_does_not_become_text_is_still_an_error(self) -> None:
        class Mute(Exception):
            def __str__(self) -> str:
                raise RuntimeError("mine")

        class Lying(str):
            def __getitem__(self, key: object) -> str:
                raise RuntimeError("mine")

        class Long(Exception):
            def __str__(self) -> str:
                return Lying("x" * 5000)

        with Tap(self.path, print, print) as tap:
            for error in (Mute(), Long(), None):
                tap.failed(error)
        expected = [("error", ""), ("error", "x" * 1000), ("error", "None")]
        self.assertEqual(happened(self.path), expected)

    def test_a_clock_that_the_game_replaces(self) -> None:
        with Tap(self.path, print, print) as tap:
            tap.opened()
            for value in (-5, float("nan"), float("inf"), 1e300, None, "x", ZeroDivisionError()):
                with mock.patch.object(module, "perf_counter", side_effect=[value]):
                    tap.opened()
        times = [record["at"] for record in lines(self.path)[1:]]
        self.assertEqual(times, [times[0]] * 8)

    def test_at_the_end_of_the_stack_the_game_notices_nothing(self) -> None:
        taken: list[int] = []

        def send(data: bytes) -> None:
            taken.append(len(taken))

        refused = 0

        def descend(tap: Any) -> None:
            nonlocal refused
            try:
                tap.send(b"\x01")
            except RecursionError:
                refused += 1  # there is no room for the channel itself
                return
            descend(tap)

        with Tap(self.path, send, print) as tap:
            try:
                descend(tap)
            except RecursionError:
                pass
        found = happened(self.path)
        missing = sum(value for what, value in found if what == "missing")
        self.assertGreater(missing, 0)
        kept = sum(what != "missing" for what, _ in found)
        self.assertIn(missing + kept - len(taken), (0, refused))

    @unittest.skipUnless(hasattr(os, "fork"), "needs fork")
    def test_a_forked_process_is_not_recorded_and_does_not_wait(self) -> None:
        code = f"""
import os, sys, threading
sys.path.insert(0, {str(PACKAGE)!r})
from rollwire_tap import Tap
tap = Tap({str(self.path)!r}, bool, bool)
tap.send(b"\\x01")
held, release = threading.Event(), threading.Event()
def hold():
    with tap._writer._lock:
        held.set()
        release.wait()
threading.Thread(target=hold).start()
held.wait()
child = os.fork()
if child == 0:
    tap.send(b"\\x02")
    tap.close()
    os._exit(7)
status = os.waitpid(child, 0)[1]
release.set()
tap.send(b"\\x03")
tap.close()
print(os.WEXITSTATUS(status))
"""
        run = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )
        self.assertEqual((run.stdout, run.returncode), ("7\n", 0), run.stderr)
        self.assertEqual(happened(self.path), [("sent", "01"), ("sent", "03")])

    def test_no_thread_is_left(self) -> None:
        before = threading.active_count()
        with Tap(self.path, print, print):
            pass
        self.assertEqual(threading.active_count(), before)
