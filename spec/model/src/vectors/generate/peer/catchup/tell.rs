//! What was in no INPUT is told before it is too old (CATCHUP-12).

use super::super::lines::{acts, acts_sent, entries, started_unseen};
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    told(scenes);
}

/// A peer that cannot send its acts for these frames, because its channel is closed.
pub(super) fn closed(local: u8, first: u32, last: u32) -> String {
    format!("peer {local} {first} started\nchannel closed\n{}\nchannel open", acts(first..=last))
}

/// Only this many of the next INPUTs are accepted.
pub(super) fn only(accepted: u32) -> String {
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
