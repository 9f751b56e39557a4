//! Random scenarios alone find wrong peers, and what they find is shrunk.

use rollwire_conformance::{
    check::scenario::shrink::shrink,
    generate::peers::scenarios,
    run::{self, Options},
    vectors::{VectorSet, filter::Filter},
    verdict::Exit,
};
use rollwire_model::{
    Model,
    exchange::Stimulus,
    peer::{Session, Setup},
    vectors::Scenario,
};
use rollwire_mutants::{
    adapter::Faulty,
    in_process::InProcess,
    peer::{Mutant, mutants},
    rule_table::RuleTable,
};

/// A mutant has to be found within this many random scenarios; in a deep run within 20,000.
const MOST: u32 = 2_048;

/// In percent, how many mutants have to be found.
const FOUND: usize = 90;

/// How many mutants are shrunk, spread over all of them; in a deep run all.
const SHRUNK: usize = 40;

/// Where a mutant differs from the specification first.
fn differs(mutant: &Mutant, scenario: &Scenario, stimuli: &[Stimulus]) -> Option<usize> {
    let model = Model::latest();
    let mut right = Session::specified(&model, scenario.peer.unwrap_or_default());
    let mut wrong = mutant.behaviour().session(scenario, &model, true);
    stimuli.iter().position(|stimulus| right.step(stimulus) != wrong.step(stimulus))
}

#[test]
fn random_scenarios_alone_find_nearly_every_mutant() {
    const A_RUN: u32 = 256;
    let is_deep = std::env::var_os("ROLLWIRE_DEEP").is_some();
    let (model, all) = (Model::latest(), mutants());
    let most = if is_deep { 20_000 } else { MOST };
    let mut lost: Vec<&Mutant> = all.iter().collect();
    let mut found: Vec<(&Mutant, Scenario)> = Vec::new();
    for scenario in (0..most / A_RUN).flat_map(|run| scenarios(u64::from(run), A_RUN)) {
        let mut right = Session::specified(&model, scenario.peer.unwrap_or_default());
        let expected: Vec<_> = scenario.stimuli().map(|stimulus| right.step(stimulus)).collect();
        lost.retain(|mutant| {
            let mut wrong = mutant.behaviour().session(&scenario, &model, true);
            let mut steps = scenario.stimuli().zip(&expected);
            let is_found = steps.any(|(stimulus, right)| wrong.step(stimulus) != *right);
            if is_found {
                found.push((mutant, scenario.clone()));
            }
            !is_found
        });
        if lost.is_empty() {
            break;
        }
    }
    let names: Vec<&str> = lost.iter().map(|mutant| mutant.name).collect();
    println!("{} of {} found in {most}; not found: {names:?}", found.len(), all.len());
    assert!(100 * found.len() >= FOUND * all.len(), "{} of {}: {names:#?}", found.len(), all.len());
    // What they find is shrunk to a few steps.
    let stride = if is_deep { 1 } else { found.len().div_ceil(SHRUNK) };
    let mut long = Vec::new();
    for (mutant, scenario) in found.iter().step_by(stride) {
        let stimuli: Vec<Stimulus> = scenario.stimuli().cloned().collect();
        let steps = shrink(&stimuli, 2_000, &mut |it| differs(mutant, scenario, it));
        println!("{:<50} {:>3}", mutant.name, steps.len());
        if steps.len() > 20 {
            long.push((mutant.name, steps.len()));
        }
    }
    assert!(long.len() * 8 <= SHRUNK.min(all.len()), "{long:?}");
}

#[test]
fn the_same_seed_gives_the_same_scenarios() {
    assert_eq!(scenarios(7, 32), scenarios(7, 32));
    assert_ne!(scenarios(7, 32), scenarios(8, 32));
    // Fewer scenarios are the first of more, so a failing one is found again by its number.
    assert_eq!(scenarios(7, 8), scenarios(7, 32)[..8]);
}

/// How time is cut into advances makes no difference, whatever happens.
#[test]
fn time_can_be_cut_in_any_way() {
    let model = Model::latest();
    for scenario in scenarios(1, 200) {
        let setup: Setup = scenario.peer.unwrap_or_default();
        let (mut whole, mut cut) =
            (Session::specified(&model, setup), Session::specified(&model, setup));
        for stimulus in scenario.stimuli() {
            let mut expected = whole.step(stimulus);
            let Stimulus::Advance(milliseconds) = stimulus else {
                assert_eq!(cut.step(stimulus), expected, "{}", scenario.id);
                continue;
            };
            let pieces = [milliseconds / 3, milliseconds / 2 - milliseconds / 3];
            let rest = milliseconds - pieces[0] - pieces[1];
            let mut sent = Vec::new();
            for piece in [pieces[0], pieces[1], rest] {
                sent.extend(cut.apply(&Stimulus::Advance(piece)));
            }
            assert_eq!(sent, std::mem::take(&mut expected.sent), "{}", scenario.id);
            assert_eq!(cut.advance(&[]), expected, "{}", scenario.id);
        }
    }
}

/// A peer without a fault passes, with whatever chapters it has.
#[test]
fn a_right_peer_passes_with_any_chapters() {
    use rollwire_conformance::protocol::Capability::{
        self, Advance, CatchUp, Detect, Episodes, Exchange, Focus, Inputs, Inspect, Liveness,
        Validation,
    };
    let vectors = VectorSet::builtin().unwrap();
    let some: [&[Capability]; 8] = [
        &[
            Exchange, Inspect, Detect, Advance, Inputs, Liveness, Validation, Episodes, CatchUp,
            Focus,
        ],
        &[Inputs, Inspect],
        &[Liveness],
        &[Validation, Inspect],
        &[Inputs, Episodes],
        &[Inputs, CatchUp, Inspect, Exchange],
        &[Focus, Inspect, Liveness, Validation],
        &[Exchange, Inputs, Episodes, Inspect],
    ];
    for others in some {
        let right = Faulty { others: others.to_vec(), ..Faulty::default() };
        let filter = ["peer-*/*", "fresh/peer/*", "exchange-reset/*"].map(str::to_owned);
        let filter = Filter::new(&filter).unwrap();
        let options = Options { fresh: 8, filter, ..Options::default() };
        let mut events = Vec::new();
        let mut sink = |event| events.push(event);
        let exit = run::run(&mut InProcess::new(&right), vectors, &options, &mut sink).unwrap();
        assert_eq!(exit, Exit::Conforms, "{others:?}");
    }
}
