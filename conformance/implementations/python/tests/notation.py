"""The notation of scenarios: a line is a stimulus, and what must be observed after it.

The chapters exchange.md and peer.md describe it. `run` plays a scenario in a session of the
adapter.
"""

import json

from adapter_sessions import PeerSession, Session
from rollwire_reference import (
    EpisodeEnd,
    EpisodeReady,
    FocusState,
    Input,
    InputEntry,
    InputRequest,
    InputResponse,
    Keepalive,
    Ping,
    Pong,
    StateHash,
    ValidationPing,
    ValidationPong,
    encode,
    timestamp_bits,
)

TIMESTAMPED = {
    "PING": Ping,
    "PONG": Pong,
    "VALIDATION_PING": ValidationPing,
    "VALIDATION_PONG": ValidationPong,
}

# What has happened before the second line, by the words of the first one.
BEFORE = {
    "started": ["ready aaaaaaaa", "recv EPISODE_READY 1 aaaaaaaa"],
    "validated": ["advance 100", "recv VALIDATION_PONG 100", "recv VALIDATION_PING 0"],
}


def entries(words):
    return [InputEntry(*map(int, word.split("="))) for word in words]


def message(name, words):
    """The message of a datagram such as `INPUT 1 7 5=3 6=0 7=0`."""
    if name in TIMESTAMPED:
        (time,) = words
        bits = int(time, 16) if time.startswith("0x") else timestamp_bits(int(time))
        return TIMESTAMPED[name](bits)
    if name == "INPUT":
        return Input(int(words[0]), int(words[1]), entries(words[2:]))
    if name == "INPUT_RESPONSE":
        return InputResponse(int(words[0]), entries(words[1:]))
    if name == "INPUT_REQUEST":
        return InputRequest(*map(int, words))
    if name == "EPISODE_END":
        return EpisodeEnd(*map(int, words))
    if name == "EPISODE_READY":
        return EpisodeReady(int(words[0]), words[1])
    if name == "STATE_HASH":
        return StateHash(int(words[0]), words[1] * 8)
    if name == "FOCUS_STATE":
        return FocusState(words[0] == "1", int(words[1]))
    if name == "KEEPALIVE":
        return Keepalive()
    raise AssertionError(f"{name} is not the name of a message")


def datagram(text):
    """The hex of a datagram, which is written as its message or already in hex."""
    name, *words = text.split() or [""]
    return encode(message(name, words)).hex() if name[:1].isupper() else name + "".join(words)


def stimulus(text):
    """The stimulus of the adapter protocol for a line such as `confirm 10 aa`."""
    name, *words = text.split()
    if name == "confirm":
        return {name: {"frame": int(words[0]), "hash": words[1] * 8}}
    if name == "recv":
        return {name: datagram(text[len(name) :])}
    if name == "rollback":
        return {name: "end" if words == ["end"] else {"begin": int(words[1])}}
    if name == "channel":
        return {name: words[0]}
    if name == "sends":  # sends accept 1 refuse 1 by false types 01 02
        refuse = words[3] if words[3] == "all" else int(words[3])
        told = {"accept": int(words[1]), "refuse": refuse, "how": words[5]}
        if len(words) > 6:
            told["types"] = [int(word, 16) for word in words[7:]]
        return {name: told}
    if name == "advance":
        return {name: int(words[0])}
    if name == "act":
        return {name: {"frame": int(words[0]), "action": int(words[1])}}
    if name == "ready":
        return {name: {"hash": words[0]}}
    if name == "ended":
        return {name: {"frame": int(words[0])}}
    if name == "focus":
        return {name: {"shown": words[0] == "shown", "frame": int(words[1])}}
    return {name: {}}  # tick, reset and catch_up


def matches_pairs(pairs, words):
    """Whether frames and hashes are those of words such as `5` and `5=aa`."""
    if len(pairs) != len(words):
        return False
    for (frame, hash), word in zip(pairs, words):
        wanted, _, digits = word.partition("=")
        if frame != int(wanted) or digits and hash != digits * 8:
            return False
    return True


def episode(state):
    """`0 complete end 450 agreed both equal`"""
    if state is None:
        return ["none"]
    words = [str(state["number"]), state["phase"]]
    if state["end"] is not None:
        words += ["end", str(state["end"]), "agreed" if state["agreed"] else "not-agreed"]
    return words + [state[name] for name in ("start", "hashes") if state[name] is not None]


def agrees(name, seen, text):
    """Whether a member of an observation is what the text of the scenario says."""
    words = [] if text in ("-", "none") else text.split()
    if name == "sent" and text[:1].isupper():
        return seen == [datagram(part) for part in text.split(",")]
    if name == "sent":
        return matches_pairs([(int(it[2:10], 16), it[10:]) for it in seen], words)
    if name in ("queue", "map", "history"):
        return matches_pairs(seen, words)
    if name == "events":
        return [it["frame"] for it in seen] == [int(word) for word in words]
    if name in ("verified", "confirmed"):
        return seen == (int(words[0]) if words else None)
    if name == "held":
        return seen == [list(entry) for entry in entries(words)]
    if name == "round_trips":
        return seen == [f"{timestamp_bits(int(word)):016x}" for word in words]
    if name == "request":
        return seen == ([int(word) for word in words] or None)
    if name == "episode":
        return episode(seen) == text.split()
    return seen == text  # validation and partner


def begin(first):
    """The session that a scenario begins with: `peer 0 5 started`, `exchange lasting-hashes 2`.

    Any other line is the first stimulus of an exchange without options.
    """
    kind, *words = first.split()
    if kind == "exchange":
        return Session(lasting=int(words[1]))
    if kind != "peer":
        return Session()
    session = PeerSession(int(words[0]), int(words[1]))
    for word in words[2:]:
        for line in BEFORE[word]:
            session.read(stimulus(line))()
    session.observe()
    return session


def run(lines):
    """Plays a scenario. Raises AssertionError where something else is observed."""
    session = begin(lines[0])
    for line in lines[lines[0].startswith(("peer", "exchange")) :]:
        text, *expected = [part.strip() for part in line.split("|")]
        session.read(stimulus(text))()
        seen = json.loads(session.observe())
        asked = {"sent": "-", **dict(part.split(maxsplit=1) for part in expected)}
        for name, wanted in asked.items():
            if not agrees(name, seen[name], wanted):
                raise AssertionError(f"{line!r}: {name} is {seen[name]}")
