//! Refusal by an error, and what was accepted before a refusal (EXCH-13, EXCH-14).

use super::frames::{confirms, fifths, list};
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    by_an_error(scenes);
    accepted(scenes);
}

fn by_an_error(scenes: &mut Scenes) {
    scenes.inspect(
        "one-error",
        "EXCH-13",
        "error-in-send lost-entry",
        "send throws: an exchange that puts back only what returned false has lost the entry",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        sends accept 0 refuse 1 by throw
        == queue 5
        tick | sent - | queue 5
        ",
    );
    scenes.sent(
        "tick-after-an-error",
        "EXCH-13",
        "error-in-send lost-entry",
        "an error does not mean a closed channel: no event would tell that it is open again",
        "
        confirm 5 aa
        sends accept 0 refuse 1 by throw
        tick | sent - | queue 5
        == queue 5
        tick | sent 5 | queue -
        ",
    );
    scenes.sent(
        "error-in-the-middle",
        "EXCH-13 EXCH-12 EXCH-14",
        "error-in-send lost-entry",
        "one was sent, the second throws, the third waits: none is lost, none is sent twice",
        "
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        sends accept 1 refuse 1 by throw
        == queue 5 10 15
        tick | sent 5 | queue 10 15
        tick | sent 10 15 | queue -
        ",
    );
    scenes.sent(
        "three-errors-in-a-row",
        "EXCH-13 EXCH-12",
        "error-in-send lost-entry",
        "errors in three ticks, then none: the exchange draws no conclusion from their number",
        "
        confirm 5 aa
        confirm 10 bb
        sends accept 0 refuse 3 by throw
        tick | sent - | queue 5 10
        == queue 5 10
        tick | sent - | queue 5 10
        tick | sent - | queue 5 10
        tick | sent 5 10 | queue -
        ",
    );
    scenes.sent(
        "errors-and-refusals",
        "EXCH-13 EXCH-12",
        "error-in-send refused-send",
        "an error, then false, then an error: both ways to refuse come to the same",
        "
        confirm 5 aa
        confirm 10 bb
        sends accept 0 refuse 1 by throw
        == queue 5 10
        tick | sent - | queue 5 10
        sends accept 0 refuse 1 by false
        tick | sent - | queue 5 10
        sends accept 1 refuse 1 by throw
        tick | sent 5 | queue 10
        tick | sent 10 | queue -
        ",
    );
}

fn accepted(scenes: &mut Scenes) {
    scenes.sent(
        "sent-before-the-refused",
        "EXCH-14 EXCH-12",
        "refused-send sent-twice",
        "two were accepted before the third was refused: a tick that fails as a whole sends them twice",
        "
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        sends accept 2 refuse 1 by false
        == queue 5 10 15
        tick | sent 5 10 | queue 15
        tick | sent 15 | queue -
        tick | sent -
        ",
    );
    scenes.sent(
        "sent-before-an-error",
        "EXCH-14 EXCH-13",
        "error-in-send sent-twice",
        "an error rolls nothing back: what the channel had accepted is gone",
        "
        confirm 5 aa
        confirm 10 bb
        sends accept 1 refuse 1 by throw
        == queue 5 10
        tick | sent 5 | queue 10
        tick | sent 10 | queue -
        tick | sent -
        ",
    );
    scenes.inspect(
        "given-to-a-channel-that-closes",
        "EXCH-14",
        "channel-closed sent-twice",
        "the channel closes right after it was given a hash: what may be lost with it is not queued again",
        "
        recv 04
        sends accept 0 refuse all by false
        confirm 5 aa
        sends accept 0 refuse 0 by false
        tick           | sent 5 | queue -
        == queue - | history 5
        channel closed | queue - | history 5
        ",
    );
    scenes.sent(
        "sent-before-the-channel-closed",
        "EXCH-14 EXCH-10",
        "channel-closed sent-twice",
        "a channel that opens again gets nothing a second time, only what has waited for it",
        "
        confirm 5 aa
        confirm 10 bb
        tick           | sent 5 10 | queue -
        confirm 15 cc
        channel closed
        == queue 15 | history 5 10 15
        channel open   | queue 15
        tick           | sent 15 | queue -
        ",
    );
    scenes.sent(
        "seven-at-a-time",
        "EXCH-14 EXCH-12",
        "refused-send sent-twice",
        "a channel that takes seven and refuses one, again and again: forty hashes arrive, each once",
        &format!(
            "
            {confirmed}
            sends accept 7 refuse 1 by false
            == queue {all}
            tick | sent {first} | queue {rest}
            sends accept 3 refuse 1 by false
            tick | sent {second} | queue {last}
            tick | sent {last} | queue -
            tick | sent -
            ",
            confirmed = confirms(fifths(40)),
            all = list(fifths(40)),
            first = list(fifths(7)),
            rest = list(fifths(40).skip(7)),
            second = list(fifths(10).skip(7)),
            last = list(fifths(40).skip(10)),
        ),
    );
}
