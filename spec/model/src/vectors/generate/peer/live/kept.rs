//! The scenarios of LIVE: what is remembered.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    kept(scenes);
    unanswered(scenes);
    connections(scenes);
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
        advance 500      | sent PING 600
        advance 500      | sent PING 1100
        advance 500      | sent PING 1600
        advance 500      | sent PING 2100
        advance 500      | sent PING 2600
        advance 500      | sent PING 3100
        advance 500      | sent PING 3600
        advance 500      | sent PING 4100
        advance 500      | sent PING 4600
        advance 500      | sent PING 5100
        advance 500      | sent PING 5600
        advance 500      | sent PING 6100
        advance 20
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
        advance 500     | sent PING 600
        advance 500     | sent PING 1100
        advance 500     | sent PING 1600
        advance 500     | sent PING 2100
        advance 500     | sent PING 2600
        advance 500     | sent PING 3100
        advance 500     | sent PING 3600
        advance 500     | sent PING 4100
        advance 500     | sent PING 4600
        advance 500     | sent PING 5100
        advance 500     | sent PING 5600
        advance 500     | sent PING 6100
        advance 500     | sent PING 6600
        advance 500     | sent PING 7100
        advance 500     | sent PING 7600
        advance 500     | sent PING 8100
        advance 500     | sent PING 8600
        advance 500     | sent PING 9100
        advance 500     | sent PING 9600
        advance 500     | sent PING 10100
        advance 500     | sent PING 10600
        advance 500     | sent PING 11100
        advance 500     | sent PING 11600
        advance 500     | sent PING 12100
        advance 500     | sent PING 12600
        advance 500     | sent PING 13100
        advance 500     | sent PING 13600
        advance 500     | sent PING 14100
        advance 500     | sent PING 14600
        advance 500     | sent PING 15100
        advance 500     | sent PING 15600
        advance 500     | sent PING 16100
        == round_trips -
        recv PONG 600   | round_trips 15500
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
        sends accept 0 refuse all by false types 14
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
