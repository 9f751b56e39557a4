//! The result of a run in a few words, and the sign and word of each verdict: the same in every
//! report.

use super::{collect::Collected, reporter::TRUNCATED};
use crate::{
    event::{Footer, Header},
    text::{grouped, plural, sanitize},
    verdict::{Exit, Verdict},
};

/// How good a result is, for colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Good,
    /// Good, with reservations.
    Fair,
    Bad,
    /// Nothing is known.
    Unknown,
}

/// The result of a run.
#[derive(Debug)]
pub(super) struct Conclusion {
    pub(super) tone: Tone,
    /// A few words, none of them from the adapter.
    pub(super) short: String,
    /// The reason, if there is more to say: a sentence without control characters.
    pub(super) reason: Option<String>,
}

impl Conclusion {
    /// The result that the footer states, or that there is no footer.
    pub(super) fn of(collected: &Collected) -> Self {
        collected.footer.as_ref().map_or_else(
            || {
                let reason = Some(TRUNCATED.to_owned());
                Self { tone: Tone::Unknown, short: "truncated".to_owned(), reason }
            },
            |footer| Self::of_run(collected.header.as_ref(), footer),
        )
    }

    /// The result that a footer states.
    pub(super) fn of_run(header: Option<&Header>, footer: &Footer) -> Self {
        let counts = &footer.counts;
        let mut found = Vec::new();
        for (verdict, count) in counts.by_verdict() {
            let word = match verdict {
                Verdict::Error if count > 1 => "errors",
                Verdict::Fail
                | Verdict::Weak
                | Verdict::Error
                | Verdict::ExpectedFailure
                | Verdict::UnexpectedPass => word(verdict),
                Verdict::Pass | Verdict::NotApplicable | Verdict::NotRun => continue,
            };
            if count > 0 {
                found.push(format!("{} {word}", grouped(count)));
            }
        }
        if footer.refusals_without_class > 0 {
            let refusals = plural(footer.refusals_without_class, "refusal", "refusals");
            found.push(format!("{refusals} without a class"));
        }
        if footer.baseline_faults > 0 {
            found.push(format!(
                "{} in the baseline",
                plural(footer.baseline_faults, "fault", "faults")
            ));
        }
        if footer.adapter_faults > 0 {
            let faults = plural(footer.adapter_faults, "fault", "faults");
            found.push(format!("{faults} of the adapter"));
        }
        let found = found.join(", ");
        // Recorded answers do not show everything, and other vectors may hold anything.
        let is_whole = header.is_none_or(|header| circumstances(header).is_empty());
        let partial = footer.is_partial() || !is_whole;
        let (tone, short) = match footer.exit {
            _ if !footer.complete => (Tone::Unknown, join("incomplete", &found)),
            Exit::Conforms if counts.failed + counts.errors + counts.not_run > 0 => {
                (Tone::Bad, join("does not conform", &found))
            }
            Exit::Conforms if partial => {
                let all = counts.total() + footer.left_out.filtered_checks;
                let (ran, all) = (grouped(counts.ran()), plural(all, "check", "checks"));
                let found = if found.is_empty() { "all passed" } else { &found };
                (Tone::Fair, format!("partial: {ran} of {all}, {found}"))
            }
            Exit::Conforms if counts.expected_failures > 0 => {
                (Tone::Fair, join("no unexpected failures", &found))
            }
            Exit::Conforms
                if counts.weak + footer.adapter_faults + footer.refusals_without_class > 0 =>
            {
                (Tone::Fair, join("conforms", &found))
            }
            Exit::Conforms => (Tone::Good, "conforms".to_owned()),
            Exit::Failed => (Tone::Bad, join("does not conform", &found)),
            Exit::Nothing => (Tone::Unknown, "nothing was checked".to_owned()),
            Exit::Usage | Exit::Incomplete | Exit::Broken | Exit::Signal(_) => {
                (Tone::Unknown, join("incomplete", &found))
            }
        };
        Self { tone, short, reason: footer.reason.as_deref().map(sanitize) }
    }

    /// The verdict alone, without what was found: the same words in every report.
    pub(super) fn verdict(&self) -> &str {
        self.short.split(':').next().unwrap_or_default()
    }

    /// The sign shown before it.
    pub(super) const fn sign(&self) -> &'static str {
        match self.tone {
            Tone::Good => "✓",
            Tone::Fair => "~",
            Tone::Bad => "✗",
            Tone::Unknown => "?",
        }
    }
}

fn join(word: &str, found: &str) -> String {
    if found.is_empty() { word.to_owned() } else { format!("{word}: {found}") }
}

/// The verdict on a run in one line, with what was left out: for a terminal.
#[must_use]
pub fn verdict_line(header: Option<&Header>, footer: &Footer) -> String {
    let Conclusion { short, .. } = Conclusion::of_run(header, footer);
    let circumstances = header.map(circumstances).unwrap_or_default();
    let circumstances = match circumstances.is_empty() {
        true => String::new(),
        false => format!(" ({})", circumstances.join(", ")),
    };
    let left_out = footer.left_out.reasons();
    let left_out = match left_out.is_empty() {
        true => String::new(),
        false => format!("; left out: {}", left_out.join(", ")),
    };
    format!("{short}{circumstances}{left_out}")
}

/// What a reader must know about a run besides what it left out.
fn circumstances(header: &Header) -> Vec<String> {
    let mut found = Vec::new();
    if header.offline.is_some() {
        found.push("offline".to_owned());
    }
    if header.arguments.iter().any(|argument| argument == "--vectors") {
        found.push("other vectors".to_owned());
    }
    found
}

/// Why a run did not check everything, and what it left out; empty if it checked everything.
pub(super) fn restrictions(collected: &Collected) -> Vec<String> {
    let mut found = collected.header.as_ref().map(circumstances).unwrap_or_default();
    if let Some(footer) = &collected.footer {
        let excused = footer.counts.expected_failures;
        if excused > 0 {
            found.push(format!("{} expected to fail", plural(excused, "check", "checks")));
        }
        found.extend(footer.left_out.reasons());
        if footer.left_out.is_empty() && footer.is_partial() {
            let checks = plural(footer.counts.not_applicable, "check", "checks");
            found.push(format!("{checks} not applicable"));
        }
    }
    found
}

/// The sign of a verdict, so that colour is never the only difference.
pub(super) const fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "✓",
        Verdict::Fail => "✗",
        Verdict::Weak => "~",
        Verdict::Error => "!",
        Verdict::ExpectedFailure => "≈",
        Verdict::UnexpectedPass => "⇧",
        Verdict::NotApplicable => "–",
        Verdict::NotRun => "?",
    }
}

/// The word for a verdict.
pub(super) const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "passed",
        Verdict::Fail => "failed",
        Verdict::Weak => "weak",
        Verdict::Error => "error",
        Verdict::ExpectedFailure => "expected to fail",
        Verdict::UnexpectedPass => "passed unexpectedly",
        Verdict::NotApplicable => "not applicable",
        Verdict::NotRun => "not run",
    }
}
