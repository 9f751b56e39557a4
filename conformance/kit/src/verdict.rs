//! What a check comes to, and what a run comes to.

use serde::{Deserialize, Serialize};

/// The verdict on one check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// What the specification demands.
    Pass,
    /// A MUST that is not met.
    Fail,
    /// A SHOULD that is not met, or a refusal of the wrong class. Fatal with `--strict`.
    Weak,
    /// No verdict on the implementation: the adapter broke, hung or wrote garbage.
    Error,
    /// Failed exactly as an entry of the baseline says.
    ExpectedFailure,
    /// Passed, and an entry of the baseline says that it fails: the entry is to be removed.
    UnexpectedPass,
    /// A capability was not declared.
    NotApplicable,
    /// The run ended before.
    NotRun,
}

impl Verdict {
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

/// What exactly is wrong: stable names, for reports and for people who search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Decoded another value.
    WrongValue,
    /// Encoded other bytes.
    WrongBytes,
    /// Accepted what must be refused.
    Accepted,
    /// Refused what must be accepted.
    Refused,
    /// Took the listed alternative to what it should do.
    Alternative,
    /// Refused with another class than the right one.
    WrongClass,
    /// Declared a capability, then answered `unsupported`.
    Unsupported,
    /// Answered `error`.
    AdapterError,
    /// The answer has not the form of an answer.
    Malformed,
    /// The adapter crashed on this request.
    Crash,
    /// The adapter did not answer this request in time.
    Timeout,
    /// Standard output held something that is no answer.
    Garbage,
    /// The adapter failed with this request in flight, and answered it when asked again alone.
    Unstable,
    /// Sent other datagrams than it must.
    WrongSent,
    /// Queue, map or history hold something else.
    WrongState,
    /// Verified frame or events are others.
    WrongDetection,
    /// Made another digest of a state.
    WrongDigest,
    /// The same scenario was observed differently when it was played again.
    Nondeterministic,
}

impl Code {
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

    /// The one verdict that comes with it.
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

/// How the process exits. The same codes for all subcommands; never a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u8")]
#[serde(from = "u8")]
pub enum Exit {
    /// Conforms.
    Conforms,
    /// A failure was found, or a baseline does not hold any more.
    Failed,
    /// The command line is wrong.
    Usage,
    /// Not everything could be asked.
    Incomplete,
    /// Nothing was selected, nothing ran, or nothing passed and all that failed was expected to.
    Nothing,
    /// rollwire itself is broken.
    Broken,
    /// Ended by this signal.
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

/// How many checks came to which verdict.
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
    /// Counts one more.
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

    /// How many there are.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.ran() + self.not_applicable + self.not_run
    }

    /// How many were asked and came to a verdict.
    #[must_use]
    pub const fn ran(&self) -> u64 {
        let listed = self.expected_failures + self.unexpected_passes;
        self.passed + self.failed + self.weak + self.errors + listed
    }

    /// Whether a baseline excuses so much that nothing is left to conform: some checks failed as
    /// expected, and not one passed.
    #[must_use]
    pub const fn nothing_conforms(&self) -> bool {
        self.passed == 0 && self.expected_failures > 0
    }

    /// What a run with these verdicts comes to, if it was complete.
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
    fn exits_are_never_counts_and_nothing_is_never_green() {
        let counts = |passed, failed, weak| Counts { passed, failed, weak, ..Counts::default() };
        assert_eq!(counts(5, 0, 1).exit(false), Exit::Conforms);
        assert_eq!(counts(5, 0, 1).exit(true), Exit::Failed);
        assert_eq!(counts(5, 256, 0).exit(false).code(), 1);
        assert_eq!(counts(0, 0, 0).exit(false), Exit::Nothing);
        let skipped = Counts { not_applicable: 9, ..Counts::default() };
        assert_eq!(skipped.exit(false), Exit::Nothing);
        let listed = |passed, expected_failures, unexpected_passes| {
            Counts { passed, expected_failures, unexpected_passes, ..Counts::default() }.exit(false)
        };
        assert_eq!(listed(1, 9, 0), Exit::Conforms);
        assert_eq!(listed(0, 9, 0), Exit::Nothing);
        assert_eq!(listed(5, 9, 1), Exit::Failed);
        assert_eq!(Exit::Signal(2).code(), 130);
        assert_eq!(Exit::Signal(15).code(), 143);
    }
}
