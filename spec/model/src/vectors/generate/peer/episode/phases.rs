//! The scenarios of EPISODE: what counts in which phase.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    acts(scenes);
    exchange(scenes);
}

fn acts(scenes: &mut Scenes) {
    scenes.sent(
        "no-act-before-the-first-ready",
        "EPISODE-12",
        "barrier",
        "an act counts before the first episode",
        "
        peer 0 0
        == episode none
        act 0 1   | sent -
        ",
    );
    scenes.sent(
        "no-act-while-waiting",
        "EPISODE-12",
        "barrier",
        "an act counts before the start",
        "
        peer 0 0
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        act 0 1          | sent -
        recv EPISODE_READY 1 aaaaaaaa
        act 0 2          | sent INPUT 0 0 0=2
        ",
    );
    scenes.sent(
        "acts-while-ending",
        "EPISODE-12",
        "episode-end",
        "an act does not count while the peer is ending",
        "
        peer 0 0 started
        ended 5   | sent EPISODE_END 5 0
        == episode 0 ending both equal
        act 0 1   | sent INPUT 0 0 0=1
        recv EPISODE_END 5 0
        act 1 1   | sent INPUT 0 1 0=1 1=1
        ",
    );
    scenes.sent(
        "no-act-when-complete",
        "EPISODE-12",
        "episode-end",
        "an act counts when the episode is complete",
        "
        peer 0 0 started
        ended 0   | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        == episode 0 complete end 0 agreed both equal
        act 0 1   | sent -
        ",
    );
    scenes.sent(
        "acts-after-a-start-alone",
        "EPISODE-12",
        "barrier",
        "an act does not count after a start alone",
        "
        peer 0 0
        sends accept 0 refuse all by false types 06 10
        ready aaaaaaaa
        advance 5000
        == episode 0 playing alone
        act 0 1   | sent INPUT 0 0 0=1
        ",
    );
}

fn exchange(scenes: &mut Scenes) {
    scenes.sent(
        "hashes-after-the-completion",
        "EPISODE-15",
        "episode-end reset",
        "the completion empties the queue of hashes",
        "
        peer 0 0 started
        confirm 5 aa
        ended 0   | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        == queue 5 | episode 0 complete end 0 agreed both equal
        tick      | sent 5
        ",
    );
    scenes.sent(
        "hashes-after-a-completion-alone",
        "EPISODE-15",
        "episode-end reset",
        "a completion that is not agreed empties the queue of hashes",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05 10
        confirm 5 aa
        confirm 10 bb
        ended 5
        advance 2000
        == queue 5 10 | episode 0 complete end 5 not-agreed both equal
        tick   | sent 5 10
        ",
    );
    scenes.inspect(
        "hashes-that-wait-for-the-partner",
        "EPISODE-15",
        "episode-end inbound-map",
        "the completion empties the map of the partner's hashes",
        "
        peer 0 0 started
        recv STATE_HASH 5 aa
        ended 0                | sent EPISODE_END 0 0
        == map 5
        recv EPISODE_END 0 0   | map 5
        confirm 5 aa           | map - | queue 5
        ",
    );
    scenes.sent(
        "confirmed-after-the-completion",
        "EPISODE-15",
        "episode-end lost-entry",
        "a frame that is confirmed after the completion is not sent",
        "
        peer 0 0 started
        confirm 5 aa
        ended 0   | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        == queue 5 | episode 0 complete end 0 agreed both equal
        confirm 10 bb
        tick      | sent 5 10
        ",
    );
    scenes.sent(
        "a-refused-hash-after-the-completion",
        "EPISODE-15",
        "episode-end refused-send",
        "a hash that was refused before the completion is lost with it",
        "
        peer 0 0 started
        sends accept 0 refuse 1 by false
        confirm 5 aa
        tick      | sent -
        ended 0   | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        == queue 5 | episode 0 complete end 0 agreed both equal
        tick      | sent 5
        ",
    );
}
