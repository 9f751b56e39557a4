"""Lone surrogates: better kept than refused, and nothing else."""

from listed import both

STATES = [
    *both(
        "high",
        "DIGEST-13",
        "surrogate graded",
        r'["\ud800"]',
        "the first half alone; a replacement character is another text",
        may_be_refused="text",
    ),
    *both(
        "low",
        "DIGEST-13",
        "surrogate graded",
        r'["\udfff"]',
        "the second half alone",
        may_be_refused="text",
    ),
    *both(
        "swapped",
        "DIGEST-13",
        "surrogate graded",
        r'["\ude00\ud83d"]',
        "the halves of a pair the other way round are two lone ones",
        may_be_refused="text",
    ),
    *both(
        "before-a-pair",
        "DIGEST-13",
        "surrogate graded",
        r'["\ud83d\ud83d\ude00"]',
        "one lone, then a pair",
        may_be_refused="text",
    ),
    *both(
        "before-a-letter",
        "DIGEST-13",
        "surrogate graded",
        r'["\udbffa\udc00"]',
        "two halves with a letter between them",
        may_be_refused="text",
    ),
    *both(
        "before-a-character",
        "DIGEST-13",
        "surrogate graded",
        '["\\ud83d\U0001f600"]',
        "one lone, then a pair that came as itself",
        may_be_refused="text",
    ),
    *both(
        "key",
        "DIGEST-13",
        "surrogate graded key-order",
        r'{"\ud83d\ude00":2,"\ud800":1,"\uffff":3}',
        "among keys it is below U+E000, and a pair is above everything",
        may_be_refused="text",
    ),
    *both(
        "keys-side-by-side",
        "DIGEST-13",
        "surrogate graded key-order",
        r'{"\udc00":1,"\ud800":2,"\ue000":3,"\ud7ff":4}',
        "keys of one unit each, in the order of their numbers",
        may_be_refused="text",
    ),
    *both(
        "duplicate",
        "DIGEST-13 DIGEST-7",
        "surrogate graded duplicate-key",
        r'{"\ud800":1,"\uD800":2,"\udbff":3}',
        "the same lone surrogate twice, and another one: replaced, all are the same",
        may_be_refused="text",
    ),
]
