//! Subcommands that ask an adapter, and what they have in common: whom, and within which limits.

use std::{path::PathBuf, time::Duration};

use clap::Args;
use jiff::civil::Date;
use rollwire_conformance::{baseline::parse_date, runner::Address};

use super::{Format, known_revision};

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Only cases whose id matches; `!GLOB` excludes; repeatable
    #[arg(long, value_name = "GLOB")]
    pub(crate) filter: Vec<String>,
    /// Run again what failed or was not run in this event file: these cases alone, each with all its
    /// checks, with the seed and strictness of that run, and with its --vectors, --fresh and
    /// --revision unless others are given
    #[arg(long, value_name = "REPORT", conflicts_with_all = ["filter", "seed"])]
    pub(crate) failed: Option<PathBuf>,
    /// A SHOULD that is not met is a failure too
    #[arg(long)]
    pub(crate) strict: bool,
    /// The checks that are expected to fail; `rollwire baseline update` writes such a file
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// The date that the baseline's `expires` is compared with, such as 2027-03-31
    /// [default: the date in UTC]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) today: Option<Date>,
    /// The seed of the fresh cases, as hex; a new one in every run by default
    #[arg(long, value_name = "HEX", value_parser = seed)]
    pub(crate) seed: Option<u64>,
    #[command(flatten)]
    pub(crate) choosing: Choosing,
    /// How often each check is asked
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) repeat: u64,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    /// The form of a report; repeatable together with --output [default: text]
    #[arg(long, value_name = "NAME", value_enum)]
    pub(crate) format: Vec<Format>,
    /// Where the report goes, in the order of the formats; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Vec<PathBuf>,
    /// Where random scenarios that fail are written, made as short as they still fail
    /// [default: rollwire-shrunk-SEED.json]
    #[arg(long, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,
    /// Write every line that is exchanged with the adapter to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) trace: Option<PathBuf>,
    /// Show every failure and everything about weak checks
    #[arg(long, short)]
    pub(crate) verbose: bool,
    /// Start nothing, and write all requests to this file, for an adapter that cannot be reached;
    /// `-` is standard output
    #[arg(long, value_name = "FILE", conflicts_with_all = ["answers", "adapter", "command",
        "format", "output", "write", "trace", "verbose", "baseline", "today", "strict", "repeat",
        "window", "timeout", "startup_timeout", "deadline", "restarts"])]
    pub(crate) dump: Option<PathBuf>,
    /// Start nothing, and judge the answers to such a file of requests
    #[arg(long, value_name = "FILE", conflicts_with_all = ["adapter", "command", "seed", "write",
        "trace", "repeat", "window", "timeout", "startup_timeout", "deadline", "restarts"])]
    pub(crate) answers: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) target: Target,
}

/// What chooses other cases than the published ones, and is needed to ask for them again.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Choosing {
    /// Cases from these files or folders instead of the published ones; repeatable
    #[arg(long, value_name = "FILE|DIR")]
    pub(crate) vectors: Vec<PathBuf>,
    /// How many fresh cases for each message, and eight times as many random scenarios and states
    /// [default: 32; 0 with --vectors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=10_000))]
    pub(crate) fresh: Option<u32>,
    /// Choose cases for this protocol revision, not for the one that the adapter declares
    #[arg(long, value_name = "N", value_parser = known_revision())]
    pub(crate) revision: Option<u8>,
}

/// Who is asked.
#[derive(Clone, Debug, Args)]
pub(crate) struct Target {
    /// An adapter that is running already, instead of a command
    #[arg(long, value_name = "tcp:HOST:PORT", conflicts_with = "command")]
    pub(crate) adapter: Option<Address>,
    /// Let --adapter name another machine, which whoever is between can read and change
    #[arg(long, requires = "adapter")]
    pub(crate) allow_remote: bool,
    /// The adapter: a program and its arguments; the built-in one by default
    #[arg(last = true, value_name = "COMMAND")]
    pub(crate) command: Vec<String>,
}

#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct LimitArgs {
    /// How many requests may wait at once
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = window)]
    pub(crate) window: usize,
    /// How long an answer may take; 0 for no limit
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = duration)]
    pub(crate) timeout: Duration,
    /// How long the adapter may take to start
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration)]
    pub(crate) startup_timeout: Duration,
    /// How long the whole run may take
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = duration)]
    pub(crate) deadline: Duration,
    /// How often the adapter may be started again after a fault
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) restarts: u32,
}

#[derive(Debug, Args)]
pub(crate) struct Smoke {
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    #[command(flatten)]
    pub(crate) target: Target,
}

#[derive(Debug, Args)]
pub(crate) struct Fuzz {
    /// Stop after so many cases [default: no limit]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) cases: Option<u64>,
    /// Stop after so long; --deadline comes on top of it, for shrinking
    /// [default: 60s, or --deadline alone with --cases]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) time: Option<Duration>,
    /// The seed of the cases, as hex; a new one in every run by default
    #[arg(long, value_name = "HEX", value_parser = seed)]
    pub(crate) seed: Option<u64>,
    /// A SHOULD that is not met is a difference too
    #[arg(long)]
    pub(crate) strict: bool,
    /// Where a difference is written, as short as it still is one, as a file for
    /// `check --vectors` [default: rollwire-fuzz-SEED.json]
    #[arg(long, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    #[command(flatten)]
    pub(crate) target: Target,
}

pub(crate) fn seed(text: &str) -> Result<u64, String> {
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
