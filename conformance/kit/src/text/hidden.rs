//! Which characters a terminal does not show as they are.

use unicode_general_category::{GeneralCategory, get_general_category};

/// Whether a character controls the terminal, is invisible, looks like a blank, changes the order of a line,
/// ends a line, or means nothing: it is shown as an escape. A blank and a tab are shown.
pub(super) fn is_hidden(character: char) -> bool {
    match character {
        ' '..='~' | '\t' => false,
        // U+E0100 to U+E01EF select variants of the character before them, and can carry hidden text. The
        // single ones are letters and a symbol that look like blanks.
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{e0100}'..='\u{e01ef}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{ffa0}' => true,
        _ => matches!(
            get_general_category(character),
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::SpaceSeparator
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
                | GeneralCategory::PrivateUse
                | GeneralCategory::Surrogate
                | GeneralCategory::Unassigned
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_deceive_a_reader_is_hidden() {
        let hidden = "\0\n\r\u{1b}\u{7f}\u{85}\u{9b}\u{ad}\u{61c}\u{180e}\u{200b}\u{200d}\u{200e}\
            \u{2028}\u{2029}\u{202a}\u{202e}\u{2060}\u{2066}\u{feff}\u{fff9}\u{fffe}\u{e000}\
            \u{a0}\u{2003}\u{3000}\u{2800}\u{3164}\u{e0001}\u{e0041}\u{e007f}\u{e0100}\u{10ffff}";
        let shown: Vec<char> = hidden.chars().filter(|it| !is_hidden(*it)).collect();
        assert_eq!(shown, [' '; 0]);
        let text = "a Z~ é ß 日本 🙂 ‘’ … · → \u{fffd}\t";
        assert_eq!(text.chars().filter(|it| is_hidden(*it)).collect::<String>(), "");
    }
}
