//! Headlines of logged sessions: the cause is described as in a check.

use rollwire_conformance::{
    check::scenario::visible::Visible,
    trace::{
        SessionJudge,
        line::{Header, LoggedObservation, Step},
    },
};
use rollwire_model::{Model, exchange::Stimulus, vectors::Scenario};
use rollwire_mutants::exchange::{Mutant, mutants};

use super::by_frequency;
use crate::SCENARIOS;

/// The rule of the first violation in the log of a mutant that shows only what it sends.
fn first_violation(model: &Model, mutant: &Mutant, scenario: &Scenario) -> Option<String> {
    let shown = Visible { inspect: false, detect: false, peer: None };
    let mut judge = SessionJudge::new(Header { revision: model.revision(), shown, peer: None });
    let mut session = mutant.session(model);
    scenario.stimuli().find_map(|stimulus| {
        let waiting = session.state().queue.len();
        let can_send = session.state().rollbacks == 0 && !session.state().closed;
        let sent = session.apply(stimulus);
        // A tick of these mutants ends at the first refusal.
        let is_refused = *stimulus == Stimulus::TICK && can_send && sent.len() < waiting;
        let refused = is_refused.then_some(u32::try_from(sent.len()).unwrap());
        let observation = LoggedObservation {
            sent,
            refused: refused.into_iter().collect(),
            ..Default::default()
        };
        let step = Step { stimulus: stimulus.clone(), observation };
        judge.step(&step).deviation.map(|deviation| deviation.rule.to_owned())
    })
}

#[test]
fn a_log_without_lists_names_the_cause_and_not_the_tick() {
    let model = Model::latest();
    for (name, rule) in [
        ("keeps-the-queue", "EXCH-20"),
        ("keeps-the-history", "EXCH-22"),
        ("an-error-loses-the-entry", "EXCH-13"),
        ("loses-what-was-refused", "EXCH-12"),
    ] {
        let mutant = mutants().into_iter().find(|mutant| mutant.name == name).unwrap();
        assert_eq!(mutant.rule, rule);
        let scenarios = SCENARIOS.iter().filter(|scenario| scenario.rules[0] == rule);
        let of_its_rule: Vec<String> =
            scenarios.filter_map(|it| first_violation(&model, &mutant, it)).collect();
        assert!(!of_its_rule.is_empty(), "{name}");
        let all =
            by_frequency(SCENARIOS.iter().filter_map(|it| first_violation(&model, &mutant, it)));
        assert_eq!(all[0].0, rule, "{name}: {all:?}");
        assert!(all.iter().all(|(named, _)| named != "EXCH-8"), "{name}: {all:?}");
        let own = by_frequency(of_its_rule);
        assert_eq!(own[0].0, rule, "{name}: {own:?}");
    }
}
