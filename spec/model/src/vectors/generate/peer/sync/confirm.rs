//! The confirmed frame, what is held beyond it, and the reset (SYNC-11 to SYNC-13).

use super::super::lines::{acts, entries, started_unseen};
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    holes(scenes);
    confirms(scenes);
    holds(scenes);
    resets(scenes);
}

/// Three own acts that are refused.
const ACTS: &str = "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        act 5 1
        act 6 1
        act 7 1
";

fn holes(scenes: &mut Scenes) {
    scenes.inspect(
        "a-hole-is-not-guessed",
        "SYNC-11",
        "confirmation",
        "a frame without the partner's entry is not confirmed, although its neighbours have one",
        &format!(
            "
            {}
            act 5 1
            act 6 1
            == confirmed none
            recv INPUT 1 7 6=2 7=3   | confirmed none | held 6=2 7=3
            ",
            started_unseen(0, 5, "01"),
        ),
    );
    scenes.inspect(
        "a-hole-in-front",
        "SYNC-11",
        "confirmation",
        "nothing is confirmed while the first of the partner's entries is missing",
        &format!(
            "
            {ACTS}
            == confirmed none
            recv INPUT 1 7 6=2 7=3   | confirmed none | held 6=2 7=3
            "
        ),
    );
    scenes.inspect(
        "a-hole-in-the-middle",
        "SYNC-11 SYNC-12",
        "confirmation",
        "the confirmed frame stops below a hole, and goes on when it is filled",
        &format!(
            "
            {ACTS}
            == confirmed none
            recv INPUT 1 7 5=2 7=3   | confirmed 5 | held 7=3
            recv INPUT 1 6 6=4       | confirmed 7 | held -
            "
        ),
    );
    scenes.inspect(
        "no-time-confirms",
        "SYNC-11",
        "confirmation timer",
        "a hole is a hole, however much time has passed",
        "
        peer 0 5 started validated
        sends accept 0 refuse all by false types 01 02
        act 5 1
        act 6 1
        recv INPUT 1 6 6=2
        advance 10000
        == confirmed none
        act 7 1   | confirmed none | held 6=2
        ",
    );
    scenes.inspect(
        "the-own-act-is-missing",
        "SYNC-11",
        "confirmation",
        "a frame for which only the partner has acted is not confirmed",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        recv INPUT 1 6 5=2 6=3   | confirmed none | held 5=2 6=3
        == confirmed none
        act 5 1                  | confirmed 5 | held 6=3
        ",
    );
}

fn confirms(scenes: &mut Scenes) {
    scenes.inspect(
        "an-act-confirms",
        "SYNC-11",
        "confirmation",
        "the confirmed frame is determined after an act, too",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        recv INPUT 1 5 5=2
        == held 5=2
        act 5 1   | confirmed 5 | held -
        ",
    );
    scenes.inspect(
        "three-frames-at-once",
        "SYNC-11",
        "confirmation",
        "one INPUT confirms all frames that it completes",
        &format!(
            "
            {ACTS}
            == confirmed none
            recv INPUT 1 7 5=2 6=3 7=4   | confirmed 7 | held -
            "
        ),
    );
    scenes.inspect(
        "action-0-confirms",
        "SYNC-11",
        "confirmation frame-number",
        "a partner's action of 0 is an action",
        &format!(
            "
            {ACTS}
            == confirmed none
            recv INPUT 1 6 5=2 6=0   | confirmed 6 | held -
            "
        ),
    );
    scenes.inspect(
        "frame-0-is-confirmed",
        "SYNC-11",
        "confirmation frame-number",
        "a confirmed frame 0 is not none, and an action 0 for it is not either",
        "
        peer 1 0 started
        sends accept 0 refuse all by false types 01
        act 0 0
        == confirmed none
        recv INPUT 0 0 0=0   | confirmed 0 | held -
        ",
    );
    scenes.inspect(
        "the-last-frame-is-confirmed",
        "SYNC-11",
        "confirmation boundary silent-wrap",
        "the last frame that there is is confirmed, and nothing after it is looked for",
        "
        peer 0 4294967294 started
        sends accept 0 refuse all by false types 01
        act 4294967294 1
        act 4294967295 1
        == confirmed none
        recv INPUT 1 4294967295 4294967294=2 4294967295=3   | confirmed 4294967295 | held -
        ",
    );
    scenes.inspect(
        "many-frames-at-once",
        "SYNC-11 SYNC-12",
        "confirmation",
        "a hole in front of thirty entries is filled, and all of them are confirmed at once",
        &format!(
            "
            peer 0 5 started
            sends accept 0 refuse all by false types 01
            {}
            recv INPUT 1 20 {}
            recv INPUT 1 35 {}
            == confirmed none
            recv INPUT 1 35 5=9   | confirmed 35 | held -
            ",
            acts(5..=35),
            entries(6..=20),
            entries(21..=35),
        ),
    );
}

fn holds(scenes: &mut Scenes) {
    scenes.inspect(
        "what-is-confirmed-leaves",
        "SYNC-12",
        "confirmation",
        "the entry that is confirmed leaves what is held, and the one beyond it stays",
        &format!(
            "
            {}
            act 5 1                  | sent INPUT 0 5 5=1
            sends accept 0 refuse all by false types 01
            act 6 1
            == held -
            recv INPUT 1 5 5=2       | confirmed 5 | held -
            recv INPUT 1 8 8=4       | confirmed 5 | held 8=4
            ",
            started_unseen(0, 5, ""),
        ),
    );
    scenes.inspect(
        "the-confirmed-entry-leaves",
        "SYNC-12",
        "confirmation",
        "the entry of the confirmed frame leaves what is held",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        act 5 1
        act 6 1
        == held -
        recv INPUT 1 5 5=2   | confirmed 5 | held -
        ",
    );
    scenes.inspect(
        "all-confirmed-entries-leave",
        "SYNC-12",
        "confirmation",
        "the entries below the confirmed frame leave what is held, too",
        &format!(
            "
            {ACTS}
            recv INPUT 1 7 6=3 7=4
            == held 6=3 7=4
            recv INPUT 1 5 5=2   | confirmed 7 | held -
            "
        ),
    );
    scenes.inspect(
        "what-is-beyond-stays",
        "SYNC-12",
        "confirmation",
        "entries beyond the confirmed frame stay, the next one among them",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        act 5 1
        == held -
        recv INPUT 1 9 5=2 6=3 9=4   | confirmed 5 | held 6=3 9=4
        ",
    );
    scenes.inspect(
        "a-rollback-lowers-nothing",
        "SYNC-12",
        "confirmation rollback",
        "a rollback of the game leaves the confirmed frame and what is held as they are",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        act 5 1
        recv INPUT 1 7 5=2 7=3
        == confirmed 5 | held 7=3
        rollback begin 0   | confirmed 5 | held 7=3
        rollback end       | confirmed 5 | held 7=3
        ",
    );
}

fn resets(scenes: &mut Scenes) {
    scenes.sent(
        "the-first-act-after-a-reset",
        "SYNC-13",
        "reset input-window",
        "an act after a reset is sent alone",
        &format!(
            "
            {}
            act 5 1   | sent INPUT 0 5 5=1
            == confirmed none
            reset     | sent -
            act 5 4   | sent INPUT 0 5 5=4
            ",
            started_unseen(0, 5, ""),
        ),
    );
    scenes.sent(
        "a-reset-begins-again",
        "SYNC-13",
        "reset input-window",
        "the first act after a reset is for the first frame, and its INPUT has nothing else",
        "
        peer 0 5 started
        act 5 1   | sent INPUT 0 5 5=1
        == confirmed none
        reset     | sent -
        act 5 4   | sent INPUT 0 5 5=4
        ",
    );
    scenes.sent(
        "no-old-act-counts-after-a-reset",
        "SYNC-13 SYNC-2",
        "reset input-window",
        "an act that goes on counting after a reset does not count",
        "
        peer 0 5 started
        act 5 1   | sent INPUT 0 5 5=1
        reset
        == confirmed none
        act 6 4   | sent -
        ",
    );
    scenes.inspect(
        "a-reset-empties-what-is-held",
        "SYNC-13",
        "reset",
        "the partner's entries are of the game before the reset",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        act 5 1
        recv INPUT 1 9 7=3 9=1
        == held 7=3 9=1
        reset   | held -
        ",
    );
    scenes.inspect(
        "a-reset-removes-the-confirmed-frame",
        "SYNC-13",
        "reset confirmation",
        "nothing is confirmed after a reset, and the same frame can be confirmed again",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        act 5 1
        recv INPUT 1 5 5=2
        == confirmed 5
        reset                | confirmed none | held -
        recv INPUT 1 5 5=3   | confirmed none | held 5=3
        act 5 1              | confirmed 5 | held -
        ",
    );
    scenes.sent(
        "two-resets",
        "SYNC-13",
        "reset input-window",
        "a second reset empties what has come after the first",
        "
        peer 0 5 started
        act 5 1   | sent INPUT 0 5 5=1
        reset
        act 5 4   | sent INPUT 0 5 5=4
        == confirmed none
        reset     | sent -
        act 5 7   | sent INPUT 0 5 5=7
        ",
    );
    scenes.sent(
        "a-reset-while-closed",
        "SYNC-13 SYNC-4",
        "reset channel-closed",
        "a reset leaves the channel closed, and forgets what could not be sent",
        "
        peer 0 5 started
        channel closed
        act 5 1        | sent -
        reset          | sent -
        act 5 4        | sent -
        channel open   | sent -
        == confirmed none
        act 6 7        | sent INPUT 0 6 5=4 6=7
        ",
    );
    scenes.sent(
        "a-reset-while-refusing",
        "SYNC-13 SYNC-5",
        "reset refused-send",
        "a reset leaves the channel refusing, and forgets what was refused",
        "
        peer 0 5 started
        sends accept 0 refuse 2 by false types 01
        act 5 1   | sent -
        reset     | sent -
        act 5 4   | sent -
        == confirmed none
        act 6 7   | sent INPUT 0 6 5=4 6=7
        ",
    );
    scenes.inspect(
        "a-reset-before-the-start",
        "SYNC-13 EPISODE-13",
        "reset early-input",
        "a reset empties what has come before the start",
        "
        peer 0 5
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv INPUT 1 7 7=2
        == held 7=2
        reset            | held -
        ",
    );
}
