//! A run from beginning to end: shake hands, probe, ask every check, probe again, count.

use std::{collections::BTreeMap, rc::Rc};

use rollwire_model::{Layout, Model, vectors::Case};

use crate::{
    detail::Explainer,
    event::{CheckEvent, EVENT_VERSION, Event, Footer, Header, VectorsId},
    fresh,
    judge::judge,
    plan::{Check, Plan},
    probes,
    protocol::Hello,
    runner::{Ask, Ended, Engine, Reply, StartupFault, Stop, Transport},
    select::{Filter, FilterFault},
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
}

/// Runs everything, telling the sink about it; the last event holds the exit code, which is returned.
///
/// # Errors
/// A filter that matches nothing, before the adapter is started.
pub fn run<T: Transport>(
    engine: &mut Engine<T>,
    vectors: (VectorsId, Vec<Case>),
    options: &Options,
    sink: &mut dyn FnMut(Event),
) -> Result<Exit, FilterFault> {
    let (id, published) = vectors;
    let layout = Layout::builtin();
    // Before the adapter is started: a filter is checked against everything that could be asked.
    let everything = with_fresh(&published, &Model::new(&layout, layout.revision), options);
    let latest = options.filter.apply(everything)?;

    let header = |hello: Option<Hello>, plan: &Plan, revision, other_revisions| Header {
        version: EVENT_VERSION,
        kit: env!("CARGO_PKG_VERSION").to_owned(),
        vectors: id.clone(),
        command: options.command.clone(),
        arguments: options.arguments.clone(),
        hello,
        revision,
        seed: format!("{:016x}", options.seed),
        strict: options.strict,
        cases: plan.cases.len() as u64,
        checks: plan.checks.len() as u64 * options.repeat,
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
    let model = Model::new(&layout, revision);
    let selected: Vec<Case> = if revision == layout.revision {
        latest
    } else {
        // Fresh cases of another revision: nothing of theirs may be left over from the latest.
        let all = with_fresh(&published, &model, options).into_iter();
        all.filter(|case| options.filter.selects(&case.id)).collect()
    };
    let (cases, others): (Vec<Case>, Vec<Case>) =
        selected.into_iter().partition(|case| case.applies_to(revision));
    let plan = Plan::new(cases, &hello);
    let begun = header(Some(hello.clone()), &plan, revision, others.len() as u64);
    sink(Event::Header(Box::new(begun)));

    let mut footer = Footer::default_for(&plan);
    let before = probes::before(engine, &hello, &model, options.seed);
    let mut stop = before.err();
    match &stop {
        None => {
            ask_all(engine, &plan, &model, options, &mut footer, sink);
            stop = engine.stopped().cloned();
        }
        // Nothing is lost: what was not asked has its event too.
        Some(_) => {
            for check in &plan.checks {
                footer.counts.add(Verdict::NotRun);
                sink(Event::Check(Box::new(bare_event(&plan, check, Verdict::NotRun))));
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
    let stop = stop.map(|stop| {
        let text = startup_text(&stop, &engine.take_stderr());
        (stop, text)
    });
    Ok(finish(footer, stop, options, sink))
}

fn with_fresh(published: &[Case], model: &Model, options: &Options) -> Vec<Case> {
    let mut cases = published.to_vec();
    if options.fresh > 0 {
        cases.extend(rollwire_model::vectors::large_cases());
        cases.extend(fresh::cases(model, options.seed, options.fresh));
    }
    cases
}

/// Asks every check, and tells about each in the order of the plan.
fn ask_all<T: Transport>(
    engine: &mut Engine<T>,
    plan: &Plan,
    model: &Model,
    options: &Options,
    footer: &mut Footer,
    sink: &mut dyn FnMut(Event),
) {
    let total = plan.checks.len() as u64;
    let check_at =
        |place: u64| &plan.checks[usize::try_from(place % total.max(1)).unwrap_or_default()];
    let explainer = Explainer::new(model);
    let counts = &mut footer.counts;
    let mut rounds_not_run = 0;
    let mut in_order = InOrder::default();
    let mut tell = |place: u64, event: CheckEvent| {
        in_order.push(place, event, &mut |event| {
            counts.add(event.verdict);
            sink(Event::Check(Box::new(event)));
        });
    };
    for round in 0..options.repeat {
        // The round in which the run ended has its events; the rest is only counted.
        if round > 0 && engine.stopped().is_some() {
            rounds_not_run = options.repeat - round;
            break;
        }
        let first = round * total;
        let places = first..first + total;
        // What does not apply is told first, so that nothing ever waits for it.
        for place in places.clone() {
            let check = check_at(place);
            if let Err(capability) = check.body {
                let mut event = bare_event(plan, check, Verdict::NotApplicable);
                event.reason = Some(format!("capability {} is not declared", capability.as_str()));
                tell(place, event);
            }
        }
        let mut asks = places.filter_map(|place| {
            let body = check_at(place).body.as_ref().ok()?;
            Some((place, Rc::clone(body)) as Ask)
        });
        engine.ask_all(&mut asks, &mut |place, reply, stderr| {
            let check = check_at(place);
            let mut noise = match &reply {
                Reply::Fault(fault) | Reply::Unstable(fault) => fault.stderr.clone(),
                _ => String::new(),
            };
            let judgement = judge(&check.outcomes, reply);
            let mut event = bare_event(plan, check, judgement.verdict);
            event.code = judgement.code;
            if !matches!(judgement.verdict, Verdict::Pass | Verdict::NotRun) {
                if noise.is_empty() {
                    noise = stderr();
                }
                let case = &plan.cases[check.case];
                event.detail = Some(explainer.explain(case, check, &judgement, &noise));
            }
            tell(place, event);
        });
    }
    counts.not_run += rounds_not_run * total;
}

fn bare_event(plan: &Plan, check: &Check, verdict: Verdict) -> CheckEvent {
    let case = &plan.cases[check.case];
    CheckEvent {
        case: case.id.clone(),
        check: check.kind,
        rule: case.rules.first().cloned().unwrap_or_default(),
        level: case.level.to_string(),
        verdict,
        code: None,
        reason: None,
        detail: None,
    }
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
    let verdicts = footer.counts.exit(options.strict);
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
    if counts.not_applicable > 0 {
        "nothing was checked: the adapter declares none of the capabilities that the cases need"
            .to_owned()
    } else {
        "nothing was checked: no case applies to this revision and filter".to_owned()
    }
}

impl Footer {
    fn default_for(plan: &Plan) -> Self {
        Self {
            cases: plan.cases.len() as u64,
            counts: Counts::default(),
            missing_capabilities: plan.missing_capabilities(),
            complete: false,
            reason: None,
            exit: Exit::Incomplete,
        }
    }
}
