//! The arguments of `rollwire init`.

use std::path::PathBuf;

use clap::Args;

use crate::{
    completion,
    names::did_you_mean,
    skeletons::{SKELETONS, Skeleton},
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rollwire init                           which languages there are
  rollwire init --lang js                 a skeleton in JavaScript, in the folder rollwire-adapter
  rollwire init --lang python my-adapter  one in Python, in the folder my-adapter")]
pub(crate) struct Init {
    /// The language of the skeleton: js, ts, python, rust, go, c, java or csharp
    #[arg(long, value_name = "LANGUAGE", value_parser = language, add = completion::languages())]
    pub(crate) lang: Option<&'static Skeleton>,
    /// The folder to write to, which must be empty or not exist [default: rollwire-adapter]
    pub(crate) folder: Option<PathBuf>,
}

/// The skeleton in this language. Unlike in other names, each character counts: C is not C#.
fn language(word: &str) -> Result<&'static Skeleton, String> {
    let names = |it: &'static Skeleton| [&[it.name], it.aliases].concat();
    let is_named =
        |it: &&'static Skeleton| names(it).iter().any(|name| name.eq_ignore_ascii_case(word));
    SKELETONS.iter().find(is_named).ok_or_else(|| {
        let known: Vec<&str> = SKELETONS.iter().map(|it| it.name).collect();
        let similar = did_you_mean(word, SKELETONS.iter().flat_map(names));
        format!("it is not one of {}{similar}", known.join(", "))
    })
}
