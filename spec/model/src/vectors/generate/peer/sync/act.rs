//! Which acts count (SYNC-1, SYNC-2).

use super::super::lines::started_unseen;
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    counts(scenes);
    counts_not(scenes);
}

fn counts(scenes: &mut Scenes) {
    scenes.sent(
        "the-first-act-has-no-key",
        "SYNC-1",
        "input-window frame-number",
        "a first act without any key is sent: action 0 is not none",
        &format!(
            "
            {}
            == confirmed none
            act 5 0   | sent INPUT 0 5 5=0
            ",
            started_unseen(0, 5, ""),
        ),
    );
    scenes.sent(
        "an-act-is-sent",
        "SYNC-1",
        "input-window",
        "each act sends one INPUT, with all actions so far",
        "
        peer 0 0 started
        == confirmed none
        act 0 3   | sent INPUT 0 0 0=3
        act 1 3   | sent INPUT 0 1 0=3 1=3
        act 2 0   | sent INPUT 0 2 0=3 1=3 2=0
        ",
    );
    scenes.sent(
        "action-0",
        "SYNC-1",
        "input-window frame-number",
        "an act without any key is an act: action 0 of frame 0 is sent like any other",
        "
        peer 0 0 started
        == confirmed none
        act 0 0   | sent INPUT 0 0 0=0
        ",
    );
    scenes.sent(
        "the-same-action-again",
        "SYNC-1 SYNC-3",
        "input-window",
        "a key that is held down is sent each time: an implementation that sends changes alone stops here",
        "
        peer 0 5 started
        act 5 7   | sent INPUT 0 5 5=7
        == confirmed none
        act 6 7   | sent INPUT 0 6 5=7 6=7
        act 7 7   | sent INPUT 0 7 5=7 6=7 7=7
        ",
    );
    scenes.sent(
        "action-255",
        "SYNC-1",
        "input-window boundary",
        "an action is an unsigned byte: 255 is not -1",
        "
        peer 0 5 started
        == confirmed none
        act 5 255   | sent INPUT 0 5 5=255
        ",
    );
    scenes.sent(
        "an-act-while-ending",
        "SYNC-1 EPISODE-12",
        "input-window episode-end",
        "an own game that has ended still sends the acts that it makes up for",
        "
        peer 0 5 started
        ended 9   | sent EPISODE_END 9 0
        == episode 0 ending both equal
        act 5 7   | sent INPUT 0 5 5=7
        ",
    );
    scenes.sent(
        "an-act-after-a-failed-validation",
        "SYNC-1",
        "input-window handshake",
        "a validation that has failed keeps no INPUT back",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 10
        advance 15000
        == validation failed
        act 5 7   | sent INPUT 0 5 5=7
        ",
    );
    scenes.sent(
        "an-act-that-confirms",
        "SYNC-1 SYNC-11",
        "input-window confirmation",
        "an act for a frame that the partner has told already is sent once, like any other",
        "
        peer 0 5 started
        recv INPUT 1 5 5=2
        == held 5=2
        act 5 7   | sent INPUT 0 5 5=7
        ",
    );
    scenes.inspect(
        "action-0-counts",
        "SYNC-1 SYNC-11",
        "confirmation frame-number",
        "an act with action 0 is kept, and so it confirms a frame",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        recv INPUT 1 5 5=2
        == held 5=2
        act 5 0   | confirmed 5 | held -
        ",
    );
}

fn counts_not(scenes: &mut Scenes) {
    scenes.sent(
        "the-first-act-again",
        "SYNC-2",
        "input-window",
        "the first act comes again: it is sent once",
        &format!(
            "
            {}
            act 5 7   | sent INPUT 0 5 5=7
            == confirmed none
            act 5 7   | sent -
            act 5 8   | sent -
            ",
            started_unseen(0, 5, ""),
        ),
    );
    scenes.sent(
        "the-same-act-again",
        "SYNC-2",
        "input-window",
        "an act that comes twice is sent once",
        "
        peer 0 5 started
        act 5 7   | sent INPUT 0 5 5=7
        == confirmed none
        act 5 7   | sent -
        ",
    );
    scenes.sent(
        "another-action-for-the-newest-frame",
        "SYNC-2",
        "input-window",
        "the newest own entry is not replaced, although no other has followed: it may have arrived",
        "
        peer 0 5 started
        act 5 7   | sent INPUT 0 5 5=7
        == confirmed none
        act 5 8   | sent -
        act 6 1   | sent INPUT 0 6 5=7 6=1
        ",
    );
    scenes.sent(
        "another-action-for-an-earlier-frame",
        "SYNC-2",
        "input-window",
        "an own entry in the window is not replaced: two actions for one frame would be sent",
        "
        peer 0 5 started
        act 5 7   | sent INPUT 0 5 5=7
        act 6 1   | sent INPUT 0 6 5=7 6=1
        == confirmed none
        act 5 8   | sent -
        act 7 2   | sent INPUT 0 7 5=7 6=1 7=2
        ",
    );
    scenes.sent(
        "a-frame-is-left-out",
        "SYNC-2",
        "input-window",
        "an act for a frame beyond the next one leaves no gap behind, and the next one still counts",
        "
        peer 0 5 started
        act 5 7   | sent INPUT 0 5 5=7
        == confirmed none
        act 7 8   | sent -
        act 6 1   | sent INPUT 0 6 5=7 6=1
        ",
    );
    scenes.sent(
        "a-first-act-that-is-too-high",
        "SYNC-2",
        "input-window",
        "the first act is for the first frame, and not for the one where the game is",
        "
        peer 0 5 started
        == confirmed none
        act 6 8   | sent -
        act 5 7   | sent INPUT 0 5 5=7
        ",
    );
    scenes.sent(
        "a-first-act-that-is-too-low",
        "SYNC-2",
        "input-window",
        "a frame below the first is not a frame of the game",
        "
        peer 0 5 started
        == confirmed none
        act 0 8   | sent -
        act 4 8   | sent -
        ",
    );
    scenes.sent(
        "after-the-last-frame",
        "SYNC-2",
        "input-window boundary silent-wrap",
        "no act follows the one for frame 4294967295: neither frame 0 nor the same again",
        "
        peer 0 4294967295 started
        act 4294967295 7   | sent INPUT 0 4294967295 4294967295=7
        == confirmed none
        act 0 1            | sent -
        act 4294967295 2   | sent -
        ",
    );
    scenes.inspect(
        "a-gap-confirms-nothing",
        "SYNC-2 SYNC-11",
        "confirmation",
        "an act for a frame beyond the next one is not kept for later",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        recv INPUT 1 6 5=2 6=2
        == held 5=2 6=2
        act 6 1   | confirmed none | held 5=2 6=2
        act 5 1   | confirmed 5 | held 6=2
        ",
    );
}
