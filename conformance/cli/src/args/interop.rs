//! The arguments of `rollwire interop`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::run::{LimitArgs, seed};

#[derive(Debug, Args)]
pub(crate) struct Interop {
    /// An implementation that takes part: the command that starts its adapter, with or without a name
    ///
    /// The command is divided into words as a shell does it, as in `--peer 'js=node adapter.mjs'`. Without
    /// a name it has the one that its adapter gives in hello. The option can be given several times.
    #[arg(long, value_name = "[NAME=]COMMAND")]
    pub(crate) peer: Vec<String>,
    /// Let the built-in implementation of this program take part
    #[arg(long)]
    pub(crate) builtin: bool,
    /// Play over this link [default: good, wifi, mobile and awful]
    ///
    /// One of these names, or a description such as "delay 60±20 loss 10% burst 5 part 3s@20s": how many
    /// milliseconds a datagram takes, how many are lost and how many in a row, and for how long nothing
    /// arrives from when on. `duplicate 2%` repeats datagrams, `close 1s@9s` closes the channels, and `full
    /// 1s@9s` lets them refuse every send. The option can be given several times.
    #[arg(long, value_name = "LINK")]
    pub(crate) link: Vec<String>,
    /// Play N games on each link, each with another seed
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    pub(crate) games: u64,
    /// Play the games of this seed, up to 16 hexadecimal digits
    ///
    /// The games of one seed are always the same.
    #[arg(long, value_name = "HEX", default_value = "1", value_parser = seed)]
    pub(crate) seed: u64,
    /// Write the report in this format
    #[arg(long, value_name = "NAME", value_enum, default_value_t = InteropFormat::Text)]
    pub(crate) format: InteropFormat,
    /// Write the report to this file; `-` is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub(crate) output: PathBuf,
    /// Write the captures of the failed games into this folder, for `rollwire capture`
    ///
    /// For each pair that failed, and each of its two sides, what a tap at its channel would have
    /// recorded of the game that the report shows. The folder is created if it does not exist.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) captures: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InteropFormat {
    /// Text to read in a terminal
    Text,
    /// A table in Markdown, with a line for each pair that failed
    Markdown,
    /// One HTML file for a browser, with pictures of the games that failed
    Html,
    /// One JSON object
    Json,
}
