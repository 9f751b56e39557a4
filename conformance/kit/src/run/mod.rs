//! A run from beginning to end: handshake, probes, all checks, probes again, counts.
//!
//! | file | story |
//! |---|---|
//! | `options`, `selection`, `plan` | which checks are asked |
//! | `probes`, `canaries` | whether an implementation answers at all |
//! | `shown` | what it answered, as text |
//! | `bytes`, `scenarios`, `digests` | the checks of each kind |
//! | `round` | what these three share |
//! | `refusal_classes` | how many refusals say why they refuse |

mod bytes;
mod canaries;
mod digests;
mod options;
pub mod plan;
pub mod probes;
mod refusal_classes;
mod round;
mod scenarios;
mod selection;
mod shown;

use std::cell::RefCell;

use rollwire_model::Layout;

use self::{
    plan::Plan,
    probes::{Probed, WrongCanaries},
    refusal_classes::RefusalClasses,
    round::Round,
};
use crate::{
    baseline::{Matcher, Scope},
    check::{
        budget::Budget,
        digest::{comparing::Comparing, explain::Explainer},
        scenario::visible::Visible,
    },
    diagnosis::{Asked, Failures, diagnose},
    event::{CheckEvent, EVENT_VERSION, Event, Footer, Header, LeftOut},
    protocol::Hello,
    runner::{Adapter, Connection, Remark, StartupFault, Stop},
    vectors::{VectorSet, filter::FilterFault},
    verdict::{Counts, Exit},
};

pub(crate) use self::selection::{Selection, at_revision, at_the_latest};
pub use self::{options::Options, shown::with_stderr};

/// Runs everything and passes the events to the sink. Returns the exit code, which the last event
/// holds too.
///
/// # Errors
/// A filter that matches nothing, before the adapter is started.
pub fn run(
    adapter: &mut dyn Adapter,
    vectors: &VectorSet,
    options: &Options,
    sink: &mut dyn FnMut(Event),
) -> Result<Exit, FilterFault> {
    run_in_scope(adapter, vectors, options, &mut Scope::default(), sink)
}

/// Runs everything as [`run`] does, and stores in `scope` what entries of a baseline may name.
///
/// # Errors
/// As [`run`].
pub fn run_in_scope(
    adapter: &mut dyn Adapter,
    vectors: &VectorSet,
    options: &Options,
    scope: &mut Scope,
    sink: &mut dyn FnMut(Event),
) -> Result<Exit, FilterFault> {
    // A faulty filter is reported before the adapter is started.
    let latest = at_the_latest(vectors, options, scope)?;
    let setup = RunSetup { vectors, options, connection: adapter.connection() };
    let hello = match adapter.start() {
        Ok(hello) => hello,
        Err(fault) => {
            let stop = adapter.stopped().cloned().unwrap_or(Stop::Startup(fault));
            let text = startup_text(&stop, &adapter.take_stderr());
            let plan = Plan::default();
            let revision = options.revision.unwrap_or(Layout::builtin().revision);
            sink(setup.header(None, &plan, revision, 0));
            let footer = Footer::default_for(&plan);
            return Ok(finish(footer, Some((stop, text)), false, options, sink));
        }
    };
    let revision = options.revision.unwrap_or(hello.revision);
    // Requests that are written for every adapter are not about hashes that last.
    let lasts = adapter.is_live() && hello.variant().hash_sends.is_some();
    let Selection { model, cases, others, filtered_checks, contradictions } =
        at_revision(revision, lasts, latest, vectors, options, scope);
    let mut plan = Plan::new(cases, &hello, &model);
    if !adapter.is_live() {
        plan.recorded();
    }
    sink(setup.header(Some(hello.clone()), &plan, revision, others));
    for text in selection::notes(&contradictions) {
        sink(Event::Note { text });
    }

    let mut matcher = Matcher::new(&options.baseline, revision);
    let mut footer = Footer::default_for(&plan);
    let failures = RefCell::new(Failures::default());
    setup.left_out(&mut footer.left_out, revision, filtered_checks);
    footer.left_out.contradictions = contradictions.len() as u64;
    let probed = probes::before(adapter, &hello, &model, options.seed);
    let mut stop = probed.as_ref().map_or_else(|stop| Some(stop.clone()), Probed::stop);
    let faults = probed.as_ref().map_or(&[][..], |probed| &probed.faults);
    let asks_on = stop.is_none() || options.tolerates_probes && !faults.is_empty();
    if options.tolerates_probes {
        faults.iter().for_each(|fault| sink(Event::Note { text: fault.clone() }));
    }
    let mut emit = |event: CheckEvent| {
        footer.counts.add(event.verdict);
        failures.borrow_mut().add(&event);
        sink(Event::Check(Box::new(event)));
    };
    let mut round = Round {
        adapter: &mut *adapter,
        hello: &hello,
        model: &model,
        options,
        matcher: &mut matcher,
        failures: &failures,
        shrinking: Budget::of_a_run(plan.check_count()),
        emit: &mut emit,
        classes: RefusalClasses::default(),
    };
    let end = round.adapter.run_end();
    let comparing = Comparing::of_a_run(options.find_fault, plan.check_count(), end.clone());
    let explainer = Explainer::of(comparing);
    let (mut skipped, mut classes) = (0, RefusalClasses::default());
    if asks_on {
        skipped = ask_all(&mut round, &plan, &explainer);
        classes = round.classes;
        // A run in which nothing more is asked may have to end, too.
        stop = adapter.stopped().cloned().or(stop).or_else(|| end.reason().map(Stop::from));
    } else {
        emit_not_run(&mut round, &plan);
    }
    footer.counts.not_run += skipped;
    footer.refusals_without_class = classes.missing();
    if let (None, Ok(probed)) = (&stop, &probed) {
        match probed.after(adapter) {
            Err(reason) => stop = Some(reason),
            Ok(WrongCanaries { once, always }) => {
                footer.adapter_faults += once.len() as u64;
                // Where a check failed, it shows what is always wrong.
                let is_shown = footer.counts.failed + footer.counts.errors > 0;
                let always = always.into_iter().filter(|_| !is_shown);
                for text in once.into_iter().chain(always) {
                    sink(Event::Note { text });
                }
            }
        }
    }
    // The remarks about a file of answers matter most if answers are missing.
    if stop.is_none() || !adapter.is_live() {
        for Remark { text, is_fault } in adapter.finish() {
            footer.adapter_faults += u64::from(is_fault);
            sink(Event::Note { text });
        }
    }
    if let Some(text) = classes.note() {
        sink(Event::Note { text });
    }
    let left_out = adapter.left_out();
    for text in adapter.notes().into_iter().chain(explainer.note()) {
        sink(Event::Note { text });
    }
    for fault in matcher.faults(scope, stop.is_none() && left_out == 0) {
        footer.baseline_faults += 1;
        sink(Event::Note { text: fault.to_string() });
    }
    // A run in which nothing failed but what was expected to must not pass by what it left out.
    if left_out > 0 && footer.counts.exit(options.strict) == Exit::Conforms {
        stop.get_or_insert(Stop::LeftOut(left_out));
    }
    let asked = Asked {
        bytes: &plan.bytes,
        scenarios: &plan.scenarios,
        digests: &plan.digests,
        model: &model,
        shown: Visible::by(&hello),
    };
    let suspects = (options.find_suspects)(revision);
    let causes = diagnose(asked, &failures.into_inner(), &*suspects, &end);
    if !causes.is_empty() {
        // They may have been cut short.
        stop = stop.or_else(|| end.reason().map(Stop::from));
    }
    for cause in causes {
        sink(Event::Cause(Box::new(cause)));
    }
    let stop = stop.map(|stop| {
        let text = startup_text(&stop, &adapter.take_stderr());
        (stop, text)
    });
    let is_weak = classes.never_given();
    if footer.counts.total() == 0 && !contradictions.is_empty() {
        footer.reason = Some(
            "nothing was checked: every selected case contradicts the specification".to_owned(),
        );
    }
    Ok(finish(footer, stop, is_weak, options, sink))
}

/// Asks every check as often as the options say. Returns how many checks of later rounds are only
/// counted because the run ended in an earlier round.
fn ask_all(round: &mut Round<'_, '_>, plan: &Plan, explainer: &Explainer) -> u64 {
    for number in 0..round.options.repeat {
        // The round in which the run ended still has all its events.
        if number > 0 && round.adapter.stopped().is_some() {
            return (round.options.repeat - number) * plan.check_count();
        }
        bytes::ask_all(round, &plan.bytes);
        scenarios::run_all(round, &plan.scenarios);
        digests::ask_all(round, &plan.digests, explainer);
    }
    0
}

/// Emits an event for every check that was not asked.
fn emit_not_run(round: &mut Round<'_, '_>, plan: &Plan) {
    let bytes = plan.bytes.iter().map(bytes::not_run);
    let scenarios = plan.scenarios.iter().map(scenarios::not_run);
    let digests = plan.digests.iter().map(digests::not_run);
    for event in bytes.chain(scenarios).chain(digests) {
        round.judge_and_emit(event);
    }
}

/// The part of the header that does not depend on the adapter.
struct RunSetup<'a> {
    vectors: &'a VectorSet,
    options: &'a Options,
    connection: Connection,
}

impl RunSetup<'_> {
    /// Adds what the options and the revision leave out.
    fn left_out(&self, left_out: &mut LeftOut, revision: u8, filtered_checks: u64) {
        let Self { vectors, options, .. } = self;
        if filtered_checks > 0 {
            left_out.filter = options.filter.globs();
            left_out.filtered_checks = filtered_checks * options.repeat;
        }
        left_out.revision = (revision < Layout::builtin().revision).then_some(revision);
        // Vectors of a user come without fresh cases.
        left_out.fresh_cases = options.fresh == 0 && vectors.is_published();
    }

    fn header(
        &self,
        hello: Option<Hello>,
        plan: &Plan,
        revision: u8,
        other_revisions: u64,
    ) -> Event {
        let Self { vectors, options, connection } = self;
        Event::Header(Box::new(Header {
            version: EVENT_VERSION,
            kit: env!("CARGO_PKG_VERSION").to_owned(),
            vectors: vectors.id.clone(),
            command: options.command.clone(),
            arguments: options.arguments.clone(),
            filter: options.filter.globs(),
            attached: match connection {
                Connection::Attached(address) => Some(address.clone()),
                Connection::Started | Connection::Recorded(_) => None,
            },
            offline: match connection {
                Connection::Recorded(file) => Some(file.clone()),
                Connection::Started | Connection::Attached(_) => None,
            },
            hello,
            revision,
            seed: format!("{:016x}", options.seed),
            strict: options.strict,
            cases: plan.case_count(),
            checks: plan.check_count() * options.repeat,
            other_revisions,
        }))
    }
}

fn startup_text(stop: &Stop, stderr: &str) -> String {
    match stop {
        Stop::Startup(StartupFault::Start(_)) => stop.to_string(),
        Stop::Startup(_) | Stop::Restart(_) => with_stderr(&stop.to_string(), stderr),
        _ => stop.to_string(),
    }
}

/// Completes the footer, emits it, and returns the exit code. A run can be weak although none of its checks is.
fn finish(
    mut footer: Footer,
    stop: Option<(Stop, String)>,
    is_weak: bool,
    options: &Options,
    sink: &mut dyn FnMut(Event),
) -> Exit {
    let verdicts = footer.exit_of_complete(options.strict, is_weak);
    footer.complete = stop.is_none();
    footer.exit = match &stop {
        None => verdicts,
        Some((Stop::Interrupted(signal), _)) => {
            Exit::Signal(u8::try_from(*signal).unwrap_or(u8::MAX))
        }
        Some(_) => Exit::Incomplete,
    };
    footer.reason = match stop {
        Some((_, text)) => Some(text),
        None if verdicts == Exit::Nothing => {
            footer.reason.take().or_else(|| Some(why_nothing(&footer.counts)))
        }
        None => None,
    };
    let exit = footer.exit;
    sink(Event::Footer(Box::new(footer)));
    exit
}

fn why_nothing(counts: &Counts) -> String {
    if counts.nothing_conforms() {
        "every failure was expected, but no check passed: the run shows no conformance".to_owned()
    } else if counts.not_applicable > 0 {
        "nothing was checked: the adapter declares none of the capabilities that the cases need"
            .to_owned()
    } else {
        "nothing was checked: no case applies to this revision and filter".to_owned()
    }
}

impl Footer {
    fn default_for(plan: &Plan) -> Self {
        Self {
            cases: plan.case_count(),
            counts: Counts::default(),
            baseline_faults: 0,
            adapter_faults: 0,
            left_out: plan.left_out(),
            refusals_without_class: 0,
            complete: false,
            reason: None,
            exit: Exit::Incomplete,
        }
    }
}
