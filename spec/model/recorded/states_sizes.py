"""Sizes: texts, lists, objects and strings of more than a game of a test has, and depth of every kind.

Larger ones, up to 66,000 elements and 100,000 brackets, are not stored but made: see `large_digests` in
rollwire-model.
"""

from listed import both

LETTERS = "abcdefghijklmnopqrstuvwxyz"

# Lengths of a hashed text around the ends of blocks of 64 bytes: the last nine bytes of a block are those
# of the padding.
HASHED = sorted(
    {64 * blocks + rest for blocks in (1, 2, 3) for rest in (-10, -9, -8, -7, -1, 0, 1)}
    | {64 * blocks + rest for blocks in (4, 8, 16) for rest in (-9, -8, 0)}
)


def letters(count):
    """This number of letters."""
    return (LETTERS * (count // len(LETTERS) + 1))[:count]


def hashed(length):
    """A state whose canonical text has that length in both forms."""
    return f'["{letters(length - 4)}"]'


def mixed(depth):
    """Arrays and objects in turn, the outermost an array, nested to this depth."""
    opened = "".join('{"a":' if level % 2 else "[" for level in range(depth))
    closed = "".join("}" if level % 2 else "]" for level in reversed(range(depth)))
    return f"{opened}1{closed}"


def uneven(depth):
    """Two arrays, then an object, and so on: three levels at a time."""
    opened = "".join('{"a":' if level % 3 == 2 else "[" for level in range(depth))
    closed = "".join("}" if level % 3 == 2 else "]" for level in reversed(range(depth)))
    return f"{opened}1{closed}"


STATES = [
    *(
        case
        for length in HASHED
        for case in both(
            f"hashed-{length}",
            "DIGEST-26",
            "big-state hash-text",
            hashed(length),
            f"a canonical text of {length} bytes, at the end of a block or of its padding",
            ready_rules="DIGEST-27",
        )
    ),
    *(
        case
        for count in (65, 257, 300)
        for case in both(
            f"elements-{count}",
            "DIGEST-5",
            "big-state structure",
            "[" + ",".join(str(number % 7) for number in range(count)) + "]",
            f"{count} elements",
        )
    ),
    *(
        case
        for count in (65, 257, 300)
        for case in both(
            f"members-{count}",
            "DIGEST-5 DIGEST-6",
            "big-state key-order",
            "{" + ",".join(f'"k{number}":{number % 7}' for number in reversed(range(count))) + "}",
            f"{count} members, in no order of a digest",
        )
    ),
    *(
        case
        for count in (65, 257, 1025)
        for case in both(
            f"string-{count}",
            "DIGEST-11",
            "big-state escape",
            f'["{letters(count)}"]',
            f"a string of {count} characters",
        )
    ),
    *(
        case
        for count in (65, 257, 1025)
        for case in both(
            f"key-{count}",
            "DIGEST-6",
            "big-state key-order",
            f'{{"{letters(count)}z":1,"{letters(count)}m":2,"{letters(count)}a":3,"{letters(count)}z":4}}',
            f"keys that differ in character {count + 1}, and one that is there twice",
        )
    ),
    *both(
        "escapes-400",
        "DIGEST-12",
        "big-state escape",
        '["' + "\u00e9\U0001f600" * 200 + '"]',
        "400 characters that become 3,600: a buffer of three times the text is too small",
    ),
    *both(
        "blanks-1025",
        "DIGEST-4",
        "big-state",
        "[1," + " \t\n\r" * 257 + "2]",
        "more than a thousand blanks between two elements",
    ),
    # Depth.
    *both(
        "mixed-100", "DIGEST-29", "nesting boundary", mixed(100), "arrays and objects in turn, 100 deep"
    ),
    *both(
        "mixed-101",
        "DIGEST-3",
        "nesting boundary graded",
        mixed(101),
        "arrays and objects in turn, one level too many: a reader that counts either alone sees 51",
        better_refused="range",
    ),
    *both(
        "uneven-100",
        "DIGEST-29",
        "nesting boundary",
        uneven(100),
        "two arrays and an object in turn, 100 deep",
    ),
    *both(
        "uneven-101",
        "DIGEST-3",
        "nesting boundary graded",
        uneven(101),
        "two arrays and an object in turn, one level too many",
        better_refused="range",
    ),
    *both(
        "many-of-depth-99",
        "DIGEST-29",
        "nesting boundary",
        "[" + ",".join(["[" * 99 + "]" * 99] * 3) + "]",
        "three times 100 deep, one after another: a reader that counts brackets sees 298",
    ),
    *both(
        "many-of-depth-2",
        "DIGEST-29",
        "nesting",
        "[" + ",".join(['[{"a":[]}]'] * 60) + "]",
        "181 brackets and only four levels",
    ),
    *both(
        "second-of-depth-101",
        "DIGEST-3",
        "nesting boundary graded",
        "[[]," + mixed(100) + "]",
        "too deep in the second element: a reader that looks at the first one alone sees two levels",
        better_refused="range",
    ),
    *both(
        "depth-256",
        "DIGEST-3",
        "nesting graded",
        "[" * 256 + "]" * 256,
        "a depth that is 0 in 8 bits",
        better_refused="range",
    ),
    *both(
        "depth-300",
        "DIGEST-3",
        "nesting graded",
        mixed(300),
        "a depth that is 44 in 8 bits",
        better_refused="range",
    ),
    *both(
        "brackets-in-strings",
        "DIGEST-3 DIGEST-29",
        "nesting structure",
        '["' + "[" * 150 + '",{"' + '{' * 150 + '":"' + r"\"" + "[" * 150 + '"}]',
        "brackets in strings are not levels",
    ),
]
