//! Why a subcommand failed, and the exit code of the process.

use std::io;

use rollwire_conformance::{
    offline::AnswersFault,
    report::read::ReadFault,
    text::sanitize_lines,
    vectors::{VectorsFault, filter::FilterFault},
    verdict::Exit,
};

use crate::{names::glob_hint, style::red, terminal::complain};

/// Why a subcommand failed, and the exit code of the process.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    text: String,
}

impl Failure {
    pub(crate) fn new(exit: Exit, text: impl Into<String>) -> Self {
        Self { exit, text: text.into() }
    }

    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self::new(Exit::Usage, text)
    }

    /// A file or a stream cannot be written. A path that leads nowhere is wrong in the command line; a disk that
    /// is full, or a reader that has gone, leaves a run without its result.
    pub(crate) fn unwritable(name: &str, error: &io::Error) -> Self {
        use io::ErrorKind::{BrokenPipe, FileTooLarge, QuotaExceeded, StorageFull, WriteZero};
        let is_later = matches!(
            error.kind(),
            BrokenPipe | FileTooLarge | QuotaExceeded | StorageFull | WriteZero
        );
        let exit = if is_later { Exit::Incomplete } else { Exit::Usage };
        Self::new(exit, format!("{name}: cannot be written: {error}"))
    }

    /// What is wrong.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// Says what is wrong. How to use the command is for errors of the command line alone: the text of any
    /// other names the file or the option, and what to do.
    pub(crate) fn report(self) -> Exit {
        complain!("{}: {}", red("error"), sanitize_lines(&self.text));
        self.exit
    }
}

impl From<VectorsFault> for Failure {
    fn from(fault: VectorsFault) -> Self {
        let exit = match fault {
            VectorsFault::Damaged(_) => Exit::Broken,
            _ => Exit::Usage,
        };
        Self { exit, text: fault.to_string() }
    }
}

impl From<FilterFault> for Failure {
    fn from(fault: FilterFault) -> Self {
        let exit = match fault {
            FilterFault::MatchesNothing(_)
            | FilterFault::Gone(_)
            | FilterFault::SelectsNothing(_)
            | FilterFault::NothingInCommon => Exit::Nothing,
            FilterFault::Malformed { .. } => Exit::Usage,
        };
        let hint = match &fault {
            FilterFault::MatchesNothing(glob) => glob_hint(glob),
            _ => String::new(),
        };
        Self { exit, text: format!("{fault}{hint}") }
    }
}

impl From<ReadFault> for Failure {
    fn from(fault: ReadFault) -> Self {
        let exit = match fault {
            ReadFault::Unreadable { .. } | ReadFault::Line { .. } => Exit::Usage,
            ReadFault::Empty(_) | ReadFault::Sink(_) => Exit::Incomplete,
        };
        Self { exit, text: fault.to_string() }
    }
}

impl From<AnswersFault> for Failure {
    fn from(fault: AnswersFault) -> Self {
        let exit = match fault {
            AnswersFault::Empty(_) | AnswersFault::NoHello(_) | AnswersFault::Hello { .. } => {
                Exit::Incomplete
            }
            AnswersFault::Interrupted(signal) => {
                Exit::Signal(u8::try_from(signal).unwrap_or(u8::MAX))
            }
            AnswersFault::Unreadable { .. }
            | AnswersFault::NotAFile(_)
            | AnswersFault::TooLarge(_)
            | AnswersFault::ForeignNonce { .. }
            | AnswersFault::OtherRequests(_)
            | AnswersFault::OtherRevision { .. } => Exit::Usage,
        };
        Self { exit, text: fault.to_string() }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new(Exit::Incomplete, format!("the output cannot be written: {error}"))
    }
}
