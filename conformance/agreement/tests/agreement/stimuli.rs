//! The reference implementation against the model, by very many random stimuli.

use rollwire_agreement::Reference;
use rollwire_conformance::generate::scenarios::{Generator, numbers, stimuli};
use rollwire_model::{Model, exchange::Session};

/// How many random scenarios of 200 events, unless `ROLLWIRE_SCENARIOS` says otherwise.
const SCENARIOS: u64 = 2_000;

/// Model and reference observe the same, stimulus by stimulus.
#[test]
fn model_and_reference_agree_on_random_stimuli() {
    let count = std::env::var("ROLLWIRE_SCENARIOS").map_or(SCENARIOS, |text| text.parse().unwrap());
    let model = Model::latest();
    let (mut sent, mut events) = (0, 0);
    for seed in 0..count {
        let mut choose = numbers(seed, 0);
        let generator = match seed % 4 {
            0 => Generator::of_a_long_game(),
            _ => Generator::new(&mut choose),
        };
        let (mut session, mut reference) = (Session::specified(&model), Reference::new());
        for (step, stimulus) in stimuli(generator, 200, &mut choose).iter().enumerate() {
            let (expected, got) = (session.step(stimulus), reference.step(stimulus));
            assert_eq!(expected, got, "seed {seed}, step {step}: {stimulus}");
            sent += expected.sent.len();
        }
        events += session.state().events.len();
    }
    println!(
        "{count} scenarios of 200 events: {sent} hashes sent, {events} mismatches open at the end, no difference"
    );
    assert!(sent > 0 && events > 0, "nothing happens in them");
}
