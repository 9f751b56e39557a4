//! Lines of scenarios that go on and on. The action of a frame is never 0 in them, and differs from that of
//! the frames around it.

use std::{fmt::Write as _, ops::RangeInclusive};

/// How many entries an INPUT has at most.
const WINDOW: u32 = 10;

/// A peer whose first episode starts as with the word `started`, but whose READY is refused, and whatever
/// else begins with these types: wrong READYs are not seen.
pub(super) fn started_unseen(local: u8, first: u32, types: &str) -> String {
    format!(
        "peer {local} {first}
        sends accept 0 refuse all by false types 06 {types}
        ready aaaaaaaa
        recv EPISODE_READY 1 aaaaaaaa"
    )
}

/// The action of a frame.
fn action(frame: u32) -> u32 {
    frame % 255 + 1
}

/// The entries of these frames.
pub(super) fn entries(frames: RangeInclusive<u32>) -> String {
    let entries: Vec<String> = frames.map(|frame| format!("{frame}={}", action(frame))).collect();
    entries.join(" ")
}

/// The acts for these frames, none of which is sent.
pub(super) fn acts(frames: RangeInclusive<u32>) -> String {
    let mut lines = String::new();
    for frame in frames {
        let _ = writeln!(lines, "act {frame} {}", action(frame));
    }
    lines
}

/// The acts for these frames of a player who began at `first`, all of which are sent.
pub(super) fn acts_sent(player: u8, first: u32, frames: RangeInclusive<u32>) -> String {
    let mut lines = String::new();
    for frame in frames {
        let oldest = frame.saturating_sub(WINDOW - 1).max(first);
        let sent = entries(oldest..=frame);
        let act = format!("act {frame} {}", action(frame));
        let _ = writeln!(lines, "{act} | sent INPUT {player} {frame} {sent}");
    }
    lines
}
