//! The scenarios of EPISODE: READYs of the partner.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    hears(scenes);
}

fn hears(scenes: &mut Scenes) {
    scenes.inspect(
        "a-ready-of-another-episode",
        "EPISODE-3",
        "barrier old-episode",
        "a READY of any episode starts this one",
        "
        peer 0 0
        ready aaaaaaaa                   | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        recv EPISODE_READY 99 aaaaaaaa   | episode 0 waiting
        ",
    );
    scenes.inspect(
        "a-ready-of-the-next-episode",
        "EPISODE-3",
        "barrier early-input",
        "a READY of the next episode starts this one",
        "
        peer 0 0
        ready aaaaaaaa                  | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        recv EPISODE_READY 2 aaaaaaaa   | episode 0 waiting
        recv EPISODE_READY 0 aaaaaaaa   | episode 0 waiting
        ",
    );
    scenes.inspect(
        "a-ready-of-the-last-episode",
        "EPISODE-3",
        "barrier old-episode",
        "a late READY of the last episode starts this one",
        "
        peer 0 0 started
        ended 0                         | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        ready bbbbbbbb                  | sent EPISODE_READY 2 bbbbbbbb
        == episode 1 waiting
        recv EPISODE_READY 1 aaaaaaaa   | episode 1 waiting
        ",
    );
    scenes.inspect(
        "a-ready-before-the-first",
        "EPISODE-3",
        "barrier",
        "a READY that comes before the own `ready` is lost",
        "
        peer 0 0
        recv EPISODE_READY 1 aaaaaaaa   | sent - | episode none
        == episode none
        ready aaaaaaaa                  | sent EPISODE_READY 1 aaaaaaaa | episode 0 playing both equal
        ",
    );
    scenes.inspect(
        "a-ready-before-the-next",
        "EPISODE-3",
        "barrier",
        "a READY that comes before the last episode is over is lost",
        "
        peer 0 0 started
        recv EPISODE_READY 2 bbbbbbbb   | sent -
        ended 0                         | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        == episode 0 complete end 0 agreed both equal
        ready bbbbbbbb                  | sent EPISODE_READY 2 bbbbbbbb | episode 1 playing both equal
        ",
    );
    scenes.inspect(
        "the-first-early-ready-stays",
        "EPISODE-3",
        "barrier comparison",
        "the last READY that came early is compared",
        "
        peer 0 0
        recv EPISODE_READY 1 aaaaaaaa
        recv EPISODE_READY 1 bbbbbbbb
        == episode none
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa | episode 0 playing both equal
        ",
    );
    scenes.inspect(
        "a-ready-that-is-too-early",
        "EPISODE-3",
        "barrier",
        "a READY of the episode after the next is kept for the next",
        "
        peer 0 0
        recv EPISODE_READY 2 aaaaaaaa
        recv EPISODE_READY 0 aaaaaaaa
        == episode none
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa | episode 0 waiting
        ",
    );
    scenes.inspect(
        "an-early-ready-counts-once",
        "EPISODE-3",
        "barrier old-episode",
        "an early READY starts every later episode",
        "
        peer 0 0
        recv EPISODE_READY 1 aaaaaaaa
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        ended 0          | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        == episode 0 complete end 0 agreed both equal
        ready aaaaaaaa   | sent EPISODE_READY 2 aaaaaaaa | episode 1 waiting
        ",
    );
    scenes.sent(
        "an-old-ready-is-not-answered",
        "EPISODE-3",
        "answers old-episode",
        "a READY of the last episode is answered in this one",
        "
        peer 0 0 started
        ended 0                         | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        ready bbbbbbbb                  | sent EPISODE_READY 2 bbbbbbbb
        recv EPISODE_READY 2 bbbbbbbb
        == episode 1 playing both equal
        recv EPISODE_READY 1 aaaaaaaa   | sent -
        recv EPISODE_READY 3 aaaaaaaa   | sent -
        recv EPISODE_READY 0 aaaaaaaa   | sent -
        ",
    );
    scenes.inspect(
        "a-ready-after-the-end",
        "EPISODE-3",
        "barrier",
        "a READY that comes when the episode is complete is not compared",
        "
        peer 0 0
        sends accept 0 refuse all by false types 06 10
        ready aaaaaaaa
        advance 5000
        ended 0                         | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        == episode 0 complete end 0 agreed alone
        recv EPISODE_READY 1 bbbbbbbb   | episode 0 complete end 0 agreed alone different
        ",
    );
}
