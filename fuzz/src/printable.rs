//! What every text must satisfy that quotes an adapter or a file.

/// The longest text about one thing, in characters: a few excerpts of 160 and the words around them.
const LONGEST: usize = 2_000;

/// Panics if a text could move the cursor, take more than one line, or grow with what it quotes.
pub(crate) fn assert_printable_line(text: &str) {
    let control = text.chars().find(|it| it.is_control() && *it != '\t');
    assert_eq!(control, None, "a control character in {text:?}");
    assert!(text.chars().take(LONGEST + 1).count() <= LONGEST, "{} bytes of text", text.len());
}
