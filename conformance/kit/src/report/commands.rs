//! Shell commands that ask a failed check again.

use crate::{
    event::{CheckEvent, Detail, Header},
    runner::Address,
    text::sanitize,
};

/// Requests that are longer than this in total, in characters, are not shown as a command.
pub(super) const MAX_MANUAL: usize = 2000;

/// What a report says about a run of recorded answers.
pub(super) const OFFLINE: &str =
    "recorded answers; the nonce, isolation and interleaving are not shown";

/// Stands for the command of an adapter that the kit did not start.
const PLACEHOLDER: &str = "your_adapter";

/// The command that asks this check alone again. For recorded answers, the command that writes its
/// requests.
pub(super) fn rerun_command(event: &CheckEvent, header: &Header) -> Option<String> {
    let mut words = ["rollwire", "check", "--filter"].map(str::to_owned).to_vec();
    words.push(globset::escape(&event.case));
    words.extend(header.arguments.iter().cloned());
    if event.origin.is_fresh() {
        words.extend(["--seed".to_owned(), header.seed.clone()]);
    }
    let line = if header.offline.is_some() {
        format!("{} --dump - | {PLACEHOLDER}", shell_line(&words))
    } else if let Some(address) = &header.attached {
        words.extend(["--adapter".to_owned(), address.clone()]);
        shell_line(&words)
    } else if header.command.is_empty() {
        return None;
    } else {
        format!("{} -- {}", shell_line(&words), shell_line(&header.command))
    };
    Some(sanitize(&line))
}

/// The command that sends the requests to the adapter without rollwire, if they are short enough.
pub(super) fn manual_command(detail: &Detail, header: &Header) -> Option<String> {
    let length = detail.requests.iter().fold(0_usize, |sum, it| sum.saturating_add(it.len()));
    if !(1..=MAX_MANUAL).contains(&length) {
        return None;
    }
    let reader = if header.offline.is_some() {
        PLACEHOLDER.to_owned()
    } else if let Some(address) = &header.attached {
        let Address { host, port } = address.parse().ok()?;
        shell_line(&["nc".to_owned(), host, port.to_string()])
    } else if header.command.is_empty() {
        return None;
    } else {
        shell_line(&header.command)
    };
    let requests = shell_line(&detail.requests);
    Some(sanitize(&format!("printf '%s\\n' {requests} | {reader}")))
}

/// A command line that a POSIX shell splits into these words.
#[must_use]
pub fn shell_line(words: &[String]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_survive_the_shell() {
        assert_eq!(
            shell_line(&["node".into(), "a b.mjs".into(), "it's".into()]),
            r"node 'a b.mjs' 'it'\''s'"
        );
    }
}
