//! The scenarios of EPISODE: which ENDs are answered.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    answers(scenes);
}

fn answers(scenes: &mut Scenes) {
    scenes.sent(
        "a-repeated-end",
        "EPISODE-14",
        "episode-end answers",
        "a repeated END is not answered, and its sender completes alone",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 10
        ended 0                | sent EPISODE_END 0 0
        recv EPISODE_END 0 0   | sent -
        == episode 0 complete end 0 agreed both equal
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        ",
    );
    scenes.sent(
        "a-repeat-while-ending",
        "EPISODE-14",
        "episode-end answers",
        "a repeat is answered only when the episode is complete, or with the agreed end",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 10
        ended 7                | sent EPISODE_END 7 0
        recv EPISODE_END 5 0   | sent -
        == episode 0 ending end 5 agreed both equal
        advance 250
        recv EPISODE_END 5 0   | sent EPISODE_END 7 0
        ",
    );
    scenes.sent(
        "a-repeat-with-another-frame",
        "EPISODE-14",
        "episode-end answers",
        "an END with another frame is not a repeat",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 10
        ended 7                | sent EPISODE_END 7 0
        recv EPISODE_END 5 0   | sent -
        == episode 0 ending end 5 agreed both equal
        advance 250
        recv EPISODE_END 6 0   | sent EPISODE_END 7 0
        ",
    );
    scenes.sent(
        "a-repeat-while-playing",
        "EPISODE-14",
        "episode-end answers",
        "a repeat is answered though there is no own END",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 10
        recv EPISODE_END 5 0   | sent -
        recv EPISODE_END 5 0   | sent -
        == episode 0 playing both equal
        ended 7                | sent EPISODE_END 7 0
        advance 250
        recv EPISODE_END 5 0   | sent EPISODE_END 7 0
        ",
    );
    scenes.sent(
        "a-first-end-after-the-completion",
        "EPISODE-14",
        "episode-end answers",
        "a first END that comes too late is answered, or the second is not",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 10
        sends accept 0 refuse all by false types 02 05 10
        ended 5
        advance 2000
        sends accept 0 refuse all by false types 02 10
        == episode 0 complete end 5 not-agreed both equal
        recv EPISODE_END 5 0   | sent -
        advance 250
        recv EPISODE_END 5 0   | sent EPISODE_END 5 0
        ",
    );
    scenes.sent(
        "a-repeat-of-the-last-episode",
        "EPISODE-14",
        "episode-end answers old-episode",
        "a repeated END of the last episode is not answered",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 10
        ended 0                | sent EPISODE_END 0 0
        recv EPISODE_END 0 0   | sent -
        ready bbbbbbbb         | sent EPISODE_READY 2 bbbbbbbb
        == episode 1 waiting
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        recv EPISODE_READY 2 bbbbbbbb
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        ",
    );
    scenes.sent(
        "a-first-end-of-the-last-episode",
        "EPISODE-14",
        "episode-end answers old-episode",
        "a first END of the last episode is answered",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 10
        sends accept 0 refuse all by false types 02 05 10
        ended 5
        advance 2000
        ready bbbbbbbb         | sent EPISODE_READY 2 bbbbbbbb
        sends accept 0 refuse all by false types 02 10
        == episode 1 waiting
        recv EPISODE_END 5 0   | sent - | episode 1 waiting
        advance 250
        recv EPISODE_END 5 0   | sent EPISODE_END 5 0
        ",
    );
    scenes.sent(
        "an-end-of-the-episode-before-the-last",
        "EPISODE-14",
        "episode-end answers old-episode",
        "an END of any earlier episode is answered",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 10
        ended 0                | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        ready bbbbbbbb         | sent EPISODE_READY 2 bbbbbbbb
        recv EPISODE_READY 2 bbbbbbbb
        ended 0                | sent EPISODE_END 0 1
        recv EPISODE_END 0 1
        ready cccccccc         | sent EPISODE_READY 3 cccccccc
        == episode 2 waiting
        recv EPISODE_END 0 0   | sent -
        recv EPISODE_END 0 0   | sent -
        advance 250
        recv EPISODE_END 0 1   | sent EPISODE_END 0 1
        ",
    );
    scenes.sent(
        "eight-answers",
        "EPISODE-14",
        "episode-end answers boundary",
        "two peers answer each other for ever, or after seven answers no more",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 10
        ended 0                | sent EPISODE_END 0 0
        recv EPISODE_END 0 0   | sent -
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        == episode 0 complete end 0 agreed both equal
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0   | sent -
        advance 250
        recv EPISODE_END 0 0   | sent -
        ",
    );
    scenes.sent(
        "refused-answers-to-ends-count",
        "EPISODE-14",
        "episode-end answers refused-send",
        "a refused answer does not count among the eight",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 10
        ended 0                | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        sends accept 0 refuse all by false types 02 05 10
        advance 250
        recv EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0
        sends accept 0 refuse all by throw types 02 05 10
        advance 250
        recv EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0
        sends accept 0 refuse all by false types 02 10
        == episode 0 complete end 0 agreed both equal
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0   | sent -
        ",
    );
    scenes.sent(
        "eight-answers-across-a-ready",
        "EPISODE-14",
        "episode-end answers old-episode",
        "the answers are counted anew when the episode is the last one",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 10
        ended 0                | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        sends accept 0 refuse all by false types 02 05 10
        advance 250
        recv EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0
        sends accept 0 refuse all by false types 02 10
        ready bbbbbbbb         | sent EPISODE_READY 2 bbbbbbbb
        == episode 1 waiting
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 250            | sent EPISODE_READY 2 bbbbbbbb
        recv EPISODE_END 0 0   | sent -
        ",
    );
    scenes.sent(
        "no-answer-to-an-end-while-closed",
        "EPISODE-14",
        "episode-end answers channel-closed",
        "a repeat that comes while the channel is closed counts among the eight",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 10
        ended 0                | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        channel closed
        recv EPISODE_END 0 0   | sent -
        channel open           | sent -
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        == episode 0 complete end 0 agreed both equal
        advance 250
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 250
        recv EPISODE_END 0 0   | sent -
        ",
    );
    scenes.sent(
        "no-answer-within-the-pause",
        "EPISODE-14",
        "episode-end answers timer",
        "two peers answer each other's answers at once",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 10
        ended 0                | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        advance 249
        == episode 0 complete end 0 agreed both equal
        recv EPISODE_END 0 0   | sent -
        advance 1
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        advance 249
        recv EPISODE_END 0 0   | sent -
        advance 1
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        ",
    );
    scenes.sent(
        "an-end-in-the-pause-uses-up-no-answer",
        "EPISODE-14",
        "episode-end answers timer",
        "a repeat that is not answered because of the pause counts among the eight, or begins the pause anew",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 10
        ended 0                | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        advance 200
        recv EPISODE_END 0 0   | sent -
        recv EPISODE_END 0 0   | sent -
        recv EPISODE_END 0 0   | sent -
        recv EPISODE_END 0 0   | sent -
        recv EPISODE_END 0 0   | sent -
        recv EPISODE_END 0 0   | sent -
        recv EPISODE_END 0 0   | sent -
        recv EPISODE_END 0 0   | sent -
        advance 50
        == episode 0 complete end 0 agreed both equal
        recv EPISODE_END 0 0   | sent EPISODE_END 0 0
        ",
    );
}
