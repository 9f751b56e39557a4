"""What a reader loses that keeps strings up to a NUL, digits in a buffer, or exponents in a few bits."""

from itertools import permutations

from listed import both, state

# The exact decimal digits of half the smallest double: a tie between 0 and 5e-324.
HALF_OF_THE_SMALLEST = f"{5**1075}e-1075"


def in_every_order(slug, rules, flags, keys, comment, **outcome):
    """Members with these keys, in every order; the number of a member is the place of its key."""
    return [
        case
        for number, order in enumerate(permutations(keys), start=1)
        for case in both(
            f"{slug}-{number}",
            rules,
            flags,
            "{" + ",".join(f'"{key}":{keys.index(key)}' for key in order) + "}",
            comment,
            **outcome,
        )
    ]


def sticky(places):
    """A tie between two doubles, and a digit behind many zeros that decides it."""
    return f"9007199254740993.{'0' * (places - 1)}1"


def below_a_tie(places):
    """As close below a tie as this number of digits can say."""
    return f"9007199254740994.{'9' * places}"


STATES = [
    *both(
        "nul-inside",
        "DIGEST-12",
        "escape",
        r'["a\u0000b","\u0000","\u0000a","a\u0000"]',
        "a NUL before, inside and behind a string: a C string ends there",
    ),
    *both(
        "blanks-inside",
        "DIGEST-12",
        "escape",
        '["\u3000a\u00a0","\\u000b\\u000c \u2028"," a ","\\t\\n"]',
        "blanks of every kind around a string: they are a part of it",
    ),
    *in_every_order(
        "nul-keys",
        "DIGEST-6",
        "key-order escape",
        ["a", r"a\u0000", r"a\u0000b"],
        "keys with a NUL in every order: a C string ends there, so all three are the same key",
    ),
    *in_every_order(
        "nul-key-first",
        "DIGEST-6",
        "key-order escape",
        ["", r"\u0000", r"\u0001"],
        "the empty key, NUL, and the character after it, in every order",
    ),
    *in_every_order(
        "pair-keys",
        "DIGEST-6",
        "key-order surrogate",
        ["\ud7ff", "\uff61", r"\ud83d\ude00"],
        "characters below the surrogates, above them, and beyond U+FFFF, in every order",
    ),
    *in_every_order(
        "lone-keys",
        "DIGEST-13",
        "key-order surrogate graded",
        [r"\ud800", r"\udfff", "\U00010000"],
        "two lone surrogates and a pair in every order: replaced, the two are the same key",
        may_be_refused="text",
    ),
    *in_every_order(
        "lone-prefix-keys",
        "DIGEST-13",
        "key-order surrogate graded",
        [r"a\ud83d", r"a\ud83da", r"a\ud83d\ude00"],
        "a lone surrogate at the end, before a letter, and the same unit within a pair",
        may_be_refused="text",
    ),
    *both(
        "nul-duplicates",
        "DIGEST-7",
        "duplicate-key escape",
        r'{"a\u0000b":1,"a":2,"a\u0000c":3,"a\u0000b":4}',
        "two keys that are the same, and two that begin alike before a NUL",
    ),
    # Exponents: each of them is another number where it wraps.
    *both(
        "exponent-8-bits",
        "DIGEST-14",
        "nearest-double",
        "[1e256,1e-256,1e-255,1e128,1e-129]",
        "exponents that wrap in 8 bits",
        ready_rules="DIGEST-24",
    ),
    state(
        "exponent-16-bits",
        "DIGEST-14 DIGEST-15",
        "infinite nearest-double",
        "[1e32768,1e65535,1e65536,1e65537]",
        "exponents that wrap in 16 bits: all of them are infinite",
    ),
    state(
        "exponent-16-bits-negative",
        "DIGEST-14 DIGEST-16",
        "zero nearest-double",
        "[1e-32769,1e-65535,1e-65536,1e-65537]",
        "negative exponents that wrap in 16 bits: all of them are zero",
    ),
    state(
        "exponent-32-bits",
        "DIGEST-14 DIGEST-15",
        "infinite nearest-double",
        "[1e2147483648,1e4294967295,1e4294967296,1e4294967297]",
        "exponents that wrap in 32 bits: all of them are infinite",
    ),
    state(
        "exponent-32-bits-negative",
        "DIGEST-14 DIGEST-16",
        "zero nearest-double",
        "[1e-2147483649,1e-4294967295,1e-4294967296,1e-4294967297]",
        "negative exponents that wrap in 32 bits: all of them are zero",
    ),
    state(
        "exponent-64-bits",
        "DIGEST-14 DIGEST-15",
        "infinite nearest-double",
        "[1e9223372036854775808,1e18446744073709551615,1e18446744073709551616,1e18446744073709551617]",
        "exponents that wrap in 64 bits: all of them are infinite",
    ),
    state(
        "exponent-64-bits-negative",
        "DIGEST-14 DIGEST-16",
        "zero nearest-double",
        "[1e-9223372036854775809,1e-18446744073709551615,1e-18446744073709551616,1e-18446744073709551617]",
        "negative exponents that wrap in 64 bits: all of them are zero",
    ),
    *both(
        "exponent-of-zero",
        "DIGEST-16",
        "zero nearest-double",
        "[0e1,0e400,0e65536,0e4294967296,0.0e18446744073709551616,0e-18446744073709551616]",
        "a zero with any exponent is a zero: infinity times zero is not a number",
        ready_rules="DIGEST-24",
    ),
    *both(
        "exponent-zeros",
        "DIGEST-14",
        "nearest-double",
        "[1e0000000000000000000000000000000000000000005,1e-0000000000000000000000000000000000000000005,25e0000]",
        "an exponent with many zeros in front: a buffer of twenty digits has no room for its last one",
        ready_rules="DIGEST-24",
    ),
    # Digits: the last of very many decides.
    *(
        case
        for places in (25, 100, 780, 1100)
        for case in both(
            f"sticky-{places}",
            "DIGEST-14",
            "nearest-double",
            f"[{sticky(places)}]",
            f"a tie but for its decimal place {places}: a buffer that ends before takes the lower double",
            ready_rules="DIGEST-24",
        )
    ),
    *(
        case
        for places in (25, 100, 780, 1100)
        for case in both(
            f"below-a-tie-{places}",
            "DIGEST-14",
            "nearest-double",
            f"[{below_a_tie(places)}]",
            f"{places} nines below a tie: a buffer that rounds its last digit up makes it one",
            ready_rules="DIGEST-24",
        )
    ),
    *both(
        "half-of-the-smallest",
        "DIGEST-14",
        "nearest-double",
        f"[{HALF_OF_THE_SMALLEST},{HALF_OF_THE_SMALLEST.replace('e', '1e').replace('1075', '1076')}]",
        "752 digits that are exactly half the smallest double, which is zero; and one digit more, which is not",
        ready_rules="DIGEST-24",
    ),
    *both(
        "zeros-in-front",
        "DIGEST-14",
        "nearest-double",
        "[0." + "0" * 1000 + "12345e1001,0." + "0" * 320 + "5]",
        "a thousand zeros in front of the digits, and an exponent that takes them back",
        ready_rules="DIGEST-24",
    ),
    *both(
        "zeros-behind",
        "DIGEST-14",
        "nearest-double",
        "[1.5" + "0" * 1200 + ",12345" + "0" * 1000 + ".0e-1000]",
        "more than a thousand zeros behind the digits",
        ready_rules="DIGEST-24",
    ),
]
