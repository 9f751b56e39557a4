"""The adapter: reads a request from each line of standard input and answers it with one line.

`rollwire explain adapter.md` describes the protocol. Your code belongs in codec.py.
"""

from __future__ import annotations

import json
import sys
from binascii import unhexlify  # unlike bytes.fromhex, it refuses blanks between the digits
from typing import Any

from codec import Refusal, decode, encode

Json = dict[str, Any]

# What `rollwire` may ask. Extend `capabilities` and `messages` with your implementation.
DECLARED: Json = {
    "protocol": 1,
    "impl": {"name": "my-implementation", "version": "0.1.0", "language": "Python"},
    "capabilities": ["decode", "encode"],
    "messages": ["state_hash"],
}


def answer_hello(request: Json) -> Json:
    if 1 not in request["protocol"]:
        raise ValueError("this adapter speaks only protocol 1")
    return {**DECLARED, "nonce": request["nonce"]}


def answer_decode(request: Json) -> Json:
    message_type, fields = decode(unhexlify(request["hex"]))
    return {"type": message_type, "fields": fields}


def answer_encode(request: Json) -> Json:
    return {"hex": encode(request["type"], request["fields"]).hex()}


# One function for each question. What is not here is answered with `unsupported`.
QUESTIONS = {"hello": answer_hello, "decode": answer_decode, "encode": answer_encode}


def answer(request: Json) -> Json:
    """The answer without its id. A refusal is an answer; every other exception is a defect."""
    try:
        op = request["op"]
        if not isinstance(op, str):
            raise TypeError("`op` is not text")
        question = QUESTIONS.get(op)
        return {"ok": question(request)} if question else {"unsupported": {}}
    except Refusal as refusal:
        return {"reject": {"class": refusal.refusal_class, "message": str(refusal)}}
    except Exception as error:
        return {"error": {"message": repr(error)}}


def request_of(line: str) -> Json | None:
    """The request on a line. Without an id it cannot be answered, and is only logged."""
    try:
        request = json.loads(line)
        if type(request["id"]) is int and 0 <= request["id"] < 2**53:
            return request
        raise ValueError("the request has no id")
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        print(f"{error!r}: {line[:200]!r}", file=sys.stderr)
        return None


def main() -> None:
    """Answers until the end of standard input."""
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    for line in sys.stdin:
        request = request_of(line) if line.strip() else None
        if request is not None:
            print(json.dumps({"id": request["id"], **answer(request)}), flush=True)


if __name__ == "__main__":
    main()
