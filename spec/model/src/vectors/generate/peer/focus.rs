//! The scenarios of FOCUS.

use super::lines::started_unseen;
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    tells(scenes);
    tells_not(scenes);
    openings(scenes);
    hears(scenes);
    counts_as_shown(scenes);
    goes_on(scenes);
    refused(scenes);
}

fn tells(scenes: &mut Scenes) {
    let mut tells = |slug: &str, comment: &str, text: &str| {
        scenes.sent(slug, "FOCUS-1", "page", comment, text);
    };
    tells(
        "a-change-is-told",
        "a page that is hidden is told at once, with the frame",
        "
        peer 0 0
        == partner shown
        focus hidden 30   | sent FOCUS_STATE 0 30
        ",
    );
    tells(
        "hidden-and-shown",
        "a page that is shown again is told, too, once",
        "
        peer 0 0
        focus hidden 30   | sent FOCUS_STATE 0 30
        == partner shown
        focus shown 31    | sent FOCUS_STATE 1 31
        ",
    );
    tells(
        "a-change-at-frame-0",
        "frame 0 is a frame",
        "
        peer 0 0
        == partner shown
        focus hidden 0   | sent FOCUS_STATE 0 0
        focus shown 0    | sent FOCUS_STATE 1 0
        ",
    );
    tells(
        "a-change-at-the-highest-frame",
        "a frame has 32 bits",
        "
        peer 0 0
        == partner shown
        focus hidden 4294967295   | sent FOCUS_STATE 0 4294967295
        ",
    );
    tells(
        "a-change-beside-the-acts",
        "the frame is that of the change, and not that of the newest act",
        "
        peer 0 5 started
        act 5 7           | sent INPUT 0 5 5=7
        == partner shown
        focus hidden 30   | sent FOCUS_STATE 0 30
        focus shown 9     | sent FOCUS_STATE 1 9
        ",
    );
    tells(
        "a-change-in-an-episode",
        "a change is told during an episode, and while it is ending",
        "
        peer 0 5 started
        == partner shown
        focus hidden 30   | sent FOCUS_STATE 0 30
        ended 9           | sent EPISODE_END 9 0
        focus shown 40    | sent FOCUS_STATE 1 40
        ",
    );
    tells(
        "many-changes",
        "each change is told, also at the same frame",
        "
        peer 1 0
        focus hidden 5   | sent FOCUS_STATE 0 5
        == partner shown
        focus shown 5    | sent FOCUS_STATE 1 5
        focus hidden 5   | sent FOCUS_STATE 0 5
        focus shown 5    | sent FOCUS_STATE 1 5
        ",
    );
}

fn tells_not(scenes: &mut Scenes) {
    let mut tells_not = |slug: &str, comment: &str, text: &str| {
        scenes.sent(slug, "FOCUS-2", "page", comment, text);
    };
    tells_not(
        "shown-from-the-start",
        "a page is shown at first: to say so is no change",
        "
        peer 0 5
        == partner shown
        focus shown 30   | sent -
        ",
    );
    tells_not(
        "hidden-twice",
        "a page that is hidden already is not hidden again, at whatever frame",
        "
        peer 0 5
        focus hidden 30   | sent FOCUS_STATE 0 30
        == partner shown
        focus hidden 30   | sent -
        focus hidden 31   | sent -
        ",
    );
    tells_not(
        "shown-twice",
        "a page that is shown again is not shown twice",
        "
        peer 0 5
        focus hidden 30   | sent FOCUS_STATE 0 30
        focus shown 31    | sent FOCUS_STATE 1 31
        == partner shown
        focus shown 32    | sent -
        focus shown 33    | sent -
        ",
    );
    tells_not(
        "no-change-and-then-one",
        "what changes nothing does not hide the next change",
        "
        peer 0 5
        focus shown 29    | sent -
        == partner shown
        focus shown 29    | sent -
        focus hidden 30   | sent FOCUS_STATE 0 30
        ",
    );
    tells_not(
        "shown-at-the-highest-frame",
        "the frame of a `focus` that changes nothing does not matter",
        "
        peer 0 5
        == partner shown
        focus shown 4294967295   | sent -
        focus shown 0            | sent -
        ",
    );
}

fn openings(scenes: &mut Scenes) {
    let mut opening = |slug: &str, comment: &str, text: &str| {
        scenes.sent(slug, "FOCUS-3", "page opening", comment, text);
    };
    opening(
        "hidden-while-closed",
        "a change while the channel is closed is told at the opening",
        "
        peer 0 5
        channel closed
        focus hidden 30   | sent -
        == partner shown
        channel open      | sent FOCUS_STATE 0 30
        ",
    );
    opening(
        "hidden-and-shown-while-closed",
        "two changes while the channel is closed are none for the partner",
        "
        peer 0 5
        channel closed
        focus hidden 30   | sent -
        focus shown 31    | sent -
        == partner shown
        channel open      | sent -
        ",
    );
    opening(
        "still-hidden",
        "a page that is still hidden is told at each opening: the partner has taken it for shown",
        "
        peer 0 5
        focus hidden 30   | sent FOCUS_STATE 0 30
        channel closed
        == partner shown
        channel open      | sent FOCUS_STATE 0 30
        channel closed
        channel open      | sent FOCUS_STATE 0 30
        ",
    );
    opening(
        "shown-while-closed",
        "a page that was hidden, and is shown again while the channel is closed, is told once",
        "
        peer 0 5
        focus hidden 30   | sent FOCUS_STATE 0 30
        channel closed
        focus shown 40    | sent -
        == partner shown
        channel open      | sent FOCUS_STATE 1 40
        channel closed
        channel open      | sent -
        ",
    );
    opening(
        "nothing-to-tell",
        "a page that was always shown is not told",
        "
        peer 0 5
        channel closed
        == partner shown
        channel open   | sent -
        ",
    );
    opening(
        "shown-and-told",
        "what was told last is not told again",
        "
        peer 0 5
        focus hidden 30   | sent FOCUS_STATE 0 30
        focus shown 31    | sent FOCUS_STATE 1 31
        channel closed
        == partner shown
        channel open      | sent -
        ",
    );
    opening(
        "the-frame-of-the-change",
        "the frame at an opening is that of the change, and not of a later `focus` without one",
        "
        peer 0 5
        channel closed
        focus hidden 30   | sent -
        focus hidden 31   | sent -
        == partner shown
        channel open      | sent FOCUS_STATE 0 30
        ",
    );
    opening(
        "the-frame-is-not-that-of-an-act",
        "the frame at an opening is that of the change, and not that of the newest act",
        "
        peer 0 5 started
        act 5 7           | sent INPUT 0 5 5=7
        channel closed
        focus hidden 30   | sent -
        == partner shown
        channel open      | sent FOCUS_STATE 0 30
        ",
    );
    opening(
        "an-open-channel-opens",
        "opening an open channel is no opening",
        "
        peer 0 5
        focus hidden 30   | sent FOCUS_STATE 0 30
        == partner shown
        channel open      | sent -
        channel closed
        channel closed    | sent -
        channel open      | sent FOCUS_STATE 0 30
        ",
    );
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
        peer 0 5
        recv FOCUS_STATE 0 30
        == partner hidden
        channel closed   | partner hidden
        ",
    );
    counts(
        "a-closing-hides-nobody",
        "page channel-closed",
        "a partner that is shown stays so when the channel closes",
        "
        peer 0 5
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
        focus hidden 30        | sent FOCUS_STATE 0 30
        ended 9                | sent EPISODE_END 9 0
        == episode 0 ending both equal
        recv EPISODE_END 8 0   | sent - | episode 0 ending end 8 agreed both equal
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

fn refused(scenes: &mut Scenes) {
    let mut refused = |slug: &str, flags: &str, comment: &str, text: &str| {
        scenes.sent(slug, "FOCUS-7", flags, comment, text);
    };
    refused(
        "a-refused-state-is-not-tried-again",
        "page refused-send",
        "a refused FOCUS_STATE would be accepted now, and waits for the next change or opening",
        "
        peer 0 5
        sends accept 0 refuse 1 by false types 14
        == partner shown
        focus hidden 30   | sent -
        advance 0         | sent -
        focus hidden 30   | sent -
        ",
    );
    refused(
        "a-state-that-threw-is-not-tried-again",
        "page error-in-send",
        "an error is a refusal like any other",
        "
        peer 0 5
        sends accept 0 refuse 1 by throw types 14
        == partner shown
        focus hidden 30   | sent -
        recv 04           | sent -
        focus shown 31    | sent FOCUS_STATE 1 31
        ",
    );
    refused(
        "no-time-tries-again",
        "page refused-send timer",
        "a refused FOCUS_STATE is not sent after a while either",
        "
        peer 0 5 validated
        sends accept 0 refuse 1 by false types 14
        focus hidden 30   | sent -
        sends accept 0 refuse all by false types 02
        advance 5000      | sent -
        == partner shown
        advance 0         | sent -
        ",
    );
    refused(
        "a-refused-state-is-told-at-the-opening",
        "page refused-send opening",
        "a page that is shown again, which was refused, is told at the next opening",
        "
        peer 0 5
        focus hidden 30   | sent FOCUS_STATE 0 30
        sends accept 0 refuse 1 by false types 14
        focus shown 31    | sent -
        channel closed
        == partner shown
        channel open      | sent FOCUS_STATE 1 31
        ",
    );
    refused(
        "a-refused-change-is-a-change",
        "page refused-send",
        "a change whose FOCUS_STATE is refused has happened: to say it again is none",
        "
        peer 0 5
        sends accept 0 refuse 1 by false types 14
        focus hidden 30   | sent -
        == partner shown
        focus hidden 31   | sent -
        focus shown 32    | sent FOCUS_STATE 1 32
        ",
    );
    refused(
        "refused-at-the-opening",
        "page refused-send opening",
        "a FOCUS_STATE that is refused at an opening is sent at the next opening, and not before",
        "
        peer 0 5
        channel closed
        focus hidden 30   | sent -
        sends accept 0 refuse 1 by false types 14
        channel open      | sent -
        == partner shown
        advance 0         | sent -
        channel closed
        channel open      | sent FOCUS_STATE 0 30
        ",
    );
}
