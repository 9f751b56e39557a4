//! What becomes of an act that cannot be sent (SYNC-4, SYNC-5).

use super::super::lines::started_unseen;
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    closed(scenes);
    refused(scenes);
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
        peer 0 5 started validated
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
        "an act while the channel is closed confirms a frame, although the partner was not told of it",
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
            recv ff     | sent -
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
        "a refused act confirms a frame, although the partner was not told of it",
        "
        peer 0 5 started
        recv INPUT 1 5 5=2
        sends accept 0 refuse 1 by false types 01
        == held 5=2
        act 5 7   | confirmed 5 | held -
        ",
    );
}
