"""python3 -m unittest, in this folder. The tables are the specification's worked examples."""

import json
import os
import subprocess
import sys
import time
import unittest

import rollwire
from rollwire import (
    EpisodeEnd,
    EpisodeReady,
    FocusState,
    Input,
    InputEntry,
    InputRequest,
    InputResponse,
    Keepalive,
    Ping,
    Pong,
    Refusal,
    StateHash,
    ValidationPing,
    ValidationPong,
    decode,
    encode,
)

ADAPTER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "adapter.py")
E = InputEntry

# datagram, message: decoded, and encoded back
VALUES = [
    ("01 0001 00000064 01 00 0000006403", Input(1, 100, (E(100, 3),))),
    ("01 0000 00000097 02 00 0000009606 0000009700", Input(0, 151, (E(150, 6), E(151, 0)))),
    ("02 40934a0000000000", Ping(0x40934A0000000000)),
    ("02 8000000000000000", Ping(0x8000000000000000)),
    ("03 7ff8000000000000", Pong(0x7FF8000000000000)),
    ("03 fff0000000000001", Pong(0xFFF0000000000001)),
    ("04", Keepalive()),
    ("05 000001c2 00000000", EpisodeEnd(450, 0)),
    ("06 00000001 6131623263336434", EpisodeReady(1, "a1b2c3d4")),
    ("07 00000096 0123456789abcdef", StateHash(150, "0123456789abcdef")),
    ("07 ffffffff 00000000000000ff", StateHash(4294967295, "00000000000000ff")),
    ("10 4059066666666666", ValidationPing(0x4059066666666666)),
    ("11 4059066666666666", ValidationPong(0x4059066666666666)),
    ("12 000001b8 000001c1", InputRequest(440, 449)),
    ("12 00000007 00000007", InputRequest(7, 7)),
    ("13 0001 0002 000001b806 000001b900", InputResponse(1, (E(440, 6), E(441, 0)))),
    ("13 0000 0000", InputResponse(0, ())),
    ("14 01 000001b8", FocusState(True, 440)),
]

# datagram, class, offset
BAD_DATAGRAMS = [
    ("", "empty", 0),
    ("08 00000001 00000000", "unknown_type", 0),
    ("01 0001 00000064 02 00 0000006403", "truncated", 14),
    ("01 0000 00000000 00 00", "count", 7),
    ("01 0000 00000001 10 00", "count", 7),
    ("01 0000 0000", "truncated", 5),
    ("12 0000000a 00000005", "range", 5),
    ("13 0000 0002 0000000103", "truncated", 10),
    ("02 40934a00", "truncated", 5),
    ("11 4059066666666666 0000", "trailing", 9),
    ("04 00", "trailing", 1),
    ("05 000001c2", "truncated", 5),
    ("06 00000001 a1b2c3d400000000", "text", 5),
    ("06 00000001 6131423263336434 00", "trailing", 13),
    ("06 00000001 6131423263336434", "text", 7),
    ("07 00000096 0123456789abcd", "truncated", 12),
    ("07 00000096 0123456789abcdef 00", "trailing", 13),
    ("14 02 000001b8", "value", 1),
    ("14 01", "truncated", 2),
]

# message, class
BAD_MESSAGES = [
    (Input(0, 1, (E(1, 256),)), "range"),
    (Input(0, 1, ()), "count"),
    (Input(0, 1, (E(1, 1),) * 16), "count"),
    (Input(65536, 1, (E(1, 1),)), "range"),
    (Input(0, 1, ((1, 1),)), "value"),
    (Input(0, 1, "ab"), "value"),
    (Input(0, 1, E(1, 1)), "value"),
    (InputResponse(0, (E(1, 1),) * 65536), "count"),
    (InputResponse(0, None), "value"),
    (InputRequest(10, 5), "range"),
    (EpisodeEnd(True, 0), "value"),
    (EpisodeEnd(5.0, 0), "value"),
    (EpisodeEnd(0, -1), "range"),
    (EpisodeEnd(0, 10**5000), "range"),
    (EpisodeReady(2, "abc"), "text"),
    (EpisodeReady(2, "A1B2C3D4"), "text"),
    (EpisodeReady(2, b"a1b2c3d4"), "value"),
    (StateHash(5, "abcd"), "text"),
    (StateHash(4294967296, "0123456789abcdef"), "range"),
    (StateHash(5, "0x23456789abcdef"), "text"),
    (StateHash(5, "0123_56789abcdef"), "text"),
    (StateHash(5, "+123456789abcdef"), "text"),
    (StateHash(5, "01 23 45 67 89ab"), "text"),
    (StateHash(5, "0123456789abcdef\n"), "text"),
    (StateHash(5, "\uff10123456789abcdef"), "text"),
    (Pong(1234.5), "value"),
    (Ping(None), "value"),
    (Ping(1 << 64), "range"),
    (FocusState(1, 440), "value"),
    ({"type": "goodbye"}, "unknown_type"),
]


class Codec(unittest.TestCase):
    def assert_refused(self, refusal_class, function, argument, offset=None):
        with self.assertRaises(Refusal) as caught:
            function(argument)
        self.assertEqual(
            (caught.exception.refusal_class, caught.exception.offset), (refusal_class, offset)
        )

    def test_values(self):
        for text, message in VALUES:
            with self.subTest(text):
                self.assertEqual(decode(bytes.fromhex(text)), message)
                self.assertEqual(encode(message).hex(), text.replace(" ", ""))
        self.assertEqual({type(message) for _, message in VALUES}, set(rollwire.MESSAGES.values()))

    def test_bad_datagrams(self):
        for text, refusal_class, offset in BAD_DATAGRAMS:
            with self.subTest(text):
                self.assert_refused(refusal_class, decode, bytes.fromhex(text), offset)

    def test_bad_messages(self):
        for message, refusal_class in BAD_MESSAGES:
            with self.subTest(str(type(message)), refusal_class=refusal_class):
                self.assert_refused(refusal_class, encode, message)

    def test_every_prefix_is_truncated_and_every_surplus_trailing(self):
        for text, _ in VALUES:
            data = bytes.fromhex(text)
            for length in range(1, len(data)):
                self.assert_refused("truncated", decode, data[:length], length)
            for surplus in range(1, 20):
                self.assert_refused("trailing", decode, data + bytes(surplus), len(data))

    def test_every_type_byte(self):
        known = {cls.type_byte for cls in rollwire.MESSAGES.values()}
        self.assertEqual(known, {1, 2, 3, 4, 5, 6, 7, 0x10, 0x11, 0x12, 0x13, 0x14})
        for first in set(range(256)) - known:
            self.assert_refused("unknown_type", decode, bytes([first]) + bytes(12), 0)

    def test_every_count_of_an_input(self):
        for count in range(256):
            for held in (0, 1, count):
                data = bytes.fromhex("01 0000 00000000") + bytes([count, 0]) + bytes(5 * held)
                if not 1 <= count <= 15:
                    self.assert_refused("count", decode, data, 7)
                elif held == count:
                    self.assertEqual(decode(data).entries, (E(0, 0),) * count)

    def test_the_reserved_byte_is_ignored_and_written_as_zero(self):
        data = bytes.fromhex("01 0000 00000097 02 ff 0000009606 0000009700")
        self.assertEqual(encode(decode(data)), data[:8] + b"\0" + data[9:])

    def test_the_longest_response(self):
        message = InputResponse(65535, [E(frame, frame % 256) for frame in range(65535)])
        data = encode(message)
        self.assertEqual(len(data), 327680)
        self.assertEqual(decode(data).entries, tuple(message.entries))

    def test_timestamps(self):
        self.assertEqual(rollwire.timestamp_bits(1234.5), 0x40934A0000000000)
        self.assertEqual(rollwire.timestamp_milliseconds(0x40934A0000000000), 1234.5)

    def test_what_is_no_datagram_is_no_refusal(self):
        for data in (3, "04", None, [4]):
            self.assertRaises(TypeError, decode, data)
        self.assertEqual(decode(bytearray(b"\x04")), decode(memoryview(b"\x04")))


class Adapter(unittest.TestCase):
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


if __name__ == "__main__":
    unittest.main()
