//! The partner's page, and what goes on while a page is hidden (FOCUS-4 to FOCUS-6).

use super::super::lines::started_unseen;
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    hears(scenes);
    counts_as_shown(scenes);
    goes_on(scenes);
}

fn hears(scenes: &mut Scenes) {
    let mut hears = |slug: &str, comment: &str, text: &str| {
        scenes.inspect(slug, "FOCUS-4", "page", comment, text);
    };
    hears(
        "the-partner-is-hidden",
        "the partner's page is hidden, and shown again",
        "
        peer 0 5
        == partner shown
        recv FOCUS_STATE 0 30   | partner hidden
        recv FOCUS_STATE 1 31   | partner shown
        recv FOCUS_STATE 0 32   | partner hidden
        ",
    );
    hears(
        "an-earlier-frame",
        "the newest FOCUS_STATE holds, and not the one with the highest frame: an episode begins again at its first",
        "
        peer 0 5
        recv FOCUS_STATE 0 1000
        == partner hidden
        recv FOCUS_STATE 1 3   | partner shown
        ",
    );
    hears(
        "the-same-frame",
        "two changes at one frame are two changes",
        "
        peer 0 5
        recv FOCUS_STATE 0 30
        == partner hidden
        recv FOCUS_STATE 1 30   | partner shown
        ",
    );
    hears(
        "hidden-twice-at-the-partner",
        "a FOCUS_STATE that comes twice says the same twice",
        "
        peer 0 5
        recv FOCUS_STATE 0 30
        == partner hidden
        recv FOCUS_STATE 0 30   | partner hidden
        ",
    );
    hears(
        "shown-at-the-partner-from-the-start",
        "a partner that says at first that its page is shown is not hidden",
        "
        peer 0 5
        == partner shown
        recv FOCUS_STATE 1 30   | partner shown
        ",
    );
    hears(
        "hidden-at-frame-0",
        "frame 0 is a frame",
        "
        peer 0 5
        == partner shown
        recv FOCUS_STATE 0 0   | partner hidden
        ",
    );
    hears(
        "both-are-hidden",
        "the own page does not matter for the partner's",
        "
        peer 0 5
        sends accept 0 refuse all by false types 14
        focus hidden 30
        == partner shown
        recv FOCUS_STATE 0 31   | partner hidden
        recv FOCUS_STATE 1 32   | partner shown
        ",
    );
}

fn counts_as_shown(scenes: &mut Scenes) {
    let mut counts = |slug: &str, flags: &str, comment: &str, text: &str| {
        scenes.inspect(slug, "FOCUS-5", flags, comment, text);
    };
    counts(
        "an-opening-shows-the-partner",
        "page opening",
        "after an opening the partner's page counts as shown until it says otherwise",
        "
        peer 0 5
        recv FOCUS_STATE 0 30
        channel closed
        == partner hidden
        channel open   | partner shown
        ",
    );
    counts(
        "a-closing-changes-nothing",
        "page channel-closed",
        "a closing neither shows nor hides the partner's page",
        "
        peer 0 5 validated
        recv FOCUS_STATE 0 30
        == partner hidden
        channel closed   | partner hidden
        ",
    );
    counts(
        "a-closing-hides-no-page",
        "page channel-closed",
        "a partner that is shown stays so when the channel closes",
        "
        peer 0 5
        sends accept 0 refuse all by false types 14
        focus hidden 30
        == partner shown
        channel closed   | partner shown
        channel open     | partner shown
        ",
    );
    counts(
        "said-while-closed",
        "page channel-closed",
        "a FOCUS_STATE that is delivered while the channel is closed counts until the opening",
        "
        peer 0 5
        channel closed
        recv FOCUS_STATE 0 30   | partner hidden
        == partner hidden
        channel open            | partner shown
        ",
    );
    counts(
        "three-reconnections",
        "page opening",
        "every opening shows the partner's page, and not only the first",
        "
        peer 0 5
        recv FOCUS_STATE 0 30
        channel closed
        channel open            | partner shown
        recv FOCUS_STATE 0 30   | partner hidden
        channel closed
        == partner hidden
        channel open            | partner shown
        recv FOCUS_STATE 0 30   | partner hidden
        channel closed
        channel open            | partner shown
        ",
    );
    counts(
        "no-opening-of-an-open-channel",
        "page opening",
        "an open channel that opens leaves the partner's page hidden, and the next opening does not",
        "
        peer 0 5
        recv FOCUS_STATE 0 30
        == partner hidden
        channel open     | partner hidden
        channel closed   | partner hidden
        channel open     | partner shown
        ",
    );
}

fn goes_on(scenes: &mut Scenes) {
    let mut goes_on = |slug: &str, flags: &str, comment: &str, text: &str| {
        scenes.sent(slug, "FOCUS-6", flags, comment, text);
    };
    let started = started_unseen(0, 5, "14");
    goes_on(
        "a-ping-while-hidden",
        "page answers",
        "a PING is answered while the own page is hidden",
        "
        peer 0 5
        sends accept 0 refuse all by false types 14
        focus hidden 30
        == partner shown
        recv PING 77   | sent PONG 77
        ",
    );
    goes_on(
        "a-request-while-the-partner-is-hidden",
        "page answers",
        "a partner that is hidden may be catching up: its requests are answered",
        "
        peer 0 5
        recv FOCUS_STATE 0 30
        == partner hidden
        recv INPUT_REQUEST 5 9   | sent INPUT_RESPONSE 0
        ",
    );
    goes_on(
        "an-act-while-hidden",
        "page input-window",
        "an act counts while the own page is hidden",
        &format!(
            "
            {started}
            focus hidden 30
            == partner shown
            act 5 7   | sent INPUT 0 5 5=7
            "
        ),
    );
    goes_on(
        "an-act-while-the-partner-is-hidden",
        "page input-window",
        "an act counts while the partner's page is hidden",
        &format!(
            "
            {started}
            recv FOCUS_STATE 0 30
            == partner hidden
            act 5 7   | sent INPUT 0 5 5=7
            "
        ),
    );
    goes_on(
        "a-ready-while-hidden",
        "page barrier",
        "a READY starts an episode while the own page is hidden, and is answered afterwards",
        "
        peer 0 5
        focus hidden 30                 | sent FOCUS_STATE 0 30
        ready aaaaaaaa                  | sent EPISODE_READY 1 aaaaaaaa
        == episode 0 waiting
        recv EPISODE_READY 1 aaaaaaaa   | sent - | episode 0 playing both equal
        recv EPISODE_READY 1 aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        ",
    );
    goes_on(
        "an-end-while-hidden",
        "page episode-end",
        "an END counts while the own page is hidden, and its repeat is answered",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 02 10
        focus hidden 30        | sent FOCUS_STATE 0 30
        ended 9                | sent EPISODE_END 9 0
        == episode 0 ending both equal
        recv EPISODE_END 8 0   | sent - | episode 0 ending end 8 agreed both equal
        advance 250
        recv EPISODE_END 8 0   | sent EPISODE_END 9 0
        ",
    );
    let mut held = |slug: &str, comment: &str, before: &str| {
        scenes.inspect(
            slug,
            "FOCUS-6 SYNC-7",
            "page early-input",
            comment,
            &format!(
                "
                {}
                act 5 7
                {before}
                == held -
                recv INPUT 1 8 7=2 8=3   | held 7=2 8=3
                ",
                started_unseen(0, 5, "01 14"),
            ),
        );
    };
    held(
        "an-input-while-hidden",
        "no INPUT is thrown away while the own page is hidden",
        "focus hidden 30",
    );
    held(
        "an-input-while-the-partner-is-hidden",
        "no INPUT is thrown away while the partner's page is hidden",
        "recv FOCUS_STATE 0 30",
    );
}
