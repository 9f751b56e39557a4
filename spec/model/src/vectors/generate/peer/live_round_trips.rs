//! The scenarios of LIVE: round trips.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    measured(scenes);
    foreign(scenes);
    kept(scenes);
    unanswered(scenes);
    connections(scenes);
}

fn measured(scenes: &mut Scenes) {
    scenes.inspect(
        "a-pong-at-once",
        "LIVE-8",
        "round-trip boundary",
        "a round trip of zero is not kept",
        "
        peer 0 0 validated
        advance 500     | sent PING 600
        == round_trips -
        recv PONG 600   | round_trips 0
        ",
    );
    scenes.inspect(
        "to-the-millisecond",
        "LIVE-8",
        "round-trip precision",
        "a round trip is rounded",
        "
        peer 0 0 validated
        advance 537     | sent PING 600
        == round_trips -
        recv PONG 600   | round_trips 37
        ",
    );
    scenes.inspect(
        "an-old-ping-after-a-new-one",
        "LIVE-8",
        "round-trip order",
        "an answer makes the PINGs before it unknown",
        "
        peer 0 0 validated
        advance 1030     | sent PING 600, PING 1100
        recv PONG 1100   | round_trips 30
        == round_trips 30
        recv PONG 600    | round_trips 30 530
        ",
    );
    scenes.inspect(
        "a-new-ping-before-an-old-one",
        "LIVE-8",
        "round-trip order",
        "only the oldest PING is measured",
        "
        peer 0 0 validated
        advance 1530     | sent PING 600, PING 1100, PING 1600
        == round_trips -
        recv PONG 1600   | round_trips 30
        recv PONG 1100   | round_trips 30 530
        recv PONG 600    | round_trips 30 530 1030
        ",
    );
    scenes.inspect(
        "measured-with-a-hidden-page",
        "LIVE-8",
        "round-trip page",
        "nothing is measured while the page is hidden",
        "
        peer 0 0 validated
        focus hidden 3   | sent FOCUS_STATE 0 3
        advance 520      | sent PING 600
        == round_trips -
        recv PONG 600    | round_trips 20
        ",
    );
    scenes.inspect(
        "the-oldest-of-two-at-once",
        "LIVE-8",
        "round-trip",
        "the time of the newest PING is taken for all",
        "
        peer 0 0 validated
        advance 1010     | sent PING 600, PING 1100
        == round_trips -
        recv PONG 600    | round_trips 510
        recv PONG 1100   | round_trips 510 10
        ",
    );
}

fn foreign(scenes: &mut Scenes) {
    scenes.inspect(
        "a-pong-that-was-never-asked-for",
        "LIVE-9",
        "round-trip",
        "a PONG counts before the first PING",
        "
        peer 0 0 validated
        advance 100
        == round_trips -
        recv PONG 77    | round_trips -
        recv PONG 150   | round_trips -
        ",
    );
    scenes.inspect(
        "a-pong-with-a-foreign-timestamp",
        "LIVE-9",
        "round-trip",
        "any PONG answers the oldest PING",
        "
        peer 0 0 validated
        advance 550     | sent PING 600
        == round_trips -
        recv PONG 400   | round_trips -
        recv PONG 600   | round_trips 50
        ",
    );
    scenes.inspect(
        "a-second-pong",
        "LIVE-9",
        "round-trip",
        "a repeated PONG is measured again",
        "
        peer 0 0 validated
        advance 530     | sent PING 600
        recv PONG 600   | round_trips 30
        advance 20
        == round_trips 30
        recv PONG 600   | round_trips 30
        ",
    );
    scenes.inspect(
        "a-pong-that-is-not-a-number",
        "LIVE-9",
        "round-trip nan",
        "a NaN gets into the round trips",
        "
        peer 0 0 validated
        advance 520                    | sent PING 600
        == round_trips -
        recv PONG 0x7ff8000000000000   | round_trips -
        recv PONG 0xfff8000000000000   | round_trips -
        ",
    );
    scenes.inspect(
        "a-pong-that-is-infinite",
        "LIVE-9",
        "round-trip float-bits",
        "a round trip is infinite",
        "
        peer 0 0 validated
        advance 520                    | sent PING 600
        == round_trips -
        recv PONG 0xfff0000000000000   | round_trips -
        recv PONG 0x7ff0000000000000   | round_trips -
        ",
    );
    scenes.inspect(
        "a-pong-from-the-future",
        "LIVE-9",
        "round-trip sign",
        "a round trip is negative",
        "
        peer 0 0 validated
        advance 520      | sent PING 600
        == round_trips -
        recv PONG 1100   | round_trips -
        recv PONG 621    | round_trips -
        ",
    );
    scenes.inspect(
        "a-negative-pong",
        "LIVE-9",
        "round-trip sign",
        "the sign of the timestamp is not looked at",
        "
        peer 0 0 validated
        advance 520                    | sent PING 600
        == round_trips -
        recv PONG 0xc082c00000000000   | round_trips -
        ",
    );
    scenes.inspect(
        "a-pong-at-minus-zero",
        "LIVE-9",
        "round-trip zero",
        "minus zero is in the past, so it counts",
        "
        peer 0 0 validated
        advance 520                    | sent PING 600
        == round_trips -
        recv PONG 0x8000000000000000   | round_trips -
        recv PONG 0                    | round_trips -
        ",
    );
    scenes.inspect(
        "a-pong-that-is-nearly-right",
        "LIVE-9",
        "round-trip float-bits",
        "timestamps are compared in whole milliseconds",
        "
        peer 0 0 validated
        advance 520                    | sent PING 600
        == round_trips -
        recv PONG 0x4082c00000000001   | round_trips -
        recv PONG 601                  | round_trips -
        recv PONG 599                  | round_trips -
        ",
    );
    scenes.inspect(
        "the-timestamp-of-a-validation-ping",
        "LIVE-9",
        "round-trip handshake",
        "a PONG to a VALIDATION_PING is measured",
        "
        peer 0 0 validated
        advance 50
        == round_trips -
        recv PONG 100   | round_trips -
        ",
    );
    scenes.inspect(
        "a-validation-pong-with-a-pings-timestamp",
        "LIVE-9",
        "round-trip handshake lookalike",
        "a VALIDATION_PONG is measured like a PONG",
        "
        peer 0 0 validated
        advance 550                | sent PING 600
        == round_trips -
        recv VALIDATION_PONG 600   | round_trips -
        recv PONG 600              | round_trips 50
        ",
    );
}

fn kept(scenes: &mut Scenes) {
    scenes.inspect(
        "ten-round-trips",
        "LIVE-10",
        "round-trip boundary",
        "nine or eleven are kept",
        "
        peer 0 0 validated
        advance 5520     | sent PING 600, PING 1100, PING 1600, PING 2100, PING 2600, PING 3100, PING 3600, PING 4100, PING 4600, PING 5100, PING 5600
        recv PONG 600
        recv PONG 1100
        recv PONG 1600
        recv PONG 2100
        recv PONG 2600
        recv PONG 3100
        recv PONG 3600
        recv PONG 4100
        recv PONG 4600
        recv PONG 5100   | round_trips 5020 4520 4020 3520 3020 2520 2020 1520 1020 520
        == round_trips 5020 4520 4020 3520 3020 2520 2020 1520 1020 520
        recv PONG 5600   | round_trips 4520 4020 3520 3020 2520 2020 1520 1020 520 20
        ",
    );
    scenes.inspect(
        "in-the-order-of-arrival",
        "LIVE-10",
        "round-trip order",
        "the round trips are sorted, or the newest is first",
        "
        peer 0 0 validated
        advance 1030     | sent PING 600, PING 1100
        recv PONG 600
        == round_trips 530
        recv PONG 1100   | round_trips 530 30
        ",
    );
    scenes.inspect(
        "equal-round-trips",
        "LIVE-10",
        "round-trip",
        "equal round trips are kept once",
        "
        peer 0 0 validated
        advance 530      | sent PING 600
        recv PONG 600
        advance 500      | sent PING 1100
        == round_trips 30
        recv PONG 1100   | round_trips 30 30
        ",
    );
    scenes.inspect(
        "the-tenth-and-the-eleventh",
        "LIVE-10",
        "round-trip boundary",
        "the list is emptied when it is full",
        "
        peer 0 0 validated
        advance 6020     | sent PING 600, PING 1100, PING 1600, PING 2100, PING 2600, PING 3100, PING 3600, PING 4100, PING 4600, PING 5100, PING 5600, PING 6100
        recv PONG 600
        recv PONG 1100
        recv PONG 1600
        recv PONG 2100
        recv PONG 2600
        recv PONG 3100
        recv PONG 3600
        recv PONG 4100
        recv PONG 4600
        recv PONG 5100
        recv PONG 5600
        == round_trips 5020 4520 4020 3520 3020 2520 2020 1520 1020 520
        recv PONG 6100   | round_trips 4520 4020 3520 3020 2520 2020 1520 1020 520 20
        ",
    );
}

fn unanswered(scenes: &mut Scenes) {
    scenes.inspect(
        "the-oldest-of-32",
        "LIVE-11",
        "round-trip boundary",
        "31 PINGs are remembered",
        "
        peer 0 0 validated
        advance 16010   | sent PING 600, PING 1100, PING 1600, PING 2100, PING 2600, PING 3100, PING 3600, PING 4100, PING 4600, PING 5100, PING 5600, PING 6100, PING 6600, PING 7100, PING 7600, PING 8100, PING 8600, PING 9100, PING 9600, PING 10100, PING 10600, PING 11100, PING 11600, PING 12100, PING 12600, PING 13100, PING 13600, PING 14100, PING 14600, PING 15100, PING 15600, PING 16100
        == round_trips -
        recv PONG 600   | round_trips 15510
        ",
    );
    scenes.inspect(
        "the-oldest-of-33",
        "LIVE-11",
        "round-trip boundary",
        "33 PINGs are remembered, or all",
        "
        peer 0 0 validated
        advance 16510    | sent PING 600, PING 1100, PING 1600, PING 2100, PING 2600, PING 3100, PING 3600, PING 4100, PING 4600, PING 5100, PING 5600, PING 6100, PING 6600, PING 7100, PING 7600, PING 8100, PING 8600, PING 9100, PING 9600, PING 10100, PING 10600, PING 11100, PING 11600, PING 12100, PING 12600, PING 13100, PING 13600, PING 14100, PING 14600, PING 15100, PING 15600, PING 16100, PING 16600
        == round_trips -
        recv PONG 600    | round_trips -
        recv PONG 1100   | round_trips 15510
        ",
    );
    scenes.inspect(
        "the-newest-of-33",
        "LIVE-11",
        "round-trip boundary",
        "a full list takes no PING more",
        "
        peer 0 0 validated
        advance 16510     | sent PING 600, PING 1100, PING 1600, PING 2100, PING 2600, PING 3100, PING 3600, PING 4100, PING 4600, PING 5100, PING 5600, PING 6100, PING 6600, PING 7100, PING 7600, PING 8100, PING 8600, PING 9100, PING 9600, PING 10100, PING 10600, PING 11100, PING 11600, PING 12100, PING 12600, PING 13100, PING 13600, PING 14100, PING 14600, PING 15100, PING 15600, PING 16100, PING 16600
        == round_trips -
        recv PONG 16600   | round_trips 10
        ",
    );
    scenes.inspect(
        "answered-pings-make-room",
        "LIVE-11",
        "round-trip boundary",
        "answered PINGs count among the 32",
        "
        peer 0 0 validated
        advance 1010     | sent PING 600, PING 1100
        recv PONG 1100   | round_trips 10
        advance 15500    | sent PING 1600, PING 2100, PING 2600, PING 3100, PING 3600, PING 4100, PING 4600, PING 5100, PING 5600, PING 6100, PING 6600, PING 7100, PING 7600, PING 8100, PING 8600, PING 9100, PING 9600, PING 10100, PING 10600, PING 11100, PING 11600, PING 12100, PING 12600, PING 13100, PING 13600, PING 14100, PING 14600, PING 15100, PING 15600, PING 16100, PING 16600
        == round_trips 10
        recv PONG 600    | round_trips 10 16010
        ",
    );
    scenes.inspect(
        "refused-pings-make-no-room",
        "LIVE-11 LIVE-4",
        "round-trip refused-send",
        "a refused PING makes the oldest unknown",
        "
        peer 0 0 validated
        advance 16010   | sent PING 600, PING 1100, PING 1600, PING 2100, PING 2600, PING 3100, PING 3600, PING 4100, PING 4600, PING 5100, PING 5600, PING 6100, PING 6600, PING 7100, PING 7600, PING 8100, PING 8600, PING 9100, PING 9600, PING 10100, PING 10600, PING 11100, PING 11600, PING 12100, PING 12600, PING 13100, PING 13600, PING 14100, PING 14600, PING 15100, PING 15600, PING 16100
        sends accept 0 refuse all by false types 02
        advance 500
        == round_trips -
        recv PONG 600   | round_trips 16010
        ",
    );
}

fn connections(scenes: &mut Scenes) {
    scenes.inspect(
        "a-closing-keeps-the-round-trips",
        "LIVE-12",
        "round-trip opening",
        "a closing forgets the round trips",
        "
        peer 0 0 validated
        advance 520      | sent PING 600
        recv PONG 600    | round_trips 20
        == round_trips 20
        channel closed   | round_trips 20
        ",
    );
    scenes.inspect(
        "an-opening-keeps-the-round-trips",
        "LIVE-12",
        "round-trip opening",
        "an opening begins a new list",
        "
        peer 0 0 validated
        advance 520    | sent PING 600
        recv PONG 600
        channel closed
        == round_trips 20
        channel open   | round_trips 20
        ",
    );
    scenes.inspect(
        "a-pong-after-the-closing",
        "LIVE-12",
        "round-trip channel-closed",
        "a PONG that comes while the channel is closed is measured",
        "
        peer 0 0 validated
        advance 520     | sent PING 600
        channel closed
        == round_trips -
        recv PONG 600   | round_trips -
        ",
    );
    scenes.inspect(
        "a-pong-of-the-last-connection",
        "LIVE-12",
        "round-trip opening",
        "a PONG that comes after a reconnection is measured",
        "
        peer 0 0 validated
        advance 520     | sent PING 600
        channel closed
        advance 3000
        channel open
        == round_trips -
        recv PONG 600   | round_trips -
        ",
    );
    scenes.inspect(
        "a-pong-of-this-connection",
        "LIVE-12",
        "round-trip opening",
        "the PINGs after a reconnection are not measured",
        "
        peer 0 0 validated
        advance 520      | sent PING 600
        channel closed
        channel open
        advance 530      | sent PING 1120
        == round_trips -
        recv PONG 1120   | round_trips 30
        ",
    );
}
