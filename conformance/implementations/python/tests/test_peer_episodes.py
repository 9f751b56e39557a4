"""Episodes, and holes in the inputs, where the scenarios of the chapters do not show them."""

import unittest

from tests.notation import run
from tests.test_peer_rules import act, play

QUIET = "sends accept 0 refuse all by false types 02 10"  # PINGs are not what this is about


class Beginning(unittest.TestCase):
    def test_answers_are_counted(self):
        again = "recv EPISODE_READY 1 aaaaaaaa | sent EPISODE_READY 1 aaaaaaaa"
        run(
            [
                "peer 0 0 started",
                "channel closed",
                "recv EPISODE_READY 1 aaaaaaaa | sent -",
                "channel open",
                *[again] * 8,
                "sends accept 0 refuse 1 by throw types 06",
                "recv EPISODE_READY 1 aaaaaaaa | sent -",
                again,
                "recv EPISODE_READY 1 bbbbbbbb | sent - | episode 0 playing both equal",
            ]
        )

    def test_the_first_ready_of_the_next_episode_is_kept(self):
        play("""
            peer 0 0
            recv EPISODE_READY 0 aaaaaaaa   | episode none
            recv EPISODE_READY 1 bbbbbbbb   | episode none
            recv EPISODE_READY 1 aaaaaaaa   | episode none
            ready aaaaaaaa      | sent EPISODE_READY 1 aaaaaaaa | episode 0 playing both different
            ready cccccccc                  | sent -
            recv EPISODE_READY 2 cccccccc   | sent -
            recv EPISODE_READY 3 cccccccc   | sent -
            recv EPISODE_READY 2 aaaaaaaa   | sent -
            ended 0                         | sent EPISODE_END 0 0
            ready cccccccc                  | sent -
            recv EPISODE_END 5 0            | episode 0 complete end 0 agreed both different
            recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
            ready cccccccc      | sent EPISODE_READY 2 cccccccc | episode 1 playing both equal
            recv EPISODE_READY 1 aaaaaaaa   | sent -
        """)

    def test_a_closed_channel_does_not_stop_the_clock(self):
        play(f"""
            peer 0 0 validated
            {QUIET}
            channel closed
            ready aaaaaaaa                  | sent - | episode 0 waiting
            advance 700                     | sent -
            channel open                    | sent -
            advance 299                     | sent -
            advance 1                       | sent EPISODE_READY 1 aaaaaaaa
            channel closed
            advance 3999                    | episode 0 waiting
            act 0 1                         | sent - | held -
            advance 1                       | episode 0 playing alone
            recv EPISODE_READY 1 bbbbbbbb   | sent - | episode 0 playing alone different
            recv EPISODE_READY 1 aaaaaaaa   | sent - | episode 0 playing alone different
        """)

    def test_what_counts_while_waiting(self):
        play("""
            peer 0 4294967200
            ready aaaaaaaa                  | sent EPISODE_READY 1 aaaaaaaa
            recv INPUT 1 0 4294967295=1     | held 4294967295=1
            catch_up                        | sent - | request none
            recv INPUT_REQUEST 0 9          | sent INPUT_RESPONSE 0
            ended 4294967290                | sent - | episode 0 waiting
        """)

    def test_a_partner_that_may_still_play_the_episode_before(self):
        for end in (0, 900):  # whatever its frame, and however long the episode was
            play(f"""
                peer 0 0 started
                {QUIET} 05 06
                ended 9
                advance 2000                    | episode 0 complete end 9 not-agreed both equal
                ready aaaaaaaa                  | sent - | episode 1 waiting
                recv EPISODE_END 4 1            | sent -
                recv EPISODE_END 4 2            | sent -
                recv INPUT 1 1 0=1 128=1        | held - | confirmed none
                recv STATE_HASH 0 aa            | map -
                reset
                recv INPUT 1 1 0=1 128=1        | held -
                recv EPISODE_END {end} 0        | held - | episode 1 waiting
                recv INPUT 1 1 0=2 128=2 129=2  | held 0=2 128=2
                recv STATE_HASH 0 bb            | map 0=bb
                recv STATE_HASH 129 bb          | map 0
            """)

    def test_a_start_as_alone_ends_the_doubt(self):
        play(f"""
            peer 0 0 started
            {QUIET} 05 06
            ended 9
            advance 2000                    | episode 0 complete end 9 not-agreed both equal
            ready aaaaaaaa
            advance 4999                    | episode 1 waiting
            recv INPUT 1 1 0=1 1=1          | held -
            advance 1                       | episode 1 playing alone
            recv INPUT 1 1 1=1              | held 1=1
            recv INPUT_RESPONSE 1 0=1       | held 0=1 1=1
        """)

    def test_an_end_that_came_before_the_completion_or_after_it_is_enough(self):
        for when in ("playing", "complete"):
            play(f"""
                peer 0 0 started
                {QUIET} 05 06
                {"recv EPISODE_END 9 0" if when == "playing" else "tick"}
                ended 9
                advance 2000
                {"recv EPISODE_END 9 0" if when == "complete" else "tick"}
                ready aaaaaaaa                  | sent - | episode 1 waiting
                recv INPUT 1 0 0=1              | held 0=1
            """)

    def test_only_the_end_of_the_episode_just_before_counts(self):
        play(f"""
            peer 0 0 started
            {QUIET} 05 06
            ended 0
            recv EPISODE_END 0 0            | episode 0 complete end 0 agreed both equal
            recv EPISODE_READY 2 aaaaaaaa
            ready aaaaaaaa                  | episode 1 playing both equal
            ended 0
            advance 2000                    | episode 1 complete end 0 not-agreed both equal
            ready aaaaaaaa                  | episode 2 waiting
            recv EPISODE_END 0 0            | sent -
            recv INPUT 1 0 0=1              | held -
            recv EPISODE_END 0 1            | sent -
            recv INPUT 1 0 0=1              | held 0=1
        """)

    def test_a_response_before_the_start_is_a_late_one(self):
        play("""
            peer 0 0
            recv INPUT_RESPONSE 1 0=1       | held -
            ready aaaaaaaa                  | sent EPISODE_READY 1 aaaaaaaa
            recv INPUT_RESPONSE 1 0=1       | held -
            recv INPUT 1 1 0=2 1=2          | held 0=2 1=2
            recv INPUT_RESPONSE 1 2=1       | held 0=2 1=2
            recv EPISODE_READY 1 aaaaaaaa   | held 0=2 1=2 | episode 0 playing both equal
            recv INPUT_RESPONSE 1 2=1       | held 0=2 1=2 2=1
        """)


class Ending(unittest.TestCase):
    def test_the_partners_end_comes_first(self):
        play("""
            peer 0 0
            recv EPISODE_END 1 0            | episode none
            ready aaaaaaaa                  | sent EPISODE_READY 1 aaaaaaaa
            recv EPISODE_END 2 0            | episode 0 waiting
            recv EPISODE_READY 1 aaaaaaaa   | episode 0 playing both equal
            recv EPISODE_END 1 0            | sent - | episode 0 playing both equal
            recv INPUT 1 3 0=1 1=1 2=1 3=1
            act 0 1                         | sent INPUT 0 0 0=1
            act 1 1                         | sent INPUT 0 1 0=1 1=1 | episode 0 playing both equal
            ended 3     | sent EPISODE_END 3 0 | held - | episode 0 complete end 2 agreed both equal
            ended 3                         | sent -
            act 2 1                         | sent -
            recv INPUT 1 4 4=1              | held - | confirmed 1
            advance 99                      | sent -
        """)

    def test_an_own_act_may_complete_it(self):
        play("""
            peer 0 0 started
            recv INPUT 1 1 0=1 1=1
            act 0 1                         | sent INPUT 0 0 0=1
            ended 2                         | sent EPISODE_END 2 0
            recv EPISODE_END 2 0            | episode 0 ending end 2 agreed both equal
            act 1 1    | sent INPUT 0 1 0=1 1=1 | episode 0 complete end 2 agreed both equal
        """)

    def test_an_agreed_end_waits_for_500_ms(self):
        play(f"""
            peer 0 0 started validated
            {QUIET}
            act 0 1                         | sent INPUT 0 0 0=1
            ended 2                         | sent EPISODE_END 2 0
            advance 249                     | sent -
            recv EPISODE_END 9 0            | episode 0 ending end 2 agreed both equal
            recv INPUT 1 2 0=1 2=1          | confirmed 0 | held -
            act 1 1                         | sent INPUT 0 1 0=1 1=1
            act 2 1                         | sent INPUT 0 2 0=1 1=1 2=1
            advance 499                     | sent - | episode 0 ending end 2 agreed both equal
            advance 1                       | confirmed 0 | episode 0 complete end 2 agreed both equal
            recv INPUT 1 1 1=1              | confirmed 0 | held -
        """)

    def test_an_end_at_or_below_the_first_frame_is_reached_at_once(self):
        for first, end in ((0, 0), (5, 5), (5, 2), (7, 0)):
            play(f"""
                peer 1 {first} started
                ended {end}                 | sent EPISODE_END {end} 0
                recv EPISODE_END {end} 0    | episode 0 complete end {end} agreed both equal
            """)

    def test_an_end_without_agreement_stays(self):
        play(f"""
            peer 0 0 started validated
            {QUIET}
            channel closed
            ended 3                         | sent -
            recv INPUT 1 4 0=1 4=1          | held 0=1 4=1
            advance 2000                    | episode 0 complete end 3 not-agreed both equal
            channel open
            recv EPISODE_END 1 0            | sent - | episode 0 complete end 3 not-agreed both equal
            recv EPISODE_END 1 0            | sent EPISODE_END 3 0 | held 0=1 4=1
        """)


class Asking(unittest.TestCase):
    def test_a_request_is_repeated_twice_and_given_up(self):
        play(f"""
            peer 0 0 started validated
            {QUIET}
            recv INPUT 1 1 1=1
            sends accept 0 refuse 1 by throw types 12
            catch_up                        | sent - | request 0 0
            sends accept 0 refuse all by throw types 02
            advance 999                     | sent -
            advance 1                       | sent INPUT_REQUEST 0 0
            channel closed
            advance 500                     | sent -
            channel open                    | sent -
            advance 500                     | sent INPUT_REQUEST 0 0
            advance 999                     | sent - | request 0 0
            advance 1                       | sent - | request none
            recv INPUT_RESPONSE 1 0=4       | held 0=4 1=1
            catch_up                        | sent - | request none
        """)

    def test_only_the_next_1024_frames_are_looked_at(self):
        play("""
            peer 0 0 started
            recv INPUT 1 0 4000=1 1023=1 1024=1 1=1
            catch_up                        | sent INPUT_REQUEST 0 1022 | request 0 1022
        """)
        play("""
            peer 0 4294966000 started
            recv INPUT 1 0 4294967295=1
            catch_up                        | sent INPUT_REQUEST 4294966000 4294967023
        """)
        missing = " ".join(f"{frame}=1" for frame in range(1024))
        play(f"""
            peer 0 0 started
            recv INPUT 1 0 4000=1
            catch_up                        | sent INPUT_REQUEST 0 1023
            recv INPUT_RESPONSE 1 {missing} | request none
        """)

    def test_an_agreed_end_ends_the_request_for_what_is_beyond_it(self):
        for first, second in (
            ("ended 9", "recv EPISODE_END 4 0"),
            ("recv EPISODE_END 4 0", "ended 9"),
        ):
            end = "sent EPISODE_END 9 0"
            run(
                [
                    "peer 0 0 started",
                    "recv INPUT 1 8 0=1 1=1 2=1 3=1 8=1",
                    "catch_up | sent INPUT_REQUEST 4 7 | request 4 7",
                    f"{first} | {end if first == 'ended 9' else 'sent -'} | request 4 7",
                    f"{second} | {end if second == 'ended 9' else 'sent -'} | request none",
                    "catch_up | sent -",
                ]
            )

    def test_a_request_is_over_when_its_frames_are_confirmed(self):
        play("""
            peer 0 0 started
            act 0 1                         | sent INPUT 0 0 0=1
            act 1 1                         | sent INPUT 0 1 0=1 1=1
            act 2 1                         | sent INPUT 0 2 0=1 1=1 2=1
            recv INPUT 1 2 2=5
            catch_up                        | sent INPUT_REQUEST 0 1 | request 0 1
            recv INPUT_RESPONSE 1 0=5       | confirmed 0 | request 0 1
            recv INPUT 1 1 1=5              | confirmed 2 | request none | held -
        """)

    def test_a_completion_and_a_ready_end_the_request(self):
        play("""
            peer 0 0 started
            recv INPUT 1 8 8=1
            catch_up                        | sent INPUT_REQUEST 0 7 | request 0 7
            ended 0                         | sent EPISODE_END 0 0 | request 0 7
            recv EPISODE_END 3 0            | request none | held -
            catch_up                        | sent -
        """)


class Answering(unittest.TestCase):
    def test_the_newest_1024_are_kept(self):
        lines = ["peer 0 0 started"]
        lines += [act(frame, range(max(0, frame - 9), frame + 1)) for frame in range(1034)]
        told = " ".join(f"{frame}={frame % 256}" for frame in range(10, 1034))
        run([*lines, f"recv INPUT_REQUEST 0 4294967295 | sent INPUT_RESPONSE 0 {told}"])

    def test_both_ends_of_the_range_are_included(self):
        play("""
            peer 0 5 started
            act 5 1                         | sent INPUT 0 5 5=1
            act 6 2                         | sent INPUT 0 6 5=1 6=2
            act 7 3                         | sent INPUT 0 7 5=1 6=2 7=3
            recv INPUT_REQUEST 6 6          | sent INPUT_RESPONSE 0 6=2
            recv INPUT_REQUEST 5 6          | sent INPUT_RESPONSE 0 5=1 6=2
            recv INPUT_REQUEST 0 4          | sent INPUT_RESPONSE 0
            recv INPUT_REQUEST 8 9          | sent INPUT_RESPONSE 0
        """)

    def test_a_closed_channel_answers_nothing(self):
        play("""
            peer 0 0 started
            act 0 1                         | sent INPUT 0 0 0=1
            channel closed
            recv INPUT_REQUEST 0 0          | sent -
            channel open                    | sent -
            sends accept 0 refuse 1 by throw types 13
            recv INPUT_REQUEST 0 0          | sent -
            recv INPUT_REQUEST 0 0          | sent INPUT_RESPONSE 0 0=1
        """)


class Telling(unittest.TestCase):
    def test_batches_of_15_until_one_is_refused(self):
        run(
            [
                "peer 0 0 started",
                "channel closed",
                *[act(frame) for frame in range(40)],
                "channel open",
                "sends accept 1 refuse 1 by throw types 01",
                act(40, range(15), range(31, 41)),
                act(41, range(15, 30), [30], range(32, 42)),
                act(42, range(33, 43)),
            ]
        )

    def test_what_is_left_may_have_gaps(self):
        run(
            [
                "peer 0 0 started",
                "sends accept 0 refuse all by false types 01",
                *[act(frame) for frame in range(10)],
                "sends accept 0 refuse 1 by false types 01",
                act(10, range(1, 11)),  # 0 was refused
                "sends accept 0 refuse all by false types 01",
                *[act(frame) for frame in range(11, 22)],
                "sends accept 0 refuse 0 by false types 01",
                act(22, [0, 11, 12], range(13, 23)),
                act(23, range(14, 24)),
            ]
        )

    def test_a_long_game_still_tells(self):
        run(
            [
                "peer 0 0 started",
                *[act(frame, range(max(0, frame - 9), frame + 1)) for frame in range(1100)],
                "channel closed",
                *[act(frame) for frame in range(1100, 1112)],
                "channel open",
                act(1112, range(1100, 1103), range(1103, 1113)),
            ]
        )

    def test_what_is_no_longer_kept_is_not_told(self):
        batches = [range(at, min(at + 15, 1091)) for at in range(77, 1091, 15)]
        for told in (0, 77):  # so that the oldest untold is lost, or just not lost
            run(
                [
                    "peer 0 0 started",
                    *[act(frame, range(max(0, frame - 9), frame + 1)) for frame in range(told)],
                    "channel closed",
                    *[act(frame) for frame in range(told, 1100)],
                    "channel open",
                    act(1100, *batches, range(1091, 1101)),
                ]
            )


if __name__ == "__main__":
    unittest.main()
