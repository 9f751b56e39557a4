//! Many frames at once, as lines that confirm them and as claims list them.

/// The first frames of a game that hashes every fifth: 5, 10, 15 and so on.
pub(super) fn fifths(count: usize) -> impl DoubleEndedIterator<Item = u32> {
    let frames: Vec<u32> = (1..).map(|number| 5 * number).take(count).collect();
    frames.into_iter()
}

/// A line for each frame that confirms it, with its number for a hash.
pub(super) fn confirms(frames: impl Iterator<Item = u32>) -> String {
    frames.map(|frame| format!("confirm {frame} {frame:016x}\n")).collect()
}

/// The frames as a claim lists them.
pub(super) fn list(frames: impl Iterator<Item = u32>) -> String {
    frames.map(|frame| format!("{frame} ")).collect()
}
