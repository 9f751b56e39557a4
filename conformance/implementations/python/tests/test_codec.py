"""The codec. The tables are the worked examples of the specification."""

import unittest

from rollwire_reference import (
    MESSAGES,
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
    timestamp_bits,
    timestamp_milliseconds,
)

E = InputEntry

# A datagram and its message, for both directions.
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

# A datagram, and the class and the offset of its refusal.
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

# A message, and the class of its refusal.
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
        self.assertEqual({type(message) for _, message in VALUES}, set(MESSAGES.values()))

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
        known = {cls.type_byte for cls in MESSAGES.values()}
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
        self.assertEqual(timestamp_bits(1234.5), 0x40934A0000000000)
        self.assertEqual(timestamp_milliseconds(0x40934A0000000000), 1234.5)

    def test_an_argument_of_another_type_is_not_a_refusal(self):
        for data in (3, "04", None, [4]):
            self.assertRaises(TypeError, decode, data)
        self.assertEqual(decode(bytearray(b"\x04")), decode(memoryview(b"\x04")))


if __name__ == "__main__":
    unittest.main()
