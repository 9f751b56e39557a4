//! The bound of the history, and the queue that has none (EXCH-3, EXCH-4).

use std::iter::once;

use super::frames::{confirms, fifths, list};
use crate::{exchange::HISTORY, vectors::scenes::Scenes};

pub(super) fn scenes(scenes: &mut Scenes) {
    history(scenes);
    queue(scenes);
}

fn history(scenes: &mut Scenes) {
    let (filled, kept) = (confirms(fifths(HISTORY)), list(fifths(HISTORY - 1)));
    let full = list(fifths(HISTORY));
    scenes.inspect(
        "history-of-120",
        "EXCH-3",
        "history-bound",
        "120 entries are not too many: a ring that is full at 119 has lost the first",
        &format!(
            "
            sends accept 0 refuse all by false
            {before}
            == history {kept}
            {last}| history {full}
            ",
            before = confirms(fifths(HISTORY - 1)),
            last = confirms(once(600)).trim_end(),
        ),
    );
    scenes.sent(
        "first-of-120-is-known",
        "EXCH-3 EXCH-2",
        "history-bound sent-twice",
        "the first of 120 is still known when it is confirmed again: a bound of 119 sends it twice",
        &format!(
            "
            {filled}
            tick         | sent {full} | queue -
            == history {full}
            confirm 5 bb | queue - | history {full}
            tick         | sent -
            "
        ),
    );
    scenes.sent(
        "first-of-121-has-left",
        "EXCH-3 EXCH-5",
        "history-bound",
        "the 121st entry pushes the first out, which is new afterwards: a bound of 121, or none, keeps it known",
        &format!(
            "
            {filled}
            tick         | sent {full}
            == history {full}
            {next}| queue 605 | history {newer}
            confirm 5 bb | queue 605 5=bb
            tick         | sent 605 5=bb | queue -
            ",
            next = confirms(once(605)).trim_end(),
            newer = list(fifths(HISTORY + 1).skip(1)),
        ),
    );
    scenes.sent(
        "highest-frame-leaves-first",
        "EXCH-3 EXCH-5",
        "history-bound queue-order",
        "the highest frame was inserted first and so leaves first: a history that drops the lowest frame keeps it",
        &format!(
            "
            confirm 1000 aa
            {before}
            tick            | sent 1000 {kept} | queue -
            == queue -
            {last}| queue 600
            confirm 5 bb    | queue 600
            confirm 1000 cc | queue 600 1000=cc
            tick            | sent 600 1000=cc | queue -
            ",
            before = confirms(fifths(HISTORY - 1)),
            last = confirms(once(600)).trim_end(),
        ),
    );
    scenes.inspect(
        "falling-frames-leave-from-the-top",
        "EXCH-3",
        "history-bound queue-order",
        "121 falling frames: the newest entry is the lowest frame and stays, the oldest the highest and leaves",
        &format!(
            "
            sends accept 0 refuse all by false
            {falling}
            == history {full}
            confirm 0 aa | history 0=aa {kept}
            ",
            falling = confirms(fifths(HISTORY).rev()),
        ),
    );
    scenes.inspect(
        "thirty-above-the-bound",
        "EXCH-3",
        "history-bound",
        "150 entries: a history that is cut to a part when it overflows, or closed when full, does not hold the last 120",
        &format!(
            "
            sends accept 0 refuse all by false
            {filled}
            == history {full}
            {more}
            confirm 750 aa | history {newest} 750=aa
            ",
            more = confirms(fifths(HISTORY + 29).skip(HISTORY)),
            newest = list(fifths(HISTORY + 29).skip(30)),
        ),
    );
    scenes.inspect(
        "hour-between-frames",
        "EXCH-3",
        "history-bound frame-number",
        "two entries, an hour apart: a bound of 600 frames drops the older one",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        == history 5
        confirm 216005 bb | history 5 216005 | queue 5 216005
        ",
    );
    scenes.sent(
        "frames-far-apart",
        "EXCH-3 EXCH-2",
        "history-bound frame-number",
        "the bound counts entries, not frames: three frames far apart all stay known",
        "
        confirm 5 aa
        confirm 1000 bb
        confirm 1000000 cc
        tick          | sent 5 1000 1000000
        == history 5 1000 1000000
        confirm 5 dd  | queue - | history 5=aa 1000 1000000
        confirm 1000 dd | queue -
        tick          | sent -
        ",
    );
}

fn queue(scenes: &mut Scenes) {
    scenes.inspect(
        "queue-of-65",
        "EXCH-4",
        "unbounded-queue lost-entry",
        "65 entries wait: a ring of 64 has written over the first",
        &format!(
            "
            sends accept 0 refuse all by false
            {before}
            == queue {sixty_four}
            {last}| queue {sixty_four} 325
            ",
            before = confirms(fifths(64)),
            sixty_four = list(fifths(64)),
            last = confirms(once(325)).trim_end(),
        ),
    );
    scenes.sent(
        "evicted-entry-is-sent",
        "EXCH-4 EXCH-3",
        "unbounded-queue lost-entry history-bound",
        "an entry that leaves the history is still sent: an implementation with one list for both loses it",
        &format!(
            "
            {filled}
            == queue {full} | history {full}
            {next}| queue {full} 605 | history {newer}
            tick | sent {full} 605 | queue -
            ",
            filled = confirms(fifths(HISTORY)),
            full = list(fifths(HISTORY)),
            next = confirms(once(605)).trim_end(),
            newer = list(fifths(HISTORY + 1).skip(1)),
        ),
    );
    scenes.sent(
        "queue-of-300",
        "EXCH-4 EXCH-8",
        "unbounded-queue lost-entry channel-closed",
        "a peer away for 300 hashes gets all of them: a queue bounded at 120, 128 or 256 has dropped the oldest or the newest",
        &format!(
            "
            channel closed
            {waiting}
            channel open | queue {all}
            == queue {all}
            tick         | sent {all} | queue -
            ",
            waiting = confirms(fifths(300)),
            all = list(fifths(300)),
        ),
    );
    scenes.sent(
        "lower-than-verified-is-sent",
        "EXCH-4 DETECT-5",
        "unbounded-queue lost-entry",
        "the peer's hash of a later frame is equal: the earlier ones are still sent, for the peer's sake",
        "
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        == queue 5 10 15
        recv 07 0000000f cccccccccccccccc | queue 5 10 15 | verified 15
        tick | sent 5 10 15 | queue -
        ",
    );
}
