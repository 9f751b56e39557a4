//! What is handed to the channel, and datagrams that a codec refuses (PEER-3, PEER-4).

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    channel(scenes);
    malformed(scenes);
}

fn channel(scenes: &mut Scenes) {
    let mut channel = |slug: &str, flags: &str, comment: &str, text: &str| {
        scenes.sent(slug, "PEER-3", flags, comment, text);
    };
    channel(
        "no-answer-while-closed",
        "channel-closed answers",
        "a PING and a VALIDATION_PING that arrive while the channel is closed are not answered, now or later",
        "
        peer 0 5
        channel closed
        == validation idle
        recv PING 77              | sent -
        recv VALIDATION_PING 78   | sent -
        channel open              | sent -
        ",
    );
    channel(
        "a-refused-answer-is-not-tried-again",
        "refused-send answers",
        "a refused VALIDATION_PONG would be accepted now, and is lost",
        "
        peer 0 5 validated
        sends accept 0 refuse 1 by false types 11
        == validation validated
        recv VALIDATION_PING 78   | sent -
        recv ff                   | sent -
        ",
    );
    channel(
        "an-error-leaves-the-channel-open",
        "error-in-send answers",
        "the answer after one whose send threw is sent",
        "
        peer 0 5
        sends accept 0 refuse 1 by throw types 03
        == validation validating
        recv PING 77   | sent -
        recv PING 78   | sent PONG 78
        ",
    );
    channel(
        "an-error-in-an-advance",
        "error-in-send timer",
        "a timer whose send throws does not stop the timers after it",
        "
        peer 0 5 validated
        sends accept 1 refuse 1 by throw types 02
        == validation validated
        advance 1500   | sent PING 600, PING 1600
        advance 500    | sent PING 2100
        ",
    );
    channel(
        "an-error-at-the-same-millisecond",
        "error-in-send timer",
        "a PING that throws does not stop the READY that is due at the same time",
        "
        peer 0 5 validated
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        sends accept 0 refuse 1 by throw types 02
        == episode 0 waiting
        advance 500      | sent EPISODE_READY 1 aaaaaaaa
        ",
    );
    channel(
        "twenty-refused-answers",
        "refused-send answers",
        "no number of refusals closes the channel",
        &format!(
            "
            peer 0 5
            sends accept 0 refuse 20 by false types 03
            == validation validating
            {}
            recv PING 78   | sent PONG 78
            ",
            "recv PING 77\n".repeat(20),
        ),
    );
    channel(
        "a-refused-input-and-an-answer",
        "refused-send answers",
        "a refused INPUT does not keep an answer back",
        "
        peer 0 5 started
        sends accept 0 refuse 1 by false types 01
        act 5 7        | sent -
        == confirmed none
        recv PING 77   | sent PONG 77
        ",
    );
    channel(
        "closed-and-closed-again",
        "channel-closed answers",
        "closing a closed channel leaves it closed, and one opening opens it",
        "
        peer 0 5
        channel closed
        channel closed
        == validation idle
        recv PING 77              | sent -
        recv VALIDATION_PING 77   | sent -
        channel open              | sent -
        recv PING 78              | sent PONG 78
        ",
    );
}

fn malformed(scenes: &mut Scenes) {
    let mut malformed = |slug: &str, flags: &str, comment: &str, lines: &str| {
        let text = format!("peer 0 5\n== episode none\n{lines}");
        scenes.sent(slug, "PEER-4", flags, comment, &text);
    };
    malformed(
        "a-ping-with-trailing-bytes",
        "malformed-exchange trailing",
        "a PING with a byte too many is none",
        "
        recv 02 4053400000000000 00                 | sent -
        recv 02 4053400000000000 024053400000000000 | sent -
        ",
    );
    malformed(
        "a-short-ping",
        "malformed-exchange truncated",
        "a PING with a byte too few is none",
        "
        recv 02 40534000000000   | sent -
        recv 02                  | sent -
        ",
    );
    malformed(
        "an-unknown-type",
        "malformed-exchange unknown-type",
        "a datagram whose type is that of a PING but for one bit is none",
        "
        recv 82 4053400000000000   | sent -
        ",
    );
    malformed(
        "an-empty-datagram",
        "malformed-exchange empty",
        "a datagram of no bytes is not answered",
        "
        recv   | sent -
        ",
    );
    malformed(
        "ten-malformed-datagrams",
        "malformed-exchange answers",
        "no number of malformed datagrams makes a peer deaf",
        &format!("{}recv PING 77   | sent PONG 77", "recv ff\n".repeat(10)),
    );
    malformed(
        "the-next-datagram",
        "malformed-exchange truncated answers",
        "a datagram after one that is too short stands for itself",
        "
        recv 02 40534000   | sent -
        recv PING 77       | sent PONG 77
        ",
    );
    scenes.inspect(
        "a-page-of-2",
        "PEER-4 FOCUS-4",
        "malformed-exchange flag",
        "a FOCUS_STATE that is neither of a shown nor of a hidden page changes nothing",
        "
        peer 0 5
        focus shown 1
        == partner shown
        recv 14 02 0000001e   | sent - | partner shown
        ",
    );
}
