"""The adapter with --log-peers: its answers stay the same, and each log says what happened."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

from adapter_logs import PeerLogs
from adapter_sessions import PeerSession, Sessions
from tests.notation import BEFORE, stimulus
from tests.support import AA, ADAPTER, scenarios

CHAPTERS = ("exchange", "detect", "peer", "peer-sync", "peer-live", "peer-valid", "peer-episode")
CHAPTERS += ("peer-catchup", "peer-focus")
PEER = {"local": 0, "first_frame": 0}


class Refusing:
    """A channel that refuses the sends of a stimulus that its line numbers."""

    def begin(self, refused):
        self.refused, self.tries, self.sent = refused, 0, []

    def send(self, datagram):
        self.tries += 1
        if self.tries - 1 in self.refused:
            return False
        self.sent.append(datagram.hex())


def replay(lines):
    """Raises AssertionError if a peer that does what a log says does not do what it shows."""
    header, *lines = map(json.loads, lines)
    session, channel = PeerSession(**header["peer"]), Refusing()
    session.peer.channel = channel
    inspected = "inspect" in header["capabilities"]
    before = json.loads(session.observe())
    for line in lines:
        ((name, value),) = [it for it in line.items() if it[0] not in {*before, "refused", "found"}]
        channel.begin(line.get("refused", []))
        session.read({name: value})()
        now = json.loads(session.observe())
        # A `ready` empties the exchange only if it begins an episode.
        empties = name == "reset" or name == "ready" and now["episode"] != before["episode"]
        events = [] if empties else before["events"]
        expected = {**before, "events": events + line.get("found", []), **line}
        for member in now if inspected else ("verified", "events"):
            if member != "sent" and now[member] != expected[member]:
                raise AssertionError(f"{line}: {member} is {now[member]}")
        if channel.sent != line.get("sent", []) or name == "sends":
            raise AssertionError(f"{line}: {channel.sent} were sent")
        before = now
    return len(lines)


def stimuli_of(scenario):
    """The peer of a scenario, and all of its stimuli. A peer can do what an exchange alone can."""
    if not scenario[0].startswith("peer"):
        return PEER, [stimulus(line.split("|")[0]) for line in scenario]
    _, local, first_frame, *words = scenario[0].split()
    lines = [line for word in words for line in BEFORE[word]]
    lines += [line.split("|")[0] for line in scenario[1:]]
    return {"local": int(local), "first_frame": int(first_frame)}, [*map(stimulus, lines)]


class Answers(unittest.TestCase):
    def test_scenarios_are_answered_and_logged(self):
        count = 0
        with tempfile.TemporaryDirectory() as folder:
            plain, logged = Sessions(), Sessions()
            logged.new_peer = PeerLogs(folder).new_peer
            for scenario in [it for name in CHAPTERS for it in scenarios(f"{name}.md")]:
                if scenario[0].startswith("exchange lasting-hashes"):
                    continue
                peer, do = stimuli_of(scenario)
                for _ in range(2):  # one log without the state, and one with it
                    count += 1
                    opened = {"session": count, "peer": peer}
                    for name in ("open", "step", "close"):
                        request = {**opened, "do": do}
                        answers = [getattr(it, name)(request) for it in (plain, logged)]
                        self.assertEqual(answers[0], answers[1], scenario)
                    with open(f"{folder}/{count}.jsonl", encoding="utf-8") as log:
                        lines = log.read().splitlines()
                    inspected = "inspect" in json.loads(lines[0])["capabilities"]
                    self.assertEqual(inspected, count % 2 == 0)
                    with self.subTest(scenario=scenario):
                        self.assertGreater(replay(lines), 0)
            self.assertEqual(len(os.listdir(folder)), count)
        self.assertGreater(count, 2 * 20)

    def test_the_replay_sees_a_difference(self):
        header = {"trace": 1, "capabilities": [], "peer": PEER}
        for line in (
            {"advance": 100},
            {"advance": 99, "refused": [0], "sent": ["00"]},
            {"tick": {}, "verified": 5},
            {"tick": {}, "found": [{"frame": 5, "local": AA, "peer": AA}]},
        ):
            self.assertRaises(AssertionError, replay, [json.dumps(header), json.dumps(line)])
        header["capabilities"].append("inspect")
        line = {"advance": 99, "validation": "failed"}
        self.assertRaises(AssertionError, replay, [json.dumps(header), json.dumps(line)])


class Process(unittest.TestCase):
    def run_adapter(self, requests, *options):
        lines = [json.dumps({"id": number, **request}) for number, request in enumerate(requests)]
        return subprocess.run(
            [sys.executable, ADAPTER, *options],
            input="\n".join(lines),
            capture_output=True,
            encoding="utf-8",
        )

    def test_logs_are_complete_at_the_end_of_the_input(self):
        told = {"sends": {"accept": 0, "refuse": 1, "how": "throw", "types": [16]}}
        do = [{"advance": 60}, told, {"advance": 40}, {"advance": 5}, {"advance": 6}]
        requests = [
            {"op": "hello", "protocol": [1], "nonce": "n"},
            {"op": "open", "session": 4},
            {"op": "open", "session": 1, "peer": {"local": 2, "first_frame": 0}},  # malformed
            {"op": "open", "session": 1, "peer": PEER},
            {"op": "open", "session": 2, "peer": {"local": 1, "first_frame": 7}},
            {"op": "step", "session": 1, "do": do},
            {"op": "step", "session": 1, "do": [{"advance": 500}, {"fly": {}}]},
            {"op": "advance", "session": 2, "do": do},
            {"op": "step", "session": 4, "do": [{"tick": {}}]},
            {"op": "close", "session": 1},
            {"op": "close", "session": 1},  # malformed
        ]
        with tempfile.TemporaryDirectory() as outer:
            folder = os.path.join(outer, "logs")
            done = self.run_adapter(requests, f"--log-peers={folder}")
            self.assertEqual((done.stdout, done.returncode), (self.run_adapter(requests).stdout, 0))
            self.assertEqual(sorted(os.listdir(folder)), ["1.jsonl", "2.jsonl"])
            peers = [PEER, {"local": 1, "first_frame": 7}]
            for number, peer in enumerate(peers, 1):
                with open(f"{folder}/{number}.jsonl", encoding="utf-8") as log:
                    header, *lines = map(json.loads, log)
                self.assertEqual(header["peer"], peer)
                quiet, refused, rest = lines
                self.assertEqual(quiet, {"advance": 60})
                self.assertEqual(refused, {"advance": 40, "refused": [0]})
                self.assertEqual(rest, {"advance": 11})

    def test_options_that_it_refuses(self):
        with tempfile.TemporaryDirectory() as folder:
            logs = f"--log-peers={folder}"
            for options, error in (
                (["--log-peers"], "does not name a folder"),
                (["--log-peers="], "does not name a folder"),
                (["--log-peers-in=x"], "does not name a folder"),
                ([f"--log-peers={ADAPTER}"], "the folder cannot be made"),
                ([logs, "--lasting-hashes=2"], "cannot be used with --lasting-hashes"),
                (["--lasting-hashes", logs], "cannot be used with --lasting-hashes"),
            ):
                done = self.run_adapter([], *options)
                self.assertEqual(done.returncode, 1, options)
                self.assertIn(error, done.stderr)


if __name__ == "__main__":
    unittest.main()
