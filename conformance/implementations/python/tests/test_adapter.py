"""The adapter as a process: its lines, the codec, the digest and malformed requests."""

import json
import subprocess
import sys
import time
import unittest

from rollwire_reference import state_digest
from tests.support import ADAPTER

LONG = 1 << 18


class Codec(unittest.TestCase):
    def ask(self, *pieces):
        """Answers by id, to input written in pieces with a pause in between."""
        process = subprocess.Popen(
            [sys.executable, ADAPTER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        for piece in pieces[:-1]:
            process.stdin.write(piece)
            process.stdin.flush()
            time.sleep(0.1)
        output, _ = process.communicate(pieces[-1])
        self.assertEqual(process.returncode, 0)
        answers = [json.loads(line) for line in output.decode("utf-8").splitlines()]
        return {answer.pop("id"): answer for answer in answers}

    def ask_for(self, *requests):
        lines = [json.dumps({"id": number, **request}) for number, request in enumerate(requests)]
        return self.ask("".join(line + "\n" for line in lines).encode())

    def test_hello(self):
        ok = self.ask_for({"op": "hello", "protocol": [1], "nonce": "n\u00e9"})[0]["ok"]
        self.assertEqual((ok["protocol"], ok["nonce"], ok["revision"]), (1, "n\u00e9", 7))
        self.assertIn("nan-payload", ok["capabilities"])

    def test_operations(self):
        fields = {"timestamp": "fff0000000000001"}
        entries = {"player": 1, "entries": [{"frame": 440, "action": 6}]}
        answers = self.ask_for(
            {"op": "decode", "hex": "02fff0000000000001"},
            {"op": "encode", "type": "ping", "fields": fields},
            {"op": "encode", "type": "input_response", "fields": entries},
            {"op": "reencode", "hex": "01000000000000010a0000000000"},
            {"op": "decode", "hex": "13000100010000" + "01b806"},
            {"op": "probe-anything"},
        )
        self.assertEqual(
            answers,
            {
                0: {"ok": {"type": "ping", "fields": fields}},
                1: {"ok": {"hex": "02fff0000000000001"}},
                2: {"ok": {"hex": "1300010001000001b806"}},
                3: {"ok": {"hex": "0100000000000001000000000000"}},
                4: {"ok": {"type": "input_response", "fields": entries}},
                5: {"unsupported": {}},
            },
        )

    def test_wrong_values_are_refused(self):
        wrong = [
            5,
            1234.5,
            True,
            None,
            [],
            {},
            {"frame": 1, "action": 1},
            "5",
            "40934A0000000000",
            1234567890123456,
            "4_934a0000000000",
            "\ud800",
        ]
        asked = [{"op": "encode", "type": "ping", "fields": {"timestamp": it}} for it in wrong]
        wrong = [5, "ab", "", {}, None, [5], [[1, 1]], [{"frame": 1}], {"frame": 1, "action": 1}]
        asked += [
            {"op": "encode", "type": "input_response", "fields": {"player": 0, "entries": it}}
            for it in wrong
        ]
        wrong = [[], None, {"a": 1}]
        asked += [{"op": "encode", "type": "keepalive", "fields": it} for it in wrong]
        for number, answer in self.ask_for(*asked).items():
            self.assertEqual(answer.get("reject", {}).get("class"), "value", asked[number])
        asked = [{"op": "encode", "type": it, "fields": {}} for it in ("goodbye", "", 5, [], None)]
        for answer in self.ask_for(*asked).values():
            self.assertEqual(answer["reject"]["class"], "unknown_type")

    def test_a_number_too_long_for_python(self):
        digits = b"9" * 6000
        line = b'{"id":1,"op":"encode","type":"episode_end","fields":{"frame":1,"episode":%s}}\n'
        self.assertEqual(self.ask(line % digits)[1]["reject"]["class"], "range")

    def test_malformed_requests(self):
        answers = self.ask(
            b'nonsense\n[]\n\n\xff\xfe\n{"op":"decode"}\n{"id":true}\n'
            + b"[" * 99999
            + b'\n{"id":1,"op":"decode"}\n'
            b'{"id":2,"op":"decode","hex":"0 4"}\n'
            b'{"id":3}\n{"id":4,"op":"decode","hex":"04"}'
        )
        self.assertEqual(
            [list(answers[number]) for number in (1, 2, 3, 4)],
            [["error"], ["error"], ["error"], ["ok"]],
        )
        self.assertEqual(len(answers), 4)

    def test_lines_split_anywhere(self):
        line = '{"id":1,"op":"hello","protocol":[1],"nonce":"\u00e9"}\n'.encode("utf-8")
        cut = line.index(b"\xa9")  # in the middle of a character
        answers = self.ask(line[:cut], line[cut:] + b'{"id":2,"op":"dec', b'ode","hex":"04"}\n')
        self.assertEqual(answers[1]["ok"]["nonce"], "\u00e9")
        self.assertEqual(answers[2], {"ok": {"type": "keepalive", "fields": {}}})


class Digests(unittest.TestCase):
    def ask(self, *requests):
        lines = "".join(json.dumps({"id": 1, "op": "digest", **it}) + "\n" for it in requests)
        done = subprocess.run(
            [sys.executable, ADAPTER],
            input=lines,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    def test_answers(self):
        state = '{"t": 0, "x": 1.0}'
        answers = self.ask(
            {"form": "state_hash", "state": state},
            {"form": "episode_ready", "state": state},
            {"form": "episode_ready", "state": "[1,]"},
        )
        self.assertEqual(answers[0]["ok"], {"hash": "cd8696e8a5f91a4d", "text": '{"t":0,"x":1}'})
        self.assertEqual(answers[1]["ok"], {"hash": "da370eb8", "text": state})
        self.assertEqual(answers[2]["reject"]["class"], "text")

    def test_a_line_is_never_too_long(self):
        state = '["' + "\x7f" * LONG + '"]'
        (answer,) = self.ask({"form": "state_hash", "state": state})
        self.assertEqual(answer["ok"], {"hash": state_digest(state, "state_hash").hash})

    def test_malformed_requests(self):
        bad = [
            {},
            {"form": "state_hash"},
            {"state": "[]"},
            {"form": "sha", "state": "[]"},
            {"form": "state_hash", "state": []},
            {"form": "state_hash", "state": None},
            {"form": [], "state": "[]"},
        ]
        for request, answer in zip(bad, self.ask(*bad)):
            self.assertEqual(list(answer), ["id", "error"], request)


if __name__ == "__main__":
    unittest.main()
