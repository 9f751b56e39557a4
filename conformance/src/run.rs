//! A run from beginning to end: shake hands, probe, ask every check, probe again, count.

mod behaviour;

use std::{collections::BTreeMap, rc::Rc};

use rollwire_model::{
    Layout, Model,
    vectors::{Case, Scenario},
};

use crate::{
    baseline::{Baseline, Ledger, Scope},
    detail::Explainer,
    event::{CheckEvent, EVENT_VERSION, Event, Footer, Header},
    exchange::random,
    fresh,
    plan::{Check, Plan},
    probes,
    protocol::Hello,
    runner::{Ask, Ended, Engine, StartupFault, Stop, Transport},
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
pub fn run<T: Transport>(
    engine: &mut Engine<T>,
    vectors: &VectorSet,
    options: &Options,
    sink: &mut dyn FnMut(Event),
) -> Result<Exit, FilterFault> {
    run_in_scope(engine, vectors, options, &mut Scope::default(), sink)
}

/// Runs everything as [`run`] does, and leaves in `scope` what entries of a baseline may name.
///
/// # Errors
/// As [`run`].
pub fn run_in_scope<T: Transport>(
    engine: &mut Engine<T>,
    vectors: &VectorSet,
    options: &Options,
    scope: &mut Scope,
    sink: &mut dyn FnMut(Event),
) -> Result<Exit, FilterFault> {
    let id = vectors.id.clone();
    let layout = Layout::builtin();
    // Before the adapter is started: a filter is checked against everything that could be asked.
    let everything = with_fresh(vectors, &Model::new(&layout, layout.revision), options);
    *scope = Scope::new(&options.baseline, &everything, options.fresh);
    let latest = options.filter.apply(everything)?;

    let header = |hello: Option<Hello>, plan: &Plan, revision, other_revisions| Header {
        version: EVENT_VERSION,
        kit: env!("CARGO_PKG_VERSION").to_owned(),
        vectors: id.clone(),
        command: options.command.clone(),
        arguments: options.arguments.clone(),
        filter: options.filter.globs(),
        hello,
        revision,
        seed: format!("{:016x}", options.seed),
        strict: options.strict,
        cases: plan.case_count(),
        checks: plan.check_count() * options.repeat,
        other_revisions,
    };

    let hello = match engine.start() {
        Ok(hello) => hello,
        Err(fault) => {
            let stop = engine.stopped().cloned().unwrap_or(Stop::Startup(fault));
            let text = startup_text(&stop, &engine.take_stderr());
            let plan = Plan::default();
            let revision = options.revision.unwrap_or(layout.revision);
            sink(Event::Header(Box::new(header(None, &plan, revision, 0))));
            return Ok(finish(Footer::default_for(&plan), Some((stop, text)), options, sink));
        }
    };

    let revision = options.revision.unwrap_or(hello.revision);
    let model = Rc::new(Model::new(&layout, revision));
    let selected = if revision == layout.revision {
        latest
    } else {
        // Fresh cases of another revision: nothing of theirs may be left over from the latest.
        let mut all = with_fresh(vectors, &model, options);
        scope.add(&all);
        options.filter.keep(&mut all);
        all
    };
    let (cases, others): (Vec<Case>, Vec<Case>) =
        selected.cases.into_iter().partition(|case| case.applies_to(revision));
    let (scenarios, other_scenarios): (Vec<Scenario>, Vec<Scenario>) =
        selected.scenarios.into_iter().partition(|scenario| scenario.applies_to(revision));
    scope.filter(&options.filter);
    if options.revision.is_some() {
        let ids = others.iter().map(|it| &it.id).chain(other_scenarios.iter().map(|it| &it.id));
        ids.for_each(|id| scope.leave_out(id));
    }
    let others = (others.len() + other_scenarios.len()) as u64;
    let plan = Plan::new(cases, scenarios, &hello, &model);
    sink(Event::Header(Box::new(header(Some(hello.clone()), &plan, revision, others))));

    let mut ledger = Ledger::new(&options.baseline, revision);
    let mut footer = Footer::default_for(&plan);
    let before = probes::before(engine, &hello, &model, options.seed);
    let mut stop = before.err();
    match &stop {
        None => {
            for round in 0..options.repeat {
                // The round in which the run ended has its events; the rest is only counted.
                if round > 0 && engine.stopped().is_some() {
                    footer.counts.not_run += (options.repeat - round) * plan.check_count();
                    break;
                }
                let mut tell = |event: CheckEvent| {
                    footer.counts.add(event.verdict);
                    sink(Event::Check(Box::new(event)));
                };
                ask_all(engine, &plan, &model, &mut ledger, &mut tell);
                behaviour::play_all(
                    engine,
                    &plan,
                    (&hello, &model),
                    options,
                    &mut ledger,
                    &mut tell,
                );
            }
            stop = engine.stopped().cloned();
        }
        // Nothing is lost: what was not asked has its event too.
        Some(_) => {
            let checks = plan.checks.iter().map(|check| not_run(&plan, check));
            let scenarios = plan.scenarios.iter().map(behaviour::not_run);
            for mut event in checks.chain(scenarios) {
                ledger.judge(&mut event);
                footer.counts.add(event.verdict);
                sink(Event::Check(Box::new(event)));
            }
        }
    }
    if stop.is_none() {
        stop = probes::after(engine, &hello).err();
    }
    if stop.is_none() {
        let ended = engine.finish();
        if ended != Ended::Code(0) {
            let text = format!(
                "at the end of its standard input the adapter {ended}; it should exit with code 0"
            );
            sink(Event::Note { text });
        }
    }
    for rot in ledger.rot(scope, stop.is_none()) {
        footer.rot += 1;
        sink(Event::Note { text: rot.to_string() });
    }
    let stop = stop.map(|stop| {
        let text = startup_text(&stop, &engine.take_stderr());
        (stop, text)
    });
    Ok(finish(footer, stop, options, sink))
}

fn with_fresh(published: &VectorSet, model: &Model, options: &Options) -> VectorSet {
    let mut all = published.clone();
    if options.fresh > 0 {
        all.cases.extend(rollwire_model::vectors::large_cases());
        all.cases.extend(fresh::cases(model, options.seed, options.fresh));
        let count = random::with_fresh(options.fresh);
        all.scenarios.extend(random::scenarios(model, options.seed, count));
    }
    all
}

/// Asks every check about bytes, and tells about each in the order of the plan.
fn ask_all<T: Transport>(
    engine: &mut Engine<T>,
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
    engine.ask_all(&mut asks, &mut |place, reply, stderr| {
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
