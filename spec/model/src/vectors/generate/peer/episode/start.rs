//! The scenarios of EPISODE: how an episode starts.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    starts(scenes);
    compares(scenes);
    answers(scenes);
}

fn starts(scenes: &mut Scenes) {
    scenes.inspect(
        "it-starts-alone",
        "EPISODE-4",
        "barrier boundary timer",
        "an episode starts alone too early, too late or never",
        "
        peer 0 0
        channel closed
        sends accept 0 refuse all by false types 06
        ready aaaaaaaa
        advance 4999   | episode 0 waiting
        == episode 0 waiting
        advance 1      | episode 0 playing alone
        ",
    );
    scenes.inspect(
        "it-starts-alone-later",
        "EPISODE-4",
        "barrier timer",
        "the five seconds are counted from the opening",
        "
        peer 0 0
        sends accept 0 refuse all by false types 06 10
        advance 3000
        ready aaaaaaaa
        advance 4999   | episode 0 waiting
        == episode 0 waiting
        advance 1      | episode 0 playing alone
        ",
    );
    scenes.inspect(
        "at-the-last-moment",
        "EPISODE-4",
        "barrier boundary",
        "a READY just before the start alone comes too late",
        "
        peer 0 0
        sends accept 0 refuse all by false types 06 10
        ready aaaaaaaa
        advance 4999
        == episode 0 waiting
        recv EPISODE_READY 1 aaaaaaaa   | episode 0 playing both equal
        advance 1                       | episode 0 playing both equal
        ",
    );
    scenes.inspect(
        "just-after-the-start",
        "EPISODE-4",
        "barrier boundary",
        "a READY that comes with the start alone makes it a start of both",
        "
        peer 0 0
        sends accept 0 refuse all by false types 06 10
        ready aaaaaaaa
        advance 5000
        == episode 0 playing alone
        recv EPISODE_READY 1 aaaaaaaa   | episode 0 playing alone equal
        ",
    );
    scenes.sent(
        "an-early-ready-starts",
        "EPISODE-4",
        "barrier",
        "an episode starts only with a READY that comes after the own `ready`",
        "
        peer 0 0
        recv EPISODE_READY 1 aaaaaaaa
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 playing both equal
        act 0 1          | sent INPUT 0 0 0=1
        ",
    );
    scenes.sent(
        "started-while-closed",
        "EPISODE-4",
        "barrier channel-closed",
        "a READY that arrives after the closing does not start",
        "
        peer 0 0
        ready aaaaaaaa                  | sent EPISODE_READY 1 aaaaaaaa
        channel closed
        recv EPISODE_READY 1 aaaaaaaa   | sent - | episode 0 playing both equal
        channel open
        == episode 0 playing both equal
        act 0 1                         | sent INPUT 0 0 0=1
        ",
    );
    scenes.inspect(
        "the-second-starts-alone",
        "EPISODE-4",
        "barrier timer",
        "the five seconds are counted from the first `ready`",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05 06 10
        advance 3000
        ended 0
        recv EPISODE_END 0 0
        ready bbbbbbbb
        advance 4999   | episode 1 waiting
        == episode 1 waiting
        advance 1      | episode 1 playing alone
        ",
    );
}

fn compares(scenes: &mut Scenes) {
    scenes.inspect(
        "different-hashes",
        "EPISODE-5",
        "barrier comparison",
        "two hashes that differ do not start, or are not compared",
        "
        peer 0 0
        ready aaaaaaaa                  | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        recv EPISODE_READY 1 bbbbbbbb   | episode 0 playing both different
        ",
    );
    scenes.sent(
        "different-hashes-start",
        "EPISODE-5",
        "barrier comparison",
        "two hashes that differ hold up the start",
        "
        peer 0 0
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 bbbbbbbb
        == episode 0 playing both different
        act 0 1          | sent INPUT 0 0 0=1
        ",
    );
    scenes.inspect(
        "the-last-digit-differs",
        "EPISODE-5",
        "barrier comparison",
        "a part of the hash is compared",
        "
        peer 0 0
        ready aaaaaaaa                  | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        recv EPISODE_READY 1 aaaaaaab   | episode 0 playing both different
        ",
    );
    scenes.inspect(
        "the-first-digit-differs",
        "EPISODE-5",
        "barrier comparison",
        "only the end of the hash is compared",
        "
        peer 0 0
        ready aaaaaaaa                  | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        recv EPISODE_READY 1 baaaaaaa   | episode 0 playing both different
        ",
    );
    scenes.inspect(
        "compared-after-a-start-alone",
        "EPISODE-5",
        "barrier comparison",
        "nothing is compared after a start alone",
        "
        peer 0 0
        sends accept 0 refuse all by false types 06 10
        ready aaaaaaaa
        advance 5000
        == episode 0 playing alone
        recv EPISODE_READY 1 bbbbbbbb   | episode 0 playing alone different
        ",
    );
    scenes.inspect(
        "compared-once",
        "EPISODE-5",
        "barrier comparison",
        "each READY is compared anew",
        "
        peer 0 0 started
        == episode 0 playing both equal
        recv EPISODE_READY 1 bbbbbbbb   | sent EPISODE_READY 1 aaaaaaaa | episode 0 playing both equal
        ",
    );
    scenes.inspect(
        "compared-once-and-different",
        "EPISODE-5",
        "barrier comparison",
        "a later READY heals a difference",
        "
        peer 0 0
        ready aaaaaaaa                  | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 bbbbbbbb
        == episode 0 playing both different
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa | episode 0 playing both different
        ",
    );
    scenes.inspect(
        "an-early-hash-is-compared",
        "EPISODE-5",
        "barrier comparison",
        "the hash of an early READY is not compared",
        "
        peer 0 0
        recv EPISODE_READY 1 bbbbbbbb
        == episode none
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa | episode 0 playing both different
        ",
    );
}

fn answers(scenes: &mut Scenes) {
    scenes.sent(
        "a-repeated-ready-is-answered",
        "EPISODE-6",
        "barrier answers",
        "a READY after the start is not answered, and its sender starts alone",
        "
        peer 0 0 started
        == episode 0 playing both equal
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        ",
    );
    scenes.sent(
        "answered-with-the-own-hash",
        "EPISODE-6",
        "barrier answers",
        "the answer has the hash of the partner",
        "
        peer 0 0
        ready aaaaaaaa                  | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 bbbbbbbb
        == episode 0 playing both different
        recv EPISODE_READY 1 bbbbbbbb   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 cccccccc   | sent EPISODE_READY 1 aaaaaaaa
        ",
    );
    scenes.sent(
        "answered-after-a-start-alone",
        "EPISODE-6",
        "barrier answers",
        "a peer that started alone does not answer",
        "
        peer 0 0
        sends accept 0 refuse all by false types 06 10
        ready aaaaaaaa
        advance 5000
        sends accept 0 refuse all by false types 10
        == episode 0 playing alone
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        ",
    );
    scenes.sent(
        "answered-while-ending",
        "EPISODE-6",
        "barrier answers episode-end",
        "a peer that is ending does not answer",
        "
        peer 0 0 started
        ended 5                         | sent EPISODE_END 5 0
        == episode 0 ending both equal
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        ",
    );
    scenes.sent(
        "answered-when-complete",
        "EPISODE-6",
        "barrier answers episode-end",
        "a peer whose episode is complete does not answer",
        "
        peer 0 0 started
        ended 0                         | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        == episode 0 complete end 0 agreed both equal
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        ",
    );
    scenes.sent(
        "ten-answers",
        "EPISODE-6",
        "barrier answers boundary",
        "two peers answer each other for ever, or after nine answers no more",
        "
        peer 0 0 started
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 playing both equal
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent -
        recv EPISODE_READY 1 bbbbbbbb   | sent -
        ",
    );
    scenes.sent(
        "refused-answers-count",
        "EPISODE-6",
        "barrier answers refused-send",
        "a refused answer does not count among the ten",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 06
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        sends accept 0 refuse all by throw types 06
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        sends accept 0 refuse 0 by false types 06
        == episode 0 playing both equal
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent -
        ",
    );
    scenes.sent(
        "no-answer-while-closed",
        "EPISODE-6",
        "barrier answers channel-closed",
        "a READY that comes while the channel is closed counts among the ten",
        "
        peer 0 0 started
        channel closed
        recv EPISODE_READY 1 aaaaaaaa   | sent -
        channel open                    | sent -
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 playing both equal
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa   | sent -
        ",
    );
    scenes.sent(
        "ten-answers-in-each-episode",
        "EPISODE-6",
        "barrier answers old-episode",
        "the answers of all episodes are counted together",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 06
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        ended 0                         | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        sends accept 0 refuse 0 by false types 06
        ready bbbbbbbb                  | sent EPISODE_READY 2 bbbbbbbb
        recv EPISODE_READY 2 bbbbbbbb   | sent -
        == episode 1 playing both equal
        recv EPISODE_READY 2 bbbbbbbb   | sent EPISODE_READY 2 bbbbbbbb
        ",
    );
    scenes.sent(
        "the-ready-that-starts",
        "EPISODE-6",
        "barrier answers",
        "the READY that starts a later episode is answered",
        "
        peer 0 0 started
        ended 0                         | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        ready bbbbbbbb                  | sent EPISODE_READY 2 bbbbbbbb
        == episode 1 waiting
        recv EPISODE_READY 2 bbbbbbbb   | sent -
        ",
    );
}
