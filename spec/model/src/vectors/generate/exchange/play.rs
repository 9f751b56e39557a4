//! Long stories in which everything happens at once, as in a game.

use super::frames::{confirms, fifths, list};
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    games(scenes);
    bad_channels(scenes);
    long_games(scenes);
}

fn games(scenes: &mut Scenes) {
    scenes.sent(
        "two-episodes",
        "EXCH-27 EXCH-5 EXCH-14",
        "reset sent-again",
        "two episodes of the same frames: all that the second sends is its own",
        "
        confirm 0 aa
        confirm 5 bb
        recv 07 00000000 aaaaaaaaaaaaaaaa
        tick          | sent 0 5
        recv 07 00000005 bbbbbbbbbbbbbbbb
        confirm 10 cc
        confirm 15 dd
        tick          | sent 10 15
        confirm 20 ee
        recv 07 00000019 ffffffffffffffff
        == queue 20 | history 0 5 10 15 20
        reset         | queue - | map - | history -
        tick          | sent -
        confirm 0 11
        confirm 5 22
        tick          | sent 0=11 5=22
        recv 07 00000005 2222222222222222
        confirm 20 33
        tick          | sent 20=33 | queue -
        ",
    );
    scenes.sent(
        "rollback-after-rollback",
        "EXCH-20 EXCH-5 EXCH-7",
        "rollback stale-hash sent-again",
        "three rollbacks in a row over the same frames: the peer gets each hash that was queued at a tick, and no other",
        "
        confirm 5 aa
        confirm 10 bb
        tick              | sent 5 10
        confirm 15 cc
        rollback begin 10 | queue - | history 5
        confirm 10 dd
        confirm 15 ee
        rollback end
        == queue 10 15 | history 5 10 15
        rollback begin 15 | queue 10 | history 5 10
        confirm 15 ff
        rollback end
        tick              | sent 10=dd 15=ff
        rollback begin 5  | queue - | history -
        confirm 5 11
        tick              | sent - | queue 5
        confirm 10 22
        rollback end
        confirm 15 33
        tick              | sent 5=11 10=22 15=33 | queue -
        ",
    );
    scenes.sent(
        "our-rollback-and-theirs",
        "DETECT-9 DETECT-10 EXCH-16",
        "comparison rollback stale-hash verified-frame",
        "both peers roll back: the stale hashes on both sides cause an event each or none, and the last ones verify",
        "
        confirm 5 aa
        confirm 10 bb
        recv 07 00000005 aaaaaaaaaaaaaaaa | verified 5
        recv 07 0000000a cccccccccccccccc | verified 5 | events 10
        tick              | sent 5 10
        rollback begin 10 | verified 5 | events 10
        recv 07 0000000a dddddddddddddddd | map 10
        confirm 10 ee
        recv 07 0000000a eeeeeeeeeeeeeeee | map 10=ee
        == map 10 | verified 5 | events 10
        rollback end      | map - | verified 10 | events 10=cc
        tick              | sent 10=ee
        recv 07 0000000f ffffffffffffffff | map 15
        confirm 15 ff     | map - | verified 15 | events 10=cc
        tick              | sent 15 | queue -
        ",
    );
    scenes.sent(
        "diverging",
        "DETECT-7 DETECT-6",
        "mismatch-event verified-frame",
        "the two simulations diverge at frame 15 and stay so: each hash is an event, the sending goes on, the mark stands",
        "
        confirm 5 aa
        recv 07 00000005 aaaaaaaaaaaaaaaa
        confirm 10 bb
        recv 07 0000000a bbbbbbbbbbbbbbbb
        tick          | sent 5 10
        == verified 10 | events -
        confirm 15 cc
        recv 07 0000000f 3333333333333333 | events 15 | verified 10
        recv 07 00000014 4444444444444444 | map 20
        confirm 20 dd | events 15 20 | verified 10
        tick          | sent 15 20 | queue -
        rollback begin 20
        confirm 20 ee
        recv 07 00000014 5555555555555555
        rollback end  | events 15=33 20=44 20=55 | verified 10
        tick          | sent 20=ee | queue -
        ",
    );
}

fn bad_channels(scenes: &mut Scenes) {
    scenes.sent(
        "channel-that-comes-and-goes",
        "EXCH-10 EXCH-12 EXCH-26",
        "channel-closed refused-send rollback",
        "closing, refusals, errors and a rollback in turn: at the end everything that is valid has arrived, once and in order",
        "
        confirm 20 aa
        confirm 5 bb
        channel closed
        tick              | sent - | queue 20 5
        confirm 10 cc
        == queue 20 5 10
        channel open
        sends accept 1 refuse 1 by throw
        tick              | sent 20 | queue 5 10
        channel closed
        rollback begin 10 | queue 5
        confirm 10 dd
        tick              | sent - | queue 5 10
        channel open
        tick              | sent - | queue 5 10
        rollback end
        sends accept 0 refuse 2 by false
        tick              | sent - | queue 5 10
        tick              | sent - | queue 5 10
        confirm 20 ee
        tick              | sent 5=bb 10=dd 20=ee | queue -
        ",
    );
    scenes.sent(
        "refused-and-confirmed-again",
        "EXCH-12 EXCH-2 EXCH-20",
        "refused-send repeated-confirm stale-hash",
        "a refused entry is confirmed again, withdrawn, and confirmed anew: the tick sends its last valid hash",
        "
        confirm 5 aa
        confirm 10 bb
        sends accept 0 refuse 2 by false
        tick              | sent - | queue 5 10
        == queue 5 10
        confirm 5 cc      | queue 5=aa 10
        tick              | sent - | queue 5=aa 10=bb
        rollback begin 10 | queue 5
        confirm 10 dd
        rollback end
        tick              | sent 5=aa 10=dd | queue -
        ",
    );
    scenes.sent(
        "nonsense-in-between",
        "EXCH-18 EXCH-9 EXCH-10",
        "malformed-exchange rollback channel-closed",
        "malformed datagrams before, during and after a rollback and on a closed channel: as if none of them had come",
        "
        confirm 5 aa
        recv 07 00000005
        confirm 10 bb
        rollback begin 10
        recv
        recv 11 4090000000000000 | queue 5
        confirm 10 cc
        recv 17 0000000a cccccccccccccccc | queue 5 10
        == queue 5 10 | map -
        rollback end
        recv 07 0000000a cccccccccccccccc cc | queue 5 10 | map -
        channel closed
        recv 03 4090000000000000 | queue 5 10
        tick                     | sent -
        channel open
        tick                     | sent 5 10=cc | queue -
        ",
    );
}

fn long_games(scenes: &mut Scenes) {
    let seconds: String = (0..20)
        .map(|second| {
            let frames = || fifths(50 * (second + 1)).skip(50 * second);
            format!("{}tick | sent {} | queue -\n", confirms(frames()), list(frames()))
        })
        .collect();
    scenes.sent(
        "a-thousand-frames",
        "EXCH-3 EXCH-8 EXCH-2",
        "history-bound batch-limit",
        "a thousand hashes in twenty ticks: the oldest that is still known is the 881st, and the one before it is new",
        &format!(
            "
            {seconds}
            == queue -
            confirm 4405 aa | queue -
            confirm 4400 bb | queue 4400
            tick            | sent 4400=bb | queue -
            "
        ),
    );
    scenes.sent(
        "rollback-over-the-bound",
        "EXCH-4 EXCH-20 EXCH-22",
        "unbounded-queue rollback history-bound",
        "a rollback past what the history has kept: the queue still has those frames, and they are withdrawn from it",
        &format!(
            "
            channel closed
            {filled}
            == queue {all} | history {kept}
            rollback begin 26 | queue 5 10 15 20 25 | history -
            confirm 30 aa     | history 30
            rollback end
            channel open
            tick              | sent 5 10 15 20 25 30=aa | queue -
            ",
            filled = confirms(fifths(130)),
            all = list(fifths(130)),
            kept = list(fifths(130).skip(10)),
        ),
    );
}
