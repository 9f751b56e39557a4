//! What every page contains: style, script, the policy that allows only them, and the classes of
//! the style.

use crate::{event::Harm, report::conclusion::Tone, text::policy, verdict::Verdict};

const STYLE: &str = include_str!("../../../templates/report.css");
const SCRIPT: &str = include_str!("../../../templates/report.js");

/// The style and script of every page, and the content security policy that allows only them.
#[derive(Debug)]
pub(in crate::report) struct PageAssets {
    pub(in crate::report) style: &'static str,
    pub(in crate::report) script: &'static str,
    pub(in crate::report) policy: String,
}

impl PageAssets {
    pub(in crate::report) fn new() -> Self {
        let policy = policy(STYLE, Some(SCRIPT));
        Self { style: STYLE, script: SCRIPT, policy }
    }
}

/// The class of a verdict in the style.
pub(in crate::report) const fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Weak => "weak",
        Verdict::Error => "error",
        Verdict::ExpectedFailure => "xfail",
        Verdict::UnexpectedPass => "xpass",
        Verdict::NotApplicable => "na",
        Verdict::NotRun => "notrun",
    }
}

/// The class of the result of a run in the style.
pub(in crate::report) const fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "pass",
        Tone::Fair => "weak",
        Tone::Bad => "fail",
        Tone::Unknown => "notrun",
    }
}

/// The class of how much a cause harms a game in the style.
pub(in crate::report) const fn harm_class(harm: Harm) -> &'static str {
    match harm {
        Harm::Diverges => "error",
        Harm::WrongData | Harm::Accepts => "fail",
        Harm::Refuses => "notrun",
        Harm::Cosmetic => "weak",
    }
}
