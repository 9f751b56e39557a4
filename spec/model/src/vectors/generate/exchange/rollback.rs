//! What the begin of a rollback withdraws (EXCH-20 to EXCH-22).

use super::frames::{confirms, fifths, list};
use crate::{exchange::HISTORY, vectors::scenes::Scenes};

pub(super) fn scenes(scenes: &mut Scenes) {
    from_the_queue(scenes);
    from_the_map(scenes);
    from_the_history(scenes);
}

fn from_the_queue(scenes: &mut Scenes) {
    scenes.inspect(
        "above-all-that-waits",
        "EXCH-20",
        "rollback queue-order",
        "no entry at or above the target waits: a queue that is filtered backwards is reversed nevertheless",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        confirm 10 bb
        == queue 5 10
        rollback begin 15 | queue 5=aa 10=bb | history 5 10
        ",
    );
    scenes.sent(
        "target-waits",
        "EXCH-20",
        "rollback rollback-target stale-hash",
        "the target itself is simulated again: a hash of it that stays in the queue is stale when it is sent",
        "
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        == queue 5 10 15
        rollback begin 10 | queue 5 | history 5
        rollback end      | queue 5
        tick              | sent 5 | queue -
        ",
    );
    scenes.sent(
        "stale-and-new-hash",
        "EXCH-20 EXCH-26",
        "rollback stale-hash",
        "the frame is confirmed again with another hash: the peer gets the new one alone",
        "
        confirm 5 aa
        confirm 10 bb
        == queue 5 10
        rollback begin 10 | queue 5
        confirm 10 cc     | queue 5=aa 10=cc
        rollback end
        tick              | sent 5=aa 10=cc | queue -
        ",
    );
    scenes.sent(
        "low-frames-behind-high-ones",
        "EXCH-20",
        "rollback queue-order",
        "the queue is in no order of frames: cutting it at the first withdrawn entry loses 5, 10 and 15",
        "
        confirm 20 aa
        confirm 5 bb
        confirm 30 cc
        confirm 15 dd
        confirm 25 ee
        confirm 10 ff
        == queue 20 5 30 15 25 10
        rollback begin 20 | queue 5 15 10 | history 5 10 15
        rollback end
        tick              | sent 5=bb 15=dd 10=ff | queue -
        ",
    );
    scenes.sent(
        "all-that-waits",
        "EXCH-20",
        "rollback stale-hash",
        "a rollback below everything: all that waits is stale, and nothing is sent after it",
        "
        confirm 10 aa
        confirm 5 bb
        confirm 15 cc
        == queue 10 5 15
        rollback begin 5 | queue - | history -
        rollback end
        tick             | sent -
        ",
    );
    scenes.sent(
        "refused-and-withdrawn",
        "EXCH-20 EXCH-12",
        "rollback stale-hash refused-send",
        "a refused entry is in the queue like the others: kept apart, it survives the rollback",
        "
        confirm 10 aa
        confirm 5 bb
        sends accept 0 refuse 1 by false
        tick              | sent - | queue 10 5
        == queue 10 5
        rollback begin 10 | queue 5
        rollback end
        tick              | sent 5=bb | queue -
        ",
    );
}

fn from_the_map(scenes: &mut Scenes) {
    scenes.inspect(
        "target-was-received",
        "EXCH-21",
        "rollback rollback-target inbound-map",
        "the peer's hash of the target was made with inputs that have changed: it goes with the rollback",
        "
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 0000000a bbbbbbbbbbbbbbbb
        recv 07 0000000f cccccccccccccccc
        == map 5 10 15
        rollback begin 10 | map 5=aa
        ",
    );
    scenes.inspect(
        "received-out-of-order",
        "EXCH-21",
        "rollback inbound-map",
        "the hash that came last lies below the target: the map is not cut at the first one that goes",
        "
        recv 07 0000000f cccccccccccccccc
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 00000014 dddddddddddddddd
        recv 07 0000000a bbbbbbbbbbbbbbbb
        == map 5 10 15 20
        rollback begin 15 | map 5=aa 10=bb
        ",
    );
    scenes.inspect(
        "received-and-never-confirmed",
        "EXCH-21",
        "rollback inbound-map",
        "the peer is ahead: hashes of frames that were not confirmed here yet go too",
        "
        sends accept 0 refuse all by false
        recv 07 0000000f cccccccccccccccc
        confirm 5 aa
        == map 15 | history 5
        rollback begin 10 | map - | history 5
        ",
    );
    scenes.inspect(
        "received-below-the-target",
        "EXCH-21",
        "rollback inbound-map",
        "everything received lies below the target and stays: a rollback is not a reset",
        "
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 0000000a bbbbbbbbbbbbbbbb
        recv 07 0000000b cccccccccccccccc
        == map 5 10 11
        rollback begin 11 | map 5=aa 10=bb
        ",
    );
}

fn from_the_history(scenes: &mut Scenes) {
    scenes.inspect(
        "target-was-sent",
        "EXCH-22 EXCH-5",
        "rollback rollback-target",
        "the target was sent before: it leaves the history all the same, or its new hash is never sent",
        "
        recv 04
        sends accept 0 refuse all by false
        confirm 5 aa
        sends accept 0 refuse 0 by false
        tick             | sent 5 | queue -
        == queue - | history 5
        rollback begin 5 | history -
        ",
    );
    scenes.sent(
        "withdrawn-and-kept",
        "EXCH-22 EXCH-5 EXCH-2",
        "rollback rollback-target sent-twice",
        "all frames are confirmed again: those from the target on are sent, those below it are known",
        "
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        tick              | sent 5 10 15
        rollback begin 10 | history 5
        == queue - | history 5
        confirm 5 dd      | queue -
        confirm 10 ee     | queue 10
        confirm 15 ff     | queue 10 15
        rollback end
        tick              | sent 10=ee 15=ff | queue -
        ",
    );
    scenes.sent(
        "confirmed-out-of-order",
        "EXCH-22 EXCH-2",
        "rollback queue-order sent-twice",
        "the low frames were confirmed last: cutting the history at the first withdrawn entry forgets them",
        "
        confirm 20 aa
        confirm 10 bb
        confirm 5 cc
        tick              | sent 20 10 5
        == history 5 10 20
        rollback begin 15 | history 5 10
        confirm 10 dd     | queue -
        confirm 5 ee      | queue -
        rollback end
        tick              | sent -
        ",
    );
    let falling = confirms(fifths(HISTORY - 1).rev());
    scenes.sent(
        "order-survives-for-the-bound",
        "EXCH-22 EXCH-3",
        "rollback history-bound queue-order",
        "the history stays in the order of insertion over a rollback: later the highest frame leaves first, not the lowest",
        &format!(
            "
            {falling}
            confirm 1000 aa
            tick               | sent {sent} 1000
            rollback begin 600 | history {kept}
            rollback end
            == history {kept}
            confirm 600 bb     | history {kept} 600
            confirm 605 cc
            tick               | sent 600 605
            confirm 5 dd       | queue -
            confirm 595 ee     | queue 595
            tick               | sent 595=ee | queue -
            ",
            sent = list(fifths(HISTORY - 1).rev()),
            kept = list(fifths(HISTORY - 1)),
        ),
    );
}
