//! Which acts count, and what becomes of one that cannot be sent (SYNC-1, SYNC-2, SYNC-4, SYNC-5).

use super::super::lines::started_unseen;
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    counts(scenes);
    counts_not(scenes);
    closed(scenes);
    refused(scenes);
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
        "a frame below the first is no frame of the game",
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

fn closed(scenes: &mut Scenes) {
    scenes.sent(
        "what-was-sent-is-not-sent-at-an-opening",
        "SYNC-4",
        "input-window opening",
        "the only act was sent before the channel closed: an opening does not repeat it",
        &format!(
            "
            {}
            act 5 7        | sent INPUT 0 5 5=7
            channel closed
            == confirmed none
            channel open   | sent -
            ",
            started_unseen(0, 5, ""),
        ),
    );
    scenes.sent(
        "an-act-while-closed",
        "SYNC-4",
        "input-window channel-closed",
        "an act while the channel is closed is in the INPUT of the next act",
        "
        peer 0 5 started
        channel closed
        act 5 7        | sent -
        channel open   | sent -
        == confirmed none
        act 6 1        | sent INPUT 0 6 5=7 6=1
        ",
    );
    scenes.sent(
        "an-act-while-closed-counts",
        "SYNC-4 SYNC-2",
        "input-window channel-closed",
        "an act while the channel is closed is not made again",
        "
        peer 0 5 started
        channel closed
        act 5 7        | sent -
        channel open   | sent -
        == confirmed none
        act 5 7        | sent -
        ",
    );
    scenes.sent(
        "an-opening-sends-no-input",
        "SYNC-4",
        "input-window opening",
        "an opening does not send what was sent before",
        "
        peer 0 5 started
        act 5 7        | sent INPUT 0 5 5=7
        channel closed
        == confirmed none
        channel open   | sent -
        ",
    );
    scenes.sent(
        "an-opening-after-an-act",
        "SYNC-4",
        "input-window opening",
        "an opening does not send what could not be sent before",
        "
        peer 0 5 started
        channel closed
        act 5 7        | sent -
        act 6 1        | sent -
        == confirmed none
        channel open   | sent -
        ",
    );
    scenes.sent(
        "closed-in-the-middle",
        "SYNC-4 SYNC-3",
        "input-window channel-closed",
        "what was done while the channel was closed lies between what was sent before and what is new",
        "
        peer 1 5 started
        act 5 7        | sent INPUT 1 5 5=7
        channel closed
        act 6 1        | sent -
        act 7 2        | sent -
        channel open   | sent -
        == confirmed none
        act 8 3        | sent INPUT 1 8 5=7 6=1 7=2 8=3
        ",
    );
    scenes.inspect(
        "an-act-while-closed-confirms",
        "SYNC-4 SYNC-11",
        "channel-closed confirmation",
        "an act while the channel is closed confirms a frame, although nobody was told of it",
        "
        peer 0 5 started
        recv INPUT 1 5 5=2
        channel closed
        == held 5=2
        act 5 7        | confirmed 5 | held -
        ",
    );
}

fn refused(scenes: &mut Scenes) {
    scenes.sent(
        "an-input-that-threw-is-not-tried-again",
        "SYNC-5",
        "input-window error-in-send",
        "the only act has thrown, and the channel would accept it now: it waits for the next act",
        &format!(
            "
            {}
            sends accept 0 refuse 1 by throw types 01
            == confirmed none
            act 5 7     | sent -
            advance 0   | sent -
            ",
            started_unseen(0, 5, ""),
        ),
    );
    scenes.sent(
        "a-refused-act",
        "SYNC-5",
        "input-window refused-send",
        "an entry whose send returned false is in the INPUT of the next act",
        "
        peer 0 5 started
        sends accept 0 refuse 1 by false types 01
        == confirmed none
        act 5 7   | sent -
        act 6 1   | sent INPUT 0 6 5=7 6=1
        ",
    );
    scenes.sent(
        "an-act-that-ends-with-an-error",
        "SYNC-5",
        "input-window error-in-send",
        "an entry whose send threw is in the INPUT of the next act",
        "
        peer 0 5 started
        act 5 7   | sent INPUT 0 5 5=7
        sends accept 0 refuse 1 by throw types 01
        == confirmed none
        act 6 1   | sent -
        act 7 2   | sent INPUT 0 7 5=7 6=1 7=2
        ",
    );
    scenes.sent(
        "a-refused-input-is-not-tried-again",
        "SYNC-5",
        "input-window error-in-send",
        "a refused INPUT would be accepted now, and is not tried again before the next act",
        "
        peer 0 5 started
        sends accept 0 refuse 1 by throw types 01
        == confirmed none
        act 5 7     | sent -
        recv 04     | sent -
        advance 0   | sent -
        ",
    );
    scenes.sent(
        "three-refused-acts",
        "SYNC-5 SYNC-3",
        "input-window refused-send",
        "no number of refusals stops the INPUTs",
        "
        peer 0 5 started
        sends accept 0 refuse 3 by false types 01
        act 5 7   | sent -
        act 6 1   | sent -
        == confirmed none
        act 7 2   | sent -
        act 8 3   | sent INPUT 0 8 5=7 6=1 7=2 8=3
        ",
    );
    scenes.sent(
        "three-errors",
        "SYNC-5 SYNC-3",
        "input-window error-in-send",
        "no number of errors stops the INPUTs",
        "
        peer 0 5 started
        sends accept 1 refuse 3 by throw types 01
        act 5 7   | sent INPUT 0 5 5=7
        act 6 1   | sent -
        == confirmed none
        act 7 2   | sent -
        act 8 3   | sent -
        act 9 4   | sent INPUT 0 9 5=7 6=1 7=2 8=3 9=4
        ",
    );
    scenes.sent(
        "a-refused-act-counts",
        "SYNC-5 SYNC-2",
        "input-window refused-send",
        "a refused act is not made again",
        "
        peer 0 5 started
        sends accept 0 refuse 1 by false types 01
        act 5 7   | sent -
        == confirmed none
        act 5 7   | sent -
        ",
    );
    scenes.inspect(
        "a-refused-act-confirms",
        "SYNC-5 SYNC-11",
        "refused-send confirmation",
        "a refused act confirms a frame, although nobody was told of it",
        "
        peer 0 5 started
        recv INPUT 1 5 5=2
        sends accept 0 refuse 1 by false types 01
        == held 5=2
        act 5 7   | confirmed 5 | held -
        ",
    );
}
