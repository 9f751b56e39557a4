//! A run from beginning to end: shake hands, probe, ask every check, probe again, count.

mod behaviour;
mod digests;
mod selection;

use std::collections::BTreeMap;

use rollwire_model::{Layout, Model};

pub(crate) use self::behaviour::shortened;
pub(crate) use self::selection::{Selection, at_revision, at_the_latest};

use crate::{
    baseline::{Baseline, Ledger, Scope},
    detail::Explainer,
    event::{CheckEvent, EVENT_VERSION, Event, Footer, Header},
    plan::{Check, Plan},
    probes,
    protocol::Hello,
    runner::{Ask, Origin, Respondent, StartupFault, Stop},
    select::{Filter, FilterFault},
    vectors::VectorSet,
    verdict::{Counts, Exit, Verdict},
};

/// What to run, besides the limits that the engine knows.
#[derive(Clone, Debug)]
pub struct Options {
    /// The adapter's command line, for the report.
    pub command: Vec<String>,
    /// The arguments that chose other cases than the published ones, for the report.
    pub arguments: Vec<String>,
    /// Which cases.
    pub filter: Filter,
    /// The seed of the fresh cases.
    pub seed: u64,
    /// How many fresh cases a message; 0 for none.
    pub fresh: u32,
    /// How often every check is asked.
    pub repeat: u64,
    /// Choose cases for this revision rather than for the one that the adapter declares.
    pub revision: Option<u8>,
    /// Whether a weak check is fatal.
    pub strict: bool,
    /// Which checks are expected to fail.
    pub baseline: Baseline,
}

/// Runs everything, telling the sink about it; the last event holds the exit code, which is returned.
///
/// # Errors
/// A filter that matches nothing, before the adapter is started.
pub fn run(
    adapter: &mut dyn Respondent,
    vectors: &VectorSet,
    options: &Options,
    sink: &mut dyn FnMut(Event),
) -> Result<Exit, FilterFault> {
    run_in_scope(adapter, vectors, options, &mut Scope::default(), sink)
}

/// Runs everything as [`run`] does, and leaves in `scope` what entries of a baseline may name.
///
/// # Errors
/// As [`run`].
pub fn run_in_scope(
    adapter: &mut dyn Respondent,
    vectors: &VectorSet,
    options: &Options,
    scope: &mut Scope,
    sink: &mut dyn FnMut(Event),
) -> Result<Exit, FilterFault> {
    let id = vectors.id.clone();
    // Before the adapter is started.
    let latest = at_the_latest(vectors, options, scope)?;

    let origin = adapter.origin();
    let header = |hello: Option<Hello>, plan: &Plan, revision, other_revisions| Header {
        version: EVENT_VERSION,
        kit: env!("CARGO_PKG_VERSION").to_owned(),
        vectors: id.clone(),
        command: options.command.clone(),
        arguments: options.arguments.clone(),
        filter: options.filter.globs(),
        attached: match &origin {
            Origin::Attached(address) => Some(address.clone()),
            Origin::Started | Origin::Recorded(_) => None,
        },
        offline: match &origin {
            Origin::Recorded(file) => Some(file.clone()),
            Origin::Started | Origin::Attached(_) => None,
        },
        hello,
        revision,
        seed: format!("{:016x}", options.seed),
        strict: options.strict,
        cases: plan.case_count(),
        checks: plan.check_count() * options.repeat,
        other_revisions,
    };

    let hello = match adapter.start() {
        Ok(hello) => hello,
        Err(fault) => {
            let stop = adapter.stopped().cloned().unwrap_or(Stop::Startup(fault));
            let text = startup_text(&stop, &adapter.take_stderr());
            let plan = Plan::default();
            let revision = options.revision.unwrap_or(Layout::builtin().revision);
            sink(Event::Header(Box::new(header(None, &plan, revision, 0))));
            return Ok(finish(Footer::default_for(&plan), Some((stop, text)), options, sink));
        }
    };

    let revision = options.revision.unwrap_or(hello.revision);
    let Selection { model, cases, scenarios, digests, others } =
        at_revision(revision, latest, vectors, options, scope);
    let plan = Plan::new(cases, scenarios, &hello, &model).with_digests(digests, &hello);
    sink(Event::Header(Box::new(header(Some(hello.clone()), &plan, revision, others))));

    let mut ledger = Ledger::new(&options.baseline, revision);
    let mut footer = Footer::default_for(&plan);
    let before = probes::before(adapter, &hello, &model, options.seed);
    let mut stop = before.err();
    match &stop {
        None => {
            for round in 0..options.repeat {
                // The round in which the run ended has its events; the rest is only counted.
                if round > 0 && adapter.stopped().is_some() {
                    footer.counts.not_run += (options.repeat - round) * plan.check_count();
                    break;
                }
                let mut tell = |event: CheckEvent| {
                    footer.counts.add(event.verdict);
                    sink(Event::Check(Box::new(event)));
                };
                ask_all(adapter, &plan, &model, &mut ledger, &mut tell);
                behaviour::play_all(
                    adapter,
                    &plan,
                    (&hello, &model),
                    options,
                    &mut ledger,
                    &mut tell,
                );
                let seed = options.seed;
                digests::ask_all(adapter, &plan, (&hello, seed), &mut ledger, &mut tell);
            }
            stop = adapter.stopped().cloned();
        }
        // Nothing is lost: what was not asked has its event too.
        Some(_) => {
            let checks = plan.checks.iter().map(|check| not_run(&plan, check));
            let scenarios = plan.scenarios.iter().map(behaviour::not_run);
            let digests = plan.digests.iter().map(digests::not_run);
            for mut event in checks.chain(scenarios).chain(digests) {
                ledger.judge(&mut event);
                footer.counts.add(event.verdict);
                sink(Event::Check(Box::new(event)));
            }
        }
    }
    if stop.is_none() {
        stop = probes::after(adapter, &hello).err();
    }
    // What a file holds is to be said also when it holds too little.
    if stop.is_none() || !adapter.is_live() {
        for text in adapter.finish() {
            sink(Event::Note { text });
        }
    }
    for rot in ledger.rot(scope, stop.is_none()) {
        footer.rot += 1;
        sink(Event::Note { text: rot.to_string() });
    }
    let stop = stop.map(|stop| {
        let text = startup_text(&stop, &adapter.take_stderr());
        (stop, text)
    });
    Ok(finish(footer, stop, options, sink))
}

/// Asks every check about bytes, and tells about each in the order of the plan.
fn ask_all(
    adapter: &mut dyn Respondent,
    plan: &Plan,
    model: &Model,
    ledger: &mut Ledger<'_>,
    tell: &mut dyn FnMut(CheckEvent),
) {
    let check_at = |place: u64| &plan.checks[usize::try_from(place).unwrap_or_default()];
    let explainer = Explainer::new(model);
    let mut in_order = InOrder::default();
    let mut tell = |place: u64, event: CheckEvent| in_order.push(place, event, tell);
    // What does not apply is told first, so that nothing ever waits for it.
    for (place, check) in (0..).zip(&plan.checks) {
        if let Err(capability) = check.asked {
            let mut event = not_run(plan, check).not_applicable(capability);
            ledger.judge(&mut event);
            tell(place, event);
        }
    }
    let mut asks = (0_u64..)
        .zip(&plan.checks)
        .filter_map(|(place, check)| Some::<Ask>((place, check.script(plan)?)));
    adapter.ask_all(&mut asks, &mut |place, reply, stderr| {
        let check = check_at(place);
        let mut noise = reply.noise();
        let judgement = check.judge(reply);
        let mut event = not_run(plan, check);
        event.verdict = judgement.verdict;
        event.code = judgement.code;
        if !matches!(judgement.verdict, Verdict::Pass | Verdict::NotRun) {
            if noise.is_empty() {
                noise = stderr();
            }
            let case = &plan.cases[check.case];
            event.detail = Some(explainer.explain(case, check, &judgement, &noise));
        }
        ledger.judge(&mut event);
        tell(place, event);
    });
}

fn not_run(plan: &Plan, check: &Check) -> CheckEvent {
    CheckEvent::not_run(&plan.cases[check.case], check.kind)
}

/// Answers come in any order; events leave in the order of the plan.
#[derive(Default)]
struct InOrder {
    next: u64,
    waiting: BTreeMap<u64, CheckEvent>,
}

impl InOrder {
    fn push(&mut self, place: u64, event: CheckEvent, emit: &mut dyn FnMut(CheckEvent)) {
        self.waiting.insert(place, event);
        while let Some(event) = self.waiting.remove(&self.next) {
            self.next += 1;
            emit(event);
        }
    }
}

fn startup_text(stop: &Stop, stderr: &str) -> String {
    match stop {
        Stop::Startup(StartupFault::Start(_)) => stop.to_string(),
        Stop::Startup(_) | Stop::Restart(_) => probes::with_stderr(&stop.to_string(), stderr),
        _ => stop.to_string(),
    }
}

/// Completes the footer, tells about it, and says how the process exits.
fn finish(
    mut footer: Footer,
    stop: Option<(Stop, String)>,
    options: &Options,
    sink: &mut dyn FnMut(Event),
) -> Exit {
    let verdicts = match footer.counts.exit(options.strict) {
        _ if footer.rot > 0 => Exit::Failed,
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
        None if verdicts == Exit::Nothing => Some(nothing(&footer.counts)),
        None => None,
    };
    let exit = footer.exit;
    sink(Event::Footer(footer));
    exit
}

fn nothing(counts: &Counts) -> String {
    if counts.nothing_conforms() {
        "every check that failed was expected to, and none passed: nothing is shown to conform"
            .to_owned()
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
            rot: 0,
            missing_capabilities: plan.missing_capabilities(),
            complete: false,
            reason: None,
            exit: Exit::Incomplete,
        }
    }
}
