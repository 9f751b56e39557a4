//! Whether a stream says what its checks say.
//!
//! An event file may have been edited, put together, or written by a program that is not rollwire. A
//! report shows what the footer says, and the process exits with its code. Therefore the reader
//! counts the checks itself, and refuses a footer that says something else.

use std::{
    collections::HashSet,
    hash::{BuildHasher, RandomState},
};

use crate::{
    event::{CheckEvent, Event, Footer, Header},
    text::{grouped, plural},
    vectors::{AnyCase, VectorSet},
    verdict::{Counts, Exit, Verdict},
};

/// The signals that end a run, as Linux and other systems number them: SIGHUP, SIGINT, SIGQUIT, SIGUSR1,
/// SIGUSR2, SIGALRM, SIGTERM, SIGXCPU, SIGVTALRM and SIGPROF. The exit code of a stream that claims to be
/// interrupted must not be an arbitrary number.
const SIGNALS: [u8; 12] = [1, 2, 3, 10, 12, 14, 15, 24, 26, 27, 30, 31];

/// The most cases that a stream may have: several times those of the longest run. A report keeps a row for
/// each, so this bounds its memory.
const MOST_CASES: u64 = 250_000;

/// What the lines of a stream have said so far.
#[derive(Debug, Default)]
pub(super) struct Audit {
    strict: bool,
    cases: u64,
    checks: u64,
    counted: Counts,
    /// The hashes of the ids so far.
    seen: HashSet<u64>,
    hasher: RandomState,
    /// The cases of the published set that a run of the whole of it still has to show.
    missing: HashSet<String>,
    notes: u64,
}

impl Audit {
    /// Takes in the next event.
    ///
    /// # Errors
    /// It contradicts itself or what came before it.
    pub(super) fn event(&mut self, event: &Event) -> Result<(), String> {
        match event {
            Event::Header(header) => self.header(header)?,
            Event::Check(check) => self.check(check)?,
            Event::Note { .. } => self.notes += 1,
            Event::Footer(footer) => self.footer(footer)?,
            Event::Cause(_) => {}
        }
        Ok(())
    }

    /// Takes in the header.
    ///
    /// # Errors
    /// More cases than any run has.
    fn header(&mut self, header: &Header) -> Result<(), String> {
        self.strict = header.strict;
        self.cases = header.cases;
        self.checks = header.checks;
        if header.cases > MOST_CASES {
            let (announced, most) = (plural(header.cases, "case", "cases"), grouped(MOST_CASES));
            return Err(format!("the header announces {announced}; at most {most} are read"));
        }
        self.missing = wanted(header);
        let whole = self.missing.len() as u64;
        if header.cases < whole {
            return Err(format!(
                "the header announces {} and no filter, but its vector set has {} for this adapter",
                plural(header.cases, "case", "cases"),
                grouped(whole),
            ));
        }
        Ok(())
    }

    /// Counts a check.
    ///
    /// # Errors
    /// A verdict that contradicts the code, or a check more than the header announces.
    fn check(&mut self, check: &CheckEvent) -> Result<(), String> {
        self.counted.add(check.verdict);
        // A stream without an end is refused where it stops being true, not at its footer.
        if self.counted.total() > self.checks {
            let announced = plural(self.checks, "check", "checks");
            return Err(format!(
                "there are more checks than the {announced} that the header announces"
            ));
        }
        self.seen.insert(self.hasher.hash_one(&check.case));
        if check.origin.is_published() {
            self.missing.remove(&check.case);
        }
        if self.seen.len() as u64 > self.cases {
            let announced = plural(self.cases, "case", "cases");
            return Err(format!(
                "there are more cases than the {announced} that the header announces"
            ));
        }
        let is_faultless = matches!(
            check.verdict,
            Verdict::Pass | Verdict::NotApplicable | Verdict::NotRun | Verdict::UnexpectedPass
        );
        match check.code {
            Some(code) if is_faultless => {
                let (verdict, code) = (check.verdict.label(), code.as_str());
                Err(format!("the verdict is {verdict}, but the code `{code}` says what failed"))
            }
            _ => Ok(()),
        }
    }

    /// Compares the footer with everything before it.
    ///
    /// # Errors
    /// The first member of the footer that contradicts the stream.
    fn footer(&self, footer: &Footer) -> Result<(), String> {
        self.counts(footer)?;
        let faults = footer.baseline_faults.saturating_add(footer.adapter_faults);
        if faults > self.notes {
            let notes = plural(self.notes, "note", "notes");
            return Err(contradiction(&format!(
                "it counts {} of the baseline and the adapter, but the lines before it hold {notes}",
                plural(faults, "fault", "faults"),
            )));
        }
        self.whole(footer)?;
        self.exit(footer)
    }

    /// A run of the whole set shows every case of it. Fresh cases in its place make up the number, but
    /// not the set.
    fn whole(&self, footer: &Footer) -> Result<(), String> {
        match self.missing.iter().min() {
            Some(first) if footer.complete => Err(contradiction(&format!(
                "the run has no filter and is complete, but the lines before it hold no check of {}; \
                 the first is {first}",
                plural(self.missing.len() as u64, "published case", "published cases"),
            ))),
            _ => Ok(()),
        }
    }

    fn counts(&self, footer: &Footer) -> Result<(), String> {
        let pairs = footer.counts.by_verdict().into_iter().zip(self.counted.by_verdict());
        for ((verdict, said), (_, found)) in pairs {
            // The checks of later rounds are only counted if the run ended early.
            let may_be_more = verdict == Verdict::NotRun && !footer.complete;
            if said != found && !(may_be_more && said > found) {
                return Err(contradiction(&format!(
                    "it counts {} with the verdict {}, but the lines before it hold {}",
                    plural(said, "check", "checks"),
                    verdict.label(),
                    grouped(found),
                )));
            }
        }
        let total = footer.counts.total();
        if total > self.checks || footer.complete && total != self.checks {
            return Err(contradiction(&format!(
                "it counts {}, but the header announces {}",
                plural(total, "check", "checks"),
                grouped(self.checks),
            )));
        }
        if footer.cases != self.cases {
            return Err(contradiction(&format!(
                "it counts {}, but the header announces {}",
                plural(footer.cases, "case", "cases"),
                grouped(self.cases),
            )));
        }
        Ok(())
    }

    fn exit(&self, footer: &Footer) -> Result<(), String> {
        let found = footer.exit;
        if !footer.complete {
            return match found {
                Exit::Incomplete => Ok(()),
                Exit::Signal(signal) if SIGNALS.contains(&signal) => Ok(()),
                _ => Err(contradiction(&format!(
                    "`exit` is {}, but the run is not complete, and its exit code is 3 or that of a signal",
                    found.code(),
                ))),
            };
        }
        // Refusals without a class fail a strict run only if none of them has one, which no event shows.
        let may_fail = footer.refusals_without_class > 0;
        let right = footer.exit_of_complete(self.strict, false);
        if found == right || may_fail && found == footer.exit_of_complete(self.strict, true) {
            return Ok(());
        }
        Err(contradiction(&format!(
            "`exit` is {}, but the checks give {}",
            found.code(),
            right.code(),
        )))
    }
}

/// The ids of the cases that a run of the whole published set asks this adapter; none if the run is not
/// one. A stream without its filter would make a badge say that the whole conforms.
fn wanted(header: &Header) -> HashSet<String> {
    let Some(hello) = header.hello.as_ref().filter(|_| header.filter.is_empty()) else {
        return HashSet::new();
    };
    let Some(published) = VectorSet::builtin().ok().filter(|it| it.id == header.vectors) else {
        return HashSet::new();
    };
    // Hashes that last have rules of their own, in place of others. Recorded answers are never about them.
    let lasts = header.offline.is_none() && hello.variant().hash_sends.is_some();
    let is_asked = |case: &&AnyCase| case.applies_to(header.revision) && (lasts || !case.lasts());
    published.cases().iter().filter(is_asked).map(|case| case.id().to_owned()).collect()
}

fn contradiction(text: &str) -> String {
    format!(
        "the footer contradicts the stream: {text}; the file was changed after the run, or lost lines"
    )
}
