//! Confirming: what enters history and queue, and what is known already (EXCH-1 and EXCH-2).

use super::frames::{confirms, fifths, list};
use crate::{exchange::HISTORY, vectors::scenes::Scenes};

pub(super) fn scenes(scenes: &mut Scenes) {
    entering(scenes);
    known(scenes);
}

fn entering(scenes: &mut Scenes) {
    scenes.sent(
        "falling-frames",
        "EXCH-1 EXCH-7",
        "queue-order",
        "frames confirmed from the highest to the lowest: an exchange that takes only rising frames loses two",
        "
        sends accept 0 refuse all by false
        confirm 15 cc | queue 15 | history 15
        == queue 15
        confirm 10 bb | queue 15 10 | history 10 15
        confirm 5 aa  | queue 15 10 5 | history 5 10 15
        sends accept 0 refuse 0 by false
        tick          | sent 15 10 5 | queue -
        ",
    );
    scenes.inspect(
        "lower-frame-behind",
        "EXCH-1",
        "queue-order",
        "a queue that sorts as it is filled shows the lower frame in front before anything is sent",
        "
        sends accept 0 refuse all by false
        confirm 10 bb
        == queue 10
        confirm 5 aa | queue 10=bb 5=aa | history 5=aa 10=bb
        ",
    );
    scenes.sent(
        "mixed-order",
        "EXCH-1 EXCH-7",
        "queue-order",
        "five frames in no order: the queue is a list, neither a heap nor a map by frame",
        "
        confirm 30 aa
        confirm 10 bb
        confirm 50 cc
        == queue 30 10 50
        confirm 20 dd | queue 30 10 50 20
        confirm 40 ee | queue 30 10 50 20 40 | history 10 20 30 40 50
        tick          | sent 30=aa 10=bb 50=cc 20=dd 40=ee | queue -
        ",
    );
    scenes.sent(
        "frame-0",
        "EXCH-1",
        "frame-number",
        "frame 0 is a frame: an exchange that asks whether there is a frame by its truth passes over it",
        "
        == queue - | history -
        confirm 0 aa | queue 0=aa | history 0=aa
        tick         | sent 0=aa | queue - | history 0
        ",
    );
    scenes.sent(
        "high-frames",
        "EXCH-1",
        "frame-number",
        "frames above 2147483647 are confirmed like others: as signed numbers they look negative",
        "
        confirm 2147483645 aa
        == history 2147483645
        confirm 2147483650 bb | queue 2147483645 2147483650
        confirm 4294967295 cc | history 2147483645 2147483650 4294967295
        tick | sent 2147483645 2147483650=bb 4294967295=cc | queue -
        ",
    );
    scenes.sent(
        "any-frame",
        "EXCH-1",
        "frame-number",
        "the game decides which frames are hashed: an exchange that checks for every fifth drops these",
        "
        confirm 5 aa
        == queue 5
        confirm 6 bb | queue 5 6 | history 5 6
        confirm 9 cc | queue 5 6 9 | history 5 6 9
        tick         | sent 5 6=bb 9=cc
        ",
    );
    scenes.sent(
        "while-closed",
        "EXCH-1 EXCH-10",
        "channel-closed",
        "a frame confirmed while the channel is closed waits for it: queueing only on an open channel loses the hash",
        "
        channel closed
        == queue -
        confirm 5 aa | queue 5 | history 5
        channel open | queue 5
        tick         | sent 5=aa | queue -
        ",
    );
    scenes.sent(
        "remembered-while-closed",
        "EXCH-1 EXCH-2",
        "channel-closed repeated-confirm",
        "a frame confirmed on a closed channel is known afterwards: if only the queue learns of it, it is sent twice",
        "
        channel closed
        confirm 5 aa | history 5=aa
        channel open
        == queue 5 | history 5
        confirm 5 aa | queue 5 | history 5
        tick         | sent 5 | queue -
        ",
    );
}

fn known(scenes: &mut Scenes) {
    scenes.inspect(
        "known-with-another-hash",
        "EXCH-2",
        "repeated-confirm",
        "a second confirm with another hash: neither history nor queue may take it over",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        == queue 5 | history 5
        confirm 5 bb | queue 5=aa | history 5=aa
        ",
    );
    scenes.sent(
        "same-hash-twice",
        "EXCH-2",
        "repeated-confirm sent-twice",
        "a frame confirmed twice before the tick, as when two paths of a game report it: it is sent once",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        == queue 5 | history 5
        confirm 5 aa | queue 5 | history 5
        sends accept 0 refuse 0 by false
        tick         | sent 5 | queue -
        ",
    );
    scenes.sent(
        "other-hash-before-sending",
        "EXCH-2",
        "repeated-confirm sent-twice",
        "the first hash is the one that is sent: a queue that is searched by frame would take the second",
        "
        confirm 5 aa
        confirm 10 cc
        == queue 5 10 | history 5 10
        confirm 5 bb | queue 5=aa 10=cc | history 5=aa 10=cc
        tick         | sent 5=aa 10=cc | queue -
        tick         | sent -
        ",
    );
    scenes.sent(
        "other-hash-after-sending",
        "EXCH-2",
        "repeated-confirm sent-twice",
        "a frame that was sent is confirmed with another hash: the peer would get two hashes for one frame",
        "
        confirm 5 aa
        tick         | sent 5=aa
        == queue - | history 5
        confirm 5 bb | queue - | history 5=aa
        tick         | sent -
        ",
    );
    scenes.sent(
        "known-below-a-rollback",
        "EXCH-2 EXCH-24",
        "repeated-confirm rollback",
        "a rollback leaves what lies below its target known: confirming it again during the rollback changes nothing",
        "
        confirm 5 aa
        tick              | sent 5
        rollback begin 10 | history 5
        == queue - | history 5
        confirm 5 bb      | queue - | history 5=aa
        rollback end
        tick              | sent -
        ",
    );
    scenes.sent(
        "known-after-reopening",
        "EXCH-2 EXCH-10",
        "repeated-confirm sent-twice channel-closed",
        "the channel closed and opened: what was confirmed before is known as before, and not sent again",
        "
        confirm 5 aa
        tick         | sent 5=aa
        channel closed
        channel open | history 5
        == queue - | history 5
        confirm 5 bb | queue - | history 5=aa
        tick         | sent -
        ",
    );
    let filled = confirms(fifths(HISTORY));
    let next = confirms(std::iter::once(605));
    scenes.sent(
        "known-frame-keeps-its-place",
        "EXCH-2 EXCH-3 EXCH-5",
        "history-bound repeated-confirm",
        "a second confirm does not make a frame young: the full history still gives it up first, and it is new then",
        &format!(
            "
            {filled}
            tick         | sent {sent} | queue -
            == queue -
            confirm 5 bb | queue -
            {next}
            confirm 5 bb | queue 605 5=bb
            tick         | sent 605 5=bb | queue -
            ",
            sent = list(fifths(HISTORY)),
        ),
    );
}
