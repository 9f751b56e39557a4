//! `rollwire report`, and the forms of reports.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
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
pub(crate) enum Report {
    /// Render an event file again
    Convert(Convert),
    /// Show which checks were fixed, broken, added and removed
    Diff(Diff),
    /// Show implementations side by side
    Merge(Merge),
}

#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// What `check --format jsonl` wrote; `-` is standard input
    pub(crate) events: PathBuf,
    /// The form of a report; repeatable together with --output [default: text]
    #[arg(long, value_name = "NAME", value_enum)]
    pub(crate) format: Vec<Format>,
    /// Where the report goes, in the order of the formats; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Vec<PathBuf>,
    /// Show every failure and everything about weak checks
    #[arg(long, short)]
    pub(crate) verbose: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The event file of the run before
    pub(crate) old: PathBuf,
    /// The event file of the run after
    pub(crate) new: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Merge {
    /// An event file for each implementation
    #[arg(required = true)]
    pub(crate) events: Vec<PathBuf>,
    /// The form of the table
    #[arg(long, value_name = "NAME", value_enum, default_value_t = MergeFormat::Markdown)]
    pub(crate) format: MergeFormat,
    /// Where the table goes; `-` is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub(crate) output: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MergeFormat {
    /// For a pull request or a document
    Markdown,
    /// One file to look at and to hand on
    Html,
}
