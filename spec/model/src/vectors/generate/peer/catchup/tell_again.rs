//! What was refused is told again, and what was accepted is not (CATCHUP-13, CATCHUP-14).

use super::{
    super::lines::{acts, acts_sent, entries, started_unseen},
    tell::{closed, only},
};
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    refused(scenes);
    told_once(scenes);
}

fn refused(scenes: &mut Scenes) {
    let mut refused = |slug: &str, flags: &str, comment: &str, text: &str| {
        scenes.sent(slug, "CATCHUP-13", flags, comment, text);
    };
    let flags = "untold-input refused-send";
    refused(
        "the-act-itself-is-sent",
        flags,
        "an INPUT of what was never sent is refused: the act is sent all the same, and the other waits for the next",
        &format!(
            "
            {}
            sends accept 0 refuse 1 by false types 01
            == confirmed none
            act 22 23   | sent INPUT 0 22 {}
            act 23 24   | sent INPUT 0 12 {}, INPUT 0 23 {}
            ",
            closed(0, 5, 21),
            entries(13..=22),
            entries(5..=12),
            entries(14..=23),
        ),
    );
    refused(
        "the-others-are-not-tried",
        flags,
        "the first of two is refused: the second is not tried at this act",
        &format!(
            "
            {}
            sends accept 0 refuse 1 by false types 01
            == confirmed none
            act 30 31   | sent INPUT 0 30 {}
            act 31 32   | sent INPUT 0 19 {}, INPUT 0 20 {}, INPUT 0 31 {}
            ",
            closed(0, 5, 29),
            entries(21..=30),
            entries(5..=19),
            entries(20..=20),
            entries(22..=31),
        ),
    );
    refused(
        "the-second-is-refused",
        flags,
        "the first of two is accepted and the second refused: only the second is told at the next act",
        &format!(
            "
            {}
            sends accept 1 refuse 1 by false types 01
            == confirmed none
            act 30 31   | sent INPUT 0 19 {}, INPUT 0 30 {}
            act 31 32   | sent INPUT 0 20 {}, INPUT 0 31 {}
            ",
            closed(0, 5, 29),
            entries(5..=19),
            entries(21..=30),
            entries(20..=20),
            entries(22..=31),
        ),
    );
    refused(
        "an-error-is-a-refusal",
        "untold-input error-in-send",
        "an error in the first of two: the act is sent, and both are told at the next act",
        &format!(
            "
            {}
            sends accept 0 refuse 1 by throw types 01
            == confirmed none
            act 30 31   | sent INPUT 0 30 {}
            act 31 32   | sent INPUT 0 19 {}, INPUT 0 20 {}, INPUT 0 31 {}
            ",
            closed(0, 5, 29),
            entries(21..=30),
            entries(5..=19),
            entries(20..=20),
            entries(22..=31),
        ),
    );
    refused(
        "three-refusals-in-a-row",
        flags,
        "what is refused again and again is told when the channel accepts it",
        &format!(
            "
            {}
            {}
            act 16 17
            act 17 18
            act 18 19
            sends accept 0 refuse 0 by false types 01
            == confirmed none
            act 19 20   | sent INPUT 0 9 {}, INPUT 0 19 {}
            ",
            closed(0, 5, 15),
            only(0),
            entries(5..=9),
            entries(10..=19),
        ),
    );
    refused(
        "two-refusals-at-one-act",
        flags,
        "the first of two is refused, and so is the INPUT of the act: nothing is left that would be accepted",
        &format!(
            "
            {}
            act 5 6    | sent INPUT 0 5 5=6
            {}
            {}
            sends accept 0 refuse 2 by false types 01
            == confirmed none
            act 33 34   | sent -
            ",
            started_unseen(0, 5, ""),
            only(0),
            acts(6..=32),
        ),
    );
}

fn told_once(scenes: &mut Scenes) {
    let mut once = |slug: &str, flags: &str, comment: &str, text: &str| {
        scenes.sent(slug, "CATCHUP-14", flags, comment, text);
    };
    once(
        "nothing-is-told-in-a-game",
        "untold-input input-window",
        "while the channel accepts everything, nothing is told twice",
        &format!(
            "
            peer 0 5 started
            {}
            == confirmed none
            {}
            ",
            acts_sent(0, 5, 5..=24),
            acts_sent(0, 5, 25..=27),
        ),
    );
    once(
        "told-at-one-act-alone",
        "untold-input channel-closed",
        "what was told once is not told at the next act",
        &format!(
            "
            {}
            act 17 18   | sent INPUT 0 7 {}, INPUT 0 17 {}
            == confirmed none
            act 18 19   | sent INPUT 0 18 {}
            act 19 20   | sent INPUT 0 19 {}
            ",
            closed(0, 5, 16),
            entries(5..=7),
            entries(8..=17),
            entries(9..=18),
            entries(10..=19),
        ),
    );
    once(
        "an-input-tells-all-of-its-entries",
        "untold-input refused-send",
        "an accepted INPUT has told the refused entries in its window, too",
        &format!(
            "
            peer 0 5 started
            sends accept 0 refuse 3 by false types 01
            {}
            act 8 9   | sent INPUT 0 8 {}
            {}
            == confirmed none
            {}
            ",
            acts(5..=7),
            entries(5..=8),
            acts_sent(0, 5, 9..=14),
            acts_sent(0, 5, 15..=18),
        ),
    );
    once(
        "one-gets-through",
        "untold-input refused-send",
        "an INPUT that was accepted between others that were refused has told its ten entries",
        &format!(
            "
            peer 0 5 started
            {refused}
            {}
            {accepted}
            act 14 15 | sent INPUT 0 14 {}
            {refused}
            {}
            {accepted}
            == confirmed none
            act 26 27 | sent INPUT 0 16 {}, INPUT 0 26 {}
            ",
            acts(5..=13),
            entries(5..=14),
            acts(15..=25),
            entries(15..=16),
            entries(17..=26),
            refused = only(0),
            accepted = "sends accept 0 refuse 0 by false types 01",
        ),
    );
    once(
        "one-at-each-act",
        "untold-input refused-send",
        "one entry leaves the window at each act, and each is told once, while the INPUTs of the acts are refused",
        &format!(
            "
            {}
            act 5 6    | sent INPUT 0 5 5=6
            {}
            {}
            {one}
            == confirmed none
            act 16 17  | sent INPUT 0 6 6=7
            {one}
            act 17 18  | sent INPUT 0 7 7=8
            {one}
            act 18 19  | sent INPUT 0 8 8=9
            ",
            started_unseen(0, 5, ""),
            only(0),
            acts(6..=15),
            one = only(1),
        ),
    );
}
