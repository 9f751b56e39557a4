//! The scenarios of EPISODE: what counts in which phase.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    acts(scenes);
    messages(scenes);
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

fn messages(scenes: &mut Scenes) {
    scenes.inspect(
        "inputs-before-the-first-ready",
        "EPISODE-13",
        "old-episode early-input",
        "an INPUT counts before the first `ready`",
        "
        peer 0 0
        == episode none
        recv INPUT 1 0 0=1          | held -
        recv INPUT_RESPONSE 1 0=1   | held -
        ready aaaaaaaa              | sent EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        act 0 1                     | sent INPUT 0 0 0=1 | confirmed none | held -
        ",
    );
    scenes.inspect(
        "inputs-when-complete",
        "EPISODE-13",
        "old-episode episode-end",
        "an INPUT counts when the episode is complete",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 01 05 10
        act 0 1
        ended 5
        advance 2000
        == confirmed none | held - | episode 0 complete end 5 not-agreed both equal
        recv INPUT 1 1 0=1 1=1   | confirmed none | held -
        ",
    );
    scenes.inspect(
        "responses-when-complete",
        "EPISODE-13",
        "old-episode episode-end",
        "an INPUT_RESPONSE counts when the episode is complete",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 01 05 10
        act 0 1
        ended 5
        advance 2000
        == confirmed none | held - | episode 0 complete end 5 not-agreed both equal
        recv INPUT_RESPONSE 1 0=1 1=1   | confirmed none | held -
        ",
    );
    scenes.inspect(
        "inputs-while-waiting",
        "EPISODE-13",
        "early-input boundary",
        "entries are dropped before the start, or all are kept",
        "
        peer 0 0
        ready aaaaaaaa                       | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        recv INPUT 1 129 127=1 128=1 129=1   | held 127=1 128=1
        recv INPUT 1 0 0=1                   | held 0=1 127=1 128=1
        recv EPISODE_READY 1 aaaaaaaa
        act 0 1                              | sent INPUT 0 0 0=1 | confirmed 0 | held 127=1 128=1
        ",
    );
    scenes.inspect(
        "inputs-while-waiting-at-a-later-frame",
        "EPISODE-13",
        "early-input frame-number",
        "the 128 frames are counted from 0",
        "
        peer 0 1000
        ready aaaaaaaa                           | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        recv INPUT 1 1129 1000=1 1128=1 1129=1   | held 1000=1 1128=1
        recv EPISODE_READY 1 aaaaaaaa
        act 1000 1                               | sent INPUT 0 1000 1000=1 | confirmed 1000 | held 1128=1
        ",
    );
    scenes.inspect(
        "inputs-while-waiting-near-the-last-frame",
        "EPISODE-13",
        "early-input frame-number silent-wrap",
        "the bound of 128 frames wraps",
        "
        peer 0 4294967200
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        recv INPUT 1 4294967295 4294967200=1 4294967295=1   | held 4294967200=1 4294967295=1
        recv EPISODE_READY 1 aaaaaaaa
        act 4294967200 1   | sent INPUT 0 4294967200 4294967200=1 | confirmed 4294967200
        ",
    );
    scenes.inspect(
        "responses-while-waiting",
        "EPISODE-13",
        "early-input boundary",
        "an INPUT_RESPONSE is not bounded before the start",
        "
        peer 0 0
        ready aaaaaaaa                      | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        recv INPUT_RESPONSE 1 128=1 129=1   | held 128=1
        recv EPISODE_READY 1 aaaaaaaa
        act 0 1                             | sent INPUT 0 0 0=1 | held 128=1
        ",
    );
    scenes.inspect(
        "inputs-after-the-start",
        "EPISODE-13",
        "early-input boundary",
        "the bound of 128 frames holds after the start",
        "
        peer 0 0 started
        == held -
        recv INPUT 1 129 128=1 129=1 4095=1   | held 128=1 129=1 4095=1
        act 0 1                               | sent INPUT 0 0 0=1 | held 128=1 129=1 4095=1
        ",
    );
    scenes.inspect(
        "early-inputs-survive-the-start",
        "EPISODE-13",
        "early-input barrier",
        "the start empties what came while waiting",
        "
        peer 0 0
        ready aaaaaaaa                  | sent EPISODE_READY 1 aaaaaaaa
        recv INPUT 1 1 0=1 1=1
        == held 0=1 1=1
        recv EPISODE_READY 1 aaaaaaaa   | held 0=1 1=1
        act 0 1                         | sent INPUT 0 0 0=1 | confirmed 0 | held 1=1
        ",
    );
    scenes.inspect(
        "inputs-while-ending",
        "EPISODE-13",
        "episode-end",
        "an INPUT does not count while the peer is ending",
        "
        peer 0 0 started
        ended 5                  | sent EPISODE_END 5 0
        == held -
        recv INPUT 1 1 0=1 1=1   | held 0=1 1=1
        act 0 1                  | sent INPUT 0 0 0=1 | confirmed 0 | held 1=1
        ",
    );
    scenes.inspect(
        "a-hash-before-the-first-ready",
        "EPISODE-13",
        "old-episode inbound-map",
        "a hash counts before the first `ready`",
        "
        peer 0 0
        confirm 5 bb
        == queue 5 | map -
        recv STATE_HASH 6 aa   | map -
        recv STATE_HASH 5 aa   | events -
        ",
    );
    scenes.inspect(
        "a-hash-when-complete",
        "EPISODE-13",
        "old-episode inbound-map",
        "a hash counts when the episode is complete",
        "
        peer 0 0 started
        confirm 5 bb
        ended 0                | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        == queue 5 | map - | episode 0 complete end 0 agreed both equal
        recv STATE_HASH 6 aa   | map -
        recv STATE_HASH 5 aa   | events -
        ",
    );
    scenes.inspect(
        "a-hash-while-waiting",
        "EPISODE-13",
        "early-input inbound-map boundary",
        "a hash far beyond the first frame is kept before the start",
        "
        peer 0 0
        ready aaaaaaaa           | sent EPISODE_READY 1 aaaaaaaa
        == map -
        recv STATE_HASH 129 aa   | map -
        recv STATE_HASH 128 aa   | map 128
        tick                     | sent - | map 128
        ",
    );
    scenes.inspect(
        "a-hash-after-the-start",
        "EPISODE-13",
        "inbound-map",
        "a hash is dropped in a game",
        "
        peer 0 0 started
        == map -
        recv STATE_HASH 129 aa   | map 129
        tick                     | sent - | map 129
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
