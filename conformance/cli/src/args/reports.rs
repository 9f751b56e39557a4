//! The arguments of `rollwire report`, and the formats of reports.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::examples;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text to read in a terminal
    Text,
    /// The event file: one JSON object on each line
    Jsonl,
    /// A summary as one JSON object, described by a JSON Schema
    Json,
    /// JUnit XML, for CI servers
    #[value(name = "junit")]
    JUnit,
    /// A table for a pull request or a step summary
    Markdown,
    /// Annotations for GitHub Actions
    #[value(name = "github")]
    GitHub,
    /// A badge, as an endpoint of shields.io
    Shields,
    /// A page in one self-contained file
    Html,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Report {
    /// Convert an event file to other formats
    #[command(after_help = examples::CONVERT)]
    Convert(Convert),
    /// Show which checks two runs differ in: fixed, broken, added or removed
    #[command(after_help = examples::DIFF)]
    Diff(Diff),
    /// Show the results of several implementations side by side
    #[command(after_help = examples::MERGE)]
    Merge(Merge),
}

#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// The event file that `check --format jsonl` wrote; `-` is standard input
    pub(crate) events: PathBuf,
    /// Write a report in this format [default: text]
    ///
    /// The option can be given several times; then give an --output for each format but one.
    #[arg(long, value_name = "NAME", value_enum)]
    pub(crate) format: Vec<Format>,
    /// Write the report to this file; `-` is standard output [default: -]
    ///
    /// With several --format options, the first --output belongs to the first format, and so on.
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Vec<PathBuf>,
    /// Show every failure, and all causes
    #[arg(long, short)]
    pub(crate) verbose: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The event file of the earlier run
    pub(crate) old: PathBuf,
    /// The event file of the later run
    pub(crate) new: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Merge {
    /// The event files, one for each implementation
    #[arg(required = true)]
    pub(crate) events: Vec<PathBuf>,
    /// Call the next run NAME, instead of by what its adapter says; one for each event file
    #[arg(long = "label", value_name = "NAME")]
    pub(crate) labels: Vec<String>,
    /// Write the table in this format
    #[arg(long, value_name = "NAME", value_enum, default_value_t = MergeFormat::Markdown)]
    pub(crate) format: MergeFormat,
    /// Write the table to this file; `-` is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub(crate) output: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MergeFormat {
    /// A table for a pull request or a document
    Markdown,
    /// A page in one self-contained file
    Html,
}
