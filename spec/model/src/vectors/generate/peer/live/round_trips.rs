//! The scenarios of LIVE: what is measured.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    measured(scenes);
    foreign(scenes);
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
