"""The deployed recipe of a digest, run with Node.js and CPython, without any code of rollwire.

    python3 recipe.py FILE

answers the questions of a file, one JSON object a line: {"form": FORM, "state": TEXT} is answered
by {"text": TEXT, "hash": DIGITS} or {"refused": true} on standard output, in the same order.
"""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

# CPython's default, also if the environment sets another limit.
sys.set_int_max_str_digits(4300)


def through_ecmascript(states):
    """Each state as Node.js parses and writes it again; None where Node.js does not accept it as JSON."""
    lines = "".join(json.dumps(state) + "\n" for state in states)
    script = Path(__file__).with_name("recipe.mjs")
    node = subprocess.run(
        ["node", script], input=lines, capture_output=True, encoding="utf-8", check=True
    )
    return [json.loads(line) for line in node.stdout.split("\n")[: len(states)]]


def rounded(value):
    """Every float at ten decimal places."""
    if isinstance(value, float):
        return round(value, 10)
    if isinstance(value, dict):
        return {key: rounded(member) for key, member in value.items()}
    if isinstance(value, list):
        return [rounded(element) for element in value]
    return value


def sixteen_digits(from_ecmascript):
    """The digest for STATE_HASH, of what Node.js has written."""
    state = rounded(json.loads(from_ecmascript))
    text = json.dumps(state, sort_keys=True, separators=(",", ":"))
    return {"text": text, "hash": hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]}


def eight_digits(state):
    """The digest for EPISODE_READY. Node.js is not involved."""
    text = json.dumps(json.loads(state), sort_keys=True)
    return {"text": text, "hash": hashlib.md5(text.encode("utf-8")).hexdigest()[:8]}


def digests(questions):
    """The answers to pairs of form and state: a digest each, or None for a refusal."""
    written = iter(through_ecmascript([state for form, state in questions if form == "state_hash"]))
    answers = []
    for form, state in questions:
        try:
            if form == "episode_ready":
                answers.append(eight_digits(state))
                continue
            text = next(written)
            answers.append(None if text is None else sixteen_digits(text))
        except ValueError:  # no JSON, or an integer of too many digits
            answers.append(None)
    return answers


def main():
    """Answers all lines of the file."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").rstrip("\n").split("\n")
    questions = [json.loads(line) for line in lines]
    for answer in digests([(question["form"], question["state"]) for question in questions]):
        print(json.dumps(answer or {"refused": True}))


if __name__ == "__main__":
    main()
