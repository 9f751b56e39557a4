//! `check --failed REPORT`: the cases that failed in an earlier run, with the options of that run.

use std::{collections::BTreeSet, path::Path};

use clap::Parser;
use rollwire_conformance::{
    event::{CheckEvent, Event, Footer, Header},
    report::read::read_checks,
    text::{sanitize, shorten},
    vectors::VectorSet,
    verdict::{Code, Exit, Verdict},
};

use crate::{
    args::{CaseOptions, SettingsArgs, seed},
    failure::Failure,
    input_files::open_events,
};

/// The cases of an event file that run again, and the options that they need.
#[derive(Debug)]
pub(crate) struct Rerun {
    /// The cases. All checks of each run again.
    pub(crate) ids: BTreeSet<String>,
    pub(crate) seed: u64,
    pub(crate) strict: bool,
    pub(crate) case_options: CaseOptions,
    name: String,
    header: Box<Header>,
    truncated: bool,
}

/// The arguments in a header, parsed like a command line.
#[derive(Debug, Parser)]
#[command(no_binary_name = true, disable_help_flag = true)]
struct Words {
    #[command(flatten)]
    case_options: CaseOptions,
    /// How the adapter was reached. The new run has its own option for that.
    #[arg(long)]
    allow_remote: bool,
    /// The settings of that run. The new run has its own.
    #[command(flatten)]
    settings: SettingsArgs,
}

impl Rerun {
    /// Reads an event file. With codes, only checks that failed with one of them count.
    pub(crate) fn read(path: &Path, codes: &[Code]) -> Result<Self, Failure> {
        let (name, source) = open_events(path)?;
        let mut ids = BTreeSet::new();
        let mut header: Option<Box<Header>> = None;
        let mut footer: Option<Footer> = None;
        let complete = read_checks(&name, source, &mut |event| {
            match event {
                Event::Header(it) => header = Some(it.clone()),
                Event::Check(check) => {
                    let has_code =
                        codes.is_empty() || check.code.is_some_and(|code| codes.contains(&code));
                    let strict = header.as_ref().is_some_and(|it| it.strict);
                    if has_code && runs_again(check, strict) {
                        ids.insert(check.case.clone());
                    }
                }
                Event::Footer(it) => footer = Some((**it).clone()),
                Event::Note { .. } | Event::Cause(_) => {}
            }
            Ok(())
        })?;
        let Some(header) = header else {
            return Err(Failure::new(Exit::Incomplete, format!("{name}: has no header")));
        };
        if ids.is_empty() {
            let names: Vec<&str> = codes.iter().map(|code| code.as_str()).collect();
            let with = if names.is_empty() {
                "or did not run".to_owned()
            } else {
                format!("with {}", names.join(" or "))
            };
            let mut text = format!(
                "{name}: has no check that failed {with}, so there is nothing to run again"
            );
            match footer.filter(|footer| !footer.complete).and_then(|footer| footer.reason) {
                Some(reason) => text += &format!("; that run is incomplete: {}", sanitize(&reason)),
                None if !complete => {
                    text += "; the file is truncated because that run was interrupted";
                }
                None => {}
            }
            return Err(Failure::new(Exit::Nothing, text));
        }
        let damaged = |what: String| Failure::usage(format!("{name}:1: {what}"));
        let text = shorten(&header.seed);
        let seed =
            seed(&header.seed).map_err(|why| damaged(format!("`seed` is `{text}`; {why}")))?;
        let Words { case_options, allow_remote: _, settings: _ } =
            Words::try_parse_from(&header.arguments).map_err(|_| {
                let words = shorten(&header.arguments.join(" "));
                damaged(format!("`arguments` holds options that do not select cases: `{words}`"))
            })?;
        let strict = header.strict;
        Ok(Self { ids, seed, strict, case_options, name, header, truncated: !complete })
    }

    /// The notes that the report of the new run begins with.
    pub(crate) fn notes(&self, vectors: &VectorSet) -> Vec<String> {
        let mut notes = Vec::new();
        if self.truncated {
            notes.push(format!(
                "{} is truncated: checks that it does not hold are not run again",
                self.name
            ));
        }
        if self.header.vectors.sha256 != vectors.id.sha256 {
            notes.push(format!("the vectors are no longer those of {}", self.name));
        }
        notes
    }
}

/// Whether a check failed, or did not run.
pub(crate) fn runs_again(check: &CheckEvent, strict: bool) -> bool {
    match check.verdict {
        Verdict::Fail | Verdict::Error | Verdict::UnexpectedPass | Verdict::NotRun => true,
        Verdict::Weak => strict,
        Verdict::Pass | Verdict::ExpectedFailure | Verdict::NotApplicable => false,
    }
}
