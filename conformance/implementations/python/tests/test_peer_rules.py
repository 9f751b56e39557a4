"""The rules of a peer where the scenarios of the chapters do not show them."""

import unittest

from tests.notation import run

TOP = 4294967295


def play(text):
    run([line.strip() for line in text.strip().splitlines()])


def spaced(items):
    return " ".join(map(str, items))


def input_of(frames, player=0):
    return f"INPUT {player} {frames[-1]} " + spaced(f"{frame}={frame % 256}" for frame in frames)


def act(frame, *told):
    """An act, and the INPUT with these frames that it sends."""
    sent = ", ".join(map(input_of, told)) or "-"
    return f"act {frame} {frame % 256} | sent {sent}"


class Time(unittest.TestCase):
    def test_timers_of_one_millisecond_fire_in_their_order(self):
        play("""
            peer 0 0 validated
            ready aaaaaaaa          | sent EPISODE_READY 1 aaaaaaaa
            advance 500             | sent PING 600, EPISODE_READY 1 aaaaaaaa
            advance 4000            | sent PING 1100, EPISODE_READY 1 aaaaaaaa, PING 1600, \
EPISODE_READY 1 aaaaaaaa, PING 2100, EPISODE_READY 1 aaaaaaaa, PING 2600, EPISODE_READY 1 aaaaaaaa, \
PING 3100, EPISODE_READY 1 aaaaaaaa, PING 3600, EPISODE_READY 1 aaaaaaaa, \
PING 4100, EPISODE_READY 1 aaaaaaaa, PING 4600, EPISODE_READY 1 aaaaaaaa
            advance 500             | sent PING 5100 | episode 0 playing alone
        """)

    def test_a_timer_that_an_earlier_one_has_stopped_does_not_fire(self):
        play("""
            peer 0 0 started
            recv INPUT 1 5 5=1
            ended 9                 | sent EPISODE_END 9 0
            sends accept 0 refuse all by false types 05 10
            advance 1000
            catch_up                | sent INPUT_REQUEST 0 4 | request 0 4
            advance 999
            advance 1               | request none | episode 0 complete end 9 not-agreed both equal
        """)  # at 2000 the episode completes before the END and the request would be repeated

    def test_timers_of_different_chapters_run_side_by_side(self):
        play("""
            peer 0 0 started
            sends accept 0 refuse all by throw types 10
            recv INPUT 1 5 5=1
            ended 9                 | sent EPISODE_END 9 0
            catch_up                | sent INPUT_REQUEST 0 4
            advance 1000            | sent EPISODE_END 9 0, EPISODE_END 9 0, EPISODE_END 9 0, \
EPISODE_END 9 0, INPUT_REQUEST 0 4
        """)

    def test_the_end_is_completed_instead_of_repeated(self):
        play("""
            peer 0 0 started
            sends accept 0 refuse all by throw types 10
            ended 9                 | sent EPISODE_END 9 0
            advance 1999            | sent EPISODE_END 9 0, EPISODE_END 9 0, EPISODE_END 9 0, \
EPISODE_END 9 0, EPISODE_END 9 0, EPISODE_END 9 0, EPISODE_END 9 0
            advance 1               | episode 0 complete end 9 not-agreed both equal
        """)


class Inputs(unittest.TestCase):
    def test_the_last_frame_of_all(self):
        play(f"""
            peer 0 {TOP} started
            recv INPUT 1 0 {TOP}=2 0=1     | held {TOP}=2 | confirmed none
            act {TOP} 1                    | sent INPUT 0 {TOP} {TOP}=1 | confirmed {TOP} | held -
            act {TOP} 1                    | sent -
            act 0 1                        | sent -
            recv INPUT_REQUEST 0 {TOP}     | sent INPUT_RESPONSE 0 {TOP}=1
            catch_up                       | sent - | request none
            ended {TOP}                    | sent EPISODE_END {TOP} 0
            recv EPISODE_END {TOP} 0       | episode 0 complete end {TOP} agreed both equal
        """)

    def test_how_far_ahead_an_entry_may_be(self):
        play("""
            peer 0 10 started
            recv INPUT 1 0 9=1 4106=1 4105=1 0=1    | held 4105=1
            recv INPUT 1 0 10=2 4106=1              | held 10=2 4105=1
            act 10 1                                | sent INPUT 0 10 10=1 | confirmed 10
            recv INPUT 1 0 4107=1 4106=3            | held 4105=1 4106=3
        """)

    def test_only_the_partners_index_counts(self):
        play("""
            peer 1 0 started
            recv INPUT 1 0 0=1          | held -
            recv INPUT 2 0 0=1          | held -
            recv INPUT 256 0 0=1        | held -
            recv INPUT_RESPONSE 1 0=1   | held -
            recv INPUT_RESPONSE 0 0=2   | held 0=2
            recv INPUT 0 0 0=1 1=3      | held 0=2 1=3
        """)

    def test_the_newest_ten_are_in_an_input(self):
        frames = range(5, 25)
        acts = [act(frame, frames[max(0, at - 9) : at + 1]) for at, frame in enumerate(frames)]
        run(["peer 0 5 started", *acts, act(5), act(26)])

    def test_a_reset_begins_at_the_first_frame_and_leaves_the_episode(self):
        play("""
            peer 0 3 started validated
            confirm 3 aa
            act 3 1             | sent INPUT 0 3 3=1
            recv INPUT 1 9 9=1
            catch_up            | sent INPUT_REQUEST 3 8 | request 3 8
            reset               | queue - | held - | request none | episode 0 playing both equal
            tick                | sent -
            advance 1000        | sent PING 600, PING 1100 | validation validated
            act 3 2             | sent INPUT 0 3 3=2
        """)


class RoundTrips(unittest.TestCase):
    def test_the_32_newest_unanswered_and_the_ten_newest_round_trips(self):
        lines = ["peer 0 0 validated"]
        lines += [f"advance 500 | sent PING {time}" for time in range(600, 17000, 500)]
        times = range(1100, 17000, 500)  # 32 of 33
        lines += ["recv PONG 600 | round_trips -", "recv PONG 1100 | round_trips 15500"]
        lines += [f"recv PONG {time}" for time in times]
        newest = spaced(16600 - time for time in times[-10:])
        run([*lines, f"recv PONG 1100 | round_trips {newest}"])

    def test_pongs_that_mean_nothing(self):
        play("""
            peer 0 0 validated
            advance 500                     | sent PING 600
            recv PONG 0x0000000000000000    | round_trips -
            recv PONG 0x8000000000000000    | round_trips -
            recv PONG 0x7ff8000000000000    | round_trips -
            recv PONG 0x7ff0000000000000    | round_trips -
            recv PONG 0x4082c00000000001    | round_trips -
            recv PONG 0x4082c00000000000    | round_trips 0
            channel closed                  | round_trips 0
        """)

    def test_a_closing_forgets_the_unanswered(self):
        play("""
            peer 0 0 validated
            advance 500                     | sent PING 600
            channel closed
            recv PONG 600                   | round_trips -
            channel open
            channel open
            recv PONG 600                   | round_trips -
            advance 499                     | sent -
            advance 1                       | sent PING 1100
            recv PONG 1100                  | round_trips 0
        """)

    def test_bits_are_echoed(self):
        lines = [
            f"recv {name} {bits} | sent {answer} {bits}"
            for name, answer in (("PING", "PONG"), ("VALIDATION_PING", "VALIDATION_PONG"))
            for bits in ("0xfff8000000000001", "0x8000000000000000", "0x0000000000000001")
        ]
        run(["peer 0 0", *lines, "recv KEEPALIVE", "recv VALIDATION_PONG 1", "recv 02 00", "recv"])


class Validation(unittest.TestCase):
    def test_a_failure_is_final(self):
        pings = ", ".join(f"VALIDATION_PING {time}" for time in range(100, 15000, 500))
        play(f"""
            peer 0 0
            advance 14999               | sent {pings} | validation validating
            recv VALIDATION_PONG 14600
            advance 1                   | validation failed
            recv VALIDATION_PING 5      | sent VALIDATION_PONG 5 | validation failed
            channel closed              | validation failed
            channel open                | validation failed
            advance 30000               | sent -
        """)

    def test_the_pong_may_come_first_and_the_answer_may_be_refused(self):
        play("""
            peer 0 0
            advance 600                 | sent VALIDATION_PING 100, VALIDATION_PING 600
            recv VALIDATION_PONG 600    | validation validating
            sends accept 0 refuse 1 by throw types 11
            recv VALIDATION_PING 5      | sent - | validation validated
            channel closed              | validation validated
            recv VALIDATION_PING 6      | sent -
            channel open                | validation validated
            advance 500                 | sent PING 1100
        """)

    def test_a_refused_ping_is_not_waited_for(self):
        play("""
            peer 0 0
            sends accept 0 refuse 1 by false types 10
            advance 100                 | sent -
            recv VALIDATION_PING 5      | sent VALIDATION_PONG 5
            recv VALIDATION_PONG 100    | validation validating
            advance 500                 | sent VALIDATION_PING 600
            recv VALIDATION_PONG 600    | validation validated
        """)

    def test_an_opening_begins_anew(self):
        pings = ", ".join(f"VALIDATION_PING {time}" for time in range(100, 14000, 500))
        play(f"""
            peer 0 0
            advance 14000               | sent {pings}
            channel closed              | validation idle
            advance 5000                | sent -
            recv VALIDATION_PING 5      | validation idle
            channel open                | validation validating
            advance 100                 | sent VALIDATION_PING 19100
            recv VALIDATION_PONG 19100  | validation validating
            recv VALIDATION_PONG 13600  | validation validating
            sends accept 0 refuse all by false types 10
            advance 14899               | validation validating
            advance 1                   | validation failed
        """)


class Focus(unittest.TestCase):
    def test_what_an_opening_tells(self):
        play("""
            peer 0 0
            focus shown 5               | sent -
            focus hidden 6              | sent FOCUS_STATE 0 6
            channel closed
            channel open                | sent FOCUS_STATE 0 6
            sends accept 0 refuse 1 by throw types 14
            focus shown 7               | sent -
            channel open                | sent -
            channel closed
            channel open                | sent FOCUS_STATE 1 7
            channel closed
            focus hidden 8              | sent -
            focus shown 9               | sent -
            channel open                | sent -
        """)

    def test_the_partner(self):
        play("""
            peer 0 0
            recv FOCUS_STATE 0 1        | partner hidden
            recv 14 02 00000001         | partner hidden
            channel closed
            recv FOCUS_STATE 0 2        | partner hidden
            channel open                | partner shown
            recv FOCUS_STATE 0 3        | partner hidden
            recv FOCUS_STATE 1 3        | partner shown
        """)


class Exchange(unittest.TestCase):
    def test_hashes_count_within_an_episode(self):
        play("""
            peer 0 0
            recv STATE_HASH 5 aa    | map -
            ready aaaaaaaa          | sent EPISODE_READY 1 aaaaaaaa
            recv STATE_HASH 128 aa  | map 128
            recv STATE_HASH 129 aa  | map 128
            recv EPISODE_READY 1 aaaaaaaa
            recv STATE_HASH 129 aa  | map 128 129
            confirm 7 bb
            ended 0                 | sent EPISODE_END 0 0
            recv EPISODE_END 0 0    | queue 7 | map 128 129
            recv STATE_HASH 130 aa  | map 128 129
            tick                    | sent 7
            confirm 8 bb
            ready aaaaaaaa          | sent EPISODE_READY 2 aaaaaaaa | queue - | map - | history -
        """)

    def test_it_shares_the_channel(self):
        play("""
            peer 0 0 started
            confirm 5 aa
            channel closed
            tick                    | sent - | queue 5
            channel open            | queue 5
            sends accept 0 refuse 1 by throw
            tick                    | sent - | queue 5
            rollback begin 3        | queue -
            confirm 5 bb
            tick                    | sent -
            rollback end
            tick                    | sent 5=bb
        """)


if __name__ == "__main__":
    unittest.main()
