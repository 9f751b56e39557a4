//! The scenarios of VALID: pings of its own.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    first(scenes);
    repeats(scenes);
}

fn first(scenes: &mut Scenes) {
    scenes.sent(
        "the-first-ping",
        "VALID-1",
        "handshake timer",
        "the first VALIDATION_PING is sent by player 0 alone, or not 100 ms after the opening",
        "
        peer 1 0
        == validation validating
        advance 99   | sent -
        advance 1    | sent VALIDATION_PING 100
        ",
    );
    scenes.sent(
        "after-a-later-opening",
        "VALID-1 VALID-8",
        "handshake opening",
        "the 100 ms are counted from the creation, or are left out at a second opening",
        "
        peer 0 0
        channel closed
        advance 1000   | sent -
        channel open   | sent -
        == validation validating
        advance 99     | sent -
        advance 1      | sent VALIDATION_PING 1100
        ",
    );
    scenes.sent(
        "at-an-odd-time",
        "VALID-1",
        "handshake precision",
        "the timestamp is rounded to a coarser clock",
        "
        peer 0 0
        channel closed
        advance 3
        channel open
        == validation validating
        advance 100   | sent VALIDATION_PING 103
        ",
    );
    scenes.sent(
        "hours-after-the-creation",
        "VALID-1",
        "handshake precision",
        "the timestamp goes through a float of 32 bits",
        "
        peer 0 0
        channel closed
        advance 3600000
        advance 3600000
        advance 3600000
        advance 3600000
        advance 3600000
        advance 3
        channel open
        == validation validating
        advance 100   | sent VALIDATION_PING 18000103
        ",
    );
    scenes.sent(
        "the-timestamp-is-the-due-time",
        "VALID-1",
        "handshake timer",
        "the timestamp is the time at the end of the advance",
        "
        peer 1 0
        == validation validating
        advance 599   | sent VALIDATION_PING 100
        advance 1     | sent VALIDATION_PING 600
        ",
    );
    scenes.sent(
        "a-ping-that-came-first",
        "VALID-1",
        "handshake",
        "a peer that has seen a ping does not send its own",
        "
        peer 0 0
        advance 50
        recv VALIDATION_PING 42   | sent VALIDATION_PONG 42
        == validation validating
        advance 50                | sent VALIDATION_PING 100
        ",
    );
    scenes.sent(
        "opened-again-in-the-same-millisecond",
        "VALID-1 VALID-8",
        "handshake opening",
        "a channel that was closed for no time still has its ping of before",
        "
        peer 0 0
        advance 100    | sent VALIDATION_PING 100
        channel closed
        channel open   | sent -
        == validation validating
        advance 99     | sent -
        advance 1      | sent VALIDATION_PING 200
        ",
    );
    scenes.sent(
        "one-ping-after-an-opening",
        "VALID-1",
        "handshake opening",
        "the ping of each opening so far is sent",
        "
        peer 0 0
        advance 20
        channel closed
        channel open
        channel closed
        channel open
        == validation validating
        advance 100   | sent VALIDATION_PING 120
        advance 499   | sent -
        ",
    );
}

fn repeats(scenes: &mut Scenes) {
    scenes.sent(
        "the-second-ping",
        "VALID-2",
        "handshake timer",
        "a ping that was lost is not repeated",
        "
        peer 0 0
        advance 100   | sent VALIDATION_PING 100
        == validation validating
        advance 499   | sent -
        advance 1     | sent VALIDATION_PING 600
        ",
    );
    scenes.sent(
        "all-pings",
        "VALID-2",
        "handshake timer",
        "the repeats end after some time, or become rarer",
        "
        peer 0 0
        sends accept 3 refuse all by false types 10
        advance 13600   | sent VALIDATION_PING 100, VALIDATION_PING 600, VALIDATION_PING 1100
        sends accept 0 refuse 0 by false types 10
        == validation validating
        advance 500     | sent VALIDATION_PING 14100
        advance 500     | sent VALIDATION_PING 14600
        advance 399     | sent -
        ",
    );
    scenes.sent(
        "repeats-after-a-ping-was-seen",
        "VALID-2",
        "handshake",
        "the pings stop when the partner's ping is seen",
        "
        peer 0 0
        advance 100               | sent VALIDATION_PING 100
        recv VALIDATION_PING 42   | sent VALIDATION_PONG 42
        == validation validating
        advance 500               | sent VALIDATION_PING 600
        advance 500               | sent VALIDATION_PING 1100
        ",
    );
    scenes.sent(
        "repeats-after-an-answer",
        "VALID-2",
        "handshake",
        "the pings stop with the answer, and the partner that has lost its pong never sees one",
        "
        peer 0 0
        advance 100   | sent VALIDATION_PING 100
        recv VALIDATION_PONG 100
        == validation validating
        advance 500   | sent VALIDATION_PING 600
        advance 500   | sent VALIDATION_PING 1100
        ",
    );
    scenes.sent(
        "a-refused-ping",
        "VALID-2",
        "handshake refused-send",
        "a refused ping is sent again early",
        "
        peer 0 0
        sends accept 0 refuse 1 by false types 10
        advance 100   | sent -
        == validation validating
        advance 499   | sent -
        advance 1     | sent VALIDATION_PING 600
        advance 500   | sent VALIDATION_PING 1100
        ",
    );
    scenes.sent(
        "a-ping-that-throws",
        "VALID-2",
        "handshake error-in-send",
        "an error in the send stops the repeats",
        "
        peer 0 0
        sends accept 0 refuse 2 by throw types 10
        advance 100   | sent -
        advance 500   | sent -
        == validation validating
        advance 500   | sent VALIDATION_PING 1100
        ",
    );
    scenes.sent(
        "a-repeat-that-is-refused",
        "VALID-2",
        "handshake refused-send",
        "a refused repeat moves those after it",
        "
        peer 0 0
        sends accept 1 refuse 1 by false types 10
        advance 100   | sent VALIDATION_PING 100
        advance 500   | sent -
        == validation validating
        advance 499   | sent -
        advance 1     | sent VALIDATION_PING 1100
        ",
    );
    scenes.sent(
        "the-repeats-end-with-the-validation",
        "VALID-2",
        "handshake timer",
        "a repeat goes on after a validation that took more than one ping",
        "
        peer 0 0
        sends accept 0 refuse all by false types 02
        advance 600               | sent VALIDATION_PING 100, VALIDATION_PING 600
        recv VALIDATION_PONG 600
        recv VALIDATION_PING 42   | sent VALIDATION_PONG 42 | validation validated
        == validation validated
        advance 5000              | sent -
        ",
    );
    scenes.sent(
        "repeats-after-a-later-opening",
        "VALID-2",
        "handshake opening",
        "only the pings of the first opening are repeated",
        "
        peer 0 0
        advance 300   | sent VALIDATION_PING 100
        channel closed
        advance 300
        channel open
        == validation validating
        advance 100   | sent VALIDATION_PING 700
        advance 499   | sent -
        advance 1     | sent VALIDATION_PING 1200
        ",
    );
}
