//! Confirming: what enters the history and the queue (EXCH-1 to EXCH-5).

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
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
    scenes.sent(
        "one-frame",
        "EXCH-1",
        "queue-order",
        "a single frame: queued once, remembered, sent by the tick",
        "
        sends accept 0 refuse all by false
        == queue - | history -
        confirm 5 aa | queue 5 | history 5
        sends accept 0 refuse 0 by false
        tick         | sent 5 | queue - | history 5
        ",
    );
}
