//! When a request ends, and what an INPUT_RESPONSE does (CATCHUP-4 to CATCHUP-6, CATCHUP-11).

use super::super::lines::{acts, entries, started_unseen};
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    over(scenes);
    given_up(scenes);
    ended(scenes);
    responses(scenes);
}

fn over(scenes: &mut Scenes) {
    let mut over = |slug: &str, known: &str, lines: &str, comment: &str| {
        let started = started_unseen(0, 5, "12");
        let text = format!("{started}\nrecv INPUT 1 {known}\n{lines}");
        scenes.inspect(slug, "CATCHUP-4", "request", comment, &text);
    };
    over(
        "an-input-ends-it",
        "9 6=2 9=2",
        "
        catch_up
        recv INPUT 1 9 5=2 9=2   | request 5 8
        == request 5 8
        recv INPUT 1 9 7=2 8=2 9=2   | request none
        ",
        "entries that come with INPUTs end a request, too",
    );
    over(
        "an-input-fills-the-only-hole",
        "6 6=2",
        "
        catch_up
        == request 5 5
        recv INPUT 1 7 5=2 7=3   | request none
        ",
        "the only hole is filled by an INPUT, and nothing is confirmed by it",
    );
    over(
        "a-response-ends-it",
        "9 9=2",
        "
        catch_up
        == request 5 8
        recv INPUT_RESPONSE 1 5=1 6=2 7=3 8=4   | request none
        ",
        "an answer with everything ends a request before anything is confirmed",
    );
    over(
        "an-answer-in-parts",
        "9 9=2",
        "
        catch_up
        == request 5 8
        recv INPUT_RESPONSE 1 8=4       | request 5 8
        recv INPUT_RESPONSE 1 5=1 6=2   | request 5 8
        recv INPUT_RESPONSE 1           | request 5 8
        recv INPUT_RESPONSE 1 7=3       | request none
        ",
        "a request goes on until the last of its holes is filled",
    );
    over(
        "the-last-frame-comes-first",
        "9 9=2",
        "
        catch_up
        == request 5 8
        recv INPUT 1 9 8=4 9=2   | request 5 8
        ",
        "a request whose last frame is known is not over",
    );
    over(
        "the-first-frame-comes-first",
        "9 9=2",
        "
        catch_up
        == request 5 8
        recv INPUT 1 9 5=1 9=2   | request 5 8
        ",
        "a request whose first frame is known is not over",
    );
    over(
        "a-new-hole-beyond-it",
        "6 6=2",
        "
        catch_up
        recv INPUT 1 9 9=2
        == request 5 5 | held 6=2 9=2
        recv INPUT 1 9 5=1 9=2   | request none
        ",
        "holes that are not in its range do not keep a request",
    );
    over(
        "an-empty-answer",
        "6 6=2",
        "
        catch_up
        == request 5 5
        recv INPUT_RESPONSE 1   | request 5 5
        ",
        "an answer with nothing does not end a request: the partner may still send the INPUT",
    );
    scenes.sent(
        "no-repeat-after-the-end",
        "CATCHUP-4 CATCHUP-3",
        "request timer",
        "a request that is over is not repeated",
        "
        peer 0 5 started validated
        sends accept 0 refuse all by false types 02
        recv INPUT 1 6 6=2
        catch_up               | sent INPUT_REQUEST 5 5
        advance 999            | sent -
        == request 5 5
        recv INPUT 1 6 5=1 6=2
        advance 5000           | sent -
        ",
    );
}

/// What is hidden: VALIDATION_PINGs, and the request itself.
fn given_up(scenes: &mut Scenes) {
    let started = started_unseen(0, 5, "10 12");
    let mut given_up = |slug: &str, comment: &str, lines: &str| {
        let text = format!("{started}\nrecv INPUT 1 6 6=2\n{lines}");
        scenes.inspect(slug, "CATCHUP-5", "request timer", comment, &text);
    };
    given_up(
        "given-up",
        "a request is given up 3,000 ms after it was made, and not before",
        "
        catch_up
        == request 5 5
        advance 2999   | request 5 5
        advance 1      | request none
        ",
    );
    given_up(
        "given-up-in-pieces",
        "the time until a request is given up is counted from the `catch_up`, and not from its repeats",
        "
        advance 700
        catch_up
        == request 5 5
        advance 1000   | request 5 5
        advance 1000   | request 5 5
        advance 900    | request 5 5
        advance 100    | request none
        ",
    );
    given_up(
        "a-late-answer",
        "an answer that comes after a request was given up still counts",
        "
        catch_up
        advance 4000   | request none
        == request none | held 6=2
        recv INPUT_RESPONSE 1 5=1   | held 5=1 6=2 | request none
        ",
    );
    given_up(
        "given-up-in-one-advance",
        "a request is given up in the middle of a long advance",
        "
        catch_up
        == request 5 5
        advance 60000   | request none
        ",
    );
    scenes.sent(
        "asked-again-after-giving-up",
        "CATCHUP-5 CATCHUP-2",
        "request timer",
        "when a request is given up, the next `catch_up` asks again, at once",
        "
        peer 0 5 started validated
        sends accept 0 refuse all by false types 02
        recv INPUT 1 6 6=2
        catch_up       | sent INPUT_REQUEST 5 5
        advance 2999   | sent INPUT_REQUEST 5 5, INPUT_REQUEST 5 5
        catch_up       | sent -
        == request 5 5
        advance 1      | request none
        catch_up       | sent INPUT_REQUEST 5 5 | request 5 5
        advance 1000   | sent INPUT_REQUEST 5 5
        ",
    );
}

fn ended(scenes: &mut Scenes) {
    scenes.inspect(
        "a-reset-ends-a-request",
        "CATCHUP-6",
        "request reset",
        "a request is of the game before the reset",
        &format!(
            "
            {}
            recv INPUT 1 6 6=2
            catch_up   | sent -
            == request 5 5
            reset      | request none
            ",
            started_unseen(0, 5, "12"),
        ),
    );
    scenes.sent(
        "no-repeat-after-a-reset",
        "CATCHUP-6",
        "request reset timer",
        "a request from before a reset is not repeated",
        "
        peer 0 5 started validated
        sends accept 0 refuse all by false types 02
        recv INPUT 1 6 6=2
        catch_up       | sent INPUT_REQUEST 5 5
        == request 5 5
        reset          | sent -
        advance 5000   | sent -
        ",
    );
    scenes.sent(
        "a-reset-between-the-repeats",
        "CATCHUP-6",
        "request reset timer",
        "a reset stops the second repeat, too",
        "
        peer 0 5 started validated
        sends accept 0 refuse all by false types 02
        recv INPUT 1 6 6=2
        catch_up       | sent INPUT_REQUEST 5 5
        advance 1000   | sent INPUT_REQUEST 5 5
        == request 5 5
        reset          | sent -
        advance 2000   | sent -
        ",
    );
    scenes.sent(
        "asked-again-after-a-reset",
        "CATCHUP-6 CATCHUP-2",
        "request reset",
        "after a reset a new request is made, for the holes of the new game",
        "
        peer 0 5 started
        recv INPUT 1 9 9=2
        catch_up   | sent INPUT_REQUEST 5 8
        == request 5 8
        reset
        recv INPUT 1 6 6=2
        catch_up   | sent INPUT_REQUEST 5 5 | request 5 5
        ",
    );
    scenes.sent(
        "a-completion-ends-a-request",
        "CATCHUP-6",
        "request episode-end timer",
        "an episode that is complete in spite of its holes asks for nothing any more",
        "
        peer 0 5 started validated
        sends accept 0 refuse all by false types 02
        recv INPUT 1 6 6=2
        ended 7                | sent EPISODE_END 7 0
        recv EPISODE_END 7 0
        catch_up               | sent INPUT_REQUEST 5 5
        == request 5 5
        advance 500            | sent - | request none
        advance 5000           | sent -
        ",
    );
    scenes.sent(
        "no-request-lives-into-the-next-episode",
        "CATCHUP-6 EPISODE-1",
        "request old-episode timer",
        "a request of the last episode is not repeated in the next one",
        "
        peer 0 5 started validated
        sends accept 0 refuse all by false types 02
        recv INPUT 1 6 6=2
        ended 7                | sent EPISODE_END 7 0
        recv EPISODE_END 7 0
        catch_up               | sent INPUT_REQUEST 5 5
        advance 500            | sent -
        == episode 0 complete end 7 agreed both equal
        recv EPISODE_READY 2 bbbbbbbb
        ready bbbbbbbb         | sent EPISODE_READY 2 bbbbbbbb | request none
        advance 3000           | sent -
        ",
    );
}

fn responses(scenes: &mut Scenes) {
    let started = format!("{}\nact 5 1", started_unseen(0, 5, "01"));
    let mut response = |slug: &str, flags: &str, comment: &str, lines: &str| {
        scenes.inspect(slug, "CATCHUP-11", flags, comment, &format!("{started}\n{lines}"));
    };
    response(
        "an-answer-without-a-request",
        "order",
        "an INPUT_RESPONSE counts without a request",
        "
        == held -
        recv INPUT_RESPONSE 1 7=2   | held 7=2
        ",
    );
    response(
        "a-response-while-ending",
        "episode-end",
        "an INPUT_RESPONSE does not count while the peer is ending, when it is needed most",
        "
        sends accept 0 refuse all by false types 01 05
        ended 12
        == held -
        recv INPUT_RESPONSE 1 7=2   | held 7=2
        ",
    );
    response(
        "a-response-of-the-own-player",
        "partner-index",
        "an INPUT_RESPONSE with the own index says nothing about the partner",
        "
        == held -
        recv INPUT_RESPONSE 0 7=2   | held -
        ",
    );
    response(
        "a-response-of-player-257",
        "partner-index",
        "the player of an INPUT_RESPONSE has 16 bits",
        "
        == held -
        recv INPUT_RESPONSE 257 7=2   | held -
        ",
    );
    response(
        "a-response-replaces-nothing",
        "order",
        "the first action stays, whatever an INPUT_RESPONSE says",
        "
        recv INPUT 1 7 7=2
        == held 7=2
        recv INPUT_RESPONSE 1 7=9   | held 7=2
        ",
    );
    response(
        "more-than-was-asked-for",
        "order request",
        "entries outside the range of the request count, too",
        "
        recv INPUT 1 7 7=2
        sends accept 0 refuse all by false types 01 12
        catch_up   | request 5 6
        == request 5 6
        recv INPUT_RESPONSE 1 6=3 8=4   | held 6=3 7=2 8=4 | request 5 6
        ",
    );
    response(
        "a-hole-in-an-answer",
        "confirmation",
        "a frame that is left out of an INPUT_RESPONSE stays unknown",
        "
        == held -
        recv INPUT_RESPONSE 1 6=2 8=4   | held 6=2 8=4
        ",
    );
    response(
        "a-hundred-entries",
        "order boundary",
        "an INPUT_RESPONSE has as many entries as it says",
        &format!(
            "
            == held -
            recv INPUT_RESPONSE 1 {many}   | held {many}
            ",
            many = entries(6..=105),
        ),
    );
    response(
        "a-response-beyond-the-bound",
        "early-input boundary",
        "an entry of an INPUT_RESPONSE is bounded like one of an INPUT: 4096 frames and no more",
        "
        == held -
        recv INPUT_RESPONSE 1 4100=2 4101=3 7=4 4=5   | held 7=4 4100=2
        recv INPUT_RESPONSE 2 8=1                     | held 7=4 4100=2
        recv INPUT_RESPONSE 0 8=1                     | held 7=4 4100=2
        ",
    );
    scenes.inspect(
        "an-answer-confirms",
        "CATCHUP-11 SYNC-11",
        "confirmation request",
        "an INPUT_RESPONSE confirms the frames whose entries it has, up to the hole that it leaves",
        &format!(
            "
            peer 0 5 started
            sends accept 0 refuse all by false types 01 12
            {}
            recv INPUT 1 12 12=9
            catch_up
            == confirmed none | request 5 11
            recv INPUT_RESPONSE 1 {} 10=1   | confirmed 8 | held 10=1 12=9 | request 5 11
            ",
            acts(5..=14),
            entries(5..=8),
        ),
    );
}
