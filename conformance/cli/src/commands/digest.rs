//! `rollwire digest`: the canonical text and the digits of a state, and where two states differ.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use rollwire_conformance::{check::digest::first_difference, text::describe, verdict::Exit};
use rollwire_model::digest::{Digest as Digits, DigestRules, Form, Refused};

use crate::{
    args::{Digest, DigestForm},
    failure::Failure,
    style::{red, strong},
};

/// The largest state that is read: 16 MiB.
const MAX_STATE: u64 = 16 * 1024 * 1024;

pub(crate) fn run(arguments: &Digest) -> Result<Exit, Failure> {
    let form = match arguments.form {
        DigestForm::StateHash => Form::StateHash,
        DigestForm::EpisodeReady => Form::EpisodeReady,
    };
    let Some(other) = &arguments.other else {
        let digest = digest(&arguments.one, form)?;
        return Ok(digest.map_or(Exit::Failed, |digest| {
            anstream::println!("{}\n{}", strong(&digest.hash), digest.text);
            Exit::Conforms
        }));
    };
    if arguments.one == *other && is_stdin(other) {
        return Err(Failure::usage("`-` is standard input, which can be read only once"));
    }
    let (one, other) = (&arguments.one, other);
    // Both are computed first, so that both refusals are shown.
    let digests = (digest(one, form)?, digest(other, form)?);
    Ok(match digests {
        (Some(left), Some(right)) => compare((one, &left), (other, &right)),
        _ => Exit::Failed,
    })
}

/// The digest of a file. If the state is refused, shows the refusal and returns `None`.
fn digest(path: &Path, form: Form) -> Result<Option<Digits>, Failure> {
    let text =
        read(path).map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?;
    match DigestRules::SPECIFIED.digest(&text, form) {
        Ok(digest) => Ok(Some(digest)),
        Err(refused) => {
            show_refusal(path, &refused);
            Ok(None)
        }
    }
}

fn show_refusal(path: &Path, refused: &Refused) {
    anstream::println!("{} · {} · {refused}", red("refused"), path.display());
    if let Some(rule) = rollwire_model::rule(refused.rule) {
        anstream::println!("{}", describe::rule(rule, 2));
    }
}

fn compare((one, left): (&Path, &Digits), (other, right): (&Path, &Digits)) -> Exit {
    let names = [one, other].map(|path| path.display().to_string());
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or_default();
    for (name, digest) in names.iter().zip([left, right]) {
        anstream::println!("{}  {name}", strong(&digest.hash));
    }
    let Some(difference) = first_difference(&left.text, &right.text) else {
        anstream::println!("the same canonical text, and the same digits");
        return Exit::Conforms;
    };
    anstream::println!("first difference at {}", strong(&difference.path));
    for (name, value) in names.iter().zip([difference.one, difference.other]) {
        let value = value.unwrap_or_else(|| "nothing".to_owned());
        anstream::println!("  {name:<width$}  {value}");
    }
    Exit::Failed
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// The text of a file. The file may be hostile, so only a bounded number of bytes is read.
fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    let source: Box<dyn Read> =
        if is_stdin(path) { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    source.take(MAX_STATE + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MAX_STATE {
        return Err(io::Error::other(format!("a state has at most {MAX_STATE} bytes")));
    }
    Ok(text)
}
