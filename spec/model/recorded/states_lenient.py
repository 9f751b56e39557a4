"""Texts that are not JSON, though a reader of some language takes them: each has this one fault."""

from listed import both

# What some language takes for a blank, or for the end of a text.
BLANKS = {
    "nul": ("\0", "a NUL: a C string ends there"),
    "vertical-tab": ("\v", "a vertical tab: isspace() says that it is a blank"),
    "form-feed": ("\f", "a form feed: isspace() says that it is a blank"),
    "next-line": ("\x85", "U+0085: Unicode says that it is a blank"),
    "no-break-space": ("\xa0", "a no-break space: Unicode says that it is a blank"),
    "line-separator": ("\u2028", "U+2028: a line end in JavaScript"),
    "ideographic-space": ("\u3000", "an ideographic space: Unicode says that it is a blank"),
    "byte-order-mark": ("\ufeff", "a byte order mark: JavaScript's trim() removes it"),
}

# Where a blank may stand: the text before it and the text behind it.
PLACES = {
    "before": ("", "[1,2]"),
    "between": ("[1,", "2]"),
    "behind": ("[1,2]", ""),
}

NUMBERS = {
    # A second fault would hide the first, so each list is right but for one token.
    "minus-alone": ("-", "a sign without a digit"),
    "minus-blank": ("- 1", "a blank behind the sign: scanf skips it"),
    "minus-twice": ("--1", "two signs"),
    "minus-plus": ("-+1", "two signs"),
    "minus-zero-one": ("-01", "a zero in front, behind the sign"),
    "zero-zero": ("00", "two zeros"),
    "minus-point": ("-.5", "no digit before the point, behind the sign"),
    "point-alone": (".", "a point without a digit"),
    "point-exponent": ("1.e5", "no digit between the point and the exponent"),
    "two-points": ("1.5.2", "two points"),
    "exponent-alone": ("1e", "an exponent without a digit"),
    "exponent-sign-alone": ("1e+", "an exponent with a sign and no digit"),
    "exponent-blank": ("1e 5", "a blank behind the e"),
    "exponent-sign-blank": ("1e+ 5", "a blank behind the sign of the exponent"),
    "exponent-fraction": ("1e1.5", "an exponent with a point"),
    "exponent-twice": ("1e5e5", "two exponents"),
    "exponent-other-letter": ("1d5", "the letter of Fortran's exponents"),
    "exponent-binary": ("0x1p3", "hex digits and a binary exponent: strtod() reads them"),
    "underscore": ("1_000", "an underscore between digits: Python, Rust, Java and C# take it"),
    "apostrophe": ("1'000", "an apostrophe between digits: C++ takes it"),
    "blank-between-digits": ("1 000", "a blank between digits: two values without a comma"),
    "comma-for-point": ('"a",1;5', "a semicolon between elements, where a comma is the point"),
    "suffix-f": ("1.5f", "a suffix `f`: C, Java and C# take it"),
    "suffix-d": ("1.5d", "a suffix `d`: Java's parseDouble takes it"),
    "suffix-f-upper-case": ("1.5F", "a suffix `F`: Java's parseDouble takes it"),
    "suffix-l": ("1L", "a suffix `L`: a long integer"),
    "suffix-n": ("1n", "a suffix `n`: a BigInt"),
    "suffix-percent": ("1%", "a percent sign"),
    "binary": ("0b1", "a number in binary"),
    "octal": ("0o7", "a number in octal"),
    "hex-upper-case": ("0X10", "a number in hex with an upper-case prefix"),
    "hex-negative": ("-0x10", "a negative number in hex"),
    "fullwidth": ("\uff11", "a fullwidth digit alone"),
    "digit-behind-a-digit": ("1\u0661", "an Arabic-Indic digit behind a digit"),
    "digit-behind-the-point": ("1.\u0661", "an Arabic-Indic digit behind the point"),
    "digit-behind-a-place": ("1.5\u0661", "an Arabic-Indic digit behind a decimal place"),
    "digit-in-the-exponent": ("1e\u0661", "an Arabic-Indic digit in the exponent"),
    "digit-behind-the-exponent": ("1e1\u0661", "an Arabic-Indic digit behind one of the exponent"),
    "digit-behind-the-sign": ("-\u0661", "an Arabic-Indic digit behind the sign"),
    "digit-fullwidth-behind": ("1\uff11", "a fullwidth digit behind a digit"),
    "digit-devanagari-behind": ("1\u0967", "a Devanagari digit behind a digit"),
    "digit-superscript": ("1\xb2", "a superscript: isdigit() says that it is a digit"),
    "digit-mathematical": ("1\U0001d7cf", "a mathematical digit, two units of UTF-16"),
    "minus-of-typography": ("\u22121", "the minus sign of typography"),
    "point-of-typography": ("1\u00b75", "a middle dot for the point"),
    "point-arabic": ("1\u066b5", "the Arabic decimal point"),
    "nan-lower-case": ("nan", "nan, as C and Rust write it"),
    "inf": ("inf", "inf, as C, Python and Rust write it"),
    "infinity-lower-case": ("infinity", "infinity in lower case: strtod() reads it"),
    "minus-inf": ("-inf", "-inf, as C, Python and Rust write it"),
    "dollar": ("$1", "a sign of a currency"),
}

ESCAPES = {
    "plus": (r"\u+041", "a plus for the first digit: parseInt and strtol take `+041`"),
    "minus": (r"\u-041", "a minus for the first digit: strtol takes `-041`"),
    "blank": (r"\u 041", "a blank for the first digit: strtol skips it"),
    "tab-escaped": (r"\u\t41", "an escape in place of a digit"),
    "underscore": (r"\u0_41", "an underscore between digits: Python's int() takes it"),
    "prefix": (r"\u0x41", "a prefix `0x`: Python's int() and strtol take it"),
    "three-digits": (r"\u004", "three digits, then the end of the string"),
    "letter-g": (r"\u004g", "a letter for the last digit: parseInt stops before it"),
    "digit-first": ("\\u\u0660041", "an Arabic-Indic zero for the first digit"),
    "digit-last": ("\\u004\u0661", "an Arabic-Indic one for the last digit"),
    "digit-fullwidth": ("\\u004\uff11", "a fullwidth one for the last digit"),
    "letter-fullwidth": ("\\u004\uff21", "a fullwidth A for the last digit"),
    "upper-case": (r"\U00000041", "the escape of Python and C, with eight digits"),
    "upper-case-letter": (r"\U0041", "an upper-case U"),
    "braces": (r"\u{41}", "digits in braces, as in JavaScript and Rust"),
    "vertical-tab": (r"\v", "an escape that JavaScript has, and JSON has not"),
    "bell": (r"\a", "an escape that C has, and JSON has not"),
    "zero": (r"\0", "an escape for NUL that JSON has not"),
    "octal": (r"\101", "an octal escape, as in C"),
    "single-quote": (r"\'", "an escaped single quote"),
    "short-upper-case": (r"\N", "an upper-case N"),
    "line": ("\\\n", "an escaped line end, which continues a line"),
}

STRINGS = {
    "nul": ("a\0b", "a NUL as itself"),
    "tab": ("a\tb", "a tab as itself: many readers take it"),
    "carriage-return": ("a\rb", "a carriage return as itself"),
    "unit-separator": ("a\x1fb", "the last control character, as itself"),
    "vertical-tab": ("a\vb", "a vertical tab as itself"),
}

WORDS = {
    "true-title": ("True", "a word of Python"),
    "false-title": ("False", "a word of Python"),
    "none": ("None", "a word of Python"),
    "true-upper-case": ("TRUE", "upper case: a comparison without case takes it"),
    "null-upper-case": ("NULL", "upper case: a comparison without case takes it"),
    "null-title": ("Null", "one letter in upper case"),
    "nil": ("nil", "a word of Go, Lua and Ruby"),
    "undefined": ("undefined", "a word of JavaScript"),
    "true-short": ("t", "the beginning of a word"),
    "null-cut": ("nul", "a word without its last letter"),
    "true-long": ("truee", "a word and one more letter"),
    "long-s": ("fal\u017fe", "a long s: without case it is an s"),
}

STRUCTURES = {
    "comma-first": ("[,1]", "a comma before the first element"),
    "comma-twice": ("[1,,2]", "two commas: a hole"),
    "comma-alone": ("[,]", "a comma without an element"),
    "member-comma-first": ('{,"a":1}', "a comma before the first member"),
    "member-comma-twice": ('{"a":1,,"b":2}', "two commas between members"),
    "no-comma": ("[1 2]", "no comma between elements"),
    "member-no-comma": ('{"a":1 "b":2}', "no comma between members"),
    "member-semicolon": ('{"a":1;"b":2}', "a semicolon between members"),
    "no-colon": ('{"a" 1}', "no colon"),
    "equals": ('{"a"=1}', "an equals sign for the colon"),
    "arrow": ('{"a"=>1}', "an arrow for the colon, as in Ruby and PHP"),
    "colon-twice": ('{"a"::1}', "two colons"),
    "no-value": ('{"a":}', "a key without a value"),
    "key-alone": ('{"a"}', "a key without a colon"),
    "key-number": ("{1:2}", "a number as a key, as in Python"),
    "key-null": ("{null:2}", "a word as a key"),
    "key-single-quotes": ("{'a':1}", "a key in single quotes"),
    "value-single-quotes": ("['a']", "a string in single quotes"),
    "colon-in-list": ('["a":1]', "a member in an array"),
    "other-bracket": ("[1}", "an array that is closed by a brace"),
    "other-brace": ('{"a":1]', "an object that is closed by a bracket"),
    "bracket-too-many": ("[1]]", "one bracket too many"),
    "brace-too-many": ("{}}", "one brace too many"),
    "comma-behind": ("[1],", "a comma behind the value"),
    "semicolon-behind": ("[1];", "a semicolon behind the value"),
    "bracket-alone": ("]", "a closing bracket alone"),
    "round-brackets": ("(1,2)", "a tuple of Python"),
    "line-comment": ("[1] // one", "a comment behind the value"),
    "hash-comment": ("[1] # one", "a comment of a script behind the value"),
    "comment-before": ("/**/[1]", "a comment before the value"),
    "comment-between": ("[1,/**/2]", "a comment between elements"),
    "value-behind": ("[1]2", "a number behind the value"),
    "array-not-closed": ("[1", "an array without its closing bracket"),
    "arrays-not-closed": ("[[1,2]", "an outer array without its closing bracket"),
    "object-not-closed": ('{"a":1', "an object without its closing brace"),
}

# Two faults each: an implementation may find either first.
TOO_DEEP = {
    "unclosed-depth-101": ("[" * 101, "too deep, and not closed: both are faults"),
    "unclosed-depth-101-objects": ('{"a":' * 101, "the same with objects"),
    "wrong-at-depth-101": ("[" * 101 + "x" + "]" * 101, "too deep, and not JSON at its bottom"),
}


def one_fault(kind, slug, text, comment, flags="strict-json"):
    """A text that is JSON but for the one thing that its slug names."""
    return both(f"{kind}-{slug}", "DIGEST-1", flags, text, comment, refused="text")


def each(kind, table, text, flags="strict-json"):
    """The same for each entry of a table, within the same right text."""
    return [
        case
        for slug, (part, comment) in table.items()
        for case in one_fault(kind, slug, text.replace("@", part), comment, flags)
    ]


STATES = [
    *(
        case
        for place, (before, behind) in PLACES.items()
        for slug, (blank, comment) in BLANKS.items()
        for case in one_fault(f"blank-{place}", slug, before + blank + behind, comment)
    ),
    *each("number", NUMBERS, "[0,@]"),
    *each("escape", ESCAPES, '["a@"]', "strict-json escape"),
    *each("key-escape", {k: ESCAPES[k] for k in ("plus", "digit-last", "zero")}, '{"a@":1}'),
    *each("string", STRINGS, '["@"]', "strict-json escape"),
    *each("key", STRINGS, '{"@":1}', "strict-json escape"),
    *each("word", WORDS, "[null,@]"),
    *each("structure", STRUCTURES, "@"),
    *(
        case
        for slug, (text, comment) in TOO_DEEP.items()
        for case in both(
            f"structure-{slug}", "DIGEST-1", "strict-json", text, comment, refused="text range"
        )
    ),
    *both(
        "accepted",
        "DIGEST-4",
        "strict-json",
        '\t\r\n [-0,10,0.0,0e0,1E-0,1e05,"\\u00e9\\u00C9\\/\x7f\x80\xa0\u2028\u3000\ufeff",\ttrue\r,\nnull ] ',
        "what is next to the refused ones, and is JSON",
    ),
]
