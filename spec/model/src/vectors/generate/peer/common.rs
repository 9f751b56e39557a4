//! The scenarios of PEER.

use super::lines::started_unseen;
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    time(scenes);
    order(scenes);
    stops(scenes);
    channel(scenes);
    malformed(scenes);
}

/// A request for frame 5, which nobody sees.
fn request() -> String {
    let started = started_unseen(0, 5, "10 12");
    format!("{started}\nrecv INPUT 1 6 6=2\ncatch_up")
}

fn time(scenes: &mut Scenes) {
    scenes.sent(
        "a-timer-fires-each-time",
        "PEER-1",
        "timer",
        "a timer that is due several times within one advance fires each time, with the time at which it was due",
        "
        peer 0 0 validated
        == validation validated
        advance 2600   | sent PING 600, PING 1100, PING 1600, PING 2100, PING 2600
        ",
    );
    scenes.sent(
        "a-timer-at-the-end-of-an-advance",
        "PEER-1",
        "timer boundary",
        "a timer that is due when the clock stops fires in this advance, and not in the next",
        "
        peer 0 0 validated
        == validation validated
        advance 499    | sent -
        advance 1      | sent PING 600
        advance 0      | sent -
        advance 2500   | sent PING 1100, PING 1600, PING 2100, PING 2600, PING 3100
        advance 0      | sent -
        ",
    );
    scenes.sent(
        "an-advance-by-0",
        "PEER-1",
        "timer boundary",
        "no time passes in an advance by 0, however many there are",
        &format!(
            "
            peer 0 0 validated
            {}
            == validation validated
            advance 499    | sent -
            advance 1      | sent PING 600
            ",
            "advance 0\n".repeat(20),
        ),
    );
    scenes.inspect(
        "a-hundred-advances-by-0",
        "PEER-1",
        "timer boundary",
        "no timer comes nearer by an advance of 0",
        &format!(
            "
            {}
            == request 5 5
            {}
            advance 2950   | request 5 5
            ",
            request(),
            "advance 0\n".repeat(100),
        ),
    );
    scenes.sent(
        "one-by-one",
        "PEER-1",
        "timer",
        "many advances by a millisecond add up",
        &format!(
            "
            peer 0 0 validated
            advance 480
            {}
            == validation validated
            advance 1      | sent PING 600
            ",
            "advance 1\n".repeat(19),
        ),
    );
    scenes.sent(
        "five-hours",
        "PEER-1",
        "timer boundary",
        "the clock goes on after five hours, which need more than 24 bits, with a PING at its time",
        "
        peer 0 0 validated
        sends accept 0 refuse all by false types 02
        advance 3600000
        advance 3600000
        advance 3600000
        advance 3600000
        advance 3600000
        sends accept 0 refuse 0 by false types 02
        == validation validated
        advance 499      | sent -
        advance 1        | sent PING 18000600
        ",
    );
    scenes.sent(
        "ten-minutes-at-once",
        "PEER-1",
        "timer",
        "the last PING of ten minutes comes at its time, although all of them are in one advance",
        "
        peer 0 0 validated
        sends accept 0 refuse 1199 by false types 02
        == validation validated
        advance 600000   | sent PING 600100
        advance 500      | sent PING 600600
        ",
    );
}

fn order(scenes: &mut Scenes) {
    let mut order = |slug: &str, comment: &str, text: &str| {
        scenes.sent(slug, "PEER-2", "timer", comment, text);
    };
    order(
        "a-ping-before-a-ready",
        "a PING and a READY are due together: the PING goes first",
        "
        peer 0 0 validated
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        == validation validated
        advance 500      | sent PING 600, EPISODE_READY 1 aaaaaaaa
        advance 500      | sent PING 1100, EPISODE_READY 1 aaaaaaaa
        ",
    );
    order(
        "a-validation-ping-before-a-ready",
        "a VALIDATION_PING and a READY are due together: the VALIDATION_PING goes first",
        "
        peer 0 0
        advance 100      | sent VALIDATION_PING 100
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        == validation validating
        advance 500      | sent VALIDATION_PING 600, EPISODE_READY 1 aaaaaaaa
        ",
    );
    order(
        "a-ping-before-an-end",
        "a PING and an END are due together: the PING goes first",
        "
        peer 0 5 started validated
        ended 9       | sent EPISODE_END 9 0
        == episode 0 ending both equal
        advance 250   | sent EPISODE_END 9 0
        advance 250   | sent PING 600, EPISODE_END 9 0
        ",
    );
    order(
        "an-end-before-a-request",
        "an END and a request are repeated at the same time: the END goes first",
        &format!(
            "
            {}
            sends accept 0 refuse all by false types 05 10 12
            ended 9
            advance 998
            sends accept 0 refuse all by false types 10
            == request 5 5
            advance 4     | sent EPISODE_END 9 0, INPUT_REQUEST 5 5
            ",
            request(),
        ),
    );
    order(
        "a-ping-before-a-request",
        "a PING and a request are due together: the PING goes first",
        "
        peer 0 5 started validated
        recv INPUT 1 6 6=2
        catch_up       | sent INPUT_REQUEST 5 5
        == request 5 5
        advance 1000   | sent PING 600, PING 1100, INPUT_REQUEST 5 5
        ",
    );
    order(
        "by-their-times",
        "timers of different kinds fire by their times within one advance",
        "
        peer 0 0 validated
        advance 200      | sent -
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        advance 2100     | sent PING 600, EPISODE_READY 1 aaaaaaaa, PING 1100, EPISODE_READY 1 aaaaaaaa, PING 1600, EPISODE_READY 1 aaaaaaaa, PING 2100, EPISODE_READY 1 aaaaaaaa
        ",
    );
}

fn stops(scenes: &mut Scenes) {
    let mut stops = |slug: &str, flags: &str, comment: &str, text: &str| {
        scenes.sent(slug, "PEER-2", flags, comment, text);
    };
    stops(
        "a-start-alone-stops-the-ready",
        "timer barrier",
        "the start alone and the tenth repeat of the READY are due together: the start stops it",
        "
        peer 0 0 validated
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        sends accept 0 refuse all by false types 02 06
        advance 4999
        sends accept 0 refuse all by false types 02
        == episode 0 waiting
        advance 1        | sent - | episode 0 playing alone
        ",
    );
    stops(
        "a-completion-stops-the-end",
        "timer episode-end",
        "the completion and the eighth repeat of the END are due together: the completion stops it",
        "
        peer 0 5 started validated
        ended 9          | sent EPISODE_END 9 0
        sends accept 0 refuse all by false types 02 05
        advance 1999
        sends accept 0 refuse all by false types 02
        == episode 0 ending both equal
        advance 1        | sent - | episode 0 complete end 9 not-agreed both equal
        ",
    );
    stops(
        "a-completion-stops-a-request",
        "timer episode-end request",
        "the completion and the repeat of a request are due together: the completion stops it",
        "
        peer 0 5 started validated
        sends accept 0 refuse all by false types 02
        recv INPUT 1 6 6=2
        catch_up               | sent INPUT_REQUEST 5 5
        advance 500
        recv EPISODE_END 9 0
        ended 9                | sent EPISODE_END 9 0
        advance 499
        == request 5 5
        advance 1              | sent - | episode 0 complete end 9 agreed both equal
        ",
    );
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
        peer 0 5
        sends accept 0 refuse 1 by false types 11
        == validation validating
        recv VALIDATION_PING 78   | sent -
        advance 0                 | sent -
        recv 04                   | sent -
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
