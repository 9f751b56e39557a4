"""Keys: their order, and duplicate keys."""

from listed import both

STATES = [
    *both(
        "sorted", "DIGEST-6", "key-order", '{"c":1,"a":2,"b":3}', "members in the order of the text"
    ),
    *both(
        "prefixes",
        "DIGEST-6",
        "key-order",
        '{"ab":1,"a":2,"":3,"abc":4}',
        "a key comes before those that it begins; the empty one is the first",
    ),
    *both(
        "case",
        "DIGEST-6",
        "key-order",
        '{"a":1,"B":2,"b":3,"A":4,"_":5}',
        "upper case before lower case: an order for readers mixes them",
    ),
    *both(
        "digits",
        "DIGEST-6",
        "key-order",
        '{"9":1,"10":2,"1":3,"-1":4,"01":5}',
        "keys are not numbers: 10 comes before 9",
    ),
    *both(
        "beyond-ascii",
        "DIGEST-6",
        "key-order",
        '{"\u00e9":1,"f":2,"e":3,"z":4}',
        "an accent does not put a letter beside its base",
    ),
    *both(
        "beyond-the-bmp",
        "DIGEST-6",
        "key-order",
        '{"\U0001f600":2,"\uff61":1}',
        "U+FF61 before U+1F600: by UTF-16 units it is the other way round",
    ),
    *both(
        "beyond-the-bmp-prefix",
        "DIGEST-6",
        "key-order",
        '{"a\U00010000":1,"a\uffff":2,"a\ue000":3,"a\ud7ff":4}',
        "the same after a common letter, below and above the surrogates",
    ),
    *both(
        "by-characters-not-escapes",
        "DIGEST-6",
        "key-order escape",
        r'{"\u007a":1,"\u0061":2,"~":3,"\u00e9":4,"\n":5}',
        "the order is that of characters, not of the escapes that spell them",
    ),
    *both(
        "escaped-backslash",
        "DIGEST-6",
        "key-order escape",
        r'{"\\":1,"a":2,"]":3,"[":4}',
        "a backslash between the brackets, though it is written as two",
    ),
    *both(
        "at-every-depth",
        "DIGEST-6",
        "key-order structure",
        '{"b":{"d":1,"c":2},"a":[{"f":3,"e":4}]}',
        "inner objects are sorted too, arrays are not",
    ),
    *both(
        "prototype",
        "DIGEST-6",
        "key-order structure",
        '{"__proto__":{"x":1},"constructor":2,"toString":3}',
        "names that JavaScript objects have already",
    ),
    *both("duplicate", "DIGEST-7", "duplicate-key", '{"a":1,"b":2,"a":3}', "the last one counts"),
    *both(
        "duplicate-escaped",
        "DIGEST-7",
        "duplicate-key escape",
        r'{"a":1,"\u0061":2}',
        "the same key, spelled in two ways",
    ),
    *both(
        "duplicate-objects",
        "DIGEST-7",
        "duplicate-key",
        '{"a":{"x":1,"y":2},"a":{"z":3}}',
        "the last one whole: nothing is merged",
    ),
    *both("duplicate-null", "DIGEST-7", "duplicate-key", '{"a":1,"a":null}', "null is a value"),
    *both(
        "duplicate-three",
        "DIGEST-7",
        "duplicate-key",
        '{"a":1,"b":{"c":1,"c":2},"a":2,"a":3}',
        "three of them, and two inside",
    ),
    *both(
        "no-duplicate",
        "DIGEST-7",
        "duplicate-key",
        '{"\u00e9":1,"e\u0301":2,"a":3,"A":4," a":5}',
        "keys that look alike are different keys",
    ),
]
