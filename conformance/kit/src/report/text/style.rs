//! The colours of the text report, and how it is wrapped. The caller strips the colours if the output
//! is not a terminal.

use anstyle::{AnsiColor, Style};

use crate::{
    event::Harm,
    report::{conclusion::Tone, details::Row},
    text::comparison::Cut,
    verdict::Verdict,
};

pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(super) const WEAK: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const QUIET: Style = Style::new().dimmed();
pub(super) const STRONG: Style = Style::new().bold();
const EXPECTED: Style = AnsiColor::Green.on_default();
const GOT: Style = AnsiColor::Red.on_default();

/// The style of a verdict.
pub(super) const fn of(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Pass => GOOD,
        Verdict::Weak => WEAK,
        Verdict::Fail | Verdict::Error | Verdict::UnexpectedPass => BAD,
        Verdict::ExpectedFailure | Verdict::NotApplicable | Verdict::NotRun => QUIET,
    }
}

/// The style of the result of a run.
pub(super) const fn of_tone(tone: Tone) -> Style {
    match tone {
        Tone::Good => GOOD,
        Tone::Fair => WEAK,
        Tone::Bad | Tone::Unknown => BAD,
    }
}

/// The style of how much a cause harms a game.
pub(super) const fn of_harm(harm: Harm) -> Style {
    match harm {
        Harm::Diverges | Harm::WrongData | Harm::Accepts | Harm::Refuses => BAD,
        Harm::Cosmetic => WEAK,
    }
}

/// How text is wrapped: between words, of which none is cut in two.
pub(super) fn wrapping<'a>(columns: usize) -> textwrap::Options<'a> {
    textwrap::Options::new(columns)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
}

/// Text in a style.
pub(super) fn paint(style: Style, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{style}{text}{style:#}") }
}

/// A line of a failure. The label says the same as the colour of an answer.
pub(super) fn row(row: &Row, indent: &str) -> String {
    let style = match &*row.label {
        "expected" | "or" => EXPECTED,
        "got" => GOT,
        _ => Style::new(),
    };
    let Cut { before, different, after, .. } = &row.text;
    let label = paint(QUIET, &format!("{:<10}", row.label));
    let text = if style == Style::new() {
        row.text.whole()
    } else {
        let marked = paint(style.bold().underline(), different);
        format!("{}{marked}{}", paint(style, before), paint(style, after))
    };
    format!("{indent}{label}{text}\n")
}
