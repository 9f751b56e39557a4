//! The scenarios of VALID: what proves a channel.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    pongs(scenes);
    proved(scenes);
}

fn pongs(scenes: &mut Scenes) {
    scenes.sent(
        "a-pong-that-is-nearly-right",
        "VALID-5",
        "handshake float-bits",
        "a pong with another timestamp counts",
        "
        peer 0 0
        advance 100               | sent VALIDATION_PING 100
        recv VALIDATION_PONG 101
        recv VALIDATION_PONG 99
        == validation validating
        recv VALIDATION_PING 42   | sent VALIDATION_PONG 42 | validation validating
        advance 500               | sent VALIDATION_PING 600
        ",
    );
    scenes.sent(
        "one-bit-is-wrong",
        "VALID-5",
        "handshake float-bits",
        "half of the bits are compared, or whole milliseconds",
        "
        peer 0 0
        advance 100               | sent VALIDATION_PING 100
        recv VALIDATION_PONG 0x4059000000000001
        recv VALIDATION_PONG 0xc059000000000000
        == validation validating
        recv VALIDATION_PING 42   | sent VALIDATION_PONG 42 | validation validating
        advance 500               | sent VALIDATION_PING 600
        ",
    );
    scenes.inspect(
        "foreign-pongs",
        "VALID-5",
        "handshake float-bits",
        "a pong with another timestamp is an answer",
        "
        peer 0 0
        advance 100                               | sent VALIDATION_PING 100
        recv VALIDATION_PING 42                   | sent VALIDATION_PONG 42
        == validation validating
        recv VALIDATION_PONG 99                   | validation validating
        recv VALIDATION_PONG 42                   | validation validating
        recv VALIDATION_PONG 0x4059000000000001   | validation validating
        ",
    );
    scenes.sent(
        "a-pong-that-was-never-asked-for",
        "VALID-5",
        "handshake",
        "a pong counts though no ping was sent",
        "
        peer 0 0
        recv VALIDATION_PONG 0
        recv VALIDATION_PONG 100
        == validation validating
        recv VALIDATION_PING 42   | sent VALIDATION_PONG 42 | validation validating
        advance 100               | sent VALIDATION_PING 100
        advance 500               | sent VALIDATION_PING 600
        ",
    );
    scenes.sent(
        "a-pong-that-is-not-a-number",
        "VALID-5",
        "handshake nan",
        "a NaN is equal to everything",
        "
        peer 0 0
        advance 100               | sent VALIDATION_PING 100
        recv VALIDATION_PONG 0x7ff8000000000000
        recv VALIDATION_PONG 0x7ff0000000000000
        == validation validating
        recv VALIDATION_PING 42   | sent VALIDATION_PONG 42 | validation validating
        advance 500               | sent VALIDATION_PING 600
        ",
    );
    scenes.sent(
        "the-partners-own-timestamp",
        "VALID-5",
        "handshake",
        "a pong with the partner's timestamp counts",
        "
        peer 0 0
        advance 100               | sent VALIDATION_PING 100
        recv VALIDATION_PING 42   | sent VALIDATION_PONG 42
        == validation validating
        recv VALIDATION_PONG 42   | validation validating
        advance 500               | sent VALIDATION_PING 600
        ",
    );
    scenes.sent(
        "a-pong-of-the-first-ping",
        "VALID-5",
        "handshake",
        "only the newest ping can be answered",
        "
        peer 0 0
        sends accept 0 refuse all by false types 02
        advance 600                | sent VALIDATION_PING 100, VALIDATION_PING 600
        recv VALIDATION_PING 42    | sent VALIDATION_PONG 42
        == validation validating
        recv VALIDATION_PONG 100   | validation validated
        advance 1000               | sent -
        ",
    );
    scenes.sent(
        "a-pong-of-a-repeat",
        "VALID-5",
        "handshake",
        "only the first ping can be answered",
        "
        peer 0 0
        sends accept 0 refuse all by false types 02
        advance 1100               | sent VALIDATION_PING 100, VALIDATION_PING 600, VALIDATION_PING 1100
        recv VALIDATION_PING 42    | sent VALIDATION_PONG 42
        == validation validating
        recv VALIDATION_PONG 600   | validation validated
        advance 1000               | sent -
        ",
    );
    scenes.sent(
        "a-pong-of-a-refused-ping",
        "VALID-5",
        "handshake refused-send",
        "a pong counts whose ping was refused",
        "
        peer 0 0
        sends accept 0 refuse 1 by false types 10
        advance 100               | sent -
        recv VALIDATION_PONG 100
        == validation validating
        recv VALIDATION_PING 42   | sent VALIDATION_PONG 42 | validation validating
        advance 500               | sent VALIDATION_PING 600
        ",
    );
    scenes.sent(
        "a-pong-from-before-the-opening",
        "VALID-5",
        "handshake opening",
        "a pong of the last connection counts",
        "
        peer 0 0
        advance 100               | sent VALIDATION_PING 100
        channel closed
        channel open
        recv VALIDATION_PONG 100
        == validation validating
        recv VALIDATION_PING 42   | sent VALIDATION_PONG 42 | validation validating
        advance 100               | sent VALIDATION_PING 200
        advance 500               | sent VALIDATION_PING 700
        ",
    );
    scenes.sent(
        "a-pong-while-closed",
        "VALID-5",
        "handshake channel-closed",
        "a pong that comes while the channel is closed counts at the opening",
        "
        peer 0 0
        advance 100                | sent VALIDATION_PING 100
        channel closed
        recv VALIDATION_PONG 100   | validation idle
        channel open
        == validation validating
        recv VALIDATION_PING 42    | sent VALIDATION_PONG 42 | validation validating
        advance 100                | sent VALIDATION_PING 200
        advance 500                | sent VALIDATION_PING 700
        ",
    );
}

fn proved(scenes: &mut Scenes) {
    scenes.inspect(
        "a-ping-and-then-a-pong",
        "VALID-6",
        "handshake",
        "the two halves are accepted in one order alone",
        "
        peer 0 0
        advance 100                | sent VALIDATION_PING 100
        recv VALIDATION_PING 42    | sent VALIDATION_PONG 42 | validation validating
        == validation validating
        recv VALIDATION_PONG 100   | validation validated
        ",
    );
    scenes.sent(
        "a-ping-alone",
        "VALID-6",
        "handshake",
        "the partner's ping suffices, which proves one direction",
        "
        peer 1 0
        == validation validating
        recv VALIDATION_PING 42   | sent VALIDATION_PONG 42 | validation validating
        advance 100               | sent VALIDATION_PING 100
        advance 500               | sent VALIDATION_PING 600
        ",
    );
    scenes.sent(
        "two-pings-of-the-partner",
        "VALID-6",
        "handshake",
        "two pings of the partner count as a ping and a pong",
        "
        peer 0 0
        advance 100                | sent VALIDATION_PING 100
        recv VALIDATION_PING 42    | sent VALIDATION_PONG 42
        == validation validating
        recv VALIDATION_PING 542   | sent VALIDATION_PONG 542 | validation validating
        advance 500                | sent VALIDATION_PING 600
        ",
    );
    scenes.sent(
        "two-answers",
        "VALID-6",
        "handshake",
        "two pongs count as a ping and a pong",
        "
        peer 0 0
        advance 600                | sent VALIDATION_PING 100, VALIDATION_PING 600
        recv VALIDATION_PONG 100
        == validation validating
        recv VALIDATION_PONG 600   | validation validating
        advance 500                | sent VALIDATION_PING 1100
        ",
    );
    scenes.inspect(
        "a-closing-keeps-the-validation",
        "VALID-6",
        "handshake opening",
        "a closing makes a validated peer idle",
        "
        peer 1 0 validated
        == validation validated
        channel closed   | validation validated
        ",
    );
    scenes.sent(
        "an-opening-keeps-the-validation",
        "VALID-6",
        "handshake opening",
        "an opening begins the handshake of a validated peer again",
        "
        peer 1 0 validated
        sends accept 0 refuse all by false types 02
        channel closed
        channel open   | validation validated
        == validation validated
        advance 700    | sent -
        ",
    );
    scenes.inspect(
        "validated-for-good",
        "VALID-6",
        "handshake timer",
        "the time limit runs on after the validation",
        "
        peer 1 0 validated
        sends accept 0 refuse all by false types 02
        advance 14899   | validation validated
        == validation validated
        advance 1       | validation validated
        advance 20000   | validation validated
        ",
    );
    scenes.inspect(
        "validated-at-the-last-moment",
        "VALID-6",
        "handshake boundary",
        "a handshake that ends just in time still fails",
        "
        peer 1 0
        sends accept 0 refuse all by false types 02 10
        advance 14500
        sends accept 0 refuse all by false types 02
        advance 499                  | sent VALIDATION_PING 14600
        recv VALIDATION_PING 42      | sent VALIDATION_PONG 42
        recv VALIDATION_PONG 14600   | validation validated
        == validation validated
        advance 1                    | validation validated
        ",
    );
    scenes.inspect(
        "foreign-pongs-after-the-validation",
        "VALID-6",
        "handshake",
        "a wrong pong ends the validation",
        "
        peer 0 0 validated
        == validation validated
        recv VALIDATION_PONG 7     | validation validated
        recv VALIDATION_PONG 100   | validation validated
        ",
    );
}
