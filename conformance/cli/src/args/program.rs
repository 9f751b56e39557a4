//! The arguments of the subcommands that are about the program itself: its adapter, completions and manual.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(crate) struct Adapter {
    /// Log the hashes that are sent and received to standard error
    #[arg(long)]
    pub(crate) verbose: bool,
    /// Keep the hashes of every exchange, and send each own one so often
    #[arg(long, value_name = "SENDS", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "1", value_parser = clap::value_parser!(u8).range(1..=3))]
    pub(crate) lasting_hashes: Option<u8>,
    /// Write the log of each session of a peer into this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) log_peers: Option<PathBuf>,
    /// Run this mutant of `rollwire selftest`; several are wrong in several ways at once
    #[arg(long, value_name = "NAME", conflicts_with_all = ["verbose", "misbehave", "lasting_hashes", "log_peers"])]
    pub(crate) mutant: Vec<String>,
    /// Misbehave in this way of `rollwire selftest`
    #[arg(long, value_name = "NAME", conflicts_with = "verbose")]
    pub(crate) misbehave: Option<String>,
    /// What some of these processes become
    #[arg(last = true, value_name = "COMMAND", requires = "misbehave")]
    pub(crate) command: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

impl Shell {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Elvish => "elvish",
            Self::Fish => "fish",
            Self::Powershell => "powershell",
            Self::Zsh => "zsh",
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Manual {
    /// Write a page for each subcommand to this folder, which is created if it does not exist
    pub(crate) folder: Option<PathBuf>,
}
