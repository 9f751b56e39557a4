//! What an adapter answered or wrote, as text.

use crate::{protocol::Answer, runner::Reply};

/// The answer as text.
pub(super) fn shown(reply: &Reply) -> String {
    match reply {
        Reply::Answered(answers) => match answers.first() {
            Some(Answer::Ok(ok)) => {
                format!("`ok` with {}", crate::text::shorten(ok.text()))
            }
            Some(Answer::Error { message }) => {
                format!("`error`: {}", crate::text::shorten(message))
            }
            Some(answer) => format!("`{}`", answer.kind()),
            None => "no answer".to_owned(),
        },
        Reply::Malformed(malformed) => malformed.to_string(),
        Reply::Fault(fault) | Reply::Unstable(fault) => with_stderr(&fault.text, &fault.stderr),
        Reply::NotRun => "no answer".to_owned(),
    }
}

/// A sentence, followed by the last line of standard error if there is one.
pub fn with_stderr(text: &str, stderr: &str) -> String {
    match stderr.lines().rev().find(|line| !line.trim().is_empty()) {
        Some(line) => format!("{text} (standard error: {})", crate::text::shorten(line.trim())),
        None => text.to_owned(),
    }
}
