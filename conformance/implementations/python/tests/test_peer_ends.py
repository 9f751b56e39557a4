"""Ends of episodes: answers to repeated ENDs, and what an agreed end means for inputs and holes."""

import unittest

from tests.notation import run
from tests.test_peer_episodes import QUIET
from tests.test_peer_rules import play

AGAIN = ["advance 250 | sent -", "recv EPISODE_END 9 0 | sent EPISODE_END 0 0"]


class Answering(unittest.TestCase):
    def test_answers_to_repeats_are_counted(self):
        run(
            [
                "peer 0 0 started",
                f"{QUIET} 06",
                "recv EPISODE_END 0 0 | sent -",
                "recv EPISODE_END 0 0 | sent -",
                "ended 0 | sent EPISODE_END 0 0 | episode 0 complete end 0 agreed both equal",
                "recv EPISODE_END 0 0 | sent -",  # the own END is still on its way: not counted
                *AGAIN * 4,
                "recv EPISODE_END 0 0 | sent -",
                "advance 250",
                "channel closed",
                "recv EPISODE_END 0 0 | sent -",
                "channel open",
                "ready aaaaaaaa | sent - | episode 1 waiting",
                "recv EPISODE_END 9 0 | sent EPISODE_END 0 0",
                *AGAIN,
                "advance 250",
                "sends accept 0 refuse 1 by false types 05",
                "recv EPISODE_END 0 0 | sent -",  # refused
                f"{QUIET} 06",
                "recv EPISODE_END 0 0 | sent -",
                "advance 249",
                "recv EPISODE_END 0 0 | sent -",  # a refused answer is one, too
                "advance 1",
                "recv EPISODE_END 9 0 | sent EPISODE_END 0 0",  # the eighth
                "advance 250",
                "recv EPISODE_END 0 0 | sent -",
            ]
        )

    def test_no_answer_shortly_after_the_own_end_or_a_repeat_of_it(self):
        for how in ("false", "throw"):
            for refused, own in (("02 10", "EPISODE_END 9 0"), ("02 05 10", "-")):
                play(f"""
                    peer 0 0 started
                    sends accept 0 refuse all by {how} types {refused}
                    ended 9                     | sent {own}
                    advance 250                 | sent {own}
                    {QUIET}
                    recv EPISODE_END 9 0        | episode 0 ending end 9 agreed both equal
                    recv EPISODE_END 9 0        | sent -
                    advance 249                 | sent -
                    recv EPISODE_END 9 0        | sent -
                    advance 1                   | sent -
                    recv EPISODE_END 9 0        | sent EPISODE_END 9 0
                """)

    def test_an_end_that_was_not_handed_over_does_not_delay_the_answer(self):
        play("""
            peer 0 0 started
            channel closed
            ended 5                         | sent -
            recv EPISODE_END 5 0            | episode 0 ending end 5 agreed both equal
            channel open
            recv EPISODE_END 5 0            | sent EPISODE_END 5 0
            recv EPISODE_END 5 0            | sent -
        """)

    def test_the_end_of_another_episode_does_not_delay_the_answer(self):
        play(f"""
            peer 0 0 started
            {QUIET}
            recv EPISODE_END 0 0
            ended 0                         | sent EPISODE_END 0 0
            recv EPISODE_READY 2 aaaaaaaa
            ready aaaaaaaa                  | sent EPISODE_READY 2 aaaaaaaa
            advance 250                     | sent -
            recv EPISODE_END 7 1
            ended 9                         | sent EPISODE_END 9 1
            recv EPISODE_END 7 1            | sent -
            recv EPISODE_END 0 0            | sent EPISODE_END 0 0
        """)

    def test_only_the_episode_before_is_remembered(self):
        play(f"""
            peer 0 0 started
            {QUIET} 06
            ended 0                         | sent EPISODE_END 0 0
            recv EPISODE_END 0 0
            ready aaaaaaaa                  | sent -
            recv EPISODE_READY 2 aaaaaaaa
            ended 0                         | sent EPISODE_END 0 1
            recv EPISODE_END 0 2
            recv EPISODE_END 0 1            | episode 1 complete end 0 agreed both equal
            ready aaaaaaaa                  | sent -
            advance 250                     | sent -
            recv EPISODE_END 0 0            | sent -
            recv EPISODE_END 0 1            | sent EPISODE_END 0 1
            recv EPISODE_END 0 2            | sent - | episode 2 waiting
        """)

    def test_the_first_end_may_come_in_the_next_episode(self):
        play(f"""
            peer 0 0 started
            {QUIET} 05 06
            ended 3
            advance 2000                    | episode 0 complete end 3 not-agreed both equal
            ready aaaaaaaa                  | episode 1 waiting
            {QUIET} 06
            recv EPISODE_END 1 0            | sent - | episode 1 waiting
            recv EPISODE_END 1 0            | sent EPISODE_END 3 0 | episode 1 waiting
        """)


class Holes(unittest.TestCase):
    def test_below_an_agreed_end_every_frame_must_exist(self):
        play("""
            peer 0 0 started
            recv INPUT 1 0 0=1 1=1
            ended 4                         | sent EPISODE_END 4 0
            catch_up                        | sent - | request none
            recv EPISODE_END 6 0            | episode 0 ending end 4 agreed both equal
            catch_up                        | sent INPUT_REQUEST 2 3 | request 2 3
            recv INPUT_RESPONSE 1 2=1 4=1   | held 0=1 1=1 2=1 | request 2 3
            recv INPUT 1 0 3=1              | held 0=1 1=1 2=1 3=1 | request none
            catch_up                        | sent -
        """)

    def test_only_1024_frames_are_looked_at(self):
        play("""
            peer 0 10 started
            recv EPISODE_END 4294967295 0
            ended 4294967295                | sent EPISODE_END 4294967295 0
            catch_up                        | sent INPUT_REQUEST 10 1033 | request 10 1033
            reset                           | request none
            recv INPUT 1 0 11=1 4294967295=1 1034=1   | held 11=1 1034=1
            catch_up                        | sent INPUT_REQUEST 10 1033
        """)

    def test_an_end_that_leaves_a_hole_does_not_end_the_request(self):
        play("""
            peer 0 0 started
            recv INPUT 1 0 1=1 4=1
            recv EPISODE_END 1 0
            catch_up                        | sent INPUT_REQUEST 0 3
            ended 1                         | sent EPISODE_END 1 0 | request 0 3 | held -
            recv INPUT_RESPONSE 1 0=1 1=1   | request none | held 0=1
        """)

    def test_the_next_episode_has_no_end_yet(self):
        play(f"""
            peer 0 0 started
            {QUIET}
            recv EPISODE_END 4 0
            ended 4                         | sent EPISODE_END 4 0
            advance 500                     | episode 0 complete end 4 agreed both equal
            recv EPISODE_READY 2 aaaaaaaa
            ready aaaaaaaa                  | sent EPISODE_READY 2 aaaaaaaa
            recv INPUT 1 0 0=1 9=1          | held 0=1 9=1
            catch_up                        | sent INPUT_REQUEST 1 8
        """)


class Inputs(unittest.TestCase):
    def test_a_reset_leaves_the_end(self):
        play("""
            peer 0 0 started
            recv EPISODE_END 2 0
            ended 3                         | sent EPISODE_END 3 0
            reset                           | episode 0 ending end 2 agreed both equal
            recv INPUT 1 0 1=1 2=1          | held 1=1
        """)

    def test_a_confirmed_frame_beyond_the_end_stays(self):
        play("""
            peer 0 0 started
            act 0 1                         | sent INPUT 0 0 0=1
            act 1 1                         | sent INPUT 0 1 0=1 1=1
            recv INPUT 1 0 0=1 1=1 2=1      | confirmed 1 | held 2=1
            recv EPISODE_END 1 0
            ended 9     | sent EPISODE_END 9 0 | confirmed 1 | episode 0 complete end 1 agreed both equal
        """)

    def test_a_hash_beyond_the_end_is_taken(self):
        play("""
            peer 0 0 started
            recv EPISODE_END 5 0
            ended 5                         | sent EPISODE_END 5 0
            recv STATE_HASH 5 aa            | map 5
            recv STATE_HASH 9 aa            | map 5 9
        """)


if __name__ == "__main__":
    unittest.main()
