"""Sessions of the adapter as a process."""

import json
import subprocess
import sys
import unittest

from rollwire_reference import CHAPTERS
from tests.notation import stimulus
from tests.support import AA, ADAPTER, BB, datagram, scenarios

GOOD_FOR_A_PEER = [
    {"advance": 3600000},
    {"act": {"frame": 0, "action": 255}},
    {"ready": {"hash": "0123abcd"}},
    {"ended": {"frame": 4294967295}},
    {"catch_up": {}},
    {"focus": {"shown": False, "frame": 5}},
]

PLAYING = [stimulus("ready aaaaaaaa"), stimulus("recv EPISODE_READY 1 aaaaaaaa")]


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
        self.assertLessEqual(CHAPTERS, set(ok["capabilities"]))
        self.assertEqual(ok["sessions"], 16)

    def test_hashes_that_last(self):
        do = [stimulus(line) for line in ("recv STATE_HASH 5 aa", "confirm 5 aa", "tick", "tick")]
        hello = {"op": "hello", "protocol": [1], "nonce": "n"}
        plain = self.ask(hello)[0]["ok"]
        self.assertNotIn("lasting-hashes", plain["capabilities"])
        self.assertNotIn("parameters", plain)
        for option, sends in (("", 1), ("=1", 1), ("=2", 2), ("=3", 3)):
            answers = self.ask(
                hello,
                {"op": "open", "session": 1},
                {"op": "step", "session": 1, "do": do},
                {"op": "open", "session": 2, "peer": {"local": 0, "first_frame": 0}},
                {"op": "step", "session": 2, "do": PLAYING + do},
                options=["--lasting-hashes" + option],
            )
            expected = {**plain, "capabilities": [*plain["capabilities"], "lasting-hashes"]}
            if sends > 1:
                expected["parameters"] = {"hash_sends": sends}
            self.assertEqual(answers[0]["ok"], expected)
            for step in (answers[2], answers[4]):
                *_, first, second = step["ok"]["observations"]
                self.assertEqual((first["map"], first["verified"]), ([[5, AA]], 5))
                self.assertEqual(first["queue"], [[5, AA]][: sends - 1])
                self.assertEqual(len(second["sent"]), min(sends - 1, 1))
                self.assertEqual(second["queue"], [[5, AA]] if sends == 3 else [])

    def test_an_option_that_is_none(self):
        for option in ("=0", "=4", "=", "=two", "s", "=1 "):
            done = subprocess.run(
                [sys.executable, ADAPTER, "--lasting-hashes" + option],
                input=b"",
                capture_output=True,
            )
            self.assertEqual(done.returncode, 1)
            self.assertIn(b"is not one of --lasting-hashes, ", done.stderr)

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
        for lines in scenarios("exchange.md") + scenarios("peer-episode.md"):
            peer, options = {}, []
            if lines[0].startswith("peer"):
                peer = {"peer": {"local": 0, "first_frame": 0}}
                lines = lines[1:]
            elif lines[0].startswith("exchange"):
                options = [f"--lasting-hashes={lines[0].split()[-1]}"]
                lines = lines[1:]
            do = [stimulus(line.split("|")[0]) for line in lines]
            _, _, whole, *single = self.ask(
                {"op": "open", "session": 1, **peer},
                {"op": "open", "session": 2, **peer},
                {"op": "step", "session": 1, "do": do},
                *[{"op": "step", "session": 2, "do": [it]} for it in do],
                options=options,
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
            {"confirm": {"frame": -1, "hash": AA}},
            {"confirm": {"frame": 4294967296, "hash": AA}},
            {"confirm": {"frame": True, "hash": AA}},
            {"confirm": {"frame": 1, "hash": AA.upper()}},
            {"confirm": {"frame": 1, "hash": AA[1:]}},
            {"confirm": {"frame": 1, "hash": AA, "more": 1}},
            {"tick": None},
            {"reset": {"frame": 1}},
            {"rollback": "begin"},
            {"rollback": 5},
            {"rollback": {"begin": 5, "end": 6}},
            {"rollback": {"begin": 1.5}},
            {"channel": "ajar"},
            {"channel": []},
            {"recv": "0 7"},
            {"recv": 7},
            {"sends": {}},
            {"sends": {"accept": "1", "refuse": 1, "how": "false"}},
            {"sends": {"accept": 1, "refuse": 1, "how": "never"}},
            {"sends": {"accept": -1, "refuse": 1, "how": "false"}},
            {"sends": {"accept": 65536, "refuse": 1, "how": "false"}},
            {"sends": {"accept": True, "refuse": 1, "how": "false"}},
            {"sends": {"accept": 1, "refuse": "some", "how": "false"}},
            {"sends": {"accept": 1, "refuse": 65536, "how": "false"}},
            {"sends": {"accept": 1, "refuse": 1, "how": "false", "types": [1]}},  # for a peer
            *GOOD_FOR_A_PEER,
        ]
        bad += [{"op": "step", "session": 1, "do": [it]} for it in stimuli]
        first, *middle, last = self.ask(opened, *bad, {"op": "close", "session": 1})
        self.assertEqual((first, last), ({"ok": {}}, {"ok": {}}))
        for request, answer in zip(bad, middle):
            self.assertEqual(list(answer), ["error"], request)

    def test_malformed_requests_of_a_peer(self):
        bad = [
            {"op": "open", "session": 2, "peer": peer}
            for peer in (
                None,
                True,
                [0, 0],
                {},
                {"local": 0},
                {"first_frame": 0},
                {"local": 2, "first_frame": 0},
                {"local": -1, "first_frame": 0},
                {"local": True, "first_frame": 0},
                {"local": "0", "first_frame": 0},
                {"local": 0, "first_frame": -1},
                {"local": 0, "first_frame": 4294967296},
                {"local": 0, "first_frame": 0.5},
                {"local": 0, "first_frame": None},
                {"local": 0, "first_frame": 0, "remote": 1},
            )
        ]
        stimuli = [
            {"advance": -1},
            {"advance": 3600001},
            {"advance": 0.5},
            {"advance": True},
            {"advance": {}},
            {"act": {"frame": 1}},
            {"act": {"frame": 1, "action": 256}},
            {"act": {"frame": -1, "action": 1}},
            {"act": {"frame": 1, "action": True}},
            {"act": {"frame": 1, "action": 1, "more": 1}},
            {"act": [1, 1]},
            {"ready": {}},
            {"ready": "0123abcd"},
            {"ready": {"hash": "0123ABCD"}},
            {"ready": {"hash": "0123abc"}},
            {"ready": {"hash": "0123abcd", "episode": 1}},
            {"ready": {"hash": 1234}},
            {"ended": {}},
            {"ended": 5},
            {"ended": {"frame": 4294967296}},
            {"ended": {"frame": 1, "episode": 0}},
            {"catch_up": None},
            {"catch_up": {"frame": 1}},
            {"focus": {"shown": 1, "frame": 1}},
            {"focus": {"shown": True}},
            {"focus": {"shown": True, "frame": "1"}},
            {"focus": {"shown": True, "frame": 1, "hidden": False}},
            {"sends": {"accept": 1, "refuse": 1, "how": "false", "types": 1}},
            {"sends": {"accept": 1, "refuse": 1, "how": "false", "types": [256]}},
            {"sends": {"accept": 1, "refuse": 1, "how": "false", "types": [-1]}},
            {"sends": {"accept": 1, "refuse": 1, "how": "false", "types": ["01"]}},
            {"sends": {"accept": 1, "refuse": 1, "how": "false", "types": [True]}},
            {"sends": {"accept": 1, "refuse": 1, "how": "false", "kinds": [1]}},
            {"advance": 5, "tick": {}},
        ]
        good = {"act": {"frame": 0, "action": 1}}
        bad += [{"op": "step", "session": 1, "do": [*GOOD_FOR_A_PEER, it]} for it in stimuli]
        bad += [{"op": "advance", "session": 1, "do": [it]} for it in stimuli]
        first, before, *middle, after, again = self.ask(
            {"op": "open", "session": 1, "peer": {"local": 0, "first_frame": 0}},
            {"op": "step", "session": 1, "do": [good]},
            *bad,
            {"op": "step", "session": 1, "do": [good]},
            {"op": "open", "session": 2, "peer": {"local": 1, "first_frame": 4294967295}},
        )
        self.assertEqual((first, again), ({"ok": {}}, {"ok": {}}))
        for request, answer in zip(bad, middle):
            self.assertEqual(list(answer), ["error"], request)
        self.assertEqual(before, after)  # not even the stimuli before the malformed one

    def test_types_are_bytes_or_none(self):
        ping = {"recv": "02" + "00" * 8}
        do = []
        for types in ([0, 255], [0, 3, 255], []):
            told = {"accept": 0, "refuse": "all", "how": "false", "types": types}
            do += [{"sends": told}, ping]
        answers = self.ask(
            {"op": "open", "session": 1, "peer": {"local": 0, "first_frame": 0}},
            {"op": "step", "session": 1, "do": do},
        )
        sent = [len(seen["sent"]) for seen in answers[1]["ok"]["observations"]]
        self.assertEqual(sent, [0, 1, 0, 0, 0, 1])

    def test_one_session_too_many(self):
        answers = self.ask(
            *[{"op": "open", "session": number} for number in range(17)],
            {"op": "close", "session": 3},
            {"op": "open", "session": 16, "peer": {"local": 0, "first_frame": 0}},
        )
        self.assertEqual(
            [list(answer) for answer in answers], [["ok"]] * 16 + [["error"]] + [["ok"]] * 2
        )

    def test_a_peer_shows_all_that_it_holds(self):
        do = [
            stimulus("recv INPUT 1 4 0=9 3=1 4=2"),
            stimulus("ready aaaaaaaa"),
            stimulus("recv EPISODE_READY 1 aaaaaaaa"),
            stimulus("recv INPUT 1 4 0=9 3=1 4=2"),
            stimulus("sends accept 0 refuse 1 by throw types 01 10"),
            stimulus("act 0 5"),
            stimulus("catch_up"),
            stimulus("recv FOCUS_STATE 0 3"),
            stimulus("confirm 5 aa"),
            stimulus("tick"),
        ]
        _, step = self.ask(
            {"op": "open", "session": 1, "peer": {"local": 0, "first_frame": 0}},
            {"op": "step", "session": 1, "do": do},
        )
        first, *_, last = step["ok"]["observations"]
        none = {"sent": [], "queue": [], "map": [], "history": [], "verified": None, "events": []}
        none.update(confirmed=None, held=[], round_trips=[], validation="validating")
        none.update(episode=None, request=None, partner="shown")
        self.assertEqual(first, none)
        episode = {"number": 0, "phase": "playing", "end": None, "agreed": None}
        episode.update(start="both", hashes="equal")
        self.assertEqual(
            last,
            {
                **none,
                "sent": ["0700000005" + AA],
                "history": [[5, AA]],
                "confirmed": 0,
                "held": [[3, 1], [4, 2]],
                "episode": episode,
                "request": [1, 2],
                "partner": "hidden",
            },
        )

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
