//! Errors of the command line: no argument in them holds what a terminal does not show, and no tip misleads.

use clap::{
    CommandFactory, Parser,
    builder::StyledStr,
    error::{ContextKind, ContextValue, ErrorKind},
};
use rollwire_conformance::text::{sanitize, sanitize_lines};

use crate::args::Arguments;

/// The same error about the same arguments, in which each is escaped. clap repeats arguments as they are.
pub(crate) fn shown(error: &clap::Error) -> clap::Error {
    let arguments = std::env::args_os().map(|it| sanitize(&it.to_string_lossy()));
    match Arguments::try_parse_from(arguments) {
        Err(same) if same.kind() == error.kind() => helpful(same),
        _ => {
            let text = sanitize_lines(&error.render().to_string());
            Arguments::command().error(error.kind(), text)
        }
    }
}

/// clap advises to put an unknown option behind `--`, where it would be the name of a program to start. And it
/// does not know that a word without `--` before it is most often the command of the adapter.
fn helpful(mut error: clap::Error) -> clap::Error {
    if error.kind() != ErrorKind::UnknownArgument {
        return error;
    }
    error.remove(ContextKind::Suggested);
    // The usage would be that of the option which is similar, and of nothing else.
    if error.get(ContextKind::SuggestedArg).is_some() {
        error.remove(ContextKind::Usage);
    }
    let word = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(word)) => word.clone(),
        _ => return error,
    };
    let takes_a_command = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string().contains("[-- <COMMAND>"),
        _ => false,
    };
    if takes_a_command && !word.starts_with('-') {
        let tip = format!("the command of the adapter follows `--`, as in `-- {word}`");
        let tips = ContextValue::StyledStrs(vec![StyledStr::from(tip)]);
        error.insert(ContextKind::Suggested, tips);
    }
    error
}
