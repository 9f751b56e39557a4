"""The texts that the adapter keeps from one observation to the next."""

import json
import random
import unittest
from collections import deque

from adapter_texts import MapText, QueueText, event_text, sent_text
from rollwire_reference import Mismatch
from tests.support import AA, BB


def plain(pairs):
    return json.dumps([list(pair) for pair in pairs], separators=(",", ":"))[1:-1]


class Texts(unittest.TestCase):
    def test_a_kept_text_is_the_text_of_what_is_held_now(self):
        source = random.Random(7)
        for _ in range(300):
            held, queue_text, map_text = {}, QueueText(), MapText()
            for _ in range(60):
                greatest = max(held, default=0)
                change = source.choice(("greatest", "full", "any", "oldest", "newest", "none"))
                if change in ("greatest", "full"):
                    held[greatest + source.randrange(1, 4)] = source.choice((AA, BB))
                if change == "any":
                    held[source.randrange(greatest + 2)] = source.choice((AA, BB))
                if change in ("full", "oldest") and held:
                    del held[next(iter(held))]
                if change == "newest" and held:
                    del held[next(reversed(held))]
                if source.random() < 0.02:
                    held = {}
                if source.random() < 0.3:  # more than one change between two observations
                    continue
                self.assertEqual(queue_text.text_of(deque(held.items())), plain(held.items()))
                self.assertEqual(map_text.text_of(held), plain(sorted(held.items())))

    def test_others_are_as_json_writes_them(self):
        self.assertEqual(sent_text(["04", "0240"]), json.dumps(["04", "0240"]))
        event = Mismatch(5, AA, BB)
        self.assertEqual(json.loads(event_text(event)), event._asdict())


if __name__ == "__main__":
    unittest.main()
