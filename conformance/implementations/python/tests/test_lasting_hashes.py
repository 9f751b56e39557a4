"""Hashes that last: EXCH-35, EXCH-36 and DETECT-16 to DETECT-18, where the chapters stop."""

import random
import unittest
from math import inf

from adapter_sessions import ToldChannel
from rollwire_reference import Exchange, Mismatch
from tests.notation import run
from tests.support import AA, BB, datagram
from tests.test_peer_rules import play


class Scenarios(unittest.TestCase):
    def test_each_hash_is_sent_so_often_and_the_queue_keeps_its_order(self):
        play("""
            exchange lasting-hashes 3
            confirm 9 aa
            confirm 3 bb
            tick                                | sent 9 3 | queue 9 3
            confirm 5 cc                        | queue 9 3 5
            sends accept 2 refuse 1 by throw
            tick                                | sent 9 3 | queue 9 3 5
            sends accept 0 refuse 2 by false
            tick                                | sent - | queue 9 3 5
            tick                                | sent - | queue 9 3 5
            channel closed
            tick                                | sent - | queue 9 3 5
            channel open
            tick                                | sent 9=aa 3=bb 5=cc | queue 5
            tick                                | sent 5 | queue 5
            tick                                | sent 5 | queue -
            tick                                | sent -
        """)

    def test_a_refused_send_does_not_count(self):
        play("""
            exchange lasting-hashes 2
            confirm 1 aa
            confirm 2 bb
            sends accept 1 refuse 3 by false
            tick                                | sent 1 | queue 1 2
            tick                                | sent - | queue 1 2
            tick                                | sent - | queue 1 2
            tick                                | sent 1 2 | queue 2
            tick                                | sent 2 | queue -
        """)

    def test_a_rollback_and_a_reset_take_the_remaining_sends_away(self):
        play("""
            exchange lasting-hashes 2
            confirm 1 aa
            confirm 2 bb
            tick                                | sent 1 2 | queue 1 2
            confirm 2 cc                        | queue 1 2=bb | history 1 2=bb
            rollback begin 2                    | queue 1
            confirm 2 cc                        | queue 1 2=cc
            tick                                | sent -
            rollback end
            tick                                | sent 1 2=cc | queue 2
            reset                               | queue -
            tick                                | sent -
            confirm 2 dd
            tick                                | sent 2=dd | queue 2
        """)

    def test_a_frame_may_wait_with_two_hashes(self):
        others = " ".join(map(str, range(120)))
        lines = ["exchange lasting-hashes 2", "confirm 500 aa", "tick | sent 500"]
        lines += [f"confirm {frame} bb" for frame in range(120)]  # 500 leaves the history
        lines += [
            "confirm 500 cc",
            f"tick | sent 500=aa {others} 500=cc | queue {others} 500=cc",
            f"tick | sent {others} 500=cc | queue -",
        ]
        run(lines)

    def test_a_hash_that_came_before_a_rollback_is_compared_after_it(self):
        play("""
            exchange lasting-hashes 1
            confirm 5 aa
            recv 07 00000005 aaaaaaaaaaaaaaaa   | map 5=aa | verified 5
            rollback begin 0                    | map 5=aa | verified none | history -
            confirm 5 aa                        | verified none
            rollback end                        | verified 5 | map 5=aa
            rollback begin 5                    | verified none
            rollback end                        | verified none
            confirm 5 bb                        | events 5 | verified none
            rollback begin 5
            rollback end
            confirm 5 aa                        | events 5 | verified 5
            tick                                | sent 5=aa
        """)

    def test_a_lower_frame_that_differs_hides_the_equal_ones_above_it(self):
        play("""
            exchange lasting-hashes 1
            confirm 30 aa
            confirm 10 aa
            confirm 20 aa
            recv 07 0000001e aaaaaaaaaaaaaaaa   | verified 30
            recv 07 00000014 bbbbbbbbbbbbbbbb   | verified none | events 20
            recv 07 0000000a aaaaaaaaaaaaaaaa   | verified 10
            recv 07 0000000a bbbbbbbbbbbbbbbb   | verified none | events 20 10
            recv 07 00000014 aaaaaaaaaaaaaaaa   | verified none | events 20 10
            recv 07 0000000a aaaaaaaaaaaaaaaa   | verified 30 | events 20 10
            rollback begin 29                   | verified 20
            rollback begin 20                   | verified 10
            rollback begin 10                   | verified none | map 10 20 30 | events 20 10
            reset                               | verified none | map - | events -
        """)

    def test_a_rollback_never_raises_the_verified_frame(self):
        play("""
            exchange lasting-hashes 1
            confirm 1 aa
            confirm 2 aa
            confirm 3 aa
            recv 07 00000001 aaaaaaaaaaaaaaaa
            recv 07 00000002 bbbbbbbbbbbbbbbb
            recv 07 00000003 aaaaaaaaaaaaaaaa   | verified 1
            rollback begin 2                    | verified 1
            confirm 3 aa
            rollback end                        | verified 3
        """)

    def test_a_reset_forgets_the_comparisons(self):
        play("""
            exchange lasting-hashes 1
            confirm 9 aa
            confirm 1 aa
            recv 07 00000009 aaaaaaaaaaaaaaaa   | verified 9
            recv 07 00000001 bbbbbbbbbbbbbbbb   | verified none
            reset                               | verified none
            confirm 5 aa
            recv 07 00000005 aaaaaaaaaaaaaaaa   | verified 5
            recv 07 00000009 aaaaaaaaaaaaaaaa   | verified 5 | map 5 9
        """)

    def test_nothing_is_compared_during_a_rollback(self):
        play("""
            exchange lasting-hashes 1
            confirm 5 aa
            rollback begin 9
            recv 07 00000005 bbbbbbbbbbbbbbbb   | map 5 | events -
            recv 07 00000009 cccccccccccccccc
            recv 07 00000007 cccccccccccccccc
            confirm 9 dd
            confirm 7 cc                        | events - | verified none
            recv 07 00000005 aaaaaaaaaaaaaaaa
            rollback end                        | events 9 | verified 7 | map 5 7 9
            rollback end                        | events 9
        """)

    def test_only_the_same_event_is_left_out(self):
        play("""
            exchange lasting-hashes 1
            confirm 5 aa
            recv 07 00000005 bbbbbbbbbbbbbbbb   | events 5
            recv 07 00000005 cccccccccccccccc   | events 5 5
            recv 07 00000005 bbbbbbbbbbbbbbbb   | events 5 5
            recv 07 00000005 aaaaaaaaaaaaaaaa   | events 5 5 | verified 5
            recv 07 00000005 cccccccccccccccc   | events 5 5 | verified none
            rollback begin 5
            confirm 5 bb
            rollback end                        | events 5 5 5
            reset                               | events -
            confirm 5 aa
            recv 07 00000005 bbbbbbbbbbbbbbbb   | events 5
        """)


class Against(unittest.TestCase):
    def test_a_plain_model(self):
        for seed in range(60):
            rng = random.Random(seed)
            sends = rng.choice((1, 2, 3))
            channel = ToldChannel()
            exchange = Exchange(channel, lasting_hashes=True, hash_sends=sends)
            queue, theirs, own, compared, events, rolling = [], {}, {}, {}, [], False

            def compare(frame):
                compared[frame] = own[frame] == theirs[frame]
                event = Mismatch(frame, own[frame], theirs[frame])
                if not compared[frame] and event not in events:
                    events.append(event)

            for _ in range(400):
                kind, frame = rng.randrange(10), rng.randrange(200)
                hash = rng.choice((AA, AA, AA, BB))
                if kind < 4:
                    exchange.confirm(frame, hash)
                    if frame not in own:
                        own[frame] = hash
                        queue.append([frame, hash, sends])
                        if frame in theirs and not rolling:
                            compare(frame)
                        own = dict(list(own.items())[-120:])
                elif kind < 7:
                    exchange.receive(datagram(frame, hash))
                    theirs[frame] = hash
                    if frame in own and not rolling:
                        compare(frame)
                elif kind == 7:
                    accept = rng.choice((0, 1, 3, 500))
                    channel.sends(accept, inf, rng.choice((False, True)))
                    exchange.tick()
                    tried = [] if rolling else queue[:accept]
                    sent, channel.sent = channel.sent, []
                    self.assertEqual(sent, [datagram(it[0], it[1]).hex() for it in tried])
                    for entry in tried:
                        entry[2] -= 1
                    queue = [entry for entry in queue if entry[2]]
                elif kind == 8 and frame > 100:
                    exchange.begin_rollback(frame)
                    queue = [entry for entry in queue if entry[0] < frame]
                    own, compared = (
                        {at: it for at, it in held.items() if at < frame}
                        for held in (own, compared)
                    )
                    rolling = True
                elif kind == 9:
                    exchange.end_rollback()
                    if rolling:
                        rolling = False
                        for at in sorted(own.keys() & theirs.keys()):
                            compare(at)
                first = min((at for at, equal in compared.items() if not equal), default=inf)
                equal = [at for at, equal in compared.items() if equal and at < first]
                self.assertEqual(exchange.verified, max(equal, default=None))
                self.assertEqual(exchange.events, events)
                self.assertEqual(list(exchange.queue), [(at, hash) for at, hash, _ in queue])
                self.assertEqual((exchange.map, exchange.history), (theirs, own))


if __name__ == "__main__":
    unittest.main()
