//! The scenarios of EPISODE: when an episode is complete.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    completes(scenes);
    alone(scenes);
}

fn completes(scenes: &mut Scenes) {
    scenes.inspect(
        "complete-with-the-last-input",
        "EPISODE-10",
        "episode-end confirmation",
        "the episode waits for its time though all is confirmed",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 01 05 10
        act 0 1
        ended 1
        recv EPISODE_END 1 0
        advance 10
        == episode 0 ending end 1 agreed both equal
        recv INPUT 1 0 0=2   | confirmed 0 | episode 0 complete end 1 agreed both equal
        ",
    );
    scenes.inspect(
        "complete-with-the-last-act",
        "EPISODE-10",
        "episode-end confirmation",
        "an own act does not complete the episode",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 01 05 10
        recv INPUT 1 1 0=2 1=2
        act 0 1
        ended 2
        recv EPISODE_END 2 0
        advance 10
        == confirmed 0 | episode 0 ending end 2 agreed both equal
        act 1 1   | confirmed 1 | episode 0 complete end 2 agreed both equal
        ",
    );
    scenes.inspect(
        "complete-at-once",
        "EPISODE-10",
        "episode-end confirmation",
        "an episode whose frames are confirmed waits",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 01 05
        act 0 1
        recv INPUT 1 0 0=2
        ended 1
        == confirmed 0 | episode 0 ending both equal
        recv EPISODE_END 1 0   | episode 0 complete end 1 agreed both equal
        ",
    );
    scenes.inspect(
        "complete-with-the-own-end",
        "EPISODE-10",
        "episode-end confirmation",
        "an `ended` that comes second does not complete",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 01 05
        act 0 1
        recv INPUT 1 0 0=2
        recv EPISODE_END 1 0
        == confirmed 0 | episode 0 playing both equal
        ended 4   | episode 0 complete end 1 agreed both equal
        ",
    );
    scenes.inspect(
        "one-frame-is-missing",
        "EPISODE-10",
        "episode-end confirmation",
        "the episode is complete one frame too early",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 01 05
        act 0 1
        act 1 1
        recv INPUT 1 0 0=2
        ended 2
        == confirmed 0 | episode 0 ending both equal
        recv EPISODE_END 2 0   | episode 0 ending end 2 agreed both equal
        ",
    );
    scenes.inspect(
        "half-a-second-after-both",
        "EPISODE-10",
        "episode-end boundary timer",
        "an episode with a hole completes early, late or never",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05 10
        ended 5
        recv EPISODE_END 5 0
        advance 499   | episode 0 ending end 5 agreed both equal
        == episode 0 ending end 5 agreed both equal
        advance 1     | episode 0 complete end 5 agreed both equal
        ",
    );
    scenes.inspect(
        "half-a-second-after-the-second",
        "EPISODE-10",
        "episode-end timer",
        "the time is counted from the own `ended`",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05 10
        ended 5
        advance 1900
        recv EPISODE_END 5 0
        advance 499   | episode 0 ending end 5 agreed both equal
        == episode 0 ending end 5 agreed both equal
        advance 1     | episode 0 complete end 5 agreed both equal
        ",
    );
    scenes.inspect(
        "half-a-second-after-the-own",
        "EPISODE-10",
        "episode-end timer",
        "the time is counted from the END of the partner",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05 10
        recv EPISODE_END 5 0
        advance 400
        ended 5
        advance 499   | episode 0 ending end 5 agreed both equal
        == episode 0 ending end 5 agreed both equal
        advance 1     | episode 0 complete end 5 agreed both equal
        ",
    );
    scenes.inspect(
        "nothing-is-confirmed-by-the-end",
        "EPISODE-10",
        "episode-end confirmation",
        "the completion confirms frames that are not known",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 01 05 10
        act 0 1
        recv INPUT 1 2 0=2 2=2
        ended 5
        recv EPISODE_END 5 0
        advance 499
        == confirmed 0 | held 2=2 | episode 0 ending end 5 agreed both equal
        advance 1   | confirmed 0 | held 2=2 | episode 0 complete end 5 agreed both equal
        ",
    );
    scenes.inspect(
        "an-end-at-the-first-frame",
        "EPISODE-10",
        "episode-end frame-number",
        "an end at the first frame needs a confirmed frame",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 05
        ended 9
        == episode 0 ending both equal
        recv EPISODE_END 5 0   | episode 0 complete end 5 agreed both equal
        ",
    );
    scenes.inspect(
        "an-end-below-the-first-frame",
        "EPISODE-10",
        "episode-end frame-number",
        "an end below the first frame is never reached",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 05
        ended 9
        == episode 0 ending both equal
        recv EPISODE_END 0 0   | episode 0 complete end 0 agreed both equal
        ",
    );
}

fn alone(scenes: &mut Scenes) {
    scenes.inspect(
        "complete-alone",
        "EPISODE-11",
        "episode-end boundary timer",
        "an episode without an END of the partner completes early, late or never",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05 10
        ended 5
        advance 1999   | episode 0 ending both equal
        == episode 0 ending both equal
        advance 1      | episode 0 complete end 5 not-agreed both equal
        ",
    );
    scenes.inspect(
        "an-end-that-is-too-late",
        "EPISODE-11",
        "episode-end boundary",
        "an END that comes after the completion agrees",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05 10
        ended 5
        advance 2000
        == episode 0 complete end 5 not-agreed both equal
        recv EPISODE_END 5 0   | episode 0 complete end 5 not-agreed both equal
        recv EPISODE_END 3 0   | episode 0 complete end 5 not-agreed both equal
        ",
    );
    scenes.inspect(
        "an-end-at-the-last-moment",
        "EPISODE-11",
        "episode-end boundary",
        "an END that comes just in time does not stop the clock",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05 10
        ended 5
        advance 1999
        recv EPISODE_END 3 0
        == episode 0 ending end 3 agreed both equal
        advance 1   | episode 0 ending end 3 agreed both equal
        ",
    );
    scenes.inspect(
        "confirmed-and-still-alone",
        "EPISODE-11",
        "episode-end confirmation",
        "an episode that is confirmed completes without an END of the partner",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 01 05
        act 0 1
        ended 1
        == episode 0 ending both equal
        recv INPUT 1 0 0=2   | confirmed 0 | episode 0 ending both equal
        ",
    );
    scenes.sent(
        "acts-until-it-is-complete-alone",
        "EPISODE-11 EPISODE-12",
        "episode-end timer",
        "an episode without an END of the partner is never over",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05 10
        ended 5
        advance 1999
        act 0 1   | sent INPUT 0 0 0=1
        advance 1
        == episode 0 complete end 5 not-agreed both equal
        act 1 1   | sent -
        ",
    );
}
