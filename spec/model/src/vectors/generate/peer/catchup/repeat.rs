//! How often a request is sent (CATCHUP-3).

use super::super::lines::started_unseen;
use crate::vectors::scenes::Scenes;

/// What is hidden: VALIDATION_PINGs.
pub(super) fn scenes(scenes: &mut Scenes) {
    let started = started_unseen(0, 5, "10");
    let mut repeat = |slug: &str, flags: &str, comment: &str, lines: &str| {
        let text = format!("{started}\nrecv INPUT 1 7 7=2\n{lines}");
        scenes.sent(slug, "CATCHUP-3", flags, comment, &text);
    };
    repeat(
        "two-repeats",
        "request timer",
        "a request is repeated 1,000 and 2,000 ms after it was made, and never again",
        "
        == request none
        catch_up       | sent INPUT_REQUEST 5 6
        advance 999    | sent -
        advance 1      | sent INPUT_REQUEST 5 6
        advance 999    | sent -
        advance 1      | sent INPUT_REQUEST 5 6
        advance 999    | request 5 6
        advance 5000   | request none
        ",
    );
    repeat(
        "two-repeats-in-one-advance",
        "request timer",
        "both repeats come in a long advance",
        "
        == request none
        catch_up       | sent INPUT_REQUEST 5 6
        advance 2500   | sent INPUT_REQUEST 5 6, INPUT_REQUEST 5 6 | request 5 6
        ",
    );
    repeat(
        "a-repeat-asks-for-the-same",
        "request timer",
        "a repeat asks for the same frames again, although some of them have come",
        "
        catch_up            | sent INPUT_REQUEST 5 6
        recv INPUT 1 7 5=3  | request 5 6
        == request 5 6
        advance 1000        | sent INPUT_REQUEST 5 6
        ",
    );
    repeat(
        "a-refused-request-is-repeated",
        "request timer refused-send",
        "a request that is refused is repeated at its time, and not earlier",
        "
        sends accept 0 refuse 1 by false types 10 12
        == request none
        catch_up       | sent - | request 5 6
        sends accept 0 refuse all by false types 10
        advance 999    | sent -
        advance 1      | sent INPUT_REQUEST 5 6 | request 5 6
        ",
    );
    repeat(
        "a-request-that-threw-is-repeated",
        "request timer error-in-send",
        "an error of the first send leaves the request as it is",
        "
        sends accept 0 refuse 1 by throw types 12
        == request none
        catch_up       | sent - | request 5 6
        sends accept 0 refuse all by false types 10
        advance 1000   | sent INPUT_REQUEST 5 6
        ",
    );
    repeat(
        "a-refused-repeat",
        "request timer refused-send",
        "a repeat that is refused does not move the next one",
        "
        catch_up       | sent INPUT_REQUEST 5 6
        sends accept 0 refuse all by false types 10 12
        == request 5 6
        advance 1500   | sent -
        sends accept 0 refuse all by false types 10
        advance 499    | sent -
        advance 1      | sent INPUT_REQUEST 5 6
        ",
    );
    repeat(
        "asked-while-closed",
        "request timer channel-closed",
        "a request that cannot be sent is sent with its repeats, and not at the opening",
        "
        channel closed
        == request none
        catch_up       | sent - | request 5 6
        channel open   | sent -
        sends accept 0 refuse all by false types 10
        advance 999    | sent -
        advance 1      | sent INPUT_REQUEST 5 6
        ",
    );
    repeat(
        "closed-for-the-first-repeat",
        "request timer channel-closed",
        "a repeat that falls into a closed time is left out, and the next one comes at its time",
        "
        catch_up       | sent INPUT_REQUEST 5 6
        channel closed
        == request 5 6
        advance 1500   | sent - | request 5 6
        channel open   | sent -
        advance 499    | sent -
        advance 1      | sent INPUT_REQUEST 5 6
        ",
    );
    let hole = format!("{started}\nrecv INPUT 1 6 6=2");
    scenes.sent(
        "the-second-repeat",
        "CATCHUP-3",
        "request timer",
        "the second repeat of a request for one frame comes exactly 2,000 ms after it was made",
        &format!(
            "
            {hole}
            == request none
            catch_up       | sent INPUT_REQUEST 5 5
            advance 1500   | sent INPUT_REQUEST 5 5
            advance 499    | sent -
            advance 1      | sent INPUT_REQUEST 5 5
            "
        ),
    );
}
