//! The verdict on a check, and the exit code of a run.

mod meaning;

use serde::{Deserialize, Serialize};

pub use self::meaning::RUN_VERDICTS;

/// The verdict on one check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The answer is right.
    Pass,
    /// A MUST is violated.
    Fail,
    /// A SHOULD is not followed, or a refusal has the wrong class. Fails the run with `--strict`.
    Weak,
    /// No verdict on the implementation: the adapter crashed, hung or wrote something that is not
    /// an answer.
    Error,
    /// The check failed exactly as an entry of the baseline expects.
    ExpectedFailure,
    /// The check passed although an entry of the baseline expects it to fail: the entry must be
    /// removed.
    UnexpectedPass,
    /// The adapter does not declare a capability that the check needs.
    NotApplicable,
    /// The run ended before this check, or enough of its like had broken the adapter.
    NotRun,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Pass,
        Self::Fail,
        Self::Weak,
        Self::Error,
        Self::ExpectedFailure,
        Self::UnexpectedPass,
        Self::NotApplicable,
        Self::NotRun,
    ];

    /// The name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Weak => "weak",
            Self::Error => "error",
            Self::ExpectedFailure => "expected_failure",
            Self::UnexpectedPass => "unexpected_pass",
            Self::NotApplicable => "not_applicable",
            Self::NotRun => "not_run",
        }
    }

    /// The word at the beginning of a line of the text report.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pass => "PASS",
            Self::Fail => "FAIL",
            Self::Weak => "WEAK",
            Self::Error => "ERROR",
            Self::ExpectedFailure => "XFAIL",
            Self::UnexpectedPass => "XPASS",
            Self::NotApplicable => "N/A",
            Self::NotRun => "NOTRUN",
        }
    }
}

/// What exactly is wrong. The names are stable: reports show them and users search for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Decoded to the wrong value.
    WrongValue,
    /// Encoded to the wrong bytes.
    WrongBytes,
    /// Accepted an input that must be refused.
    Accepted,
    /// Refused an input that must be accepted.
    Refused,
    /// Gave an allowed answer that is not the preferred one.
    Alternative,
    /// Refused with the wrong class.
    WrongClass,
    /// Declared a capability, then answered `unsupported`.
    Unsupported,
    /// Answered `error`.
    AdapterError,
    /// The answer is malformed.
    Malformed,
    /// The adapter crashed on this request.
    Crash,
    /// The adapter did not answer this request in time.
    Timeout,
    /// Standard output held something that is not an answer.
    Garbage,
    /// The adapter failed with this request in flight, but answered it when it was asked again alone.
    Unstable,
    /// Sent the wrong datagrams.
    WrongSent,
    /// The queue, the map or the history is wrong.
    WrongState,
    /// The verified frame or the events are wrong.
    WrongDetection,
    /// Computed the wrong digest of a state.
    WrongDigest,
    /// The same scenario gave different observations when it was run again.
    Nondeterministic,
}

impl Code {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::WrongValue,
        Self::WrongBytes,
        Self::Accepted,
        Self::Refused,
        Self::Alternative,
        Self::WrongClass,
        Self::Unsupported,
        Self::AdapterError,
        Self::Malformed,
        Self::Crash,
        Self::Timeout,
        Self::Garbage,
        Self::Unstable,
        Self::WrongSent,
        Self::WrongState,
        Self::WrongDetection,
        Self::WrongDigest,
        Self::Nondeterministic,
    ];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WrongValue => "wrong_value",
            Self::WrongBytes => "wrong_bytes",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Alternative => "alternative",
            Self::WrongClass => "wrong_class",
            Self::Unsupported => "unsupported",
            Self::AdapterError => "adapter_error",
            Self::Malformed => "malformed",
            Self::Crash => "crash",
            Self::Timeout => "timeout",
            Self::Garbage => "garbage",
            Self::Unstable => "unstable",
            Self::WrongSent => "wrong_sent",
            Self::WrongState => "wrong_state",
            Self::WrongDetection => "wrong_detection",
            Self::WrongDigest => "wrong_digest",
            Self::Nondeterministic => "nondeterministic",
        }
    }

    /// The verdict that always goes with this code.
    #[must_use]
    pub const fn verdict(self) -> Verdict {
        match self {
            Self::WrongValue
            | Self::WrongBytes
            | Self::Accepted
            | Self::Refused
            | Self::Unsupported
            | Self::WrongSent
            | Self::WrongState
            | Self::WrongDetection
            | Self::WrongDigest => Verdict::Fail,
            Self::Alternative | Self::WrongClass => Verdict::Weak,
            Self::AdapterError
            | Self::Malformed
            | Self::Crash
            | Self::Timeout
            | Self::Garbage
            | Self::Unstable
            | Self::Nondeterministic => Verdict::Error,
        }
    }
}

/// How the process exits. All subcommands share these codes; a code is never a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u8")]
#[serde(from = "u8")]
pub enum Exit {
    /// The implementation conforms.
    Conforms,
    /// A check failed, or the baseline has a fault.
    Failed,
    /// The command line is wrong.
    Usage,
    /// Some checks could not be asked.
    Incomplete,
    /// No check was selected, none ran, or none passed while every failure was expected.
    Nothing,
    /// rollwire itself is broken.
    Broken,
    /// The user ended the run with this signal.
    Signal(u8),
}

impl Exit {
    /// The code for the operating system.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Conforms => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Incomplete => 3,
            Self::Nothing => 4,
            Self::Broken => 5,
            Self::Signal(signal) => 128_u8.saturating_add(signal),
        }
    }
}

impl From<Exit> for u8 {
    fn from(exit: Exit) -> Self {
        exit.code()
    }
}

impl From<u8> for Exit {
    fn from(code: u8) -> Self {
        match code {
            0 => Self::Conforms,
            1 => Self::Failed,
            2 => Self::Usage,
            3 => Self::Incomplete,
            4 => Self::Nothing,
            129.. => Self::Signal(code - 128),
            _ => Self::Broken,
        }
    }
}

/// How many checks have which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// [`Verdict::Pass`]
    pub passed: u64,
    /// [`Verdict::Fail`]
    pub failed: u64,
    /// [`Verdict::Weak`]
    pub weak: u64,
    /// [`Verdict::Error`]
    pub errors: u64,
    /// [`Verdict::ExpectedFailure`]
    #[serde(default)]
    pub expected_failures: u64,
    /// [`Verdict::UnexpectedPass`]
    #[serde(default)]
    pub unexpected_passes: u64,
    /// [`Verdict::NotApplicable`]
    pub not_applicable: u64,
    /// [`Verdict::NotRun`]
    pub not_run: u64,
}

impl Counts {
    /// Counts one more check.
    pub fn add(&mut self, verdict: Verdict) {
        *match verdict {
            Verdict::Pass => &mut self.passed,
            Verdict::Fail => &mut self.failed,
            Verdict::Weak => &mut self.weak,
            Verdict::Error => &mut self.errors,
            Verdict::ExpectedFailure => &mut self.expected_failures,
            Verdict::UnexpectedPass => &mut self.unexpected_passes,
            Verdict::NotApplicable => &mut self.not_applicable,
            Verdict::NotRun => &mut self.not_run,
        } += 1;
    }

    /// How many checks have each verdict. A new count does not compile until it is added here.
    #[must_use]
    pub const fn by_verdict(&self) -> [(Verdict, u64); 8] {
        let Self {
            passed,
            failed,
            weak,
            errors,
            expected_failures,
            unexpected_passes,
            not_applicable,
            not_run,
        } = *self;
        [
            (Verdict::Pass, passed),
            (Verdict::Fail, failed),
            (Verdict::Weak, weak),
            (Verdict::Error, errors),
            (Verdict::ExpectedFailure, expected_failures),
            (Verdict::UnexpectedPass, unexpected_passes),
            (Verdict::NotApplicable, not_applicable),
            (Verdict::NotRun, not_run),
        ]
    }

    /// How many checks there are.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.ran() + self.not_applicable + self.not_run
    }

    /// How many checks were asked.
    #[must_use]
    pub const fn ran(&self) -> u64 {
        let in_baseline = self.expected_failures + self.unexpected_passes;
        self.passed + self.failed + self.weak + self.errors + in_baseline
    }

    /// Whether the baseline excuses everything: some checks failed as expected, and none passed.
    #[must_use]
    pub const fn nothing_conforms(&self) -> bool {
        self.passed == 0 && self.expected_failures > 0
    }

    /// The exit code of a complete run with these counts.
    #[must_use]
    pub const fn exit(&self, strict: bool) -> Exit {
        let failures = self.failed + self.errors + self.unexpected_passes;
        if failures > 0 || (strict && self.weak > 0) {
            Exit::Failed
        } else if self.ran() == 0 || self.nothing_conforms() {
            Exit::Nothing
        } else {
            Exit::Conforms
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exit_code_is_not_a_count_and_a_run_without_checks_is_not_a_success() {
        let counts = |passed, failed, weak| Counts { passed, failed, weak, ..Counts::default() };
        assert_eq!(counts(5, 0, 1).exit(false), Exit::Conforms);
        assert_eq!(counts(5, 0, 1).exit(true), Exit::Failed);
        assert_eq!(counts(5, 256, 0).exit(false).code(), 1);
        assert_eq!(counts(0, 0, 0).exit(false), Exit::Nothing);
        let skipped = Counts { not_applicable: 9, ..Counts::default() };
        assert_eq!(skipped.exit(false), Exit::Nothing);
        let with_baseline = |passed, expected_failures, unexpected_passes| {
            Counts { passed, expected_failures, unexpected_passes, ..Counts::default() }.exit(false)
        };
        assert_eq!(with_baseline(1, 9, 0), Exit::Conforms);
        assert_eq!(with_baseline(0, 9, 0), Exit::Nothing);
        assert_eq!(with_baseline(5, 9, 1), Exit::Failed);
        assert_eq!(Exit::Signal(2).code(), 130);
        assert_eq!(Exit::Signal(15).code(), 143);
    }
}
