//! A run from beginning to end: handshake, probes, all checks, probes again, counts.
//!
//! | file | story |
//! |---|---|
//! | `options`, `selection`, `plan` | which checks are asked |
//! | `probes` | whether an implementation answers at all |
//! | `bytes`, `scenarios`, `digests` | the checks of each kind |
//! | `round` | what these three share |

mod bytes;
mod digests;
mod options;
pub mod plan;
pub mod probes;
mod round;
mod scenarios;
mod selection;

use rollwire_model::Layout;

use self::{plan::Plan, round::Round};
use crate::{
    baseline::{Matcher, Scope},
    event::{CheckEvent, EVENT_VERSION, Event, Footer, Header},
    protocol::Hello,
    runner::{Adapter, Connection, StartupFault, Stop},
    vectors::{VectorSet, filter::FilterFault},
    verdict::{Counts, Exit},
};

pub use self::options::Options;
pub(crate) use self::selection::{Selection, at_revision, at_the_latest};

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
            return Ok(finish(Footer::default_for(&plan), Some((stop, text)), options, sink));
        }
    };
    let revision = options.revision.unwrap_or(hello.revision);
    let Selection { model, cases, others } = at_revision(revision, latest, vectors, options, scope);
    let plan = Plan::new(cases, &hello, &model);
    sink(setup.header(Some(hello.clone()), &plan, revision, others));

    let mut matcher = Matcher::new(&options.baseline, revision);
    let mut footer = Footer::default_for(&plan);
    let mut emit = |event: CheckEvent| {
        footer.counts.add(event.verdict);
        sink(Event::Check(Box::new(event)));
    };
    let mut stop = probes::before(adapter, &hello, &model, options.seed).err();
    let mut round = Round {
        adapter: &mut *adapter,
        hello: &hello,
        model: &model,
        options,
        matcher: &mut matcher,
        emit: &mut emit,
    };
    let mut skipped = 0;
    if stop.is_none() {
        skipped = ask_all(&mut round, &plan);
        stop = adapter.stopped().cloned();
    } else {
        emit_not_run(&mut round, &plan);
    }
    footer.counts.not_run += skipped;
    if stop.is_none() {
        stop = probes::after(adapter, &hello).err();
    }
    // The remarks about a file of answers matter most if answers are missing.
    if stop.is_none() || !adapter.is_live() {
        for text in adapter.finish() {
            sink(Event::Note { text });
        }
    }
    for fault in matcher.faults(scope, stop.is_none()) {
        footer.baseline_faults += 1;
        sink(Event::Note { text: fault.to_string() });
    }
    let stop = stop.map(|stop| {
        let text = startup_text(&stop, &adapter.take_stderr());
        (stop, text)
    });
    Ok(finish(footer, stop, options, sink))
}

/// Asks every check as often as the options say. Returns how many checks of later rounds are only
/// counted because the run ended in an earlier round.
fn ask_all(round: &mut Round<'_, '_>, plan: &Plan) -> u64 {
    for number in 0..round.options.repeat {
        // The round in which the run ended still has all its events.
        if number > 0 && round.adapter.stopped().is_some() {
            return (round.options.repeat - number) * plan.check_count();
        }
        bytes::ask_all(round, &plan.bytes);
        scenarios::run_all(round, &plan.scenarios);
        digests::ask_all(round, &plan.digests);
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
        Stop::Startup(_) | Stop::Restart(_) => probes::with_stderr(&stop.to_string(), stderr),
        _ => stop.to_string(),
    }
}

/// Completes the footer, emits it, and returns the exit code.
fn finish(
    mut footer: Footer,
    stop: Option<(Stop, String)>,
    options: &Options,
    sink: &mut dyn FnMut(Event),
) -> Exit {
    let verdicts = match footer.counts.exit(options.strict) {
        _ if footer.baseline_faults > 0 => Exit::Failed,
        exit => exit,
    };
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
        None if verdicts == Exit::Nothing => Some(why_nothing(&footer.counts)),
        None => None,
    };
    let exit = footer.exit;
    sink(Event::Footer(footer));
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
            missing_capabilities: plan.missing_capabilities(),
            complete: false,
            reason: None,
            exit: Exit::Incomplete,
        }
    }
}
