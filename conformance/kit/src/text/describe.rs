//! Outcomes and rules as text: every report uses the same words.

use rollwire_model::{Grade, Outcome, Rule};

/// The width of a paragraph, in columns.
const WIDTH: usize = 100;

/// One allowed answer: a value, bytes, or a refusal.
#[must_use]
pub fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Value(value) => value.to_string(),
        Outcome::Bytes(bytes) => rollwire_model::hex::plain(bytes),
        Outcome::Reject(class) => format!("a refusal: {class}"),
    }
}

/// All allowed answers, the preferred one first.
#[must_use]
pub fn outcomes(outcomes: &[(Grade, Outcome)]) -> String {
    let one = |(grade, it): &(Grade, Outcome)| match grade {
        Grade::Pass => outcome(it),
        Grade::Weak => format!("{} (weak)", outcome(it)),
    };
    outcomes.iter().map(one).collect::<Vec<_>>().join(", or ")
}

/// A rule as an indented paragraph.
#[must_use]
pub fn rule(rule: &Rule, indent: usize) -> String {
    paragraph(&format!("{} {} {}", rule.id, rule.level, rule.text), indent)
}

/// Text as a paragraph of which every line is indented by this many spaces.
#[must_use]
pub fn paragraph(text: &str, indent: usize) -> String {
    paragraph_within(text, indent, WIDTH)
}

/// A paragraph as [`paragraph`] makes it, in this many columns.
#[must_use]
pub fn paragraph_within(text: &str, indent: usize, width: usize) -> String {
    let spaces = " ".repeat(indent);
    let options = textwrap::Options::new(width)
        .initial_indent(&spaces)
        .subsequent_indent(&spaces)
        .break_words(false);
    textwrap::fill(text, options)
}
