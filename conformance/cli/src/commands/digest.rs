//! `rollwire digest`: the canonical text and the digits of a state, and where two states differ.

use std::{io, path::Path};

use rollwire_conformance::{
    check::digest::first_difference,
    text::{describe, sanitize, shown},
    verdict::Exit,
};
use rollwire_model::digest::{Digest as Digits, DigestRules, Form, Refused};

use crate::{
    args::{Digest, DigestForm},
    failure::Failure,
    input_files::{is_stdin, text_of},
    style::{red, strong},
    terminal::say,
};

/// The largest state that is read: 4 MiB, as much as a line of the adapter protocol holds. As a tree it takes
/// up to ninety times as much memory.
const MAX_STATE: u64 = 4 * 1024 * 1024;

pub(crate) fn run(arguments: &Digest) -> Result<Exit, Failure> {
    let form = match arguments.form {
        DigestForm::StateHash => Form::StateHash,
        DigestForm::EpisodeReady => Form::EpisodeReady,
    };
    let Some(other) = &arguments.other else {
        let digest = digest(&arguments.one, form)?;
        let Some(digest) = digest else { return Ok(Exit::Failed) };
        say!("{}\n{}", strong(&digest.hash), sanitize(&digest.text))?;
        return Ok(Exit::Conforms);
    };
    if arguments.one == *other && is_stdin(other) {
        return Err(Failure::usage("`-` is standard input, which can be read only once"));
    }
    let (one, other) = (&arguments.one, other);
    // Both are computed first, so that both refusals are shown.
    let digests = (digest(one, form)?, digest(other, form)?);
    match digests {
        (Some(left), Some(right)) => Ok(compare((one, &left), (other, &right))?),
        _ => Ok(Exit::Failed),
    }
}

/// The digest of a file. If the state is refused, shows the refusal and returns `None`.
fn digest(path: &Path, form: Form) -> Result<Option<Digits>, Failure> {
    let text = text_of(path, MAX_STATE)?;
    match DigestRules::SPECIFIED.digest(&text, form) {
        Ok(digest) => Ok(Some(digest)),
        Err(refused) => {
            show_refusal(path, &refused)?;
            Ok(None)
        }
    }
}

fn show_refusal(path: &Path, refused: &Refused) -> io::Result<()> {
    say!("{} · {} · {}", red("refused"), shown(path), sanitize(&refused.to_string()))?;
    if let Some(rule) = rollwire_model::rule(refused.rule) {
        say!("{}", describe::rule(rule, 2))?;
    }
    Ok(())
}

fn compare((one, left): (&Path, &Digits), (other, right): (&Path, &Digits)) -> io::Result<Exit> {
    let names = [one, other].map(shown);
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or_default();
    for (name, digest) in names.iter().zip([left, right]) {
        say!("{}  {name}", strong(&digest.hash))?;
    }
    let Some(difference) = first_difference(&left.text, &right.text) else {
        say!("the same canonical text, and the same digits")?;
        return Ok(Exit::Conforms);
    };
    say!("first difference at {}", strong(&sanitize(&difference.path)))?;
    for (name, value) in names.iter().zip([difference.one, difference.other]) {
        let value = value.map_or("nothing".to_owned(), |value| sanitize(&value));
        say!("  {name:<width$}  {value}")?;
    }
    Ok(Exit::Failed)
}
