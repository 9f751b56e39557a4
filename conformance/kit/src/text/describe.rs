//! Outcomes and rules in the words that every report uses.

use rollwire_model::{Grade, Outcome, Rule};

/// How wide explanations are, in columns.
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

/// A rule as a paragraph behind some blanks.
#[must_use]
pub fn rule(rule: &Rule, indent: usize) -> String {
    paragraph(&format!("{} {} {}", rule.id, rule.level, rule.text), indent)
}

/// Text as a paragraph, every line behind some blanks.
#[must_use]
pub fn paragraph(text: &str, indent: usize) -> String {
    let blanks = " ".repeat(indent);
    let options = textwrap::Options::new(WIDTH)
        .initial_indent(&blanks)
        .subsequent_indent(&blanks)
        .break_words(false);
    textwrap::fill(text, options)
}
