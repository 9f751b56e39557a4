"""Strings: what is escaped, and how."""

from listed import both

STATES = [
    *both(
        "quote-and-backslash",
        "DIGEST-10",
        "escape",
        r'["\"","\\","\\\\\""]',
        "the two characters that must be escaped",
    ),
    *both(
        "short-escapes",
        "DIGEST-10",
        "escape",
        r'["\b\f\n\r\t"]',
        "five escapes of one letter: four digits are another text",
    ),
    *both(
        "short-escapes-from-digits",
        "DIGEST-10",
        "escape",
        r'["\u0008\u000c\u000a\u000d\u0009\u0022\u005C"]',
        "the same, spelled with digits",
    ),
    *both(
        "slash",
        "DIGEST-11",
        "escape",
        r'["a\/b","c/d"]',
        "a slash is written without a backslash, even if it is escaped in the text",
    ),
    *both(
        "printable",
        "DIGEST-11",
        "escape",
        """[" !#$%&'()*+,-.0123456789:;<=>?@[]^_`{|}~"]""",
        "what writers for HTML escape stands as it is",
    ),
    *both(
        "printable-from-digits",
        "DIGEST-11",
        "escape",
        r'["\u0041\u007a\u0020\u007E"]',
        "letters that were spelled with digits are letters",
    ),
    *both(
        "control",
        "DIGEST-12",
        "escape",
        r'["\u0000\u0001\u000b\u000e\u001f"]',
        "the control characters without a letter of their own",
    ),
    *both(
        "delete-escaped",
        "DIGEST-12",
        "escape",
        r'["\u007f","\u007F"]',
        "DEL is escaped, in lower case",
    ),
    *both(
        "delete-raw",
        "DIGEST-12",
        "escape",
        '["a\x7fb"]',
        "DEL is escaped, also where it came as itself",
    ),
    *both("latin", "DIGEST-12", "escape", '{"n":"\u00e9"}', "raw UTF-8 is another text"),
    *both(
        "latin-escaped",
        "DIGEST-12",
        "escape",
        r'{"n":"\u00E9\u00FF\u0080"}',
        "hex digits of an escape are in lower case",
    ),
    *both(
        "not-normalised",
        "DIGEST-12",
        "escape",
        '["\u00e9","e\u0301","\u212b","\ufb01"]',
        "characters that normalisation would change",
    ),
    *both(
        "separators-of-lines",
        "DIGEST-12",
        "escape",
        '["\u2028\u2029\u0085\u00a0\ufeff"]',
        "line separators, and blanks that JSON does not have",
    ),
    *both(
        "han",
        "DIGEST-12",
        "escape",
        '["\u6f22\u5b57","\uffff\ufffd"]',
        "three bytes of UTF-8, four digits",
    ),
    *both(
        "emoji", "DIGEST-12", "escape", '["\U0001f600"]', "above U+FFFF a character is two escapes"
    ),
    *both(
        "emoji-escaped",
        "DIGEST-12",
        "escape",
        r'["\ud83d\ude00","\uD83D\uDE00"]',
        "the same, spelled as two escapes",
    ),
    *both(
        "last-character",
        "DIGEST-12",
        "escape",
        '["\U0010ffff\U00010000"]',
        "the last character of all, and the first of two units",
    ),
    *both(
        "keys-too",
        "DIGEST-12",
        "escape key-order",
        r'{"\u00e9":1,"\"":2,"\/":3,"\u007f":4}',
        "keys are written as values are",
    ),
    *both("empty-strings", "DIGEST-5", "structure", '["",{"":""}]', "strings without a character"),
]
