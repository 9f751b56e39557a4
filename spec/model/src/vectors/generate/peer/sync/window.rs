//! What an INPUT holds (SYNC-3).

use super::super::lines::{acts, acts_sent, entries, started_unseen};
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    scenes.sent(
        "ten-entries",
        "SYNC-3",
        "input-window boundary",
        "the tenth INPUT is the first with ten entries, and the eleventh has ten again",
        &format!(
            "
            peer 0 0 started
            {}
            == confirmed none
            {}
            ",
            acts_sent(0, 0, 0..=8),
            acts_sent(0, 0, 9..=11),
        ),
    );
    scenes.sent(
        "the-oldest-first",
        "SYNC-3",
        "input-window order",
        "the oldest entry of an INPUT is the first, and its current frame is that of the last",
        "
        peer 0 5 started
        act 5 7   | sent INPUT 0 5 5=7
        == confirmed none
        act 6 1   | sent INPUT 0 6 5=7 6=1
        ",
    );
    scenes.sent(
        "the-other-player",
        "SYNC-3",
        "input-window partner-index",
        "the player of an INPUT is the local index, also if that is 1",
        "
        peer 1 5 started
        == confirmed none
        act 5 7   | sent INPUT 1 5 5=7
        act 6 1   | sent INPUT 1 6 5=7 6=1
        ",
    );
    scenes.sent(
        "two-entries",
        "SYNC-3",
        "input-window order",
        "the second INPUT has two entries, and no READY of its peer has ever arrived",
        &format!(
            "
            {}
            act 5 7   | sent INPUT 1 5 5=7
            == confirmed none
            act 6 1   | sent INPUT 1 6 5=7 6=1
            ",
            started_unseen(1, 5, ""),
        ),
    );
    scenes.sent(
        "confirmed-entries-are-sent-again",
        "SYNC-3",
        "input-window confirmation",
        "an entry of a confirmed frame stays in the window: the partner may still lack it",
        "
        peer 0 5 started
        act 5 7   | sent INPUT 0 5 5=7
        act 6 1   | sent INPUT 0 6 5=7 6=1
        recv INPUT 1 6 5=2 6=3
        == confirmed 6
        act 7 2   | sent INPUT 0 7 5=7 6=1 7=2
        ",
    );
    scenes.sent(
        "the-current-frame-is-the-own-one",
        "SYNC-3",
        "input-window confirmation",
        "the current frame of an INPUT is that of its newest entry, and not the confirmed one",
        "
        peer 0 5 started
        sends accept 0 refuse 1 by false types 01
        act 5 7   | sent -
        recv INPUT 1 5 5=2
        == confirmed 5
        act 6 1   | sent INPUT 0 6 5=7 6=1
        ",
    );
    scenes.sent(
        "from-frame-65535-to-65536",
        "SYNC-3",
        "input-window boundary",
        "a frame that needs more than 16 bits",
        "
        peer 0 65535 started
        act 65535 7   | sent INPUT 0 65535 65535=7
        == confirmed none
        act 65536 1   | sent INPUT 0 65536 65535=7 65536=1
        ",
    );
    scenes.sent(
        "up-to-the-last-frame",
        "SYNC-3",
        "input-window boundary silent-wrap",
        "the last frames that there are: nothing wraps",
        "
        peer 1 4294967293 started
        act 4294967293 7   | sent INPUT 1 4294967293 4294967293=7
        act 4294967294 1   | sent INPUT 1 4294967294 4294967293=7 4294967294=1
        == confirmed none
        act 4294967295 2   | sent INPUT 1 4294967295 4294967293=7 4294967294=1 4294967295=2
        ",
    );
    scenes.sent(
        "around-frame-256",
        "SYNC-3",
        "input-window boundary",
        "frames that need more than 8 bits, in a window that is full",
        &format!(
            "
            peer 1 240 started
            {}
            == confirmed none
            {}
            ",
            acts_sent(1, 240, 240..=253),
            acts_sent(1, 240, 254..=258),
        ),
    );
    scenes.sent(
        "the-first-full-window-after-refusals",
        "SYNC-3 SYNC-5",
        "input-window refused-send",
        "nine refused acts and one that is accepted: its INPUT has all ten",
        &format!(
            "
            peer 1 5 started
            sends accept 0 refuse 9 by false types 01
            {}
            == confirmed none
            act 14 15   | sent INPUT 1 14 {}
            ",
            acts(5..=13),
            entries(5..=14),
        ),
    );
}
