//! `rollwire report`, and the forms of reports.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// For people
    Text,
    /// The event stream, one JSON object a line
    Jsonl,
    /// A summary for machines, with a JSON Schema
    Json,
    /// XML for CI servers
    #[value(name = "junit")]
    JUnit,
    /// For a pull request or a step summary
    Markdown,
    /// Annotations of GitHub Actions
    #[value(name = "github")]
    GitHub,
    /// A badge: an endpoint of shields.io
    Shields,
    /// One file to look at and to hand on
    Html,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Report {
    /// Render an event file again
    Convert(Convert),
    /// Show which checks were fixed, broken, added and removed
    Diff(Diff),
    /// Show implementations side by side
    Merge(Merge),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Convert {
    /// What `check --format jsonl` wrote; `-` is standard input
    pub(in crate::cli) events: PathBuf,
    /// The form of a report; repeatable together with --output [default: text]
    #[arg(long, value_name = "NAME", value_enum)]
    pub(in crate::cli) format: Vec<Format>,
    /// Where the report goes, in the order of the formats; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) output: Vec<PathBuf>,
    /// Show every failure and everything about weak checks
    #[arg(long, short)]
    pub(in crate::cli) verbose: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Diff {
    /// The event file of the run before
    pub(in crate::cli) old: PathBuf,
    /// The event file of the run after
    pub(in crate::cli) new: PathBuf,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Merge {
    /// An event file for each implementation
    #[arg(required = true)]
    pub(in crate::cli) events: Vec<PathBuf>,
    /// The form of the table
    #[arg(long, value_name = "NAME", value_enum, default_value_t = MergeFormat::Markdown)]
    pub(in crate::cli) format: MergeFormat,
    /// Where the table goes; `-` is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub(in crate::cli) output: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum MergeFormat {
    /// For a pull request or a document
    Markdown,
    /// One file to look at and to hand on
    Html,
}
