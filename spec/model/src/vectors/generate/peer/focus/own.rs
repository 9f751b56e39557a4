//! The own page (FOCUS-1 to FOCUS-3, FOCUS-7).

use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    tells(scenes);
    tells_not(scenes);
    openings(scenes);
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
        "a page is shown at first: to say so is not a change",
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
        peer 0 5 validated
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
        "opening an open channel is not an opening",
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
        recv ff           | sent -
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
