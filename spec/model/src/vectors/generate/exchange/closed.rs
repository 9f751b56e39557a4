//! A channel that is not open (EXCH-10).

use super::frames::{fifths, list};
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    scenes.sent(
        "tick-while-closed",
        "EXCH-10",
        "channel-closed",
        "a tick on a closed channel: trying to send there is an error in many libraries, and loses the entry",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        channel closed | queue 5
        sends accept 0 refuse 0 by false
        == queue 5
        tick           | sent - | queue 5
        ",
    );
    scenes.sent(
        "second-tick-while-closed",
        "EXCH-10",
        "channel-closed",
        "the channel stays closed until it opens: an event that is used up by the first tick is forgotten in the second",
        "
        confirm 5 aa
        channel closed
        tick         | sent - | queue 5
        == queue 5
        tick         | sent - | queue 5
        tick         | sent - | queue 5
        channel open | queue 5
        tick         | sent 5 | queue -
        ",
    );
    scenes.inspect(
        "closing-keeps-the-queue",
        "EXCH-10",
        "channel-closed lost-entry",
        "closing is not a reset: the waiting entries are sent when the channel opens again",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        confirm 10 bb
        == queue 5 10
        channel closed | queue 5=aa 10=bb
        ",
    );
    scenes.sent(
        "opening-keeps-the-queue",
        "EXCH-10",
        "channel-closed lost-entry",
        "a channel that comes back finds the queue as it was, in its order",
        "
        confirm 10 bb
        channel closed | queue 10
        confirm 5 aa   | queue 10 5
        == queue 10 5
        channel open   | queue 10 5
        tick           | sent 10 5 | queue -
        ",
    );
    scenes.sent(
        "reopened-between-two-ticks",
        "EXCH-10",
        "channel-closed lost-entry",
        "the channel goes and comes between two ticks: the second one sends as if nothing had been",
        "
        confirm 5 aa
        == queue 5
        channel closed
        channel open
        channel closed
        channel open | queue 5
        tick         | sent 5 | queue -
        ",
    );
    let seconds: String = fifths(30)
        .zip(1..)
        .map(|(frame, count)| {
            let waiting = list(fifths(count));
            format!("confirm {frame} aa\ntick | sent - | queue {waiting}\n")
        })
        .collect();
    scenes.sent(
        "closed-for-long",
        "EXCH-10 EXCH-8",
        "channel-closed lost-entry",
        "thirty ticks on a closed channel, one hash more at each: nothing is tried, nothing is lost",
        &format!(
            "
            channel closed
            == queue -
            {seconds}
            channel open | queue {all}
            tick         | sent {all} | queue -
            ",
            all = list(fifths(30)),
        ),
    );
}
