//! Which entries of a received INPUT count (SYNC-6 to SYNC-10).

use super::super::lines::started_unseen;
use crate::vectors::scenes::Scenes;

pub(super) fn scenes(scenes: &mut Scenes) {
    alone(scenes);
    players(scenes);
    order(scenes);
    first_action(scenes);
    bounds(scenes);
    current_frame(scenes);
}

/// One for each rule, in which nothing else happens.
fn alone(scenes: &mut Scenes) {
    let mut alone =
        |slug: &str, rule: &str, flags: &str, comment: &str, before: &str, last: &str| {
            let started = started_unseen(0, 5, "");
            let text = format!("{started}\n{before}\n{last}");
            scenes.inspect(slug, rule, flags, comment, &text);
        };
    alone(
        "an-input-of-the-own-player",
        "SYNC-6",
        "partner-index",
        "an INPUT with the own index comes back to its sender",
        "== held -",
        "recv INPUT 0 8 8=3   | held -",
    );
    alone(
        "a-falling-input",
        "SYNC-7",
        "order",
        "an INPUT whose newest entry is the first",
        "== held -",
        "recv INPUT 1 8 8=3 7=2   | held 7=2 8=3",
    );
    alone(
        "a-corrected-action",
        "SYNC-8",
        "order",
        "an INPUT that says something else than the one before",
        "recv INPUT 1 8 8=3\n== held 8=3",
        "recv INPUT 1 8 8=4   | held 8=3",
    );
    alone(
        "a-frame-too-far",
        "SYNC-9",
        "early-input boundary",
        "an entry that is 4097 frames beyond the base",
        "== held -",
        "recv INPUT 1 4101 4101=3   | held -",
    );
    alone(
        "a-late-current-frame",
        "SYNC-10",
        "order",
        "an INPUT whose current frame is higher than its entries",
        "== held -",
        "recv INPUT 1 9 8=3   | held 8=3",
    );
}

fn players(scenes: &mut Scenes) {
    let mut player = |slug: &str, local: u8, received: u16, comment: &str| {
        scenes.inspect(
            slug,
            "SYNC-6",
            "partner-index",
            comment,
            &format!(
                "
                peer {local} 5 started
                == held -
                recv INPUT {received} 7 7=2   | held -
                "
            ),
        );
    };
    player("the-own-index", 0, 0, "an INPUT with the own index, 0, is not the partner's");
    player("the-own-index-1", 1, 1, "an INPUT with the own index, 1, is not the partner's");
    player("player-2", 0, 2, "an INPUT of player 2 is that of no player here");
    player("player-257", 0, 257, "the player has 16 bits: 257 is not 1");
    player("player-256", 1, 256, "the player has 16 bits: 256 is not 0");
    player("player-65535", 0, 65535, "the highest player does not exist, and is not -1");
    scenes.inspect(
        "the-partner-is-player-0",
        "SYNC-6",
        "partner-index",
        "the INPUTs of player 0 count, too: 0 is not none",
        "
        peer 1 5 started
        == held -
        recv INPUT 0 7 7=2   | held 7=2
        ",
    );
}

fn order(scenes: &mut Scenes) {
    scenes.inspect(
        "the-newest-first",
        "SYNC-7",
        "order",
        "entries that come in falling order all count",
        "
        peer 0 5 started
        == held -
        recv INPUT 1 9 9=1 8=2 7=3   | held 7=3 8=2 9=1
        ",
    );
    scenes.inspect(
        "no-order-at-all",
        "SYNC-7",
        "order",
        "entries that come in no order all count",
        "
        peer 0 5 started
        == held -
        recv INPUT 1 9 8=2 6=4 9=1 7=3   | held 6=4 7=3 8=2 9=1
        ",
    );
    scenes.inspect(
        "a-known-entry-in-front",
        "SYNC-7",
        "order",
        "entries after one that is known count",
        "
        peer 0 5 started
        recv INPUT 1 7 7=3
        == held 7=3
        recv INPUT 1 9 7=3 8=2 9=1   | held 7=3 8=2 9=1
        ",
    );
    scenes.inspect(
        "a-hole-is-filled-from-behind",
        "SYNC-7",
        "order",
        "an INPUT that was overtaken fills the hole that it has left",
        "
        peer 0 5 started
        recv INPUT 1 9 9=1
        == held 9=1
        recv INPUT 1 9 7=3 8=2 9=1   | held 7=3 8=2 9=1
        ",
    );
    scenes.inspect(
        "a-confirmed-entry-in-front",
        "SYNC-7 SYNC-9",
        "order confirmation",
        "entries after one that is confirmed already count: each INPUT repeats such entries",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        act 5 1
        recv INPUT 1 5 5=4
        == confirmed 5
        recv INPUT 1 8 5=4 7=3 8=2   | held 7=3 8=2
        ",
    );
    scenes.inspect(
        "a-frame-twice",
        "SYNC-7",
        "order",
        "an INPUT that repeats an entry is not dropped",
        "
        peer 0 5 started
        == held -
        recv INPUT 1 9 7=3 7=3 9=1   | held 7=3 9=1
        ",
    );
    scenes.inspect(
        "fifteen-entries",
        "SYNC-7",
        "order boundary",
        "an INPUT with fifteen entries counts completely, however many the own ones have",
        "
        peer 0 5 started
        == held -
        recv INPUT 1 20 6=1 7=2 8=3 9=4 10=5 11=6 12=7 13=8 14=9 15=10 16=11 17=12 18=13 19=14 20=15 | held 6=1 7=2 8=3 9=4 10=5 11=6 12=7 13=8 14=9 15=10 16=11 17=12 18=13 19=14 20=15
        ",
    );
}

fn first_action(scenes: &mut Scenes) {
    scenes.inspect(
        "the-first-action-stays",
        "SYNC-8",
        "order",
        "another action for a known frame does not replace the first",
        "
        peer 0 5 started
        recv INPUT 1 8 7=3 8=4
        == held 7=3 8=4
        recv INPUT 1 8 7=9 8=9   | held 7=3 8=4
        ",
    );
    scenes.inspect(
        "the-first-action-of-an-input-stays",
        "SYNC-8",
        "order",
        "of two actions for one frame in one INPUT the first counts",
        "
        peer 0 5 started
        == held -
        recv INPUT 1 9 7=3 9=1 7=4   | held 7=3 9=1
        ",
    );
    scenes.inspect(
        "a-known-action-0-stays",
        "SYNC-8",
        "order frame-number",
        "action 0 is an action: a later one does not replace it",
        "
        peer 0 5 started
        recv INPUT 1 9 7=0 9=1
        == held 7=0 9=1
        recv INPUT 1 9 7=3 9=1   | held 7=0 9=1
        ",
    );
    scenes.inspect(
        "a-later-action-0",
        "SYNC-8",
        "order frame-number",
        "a later action 0 does not take back what was pressed",
        "
        peer 0 5 started
        recv INPUT 1 9 7=3 9=1
        == held 7=3 9=1
        recv INPUT 1 9 7=0 9=1   | held 7=3 9=1
        ",
    );
    scenes.inspect(
        "the-newest-action-stays",
        "SYNC-8",
        "order",
        "the highest frame is not corrected either",
        "
        peer 0 5 started
        recv INPUT 1 7 7=3
        == held 7=3
        recv INPUT 1 7 7=4   | held 7=3
        ",
    );
}

fn bounds(scenes: &mut Scenes) {
    let mut bound = |slug: &str, first: u32, frame: u32, is_kept: bool, comment: &str| {
        let held = if is_kept { format!("{frame}=2") } else { "-".to_owned() };
        scenes.inspect(
            slug,
            "SYNC-9",
            "early-input boundary",
            comment,
            &format!(
                "
                peer 0 {first} started
                == held -
                recv INPUT 1 {frame} {frame}=2   | held {held}
                "
            ),
        );
    };
    bound("frame-4095", 0, 4095, true, "4096 frames beyond a base of -1");
    bound("frame-4096", 0, 4096, false, "4097 frames beyond a base of -1: one too many");
    bound("frame-5-and-4096", 5, 4100, true, "4096 frames beyond a base of 4");
    bound("frame-5-and-4097", 5, 4101, false, "4097 frames beyond a base of 4: one too many");
    bound("frame-0", 0, 0, true, "frame 0 is above a base of none");
    bound("256-ahead", 5, 260, true, "a count of how far ahead an entry is needs more than 8 bits");
    bound(
        "the-highest-frame",
        5,
        4_294_967_295,
        false,
        "the highest frame is far ahead, and not -1",
    );
    bound(
        "below-the-first-frame",
        5,
        4,
        false,
        "the frame below the first is not a frame of the game",
    );
    bound("frame-0-of-a-later-game", 5, 0, false, "frame 0 is below the first");
    bound("above-2147483647", 2_147_483_640, 2_147_483_648, true, "a frame is an unsigned number");
    bound(
        "near-the-last-frame",
        4_294_967_290,
        4_294_967_293,
        true,
        "the highest frame that is allowed would not fit into 32 bits",
    );
    bound("the-last-frame", 4_294_967_290, 4_294_967_295, true, "the last frame is near enough");
    scenes.inspect(
        "the-base-moves",
        "SYNC-9",
        "early-input boundary confirmation",
        "the bound moves with the confirmed frame",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        act 5 1
        act 6 1
        recv INPUT 1 6 5=2 6=2
        == confirmed 6
        recv INPUT 1 4103 4102=3 4103=4   | held 4102=3
        ",
    );
    scenes.inspect(
        "the-base-before-the-input",
        "SYNC-9",
        "early-input boundary confirmation",
        "what an INPUT confirms does not move the bound for its other entries",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        act 5 1
        == confirmed none
        recv INPUT 1 4101 5=2 4101=4   | confirmed 5 | held -
        recv INPUT 1 4101 4101=4       | held 4101=4
        ",
    );
    scenes.inspect(
        "a-confirmed-frame-comes-again",
        "SYNC-9 SYNC-12",
        "order confirmation",
        "an entry for the confirmed frame is dropped, whatever its action",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        act 5 1
        recv INPUT 1 5 5=2
        == confirmed 5 | held -
        recv INPUT 1 5 5=3   | confirmed 5 | held -
        ",
    );
}

fn current_frame(scenes: &mut Scenes) {
    scenes.inspect(
        "a-current-frame-of-0",
        "SYNC-10",
        "order",
        "entries above the current frame count",
        "
        peer 0 5 started
        == held -
        recv INPUT 1 0 7=3 8=2   | held 7=3 8=2
        ",
    );
    scenes.inspect(
        "the-highest-current-frame",
        "SYNC-10",
        "order boundary",
        "a current frame far ahead does not reject the entries, and is none itself",
        "
        peer 0 5 started
        == held -
        recv INPUT 1 4294967295 7=3 8=2   | held 7=3 8=2
        ",
    );
    scenes.inspect(
        "a-current-frame-without-an-entry",
        "SYNC-10",
        "order",
        "the current frame is not an entry",
        "
        peer 0 5 started
        == held -
        recv INPUT 1 9 7=3 8=2   | held 7=3 8=2
        ",
    );
    scenes.inspect(
        "an-input-was-overtaken",
        "SYNC-10 SYNC-7",
        "order",
        "an INPUT that is older by its current frame still fills a hole",
        "
        peer 0 5 started
        recv INPUT 1 9 9=1
        == held 9=1
        recv INPUT 1 7 7=3   | held 7=3 9=1
        ",
    );
    scenes.inspect(
        "a-current-frame-below-the-confirmed-one",
        "SYNC-10",
        "order confirmation",
        "a current frame that is confirmed already says nothing about the entries",
        "
        peer 0 5 started
        sends accept 0 refuse all by false types 01
        act 5 1
        recv INPUT 1 5 5=2
        == confirmed 5
        recv INPUT 1 5 7=3   | held 7=3
        ",
    );
}
