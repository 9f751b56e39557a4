//! What counts in which phase (EPISODE-13): INPUT, INPUT_RESPONSE and STATE_HASH do not name their episode.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    messages(scenes);
    unheard(scenes);
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
        "early-input old-episode",
        "a late INPUT_RESPONSE of the last episode counts, though nothing was asked for in this one",
        "
        peer 0 0
        ready aaaaaaaa                      | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        recv INPUT_RESPONSE 1 0=1 128=1     | held -
        recv EPISODE_READY 1 aaaaaaaa
        act 0 1                             | sent INPUT 0 0 0=1 | confirmed none | held -
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

/// A peer that has left an episode without the partner's END: the partner may still play it.
fn unheard(scenes: &mut Scenes) {
    scenes.inspect(
        "inputs-of-a-partner-that-may-still-play",
        "EPISODE-13",
        "early-input old-episode episode-end",
        "the last episode was left without the partner's END: its inputs count for the next one",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 05 06 10
        ended 0
        advance 2000
        ready aaaaaaaa
        == episode 1 waiting | held -
        recv INPUT 1 3 2=1 3=1   | held -
        act 0 1                  | sent - | held -
        ",
    );
    scenes.inspect(
        "inputs-after-a-late-end",
        "EPISODE-13",
        "early-input old-episode episode-end",
        "the partner's END comes while the next episode waits: what follows is still dropped",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 05 06 10
        ended 0
        advance 2000
        ready aaaaaaaa
        recv INPUT 1 3 2=1 3=1
        recv EPISODE_END 4 0
        == episode 1 waiting | held -
        recv INPUT 1 129 1=1 128=1 129=1   | held 1=1 128=1
        act 0 1                            | sent - | held 1=1 128=1
        ",
    );
    scenes.inspect(
        "inputs-after-an-end-that-came-when-complete",
        "EPISODE-13",
        "early-input old-episode episode-end",
        "an END that came after the completion agrees no end, but says that the partner is done",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 05 06 10
        ended 0
        advance 2000
        recv EPISODE_END 4 0
        ready aaaaaaaa
        == episode 1 waiting | held -
        recv INPUT 1 1 0=1 1=1   | held 0=1 1=1
        act 0 1                  | sent - | held 0=1 1=1
        ",
    );
    scenes.inspect(
        "inputs-after-a-start-alone-without-an-end",
        "EPISODE-13",
        "early-input old-episode barrier",
        "the wait is over: inputs count, though no END of the last episode ever came",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 05 06 10
        ended 0
        advance 2000
        ready aaaaaaaa
        advance 5000
        == episode 1 playing alone | held -
        recv INPUT 1 1 0=1 1=1   | held 0=1 1=1
        act 0 1                  | sent INPUT 0 0 0=1 | confirmed 0 | held 1=1
        ",
    );
    scenes.inspect(
        "a-hash-of-a-partner-that-may-still-play",
        "EPISODE-13",
        "early-input old-episode inbound-map",
        "the last episode was left without the partner's END: its hashes count for the next one",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 02 05 06 10
        ended 0
        advance 2000
        ready aaaaaaaa
        == episode 1 waiting | map -
        recv STATE_HASH 5 aa   | map -
        recv EPISODE_END 4 0
        recv STATE_HASH 5 aa   | map 5
        tick                   | sent - | map 5
        ",
    );
}
