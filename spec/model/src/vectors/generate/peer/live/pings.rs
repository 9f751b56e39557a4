//! The scenarios of LIVE: PINGs that are sent.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    pings(scenes);
    times(scenes);
    closings(scenes);
    refusals(scenes);
}

fn pings(scenes: &mut Scenes) {
    scenes.sent(
        "half-a-second-after-the-validation",
        "LIVE-1",
        "timer boundary",
        "the first PING is counted from the own VALIDATION_PING, or from the opening",
        "
        peer 0 0
        advance 250              | sent VALIDATION_PING 100
        recv VALIDATION_PONG 100
        recv VALIDATION_PING 0   | sent VALIDATION_PONG 0
        == validation validated
        advance 499              | sent -
        advance 1                | sent PING 750
        ",
    );
    scenes.sent(
        "after-a-long-handshake",
        "LIVE-1",
        "timer",
        "the first PING comes at once if the handshake was long",
        "
        peer 0 0
        advance 2500             | sent VALIDATION_PING 100, VALIDATION_PING 600, VALIDATION_PING 1100, VALIDATION_PING 1600, VALIDATION_PING 2100
        recv VALIDATION_PONG 2100
        recv VALIDATION_PING 0   | sent VALIDATION_PONG 0
        == validation validated
        advance 499              | sent -
        advance 1                | sent PING 3000
        ",
    );
    scenes.sent(
        "player-one-sends-pings",
        "LIVE-1",
        "timer",
        "only one of the two players measures",
        "
        peer 1 0 validated
        == validation validated
        advance 500   | sent PING 600
        advance 500   | sent PING 1100
        ",
    );
    scenes.sent(
        "no-ping-before-the-validation",
        "LIVE-1",
        "timer",
        "PINGs are sent into a channel that is not proved",
        "
        peer 1 0
        sends accept 0 refuse all by false types 10
        advance 100
        == validation validating
        advance 5000   | sent -
        ",
    );
    scenes.sent(
        "no-ping-after-a-failure",
        "LIVE-1",
        "timer",
        "PINGs begin when the handshake is over, whatever its result",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        advance 15000
        == validation failed
        advance 5000   | sent -
        ",
    );
    scenes.sent(
        "pings-while-playing",
        "LIVE-1",
        "timer",
        "the PINGs pause in a game",
        "
        peer 1 0 started validated
        == episode 0 playing both equal
        advance 500   | sent PING 600
        advance 500   | sent PING 1100
        ",
    );
    scenes.sent(
        "pings-after-an-answer",
        "LIVE-1",
        "timer",
        "the next PING is counted from the PONG",
        "
        peer 0 0 validated
        advance 600   | sent PING 600
        recv PONG 600
        == round_trips 100
        advance 399   | sent -
        advance 1     | sent PING 1100
        advance 500   | sent PING 1600
        ",
    );
    scenes.sent(
        "pings-without-an-answer",
        "LIVE-1",
        "timer",
        "the PINGs stop when the partner does not answer",
        "
        peer 0 0 validated
        advance 16500   | sent PING 600, PING 1100, PING 1600, PING 2100, PING 2600, PING 3100, PING 3600, PING 4100, PING 4600, PING 5100, PING 5600, PING 6100, PING 6600, PING 7100, PING 7600, PING 8100, PING 8600, PING 9100, PING 9600, PING 10100, PING 10600, PING 11100, PING 11600, PING 12100, PING 12600, PING 13100, PING 13600, PING 14100, PING 14600, PING 15100, PING 15600, PING 16100, PING 16600
        == round_trips -
        advance 500     | sent PING 17100
        advance 500     | sent PING 17600
        ",
    );
    scenes.sent(
        "pings-with-a-hidden-page",
        "LIVE-1",
        "timer page",
        "the PINGs pause while the page is hidden",
        "
        peer 0 0 validated
        focus hidden 3   | sent FOCUS_STATE 0 3
        == validation validated
        advance 1000     | sent PING 600, PING 1100
        ",
    );
}

fn times(scenes: &mut Scenes) {
    scenes.sent(
        "a-ping-at-an-odd-time",
        "LIVE-2",
        "precision",
        "the timestamp is rounded to a coarser clock",
        "
        peer 0 0
        advance 103              | sent VALIDATION_PING 100
        recv VALIDATION_PONG 100
        recv VALIDATION_PING 0   | sent VALIDATION_PONG 0
        == validation validated
        advance 500              | sent PING 603
        advance 500              | sent PING 1103
        ",
    );
    scenes.sent(
        "the-time-and-not-the-half-trip",
        "LIVE-2",
        "precision round-trip",
        "the timestamp is corrected by a round trip",
        "
        peer 0 0 validated
        advance 540     | sent PING 600
        recv PONG 600   | round_trips 40
        == round_trips 40
        advance 460     | sent PING 1100
        ",
    );
    scenes.sent(
        "after-more-than-65535-ms",
        "LIVE-2",
        "precision",
        "the timestamp has 16 bits",
        "
        peer 0 0 validated
        sends accept 0 refuse all by false types 02
        advance 65400
        sends accept 0 refuse 0 by false types 02
        == validation validated
        advance 100   | sent PING 65600
        advance 500   | sent PING 66100
        ",
    );
    scenes.sent(
        "pings-of-a-later-opening",
        "LIVE-2 LIVE-3",
        "precision opening",
        "the timestamp counts from the opening",
        "
        peer 0 0 validated
        advance 100
        channel closed
        advance 100
        channel open
        == validation validated
        advance 500   | sent PING 800
        ",
    );
    scenes.sent(
        "one-ping-at-a-time",
        "LIVE-2",
        "sent-twice",
        "a PING that follows an answer is sent twice",
        "
        peer 0 0 validated
        advance 500     | sent PING 600
        recv PONG 600   | round_trips 0
        == round_trips 0
        advance 500     | sent PING 1100
        ",
    );
}

fn closings(scenes: &mut Scenes) {
    scenes.sent(
        "a-closing-stops-the-pings",
        "LIVE-3",
        "opening timer",
        "the timer runs on while the channel is closed",
        "
        peer 0 0 validated
        sends accept 0 refuse all by false types 14
        advance 300
        channel closed
        advance 100
        channel open   | sent -
        == validation validated
        advance 100    | sent -
        advance 399    | sent -
        ",
    );
    scenes.sent(
        "pings-after-a-reconnection",
        "LIVE-3",
        "opening timer",
        "there are no PINGs after a reconnection",
        "
        peer 0 0 validated
        advance 700    | sent PING 600
        channel closed
        advance 1000   | sent -
        channel open   | sent -
        == validation validated
        advance 499    | sent -
        advance 1      | sent PING 2300
        advance 500    | sent PING 2800
        ",
    );
    scenes.sent(
        "pings-after-a-second-reconnection",
        "LIVE-3",
        "opening timer",
        "only the first reconnection starts the timer again",
        "
        peer 0 0 validated
        channel closed
        channel open
        advance 200
        channel closed
        advance 200
        channel open
        == validation validated
        advance 499   | sent -
        advance 1     | sent PING 1000
        ",
    );
    scenes.sent(
        "no-pings-after-an-opening-without-a-proof",
        "LIVE-3",
        "opening timer",
        "an opening starts the PINGs of a peer that is not validated",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        advance 200
        channel closed
        channel open
        == validation validating
        advance 1000   | sent -
        ",
    );
    scenes.sent(
        "validated-after-a-reconnection",
        "LIVE-3",
        "opening timer",
        "the PINGs are counted from the opening though the validation comes later",
        "
        peer 0 0
        advance 50
        channel closed
        channel open
        advance 300              | sent VALIDATION_PING 150
        recv VALIDATION_PONG 150
        recv VALIDATION_PING 0   | sent VALIDATION_PONG 0
        == validation validated
        advance 499              | sent -
        advance 1                | sent PING 850
        ",
    );
}

fn refusals(scenes: &mut Scenes) {
    scenes.sent(
        "a-refused-ping",
        "LIVE-4",
        "refused-send timer",
        "a refused PING is sent again early",
        "
        peer 0 0 validated
        sends accept 0 refuse 1 by false types 02
        advance 500   | sent -
        == round_trips -
        advance 499   | sent -
        advance 1     | sent PING 1100
        ",
    );
    scenes.sent(
        "a-ping-that-throws",
        "LIVE-4",
        "error-in-send timer",
        "an error in the send stops the timer",
        "
        peer 0 0 validated
        sends accept 0 refuse 2 by throw types 02
        advance 1000   | sent -
        == round_trips -
        advance 500    | sent PING 1600
        advance 500    | sent PING 2100
        ",
    );
    scenes.inspect(
        "the-answer-to-a-refused-ping",
        "LIVE-4",
        "refused-send round-trip",
        "a refused PING is remembered, and a foreign PONG is measured",
        "
        peer 0 0 validated
        sends accept 0 refuse all by false types 02
        advance 520     | sent -
        == round_trips -
        recv PONG 600   | round_trips -
        ",
    );
    scenes.inspect(
        "refused-after-an-accepted-one",
        "LIVE-4",
        "refused-send round-trip",
        "a refused PING is remembered in place of the last one",
        "
        peer 0 0 validated
        sends accept 1 refuse all by false types 02
        advance 1000     | sent PING 600
        recv PONG 600    | round_trips 500
        == round_trips 500
        recv PONG 1100   | round_trips 500
        ",
    );
}
