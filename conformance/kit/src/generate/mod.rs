//! Cases of every kind from a seed, judged by the model.
//!
//! | file | story |
//! |---|---|
//! | `bytes`, `scenarios`, `digests` | the fresh cases of a run, a file for each kind |
//! | `peers` | fresh scenarios of a whole peer |
//! | `crowds` | scenarios in which hundreds or thousands of entries are waiting |
//! | `fuzz` | the cases of `rollwire fuzz`, each a function of seed and number |
//! | `packets`, `values` | datagrams and values at the edges, for `fuzz` |
//! | `message_edges`, `state_edges` | messages and states where an implementation that is right for most goes wrong |
//! | `case` | a case about bytes whose answers are the model's |
//! | `json_text` | states as JSON text, with their spelling |
//! | `random` | numbers from a seed |

mod bytes;
mod case;
pub mod crowds;
pub mod digests;
pub mod fuzz;
pub mod json_text;
mod message_edges;
mod packets;
pub mod peers;
mod random;
pub mod scenarios;
mod state_edges;
mod values;

use rollwire_model::{
    Model,
    vectors::{large_cases, large_digests, long_scenarios},
};

use crate::vectors::{AnyCase, CaseSeed, Content, Origin};

pub use self::bytes::DEFAULT;

/// Every case that a run asks besides stored ones, for the model's revision: the cases and scenarios that
/// are too large to be stored, and fresh ones of every kind. `each` is the number of valid cases for each message;
/// the other kinds grow with it, and 0 makes none at all.
///
/// The ids and the checks of what is made depend on `each` alone, so that a baseline knows them whatever the
/// seed.
///
/// Each part is made when the iterator comes to it, so that what a filter leaves out is never held at once.
pub fn all(model: &Model, seed: u64, each: u32) -> impl Iterator<Item = AnyCase> {
    let parts: [Part; 7] = [
        large_bytes,
        large_states,
        large_scenarios,
        fresh_bytes,
        fresh_scenarios,
        fresh_peers,
        fresh_states,
    ];
    let parts = parts.into_iter().take(if each == 0 { 0 } else { parts.len() });
    parts.flat_map(move |part| part(model, seed, each))
}

type Part = fn(&Model, u64, u32) -> Box<dyn Iterator<Item = AnyCase>>;

fn large_bytes(_: &Model, _: u64, _: u32) -> Box<dyn Iterator<Item = AnyCase>> {
    Box::new(large_cases().into_iter().map(|case| AnyCase::new(Origin::Published, case)))
}

fn large_states(model: &Model, _: u64, _: u32) -> Box<dyn Iterator<Item = AnyCase>> {
    let revision = model.revision();
    let states = large_digests().filter(move |case| case.applies_to(revision));
    Box::new(states.map(|case| AnyCase::new(Origin::Published, case)))
}

fn large_scenarios(_: &Model, _: u64, _: u32) -> Box<dyn Iterator<Item = AnyCase>> {
    Box::new(long_scenarios().into_iter().map(|it| AnyCase::new(Origin::Published, it)))
}

fn fresh_bytes(model: &Model, seed: u64, each: u32) -> Box<dyn Iterator<Item = AnyCase>> {
    fresh(seed, bytes::cases(model, seed, each))
}

fn fresh_scenarios(_: &Model, seed: u64, each: u32) -> Box<dyn Iterator<Item = AnyCase>> {
    fresh(seed, scenarios::scenarios(seed, scenarios::with_fresh(each)))
}

fn fresh_peers(_: &Model, seed: u64, each: u32) -> Box<dyn Iterator<Item = AnyCase>> {
    fresh(seed, peers::scenarios(seed, peers::with_fresh(each)))
}

fn fresh_states(_: &Model, seed: u64, each: u32) -> Box<dyn Iterator<Item = AnyCase>> {
    fresh(seed, digests::cases(seed, digests::with_fresh(each)))
}

/// Numbers fresh cases of one kind.
fn fresh<C>(seed: u64, cases: Vec<C>) -> Box<dyn Iterator<Item = AnyCase>>
where
    C: Into<Content> + 'static,
{
    let origin = move |number| Origin::Fresh(CaseSeed { seed, number });
    Box::new((0..).zip(cases).map(move |(number, case)| AnyCase::new(origin(number), case)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rollwire_model::{Layout, vectors::CheckKind};

    use super::*;

    fn all(model: &Model, seed: u64, each: u32) -> Vec<AnyCase> {
        super::all(model, seed, each).collect()
    }

    fn checks(cases: &[AnyCase]) -> BTreeMap<&str, &[CheckKind]> {
        cases.iter().map(|case| (case.id(), case.meta().checks())).collect()
    }

    #[test]
    fn ids_and_checks_do_not_depend_on_the_seed() {
        let layout = Layout::builtin();
        for revision in [1, 4, layout.revision] {
            let model = Model::new(layout, revision);
            let first = all(&model, 0, 32);
            for seed in 1..40 {
                assert_eq!(checks(&all(&model, seed, 32)), checks(&first), "seed {seed}");
            }
        }
    }

    #[test]
    fn a_seed_gives_the_same_cases_and_fewer_are_the_first_of_more() {
        let model = Model::latest();
        let cases = all(&model, 7, 8);
        assert_eq!(cases, all(&model, 7, 8));
        let more = all(&model, 7, 16);
        assert!(cases.iter().all(|case| more.iter().any(|it| it.id() == case.id())));
        assert_ne!(cases, all(&model, 8, 8));
        assert!(all(&model, 7, 0).is_empty());
    }
}
