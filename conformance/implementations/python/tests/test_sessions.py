"""Sessions of the adapter as a process."""

import json
import subprocess
import sys
import unittest

from tests.notation import stimulus
from tests.support import AA, ADAPTER, BB, datagram, scenarios


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
        do = [
            stimulus(line)
            for line in ("confirm 5 aa", "tick", "confirm 6 bb", "tick", "confirm 7 aa")
        ]
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
