//! The command line: its subcommands, and the arguments of each.

mod reports;
mod run;
mod traces;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use rollwire_conformance::baseline::parse_date;
use rollwire_model::Layout;

pub(super) use self::{
    reports::{Convert, Diff, Format, Merge, MergeFormat, Report},
    run::{CaseOptions, Check, Fuzz, LimitArgs, Smoke, Target, seed},
    traces::{Trace, TraceCheck, TraceFormat},
};

/// Check any implementation of the rollwire protocol, in any language, against its specification.
#[derive(Debug, Parser)]
#[command(name = "rollwire", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes, the same for all subcommands:
  0  the implementation conforms, or a part of it: nothing that was asked failed
  1  a failure was found, or a baseline no longer holds
  2  the command line is wrong
  3  incomplete: the adapter did not start, or not all checks could run
  4  nothing was selected, nothing ran, or only expected failures ran
  5  rollwire itself is broken
If several apply, 5 takes precedence over 3, 3 over 1, and 1 over 4.
After SIGINT the code is 130, after SIGTERM 143.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check an implementation against the specification
    ///
    /// rollwire starts COMMAND, an adapter to the implementation, and exchanges lines of JSON with it on
    /// standard input and standard output. With --builtin it checks its built-in implementation.
    Check(Box<Check>),
    /// Check that an adapter works, before its implementation is checked
    ///
    /// Runs the hello request, the honesty probe, the canaries and about a dozen plain cases, and lists
    /// everything that is missing or wrong at once.
    Smoke(Smoke),
    /// Search for a packet, value, scenario or state on which an implementation is wrong
    ///
    /// Generates cases until one is found or the time is over: packets to decode, values to encode,
    /// scenarios of the hash exchange and states to digest, as far as the adapter declares the
    /// capabilities. The case that is found is shortened and written to a file.
    Fuzz(Box<Fuzz>),
    /// List the cases
    List(List),
    /// Show one case in full
    Show(Show),
    /// Explain a rule, a flag or a refusal class
    Explain(Explain),
    /// Decode a datagram, or say why it is refused
    Inspect(Inspect),
    /// Compute the digest of a state, or show where two states differ
    ///
    /// Shows the digits of the digest and the canonical text that they are computed from.
    Digest(Digest),
    /// Show how many cases cover each rule
    Coverage(Coverage),
    /// Update, check or explain a baseline, a file of expected failures
    Baseline {
        #[command(subcommand)]
        command: Baseline,
    },
    /// Check or export vector files
    Vectors {
        #[command(subcommand)]
        command: Vectors,
    },
    /// Convert, compare or merge event files
    Report {
        #[command(subcommand)]
        command: Report,
    },
    /// Check the logged sessions of a game
    Trace {
        #[command(subcommand)]
        command: Trace,
    },
    /// Run rollwire against implementations that are wrong on purpose
    ///
    /// Shows which cases catch each wrong implementation. Exits with 1 if one is not caught.
    Selftest(Selftest),
    /// Run the adapter of the built-in implementation, or of one that is wrong on purpose
    #[command(hide = true)]
    Adapter(Adapter),
}

#[derive(Debug, Args)]
pub(super) struct Adapter {
    /// Log the hashes that are sent and received to standard error
    #[arg(long)]
    pub(super) verbose: bool,
    /// Run this mutant of `rollwire selftest`
    #[arg(long, value_name = "NAME", conflicts_with_all = ["verbose", "misbehave"])]
    pub(super) mutant: Option<String>,
    /// Misbehave in this way of `rollwire selftest`
    #[arg(long, value_name = "NAME", conflicts_with = "verbose")]
    pub(super) misbehave: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// List only the cases whose id matches; a glob that begins with `!` excludes
    pub(super) globs: Vec<String>,
    /// Read the cases from this file or folder instead of using the published ones; repeatable
    #[arg(long, value_name = "FILE|DIR")]
    pub(super) vectors: Vec<PathBuf>,
    /// Write one JSON object on each line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The id of the case
    pub(super) id: String,
    /// Read the cases from this file or folder instead of using the published ones; repeatable
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
    /// The bytes of the datagram, as hexadecimal digits; spaces are ignored
    #[arg(required = true, value_name = "HEX")]
    pub(super) hex: Vec<String>,
    /// Decode by the rules of this protocol revision
    #[arg(long, value_name = "N", default_value_t = Layout::builtin().revision, value_parser = known_revision())]
    pub(super) revision: u8,
}

#[derive(Debug, Args)]
pub(super) struct Digest {
    /// A file that holds one state as JSON text; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(super) one: PathBuf,
    /// The state of the other peer, to compare with the first
    #[arg(value_name = "OTHER")]
    pub(super) other: Option<PathBuf>,
    /// Compute the digest that this message carries
    #[arg(long, value_enum, default_value_t = DigestForm::StateHash)]
    pub(super) form: DigestForm,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum DigestForm {
    /// The digest of STATE_HASH: 16 digits
    StateHash,
    /// The digest of EPISODE_READY: 8 digits
    EpisodeReady,
}

#[derive(Debug, Args)]
pub(super) struct Coverage {
    /// Write one JSON object on each line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Selftest {
    /// Run only these parts [default: all parts]
    #[arg(value_name = "PART", value_enum)]
    pub(super) parts: Vec<Part>,
    /// Show the whole matrix: for each mutant, how many cases of each rule and which scenarios catch it
    #[arg(long, conflicts_with = "json")]
    pub(super) matrix: bool,
    /// Write one JSON object on each line, with every case that catches the mutant
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
    /// Implementations with several faults, and whether `check` names these faults as the causes
    Diagnosis,
    /// Adapters that misbehave, and what `check` reports about each
    Adapters,
}

#[derive(Debug, Subcommand)]
pub(super) enum Baseline {
    /// Run the checks, and write the failures to a baseline
    ///
    /// Writes the smallest file that describes the run. The reasons, links and comments of entries that
    /// still hold are kept.
    #[command(
        mut_arg("baseline", |it| it.hide(true).conflicts_with("file")),
        mut_arg("failed", |it| it.hide(true).conflicts_with("file")),
        mut_arg("dump", |it| it.hide(true).conflicts_with("file")),
    )]
    Update {
        /// The baseline; it is created if it does not exist
        file: PathBuf,
        #[command(flatten)]
        check: Box<Check>,
    },
    /// Check a baseline against the published cases, without an adapter
    Check {
        /// The baseline
        file: PathBuf,
        /// Compare `expires` with this date, such as 2027-03-31 [default: today's date in UTC]
        #[arg(long, value_name = "DATE", value_parser = parse_date)]
        today: Option<Date>,
        /// Allow entries to name the cases of this file or folder too; repeatable
        #[arg(long, value_name = "FILE|DIR")]
        vectors: Vec<PathBuf>,
    },
    /// Show what the entries cover: the cases, their rules, and why they are expected to fail
    Explain {
        /// The baseline
        file: PathBuf,
        /// Show only the entries that name the case with this id
        id: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum Vectors {
    /// Check vector files against their format, the rules and the model
    Lint {
        /// Files or folders [default: the published vectors]
        paths: Vec<PathBuf>,
    },
    /// Export the published vectors
    ///
    /// Writes the vector files to a folder, or, without one, one JSON object on each line to standard
    /// output.
    Export {
        /// A folder that does not exist yet or is empty
        folder: Option<PathBuf>,
    },
}

/// Parses a revision of the specification: from 1 to the latest one.
fn known_revision() -> clap::builder::RangedI64ValueParser<u8> {
    clap::value_parser!(u8).range(1..=i64::from(Layout::builtin().revision))
}
