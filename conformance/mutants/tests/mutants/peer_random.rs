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

/// A mutant has to be found within this many random scenarios.
const MOST: u32 = 20_000;

/// In percent, how many mutants have to be found.
const FOUND: usize = 90;

/// Where a mutant differs from the specification first.
fn differs(
    model: &Model,
    mutant: &Mutant,
    scenario: &Scenario,
    stimuli: &[Stimulus],
) -> Option<usize> {
    let mut right = Session::specified(model, scenario.peer.unwrap_or_default());
    let mut wrong = mutant.behaviour().session(scenario, model, true);
    stimuli.iter().position(|stimulus| right.step(stimulus) != wrong.step(stimulus))
}

/// The number of the first random scenario in which a mutant differs, and where.
fn found_by(model: &Model, mutant: &Mutant) -> Option<(u32, Scenario)> {
    const A_RUN: u32 = 256;
    for run in 0..MOST / A_RUN {
        for (number, scenario) in (0..).zip(scenarios(u64::from(run), A_RUN)) {
            let stimuli: Vec<Stimulus> = scenario.stimuli().cloned().collect();
            if differs(model, mutant, &scenario, &stimuli).is_some() {
                return Some((run * A_RUN + number + 1, scenario));
            }
        }
    }
    None
}

#[test]
fn random_scenarios_alone_find_nearly_every_mutant() {
    let model = Model::latest();
    let (mut lost, mut long) = (Vec::new(), Vec::new());
    let all = mutants();
    for mutant in &all {
        let Some((number, scenario)) = found_by(&model, mutant) else {
            lost.push(mutant.name);
            continue;
        };
        let stimuli: Vec<Stimulus> = scenario.stimuli().cloned().collect();
        let steps = shrink(&stimuli, 10_000, &mut |it| differs(&model, mutant, &scenario, it));
        println!("{:<50} {number:>6} {:>3}", mutant.name, steps.len());
        if steps.len() > 24 {
            long.push((mutant.name, steps.len()));
        }
    }
    let found = all.len() - lost.len();
    println!("found {found} of {}", all.len());
    assert!(100 * found >= FOUND * all.len(), "{} of {}: {lost:#?}", found, all.len());
    assert!(long.len() * 10 <= all.len(), "{long:?}");
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
