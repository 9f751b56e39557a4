//! The arguments of the subcommands that run an adapter: `check`, `smoke` and `fuzz`, and the options
//! that they share.

use std::{path::PathBuf, time::Duration};

use clap::Args;
use jiff::civil::Date;
use rollwire_conformance::{baseline::parse_date, runner::Address, verdict::Code};

use super::{
    groups::{ADAPTER, CASES, JUDGING, REPORTS, SETTINGS, TIME},
    known_revision,
    reports::Format,
    selectors::{SelectorArgs, code},
};
use crate::completion;

/// What counts as a failure, for the subcommands that run checks.
#[derive(Clone, Debug, Args)]
pub(crate) struct JudgingArgs {
    /// Count a violated SHOULD as a failure
    ///
    /// By default such a check is reported as weak, and does not fail the run.
    #[arg(long, help_heading = JUDGING, overrides_with = "no_strict")]
    pub(crate) strict: bool,
    /// Do not count a violated SHOULD as a failure, although rollwire.toml has `strict = true`
    #[arg(long, help_heading = JUDGING, overrides_with = "strict")]
    pub(crate) no_strict: bool,
    /// Read the checks that are expected to fail from this file
    ///
    /// `rollwire baseline update` writes such a file.
    #[arg(long, help_heading = JUDGING, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Compare the `expires` dates of the baseline with this date, such as 2027-03-31
    /// [default: today's date in UTC]
    #[arg(long, help_heading = JUDGING, value_name = "DATE", value_parser = parse_date)]
    pub(crate) today: Option<Date>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Check {
    /// Run only the cases whose id matches this glob
    ///
    /// A glob that begins with `!` excludes the cases that it matches. The option can be given several
    /// times.
    #[arg(long, help_heading = CASES, value_name = "GLOB", add = completion::cases())]
    pub(crate) filter: Vec<String>,
    #[command(flatten)]
    pub(crate) selectors: SelectorArgs,
    /// Run the cases again that failed or did not run in an earlier run
    ///
    /// REPORT is the event file of that run, as `--format jsonl` writes it. All checks of each of these
    /// cases run, with the seed and the strictness of that run. Its --vectors, --fresh and --revision
    /// apply too, unless they are given here.
    #[arg(long, help_heading = CASES, value_name = "REPORT", conflicts_with_all = ["filter", "seed"])]
    pub(crate) failed: Option<PathBuf>,
    /// With --failed, run only the cases again that failed with this code, such as wrong_bytes
    ///
    /// The option can be given several times.
    #[arg(long, help_heading = CASES, value_name = "CODE", value_parser = code, requires = "failed", add = completion::codes())]
    pub(crate) code: Vec<Code>,
    #[command(flatten)]
    pub(crate) judging: JudgingArgs,
    /// Generate the fresh cases from this seed, up to 16 hexadecimal digits
    /// [default: a new seed for every run]
    #[arg(long, help_heading = CASES, value_name = "HEX", value_parser = seed)]
    pub(crate) seed: Option<u64>,
    #[command(flatten)]
    pub(crate) case_options: CaseOptions,
    /// Run each check N times
    ///
    /// Use it to find failures that do not occur every time.
    #[arg(long, help_heading = CASES, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) repeat: u64,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    /// Write a report in this format [default: text]
    ///
    /// The option can be given several times; then give an --output for each format but one.
    #[arg(long, help_heading = REPORTS, value_name = "NAME", value_enum)]
    pub(crate) format: Vec<Format>,
    /// Write the report to this file; `-` is standard output [default: -]
    ///
    /// With several --format options, the first --output belongs to the first format, and so on.
    #[arg(long, help_heading = REPORTS, value_name = "FILE")]
    pub(crate) output: Vec<PathBuf>,
    /// Write the random scenarios that fail to this file [default: rollwire-shrunk-SEED.json]
    ///
    /// Each scenario is shortened first, to the fewest steps with which it still fails. `rollwire check
    /// --vectors FILE` runs them again. Nothing is written if no random scenario fails.
    #[arg(long, help_heading = REPORTS, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,
    /// Write every line that is sent to the adapter or received from it to this file
    #[arg(long, help_heading = REPORTS, value_name = "FILE")]
    pub(crate) trace: Option<PathBuf>,
    /// Show every failure, and all causes
    #[arg(long, help_heading = REPORTS, short)]
    pub(crate) verbose: bool,
    /// Write all requests to this file instead of starting an adapter; `-` is standard output
    ///
    /// Use it for an adapter that rollwire cannot reach: let it answer the requests, and check its
    /// answers with --answers.
    #[arg(long, help_heading = ADAPTER, value_name = "FILE", conflicts_with_all = ["answers", "adapter", "builtin", "command",
        "format", "output", "write", "trace", "verbose", "baseline", "today", "strict", "repeat",
        "window", "timeout", "patience", "startup_timeout", "deadline", "restarts"])]
    pub(crate) dump: Option<PathBuf>,
    /// Check the answers in this file instead of starting an adapter
    ///
    /// The file holds an adapter's answers to the requests that --dump wrote.
    #[arg(long, help_heading = ADAPTER, value_name = "FILE", conflicts_with_all = ["adapter", "builtin", "command", "seed", "write",
        "trace", "repeat", "window", "timeout", "patience", "startup_timeout", "deadline", "restarts"])]
    pub(crate) answers: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,
    /// What the report says about the settings, a sentence each.
    #[arg(skip)]
    pub(crate) notes: Vec<String>,
}

/// The options that decide which cases exist. A rerun needs the same ones to get the same cases.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct CaseOptions {
    /// Read the cases from this file or folder instead of using the published ones
    ///
    /// The option can be given several times.
    #[arg(long, help_heading = CASES, value_name = "FILE|DIR")]
    pub(crate) vectors: Vec<PathBuf>,
    /// Generate N fresh cases for each message type [default: 32; 0 with --vectors]
    ///
    /// Eight times as many random scenarios and random states are generated too. 0 generates none, and
    /// 1000 is the most: `rollwire fuzz` tries more, without keeping them.
    #[arg(long, help_heading = CASES, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1000))]
    pub(crate) fresh: Option<u32>,
    /// Run the cases of this protocol revision instead of the one that the adapter declares
    #[arg(long, help_heading = CASES, value_name = "N", value_parser = known_revision())]
    pub(crate) revision: Option<u8>,
}

/// Where the settings of a project come from.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct SettingsArgs {
    /// Read the settings from this file [default: rollwire.toml in the current folder, if it is there]
    ///
    /// It can name the command, strict, the baseline, the reports and more, so that `rollwire check` needs
    /// no options. An option that is given here wins. Its paths begin at its folder, where the command is
    /// started too. conformance/SETTINGS.md describes the file.
    #[arg(long, help_heading = SETTINGS, value_name = "FILE", conflicts_with = "no_config")]
    pub(crate) config: Option<PathBuf>,
    /// Do not read rollwire.toml
    #[arg(long, help_heading = SETTINGS)]
    pub(crate) no_config: bool,
}

/// The adapter to run or to connect to.
#[derive(Clone, Debug, Args)]
pub(crate) struct Target {
    /// Connect to an adapter that is already running, instead of starting a command
    #[arg(long, help_heading = ADAPTER, value_name = "tcp:HOST:PORT", conflicts_with = "command")]
    pub(crate) adapter: Option<Address>,
    /// Allow --adapter to name another machine
    ///
    /// The connection is neither encrypted nor authenticated: everyone on the path can read and change
    /// what is exchanged.
    #[arg(long, help_heading = ADAPTER, requires = "adapter")]
    pub(crate) allow_remote: bool,
    /// Check the built-in implementation of this program, instead of an adapter
    #[arg(long, help_heading = ADAPTER, conflicts_with_all = ["adapter", "command"])]
    pub(crate) builtin: bool,
    /// The program that starts the adapter, and its arguments
    #[arg(last = true, value_name = "COMMAND")]
    pub(crate) command: Vec<String>,
    /// The folder that the command is started in, if it is not the current one.
    #[arg(skip)]
    pub(crate) folder: Option<PathBuf>,
    /// The options for the settings that a rerun needs.
    #[arg(skip)]
    pub(crate) settings_words: Vec<String>,
}

/// How long to wait, and how often to try again. `connect` holds the defaults.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct LimitArgs {
    /// Send at most N requests before their answers have arrived [default: 256]
    #[arg(long, help_heading = TIME, value_name = "N", value_parser = window)]
    pub(crate) window: Option<usize>,
    /// Ask again after so long without an answer, such as 500ms; 0 for no limit [default: 1s]
    ///
    /// The adapter is restarted, and what it has not answered is asked again, one request at a time. Only
    /// a request that is not answered then either, within --patience, is a failure.
    #[arg(long, help_heading = TIME, value_name = "TIME", value_parser = duration)]
    pub(crate) timeout: Option<Duration>,
    /// Wait at most this long for the answer to a request that is asked again alone, such as 20s
    /// [default: 20s]
    ///
    /// A right answer that comes within this time counts, and a note says that it was late. After a
    /// request that was never answered, the time for the next ones is shorter.
    #[arg(long, help_heading = TIME, value_name = "TIME", value_parser = duration)]
    pub(crate) patience: Option<Duration>,
    /// Wait at most this long for the adapter to start, such as 30s [default: 30s]
    #[arg(long, help_heading = TIME, value_name = "TIME", value_parser = duration)]
    pub(crate) startup_timeout: Option<Duration>,
    /// End the run after this time, such as 5m [default: 5m]
    #[arg(long, help_heading = TIME, value_name = "TIME", value_parser = duration)]
    pub(crate) deadline: Option<Duration>,
    /// Restart the adapter at most N times because of requests that break it [default: 100]
    ///
    /// One kind of request may use a tenth of these restarts. The rest of its kind is then not asked, and
    /// a note says how many these are and why.
    #[arg(long, help_heading = TIME, value_name = "N")]
    pub(crate) restarts: Option<u32>,
}

#[derive(Debug, Args)]
pub(crate) struct Smoke {
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Fuzz {
    /// Stop after N cases [default: no limit]
    #[arg(long, help_heading = CASES, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) cases: Option<u64>,
    /// Stop searching after this time, such as 60s [default: 60s; none with --cases]
    ///
    /// Shortening the case that was found may take the time of --deadline in addition. With --cases alone,
    /// --deadline limits the whole run.
    #[arg(long, help_heading = TIME, value_name = "TIME", value_parser = duration)]
    pub(crate) time: Option<Duration>,
    /// Generate the cases from this seed, up to 16 hexadecimal digits
    /// [default: a new seed for every run]
    #[arg(long, help_heading = CASES, value_name = "HEX", value_parser = seed)]
    pub(crate) seed: Option<u64>,
    /// Count a violated SHOULD as a difference
    #[arg(long, help_heading = JUDGING, overrides_with = "no_strict")]
    pub(crate) strict: bool,
    /// Do not count a violated SHOULD as a difference, although rollwire.toml has `strict = true`
    #[arg(long, help_heading = JUDGING, overrides_with = "strict")]
    pub(crate) no_strict: bool,
    /// Write the case that was found to this file [default: rollwire-fuzz-SEED.json]
    ///
    /// The case is shortened first, as far as the implementation still differs on it. `rollwire check
    /// --vectors FILE` runs it again.
    #[arg(long, help_heading = REPORTS, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,
}

pub(crate) fn seed(text: &str) -> Result<u64, String> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    u64::from_str_radix(digits, 16).map_err(|_| "expected up to 16 hexadecimal digits".to_owned())
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
