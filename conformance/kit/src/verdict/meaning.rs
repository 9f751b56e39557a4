//! What verdicts and codes mean, in words for people.

use super::{Code, Verdict};

impl Verdict {
    /// What it means, for people.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Pass => "The answer is right.",
            Self::Fail => "A MUST is violated. The run fails.",
            Self::Weak => {
                "A SHOULD is not followed, or a refusal has the wrong class. The run fails only with \
                 --strict."
            }
            Self::Error => {
                "The adapter crashed, hung, or wrote something that is not an answer. The run fails."
            }
            Self::ExpectedFailure => {
                "The check failed exactly as an entry of the baseline expects. The run does not fail."
            }
            Self::UnexpectedPass => {
                "The check passed although an entry of the baseline expects it to fail. Remove the \
                 entry; until then the run fails."
            }
            Self::NotApplicable => {
                "The adapter does not declare something that the check needs, so it was not asked."
            }
            Self::NotRun => "The run ended before this check.",
        }
    }
}

impl Code {
    /// What it means, for people.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::WrongValue => "A datagram was decoded to another value than the right one.",
            Self::WrongBytes => "A value was encoded to other bytes than the right ones.",
            Self::Accepted => "An input was accepted that must be refused.",
            Self::Refused => "An input was refused that must be accepted.",
            Self::Alternative => {
                "An answer was given that a SHOULD allows, but that is not the preferred one."
            }
            Self::WrongClass => "An input was refused rightly, but with the wrong refusal class.",
            Self::Unsupported => "The adapter declares the capability, but answered `unsupported`.",
            Self::AdapterError => "The adapter answered `error`.",
            Self::Malformed => {
                "The answer has the id of a request, but not the form of an answer; spec/adapter.md \
                 lists every text."
            }
            Self::Crash => "The adapter ended on this request, also when it was asked alone.",
            Self::Timeout => "The adapter did not answer this request in time.",
            Self::Garbage => "Standard output held something that is not an answer.",
            Self::Unstable => {
                "The adapter failed while this request was waiting, but answered it when it was asked \
                 again alone."
            }
            Self::WrongSent => "An exchange sent other datagrams than the right ones.",
            Self::WrongState => "The queue, the map or the history of an exchange is wrong.",
            Self::WrongDetection => "The verified frame or the events of an exchange are wrong.",
            Self::WrongDigest => "A state has another digest than the right one.",
            Self::Nondeterministic => {
                "The same scenario gave different observations when it was run again."
            }
        }
    }
}

/// The verdicts on a whole run, as the last lines of every report name them, with what each means and the
/// exit codes that it has.
pub const RUN_VERDICTS: [(&str, &str, &str); 7] = [
    ("conforms", "Everything was asked, and no MUST is violated.", "0"),
    (
        "partial",
        "What was asked is right, but something was left out: messages, directions or capabilities that \
         the adapter does not declare, or what the command line selects. The report names it.",
        "0",
    ),
    ("no unexpected failures", "Every failure is one that the baseline expects.", "0"),
    (
        "does not conform",
        "A check failed that the baseline does not list, or the baseline has a fault.",
        "1",
    ),
    (
        "incomplete",
        "The run could not ask everything: the adapter did not start, failed a probe or a canary, or used \
         up its restarts or the time.",
        "3",
    ),
    (
        "nothing was checked",
        "No case was selected, no check applied, or nothing passed because the baseline expects every \
         failure.",
        "4",
    ),
    (
        "truncated",
        "The event file ends before its footer, so the result of the run is not known.",
        "3",
    ),
];
