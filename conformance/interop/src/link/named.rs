//! Lines with names, from one without a fault to one on which a game is barely possible.

use super::Line;

/// The lines with names, each as it would be written.
pub const NAMED: [(&str, &str); 4] = [
    ("good", "delay 20±4"),
    ("wifi", "delay 25±20 loss 2% burst 3 duplicate 1%"),
    ("mobile", "delay 80±60 loss 6% burst 5 part 1s@4s"),
    (
        "awful",
        "delay 120±100 loss 20% burst 6 duplicate 10% part 2500ms@3s full 1s@7s close 700ms@9s",
    ),
];

/// The line with this name.
#[must_use]
pub fn named(name: &str) -> Option<Line> {
    let (_, text) = NAMED.iter().find(|(known, _)| *known == name)?;
    text.parse().ok()
}
