//! What is asked for, and when (CATCHUP-1, CATCHUP-2).

use super::super::lines::{entries, started_unseen};
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    holes(scenes);
    bounds(scenes);
    counts(scenes);
}

fn holes(scenes: &mut Scenes) {
    scenes.sent(
        "a-hole-is-asked-for",
        "CATCHUP-1",
        "request",
        "a request goes from the first hole to the last",
        "
        peer 0 0 started
        recv INPUT 1 9 0=1 4=1 9=1
        == held 0=1 4=1 9=1
        catch_up   | sent INPUT_REQUEST 1 8 | request 1 8
        ",
    );
    scenes.sent(
        "two-holes",
        "CATCHUP-1",
        "request",
        "a request spans two holes and what is known between them, and not the entry above",
        &format!(
            "
            {}
            recv INPUT 1 9 6=2 9=3
            == held 6=2 9=3
            catch_up   | sent INPUT_REQUEST 5 8 | request 5 8
            ",
            started_unseen(0, 5, ""),
        ),
    );
    scenes.sent(
        "no-hole",
        "CATCHUP-1",
        "request",
        "nothing is missing, so nothing is asked for",
        &format!(
            "
            {}
            recv INPUT 1 6 5=2 6=3
            == held 5=2 6=3
            catch_up   | sent - | request none
            ",
            started_unseen(0, 5, ""),
        ),
    );
    scenes.sent(
        "nothing-is-known",
        "CATCHUP-1",
        "request",
        "what the partner has not told is not a hole while nothing above it is known",
        "
        peer 0 5 started
        act 5 7    | sent INPUT 0 5 5=7
        == held -
        catch_up   | sent - | request none
        ",
    );
    scenes.sent(
        "the-own-acts-are-further",
        "CATCHUP-1",
        "request",
        "frames above the highest entry that is known are not asked for, although the own acts are further",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        act 5 1
        act 6 1
        act 7 1
        act 8 1
        recv INPUT 1 7 6=2 7=3
        == held 6=2 7=3
        catch_up   | sent INPUT_REQUEST 5 5 | request 5 5
        ",
    );
    scenes.sent(
        "above-the-confirmed-frame",
        "CATCHUP-1",
        "request confirmation",
        "a request begins above the confirmed frame",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        act 5 1
        recv INPUT 1 9 5=2 9=3
        == confirmed 5 | held 9=3
        catch_up   | sent INPUT_REQUEST 6 8 | request 6 8
        ",
    );
    scenes.sent(
        "known-entries-above-the-base",
        "CATCHUP-1",
        "request",
        "entries that are known and not confirmed are not asked for",
        "
        peer 0 5 started
        recv INPUT 1 9 5=2 6=3 9=4
        == held 5=2 6=3 9=4
        catch_up   | sent INPUT_REQUEST 7 8 | request 7 8
        ",
    );
    scenes.sent(
        "one-hole-in-the-middle",
        "CATCHUP-1",
        "request",
        "a request for one frame begins and ends with it",
        "
        peer 1 5 started
        recv INPUT 0 7 5=2 7=4
        == held 5=2 7=4
        catch_up   | sent INPUT_REQUEST 6 6 | request 6 6
        ",
    );
    scenes.sent(
        "frame-0-is-missing",
        "CATCHUP-1",
        "request frame-number",
        "frame 0 is a hole above a base of none",
        "
        peer 0 0 started
        recv INPUT 1 1 1=2
        == held 1=2
        catch_up   | sent INPUT_REQUEST 0 0 | request 0 0
        ",
    );
    scenes.sent(
        "holes-below-an-agreed-end",
        "CATCHUP-1",
        "request episode-end",
        "only the holes below a known entry are asked for, and the last frames below an agreed end never",
        "
        peer 0 5 started
        recv INPUT 1 20 7=2 20=3
        recv EPISODE_END 10 0
        ended 12   | sent EPISODE_END 12 0
        == held 7=2 | episode 0 ending end 10 agreed both equal
        catch_up   | sent INPUT_REQUEST 5 9 | request 5 9
        ",
    );
    scenes.sent(
        "the-last-frames-below-an-agreed-end",
        "CATCHUP-1",
        "request episode-end",
        "without any entry nothing is asked for, although the agreed end says which frames there are",
        "
        peer 0 0 started
        act 0 1    | sent INPUT 0 0 0=1
        recv INPUT 1 0 0=2
        recv EPISODE_END 3 0
        ended 4    | sent EPISODE_END 4 0
        == held - | confirmed 0 | episode 0 ending end 3 agreed both equal
        catch_up   | sent INPUT_REQUEST 1 2 | request 1 2
        recv INPUT_RESPONSE 1 1=5   | request 1 2
        recv INPUT_RESPONSE 1 2=5   | request none
        ",
    );
}

fn bounds(scenes: &mut Scenes) {
    let mut bound = |slug: &str, first: u32, known: &str, asked: &str, comment: &str| {
        scenes.sent(
            slug,
            "CATCHUP-1",
            "request boundary",
            comment,
            &format!(
                "
                peer 0 {first} started
                recv INPUT 1 7 {known}
                == confirmed none
                catch_up   | sent INPUT_REQUEST {asked} | request {asked}
                "
            ),
        );
    };
    bound("1023-holes", 5, "1028=2", "5 1027", "a request for 1023 frames");
    bound("1024-holes", 5, "1029=2", "5 1028", "a request for 1024 frames, the most that there is");
    bound("1025-holes", 5, "1030=2", "5 1028", "of 1025 holes the first 1024 are asked for");
    bound("4095-holes", 5, "4100=2", "5 1028", "of 4095 holes the first 1024 are asked for");
    bound("256-holes", 0, "256=2", "0 255", "a request for 256 frames: 8 bits do not hold them");
    bound("257-holes", 0, "257=2", "0 256", "a request for 257 frames");
    bound("a-hole-at-1024", 5, "5=1 6=2 1029=3", "7 1028", "the last frame that is looked at");
    bound(
        "up-to-the-last-frame",
        4_294_967_290,
        "4294967295=2",
        "4294967290 4294967294",
        "a request near the last frame: nothing wraps",
    );
    scenes.sent(
        "a-hole-too-far-away",
        "CATCHUP-1",
        "request boundary",
        "the 1024 frames above the base are known, and the hole above them is not looked at yet",
        &format!(
            "
            peer 0 5 started
            recv INPUT_RESPONSE 1 {}
            recv INPUT 1 1031 1031=9
            == confirmed none
            catch_up   | sent - | request none
            ",
            entries(5..=1028),
        ),
    );
}

fn counts(scenes: &mut Scenes) {
    scenes.sent(
        "asked-twice",
        "CATCHUP-2",
        "request",
        "a second `catch_up` adds nothing to a request",
        &format!(
            "
            {}
            recv INPUT 1 6 6=2
            catch_up   | sent INPUT_REQUEST 5 5 | request 5 5
            == request 5 5
            catch_up   | sent - | request 5 5
            ",
            started_unseen(0, 5, ""),
        ),
    );
    scenes.sent(
        "asked-twice-with-other-holes",
        "CATCHUP-2",
        "request",
        "holes that come up during a request wait for the next one",
        "
        peer 0 5 started
        recv INPUT 1 6 6=2
        catch_up   | sent INPUT_REQUEST 5 5 | request 5 5
        recv INPUT 1 9 9=2
        == request 5 5 | held 6=2 9=2
        catch_up   | sent - | request 5 5
        ",
    );
    scenes.sent(
        "asked-again-afterwards",
        "CATCHUP-2 CATCHUP-4",
        "request",
        "when a request is over, the next `catch_up` asks for what is missing then",
        "
        peer 0 5 started
        recv INPUT 1 6 6=2
        catch_up             | sent INPUT_REQUEST 5 5 | request 5 5
        catch_up             | sent - | request 5 5
        recv INPUT 1 5 5=2   | request none
        recv INPUT 1 9 9=2
        == request none
        catch_up             | sent INPUT_REQUEST 7 8 | request 7 8
        ",
    );
    scenes.sent(
        "asked-while-waiting",
        "CATCHUP-2",
        "request early-input",
        "entries may be known before the start, but the partner is not asked for more",
        "
        peer 0 5
        ready aaaaaaaa   | sent EPISODE_READY 1 aaaaaaaa
        recv INPUT 1 6 6=2
        == episode 0 waiting | held 6=2
        catch_up         | sent - | request none
        ",
    );
    scenes.sent(
        "asked-while-ending",
        "CATCHUP-2",
        "request episode-end",
        "the last inputs of an episode are asked for after the own game has ended",
        "
        peer 0 5 started
        recv INPUT 1 6 6=2
        ended 7    | sent EPISODE_END 7 0
        == episode 0 ending both equal
        catch_up   | sent INPUT_REQUEST 5 5 | request 5 5
        ",
    );
    scenes.sent(
        "asked-after-the-end",
        "CATCHUP-2",
        "request episode-end",
        "nothing is asked for when the episode is complete, although there are holes",
        "
        peer 0 5 started validated
        sends accept 0 refuse all by false types 02
        recv INPUT 1 6 6=2
        ended 7       | sent EPISODE_END 7 0
        recv EPISODE_END 7 0
        advance 500   | episode 0 complete end 7 agreed both equal
        == held 6=2
        catch_up      | sent - | request none
        ",
    );
}
