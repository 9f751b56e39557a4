//! What is asked about sessions that a game has logged.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Trace {
    /// Say which rule a logged session broke, and where; of two peers' logs also which hashes were
    /// lost, never compared, or different
    Check(TraceCheck),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TraceCheck {
    /// The log, as spec/trace.md describes it; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(in crate::cli) log: PathBuf,
    /// The other peer's log of the same session
    #[arg(value_name = "OTHER")]
    pub(in crate::cli) other: Option<PathBuf>,
    /// The form of the report
    #[arg(long, value_name = "NAME", value_enum, default_value_t = TraceFormat::Text)]
    pub(in crate::cli) format: TraceFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TraceFormat {
    /// For people
    Text,
    /// One object for machines
    Json,
}
