//! The scenarios of LIVE: PINGs that are answered, and what is not.

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    answers(scenes);
    silence(scenes);
}

fn answers(scenes: &mut Scenes) {
    scenes.sent(
        "a-ping-is-answered",
        "LIVE-5",
        "answers",
        "a PING is answered with its eight bytes, at once",
        "
        peer 0 0
        == round_trips -
        recv PING 77   | sent PONG 77
        ",
    );
    scenes.sent(
        "answered-when-validated",
        "LIVE-5",
        "answers",
        "a PING is answered twice, by two handlers",
        "
        peer 1 0 validated
        == validation validated
        recv PING 77   | sent PONG 77
        recv PING 77   | sent PONG 77
        ",
    );
    scenes.sent(
        "answered-when-failed",
        "LIVE-5",
        "answers",
        "a PING is not answered after a handshake that has failed",
        "
        peer 0 0
        sends accept 0 refuse all by false types 10
        advance 15000
        == validation failed
        recv PING 77   | sent PONG 77
        ",
    );
    scenes.sent(
        "answered-while-waiting",
        "LIVE-5",
        "answers barrier",
        "a PING is not answered before the start",
        "
        peer 0 0
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        recv PING 77     | sent PONG 77
        ",
    );
    scenes.sent(
        "answered-while-playing",
        "LIVE-5",
        "answers",
        "a PING is not answered in a game",
        "
        peer 0 0 started
        == episode 0 playing both equal
        recv PING 77   | sent PONG 77
        ",
    );
    scenes.sent(
        "answered-when-complete",
        "LIVE-5",
        "answers episode-end",
        "a PING is not answered between two episodes",
        "
        peer 0 0 started
        ended 0        | sent EPISODE_END 0 0
        recv EPISODE_END 0 0
        == episode 0 complete end 0 agreed both equal
        recv PING 77   | sent PONG 77
        ",
    );
    scenes.sent(
        "answered-with-a-hidden-page",
        "LIVE-5",
        "answers page",
        "a PING is not answered while the page is hidden",
        "
        peer 0 0
        focus hidden 3   | sent FOCUS_STATE 0 3
        == partner shown
        recv PING 77     | sent PONG 77
        ",
    );
    scenes.sent(
        "answered-while-the-partner-is-hidden",
        "LIVE-5",
        "answers page",
        "a PING of a hidden partner is not answered",
        "
        peer 0 0
        recv FOCUS_STATE 0 3   | partner hidden
        == partner hidden
        recv PING 77           | sent PONG 77
        ",
    );
    scenes.sent(
        "answered-in-a-rollback",
        "LIVE-5",
        "answers rollback",
        "a second PING waits until the rollback ends",
        "
        peer 0 0 started
        rollback begin 3
        == episode 0 playing both equal
        recv PING 77   | sent PONG 77
        recv PING 78   | sent PONG 78
        ",
    );
    scenes.sent(
        "a-ping-that-is-not-a-number",
        "LIVE-5",
        "answers nan",
        "a NaN is not answered",
        "
        peer 0 0
        == round_trips -
        recv PING 0x7ff8000000000000   | sent PONG 0x7ff8000000000000
        ",
    );
    scenes.sent(
        "a-ping-that-is-infinite",
        "LIVE-5",
        "answers float-bits",
        "an infinite timestamp is not answered, or saturates",
        "
        peer 0 0
        == round_trips -
        recv PING 0x7ff0000000000000   | sent PONG 0x7ff0000000000000
        recv PING 0xfff0000000000000   | sent PONG 0xfff0000000000000
        ",
    );
    scenes.sent(
        "a-ping-at-minus-zero",
        "LIVE-5",
        "answers zero",
        "minus zero is answered with zero",
        "
        peer 0 0
        == round_trips -
        recv PING 0x8000000000000000   | sent PONG 0x8000000000000000
        ",
    );
    scenes.sent(
        "a-tiny-ping",
        "LIVE-5",
        "answers subnormal",
        "a subnormal timestamp is flushed to zero",
        "
        peer 0 0
        == round_trips -
        recv PING 0x0000000000000001   | sent PONG 0x0000000000000001
        recv PING 0x800fffffffffffff   | sent PONG 0x800fffffffffffff
        ",
    );
    scenes.sent(
        "a-ping-with-a-fraction",
        "LIVE-5",
        "answers float-bits",
        "the answer has whole milliseconds",
        "
        peer 0 0
        == round_trips -
        recv PING 0x40594ccccccccccd   | sent PONG 0x40594ccccccccccd
        ",
    );
    scenes.sent(
        "a-ping-with-a-negative-time",
        "LIVE-5",
        "answers sign",
        "a negative timestamp is not answered",
        "
        peer 0 0
        == round_trips -
        recv PING 0xc059000000000000   | sent PONG 0xc059000000000000
        ",
    );
}

fn silence(scenes: &mut Scenes) {
    scenes.sent(
        "a-ping-while-closed",
        "LIVE-6",
        "answers channel-closed",
        "a PING that comes while the channel is closed is answered at the opening",
        "
        peer 0 0
        channel closed
        recv PING 78   | sent -
        == round_trips -
        channel open   | sent -
        recv PING 79   | sent PONG 79
        ",
    );
    scenes.sent(
        "a-refused-pong",
        "LIVE-6",
        "answers refused-send",
        "a refused PONG is sent with the next",
        "
        peer 0 0 validated
        sends accept 0 refuse 1 by false types 03
        recv PING 77   | sent -
        == round_trips -
        recv PING 78   | sent PONG 78
        ",
    );
    scenes.sent(
        "a-pong-that-throws",
        "LIVE-6",
        "answers error-in-send",
        "a PONG whose send ended with an error is sent with the next",
        "
        peer 0 0 validated
        sends accept 0 refuse 1 by throw types 03
        recv PING 77   | sent -
        == round_trips -
        recv PING 78   | sent PONG 78
        ",
    );
    scenes.sent(
        "a-refused-pong-and-an-opening",
        "LIVE-6",
        "answers opening",
        "a refused PONG is sent at the next opening",
        "
        peer 0 0
        sends accept 0 refuse 1 by false types 03
        recv PING 77   | sent -
        channel closed
        == round_trips -
        channel open   | sent -
        ",
    );
    scenes.sent(
        "a-pong-is-not-answered",
        "LIVE-7",
        "answers",
        "a PONG is answered like a PING, and two peers answer each other for ever",
        "
        peer 0 0
        == round_trips -
        recv PONG 77   | sent -
        ",
    );
    scenes.sent(
        "a-keepalive-is-not-answered",
        "LIVE-7",
        "answers",
        "a KEEPALIVE is answered with a KEEPALIVE",
        "
        peer 0 0 validated
        == round_trips -
        recv KEEPALIVE   | sent -
        recv KEEPALIVE   | sent -
        ",
    );
    scenes.sent(
        "a-validation-pong-is-not-answered",
        "LIVE-7",
        "answers handshake",
        "a VALIDATION_PONG is answered like a VALIDATION_PING",
        "
        peer 0 0 validated
        advance 10
        == validation validated
        recv VALIDATION_PONG 100   | sent -
        recv VALIDATION_PONG 7     | sent -
        ",
    );
}
