//! What can be asked on the command line.

use std::{path::PathBuf, time::Duration};

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::{baseline::parse_date, runner::Address};

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
pub(super) struct Check {
    /// Only cases whose id matches; `!GLOB` excludes; repeatable
    #[arg(long, value_name = "GLOB")]
    pub(super) filter: Vec<String>,
    /// Run again what failed or was not run in this event file: these cases alone, each with all its
    /// checks, with the seed and strictness of that run, and with its --vectors, --fresh and
    /// --revision unless others are given
    #[arg(long, value_name = "REPORT", conflicts_with_all = ["filter", "seed"])]
    pub(super) failed: Option<PathBuf>,
    /// A SHOULD that is not met is a failure too
    #[arg(long)]
    pub(super) strict: bool,
    /// The checks that are expected to fail; `rollwire baseline update` writes such a file
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// The date that the baseline's `expires` is compared with, such as 2027-03-31
    /// [default: the date in UTC]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(super) today: Option<Date>,
    /// The seed of the fresh cases, as hex; a new one in every run by default
    #[arg(long, value_name = "HEX", value_parser = seed)]
    pub(super) seed: Option<u64>,
    #[command(flatten)]
    pub(super) choosing: Choosing,
    /// How often each check is asked
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(super) repeat: u64,
    #[command(flatten)]
    pub(super) limits: LimitArgs,
    /// The form of a report; repeatable together with --output [default: text]
    #[arg(long, value_name = "NAME", value_enum)]
    pub(super) format: Vec<Format>,
    /// Where the report goes, in the order of the formats; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub(super) output: Vec<PathBuf>,
    /// Where random scenarios that fail are written, made as short as they still fail
    /// [default: rollwire-shrunk-SEED.json]
    #[arg(long, value_name = "FILE")]
    pub(super) write: Option<PathBuf>,
    /// Write every line that is exchanged with the adapter to this file
    #[arg(long, value_name = "FILE")]
    pub(super) trace: Option<PathBuf>,
    /// Show every failure and everything about weak checks
    #[arg(long, short)]
    pub(super) verbose: bool,
    /// Start nothing, and write all requests to this file, for an adapter that cannot be reached;
    /// `-` is standard output
    #[arg(long, value_name = "FILE", conflicts_with_all = ["answers", "adapter", "command",
        "format", "output", "write", "trace", "verbose", "baseline", "today", "strict", "repeat",
        "window", "timeout", "startup_timeout", "deadline", "restarts"])]
    pub(super) dump: Option<PathBuf>,
    /// Start nothing, and judge the answers to such a file of requests
    #[arg(long, value_name = "FILE", conflicts_with_all = ["adapter", "command", "seed", "write",
        "trace", "repeat", "window", "timeout", "startup_timeout", "deadline", "restarts"])]
    pub(super) answers: Option<PathBuf>,
    #[command(flatten)]
    pub(super) target: Target,
}

/// What chooses other cases than the published ones, and is needed to ask for them again.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Choosing {
    /// Cases from these files or folders instead of the published ones; repeatable
    #[arg(long, value_name = "FILE|DIR")]
    pub(super) vectors: Vec<PathBuf>,
    /// How many fresh cases for each message, and eight times as many random scenarios
    /// [default: 32; 0 with --vectors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=10_000))]
    pub(super) fresh: Option<u32>,
    /// Choose cases for this protocol revision, not for the one that the adapter declares
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=7))]
    pub(super) revision: Option<u8>,
}

/// Who is asked.
#[derive(Clone, Debug, Args)]
pub(super) struct Target {
    /// An adapter that is running already, instead of a command
    #[arg(long, value_name = "tcp:HOST:PORT", conflicts_with = "command")]
    pub(super) adapter: Option<Address>,
    /// Let --adapter name another machine, which whoever is between can read and change
    #[arg(long, requires = "adapter")]
    pub(super) allow_remote: bool,
    /// The adapter: a program and its arguments; the built-in one by default
    #[arg(last = true, value_name = "COMMAND")]
    pub(super) command: Vec<String>,
}

#[derive(Clone, Copy, Debug, Args)]
pub(super) struct LimitArgs {
    /// How many requests may wait at once
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = window)]
    pub(super) window: usize,
    /// How long an answer may take; 0 for no limit
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = duration)]
    pub(super) timeout: Duration,
    /// How long the adapter may take to start
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration)]
    pub(super) startup_timeout: Duration,
    /// How long the whole run may take
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = duration)]
    pub(super) deadline: Duration,
    /// How often the adapter may be started again after a fault
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(super) restarts: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
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
pub(super) enum Report {
    /// Render an event file again
    Convert(Convert),
    /// Show which checks were fixed, broken, added and removed
    Diff(Diff),
    /// Show implementations side by side
    Merge(Merge),
}

#[derive(Debug, Args)]
pub(super) struct Convert {
    /// What `check --format jsonl` wrote; `-` is standard input
    pub(super) events: PathBuf,
    /// The form of a report; repeatable together with --output [default: text]
    #[arg(long, value_name = "NAME", value_enum)]
    pub(super) format: Vec<Format>,
    /// Where the report goes, in the order of the formats; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub(super) output: Vec<PathBuf>,
    /// Show every failure and everything about weak checks
    #[arg(long, short)]
    pub(super) verbose: bool,
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The event file of the run before
    pub(super) old: PathBuf,
    /// The event file of the run after
    pub(super) new: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Merge {
    /// An event file for each implementation
    #[arg(required = true)]
    pub(super) events: Vec<PathBuf>,
    /// The form of the table
    #[arg(long, value_name = "NAME", value_enum, default_value_t = MergeFormat::Markdown)]
    pub(super) format: MergeFormat,
    /// Where the table goes; `-` is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub(super) output: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MergeFormat {
    /// For a pull request or a document
    Markdown,
    /// One file to look at and to hand on
    Html,
}

#[derive(Debug, Args)]
pub(super) struct Fuzz {
    /// Stop after so many cases [default: no limit]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) cases: Option<u64>,
    /// Stop after so long [default: 60s, or no limit with --cases]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(super) time: Option<Duration>,
    /// The seed of the cases, as hex; a new one in every run by default
    #[arg(long, value_name = "HEX", value_parser = seed)]
    pub(super) seed: Option<u64>,
    /// A SHOULD that is not met is a difference too
    #[arg(long)]
    pub(super) strict: bool,
    /// Where a difference is written, as short as it still is one, as a file for
    /// `check --vectors` [default: rollwire-fuzz-SEED.json]
    #[arg(long, value_name = "FILE")]
    pub(super) write: Option<PathBuf>,
    #[command(flatten)]
    pub(super) limits: FuzzLimits,
    #[command(flatten)]
    pub(super) target: Target,
}

/// The limits of a search; how long it takes is said by --time.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct FuzzLimits {
    /// How many requests may wait at once
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = window)]
    pub(super) window: usize,
    /// How long an answer may take; 0 for no limit
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = duration)]
    pub(super) timeout: Duration,
    /// How long the adapter may take to start
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration)]
    pub(super) startup_timeout: Duration,
    /// How often the adapter may be started again after a fault
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(super) restarts: u32,
}

impl FuzzLimits {
    /// The limits of a run that ends in time.
    pub(super) const fn with_deadline(self) -> LimitArgs {
        let Self { window, timeout, startup_timeout, restarts } = self;
        LimitArgs { window, timeout, startup_timeout, deadline: Duration::from_secs(300), restarts }
    }
}

#[derive(Debug, Args)]
pub(super) struct Smoke {
    #[command(flatten)]
    pub(super) limits: LimitArgs,
    #[command(flatten)]
    pub(super) target: Target,
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
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u8).range(1..=7))]
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

pub(super) fn seed(text: &str) -> Result<u64, String> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    u64::from_str_radix(digits, 16).map_err(|_| "expected up to 16 hex digits".to_owned())
}

fn window(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number @ 1..=65_536) => Ok(number),
        _ => Err("expected a whole number from 1 to 65536".to_owned()),
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    if text == "0" {
        return Ok(Duration::ZERO);
    }
    humantime::parse_duration(text)
        .map_err(|error| format!("{error}, as in `500ms`, `10s` or `5m`"))
}
