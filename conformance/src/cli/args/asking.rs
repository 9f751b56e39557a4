//! Subcommands that ask an adapter, and what they have in common: whom, and within which limits.

use std::{path::PathBuf, time::Duration};

use clap::Args;
use jiff::civil::Date;

use super::Format;
use crate::{baseline::parse_date, runner::Address};

#[derive(Debug, Args)]
pub(in crate::cli) struct Check {
    /// Only cases whose id matches; `!GLOB` excludes; repeatable
    #[arg(long, value_name = "GLOB")]
    pub(in crate::cli) filter: Vec<String>,
    /// Run again what failed or was not run in this event file: these cases alone, each with all its
    /// checks, with the seed and strictness of that run, and with its --vectors, --fresh and
    /// --revision unless others are given
    #[arg(long, value_name = "REPORT", conflicts_with_all = ["filter", "seed"])]
    pub(in crate::cli) failed: Option<PathBuf>,
    /// A SHOULD that is not met is a failure too
    #[arg(long)]
    pub(in crate::cli) strict: bool,
    /// The checks that are expected to fail; `rollwire baseline update` writes such a file
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// The date that the baseline's `expires` is compared with, such as 2027-03-31
    /// [default: the date in UTC]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(in crate::cli) today: Option<Date>,
    /// The seed of the fresh cases, as hex; a new one in every run by default
    #[arg(long, value_name = "HEX", value_parser = seed)]
    pub(in crate::cli) seed: Option<u64>,
    #[command(flatten)]
    pub(in crate::cli) choosing: Choosing,
    /// How often each check is asked
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(in crate::cli) repeat: u64,
    #[command(flatten)]
    pub(in crate::cli) limits: LimitArgs,
    /// The form of a report; repeatable together with --output [default: text]
    #[arg(long, value_name = "NAME", value_enum)]
    pub(in crate::cli) format: Vec<Format>,
    /// Where the report goes, in the order of the formats; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) output: Vec<PathBuf>,
    /// Where random scenarios that fail are written, made as short as they still fail
    /// [default: rollwire-shrunk-SEED.json]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) write: Option<PathBuf>,
    /// Write every line that is exchanged with the adapter to this file
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) trace: Option<PathBuf>,
    /// Show every failure and everything about weak checks
    #[arg(long, short)]
    pub(in crate::cli) verbose: bool,
    /// Start nothing, and write all requests to this file, for an adapter that cannot be reached;
    /// `-` is standard output
    #[arg(long, value_name = "FILE", conflicts_with_all = ["answers", "adapter", "command",
        "format", "output", "write", "trace", "verbose", "baseline", "today", "strict", "repeat",
        "window", "timeout", "startup_timeout", "deadline", "restarts"])]
    pub(in crate::cli) dump: Option<PathBuf>,
    /// Start nothing, and judge the answers to such a file of requests
    #[arg(long, value_name = "FILE", conflicts_with_all = ["adapter", "command", "seed", "write",
        "trace", "repeat", "window", "timeout", "startup_timeout", "deadline", "restarts"])]
    pub(in crate::cli) answers: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) target: Target,
}

/// What chooses other cases than the published ones, and is needed to ask for them again.
#[derive(Clone, Debug, Default, Args)]
pub(in crate::cli) struct Choosing {
    /// Cases from these files or folders instead of the published ones; repeatable
    #[arg(long, value_name = "FILE|DIR")]
    pub(in crate::cli) vectors: Vec<PathBuf>,
    /// How many fresh cases for each message, and eight times as many random scenarios and states
    /// [default: 32; 0 with --vectors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=10_000))]
    pub(in crate::cli) fresh: Option<u32>,
    /// Choose cases for this protocol revision, not for the one that the adapter declares
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=7))]
    pub(in crate::cli) revision: Option<u8>,
}

/// Who is asked.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Target {
    /// An adapter that is running already, instead of a command
    #[arg(long, value_name = "tcp:HOST:PORT", conflicts_with = "command")]
    pub(in crate::cli) adapter: Option<Address>,
    /// Let --adapter name another machine, which whoever is between can read and change
    #[arg(long, requires = "adapter")]
    pub(in crate::cli) allow_remote: bool,
    /// The adapter: a program and its arguments; the built-in one by default
    #[arg(last = true, value_name = "COMMAND")]
    pub(in crate::cli) command: Vec<String>,
}

#[derive(Clone, Copy, Debug, Args)]
pub(in crate::cli) struct LimitArgs {
    /// How many requests may wait at once
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = window)]
    pub(in crate::cli) window: usize,
    /// How long an answer may take; 0 for no limit
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = duration)]
    pub(in crate::cli) timeout: Duration,
    /// How long the adapter may take to start
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration)]
    pub(in crate::cli) startup_timeout: Duration,
    /// How long the whole run may take
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = duration)]
    pub(in crate::cli) deadline: Duration,
    /// How often the adapter may be started again after a fault
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(in crate::cli) restarts: u32,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Smoke {
    #[command(flatten)]
    pub(in crate::cli) limits: LimitArgs,
    #[command(flatten)]
    pub(in crate::cli) target: Target,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Fuzz {
    /// Stop after so many cases [default: no limit]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(in crate::cli) cases: Option<u64>,
    /// Stop after so long; --deadline comes on top of it, for shrinking
    /// [default: 60s, or --deadline alone with --cases]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(in crate::cli) time: Option<Duration>,
    /// The seed of the cases, as hex; a new one in every run by default
    #[arg(long, value_name = "HEX", value_parser = seed)]
    pub(in crate::cli) seed: Option<u64>,
    /// A SHOULD that is not met is a difference too
    #[arg(long)]
    pub(in crate::cli) strict: bool,
    /// Where a difference is written, as short as it still is one, as a file for
    /// `check --vectors` [default: rollwire-fuzz-SEED.json]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) write: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) limits: LimitArgs,
    #[command(flatten)]
    pub(in crate::cli) target: Target,
}

pub(in crate::cli) fn seed(text: &str) -> Result<u64, String> {
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
