"""Arrays, objects, words, blanks, and the depth of nesting."""

from listed import both

DEEP_LIST = "[" * 99 + '"x"' + "]" * 99
DEEP_OBJECT = '{"a":' * 100 + "1" + "}" * 100

STATES = [
    *both(
        "words",
        "DIGEST-5",
        "basic structure",
        '{"a":null,"b":true,"c":false}',
        "null, true and false; Python's own words are others",
    ),
    *both(
        "list-order",
        "DIGEST-5",
        "structure",
        "[3,1,2,[2,1],null,null]",
        "an array keeps its order and everything in it",
    ),
    *both(
        "empty-containers",
        "DIGEST-5",
        "structure",
        '{"a":{},"b":[],"c":[[],{}]}',
        "empty ones, with no blank inside",
    ),
    *both(
        "mixed-types",
        "DIGEST-5",
        "structure",
        '["1",1,true,"true",null,"null"]',
        "a string is not what it spells",
    ),
    *both(
        "blanks",
        "DIGEST-4",
        "structure",
        ' {\t"a" : [ 1 ,\r\n2 ] } \n',
        "all four blanks, wherever they may be",
    ),
    *both(
        "no-blanks",
        "DIGEST-4",
        "structure",
        '{"a":[1,2],"b":" \u00a0 "}',
        "no blank at all, but in a string, where all of them stay",
    ),
    *both(
        "lists-in-lists",
        "DIGEST-8",
        "separator",
        "[1,[2,3],[[4]]]",
        "separators of arrays",
        ready_rules="DIGEST-9",
    ),
    *both(
        "objects-in-objects",
        "DIGEST-8",
        "separator",
        '{"a":{"b":1,"c":{"d":2}},"e":3}',
        "separators of objects",
        ready_rules="DIGEST-9",
    ),
    *both(
        "separators-in-strings",
        "DIGEST-8",
        "separator",
        '{"a, b":"c: d","e,f":"g:h"}',
        "what looks like a separator in a string stays",
        ready_rules="DIGEST-9",
    ),
    *both(
        "depth-100", "DIGEST-3", "nesting boundary", "[" + DEEP_LIST + "]", "as deep as it may be"
    ),
    *both(
        "depth-100-objects",
        "DIGEST-3",
        "nesting boundary",
        DEEP_OBJECT,
        "as deep as it may be, with objects",
    ),
    *both(
        "depth-101",
        "DIGEST-3",
        "nesting boundary graded",
        "[[" + DEEP_LIST + "]]",
        "one level too many",
        better_refused="range",
    ),
    *both(
        "depth-101-objects",
        "DIGEST-3",
        "nesting boundary graded",
        '{"b":' + DEEP_OBJECT + "}",
        "one level too many, with objects",
        better_refused="range",
    ),
    *both(
        "depth-200",
        "DIGEST-3",
        "nesting graded",
        "[" * 200 + "]" * 200,
        "far too deep: a refusal, or a digest, and never a crash",
        better_refused="range",
    ),
    *both(
        "outermost-number",
        "DIGEST-2",
        "structure graded",
        "5",
        "a number alone is not a state",
        better_refused="value",
    ),
    *both(
        "outermost-text",
        "DIGEST-2",
        "structure graded",
        '"x"',
        "a string alone is not a state",
        better_refused="value",
    ),
    *both(
        "outermost-null",
        "DIGEST-2",
        "structure graded",
        " null ",
        "null alone is not a state",
        better_refused="value",
    ),
    *both(
        "outermost-list",
        "DIGEST-2",
        "structure",
        "[5]",
        "an array may be a state",
    ),
]
