//! Colours and bold text of a terminal.

use anstyle::{AnsiColor, Style};

/// Red, bold text. A stream that is not a terminal removes the escape codes.
pub(crate) fn red(text: &str) -> String {
    let style = AnsiColor::Red.on_default().bold();
    format!("{style}{text}{style:#}")
}

/// Bold text. A stream that is not a terminal removes the escape codes.
pub(crate) fn strong(text: &str) -> String {
    let style = Style::new().bold();
    format!("{style}{text}{style:#}")
}
