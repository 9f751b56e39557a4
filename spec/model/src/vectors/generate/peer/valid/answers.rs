//! The scenarios of VALID: pings of the partner.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    answers(scenes);
    seen(scenes);
}

fn answers(scenes: &mut Scenes) {
    scenes.sent(
        "a-ping-is-answered",
        "VALID-3",
        "handshake answers",
        "a ping that comes before the own one is not answered",
        "
        peer 0 0
        == validation validating
        recv VALIDATION_PING 42   | sent VALIDATION_PONG 42
        ",
    );
    scenes.sent(
        "each-ping-is-answered",
        "VALID-3",
        "handshake answers",
        "only the first ping of the partner is answered",
        "
        peer 0 0
        recv VALIDATION_PING 42    | sent VALIDATION_PONG 42
        == validation validating
        recv VALIDATION_PING 42    | sent VALIDATION_PONG 42
        recv VALIDATION_PING 542   | sent VALIDATION_PONG 542
        ",
    );
    scenes.sent(
        "answered-when-validated",
        "VALID-3",
        "handshake answers",
        "a validated peer answers no more, and its partner fails",
        "
        peer 0 0 validated
        == validation validated
        recv VALIDATION_PING 500   | sent VALIDATION_PONG 500
        ",
    );
    scenes.sent(
        "answered-when-failed",
        "VALID-3",
        "handshake answers",
        "a failed peer answers no more",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        advance 15000
        == validation failed
        recv VALIDATION_PING 500   | sent VALIDATION_PONG 500
        ",
    );
    scenes.sent(
        "a-ping-that-is-not-a-number",
        "VALID-3",
        "handshake answers nan",
        "a NaN is not answered",
        "
        peer 0 0
        == validation validating
        recv VALIDATION_PING 0x7ff8000000000000   | sent VALIDATION_PONG 0x7ff8000000000000
        ",
    );
    scenes.sent(
        "a-ping-at-minus-zero",
        "VALID-3",
        "handshake answers zero",
        "minus zero is answered with zero",
        "
        peer 0 0
        == validation validating
        recv VALIDATION_PING 0x8000000000000000   | sent VALIDATION_PONG 0x8000000000000000
        ",
    );
    scenes.sent(
        "a-ping-that-is-infinite",
        "VALID-3",
        "handshake answers float-bits",
        "an infinite timestamp is not answered, or saturates",
        "
        peer 0 0
        == validation validating
        recv VALIDATION_PING 0x7ff0000000000000   | sent VALIDATION_PONG 0x7ff0000000000000
        recv VALIDATION_PING 0xfff0000000000000   | sent VALIDATION_PONG 0xfff0000000000000
        ",
    );
    scenes.sent(
        "a-ping-with-a-fraction",
        "VALID-3",
        "handshake answers float-bits",
        "the answer has whole milliseconds",
        "
        peer 0 0
        == validation validating
        recv VALIDATION_PING 0x40594ccccccccccd   | sent VALIDATION_PONG 0x40594ccccccccccd
        ",
    );
    scenes.sent(
        "a-tiny-ping",
        "VALID-3",
        "handshake answers subnormal",
        "a subnormal timestamp is flushed to zero",
        "
        peer 0 0
        == validation validating
        recv VALIDATION_PING 0x0000000000000001   | sent VALIDATION_PONG 0x0000000000000001
        ",
    );
    scenes.sent(
        "an-answer-that-was-refused",
        "VALID-3",
        "handshake answers refused-send",
        "a refused answer is sent with the next",
        "
        peer 0 0
        sends accept 0 refuse 1 by false types 11
        recv VALIDATION_PING 42    | sent -
        == validation validating
        recv VALIDATION_PING 542   | sent VALIDATION_PONG 542
        ",
    );
    scenes.sent(
        "a-ping-while-closed",
        "VALID-3",
        "handshake answers channel-closed",
        "a ping that comes while the channel is closed is answered at the opening",
        "
        peer 0 0
        channel closed
        recv VALIDATION_PING 42   | sent -
        channel open              | sent -
        == validation validating
        recv VALIDATION_PING 43   | sent VALIDATION_PONG 43
        ",
    );
}

fn seen(scenes: &mut Scenes) {
    scenes.sent(
        "seen-while-closed",
        "VALID-4",
        "handshake channel-closed",
        "a ping that comes while the channel is closed counts after the opening",
        "
        peer 0 0
        channel closed
        recv VALIDATION_PING 42    | sent -
        channel open
        advance 100                | sent VALIDATION_PING 100
        == validation validating
        recv VALIDATION_PONG 100   | validation validating
        advance 500                | sent VALIDATION_PING 600
        ",
    );
    scenes.inspect(
        "seen-though-its-answer-is-refused",
        "VALID-4",
        "handshake refused-send",
        "a ping whose answer is refused is not seen",
        "
        peer 0 0
        sends accept 0 refuse all by false types 11
        advance 100               | sent VALIDATION_PING 100
        recv VALIDATION_PONG 100
        == validation validating
        recv VALIDATION_PING 42   | validation validated
        ",
    );
    scenes.sent(
        "seen-though-its-answer-throws",
        "VALID-4",
        "handshake error-in-send",
        "an error in the answer hides the ping",
        "
        peer 0 0
        sends accept 0 refuse all by throw types 02 11
        advance 100                | sent VALIDATION_PING 100
        recv VALIDATION_PING 42    | sent -
        recv VALIDATION_PONG 100   | validation validated
        == validation validated
        advance 1000               | sent -
        ",
    );
    scenes.sent(
        "seen-before-the-own-ping",
        "VALID-4",
        "handshake",
        "a ping that comes before the own one is forgotten",
        "
        peer 0 0
        sends accept 0 refuse all by false types 02
        recv VALIDATION_PING 42    | sent VALIDATION_PONG 42
        advance 100                | sent VALIDATION_PING 100
        == validation validating
        recv VALIDATION_PONG 100   | validation validated
        advance 1000               | sent -
        ",
    );
    scenes.sent(
        "seen-in-a-later-opening",
        "VALID-4",
        "handshake opening",
        "the pings of a later opening are not seen",
        "
        peer 0 0
        sends accept 0 refuse all by false types 02
        advance 10
        channel closed
        channel open
        recv VALIDATION_PING 42    | sent VALIDATION_PONG 42
        advance 100                | sent VALIDATION_PING 110
        == validation validating
        recv VALIDATION_PONG 110   | validation validated
        advance 1000               | sent -
        ",
    );
}
