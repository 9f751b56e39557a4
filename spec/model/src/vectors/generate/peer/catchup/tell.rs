//! What was in no INPUT is told before it is too old (CATCHUP-12 to CATCHUP-14).

use super::super::lines::{acts, acts_sent, entries, started_unseen};
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    told(scenes);
    refused(scenes);
    told_once(scenes);
}

/// A peer that cannot send its acts for these frames, because its channel is closed.
fn closed(local: u8, first: u32, last: u32) -> String {
    format!("peer {local} {first} started\nchannel closed\n{}\nchannel open", acts(first..=last))
}

/// Only so many of the next INPUTs are accepted.
fn only(accepted: u32) -> String {
    format!("sends accept {accepted} refuse all by false types 01")
}

fn told(scenes: &mut Scenes) {
    let mut told = |slug: &str, comment: &str, before: &str, act: u32, sent: &str| {
        let lines = acts(act..=act);
        let text = format!("{before}\n== confirmed none\n{} | sent {sent}", lines.trim());
        scenes.sent(slug, "CATCHUP-12", "untold-input channel-closed boundary", comment, &text);
    };
    let own = |act: u32| format!("INPUT 0 {act} {}", entries(act - 9..=act));
    told(
        "ten-acts-while-closed",
        "ten acts while the channel was closed: the eleventh has nine of them, and one is told before it",
        &closed(0, 5, 14),
        15,
        &format!("INPUT 0 5 {}, {}", entries(5..=5), own(15)),
    );
    told(
        "nine-acts-while-closed",
        "nine acts while the channel was closed: the tenth has all of them, and nothing is told before it",
        &closed(0, 5, 13),
        14,
        &own(14),
    );
    told(
        "twelve-acts-while-closed",
        "twelve acts while the channel was closed: three are told before the thirteenth, and none of its window",
        &closed(0, 5, 16),
        17,
        &format!("INPUT 0 7 {}, {}", entries(5..=7), own(17)),
    );
    told(
        "fifteen-are-told",
        "fifteen entries that were never sent fit into one INPUT",
        &closed(0, 5, 28),
        29,
        &format!("INPUT 0 19 {}, {}", entries(5..=19), own(29)),
    );
    told(
        "sixteen-are-told",
        "sixteen entries that were never sent need two INPUTs, the lower frames first",
        &closed(0, 5, 29),
        30,
        &format!("INPUT 0 19 {}, INPUT 0 20 {}, {}", entries(5..=19), entries(20..=20), own(30)),
    );
    told(
        "thirty-one-are-told",
        "thirty-one entries that were never sent need three INPUTs, all at the same act",
        &closed(0, 5, 44),
        45,
        &format!(
            "INPUT 0 19 {}, INPUT 0 34 {}, INPUT 0 35 {}, {}",
            entries(5..=19),
            entries(20..=34),
            entries(35..=35),
            own(45)
        ),
    );
    told(
        "as-player-1-too",
        "what was never sent is told as the local player's",
        &closed(1, 5, 14),
        15,
        &format!("INPUT 1 5 {}, INPUT 1 15 {}", entries(5..=5), entries(6..=15)),
    );
    told(
        "closed-in-the-middle",
        "acts before the channel closed are not told again, and those of the closed time are",
        &format!(
            "
            peer 0 5 started
            {}
            channel closed
            {}
            channel open
            ",
            acts_sent(0, 5, 5..=7),
            acts(8..=18),
        ),
        19,
        &format!("INPUT 0 9 {}, {}", entries(8..=9), own(19)),
    );
    told(
        "a-gap-in-what-is-told",
        "what was told between two refusals is left out, and the rest is told in one INPUT",
        &format!(
            "
            {}
            sends accept 0 refuse 1 by false types 01
            act 17 18 | sent INPUT 0 17 {}
            {}
            {}
            sends accept 0 refuse 0 by false types 01
            ",
            closed(0, 5, 16),
            entries(8..=17),
            only(0),
            acts(18..=29),
        ),
        30,
        &format!("INPUT 0 20 {} {}, {}", entries(5..=7), entries(18..=20), own(30)),
    );
    scenes.sent(
        "one-refused-act-is-told",
        "CATCHUP-12",
        "untold-input refused-send",
        "the only act that was never sent is told alone, and the INPUT of the act is refused",
        &format!(
            "
            {}
            act 5 6    | sent INPUT 1 5 5=6
            {}
            {}
            {}
            == confirmed none
            act 16 3   | sent INPUT 1 6 6=7
            ",
            started_unseen(1, 5, ""),
            only(0),
            acts(6..=15),
            only(1),
        ),
    );
    scenes.sent(
        "nothing-at-an-opening",
        "CATCHUP-12 SYNC-4",
        "untold-input opening",
        "an opening tells nothing, and neither does an act while the channel is closed",
        &format!(
            "
            {}
            channel closed
            act 18 19      | sent -
            channel open   | sent -
            == confirmed none
            act 19 20      | sent INPUT 0 9 {}, INPUT 0 19 {}
            ",
            closed(0, 5, 17),
            entries(5..=9),
            entries(10..=19),
        ),
    );
    scenes.sent(
        "old-entries-are-not-told",
        "CATCHUP-12 CATCHUP-10",
        "untold-input boundary",
        "what was never sent and is not kept any more is not told: 1,014 entries are told, in 68 INPUTs",
        &format!(
            "
            {}
            == confirmed none
            act 1034 15 | sent {}, INPUT 0 1034 {}
            ",
            closed(0, 5, 1033),
            (0..68)
                .map(|at| 11 + 15 * at)
                .map(|from| {
                    let to = (from + 14).min(1024);
                    format!("INPUT 0 {to} {}", entries(from..=to))
                })
                .collect::<Vec<_>>()
                .join(", "),
            entries(1025..=1034),
        ),
    );
    scenes.sent(
        "a-reset-forgets-what-was-never-sent",
        "CATCHUP-12 SYNC-13",
        "untold-input reset",
        "acts of the game before a reset are not told after it, and those of the game after it are",
        &format!(
            "
            {}
            channel closed
            reset
            {}
            channel open
            == confirmed none
            act 15 16      | sent INPUT 0 5 5=6, INPUT 0 15 {}
            ",
            closed(0, 5, 24),
            acts(5..=14),
            entries(6..=15),
        ),
    );
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
