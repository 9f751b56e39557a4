"""The digest. The worked digests and numbers of the chapter are run."""

import math
import random
import unittest
from decimal import ROUND_HALF_EVEN, Context, Decimal

from rollwire_reference import Refusal, state_digest
from rollwire_reference.json_check import check_json
from tests.support import chapter_blocks

FORMS = ("state_hash", "episode_ready")
LONG = 1 << 18

INVALID_JSON = [
    "",
    " ",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[",
    "]",
    "[]]",
    "[] []",
    "[}",
    "{]",
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    "{,}",
    "{a:1}",
    "{1:1}",
    "{'a':1}",
    '{"a" 1}',
    '{"a":1 "b":2}',
    '{"a":1',
    "[NaN]",
    "[Infinity]",
    "[-Infinity]",
    "[nul]",
    "[True]",
    "[nulll]",
    "[undefined]",
    "[01]",
    "[-01]",
    "[+1]",
    "[.5]",
    "[1.]",
    "[1.e5]",
    "[1e]",
    "[1e+]",
    "[-]",
    "[0x10]",
    "[1_0]",
    "[\u0661]",
    "[1\u0661]",
    "[1e\u0661]",
    '["\\x41"]',
    '["\\u12"]',
    '["\\u 123"]',
    '["\\u+123"]',
    '["\\u\u0661000"]',
    '["\\U0041"]',
    '["\\\n"]',
    '["a]',
    '["\\"]',
    '["\n"]',
    '["\x00"]',
    '["\x1f"]',
    "[1] // one",
    "[1 /* one */]",
    "\ufeff[]",
    "[\u00a0]",
    "\x0b[]",
    "[]\x00",
    '["\ud800"]',
    '["\ud83d\ude00"]',
    '{"\udfff":1}',
    '"\\ud83d',
]

# The text of a state and its canonical text: of the 16-digit form, and of the 8-digit form or None
# where only blanks differ.
KEPT = [
    (" [ \t\n\r] ", "[]", "[]"),
    ('{ "a" : [ null , true , false ] }', '{"a":[null,true,false]}', '{"a": [null, true, false]}'),
    ('[{},[],"",[[]]]', '[{},[],"",[[]]]', '[{}, [], "", [[]]]'),
    # Keys: a prefix first, then by code points, at every depth (DIGEST-6).
    ('[{"b":{"d":1,"c":2},"a":3}]', '[{"a":3,"b":{"c":2,"d":1}}]', None),
    (
        '{"\\ue000":1,"\U00010000":2,"\ud7ff":3}',
        '{"\\ud7ff":3,"\\ue000":1,"\\ud800\\udc00":2}',
        None,
    ),
    ('{"__proto__":1,"constructor":{}}', '{"__proto__":1,"constructor":{}}', None),
    # The last of several, with its whole value, equal after the escapes are read (DIGEST-7).
    ('{"a":{"x":1},"b":0,"a":{"y":2}}', '{"a":{"y":2},"b":0}', None),
    ('{"\\ud83d\\ude00":1,"\U0001f600":2}', '{"\\ud83d\\ude00":2}', None),
    # Strings, however spelled (DIGEST-10 to DIGEST-12).
    ('["\\u0022\\u005c\\u0008\\u000C\\u000a\\u000D\\u0009"]', '["\\"\\\\\\b\\f\\n\\r\\t"]', None),
    ('["\\/\\u002f\\u0041\\u007e ~"]', '["//A~ ~"]', None),
    ('["\x7f\\u0000\\u001F\\u00AB\u2028"]', '["\\u007f\\u0000\\u001f\\u00ab\\u2028"]', None),
    ('["\u00e9e\u0301\ufeff"]', '["\\u00e9e\\u0301\\ufeff"]', None),
    # Lone surrogates, and a pair after one (DIGEST-13).
    (
        '["\\uDE00\\uD83D","\\ud83d\\ud83d\\ude00"]',
        '["\\ude00\\ud83d","\\ud83d\\ud83d\\ude00"]',
        '["\\ude00\\ud83d", "\\ud83d\\ud83d\\ude00"]',
    ),
    # Spelled like an escape, but not one.
    ('["\\\\ud83d\\\\n"]', '["\\\\ud83d\\\\n"]', None),
]


def outcome(state, form):
    """In the notation of the chapter: digits and text, or `reject` and the class."""
    try:
        return " ".join(state_digest(state, form))
    except Refusal as refusal:
        return f"reject {refusal.refusal_class}"


def number_text(token, form):
    text = outcome(f"[{token}]", form)
    return text if text.startswith("reject") else text.split(" ", 1)[1][1:-1]


class TheChapter(unittest.TestCase):
    def test_worked_digests(self):
        self.assertGreater(len(chapter_blocks("digest.md", "digest")), 5)
        for state, *expected in chapter_blocks("digest.md", "digest"):
            for line in expected:
                form, answer = line.split(" ", 1)
                self.assertEqual(outcome(state[len("state ") :], form), answer, state)

    def test_worked_numbers(self):
        lines = [line for block in chapter_blocks("digest.md", "numbers") for line in block]
        self.assertGreater(len(lines), 30)
        for line in lines:
            token, rounded, exact = (part.strip() for part in line.split("|"))
            self.assertEqual(number_text(token, "state_hash"), rounded, line)
            self.assertEqual(number_text(token, "episode_ready"), exact, line)


class Texts(unittest.TestCase):
    def test_kept(self):
        for state, narrow, wide in KEPT:
            self.assertEqual(state_digest(state, "state_hash").text, narrow)
            if wide is not None:
                self.assertEqual(state_digest(state, "episode_ready").text, wide)

    def test_invalid_json(self):
        for state in INVALID_JSON:
            for form in FORMS:
                self.assertEqual(outcome(state, form), "reject text", ascii(state))

    def test_outermost_value(self):
        for state in ('"x"', "5", "-0", "1e999", "null", " true "):
            for form in FORMS:
                self.assertEqual(outcome(state, form), "reject value", state)

    def test_levels(self):
        for opening, closing in (("[", "]"), ('{"a":', "}")):
            inner = "[]"
            for levels, refused in ((100, False), (101, True), (5000, True)):
                state = opening * (levels - 1) + inner + closing * (levels - 1)
                for form in FORMS:
                    self.assertEqual(outcome(state, form) == "reject range", refused, levels)
        many = "[" + "[[]]," * 1000 + "[]]"  # beside each other, not in each other
        self.assertEqual(state_digest(many, "state_hash").text, many)

    def test_invalid_json_is_refused_before_any_other_fault(self):
        integer = "1" * 4301
        deep = "[" * 101
        for state in (deep, deep + "]" * 100, f"[{integer},]", "[1e999", '"x" 5', "null,"):
            self.assertEqual(outcome(state, "episode_ready"), "reject text")

    def test_brackets_in_strings_are_no_levels(self):
        for string in ("[" * 200, "{" * 200, '\\"' + "[" * 200, "\\\\", '\\\\\\"[' * 200):
            state = f'["{string}",{{"{string}":1}}]'
            self.assertNotIn("reject", outcome(state, "state_hash"))
            self.assertEqual(outcome("[" * 100 + state + "]" * 100, "state_hash"), "reject range")

    def test_both_readers_agree(self):
        """The scanner of `json`, and the check that says where a fault is."""
        source = random.Random(30)
        pieces = [*'[]{},: \t"\\', '"a"', '"a":', '"\\u00e9\\n"', "1", "-0.5e1", "true", "null"]
        valid = 0
        for _ in range(20000):
            state = "[" + "".join(source.choices(pieces, k=source.randrange(12))) + "]"
            try:
                check_json(state)
                expected = True
            except Refusal:
                expected = False
            self.assertEqual(outcome(state, "state_hash") != "reject text", expected, state)
            valid += expected
        self.assertGreater(valid, 100)

    def test_where_the_fault_is(self):
        deep = '[{"a": [' * 50
        for state, expected in (
            ("[1 2]", "`,` at character 3"),
            ("[] x", "the end at character 3"),
            ('{"a" 1}', "`:` at character 5"),
            ('{"a":1,}', "a key at character 7"),
            ("[ 01]", "`,` at character 3"),
            ("[NaN]", "a value at character 1"),
            ('["a\\x"]', "a character, an escape or the end of a string at character 3"),
            ('["\ud800"]', "a character, an escape or the end of a string at character 2"),
            (deep, "a value at character 400"),
            (deep + "]}}", "`,` at character 402"),
            (deep + '{"\\n":]', "a value at character 406"),
            (deep + "]}]" * 50 + "]", "the end at character 550"),
        ):
            with self.assertRaises(Refusal) as raised:
                state_digest(state, "state_hash")
            self.assertIn(f"expected {expected}", str(raised.exception))


class Numbers(unittest.TestCase):
    def test_tokens_are_read_exactly(self):
        above = "9007199254740993." + "0" * 5000 + "1"  # the tie is broken by the last digit
        self.assertEqual(number_text(above, "episode_ready"), "9007199254740994.0")
        self.assertEqual(number_text("0." + "0" * 400 + "1e401", "state_hash"), "1")
        self.assertEqual(number_text("1e" + "9" * 5000, "state_hash"), "null")
        self.assertEqual(number_text("-1e-" + "9" * 5000, "episode_ready"), "-0.0")

    def test_digits_of_an_integer(self):
        for sign in ("", "-"):
            token = sign + "7" * 4300
            self.assertEqual(number_text(token, "episode_ready"), token)
            self.assertEqual(number_text(token + "7", "episode_ready"), "reject range")
            self.assertEqual(number_text(token + "7", "state_hash"), "null")
        self.assertEqual(number_text("1" * 5000 + "e-4990", "episode_ready"), "1111111111.1111112")

    def test_the_numbers_of_a_replaced_member_are_checked(self):
        for token in ("1" * 4301, "1e999"):
            self.assertEqual(outcome(f'{{"a":[{token}],"a":1}}', "episode_ready"), "reject range")
            self.assertEqual(state_digest(f'{{"a":[{token}],"a":1}}', "state_hash").text, '{"a":1}')

    def test_rounding_against_decimal(self):
        source, exact = random.Random(18), Context(prec=1200)
        ulp = 2.0**-52
        for _ in range(20000):
            tie = (2 * source.getrandbits(source.randrange(1, 42)) + 1) / 2**11
            value = source.choice(
                (
                    tie,
                    -tie,
                    tie * (1 + ulp),
                    tie * (1 - ulp),
                    source.uniform(-1e3, 1e3),
                    (source.getrandbits(20) + 0.5) * 1e-10,
                    10 ** source.uniform(-12, 15),
                )
            )
            if value.is_integer():
                continue
            places = Decimal(value).quantize(Decimal("1e-10"), ROUND_HALF_EVEN, exact)
            expected = repr(math.copysign(float(places), value))
            self.assertEqual(number_text(repr(value), "state_hash"), expected)

    def test_integral_against_integers(self):
        source = random.Random(17)
        for _ in range(20000):
            value = float(source.getrandbits(source.randrange(1, 70))) * source.choice((1, -1))
            text = number_text(repr(value), "state_hash")
            if 0 < abs(value) < 1e21:
                self.assertRegex(text, r"\A-?[1-9][0-9]*\Z")
                self.assertEqual(float(text), value)
                self.assertEqual(
                    text.rstrip("0"),
                    format(Decimal(repr(value)), "f").partition(".")[0].rstrip("0"),
                )


class Hostile(unittest.TestCase):
    def test_long_texts_end_with_an_answer(self):
        states = {
            "open": "[" * LONG,
            "open objects": '{"":' * LONG,
            "open objects, keys with escapes": '{"\\n":' * LONG,
            "open and close": "[" * LONG + "[]," * LONG + "[]" + "]" * LONG,
            "brackets and blanks": "[" * 200 + ("[" + " " * 99) * (LONG // 100),
            "escaped quotes": "[" * 200 + '"' + '\\"' * LONG,
            "objects": '{"a":' * (LONG // 5),
            "nested": "[" * (LONG // 2) + "]" * (LONG // 2),
            "commas": "[" + "1," * (4 * LONG) + "1]",  # many steps, each quick unless it copies
            "same key": "{" + '"a":1,' * (LONG // 6) + '"a":1}',
            "deep": "[" * 99 + "[" + "1e20," * (LONG // 5) + "1" + "]" * 100,
            "digits": "[" + "1" * LONG + "]",
            "places": "[0." + "1" * LONG + "]",
            "exponent": "[1e" + "9" * LONG + "]",
            "minus": "[" + "-" * LONG,
            "escapes": '["' + "\\n" * (LONG // 2),
            "string": '["' + "a" * LONG,
            "halves": '["' + "\\ud83d" * (LONG // 6) + '"]',
            "blanks": " " * LONG,
        }
        for name, state in states.items():
            for form in FORMS:
                with self.subTest(name, form=form):
                    outcome(state, form)  # an error such as RecursionError would fail the test


if __name__ == "__main__":
    unittest.main()
