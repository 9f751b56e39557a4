//! How an INPUT_REQUEST is answered (CATCHUP-7 to CATCHUP-10).

use super::super::lines::{acts, acts_sent, entries, started_unseen};
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    answers(scenes);
    range(scenes);
    long_ranges(scenes);
    kept(scenes);
}

fn answers(scenes: &mut Scenes) {
    let mut nothing = |slug: &str, flags: &str, comment: &str, lines: &str, answer: &str| {
        let text = format!("{lines}\nrecv INPUT_REQUEST 5 9   | sent {answer}");
        scenes.sent(slug, "CATCHUP-7", flags, comment, &text);
    };
    nothing(
        "before-the-first-episode",
        "request answers",
        "a request is answered before there is an episode, with no entry, once",
        "
        peer 0 5
        == episode none
        ",
        "INPUT_RESPONSE 0",
    );
    nothing(
        "as-player-1",
        "request answers partner-index",
        "the player of an answer is the local index",
        "
        peer 1 5
        == episode none
        ",
        "INPUT_RESPONSE 1",
    );
    nothing(
        "while-waiting",
        "request answers",
        "a request is answered while the episode has not started",
        "
        peer 0 5
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        ",
        "INPUT_RESPONSE 0",
    );
    nothing(
        "when-complete",
        "request answers episode-end",
        "a request is answered when the episode is complete: its partner may lack the last inputs",
        "
        peer 0 5 started
        act 5 7   | sent INPUT 0 5 5=7
        ended 5   | sent EPISODE_END 5 0
        recv EPISODE_END 5 0
        == episode 0 complete end 5 agreed both equal
        ",
        "INPUT_RESPONSE 0 5=7",
    );
    nothing(
        "while-asking",
        "request answers",
        "both peers ask at the same time, and both answer",
        "
        peer 0 5 started
        recv INPUT 1 6 6=2
        catch_up   | sent INPUT_REQUEST 5 5
        == request 5 5
        ",
        "INPUT_RESPONSE 0",
    );
    nothing(
        "after-a-failed-validation",
        "request answers handshake",
        "a request is answered whatever has become of the validation",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 10
        advance 15000
        == validation failed
        ",
        "INPUT_RESPONSE 0",
    );
    nothing(
        "beyond-the-own-acts",
        "request answers",
        "a request for frames that are still to come is answered with no entry",
        "
        peer 1 2 started
        act 2 7   | sent INPUT 1 2 2=7
        == confirmed none
        ",
        "INPUT_RESPONSE 1",
    );
    scenes.sent(
        "each-time",
        "CATCHUP-7",
        "request answers",
        "the same request is answered each time, and each time once",
        "
        peer 0 5 started
        act 5 7                  | sent INPUT 0 5 5=7
        == confirmed none
        recv INPUT_REQUEST 6 7   | sent INPUT_RESPONSE 0
        recv INPUT_REQUEST 5 7   | sent INPUT_RESPONSE 0 5=7
        recv INPUT_REQUEST 5 7   | sent INPUT_RESPONSE 0 5=7
        ",
    );
    scenes.sent(
        "not-while-closed",
        "CATCHUP-7 PEER-3",
        "request answers channel-closed",
        "a request that arrives while the channel is closed is not answered, now or later",
        "
        peer 0 5
        channel closed
        == episode none
        recv INPUT_REQUEST 5 9   | sent -
        channel open             | sent -
        recv INPUT_REQUEST 5 9   | sent INPUT_RESPONSE 0
        ",
    );
}

fn range(scenes: &mut Scenes) {
    let mut range = |slug: &str, asked: &str, answer: &str, comment: &str| {
        scenes.sent(
            slug,
            "CATCHUP-8",
            "request answers boundary",
            comment,
            &format!(
                "
                peer 0 5 started
                act 5 7   | sent INPUT 0 5 5=7
                act 6 1   | sent INPUT 0 6 5=7 6=1
                act 7 2   | sent INPUT 0 7 5=7 6=1 7=2
                == confirmed none
                recv INPUT_REQUEST {asked}   | sent INPUT_RESPONSE 0 {answer}
                "
            ),
        );
    };
    range("the-whole-range", "5 7", "5=7 6=1 7=2", "both ends of a range are part of it");
    range("the-first-frame", "5 5", "5=7", "a range of one frame, the first");
    range("the-last-frame", "7 7", "7=2", "a range of one frame, the newest");
    range("from-below", "0 6", "5=7 6=1", "a range that begins below the first frame");
    range("to-above", "6 9", "6=1 7=2", "a range that ends above the newest frame");
    range("around", "4 8", "5=7 6=1 7=2", "a range that is wider than what there is");
    scenes.sent(
        "one-act",
        "CATCHUP-8",
        "request answers",
        "the only act is asked for",
        &format!(
            "
            {}
            act 5 7                  | sent INPUT 0 5 5=7
            == confirmed none
            recv INPUT_REQUEST 5 5   | sent INPUT_RESPONSE 0 5=7
            ",
            started_unseen(0, 5, ""),
        ),
    );
    scenes.sent(
        "what-was-never-sent",
        "CATCHUP-8 SYNC-5",
        "request answers refused-send",
        "an answer has the entries that no INPUT has carried yet",
        "
        peer 0 5 started
        sends accept 0 refuse 2 by false types 01
        act 5 7                  | sent -
        act 6 1                  | sent -
        == confirmed none
        recv INPUT_REQUEST 5 6   | sent INPUT_RESPONSE 0 5=7 6=1
        ",
    );
    scenes.sent(
        "after-a-reset",
        "CATCHUP-8 SYNC-13",
        "request answers reset",
        "an answer has nothing from before a reset",
        "
        peer 0 5 started
        act 5 7                  | sent INPUT 0 5 5=7
        act 6 1                  | sent INPUT 0 6 5=7 6=1
        reset
        act 5 3                  | sent INPUT 0 5 5=3
        == confirmed none
        recv INPUT_REQUEST 5 5   | sent INPUT_RESPONSE 0 5=3
        recv INPUT_REQUEST 5 6   | sent INPUT_RESPONSE 0 5=3
        recv INPUT_REQUEST 0 5   | sent INPUT_RESPONSE 0 5=3
        ",
    );
}

fn long_ranges(scenes: &mut Scenes) {
    scenes.sent(
        "everything",
        "CATCHUP-9",
        "request answers inverted-range silent-wrap",
        "the longest range that there is, of which one frame is known: it is counted through frame by frame",
        &format!(
            "
            {}
            act 5 7                           | sent INPUT 0 5 5=7
            == confirmed none
            recv INPUT_REQUEST 0 4294967295   | sent INPUT_RESPONSE 0 5=7
            ",
            started_unseen(0, 5, ""),
        ),
    );
    scenes.sent(
        "everything-from-frame-5000",
        "CATCHUP-9",
        "request answers boundary",
        "a long range is not cut to its first 3,275 frames: the entries are counted, and not the frames",
        "
        peer 0 5000 started
        act 5000 7                        | sent INPUT 0 5000 5000=7
        == confirmed none
        recv INPUT_REQUEST 0 5000         | sent INPUT_RESPONSE 0 5000=7
        recv INPUT_REQUEST 0 4294967294   | sent INPUT_RESPONSE 0 5000=7
        recv INPUT_REQUEST 0 4294967295   | sent INPUT_RESPONSE 0 5000=7
        ",
    );
    scenes.sent(
        "3276-frames",
        "CATCHUP-9",
        "request answers boundary",
        "the frame that is asked for last is the 3,276th of the range, and the only one that is known",
        "
        peer 0 5000 started
        act 5000 7                     | sent INPUT 0 5000 5000=7
        == confirmed none
        recv INPUT_REQUEST 1726 5000   | sent INPUT_RESPONSE 0 5000=7
        recv INPUT_REQUEST 1725 5000   | sent INPUT_RESPONSE 0 5000=7
        ",
    );
    scenes.sent(
        "up-to-the-last-frame-of-all",
        "CATCHUP-9 CATCHUP-8",
        "request answers silent-wrap",
        "a range that ends at the last frame of all, which is known",
        "
        peer 0 4294967294 started
        act 4294967294 7                           | sent INPUT 0 4294967294 4294967294=7
        act 4294967295 1                           | sent INPUT 0 4294967295 4294967294=7 4294967295=1
        == confirmed none
        recv INPUT_REQUEST 4294967294 4294967295   | sent INPUT_RESPONSE 0 4294967294=7 4294967295=1
        recv INPUT_REQUEST 4294967295 4294967295   | sent INPUT_RESPONSE 0 4294967295=1
        ",
    );
    scenes.sent(
        "300-entries",
        "CATCHUP-9 CATCHUP-8",
        "request answers big-message",
        "an answer with 300 entries: their number needs 16 bits, and the oldest are among them",
        &format!(
            "
            peer 0 5 started
            channel closed
            {}
            channel open
            == confirmed none
            recv INPUT_REQUEST 5 304   | sent INPUT_RESPONSE 0 {}
            ",
            acts(5..=304),
            entries(5..=304),
        ),
    );
    scenes.sent(
        "twenty-entries",
        "CATCHUP-9 CATCHUP-8",
        "request answers count",
        "an answer is not bounded by the entries of an INPUT",
        &format!(
            "
            peer 0 5 started
            {}
            == confirmed none
            recv INPUT_REQUEST 0 100   | sent INPUT_RESPONSE 0 {}
            ",
            acts_sent(0, 5, 5..=24),
            entries(5..=24),
        ),
    );
}

fn kept(scenes: &mut Scenes) {
    scenes.sent(
        "1024-entries-are-kept",
        "CATCHUP-10",
        "request answers boundary",
        "the newest 1024 own entries are kept, and the one before them is not sent any more",
        &format!(
            "
            peer 0 5 started
            channel closed
            {}
            channel open
            == confirmed none
            recv INPUT_REQUEST 5 6             | sent INPUT_RESPONSE 0 5=6 6=7
            channel closed
            act 1029 2
            channel open
            recv INPUT_REQUEST 5 6             | sent INPUT_RESPONSE 0 6=7
            recv INPUT_REQUEST 1028 4294967295 | sent INPUT_RESPONSE 0 1028=9 1029=2
            ",
            acts(5..=1028),
        ),
    );
    scenes.sent(
        "confirmed-entries-are-kept",
        "CATCHUP-10",
        "request answers confirmation",
        "an entry of a confirmed frame is kept: that it is confirmed here says nothing about the partner",
        &format!(
            "
            {}
            act 5 7                  | sent INPUT 0 5 5=7
            recv INPUT 1 5 5=2
            == confirmed 5
            recv INPUT_REQUEST 0 200   | sent INPUT_RESPONSE 0 5=7
            ",
            started_unseen(0, 5, ""),
        ),
    );
    scenes.sent(
        "entries-are-kept-for-minutes",
        "CATCHUP-10",
        "request answers timer",
        "an entry is kept however much time has passed",
        "
        peer 0 5 started validated
        sends accept 0 refuse all by false types 02
        act 5 7                  | sent INPUT 0 5 5=7
        == confirmed none
        advance 60000
        advance 60000
        recv INPUT_REQUEST 5 5   | sent INPUT_RESPONSE 0 5=7
        ",
    );
    scenes.sent(
        "entries-are-kept-beyond-the-window",
        "CATCHUP-10",
        "request answers input-window",
        "an entry that has left the window of the INPUTs is kept",
        &format!(
            "
            peer 1 5 started
            {}
            == confirmed none
            recv INPUT_REQUEST 5 6   | sent INPUT_RESPONSE 1 5=6 6=7
            ",
            acts_sent(1, 5, 5..=16),
        ),
    );
}
