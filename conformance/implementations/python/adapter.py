"""Connects the implementation to the adapter protocol (spec/adapter.md).

The adapter reads requests from standard input, one JSON object per line, calls the implementation,
and writes one answer per request to standard output. This file has the requests that stand alone,
adapter_sessions.py those of a session, adapter_stimuli.py what is done in one, adapter_texts.py the
text of what an exchange holds, and adapter_buffer.py the buffer that datagrams arrive in. With
--verbose, the logger of the implementation writes to standard error. With --lasting-hashes, hashes
last and are sent once, and with --lasting-hashes=2 or 3 so often. With --log-peers=FOLDER, for tests
only, peers log their sessions, as adapter_logs.py says.

To connect an implementation of your own, copy the five files and change what they import from
`rollwire_reference`.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
from binascii import unhexlify  # unlike bytes.fromhex, it refuses blanks between the digits
from dataclasses import fields
from typing import Any, Callable

from adapter_buffer import received
from adapter_sessions import MOST_SESSIONS, Sessions
from rollwire_reference import (
    REVISION,
    InputEntry,
    Message,
    Refusal,
    decode,
    encode,
    message_class,
    state_digest,
)

PROTOCOL = 1
CAPABILITIES = [
    "decode",
    "encode",
    "reencode",
    "nan-payload",
    "exchange",
    "inspect",
    "detect",
    "advance",
    "inputs",
    "liveness",
    "validation",
    "episodes",
    "catch-up",
    "focus",
    "digest",
]
HELLO: dict[str, Any] = {
    "protocol": PROTOCOL,
    "impl": {"name": "rollwire-python", "version": "1.0.0", "language": "Python"},
    "revision": REVISION,
    "window": 256,
    "sessions": MOST_SESSIONS,
    "capabilities": CAPABILITIES,
}

# How often each hash is sent, by the argument that says so.
LASTING_HASHES = {
    "--lasting-hashes": 1,
    "--lasting-hashes=1": 1,
    "--lasting-hashes=2": 2,
    "--lasting-hashes=3": 3,
}

# A line has at most 4 MiB. A digest is judged by its hash, so a long text may be left out.
LONGEST_TEXT = 1 << 20

STDIN, STDOUT = 0, 1

log = logging.getLogger("rollwire.adapter")

Request = dict[str, Any]


# Operations: each takes a request and returns the JSON text of `ok`. A refusal of the
# implementation leaves an operation as Refusal, and anything that breaks as another exception.


def hello(request: Request) -> str:
    if PROTOCOL not in request["protocol"]:
        raise ValueError(f"this adapter speaks only version {PROTOCOL} of the protocol")
    return json.dumps({**HELLO, "nonce": request["nonce"]})


def decode_datagram(request: Request) -> str:
    return json.dumps(message_to_json(received(unhexlify(request["hex"]), decode)))


def encode_message(request: Request) -> str:
    return json.dumps({"hex": encode(message_from_json(request)).hex()})


def reencode_datagram(request: Request) -> str:
    return json.dumps({"hex": encode(received(unhexlify(request["hex"]), decode)).hex()})


def digest_state(request: Request) -> str:
    digest = state_digest(request["state"], request["form"])
    if len(digest.text) > LONGEST_TEXT:
        return json.dumps({"hash": digest.hash})
    return json.dumps({"hash": digest.hash, "text": digest.text})


SESSIONS = Sessions()
OPERATIONS: dict[str, Callable[[Request], str]] = {
    "hello": hello,
    "decode": decode_datagram,
    "encode": encode_message,
    "reencode": reencode_datagram,
    "digest": digest_state,
    "open": SESSIONS.open,
    "step": SESSIONS.step,
    "advance": SESSIONS.advance,
    "close": SESSIONS.close,
}


# Messages: `type` and `fields` in JSON, an object of a message class in Python.


def message_to_json(message: Message) -> dict[str, Any]:
    values = dict(vars(message))
    if "timestamp" in values:
        values["timestamp"] = f"{values['timestamp']:016x}"
    if "entries" in values:
        values["entries"] = [
            {"frame": frame, "action": action} for frame, action in values["entries"]
        ]
    return {"type": message.name, "fields": values}


def message_from_json(request: Request) -> Message:
    """The message to encode. Most wrong values pass through, because `encode` must refuse them.

    The adapter refuses a value itself where Python would take it for a correct one.
    """
    message = message_class(request["type"])
    values = request["fields"]
    names = {field.name for field in fields(message)}
    if not isinstance(values, dict) or values.keys() != names:
        raise Refusal("value", f"a {message.name} has other fields than these")
    if "timestamp" in values:
        values["timestamp"] = timestamp_from_json(values["timestamp"])
    if isinstance(values.get("entries"), list):
        values["entries"] = [entry_from_json(entry) for entry in values["entries"]]
    return message(**values)


def timestamp_from_json(text: object) -> int:
    """The 64 bits. A number is refused here: for the message class it would be the bits."""
    # int(text, 16) alone would also accept signs, underscores, blanks and upper case.
    if not isinstance(text, str) or len(text) != 16 or text.strip("0123456789abcdef"):
        raise Refusal("value", "timestamp is not text of 16 digits 0-9a-f")
    return int(text, 16)


def entry_from_json(entry: object) -> object:
    if isinstance(entry, dict) and entry.keys() == {"frame", "action"}:
        return InputEntry(entry["frame"], entry["action"])
    return entry  # not an entry, which `encode` must refuse


# Requests and answers


# Python reads at most 4300 digits of an integer. A shorter line cannot hold more.
LONGEST_INTEGER = 4300


def integer(digits: str) -> int:
    # The first 25 digits, with the sign, are already outside every field, so the rest does not
    # matter to a refusal.
    return int(digits[:25])


parse_short = json.JSONDecoder().raw_decode
parse_long = json.JSONDecoder(parse_int=integer).raw_decode  # right for all lines, but slower


def parse_json(line: bytes) -> Any:
    text = line.decode("utf-8").strip(" \t\r")
    value, end = parse_short(text) if len(text) <= LONGEST_INTEGER else parse_long(text)
    if end < len(text):
        raise ValueError("the line goes on after its JSON value")
    return value


def answer(line: bytes) -> bytes:
    """The answer to one request, as a line. Without an id there is none, nor for an empty line."""
    if not line.strip():
        return b""
    request = None
    try:
        request = parse_json(line)
        operation = OPERATIONS.get(request["op"])
        member, content = ("ok", operation(request)) if operation else ("unsupported", "{}")
    except Refusal as refusal:
        member = "reject"
        content = json.dumps({"class": refusal.refusal_class, "message": str(refusal)})
    except Exception as problem:  # something broke, and the next request must still be answered
        log.debug("the request failed", exc_info=True)
        member = "error"
        content = json.dumps({"message": repr(problem)[:200]})
    if not isinstance(request, dict) or type(request.get("id")) is not int:
        print(f"a request without an id cannot be answered: {member} {content}", file=sys.stderr)
        return b""
    return f'{{"id":{request["id"]},"{member}":{content}}}\n'.encode("ascii")


def write_all(output: bytes) -> None:
    while output:
        output = output[os.write(STDOUT, output) :]


def make_hashes_last(argument: str) -> None:
    """Declares and does what `--lasting-hashes` or `--lasting-hashes=N` says."""
    if argument not in LASTING_HASHES:
        sys.exit(f"{argument} is not one of {', '.join(LASTING_HASHES)}")
    SESSIONS.lasting = LASTING_HASHES[argument]
    HELLO["capabilities"] = [*CAPABILITIES, "lasting-hashes"]
    if SESSIONS.lasting != 1:
        HELLO["parameters"] = {"hash_sends": SESSIONS.lasting}


def main() -> None:
    if "--verbose" in sys.argv:
        logging.basicConfig(level="DEBUG", format="%(message)s")
    for argument in sys.argv[1:]:
        if argument.startswith("--lasting-hashes"):
            make_hashes_last(argument)
    for argument in sys.argv[1:]:
        if argument.startswith("--log-peers"):
            from adapter_logs import log_peers  # only here, so that a copy works without the file

            log_peers(argument, SESSIONS)
    # The default, 700, lets a request of 65535 entries start the garbage collector hundreds of times.
    gc.set_threshold(50_000)
    # The kit sends many requests and then waits. So answer all that have arrived with one write,
    # before the next read blocks. sys.stdin would not tell when it is about to block.
    rest = b""
    while chunk := os.read(STDIN, 1 << 16):
        *lines, rest = (rest + chunk).split(b"\n")
        write_all(b"".join([answer(line) for line in lines]))
    write_all(answer(rest))  # the last line may lack its end
    SESSIONS.close_all()


if __name__ == "__main__":
    main()
