//! What is asked about sessions that a game has logged.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(crate) enum Trace {
    /// Say which rule a logged session broke, and where; of two peers' logs also which hashes were
    /// lost, never compared, or different
    Check(TraceCheck),
}

#[derive(Debug, Args)]
pub(crate) struct TraceCheck {
    /// The log, as spec/trace.md describes it; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) log: PathBuf,
    /// The other peer's log of the same session
    #[arg(value_name = "OTHER")]
    pub(crate) other: Option<PathBuf>,
    /// The form of the report
    #[arg(long, value_name = "NAME", value_enum, default_value_t = TraceFormat::Text)]
    pub(crate) format: TraceFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TraceFormat {
    /// For people
    Text,
    /// One object for machines
    Json,
}
