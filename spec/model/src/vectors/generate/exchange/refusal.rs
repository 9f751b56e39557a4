//! What a refusal does to the tick and to the refused entry (EXCH-11, EXCH-12).

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    ends_the_tick(scenes);
    stays_in_front(scenes);
}

fn ends_the_tick(scenes: &mut Scenes) {
    scenes.sent(
        "first-of-three",
        "EXCH-11 EXCH-12",
        "refused-send",
        "the first is refused and the channel would take the others: they wait, or they overtake it",
        "
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        sends accept 0 refuse 1 by false
        == queue 5 10 15
        tick | sent - | queue 5 10 15
        tick | sent 5 10 15 | queue -
        ",
    );
    scenes.sent(
        "middle-of-five",
        "EXCH-11 EXCH-12 EXCH-14",
        "refused-send",
        "the third of five is refused: two are sent, three wait in their order",
        "
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        confirm 20 dd
        confirm 25 ee
        sends accept 2 refuse 1 by false
        == queue 5 10 15 20 25
        tick | sent 5 10 | queue 15 20 25
        tick | sent 15 20 25 | queue -
        ",
    );
    scenes.sent(
        "middle-of-five-by-an-error",
        "EXCH-11 EXCH-13",
        "refused-send error-in-send",
        "an error in the middle ends the tick too: a loop that catches it for each entry goes on",
        "
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        confirm 20 dd
        confirm 25 ee
        sends accept 2 refuse 1 by throw
        == queue 5 10 15 20 25
        tick | sent 5 10 | queue 15 20 25
        tick | sent 15 20 25 | queue -
        ",
    );
    scenes.sent(
        "not-tried-again-at-once",
        "EXCH-11",
        "refused-send",
        "the channel refuses once and would accept a second attempt: there is none before the next tick",
        "
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        sends accept 1 refuse 1 by false
        == queue 5 10 15
        tick | sent 5 | queue 10 15
        tick | sent 10 15 | queue -
        ",
    );
}

fn stays_in_front(scenes: &mut Scenes) {
    scenes.sent(
        "only-one",
        "EXCH-12",
        "refused-send lost-entry",
        "send returns false and the entry has been taken out already: it is lost if it is not put back",
        "
        confirm 5 aa
        sends accept 0 refuse 1 by false
        == queue 5
        tick | sent - | queue 5=aa
        tick | sent 5=aa | queue -
        ",
    );
    scenes.inspect(
        "only-one-for-good",
        "EXCH-12",
        "refused-send lost-entry",
        "the channel refuses everything: the entry stays where it is",
        "
        sends accept 0 refuse all by false
        confirm 5 aa
        == queue 5
        tick | sent - | queue 5=aa
        ",
    );
    scenes.sent(
        "first-of-falling-frames",
        "EXCH-12 EXCH-7",
        "refused-send queue-order",
        "a refused entry comes back to the front, not to where its frame would sort it",
        "
        confirm 15 cc
        confirm 10 bb
        confirm 5 aa
        sends accept 0 refuse 1 by false
        == queue 15 10 5
        tick | sent - | queue 15 10 5
        tick | sent 15 10 5 | queue -
        ",
    );
    scenes.sent(
        "last-of-three",
        "EXCH-12 EXCH-14",
        "refused-send lost-entry",
        "the last of three is refused: two have gone, and it is alone in front",
        "
        confirm 5 aa
        confirm 10 bb
        confirm 15 cc
        sends accept 2 refuse 1 by false
        == queue 5 10 15
        tick | sent 5 10 | queue 15
        tick | sent 15 | queue -
        ",
    );
    let refusals = "tick | sent - | queue 5 10\n".repeat(9);
    scenes.sent(
        "ten-times-in-a-row",
        "EXCH-12",
        "refused-send lost-entry",
        "ten refusals in a row: no limit of attempts, and no rotation of the queue",
        &format!(
            "
            confirm 5 aa
            confirm 10 bb
            sends accept 0 refuse 10 by false
            tick | sent - | queue 5 10
            == queue 5 10
            {refusals}
            tick | sent 5 10 | queue -
            "
        ),
    );
    scenes.sent(
        "confirmed-behind-the-refused",
        "EXCH-12 EXCH-1",
        "refused-send queue-order",
        "a frame that is confirmed after the refusal is queued after the refused one, even if it is lower",
        "
        confirm 10 bb
        confirm 15 cc
        sends accept 0 refuse 2 by false
        tick         | sent - | queue 10 15
        == queue 10 15
        confirm 5 aa | queue 10 15 5
        tick         | sent - | queue 10 15 5
        tick         | sent 10 15 5 | queue -
        ",
    );
    scenes.sent(
        "refused-then-closed",
        "EXCH-12 EXCH-10",
        "refused-send channel-closed",
        "refused, then closed, then open: the refused entry has outlived both in its place",
        "
        confirm 10 bb
        confirm 5 aa
        sends accept 0 refuse 1 by false
        == queue 10 5
        tick           | sent - | queue 10 5
        channel closed | queue 10 5
        tick           | sent - | queue 10 5
        channel open   | queue 10 5
        tick           | sent 10 5 | queue -
        ",
    );
}
