//! The scenarios of EPISODE: a `ready`, and the own READYs.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    begins(scenes);
    repeats(scenes);
}

fn begins(scenes: &mut Scenes) {
    scenes.sent(
        "ready-while-waiting",
        "EPISODE-1",
        "barrier",
        "a second `ready` begins another episode",
        "
        peer 0 0
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        ready bbbbbbbb   | sent - | episode 0 waiting
        ",
    );
    scenes.sent(
        "ready-while-playing",
        "EPISODE-1",
        "barrier",
        "a `ready` in a game begins the next episode, and the partner plays on alone",
        "
        peer 0 0 started
        == episode 0 playing both equal
        ready bbbbbbbb   | sent - | episode 0 playing both equal
        ",
    );
    scenes.sent(
        "ready-while-ending",
        "EPISODE-1",
        "barrier",
        "a `ready` begins the next episode before the last is complete",
        "
        peer 0 0 started
        ended 5          | sent EPISODE_END 5 0
        == episode 0 ending both equal
        ready bbbbbbbb   | sent - | episode 0 ending both equal
        ",
    );
    scenes.sent(
        "the-second-episode",
        "EPISODE-1",
        "barrier old-episode",
        "the second episode has the number of the first",
        "
        peer 0 0 started
        ended 0          | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        == episode 0 complete end 0 agreed both equal
        ready bbbbbbbb   | sent EPISODE_READY 2 bbbbbbbb | episode 1 waiting
        ",
    );
    scenes.sent(
        "after-an-end-that-is-not-agreed",
        "EPISODE-1",
        "barrier old-episode",
        "there is no next episode after one that ended alone",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05 10
        ended 5
        advance 2000
        == episode 0 complete end 5 not-agreed both equal
        ready bbbbbbbb   | sent EPISODE_READY 2 bbbbbbbb | episode 1 waiting
        ",
    );
    scenes.inspect(
        "the-inputs-are-emptied",
        "EPISODE-1",
        "old-episode confirmation",
        "inputs of the last episode are those of the next",
        "
        peer 0 0 started
        act 0 1          | sent INPUT 0 0 0=1
        recv INPUT 1 2 0=2 2=2
        ended 1          | sent EPISODE_END 1 0
        recv EPISODE_END 9 0
        == confirmed 0 | episode 0 complete end 1 agreed both equal
        ready bbbbbbbb   | sent EPISODE_READY 2 bbbbbbbb | confirmed none | held -
        recv EPISODE_READY 2 bbbbbbbb
        act 0 3          | sent INPUT 0 0 0=3
        ",
    );
    scenes.sent(
        "the-own-inputs-are-emptied",
        "EPISODE-1",
        "old-episode input-window",
        "the first INPUT of an episode has actions of the last",
        "
        peer 0 0 started
        act 0 1          | sent INPUT 0 0 0=1
        act 1 2          | sent INPUT 0 1 0=1 1=2
        ended 0          | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        ready bbbbbbbb   | sent EPISODE_READY 2 bbbbbbbb
        recv EPISODE_READY 2 bbbbbbbb
        == episode 1 playing both equal
        act 0 3          | sent INPUT 0 0 0=3
        ",
    );
    scenes.sent(
        "the-exchange-is-emptied",
        "EPISODE-1",
        "old-episode reset",
        "hashes of the last episode are sent in the next",
        "
        peer 0 0 started
        confirm 5 aa
        ended 0          | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        ready bbbbbbbb   | sent EPISODE_READY 2 bbbbbbbb
        == episode 1 waiting
        tick             | sent -
        ",
    );
    scenes.inspect(
        "the-last-end-is-forgotten",
        "EPISODE-1",
        "old-episode episode-end",
        "an episode begins with the end of the last",
        "
        peer 0 0 started
        ended 0                         | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        == episode 0 complete end 0 agreed both equal
        ready bbbbbbbb                  | sent EPISODE_READY 2 bbbbbbbb | episode 1 waiting
        recv EPISODE_READY 2 bbbbbbbb   | episode 1 playing both equal
        ",
    );
    scenes.inspect(
        "the-last-comparison-is-forgotten",
        "EPISODE-1",
        "old-episode comparison",
        "an episode begins with the comparison of the last",
        "
        peer 0 0
        ready aaaaaaaa                  | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 cccccccc   | episode 0 playing both different
        ended 0                         | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        == episode 0 complete end 0 agreed both different
        ready bbbbbbbb                  | sent EPISODE_READY 2 bbbbbbbb | episode 1 waiting
        recv EPISODE_READY 2 bbbbbbbb   | episode 1 playing both equal
        ",
    );
}

fn repeats(scenes: &mut Scenes) {
    scenes.sent(
        "a-ready-is-sent",
        "EPISODE-2",
        "barrier",
        "a ready is told at once, with the number of the episode plus one",
        "
        peer 0 0
        == episode none
        ready 0123abcd   | sent EPISODE_READY 1 0123abcd | episode 0 waiting
        sends accept 0 refuse all by false types 10
        advance 500      | sent EPISODE_READY 1 0123abcd
        ",
    );
    scenes.sent(
        "the-ready-of-the-second-episode",
        "EPISODE-2",
        "barrier",
        "the number of a later READY is that of the episode itself",
        "
        peer 0 0 started
        ended 0          | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        == episode 0 complete end 0 agreed both equal
        ready bbbbbbbb   | sent EPISODE_READY 2 bbbbbbbb
        ",
    );
    scenes.sent(
        "the-first-repeat",
        "EPISODE-2",
        "barrier timer",
        "a READY is not repeated, or early, or late",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        advance 499      | sent -
        advance 1        | sent EPISODE_READY 1 aaaaaaaa
        advance 500      | sent EPISODE_READY 1 aaaaaaaa
        ",
    );
    scenes.sent(
        "all-repeats",
        "EPISODE-2",
        "barrier timer",
        "a READY is repeated four times at most",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        advance 4000     | sent EPISODE_READY 1 aaaaaaaa, EPISODE_READY 1 aaaaaaaa, EPISODE_READY 1 aaaaaaaa, EPISODE_READY 1 aaaaaaaa, EPISODE_READY 1 aaaaaaaa, EPISODE_READY 1 aaaaaaaa, EPISODE_READY 1 aaaaaaaa, EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        advance 500      | sent EPISODE_READY 1 aaaaaaaa
        advance 499      | sent -
        ",
    );
    scenes.sent(
        "a-refused-ready",
        "EPISODE-2",
        "barrier refused-send",
        "a refused READY is never told",
        "
        peer 0 0
        sends accept 0 refuse 1 by false types 06
        ready aaaaaaaa   | sent -
        sends accept 0 refuse all by false types 10
        == episode 0 waiting
        advance 499      | sent -
        advance 1        | sent EPISODE_READY 1 aaaaaaaa
        ",
    );
    scenes.sent(
        "a-ready-that-throws",
        "EPISODE-2",
        "barrier error-in-send",
        "an error in the send stops the repeats",
        "
        peer 0 0
        sends accept 0 refuse 1 by throw types 06
        ready aaaaaaaa   | sent -
        sends accept 0 refuse all by false types 10
        == episode 0 waiting
        advance 500      | sent EPISODE_READY 1 aaaaaaaa
        ",
    );
    scenes.sent(
        "ready-while-closed",
        "EPISODE-2",
        "barrier channel-closed",
        "a READY is not repeated if the channel was closed at the `ready`",
        "
        peer 0 0
        channel closed
        ready aaaaaaaa   | sent -
        sends accept 0 refuse all by false types 10
        advance 700      | sent -
        channel open     | sent -
        == episode 0 waiting
        advance 299      | sent -
        advance 1        | sent EPISODE_READY 1 aaaaaaaa
        ",
    );
    scenes.sent(
        "no-repeat-after-the-start",
        "EPISODE-2",
        "barrier timer",
        "the repeats go on after a start alone",
        "
        peer 0 0
        sends accept 0 refuse all by false types 06 10
        ready aaaaaaaa
        advance 5000
        sends accept 0 refuse all by false types 10
        == episode 0 playing alone
        advance 2000   | sent -
        ",
    );
    scenes.sent(
        "no-repeat-after-a-start-of-both",
        "EPISODE-2",
        "barrier timer",
        "the repeats go on after a start of both",
        "
        peer 1 0
        sends accept 0 refuse all by false types 10
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        advance 700      | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        == episode 0 playing both equal
        advance 2000     | sent -
        ",
    );
}
