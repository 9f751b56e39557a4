//! What can be asked on the command line.

mod asking;
mod reports;
mod traces;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use rollwire_conformance::baseline::parse_date;
use rollwire_model::Layout;

pub(super) use self::{
    asking::{Check, Choosing, Fuzz, LimitArgs, Smoke, Target, seed},
    reports::{Convert, Diff, Format, Merge, MergeFormat, Report},
    traces::{Trace, TraceCheck, TraceFormat},
};

/// Checks any implementation of the rollwire protocol, in any language, against its specification.
#[derive(Debug, Parser)]
#[command(name = "rollwire", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes, the same for all subcommands:
  0  conforms
  1  a failure was found, or a baseline does not hold any more
  2  the command line is wrong
  3  incomplete: the adapter did not start, or not everything could be asked
  4  nothing was selected, nothing ran, or nothing but expected failures
  5  rollwire itself is broken
Where several hold, 5 goes before 3, 3 before 1 and 1 before 4; 130 and 143 after a signal.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check an implementation; without a command, the built-in one
    Check(Box<Check>),
    /// Is the adapter itself right? Hello, honesty probes and a dozen cases
    Smoke(Smoke),
    /// Search for a packet, a value or a scenario on which an implementation differs
    Fuzz(Box<Fuzz>),
    /// List the cases
    List(List),
    /// Show one case whole
    Show(Show),
    /// Explain a rule, a flag or a refusal class
    Explain(Explain),
    /// Say which message some bytes are, or why they are none
    Inspect(Inspect),
    /// Show the canonical text and the digits of a state, or where two states differ
    Digest(Digest),
    /// Show which rules are covered by which cases
    Coverage(Coverage),
    /// Work with files of expected failures
    Baseline {
        #[command(subcommand)]
        command: Baseline,
    },
    /// Work with vector files
    Vectors {
        #[command(subcommand)]
        command: Vectors,
    },
    /// Render, compare or merge event files
    Report {
        #[command(subcommand)]
        command: Report,
    },
    /// Check sessions that a game has logged
    Trace {
        #[command(subcommand)]
        command: Trace,
    },
    /// Run the kit against implementations that are wrong on purpose
    Selftest(Selftest),
    /// The adapter of the built-in implementation, or of one that is wrong on purpose
    #[command(hide = true)]
    Adapter(Adapter),
}

#[derive(Debug, Args)]
pub(super) struct Adapter {
    /// Say on standard error which hashes are sent and received
    #[arg(long)]
    pub(super) verbose: bool,
    /// Be this mutant of `rollwire selftest`
    #[arg(long, value_name = "NAME", conflicts_with_all = ["verbose", "misbehave"])]
    pub(super) mutant: Option<String>,
    /// Misbehave in this way of `rollwire selftest`
    #[arg(long, value_name = "NAME", conflicts_with = "verbose")]
    pub(super) misbehave: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// Only cases whose id matches; `!GLOB` excludes
    pub(super) globs: Vec<String>,
    /// Cases from these files or folders instead of the published ones; repeatable
    #[arg(long, value_name = "FILE|DIR")]
    pub(super) vectors: Vec<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The case's id
    pub(super) id: String,
    /// Cases from these files or folders instead of the published ones; repeatable
    #[arg(long, value_name = "FILE|DIR")]
    pub(super) vectors: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A rule such as STATE_HASH-2, a flag of a case, or a refusal class
    #[arg(value_name = "RULE|FLAG|CLASS")]
    pub(super) word: String,
}

#[derive(Debug, Args)]
pub(super) struct Inspect {
    /// The bytes; blanks mean nothing
    #[arg(required = true, value_name = "HEX")]
    pub(super) hex: Vec<String>,
    /// The protocol revision
    #[arg(long, value_name = "N", default_value_t = Layout::builtin().revision, value_parser = known_revision())]
    pub(super) revision: u8,
}

#[derive(Debug, Args)]
pub(super) struct Digest {
    /// A file with one state as JSON text; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(super) one: PathBuf,
    /// The state of the other peer
    #[arg(value_name = "OTHER")]
    pub(super) other: Option<PathBuf>,
    /// Which digest
    #[arg(long, value_enum, default_value_t = DigestForm::StateHash)]
    pub(super) form: DigestForm,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum DigestForm {
    /// 16 digits
    StateHash,
    /// 8 digits
    EpisodeReady,
}

#[derive(Debug, Args)]
pub(super) struct Coverage {
    /// One JSON object a line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Selftest {
    /// Only these parts [default: all of them]
    #[arg(value_name = "PART", value_enum)]
    pub(super) parts: Vec<Part>,
    /// The whole matrix: how many cases of each rule, and which scenarios, catch each mutant
    #[arg(long, conflicts_with = "json")]
    pub(super) matrix: bool,
    /// One JSON object a line, with every case that catches the mutant
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Part {
    /// Codecs that are wrong in one way, and the cases that catch them
    Bytes,
    /// Exchanges that are wrong in one way, and the scenarios that catch them
    Exchange,
    /// Digests that are wrong in one way, and the cases that catch them
    Digest,
    /// Adapters that misbehave, and what `check` says of each
    Adapters,
}

#[derive(Debug, Subcommand)]
pub(super) enum Baseline {
    /// Run the checks and write the smallest file that describes the run; reasons, links and
    /// comments of entries that still hold are kept
    #[command(
        mut_arg("baseline", |it| it.hide(true).conflicts_with("file")),
        mut_arg("failed", |it| it.hide(true).conflicts_with("file")),
        mut_arg("dump", |it| it.hide(true).conflicts_with("file")),
    )]
    Update {
        /// The baseline; it need not be there yet
        file: PathBuf,
        #[command(flatten)]
        check: Box<Check>,
    },
    /// Check a baseline against the published cases, without an adapter
    Check {
        /// The baseline
        file: PathBuf,
        /// The date that `expires` is compared with, such as 2027-03-31 [default: the date in UTC]
        #[arg(long, value_name = "DATE", value_parser = parse_date)]
        today: Option<Date>,
        /// Cases from these files or folders that entries may name too; repeatable
        #[arg(long, value_name = "FILE|DIR")]
        vectors: Vec<PathBuf>,
    },
    /// Say what the entries cover: the cases, their rules, and why they are expected to fail
    Explain {
        /// The baseline
        file: PathBuf,
        /// Only entries that name this case
        id: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum Vectors {
    /// Check vector files against their format, the rules and the model
    Lint {
        /// Files or folders; the published vectors by default
        paths: Vec<PathBuf>,
    },
    /// Write the published vectors to a folder, or as one JSON object a line to standard output
    Export {
        /// A folder that is new or empty
        folder: Option<PathBuf>,
    },
}

/// Parses a revision of the specification: from 1 to the latest one.
fn known_revision() -> clap::builder::RangedI64ValueParser<u8> {
    clap::value_parser!(u8).range(1..=i64::from(Layout::builtin().revision))
}
