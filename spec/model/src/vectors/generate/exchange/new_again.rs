//! Frames that are new again (EXCH-5).

use super::frames::{confirms, fifths, list};
use crate::{exchange::HISTORY, vectors::scenes::Scenes};

pub(super) fn scenes(scenes: &mut Scenes) {
    new_again(scenes);
}

fn new_again(scenes: &mut Scenes) {
    scenes.sent(
        "new-after-a-rollback",
        "EXCH-5 EXCH-22",
        "sent-again rollback",
        "a frame that was sent and withdrawn has another state: its new hash is sent, though one was sent before",
        "
        confirm 5 aa
        tick             | sent 5=aa
        rollback begin 5 | history -
        rollback end
        == queue - | history -
        confirm 5 bb     | queue 5=bb | history 5=bb
        tick             | sent 5=bb | queue -
        ",
    );
    scenes.sent(
        "new-after-a-rollback-with-the-same-hash",
        "EXCH-5 EXCH-22",
        "sent-again rollback",
        "the rollback changed nothing in this frame: its hash is sent once more all the same",
        "
        confirm 5 aa
        confirm 10 bb
        tick              | sent 5 10
        rollback begin 10 | history 5
        == queue - | history 5
        confirm 10 bb     | queue 10 | history 5 10
        rollback end
        tick              | sent 10=bb | queue -
        ",
    );
    scenes.sent(
        "new-after-a-rollback-unsent",
        "EXCH-5 EXCH-20",
        "sent-again rollback stale-hash",
        "the frame was withdrawn before it was sent: only its new hash reaches the peer",
        "
        confirm 5 aa
        rollback begin 5 | queue - | history -
        == queue - | history -
        confirm 5 bb     | queue 5=bb | history 5=bb
        rollback end
        tick             | sent 5=bb | queue -
        ",
    );
    scenes.sent(
        "new-after-a-reset",
        "EXCH-5 EXCH-27",
        "sent-again reset",
        "the next episode begins at the same frames: a list of what was ever queued must end with the episode",
        "
        confirm 0 aa
        confirm 5 bb
        tick         | sent 0 5
        reset        | history -
        == queue - | history -
        confirm 0 cc | queue 0=cc
        confirm 5 dd | queue 0=cc 5=dd
        tick         | sent 0=cc 5=dd | queue -
        ",
    );
    scenes.sent(
        "new-after-eviction",
        "EXCH-5 EXCH-3",
        "sent-again history-bound",
        "a frame that the bound removed is new, even if it was sent long ago",
        &format!(
            "
            {filled}
            tick          | sent {all} | queue -
            == queue - | history {newer}
            confirm 5 bb  | queue 5=bb
            confirm 10 cc | queue 5=bb 10=cc
            tick          | sent 5=bb 10=cc | queue -
            ",
            filled = confirms(fifths(HISTORY + 1)),
            all = list(fifths(HISTORY + 1)),
            newer = list(fifths(HISTORY + 1).skip(1)),
        ),
    );
    let filled = confirms(fifths(HISTORY + 1));
    let all = list(fifths(HISTORY + 1));
    scenes.sent(
        "new-while-it-waits",
        "EXCH-5 EXCH-4",
        "sent-again history-bound unbounded-queue",
        "a frame has left the history and waits in the queue still when it is confirmed again: both hashes are sent",
        &format!(
            "
            channel closed
            {filled}
            == queue {all}
            confirm 5 bb | queue {all} 5=bb
            channel open
            tick         | sent {all} 5=bb | queue -
            "
        ),
    );
}
