"""Sessions: the scenarios of the specification's chapters, and the adapter as a process."""

import json
import subprocess
import sys
import unittest

from adapter_sessions import Session
from tests.support import AA, ADAPTER, BB, datagram, scenarios, stimulus

OWN_SCENARIOS = [
    # The verified frame never goes down without a rollback (DETECT-5).
    [
        "confirm 10 aa",
        "confirm 5 bb",
        "recv 07 0000000a aaaaaaaaaaaaaaaa | verified 10",
        "recv 07 00000005 bbbbbbbbbbbbbbbb | verified 10 | map - | events -",
    ],
    # A confirm within a rollback waits too, and the end compares in the order of the frames (DETECT-8, DETECT-9).
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


def pairs_of(name, value):
    """The frames and hashes of one member of an observation, with None where it has no hash."""
    if name == "sent":
        return [(int(it[2:10], 16), it[10:]) for it in value]
    if name == "verified":
        return [] if value is None else [(value, None)]
    return [(it["frame"], None) for it in value] if name == "events" else value


class Chapters(unittest.TestCase):
    def run_scenario(self, lines):
        session = Session()
        for line in lines:
            text, *expected = [part.strip() for part in line.split("|")]
            session.apply(stimulus(text))
            seen = json.loads(session.observe())
            asked = {"sent": [], **{words[0]: words[1:] for words in map(str.split, expected)}}
            for name, words in asked.items():
                words = [] if words in (["-"], ["none"]) else words
                pairs = pairs_of(name, seen[name])
                self.assertEqual(len(pairs), len(words), (line, name))
                for word, (frame, hash) in zip(words, pairs):
                    wanted, _, digits = word.partition("=")
                    self.assertEqual(frame, int(wanted), (line, name))
                    self.assertEqual(hash, digits * 8 or hash, (line, name))

    def test_scenarios(self):
        for chapter, count in (("exchange.md", 7), ("detect.md", 3)):
            found = scenarios(chapter)
            self.assertGreaterEqual(len(found), count)
            for lines in found:
                with self.subTest(chapter, scenario=lines[0]):
                    self.run_scenario(lines)

    def test_scenarios_that_the_chapters_lack(self):
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


class Adapter(unittest.TestCase):
    def ask(self, *requests, options=()):
        lines = [json.dumps({"id": number, **request}) for number, request in enumerate(requests)]
        done = subprocess.run(
            [sys.executable, ADAPTER, *options],
            input="\n".join(lines).encode(),
            capture_output=True,
            check=True,
        )
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
            {"op": "step", "session": 1, "do": []},
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

    def test_a_value_that_the_exchange_refuses_is_malformed(self):
        do = [{"confirm": {"frame": -1, "hash": AA}}]
        answers = self.ask({"op": "open", "session": 1}, {"op": "step", "session": 1, "do": do})
        self.assertEqual(list(answers[1]), ["error"])

    def test_advance_observes_once(self):
        do = [stimulus(line) for line in ("confirm 5 aa", "tick", "confirm 6 bb", "tick", "confirm 7 aa")]
        answers = self.ask(
            {"op": "open", "session": 1},
            {"op": "advance", "session": 1, "do": do},
            {"op": "advance", "session": 1, "do": []},
            {"op": "step", "session": 1, "do": [{"tick": {}}]},
        )
        (seen,) = answers[1]["ok"]["observations"]
        self.assertEqual(seen["sent"], ["0700000005" + AA, "0700000006" + BB])
        self.assertEqual((seen["queue"], len(seen["history"])), ([[7, AA]], 3))
        self.assertEqual(list(answers[2]), ["error"])
        self.assertEqual(answers[3]["ok"]["observations"][0]["sent"], ["0700000007" + AA])


if __name__ == "__main__":
    unittest.main()
