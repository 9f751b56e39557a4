//! The command line: its subcommands, and the arguments of each.

mod captures;
mod examples;
mod groups;
mod init;
mod inspection;
mod interop;
#[cfg(feature = "live")]
mod live;
mod program;
mod reports;
mod run;
mod selectors;
mod simulate;
mod tools;
mod traces;
mod watch;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use rollwire_conformance::{baseline::parse_date, verdict::Code};

#[cfg(feature = "live")]
pub(super) use self::live::Live;
#[cfg(feature = "peer")]
pub(super) use self::live::Playing;
pub(super) use self::{
    captures::{
        AssumedDirection, Capture, CaptureCheck, CaptureExport, CaptureFormat, CaptureShow,
        Direction, PacketOptions, Trouble,
    },
    init::Init,
    inspection::Inspect,
    interop::{Interop, InteropFormat},
    program::{Adapter, Completions, Manual},
    reports::{Convert, Diff, Format, Merge, MergeFormat, Report},
    run::{CaseOptions, Check, Fuzz, JudgingArgs, LimitArgs, SettingsArgs, Smoke, Target, seed},
    selectors::SelectorArgs,
    simulate::{Simulate, SimulateFormat},
    tools::Tools,
    traces::{Trace, TraceCheck, TraceFormat},
    watch::Watch,
};
use self::{inspection::known_revision, selectors::code};
use crate::completion;

/// Check any implementation of the rollwire protocol, in any language, against its specification.
#[derive(Debug, Parser)]
#[command(name = "rollwire", version, max_term_width = 100, after_help = format!("{}\n\n{EXIT_CODES}", examples::ROLLWIRE))]
pub(super) struct Arguments {
    /// Whether to use colours on standard output and standard error
    ///
    /// By default a terminal gets them. NO_COLOR and CLICOLOR=0 turn them off, FORCE_COLOR and
    /// CLICOLOR_FORCE turn them on.
    #[arg(long, value_name = "WHEN", value_enum, global = true, hide_short_help = true, default_value_t = Color::Auto)]
    pub(super) color: Color,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// Where a terminal shows them
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

impl Color {
    /// `None` if it depends on the stream.
    pub(super) const fn decided(self) -> Option<bool> {
        match self {
            Self::Auto => None,
            Self::Always => Some(true),
            Self::Never => Some(false),
        }
    }
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
After a signal the code is 128 and its number: 130 after SIGINT, 143 after SIGTERM.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check an implementation against the specification
    ///
    /// rollwire starts COMMAND, an adapter to the implementation, and exchanges lines of JSON with it on
    /// standard input and standard output. With --builtin it checks its built-in implementation.
    #[command(after_help = examples::CHECK)]
    Check(Box<Check>),
    /// Check an implementation again whenever its files change
    ///
    /// Runs `check`, and again when a file below the current folder changes: first the cases that failed
    /// last, then the rest, always from the same seed. A change ends a run that is under way. What git
    /// ignores, hidden files and the folders target, node_modules and __pycache__ are not watched. Ctrl-C
    /// ends it.
    #[command(after_help = examples::WATCH)]
    Watch(Box<Watch>),
    /// Write the skeleton of an adapter, in a language of your choice
    ///
    /// The skeleton is a small project that works as it is: it decodes and encodes STATE_HASH, and passes
    /// `rollwire smoke` and `rollwire check` with what it declares. Its README.md says where your
    /// implementation goes. Without --lang, lists the languages.
    Init(Init),
    /// Check that an adapter works, before its implementation is checked
    ///
    /// Runs the hello request, the honesty probe, the canaries and about a dozen plain cases, and lists
    /// everything that is missing or wrong at once.
    #[command(after_help = examples::SMOKE)]
    Smoke(Smoke),
    /// Search for a packet, value, scenario or state on which an implementation is wrong
    ///
    /// Generates cases until one is found or the time is over: packets to decode, values to encode,
    /// scenarios of the hash exchange and states to digest, as far as the adapter declares the
    /// capabilities. The case that is found is shortened and written to a file.
    #[command(after_help = examples::FUZZ)]
    Fuzz(Box<Fuzz>),
    /// Play implementations against each other over simulated links
    ///
    /// Every pair plays in both roles, the model of the specification among them: a small game with
    /// rollback, in virtual time, over links that delay, lose, repeat and reorder datagrams. What must hold
    /// for two right peers is checked in every frame. For a game that fails, rollwire says whose fault it
    /// is, and shows the shortest list of link events with which it still fails.
    #[command(after_help = examples::INTEROP)]
    Interop(Interop),
    /// Measure what the protocol does on worse and worse lines
    ///
    /// Plays seeded games of the model with itself in virtual time, and shows for each line how many
    /// episodes end with an agreed end, how many inputs are lost, how many frames are verified, how many
    /// desyncs are noticed, and what a peer sends in a second.
    #[command(after_help = examples::SIMULATE)]
    Simulate(Simulate),
    /// List the cases
    #[command(after_help = examples::LIST)]
    List(List),
    /// Show a case in full, or all cases about a message, a rule or a flag
    #[command(after_help = examples::SHOW)]
    Show(Show),
    /// Explain a rule, message, chapter, case, flag, code, verdict, refusal class or capability
    #[command(after_help = examples::EXPLAIN)]
    Explain(Explain),
    /// Decode captured datagrams, or say why they are refused
    ///
    /// Reads hex with any separators or prefixes, arrays as languages print them (`Uint8Array(13) [7, 0,
    /// …]`, `<Buffer 07 00 …>`), escapes, base64, and the dumps of xxd, hexdump -C, od -t x1, tcpdump and
    /// Wireshark. Each line is a datagram, and so is whatever stands in brackets or quotation marks.
    /// Without an argument, reads standard input.
    #[command(after_help = examples::INSPECT)]
    Inspect(Inspect),
    /// Compute the digest of a state, or show where two states differ
    ///
    /// Shows the digits of the digest and the canonical text that they are computed from.
    #[command(after_help = examples::DIGEST)]
    Digest(Digest),
    /// Show how many cases cover each rule
    #[command(after_help = examples::COVERAGE)]
    Coverage(Coverage),
    /// Update, check or explain a baseline, a file of expected failures
    #[command(after_help = examples::BASELINE)]
    Baseline {
        #[command(subcommand)]
        command: Baseline,
    },
    /// Check or export vector files
    #[command(after_help = examples::VECTORS)]
    Vectors {
        #[command(subcommand)]
        command: Vectors,
    },
    /// Convert, compare or merge event files
    #[command(after_help = examples::REPORT)]
    Report {
        #[command(subcommand)]
        command: Report,
    },
    /// Check or show the datagrams of a channel that a tap has recorded
    #[command(after_help = examples::CAPTURE)]
    Capture {
        #[command(subcommand)]
        command: Capture,
    },
    /// Watch games while they run: taps stream to a page on this computer
    ///
    /// Starts a server on the loopback interface. It prints the address of a page, and the line that makes a
    /// tap stream to it. The page shows the datagrams of each tap, which rules were broken, and why; a
    /// violation can be copied as a case, and the capture can be saved. Nothing leaves this computer. SIGINT
    /// (Ctrl-C) ends the server with exit code 0.
    #[cfg(feature = "live")]
    #[command(after_help = examples::LIVE)]
    Live(Live),
    /// Check the logged sessions of a game
    #[command(after_help = examples::TRACE)]
    Trace {
        #[command(subcommand)]
        command: Trace,
    },
    /// Write what other tools need to show datagrams: Wireshark and Kaitai Struct
    #[command(after_help = examples::TOOLS)]
    Tools {
        #[command(subcommand)]
        command: Tools,
    },
    /// Run rollwire against implementations that are wrong on purpose
    ///
    /// Shows which cases catch each wrong implementation. Exits with 1 if one is not caught.
    #[command(after_help = examples::SELFTEST)]
    Selftest(Selftest),
    /// Print the script that lets a shell complete the command line of rollwire
    ///
    /// The script asks rollwire itself, so it knows subcommands, options, rules,
    /// messages, flags, codes and the ids of cases. Load it where your shell starts:
    ///
    ///   bash:        source <(rollwire completions bash)
    ///   zsh:         source <(rollwire completions zsh)
    ///   fish:        rollwire completions fish | source
    ///   elvish:      eval (rollwire completions elvish | slurp)
    ///   PowerShell:  rollwire completions powershell | Out-String | Invoke-Expression
    #[command(verbatim_doc_comment)]
    Completions(Completions),
    /// Print the manual page of rollwire, or write those of all subcommands
    #[command(after_help = examples::MAN)]
    Man(Manual),
    /// Run the adapter of the built-in implementation, or of one that is wrong on purpose
    #[command(hide = true)]
    Adapter(Adapter),
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// List only the cases whose id matches; a glob that begins with `!` excludes
    #[arg(add = completion::cases())]
    pub(super) globs: Vec<String>,
    #[command(flatten)]
    pub(super) selectors: SelectorArgs,
    /// List only the cases that failed or did not run in an earlier run
    ///
    /// REPORT is the event file of that run, as `check --format jsonl` writes it.
    #[arg(long, value_name = "REPORT")]
    pub(super) failed: Option<PathBuf>,
    /// With --failed, list only the cases that failed with this code, such as wrong_bytes; repeatable
    #[arg(long, value_name = "CODE", value_parser = code, requires = "failed", add = completion::codes())]
    pub(super) code: Vec<Code>,
    /// Read the cases from this file or folder instead of using the published ones; repeatable
    #[arg(long, value_name = "FILE|DIR")]
    pub(super) vectors: Vec<PathBuf>,
    /// Write one JSON object on each line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The id of the case, or a glob over ids
    #[arg(value_name = "ID", required_unless_present_any = ["message", "rule", "flag"],
        add = completion::cases())]
    pub(super) id: Option<String>,
    #[command(flatten)]
    pub(super) selectors: SelectorArgs,
    /// Read the cases from this file or folder instead of using the published ones; repeatable
    #[arg(long, value_name = "FILE|DIR")]
    pub(super) vectors: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A name in any spelling: a rule such as STATE_HASH-2, a message such as state_hash or 0x07, a
    /// chapter such as exchange.md, the id of a case, a flag, a code such as wrong_bytes, a verdict such
    /// as XFAIL, a refusal class, or a capability
    #[arg(value_name = "NAME", add = completion::names())]
    pub(super) word: String,
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
    #[arg(long, value_enum, ignore_case = true, default_value_t = DigestForm::StateHash)]
    pub(super) form: DigestForm,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum DigestForm {
    /// The digest of STATE_HASH: 16 digits
    #[value(aliases = ["state-hash", "statehash", "0x07"])]
    StateHash,
    /// The digest of EPISODE_READY: 8 digits
    #[value(aliases = ["episode-ready", "episodeready", "0x06"])]
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
    /// Peers that are wrong in one way, and the scenarios that catch them
    Peer,
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
        after_help = examples::BASELINE_UPDATE,
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
    #[command(after_help = examples::BASELINE_CHECK)]
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
    #[command(after_help = examples::BASELINE_EXPLAIN)]
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
    #[command(after_help = examples::VECTORS)]
    Lint {
        /// Files or folders [default: the published vectors]
        paths: Vec<PathBuf>,
    },
    /// Export the published vectors
    ///
    /// Writes the vector files to a folder, or, without one, one JSON object on each line to standard
    /// output.
    #[command(after_help = examples::VECTORS)]
    Export {
        /// A folder that does not exist yet or is empty
        folder: Option<PathBuf>,
    },
}
