"""open, step and close of the adapter protocol: an Exchange each, on a channel that is told."""

from binascii import unhexlify
from math import inf
from operator import index

from exchange import Exchange


class ToldChannel:
    """Answers `send` as the stimulus `sends` says, also while it is closed."""

    def __init__(self):
        self.is_open, self.throws, self.accept, self.refuse, self.sent = True, False, 0, 0, []

    def sends(self, accept, refuse, how):
        # Checked now: an error in `send` would pass for a refusal.
        self.accept, self.refuse = index(accept), inf if refuse == "all" else index(refuse)
        self.throws = {"false": False, "throw": True}[how]

    def send(self, datagram):  # an Exchange sends nothing that `sends` does not count
        if self.accept > 0:
            self.accept -= 1
        elif self.refuse > 0:
            self.refuse -= 1
            if self.throws:
                raise OSError("refused, as told")
            return False
        self.sent.append(datagram.hex())
        return True


def rollback(exchange, what):
    if what == "end":
        exchange.end_rollback()
    else:
        exchange.begin_rollback(what["begin"])


def set_open(exchange, state):
    exchange.channel.is_open = {"open": True, "closed": False}[state]


STIMULI = {
    "confirm": lambda exchange, values: exchange.confirm(**values),
    "tick": lambda exchange, _: exchange.tick(),
    "recv": lambda exchange, digits: exchange.receive(unhexlify(digits)),
    "rollback": rollback,
    "reset": lambda exchange, _: exchange.reset(),
    "channel": set_open,
    "sends": lambda exchange, values: exchange.channel.sends(**values)}
sessions = {}


def observe(exchange):
    channel = exchange.channel
    sent, channel.sent = channel.sent, []
    return {"sent": sent, "queue": list(exchange.queue), "map": sorted(exchange.map.items()),
            "history": sorted(exchange.history.items()), "verified": exchange.verified,
            "events": [event._asdict() for event in exchange.events]}


def number_of(request):
    if type(request["session"]) is not int:  # to a dict True would be the number 1
        raise TypeError("session is no number")
    return request["session"]


def open_session(request):
    if number_of(request) in sessions:
        raise ValueError("the session is open already")
    sessions[number_of(request)] = Exchange(ToldChannel())
    return {}


def step(request):
    exchange, observations = sessions[number_of(request)], []
    for stimulus in request["do"]:
        (name, value), = stimulus.items()
        STIMULI[name](exchange, value)
        observations.append(observe(exchange))
    return {"observations": observations}


def close(request):
    del sessions[number_of(request)]
    return {}


OPERATIONS = {"open": open_session, "step": step, "close": close}
