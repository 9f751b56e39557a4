//! `check --failed REPORT`: what failed in an earlier run, with everything that makes it the same again.

use std::{collections::BTreeSet, path::Path};

use clap::Parser;
use rollwire_conformance::{
    event::{CheckEvent, Event, Footer, Header},
    report::read::read,
    text::{sanitize, shorten},
    vectors::VectorSet,
    verdict::{Exit, Verdict},
};

use crate::{
    args::{CaseOptions, seed},
    failure::Failure,
    input_files::open_events,
};

/// What an event file says about checks that are to be asked again.
#[derive(Debug)]
pub(crate) struct Rerun {
    /// The cases, each of which is run whole.
    pub(crate) ids: BTreeSet<String>,
    pub(crate) seed: u64,
    pub(crate) strict: bool,
    pub(crate) case_options: CaseOptions,
    name: String,
    header: Box<Header>,
    truncated: bool,
}

/// The arguments of a header, read as a command line is.
#[derive(Debug, Parser)]
#[command(no_binary_name = true, disable_help_flag = true)]
struct Words {
    #[command(flatten)]
    case_options: CaseOptions,
    /// Says how the adapter was reached, which a run again says anew.
    #[arg(long)]
    allow_remote: bool,
}

impl Rerun {
    /// Reads an event file.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let (name, source) = open_events(path)?;
        let mut ids = BTreeSet::new();
        let mut header: Option<Box<Header>> = None;
        let mut footer: Option<Footer> = None;
        let complete = read(&name, source, &mut |event| {
            match event {
                Event::Header(it) => header = Some(it.clone()),
                Event::Check(check) => {
                    if is_to_be_asked_again(check, header.as_ref().is_some_and(|it| it.strict)) {
                        ids.insert(check.case.clone());
                    }
                }
                Event::Footer(it) => footer = Some(it.clone()),
                Event::Note { .. } => {}
            }
            Ok(())
        })?;
        let Some(header) = header else {
            return Err(Failure::new(Exit::Incomplete, format!("{name}: holds no header")));
        };
        if ids.is_empty() {
            let mut text =
                format!("{name}: no check of it failed or was not run, so nothing is run again");
            match footer.filter(|footer| !footer.complete).and_then(|footer| footer.reason) {
                Some(reason) => text += &format!("; that run is incomplete: {}", sanitize(&reason)),
                None if !complete => text += "; the file is truncated, that run did not end itself",
                None => {}
            }
            return Err(Failure::new(Exit::Nothing, text));
        }
        let damaged = |what: String| Failure::usage(format!("{name}:1: {what}"));
        let text = shorten(&header.seed);
        let seed =
            seed(&header.seed).map_err(|why| damaged(format!("`seed` is `{text}`; {why}")))?;
        let Words { case_options, allow_remote: _ } = Words::try_parse_from(&header.arguments)
            .map_err(|_| {
                let words = shorten(&header.arguments.join(" "));
                damaged(format!("`arguments` are none that choose cases: `{words}`"))
            })?;
        let strict = header.strict;
        Ok(Self { ids, seed, strict, case_options, name, header, truncated: !complete })
    }

    /// What is to be said about a run again of these vectors.
    pub(crate) fn notes(&self, vectors: &VectorSet) -> Vec<String> {
        let mut notes = Vec::new();
        if self.truncated {
            notes.push(format!(
                "{} is truncated: what would have failed behind its end is not asked again",
                self.name
            ));
        }
        if self.header.vectors.sha256 != vectors.id.sha256 {
            notes.push(format!("the vectors are not those of {} any more", self.name));
        }
        notes
    }
}

fn is_to_be_asked_again(check: &CheckEvent, strict: bool) -> bool {
    match check.verdict {
        Verdict::Fail | Verdict::Error | Verdict::UnexpectedPass | Verdict::NotRun => true,
        Verdict::Weak => strict,
        Verdict::Pass | Verdict::ExpectedFailure | Verdict::NotApplicable => false,
    }
}
