//! Random scenarios alone find every mutant, and what they find is shrunk to a few steps.

use rollwire_conformance::{
    check::scenario::shrink::{attempts, shrink},
    generate::{
        crowds::stimuli as crowd,
        scenarios::{Generator, numbers, scenarios, stimuli},
    },
};
use rollwire_model::{
    Model,
    exchange::{Session, Stimulus},
};
use rollwire_mutants::{
    exchange::{Mutant, mutants, of_capacity},
    matrix::Differences,
};

/// A mutant has to be found within this many random scenarios.
const MOST: u32 = 20_000;

/// A scenario of this many events is shrunk; of twice as many where no shorter one fails.
const EVENTS: usize = 200;

/// The most steps of a shrunk scenario.
const SHORT: usize = 8;

/// Mutants that no short scenario can show, with what each needs and how many steps that takes.
const LONGER: [(&str, usize, &str); 19] = [
    ("the-last-fills-the-gap-in-the-history", 123, GAP_IN_THE_HISTORY),
    ("new-entries-fill-the-gap-in-the-history", 123, GAP_IN_THE_HISTORY),
    ("history-of-119", 120, "the history at its bound"),
    ("history-of-121", 121, "the history above its bound"),
    ("history-without-bound", 121, "the history above its bound"),
    ("evicts-the-lowest-frame", 121, "the history above its bound"),
    ("refuses-what-is-above-the-bound", 121, "the history above its bound"),
    ("takes-a-known-frame-for-the-newest", 122, "the history above its bound, and a known frame"),
    ("sorts-the-history", 122, "the history above its bound, after a falling frame"),
    ("remembers-over-the-bound", 122, "a frame that the bound has taken"),
    ("queue-by-frame", 122, "a frame that the bound has taken"),
    ("one-entry-per-frame", 122, "a frame that the bound has taken"),
    ("evicts-from-the-queue-too", 121, "the history above its bound"),
    ("queue-of-120", 121, "a queue of 121"),
    ("full-queue", 129, "a queue of 129"),
    ("queue-of-64", 65, "a queue of 65"),
    ("map-of-120", 121, "a map of 121"),
    ("compares-with-the-newest-64", 66, "a frame that is older than 64 others"),
    ("sixteen-per-tick", 18, "a queue of 17, and a tick"),
];

const GAP_IN_THE_HISTORY: &str =
    "the order of the history shows only when its bound of 120 takes an entry out of it";

/// Mutants that need more entries than a test can leave out one by one, besides those of capacity.
const CROWDED: [&str; 2] = ["queue-of-256", "256-per-tick"];

/// Mutants that random scenarios do not find, and why.
const NOT_FOUND: [(&str, &str); 4] = [
    ("full-map-takes-nothing", AT_THE_BOUND),
    ("full-map-drops-the-lowest", AT_THE_BOUND),
    ("replaced-hashes-are-young", AT_THE_BOUND),
    ("full-map-is-emptied", AT_THE_BOUND),
];

const AT_THE_BOUND: &str =
    "a random scenario has at most as many hashes as every map holds (EXCH-19)";

fn needs_a_crowd(mutant: &Mutant) -> bool {
    let of_capacity = || of_capacity().iter().any(|it| it.name == mutant.name);
    CROWDED.contains(&mutant.name) || of_capacity()
}

fn differs(model: &Model, mutant: &Mutant, stimuli: &[Stimulus]) -> Option<usize> {
    let (right, wrong) = (Session::specified(model), mutant.session(model));
    Differences::between(stimuli, model, right, wrong).first().map(|(step, _)| step)
}

/// The number of the first scenario of a run that finds the mutant; runs follow one another, each with
/// a seed of its own, as they would in CI.
fn found_by(model: &Model, mutant: &Mutant) -> Option<u32> {
    const A_RUN: u32 = 256;
    for run in 0..MOST / A_RUN {
        for (number, scenario) in scenarios(u64::from(run), A_RUN).iter().enumerate() {
            let stimuli: Vec<Stimulus> = scenario.stimuli().cloned().collect();
            if differs(model, mutant, &stimuli).is_some() {
                return Some(run * A_RUN + u32::try_from(number).ok()? + 1);
            }
        }
    }
    None
}

/// A long scenario in which the mutant differs, shrunk.
fn shrunk(model: &Model, mutant: &Mutant) -> Option<Vec<Stimulus>> {
    let failing = |events: usize| {
        (0..1_000).find_map(|seed| {
            let mut choose = numbers(seed, 1);
            let generator = match seed % 8 {
                0 => Generator::of_a_long_game(),
                1 => Generator::of_a_peer_far_ahead(),
                2 => Generator::of_colliding_frames(),
                _ => Generator::new(&mut choose),
            };
            let stimuli = stimuli(generator, events, &mut choose);
            differs(model, mutant, &stimuli).map(|_| stimuli)
        })
    };
    let long = failing(EVENTS).or_else(|| failing(2 * EVENTS))?;
    Some(shrink(&long, 100_000, &mut |stimuli| differs(model, mutant, stimuli)))
}

#[test]
fn random_scenarios_alone_find_every_mutant() {
    let model = Model::latest();
    let mut faults = Vec::new();
    for mutant in mutants() {
        let found = found_by(&model, &mutant);
        println!("{:<45} {found:?}", mutant.name);
        let listed = NOT_FOUND.iter().any(|(name, _)| *name == mutant.name);
        if found.is_none() != listed {
            faults.push(format!("{}: {found:?}", mutant.name));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn what_they_find_is_shrunk_to_a_few_steps() {
    let model = Model::latest();
    let mut faults = Vec::new();
    for mutant in mutants() {
        if NOT_FOUND.iter().any(|(name, _)| *name == mutant.name) || needs_a_crowd(&mutant) {
            continue;
        }
        let steps = shrunk(&model, &mutant).unwrap_or_else(|| panic!("{}", mutant.name));
        let text: Vec<String> = steps.iter().map(ToString::to_string).collect();
        println!("{:<45} {:>4}  {}", mutant.name, steps.len(), text.join("; "));
        let listed = LONGER.iter().find(|(name, ..)| *name == mutant.name);
        let allowed = listed.map_or(1..=SHORT, |(_, most, _)| SHORT + 1..=*most);
        if !allowed.contains(&steps.len()) {
            faults.push(format!("{}: {} steps", mutant.name, steps.len()));
        }
        // Nothing can be left out.
        for at in 0..steps.len() {
            let mut fewer = steps.clone();
            fewer.remove(at);
            assert_eq!(
                differs(&model, &mutant, &fewer),
                None,
                "{}: without step {at}",
                mutant.name
            );
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// A crowd is shrunk as far as the time for it allows, and no further than it still fails.
#[test]
fn a_crowd_is_shrunk_in_bounded_time() {
    let model = Model::latest();
    for mutant in mutants().into_iter().filter(needs_a_crowd).step_by(6) {
        let crowd = (0..2_000).find_map(|seed| {
            let stimuli = crowd(&mut numbers(seed, 31));
            differs(&model, &mutant, &stimuli).map(|_| stimuli)
        });
        let crowd = crowd.unwrap_or_else(|| panic!("{}", mutant.name));
        let mut plays = 0;
        let steps = shrink(&crowd, attempts(crowd.len(), 2_000), &mut |stimuli| {
            plays += stimuli.len();
            differs(&model, &mutant, stimuli)
        });
        assert!(plays <= 600_000, "{}: {plays} stimuli", mutant.name);
        assert!(steps.len() <= crowd.len(), "{}", mutant.name);
        assert_eq!(differs(&model, &mutant, &steps), Some(steps.len() - 1), "{}", mutant.name);
    }
}

#[test]
fn what_is_listed_exists() {
    let known = |name: &str| mutants().iter().any(|mutant| mutant.name == name);
    let listed = LONGER.iter().map(|it| it.0).chain(NOT_FOUND.iter().map(|it| it.0)).chain(CROWDED);
    let unknown: Vec<&str> = listed.filter(|name| !known(name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn the_same_seed_gives_the_same_scenarios() {
    assert_eq!(scenarios(7, 32), scenarios(7, 32));
    assert_ne!(scenarios(7, 32), scenarios(8, 32));
    // Fewer scenarios are the first of more, so a failing one is found again by its number.
    assert_eq!(scenarios(7, 8), scenarios(7, 32)[..8]);
    assert!(scenarios(7, 32).iter().any(|scenario| scenario.steps.len() > 200));
}
