//! The arguments of `rollwire watch`.

use std::path::PathBuf;

use clap::Args;

use super::{
    groups::{CASES, REPORTS, WATCHING},
    run::{CaseOptions, Check, JudgingArgs, LimitArgs, SettingsArgs, Target, seed},
    selectors::SelectorArgs,
};
use crate::completion;

#[derive(Clone, Debug, Args)]
pub(crate) struct Watch {
    /// Watch this file or folder instead of the current folder; repeatable
    #[arg(long, help_heading = WATCHING, value_name = "FILE|DIR")]
    pub(crate) path: Vec<PathBuf>,
    /// Do not watch the files that match this glob, such as '*.log'; repeatable
    #[arg(long, help_heading = WATCHING, value_name = "GLOB")]
    pub(crate) ignore: Vec<String>,
    /// Run only the cases whose id matches this glob
    ///
    /// A glob that begins with `!` excludes the cases that it matches. The option can be given several
    /// times.
    #[arg(long, help_heading = CASES, value_name = "GLOB", add = completion::cases())]
    pub(crate) filter: Vec<String>,
    #[command(flatten)]
    pub(crate) selectors: SelectorArgs,
    #[command(flatten)]
    pub(crate) judging: JudgingArgs,
    /// Generate the fresh cases from this seed, up to 16 hexadecimal digits
    /// [default: a new seed, which all runs share]
    #[arg(long, help_heading = CASES, value_name = "HEX", value_parser = seed)]
    pub(crate) seed: Option<u64>,
    #[command(flatten)]
    pub(crate) case_options: CaseOptions,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    /// Show every failure, and all causes
    #[arg(long, help_heading = REPORTS, short)]
    pub(crate) verbose: bool,
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,
}

impl Watch {
    /// The arguments of one run.
    pub(crate) fn check(&self, seed: u64) -> Check {
        let it = self.clone();
        Check {
            filter: it.filter,
            selectors: it.selectors,
            failed: None,
            code: Vec::new(),
            judging: it.judging,
            seed: Some(seed),
            case_options: it.case_options,
            repeat: 1,
            limits: it.limits,
            format: Vec::new(),
            output: Vec::new(),
            write: None,
            trace: None,
            verbose: it.verbose,
            dump: None,
            answers: None,
            target: it.target,
            settings: it.settings,
            notes: Vec::new(),
        }
    }
}
