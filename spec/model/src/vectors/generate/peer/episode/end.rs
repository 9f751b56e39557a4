//! The scenarios of EPISODE: how an episode ends.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    ends(scenes);
    hears(scenes);
    agrees(scenes);
}

fn ends(scenes: &mut Scenes) {
    scenes.sent(
        "an-end-is-sent",
        "EPISODE-7",
        "episode-end timer",
        "an END is not repeated, or early, or late",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 10
        == episode 0 playing both equal
        ended 5       | sent EPISODE_END 5 0 | episode 0 ending both equal
        advance 249   | sent -
        advance 1     | sent EPISODE_END 5 0
        advance 250   | sent EPISODE_END 5 0
        ",
    );
    scenes.sent(
        "all-repeats-of-an-end",
        "EPISODE-7",
        "episode-end timer",
        "an END is repeated a few times only, or once more with the completion",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 10
        ended 5        | sent EPISODE_END 5 0
        advance 1499   | sent EPISODE_END 5 0, EPISODE_END 5 0, EPISODE_END 5 0, EPISODE_END 5 0, EPISODE_END 5 0
        == episode 0 ending both equal
        advance 500    | sent EPISODE_END 5 0, EPISODE_END 5 0
        advance 1      | sent - | episode 0 complete end 5 not-agreed both equal
        advance 1000   | sent -
        ",
    );
    scenes.sent(
        "ended-before-the-start",
        "EPISODE-7",
        "episode-end barrier",
        "a game that has not started ends",
        "
        peer 0 0
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        ended 5          | sent - | episode 0 waiting
        ",
    );
    scenes.sent(
        "ended-before-the-first",
        "EPISODE-7",
        "episode-end",
        "an END is sent before the first episode",
        "
        peer 0 0
        == episode none
        ended 5   | sent - | episode none
        ",
    );
    scenes.sent(
        "ended-twice",
        "EPISODE-7",
        "episode-end",
        "a second `ended` moves the end",
        "
        peer 0 0 started
        ended 5                | sent EPISODE_END 5 0
        == episode 0 ending both equal
        ended 3                | sent - | episode 0 ending both equal
        recv EPISODE_END 9 0   | episode 0 ending end 5 agreed both equal
        ",
    );
    scenes.sent(
        "ended-after-the-completion",
        "EPISODE-7",
        "episode-end",
        "an END is sent when the episode is complete",
        "
        peer 0 0 started
        ended 0   | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        == episode 0 complete end 0 agreed both equal
        ended 7   | sent - | episode 0 complete end 0 agreed both equal
        ",
    );
    scenes.sent(
        "the-end-of-the-second-episode",
        "EPISODE-7",
        "episode-end",
        "every END has the number 0, or that of the READY",
        "
        peer 0 0 started
        ended 0          | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        ready bbbbbbbb   | sent EPISODE_READY 2 bbbbbbbb
        recv EPISODE_READY 2 bbbbbbbb
        == episode 1 playing both equal
        ended 5          | sent EPISODE_END 5 1
        ",
    );
    scenes.sent(
        "an-end-after-the-partners",
        "EPISODE-7",
        "episode-end",
        "a peer that knows the partner's END does not tell its own",
        "
        peer 0 0 started
        recv EPISODE_END 5 0   | episode 0 playing both equal
        == episode 0 playing both equal
        ended 7                | sent EPISODE_END 7 0 | episode 0 ending end 5 agreed both equal
        ",
    );
    scenes.sent(
        "no-repeat-after-the-partners",
        "EPISODE-7",
        "episode-end timer",
        "the END is repeated though the partner's is known",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 10
        ended 7       | sent EPISODE_END 7 0
        recv EPISODE_END 5 0
        == episode 0 ending end 5 agreed both equal
        advance 499   | sent -
        ",
    );
    scenes.sent(
        "a-refused-end",
        "EPISODE-7",
        "episode-end refused-send",
        "a refused END is not repeated",
        "
        peer 0 0 started
        sends accept 0 refuse 1 by false types 05
        ended 5       | sent -
        sends accept 0 refuse all by false types 10
        == episode 0 ending both equal
        advance 249   | sent -
        advance 1     | sent EPISODE_END 5 0
        ",
    );
    scenes.sent(
        "ended-while-closed",
        "EPISODE-7",
        "episode-end channel-closed",
        "an END is not repeated if the channel was closed at the `ended`",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 10
        channel closed
        ended 5        | sent -
        advance 300    | sent -
        channel open   | sent -
        == episode 0 ending both equal
        advance 199    | sent -
        advance 1      | sent EPISODE_END 5 0
        ",
    );
}

fn hears(scenes: &mut Scenes) {
    scenes.inspect(
        "an-end-of-another-episode",
        "EPISODE-8",
        "episode-end old-episode",
        "an END of any episode ends this one",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05
        ended 5
        == episode 0 ending both equal
        recv EPISODE_END 3 7   | episode 0 ending both equal
        recv EPISODE_END 3 1   | episode 0 ending both equal
        ",
    );
    scenes.inspect(
        "an-end-of-the-last-episode",
        "EPISODE-8",
        "episode-end old-episode",
        "a late END of the last episode ends this one",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05
        ended 0
        recv EPISODE_END 0 0
        ready bbbbbbbb         | sent EPISODE_READY 2 bbbbbbbb
        recv EPISODE_READY 2 bbbbbbbb
        ended 5
        == episode 1 ending both equal
        recv EPISODE_END 0 0   | episode 1 ending both equal
        ",
    );
    scenes.inspect(
        "an-end-before-the-own",
        "EPISODE-8",
        "episode-end",
        "an END that comes before the own `ended` is forgotten",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05
        recv EPISODE_END 5 0   | episode 0 playing both equal
        == episode 0 playing both equal
        ended 7                | episode 0 ending end 5 agreed both equal
        ",
    );
    scenes.inspect(
        "an-end-before-the-start",
        "EPISODE-8",
        "episode-end barrier",
        "an END that comes before the start is forgotten",
        "
        peer 0 0
        sends accept 0 refuse all by false types 05 06
        ready aaaaaaaa
        recv EPISODE_END 5 0   | episode 0 waiting
        recv EPISODE_READY 1 aaaaaaaa
        == episode 0 playing both equal
        ended 7                | episode 0 ending end 5 agreed both equal
        ",
    );
    scenes.inspect(
        "the-first-end-stays",
        "EPISODE-8",
        "episode-end",
        "a second END replaces the first",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05
        recv EPISODE_END 5 0
        recv EPISODE_END 3 0
        recv EPISODE_END 6 0
        == episode 0 playing both equal
        ended 7   | episode 0 ending end 5 agreed both equal
        ",
    );
    scenes.sent(
        "an-end-does-not-stop-the-game",
        "EPISODE-8",
        "episode-end",
        "the END of the partner ends the own game",
        "
        peer 0 0 started
        recv EPISODE_END 5 0   | sent -
        == episode 0 playing both equal
        act 0 1                | sent INPUT 0 0 0=1 | episode 0 playing both equal
        ",
    );
    scenes.inspect(
        "an-end-before-the-first-episode",
        "EPISODE-8",
        "episode-end old-episode",
        "an END that comes before the first `ready` counts",
        "
        peer 0 0
        sends accept 0 refuse all by false types 05 06
        recv EPISODE_END 5 0   | episode none
        ready aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa
        == episode 0 playing both equal
        ended 7                | episode 0 ending both equal
        ",
    );
}

fn agrees(scenes: &mut Scenes) {
    scenes.inspect(
        "the-smaller-end",
        "EPISODE-9",
        "episode-end",
        "the larger end counts, or always the own one",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05
        ended 9
        == episode 0 ending both equal
        recv EPISODE_END 6 0   | episode 0 ending end 6 agreed both equal
        ",
    );
    scenes.inspect(
        "the-own-end-is-smaller",
        "EPISODE-9",
        "episode-end",
        "always the partner's end counts",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05
        ended 6
        == episode 0 ending both equal
        recv EPISODE_END 9 0   | episode 0 ending end 6 agreed both equal
        ",
    );
    scenes.inspect(
        "ends-that-are-far-apart",
        "EPISODE-9",
        "episode-end sign frame-number",
        "ends are compared as signed numbers",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05
        ended 4294967295
        == episode 0 ending both equal
        recv EPISODE_END 6 0   | episode 0 ending end 6 agreed both equal
        ",
    );
    scenes.inspect(
        "entries-beyond-the-end",
        "EPISODE-9",
        "episode-end confirmation",
        "entries beyond the end stay, or one more is dropped",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05
        recv INPUT 1 7 5=1 6=1 7=1
        ended 9
        == held 5=1 6=1 7=1
        recv EPISODE_END 6 0   | held 5=1
        ",
    );
    scenes.inspect(
        "later-entries-beyond-the-end",
        "EPISODE-9",
        "episode-end confirmation",
        "entries that come after the agreement are kept though they are beyond the end",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05
        ended 9
        recv EPISODE_END 6 0
        == episode 0 ending end 6 agreed both equal
        recv INPUT 1 7 5=1 6=1 7=1   | held 5=1
        ",
    );
    scenes.inspect(
        "entries-before-the-agreement",
        "EPISODE-9",
        "episode-end confirmation",
        "the END of the partner alone drops entries",
        "
        peer 0 0 started
        sends accept 0 refuse all by false types 05
        recv EPISODE_END 6 0
        == episode 0 playing both equal
        recv INPUT 1 7 5=1 6=1 7=1   | held 5=1 6=1 7=1
        ended 9                      | held 5=1
        ",
    );
}
