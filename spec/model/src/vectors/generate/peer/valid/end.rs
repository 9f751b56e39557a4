//! The scenarios of VALID: a handshake that fails, and one that is suspended.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    fails(scenes);
    suspended(scenes);
}

fn fails(scenes: &mut Scenes) {
    scenes.inspect(
        "it-fails",
        "VALID-7",
        "handshake boundary",
        "a peer that gets no answer fails early, late or never",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        advance 14999   | validation validating
        == validation validating
        advance 1       | validation failed
        ",
    );
    scenes.sent(
        "no-pings-after-the-failure",
        "VALID-7",
        "handshake timer",
        "the repeats go on after the failure",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        advance 14500
        sends accept 0 refuse 0 by false types 10
        advance 499     | sent VALIDATION_PING 14600
        == validation validating
        advance 1       | sent - | validation failed
        advance 600     | sent -
        advance 20000   | sent -
        ",
    );
    scenes.sent(
        "failed-within-a-long-advance",
        "VALID-7",
        "handshake timer",
        "a failure in the middle of an advance comes after the pings behind it",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        advance 14500
        sends accept 0 refuse 0 by false types 10
        == validation validating
        advance 5000   | sent VALIDATION_PING 14600 | validation failed
        ",
    );
    scenes.inspect(
        "a-pong-after-the-failure",
        "VALID-7",
        "handshake boundary",
        "an answer that comes too late validates",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        advance 14500
        sends accept 0 refuse 0 by false types 10
        advance 200                  | sent VALIDATION_PING 14600
        recv VALIDATION_PING 42      | sent VALIDATION_PONG 42
        advance 300                  | validation failed
        == validation failed
        recv VALIDATION_PONG 14600   | validation failed
        recv VALIDATION_PING 43      | sent VALIDATION_PONG 43 | validation failed
        ",
    );
    scenes.sent(
        "an-opening-after-the-failure",
        "VALID-7",
        "handshake opening",
        "a failed peer begins anew at the next opening",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        advance 15000
        channel closed   | validation failed
        channel open     | validation failed
        sends accept 0 refuse 0 by false types 10
        == validation failed
        advance 100      | sent - | validation failed
        advance 500      | sent -
        ",
    );
    scenes.inspect(
        "a-closing-after-the-failure",
        "VALID-7",
        "handshake opening",
        "a closing makes a failed peer idle",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        advance 15000
        == validation failed
        channel closed   | validation failed
        ",
    );
    scenes.inspect(
        "failed-with-an-answer",
        "VALID-7",
        "handshake",
        "a peer whose ping is answered waits for ever for the other",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        advance 14500
        sends accept 0 refuse 0 by false types 10
        advance 200   | sent VALIDATION_PING 14600
        recv VALIDATION_PONG 14600
        advance 299   | validation validating
        == validation validating
        advance 1     | validation failed
        ",
    );
    scenes.inspect(
        "failed-with-a-ping-seen",
        "VALID-7",
        "handshake",
        "a partner's ping puts the failure off",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        advance 14500
        sends accept 0 refuse 0 by false types 10
        advance 200               | sent VALIDATION_PING 14600
        recv VALIDATION_PING 42   | sent VALIDATION_PONG 42
        advance 299               | validation validating
        == validation validating
        advance 1                 | validation failed
        ",
    );
    scenes.inspect(
        "failed-after-a-later-opening",
        "VALID-7 VALID-8",
        "handshake opening boundary",
        "the failure of a later opening comes at the time of the first",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        advance 10000
        channel closed
        advance 2000
        channel open
        advance 14999   | validation validating
        == validation validating
        advance 1       | validation failed
        ",
    );
}

fn suspended(scenes: &mut Scenes) {
    scenes.inspect(
        "a-closing-makes-it-idle",
        "VALID-8",
        "handshake opening",
        "the handshake goes on while the channel is closed",
        "
        peer 0 0
        advance 100                | sent VALIDATION_PING 100
        recv VALIDATION_PONG 100   | validation validating
        == validation validating
        channel closed             | validation idle
        ",
    );
    scenes.inspect(
        "an-opening-begins-anew",
        "VALID-8",
        "handshake opening",
        "a peer whose channel was closed never validates",
        "
        peer 0 0
        advance 50
        channel closed
        advance 50
        == validation idle
        channel open   | validation validating
        ",
    );
    scenes.sent(
        "forgets-the-ping-that-it-saw",
        "VALID-8",
        "handshake opening",
        "a ping that came before the closing counts after the opening",
        "
        peer 0 0
        advance 50
        recv VALIDATION_PING 42    | sent VALIDATION_PONG 42
        channel closed
        channel open
        advance 100                | sent VALIDATION_PING 150
        == validation validating
        recv VALIDATION_PONG 150   | validation validating
        advance 500                | sent VALIDATION_PING 650
        ",
    );
    scenes.sent(
        "forgets-its-answer",
        "VALID-8",
        "handshake opening",
        "an answer that came before the closing counts after the opening",
        "
        peer 0 0
        advance 100               | sent VALIDATION_PING 100
        recv VALIDATION_PONG 100
        channel closed
        channel open
        == validation validating
        recv VALIDATION_PING 42   | sent VALIDATION_PONG 42 | validation validating
        advance 100               | sent VALIDATION_PING 200
        advance 500               | sent VALIDATION_PING 700
        ",
    );
    scenes.sent(
        "no-ping-while-closed",
        "VALID-8",
        "handshake opening",
        "the timer of the ping runs on while the channel is closed",
        "
        peer 0 0
        advance 60
        channel closed
        advance 20
        channel open
        == validation validating
        advance 20   | sent -
        advance 79   | sent -
        advance 1    | sent VALIDATION_PING 180
        ",
    );
    scenes.inspect(
        "idle-does-not-fail",
        "VALID-8",
        "handshake opening timer",
        "the time limit runs on while the channel is closed",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        advance 5000
        channel closed
        advance 9999    | validation idle
        == validation idle
        advance 1       | validation idle
        advance 60000   | validation idle
        ",
    );
    scenes.sent(
        "closed-at-the-last-moment",
        "VALID-8",
        "handshake opening boundary",
        "the time limit of the first opening ends the second",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        advance 14999
        sends accept 0 refuse 0 by false types 10
        channel closed
        channel open
        advance 100   | sent VALIDATION_PING 15099
        == validation validating
        advance 500   | sent VALIDATION_PING 15599 | validation validating
        ",
    );
}
