//! Time, and the order of timers (PEER-1, PEER-2).

use super::super::lines::started_unseen;
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    time(scenes);
    order(scenes);
    stops(scenes);
}

/// A request for frame 5, which is refused.
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
            recv INPUT 1 6 6=2
            catch_up      | sent INPUT_REQUEST 5 5
            sends accept 0 refuse all by false types 05 10
            ended 9
            advance 998
            sends accept 0 refuse all by false types 10
            == request 5 5
            advance 4     | sent EPISODE_END 9 0, INPUT_REQUEST 5 5
            ",
            started_unseen(0, 5, ""),
        ),
    );
    order(
        "a-ping-before-a-request",
        "a PING and a request are due together: the PING goes first",
        "
        peer 0 5 started validated
        recv INPUT 1 6 6=2
        catch_up       | sent INPUT_REQUEST 5 5
        sends accept 0 refuse all by false types 05
        ended 9
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
