"""The scenarios of the chapters, and the cases of EXCH and DETECT that they leave out."""

import unittest

from tests.notation import run
from tests.support import scenarios

CHAPTERS = {
    "exchange.md": 8,
    "detect.md": 4,
    "peer.md": 2,
    "peer-sync.md": 5,
    "peer-live.md": 3,
    "peer-valid.md": 2,
    "peer-episode.md": 7,
    "peer-catchup.md": 3,
    "peer-focus.md": 1,
}

OWN_SCENARIOS = [
    # The verified frame never goes down without a rollback (DETECT-5).
    [
        "confirm 10 aa",
        "confirm 5 bb",
        "recv 07 0000000a aaaaaaaaaaaaaaaa | verified 10",
        "recv 07 00000005 bbbbbbbbbbbbbbbb | verified 10 | map - | events -",
    ],
    # A confirm within a rollback waits too, and the end compares by frame (DETECT-8, DETECT-9).
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


class Scenarios(unittest.TestCase):
    def test_chapters(self):
        for chapter, count in CHAPTERS.items():
            found = scenarios(chapter)
            self.assertGreaterEqual(len(found), count, chapter)
            for lines in found:
                with self.subTest(chapter, scenario=lines[0]):
                    run(lines)

    def test_what_the_chapters_lack(self):
        for lines in OWN_SCENARIOS:
            with self.subTest(scenario=lines):
                run(lines)

    def test_the_test_sees_a_difference(self):
        for line in (
            "confirm 5 aa | queue -",
            "confirm 5 aa | queue 5=bb",
            "confirm 5 aa | map 5",
            "confirm 5 aa | queue 5 6",
            "tick | sent 1",
            "reset | verified 0",
        ):
            self.assertRaises(AssertionError, run, [line])
        for line in (
            "act 0 1",
            "act 0 1 | sent INPUT 0 0 0=2",
            "act 0 1 | sent INPUT 0 0 0=1, KEEPALIVE",
            "recv INPUT 1 0 0=1 | held 0=2",
            "recv INPUT 1 0 0=1 | held -",
            "reset | confirmed 0",
            "reset | round_trips 0",
            "reset | validation idle",
            "reset | episode none",
            "reset | episode 0 playing both different",
            "reset | request 0 1",
            "reset | partner hidden",
        ):
            self.assertRaises(AssertionError, run, ["peer 0 0 started", line])


if __name__ == "__main__":
    unittest.main()
