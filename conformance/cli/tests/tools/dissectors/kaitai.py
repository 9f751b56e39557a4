"""Parses datagrams with the parsers that Kaitai Struct has made for Python.

python kaitai.py FOLDER reads FOLDER/plan.json and the parsers, and writes FOLDER/python.json. It is run
by the Python for which the runtime of Kaitai Struct is installed.
"""

import json
import struct
import sys
from pathlib import Path


def value_of(message, field):
    """The value of a field in the JSON of the vectors."""
    name = field["name"]
    own = getattr(message, name)
    if field["kind"] == "RawHash":
        return own.hex()
    if field["kind"] == "Double":
        bits = getattr(message, name + "_bits")
        if own == own and struct.pack(">d", own) != bits:
            raise SystemExit(f"{name} is {own}, and its bits are {bits.hex()}")
        return bits.hex()
    if field["kind"] == "Entries":
        return [{inner: getattr(entry, inner) for inner in field["entry"]} for entry in own]
    return own


def answer(parser, messages, datagram):
    try:
        parsed = parser["Rollwire"].from_bytes(datagram)
        message = messages[str(int(parsed.type))]
        fields = {field["name"]: value_of(parsed.fields, field) for field in message["fields"]}
        return {"value": {"type": message["name"], "fields": fields}}
    except Exception as error:
        # A fault of this script is not a refusal.
        name = type(error).__name__
        if not (name in ("EOFError", "EndOfStreamError") or name.startswith("Validation")):
            raise
        return {"refused": name}


def main(folder):
    answers = []
    for number, described in enumerate(json.loads((folder / "plan.json").read_text("utf-8"))):
        # A module of the same name for each description.
        parser = {"__name__": "parser"}
        exec((folder / str(number) / "parser.py").read_text("utf-8"), parser)
        datagrams = map(bytes.fromhex, described["datagrams"])
        answers.append([answer(parser, described["messages"], it) for it in datagrams])
    (folder / "python.json").write_text(json.dumps(answers), "utf-8")


main(Path(sys.argv[1]))
