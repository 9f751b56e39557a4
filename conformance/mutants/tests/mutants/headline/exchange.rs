//! Headlines of wrong exchanges.

use std::sync::Arc;

use rollwire_conformance::{
    check::{
        judgement::{Answered, Judgement},
        scenario::{
            explain::Explainer,
            judge::{Difference, judge},
            plan::Planned,
            result::ScenarioResult,
            visible::Visible,
        },
    },
    protocol::Capability,
    vectors::Origin,
    verdict::Verdict,
};
use rollwire_model::{
    Model,
    exchange::{Observation, Session, Variant},
    vectors::long_scenarios,
};
use rollwire_mutants::exchange::{Mutant, mutants};

use super::{by_frequency, hello, is_named};
use crate::SCENARIOS;

/// Mutants of which the headline names another rule, and why.
type Listed = &'static [(&'static [&'static str], &'static str)];

/// Those of an adapter that shows everything.
const SHOWN: Listed = &[
    (
        &[
            "takes-a-known-frame-for-the-newest",
            "sorts-the-history",
            "the-last-fills-the-gap-in-the-history",
            "new-entries-fill-the-gap-in-the-history",
        ],
        "the order of the history shows only when the bound takes another entry out of it (EXCH-3)",
    ),
    (
        &["opening-empties-the-history"],
        "EXCH-10 says it too: the opening of the channel changes nothing that the exchange holds",
    ),
    (
        &["ignores-the-hash-of-frame-0"],
        "the frame is known here, so the map is right in either case, and only the verified frame lacks",
    ),
    (
        &[
            "map-by-frame-modulo-128",
            "map-by-frame-modulo-256",
            "map-by-frame-modulo-1000",
            "map-by-frame-modulo-1024",
        ],
        "in thousands of frames, a table of 256 places and a map of 256 hashes look the same",
    ),
    (
        &["queues-nothing-during-a-rollback"],
        "nearly all frames that are confirmed in a rollback were confirmed before it, as in EXCH-5",
    ),
];

/// Those of an adapter that does not show its lists.
const NOT_SHOWN: Listed = &[
    (
        &[
            "ignores-falling-frames",
            "keeps-the-queue-sorted",
            "queues-only-while-open",
            "remembers-over-a-rollback",
            "remembers-over-a-reset",
            "never-sends-a-frame-twice",
            "waits-one-tick-after-a-rollback",
        ],
        "a hash that was never queued, was withdrawn or is late is the same at the tick: it is not sent",
    ),
    (
        &[
            "replaces-the-hash-in-the-history",
            "takes-a-known-frame-for-the-newest",
            "history-of-121",
            "history-without-bound",
            "refuses-what-is-above-the-bound",
            "empties-the-history",
            "cuts-the-history",
            "the-end-withdraws-from-the-history",
            "the-last-fills-the-gap-in-the-history",
            "history-overwrites-modulo-128",
            "history-overwrites-modulo-256",
            "history-overwrites-modulo-1024",
        ],
        "what the history holds shows only in which frames count as known later",
    ),
    (
        &["rests-after-a-refusal", "goes-on-after-an-error", "a-reset-closes-the-channel"],
        "most scenarios in which it fails are about the refusal or the reset before it",
    ),
    (
        &["sends-on-opening", "sends-on-reset"],
        "most scenarios in which it fails are about the channel or the reset",
    ),
    (
        &["compares-signed-in-the-queue", "compares-signed-in-the-map", "takes-target-0-for-none"],
        "what was not withdrawn shows later, as for a rollback that withdraws too little",
    ),
    (
        &[
            "ignores-unconfirmed-frames",
            "ignores-frames-far-ahead",
            "ignores-late-frames",
            "ignores-the-hash-of-frame-0",
            "ignores-high-frames",
            "map-of-120",
            "map-by-frame-modulo-64",
            "map-by-frame-modulo-128",
            "map-by-frame-modulo-256",
            "map-by-frame-modulo-1000",
            "map-by-frame-modulo-1024",
            "map-by-frame-modulo-4096",
            "map-by-frame-modulo-65536",
            "map-of-31-bits",
            "map-of-floats",
            "a-confirm-looks-at-the-last-hash-received",
            "first-write-wins",
            "keeps-all-hashes-of-a-frame",
            "two-hashes-cancel-each-other",
            "deaf-during-a-rollback",
            "a-confirm-keeps-the-peers-other-hash",
            "the-end-keeps-the-peers-other-hash",
            "consumes-the-first-of-the-map",
            "consumes-the-whole-map",
            "consumes-lower-frames-of-the-map",
            "consumes-lower-frames-of-the-history",
            "waits-for-the-channel-to-compare",
        ],
        "what the map or the history lacks or keeps shows only where it should be compared",
    ),
    (
        &[
            "compares-a-frame-once",
            "compares-only-while-open",
            "verifies-nothing-above-a-mismatch",
            "verifies-without-gaps",
            "frame-0-verifies-nothing",
            "a-mismatch-lowers-the-verified-frame",
        ],
        "a comparison that is not made and one that verifies nothing look the same",
    ),
];

/// All scenarios that an adapter can play that shows these members.
fn planned(model: &Arc<Model>, shown: Visible) -> Vec<Planned> {
    let mut hello = hello();
    if !shown.inspect {
        hello.capabilities.remove(&Capability::Inspect);
    }
    let scenarios = SCENARIOS.iter().cloned().chain(long_scenarios());
    let planned = scenarios.map(|it| Planned::new(it, Origin::Published, &hello, model));
    planned.filter(|it| it.missing.is_none()).collect()
}

/// What the kit makes of a mutant in a scenario, if it fails.
fn played(
    model: &Arc<Model>,
    mutant: &Mutant,
    planned: &Planned,
    shown: Visible,
) -> Option<String> {
    let mut session = Session::new(model, mutant.behaviour(), Variant::DETECTS);
    let (stimuli, pace) = (&planned.session.stimuli, planned.session.pace());
    let mut got: Vec<Observation> =
        pace.stretches().map(|stretch| session.advance(&stimuli[stretch])).collect();
    if !shown.inspect {
        for it in &mut got {
            (it.queue, it.map, it.history) = Default::default();
        }
    }
    let Difference { wrong, expected, got } = judge(&planned.session, &got, shown)?;
    let why = Answered::Nothing(String::new());
    let result = ScenarioResult {
        judgement: Judgement { verdict: Verdict::Fail, code: Some(wrong.code()), got: why },
        wrong: Some(wrong),
        seen: Some(Box::new((expected, got))),
        ..ScenarioResult::default()
    };
    Some(Explainer::new(shown).headline(planned, &result))
}

/// Compares the rules that most failing scenarios name with those that are broken.
#[track_caller]
fn compare(shown: Visible, listed: Listed) {
    let model = Arc::new(Model::latest());
    let mut faults = Vec::new();
    let planned = planned(&model, shown);
    for mutant in mutants() {
        // A long scenario takes long, and is about how many entries there are.
        let is_about = |it: &&Planned| {
            !it.session.pace().is_long() || it.scenario.rules.iter().any(|rule| rule == mutant.rule)
        };
        let asked = planned.iter().filter(is_about);
        let named = by_frequency(asked.filter_map(|it| played(&model, &mutant, it, shown)));
        let is_listed = listed.iter().any(|(names, _)| names.contains(&mutant.name));
        if named.is_empty() || is_named(&named, mutant.rule) == is_listed {
            faults.push(format!("{} ({}): {named:?}", mutant.name, mutant.rule));
        }
    }
    assert!(faults.is_empty(), "{} {faults:#?}", faults.len());
}

#[test]
fn the_headline_names_the_rule_of_a_wrong_exchange() {
    compare(Visible::ALL, SHOWN);
}

#[test]
fn the_headline_names_the_rule_of_a_wrong_exchange_that_does_not_show_its_lists() {
    compare(Visible { inspect: false, detect: true, peer: None }, NOT_SHOWN);
}
