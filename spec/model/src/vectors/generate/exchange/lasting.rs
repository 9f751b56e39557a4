//! Hashes that last (EXCH-35, EXCH-36, DETECT-16 to DETECT-18).

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    kept_by_a_rollback(scenes);
    sends(scenes);
    kept_by_a_comparison(scenes);
    verified(scenes);
    events(scenes);
}

fn kept_by_a_rollback(scenes: &mut Scenes) {
    scenes.inspect(
        "rollback-keeps-the-map",
        "EXCH-35",
        "rollback inbound-map",
        "the peer has confirmed its frames and does not send their hashes again",
        "
        exchange lasting-hashes 1
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 0000000a bbbbbbbbbbbbbbbb
        recv 07 0000000f cccccccccccccccc
        == map 5 10 15 | queue -
        rollback begin 10 | map 5 10 15
        rollback end      | map 5 10 15
        ",
    );
    scenes.inspect(
        "rollback-to-zero-keeps-the-map",
        "EXCH-35",
        "rollback inbound-map frame-number",
        "the ends of the range: a rollback to 0, and one to the last frame",
        "
        exchange lasting-hashes 1
        recv 07 00000000 aaaaaaaaaaaaaaaa
        recv 07 ffffffff bbbbbbbbbbbbbbbb
        == map 0 4294967295
        rollback begin 0          | map 0 4294967295
        rollback begin 4294967295 | map 0 4294967295
        rollback end              | map 0 4294967295
        ",
    );
    scenes.detect(
        "compared-after-the-rollback",
        "EXCH-35",
        "rollback inbound-map comparison",
        "the hash arrived before the rollback, its frame is confirmed during it, and another one after it",
        "
        exchange lasting-hashes 1
        recv 07 0000000a aaaaaaaaaaaaaaaa
        recv 07 0000000f bbbbbbbbbbbbbbbb
        == verified none | events -
        rollback begin 10
        confirm 10 cc
        rollback end  | events 10 | verified none
        confirm 15 bb | events 10 | verified none
        ",
    );
}

fn sends(scenes: &mut Scenes) {
    scenes.sent(
        "refused-in-the-middle",
        "EXCH-36",
        "queue-order refused-send",
        "what was refused keeps its place, and what follows was not tried",
        "
        exchange lasting-hashes 1
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        sends accept 1 refuse 1 by false
        == queue 5 10 15
        tick | sent 5 | queue 10 15
        tick | sent 10 15 | queue -
        ",
    );
    scenes.sent(
        "thrown-out",
        "EXCH-36",
        "queue-order refused-send",
        "a send that ends with an error, twice, before it is accepted",
        "
        exchange lasting-hashes 1
        confirm 10 aa
        confirm 5 bb
        sends accept 0 refuse 2 by throw
        == queue 10 5
        tick | sent - | queue 10 5
        tick | sent - | queue 10 5
        tick | sent 10 5 | queue -
        tick | sent -
        ",
    );
    scenes.sent(
        "refused-after-one-that-was-sent",
        "EXCH-36",
        "queue-order refused-send",
        "the first entry may have sends left: the refused one stays behind it",
        "
        exchange lasting-hashes 1
        confirm 5 aa
        tick | sent 5
        confirm 10 bb
        confirm 15 cc
        sends accept 1 refuse 1 by false
        == queue 10 15
        tick | sent 10
        tick | sent 15
        tick
        tick
        ",
    );
    scenes.sent(
        "sent-in-each-tick-until-it-is-enough",
        "EXCH-36",
        "queue-order",
        "three entries, confirmed one after another, and ticks in between",
        "
        exchange lasting-hashes 1
        confirm 10 aa
        == queue 10
        tick | sent 10
        confirm 5 bb
        tick | sent 5
        confirm 15 cc
        tick | sent 15
        tick
        tick
        ",
    );
    scenes.sent(
        "rolled-back-after-a-send",
        "EXCH-36",
        "queue-order rollback stale-hash",
        "the sends that are left are those of a state that is no longer right",
        "
        exchange lasting-hashes 1
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        tick | sent 5 10 15
        == queue -
        rollback begin 10
        rollback end
        tick
        tick
        ",
    );
    scenes.sent(
        "reset-after-a-send",
        "EXCH-36",
        "queue-order reset stale-hash",
        "the sends that are left are those of the last episode",
        "
        exchange lasting-hashes 1
        confirm 5 aa
        confirm 10 bb
        tick | sent 5 10
        == queue -
        reset
        tick
        tick
        ",
    );
}

fn kept_by_a_comparison(scenes: &mut Scenes) {
    scenes.inspect(
        "comparison-keeps-the-hash",
        "DETECT-16",
        "comparison inbound-map",
        "an equal hash and a different one stay where they are",
        "
        exchange lasting-hashes 1
        confirm 5 aa
        confirm 10 bb
        == history 5 10 | map -
        recv 07 00000005 aaaaaaaaaaaaaaaa | map 5 | verified 5
        recv 07 0000000a cccccccccccccccc | map 5 10 | events 10
        ",
    );
    scenes.inspect(
        "confirmed-later-keeps-the-hash",
        "DETECT-16",
        "comparison inbound-map",
        "the peer's hashes came first: the comparison at the confirmation leaves them, too",
        "
        exchange lasting-hashes 1
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 0000000a cccccccccccccccc
        == map 5 10 | verified none
        confirm 5 aa  | map 5 10 | verified 5
        confirm 10 bb | map 5 10 | events 10
        ",
    );
    scenes.sent(
        "compared-again",
        "DETECT-16",
        "comparison rollback",
        "the frame is confirmed again with another state: the peer's hash is still there",
        "
        exchange lasting-hashes 1
        confirm 10 aa
        recv 07 0000000a aaaaaaaaaaaaaaaa | verified 10
        rollback begin 10                 | verified none
        rollback end
        == verified none | events -
        confirm 10 bb | events 10 | verified none
        ",
    );
    scenes.sent(
        "compared-again-at-the-end-of-a-rollback",
        "DETECT-16 DETECT-9",
        "comparison rollback",
        "confirmed again while the rollback is in progress: it is compared at the end",
        "
        exchange lasting-hashes 1
        confirm 10 aa
        recv 07 0000000a aaaaaaaaaaaaaaaa | verified 10
        rollback begin 8                  | verified none
        confirm 10 bb                     | events -
        == events - | verified none
        rollback end | events 10 | verified none
        ",
    );
}

fn verified(scenes: &mut Scenes) {
    scenes.sent(
        "waits-below-a-mismatch",
        "DETECT-17",
        "verified-frame",
        "a frame that is equal above one that differs verifies nothing",
        "
        exchange lasting-hashes 1
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        recv 07 00000005 aaaaaaaaaaaaaaaa | verified 5
        recv 07 0000000a dddddddddddddddd | verified 5 | events 10
        == verified 5 | events 10
        recv 07 0000000f cccccccccccccccc | verified 5 | events 10
        ",
    );
    scenes.sent(
        "falls-below-a-mismatch",
        "DETECT-17",
        "verified-frame",
        "the lower frame is found to differ later: the verified frame falls below it",
        "
        exchange lasting-hashes 1
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        recv 07 00000005 aaaaaaaaaaaaaaaa | verified 5
        recv 07 0000000f cccccccccccccccc | verified 15
        == verified 15 | events -
        recv 07 0000000a dddddddddddddddd | verified 5 | events 10
        ",
    );
    scenes.sent(
        "rises-when-it-is-mended",
        "DETECT-17",
        "verified-frame",
        "the peer corrects its hash: every equal frame above counts again",
        "
        exchange lasting-hashes 1
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        recv 07 0000000a bbbbbbbbbbbbbbbb | verified 10
        recv 07 0000000f cccccccccccccccc | verified 15
        recv 07 00000005 dddddddddddddddd | verified none | events 5
        == verified none | events 5
        recv 07 00000005 aaaaaaaaaaaaaaaa | verified 15 | events 5
        ",
    );
    scenes.sent(
        "rollback-forgets-comparisons",
        "DETECT-17",
        "verified-frame rollback",
        "the greatest equal frame below the target is left, and not the frame before the target",
        "
        exchange lasting-hashes 1
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        recv 07 00000005 aaaaaaaaaaaaaaaa
        recv 07 0000000a bbbbbbbbbbbbbbbb
        recv 07 0000000f cccccccccccccccc | verified 15
        == verified 15
        rollback begin 12 | verified 10
        rollback begin 10 | verified 5
        rollback begin 9  | verified 5
        rollback begin 0  | verified none
        ",
    );
    scenes.sent(
        "rollback-forgets-a-mismatch",
        "DETECT-17",
        "verified-frame rollback mismatch-event",
        "the frame that differed is confirmed again and never compared: a frame above it may be verified",
        "
        exchange lasting-hashes 1
        confirm 5 aa
        recv 07 00000005 dddddddddddddddd | events 5 | verified none
        rollback begin 3
        rollback end
        confirm 10 bb
        == verified none | events 5
        recv 07 0000000a bbbbbbbbbbbbbbbb | verified 10 | events 5
        ",
    );
    scenes.sent(
        "a-frame-that-was-equal-differs",
        "DETECT-17",
        "verified-frame mismatch-event",
        "the peer sends another hash for a frame that was verified: the newest comparison counts",
        "
        exchange lasting-hashes 1
        confirm 5 aa
        confirm 10 bb
        recv 07 00000005 aaaaaaaaaaaaaaaa | verified 5
        recv 07 0000000a bbbbbbbbbbbbbbbb | verified 10
        == verified 10 | events -
        recv 07 0000000a dddddddddddddddd | verified 5 | events 10
        ",
    );
    scenes.sent(
        "reset-forgets-the-verified-frame",
        "DETECT-17 DETECT-12",
        "verified-frame reset",
        "a higher frame of the last episode was equal: it is not verified in the new one",
        "
        exchange lasting-hashes 1
        confirm 20 aa
        recv 07 00000014 aaaaaaaaaaaaaaaa | verified 20
        reset                             | verified none
        confirm 10 bb
        == verified none | events -
        recv 07 0000000a bbbbbbbbbbbbbbbb | verified 10
        ",
    );
    scenes.sent(
        "reset-forgets-comparisons",
        "DETECT-17 DETECT-12",
        "verified-frame reset",
        "a mismatch of the last episode does not hold the new one back",
        "
        exchange lasting-hashes 1
        confirm 5 aa
        recv 07 00000005 dddddddddddddddd | events 5
        reset
        confirm 10 bb
        == verified none | events -
        recv 07 0000000a bbbbbbbbbbbbbbbb | verified 10 | events -
        ",
    );
}

fn events(scenes: &mut Scenes) {
    scenes.sent(
        "repeated-datagram",
        "DETECT-18",
        "mismatch-event",
        "a datagram that arrives twice is one mismatch, another hash of the frame is another",
        "
        exchange lasting-hashes 1
        confirm 5 aa
        recv 07 00000005 bbbbbbbbbbbbbbbb | events 5=bb
        == events 5=bb
        recv 07 00000005 bbbbbbbbbbbbbbbb | events 5=bb
        recv 07 00000005 cccccccccccccccc | events 5=bb 5=cc
        recv 07 00000005 bbbbbbbbbbbbbbbb | events 5=bb 5=cc
        ",
    );
    scenes.sent(
        "another-own-hash",
        "DETECT-18",
        "mismatch-event rollback",
        "confirmed again with another wrong state it is another mismatch, and with the same one it is not",
        "
        exchange lasting-hashes 1
        confirm 5 aa
        recv 07 00000005 cccccccccccccccc | events 5
        rollback begin 5
        rollback end
        == events 5
        confirm 5 bb | events 5 5
        rollback begin 5
        rollback end
        confirm 5 aa | events 5 5
        ",
    );
}
