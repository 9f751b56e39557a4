//! The arguments of `rollwire trace`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::examples;

#[derive(Debug, Subcommand)]
pub(crate) enum Trace {
    /// Show which rules a logged session broke, and in which lines
    ///
    /// With the logs of both peers, it also shows which hashes were lost, never compared, or different.
    #[command(after_help = examples::TRACE)]
    Check(TraceCheck),
}

#[derive(Debug, Args)]
pub(crate) struct TraceCheck {
    /// The log, in the format of spec/trace.md; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) log: PathBuf,
    /// The other peer's log of the same session
    #[arg(value_name = "OTHER")]
    pub(crate) other: Option<PathBuf>,
    /// Write the report in this format
    #[arg(long, value_name = "NAME", value_enum, default_value_t = TraceFormat::Text)]
    pub(crate) format: TraceFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TraceFormat {
    /// Text to read in a terminal
    Text,
    /// One JSON object
    Json,
}
