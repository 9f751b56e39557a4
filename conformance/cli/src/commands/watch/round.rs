//! One round: what failed last, then the rest.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use rollwire_conformance::{
    event::Event,
    text::plural,
    vectors::filter::Filter,
    verdict::{Exit, Verdict},
};

use crate::{
    args::Check, commands::check::baseline, failure::Failure, output::open_reports,
    setup::start_until, terminal::say,
};

/// If more cases failed, all cases run at once: their report would not come much sooner.
const MOST_FIRST: usize = 200;

/// How a round ended.
pub(super) enum Outcome {
    /// At its end, with this exit code.
    Ended(Exit),
    /// A file changed, or a signal arrived.
    OutOfDate,
    /// What it found cannot be shown.
    Unwritable(Failure),
}

/// The cases that failed when they ran last.
#[derive(Default)]
pub(super) struct Failed {
    ids: BTreeSet<String>,
}

impl Failed {
    pub(super) fn count(&self) -> u64 {
        self.ids.len() as u64
    }

    /// Takes over what one run says: for each case that it has asked, whether a check failed.
    fn update(&mut self, ran: BTreeMap<String, bool>) {
        for (id, has_failed) in ran {
            if has_failed {
                self.ids.insert(id);
            } else {
                self.ids.remove(&id);
            }
        }
    }
}

/// Runs what failed last, and then the rest, or everything at once. It ends early when the flag is not zero.
pub(super) fn run(
    check: &Check,
    failed: &mut Failed,
    ends_run: &Arc<AtomicUsize>,
) -> Result<Outcome, Failure> {
    let first = failed.ids.clone();
    if first.is_empty() || first.len() > MOST_FIRST {
        return part(check, failed, ends_run, |filter| filter);
    }
    let count = plural(first.len() as u64, "case that failed", "cases that failed");
    say!("first the {count}:\n")?;
    match part(check, failed, ends_run, |filter| filter.among(first.clone()))? {
        Outcome::Ended(Exit::Conforms | Exit::Failed | Exit::Nothing) => {}
        // The rest would not run either.
        other => return Ok(other),
    }
    say!("\nnow the rest:\n")?;
    part(check, failed, ends_run, |filter| filter.without(first))
}

/// Runs the cases of one filter.
fn part(
    check: &Check,
    failed: &mut Failed,
    ends_run: &Arc<AtomicUsize>,
    narrow: impl FnOnce(Filter) -> Filter,
) -> Result<Outcome, Failure> {
    let mut run = start_until(check, baseline(check)?, Arc::clone(ends_run))?;
    let filter = std::mem::take(&mut run.options.filter);
    run.options.filter = narrow(filter);
    let strict = run.options.strict;
    let mut outputs =
        open_reports(&Check { format: Vec::new(), output: Vec::new(), ..check.clone() })?;
    let mut ran: BTreeMap<String, bool> = BTreeMap::new();
    let is_over = || ends_run.load(Ordering::SeqCst) != 0;
    let ended = outputs.during(|outputs| {
        run.go(&mut |event| {
            if let Event::Check(check) = &event
                && let Some(has_failed) = verdict_of(check.verdict, strict)
            {
                *ran.entry(check.case.clone()).or_default() |= has_failed;
            }
            // The report of a run that a change has ended is of no use.
            if !is_over() {
                outputs.event(&event);
            }
        })
    });
    failed.update(ran);
    let (exit, _) = ended?;
    if is_over() {
        outputs.discard();
        return Ok(Outcome::OutOfDate);
    }
    Ok(match outputs.close(exit) {
        Ok(exit) => Outcome::Ended(exit),
        Err(failure) => Outcome::Unwritable(failure),
    })
}

/// Whether a check failed; `None` if it was not asked.
fn verdict_of(verdict: Verdict, strict: bool) -> Option<bool> {
    match verdict {
        Verdict::Fail | Verdict::Error | Verdict::UnexpectedPass => Some(true),
        Verdict::Weak => Some(strict),
        Verdict::Pass | Verdict::ExpectedFailure | Verdict::NotApplicable => Some(false),
        Verdict::NotRun => None,
    }
}
