//! The headline of a failure names the rule that is broken, whatever the case is about; and a hint is
//! only given where it is true.
//!
//! Each mutant breaks one rule. The rule that most of the failing checks name has to be this one, or the
//! mutant is listed with the reason why the answers do not show it.

mod bytes;
mod digest;
mod exchange;
mod peer;
mod trace;

use std::collections::BTreeMap;

use rollwire_conformance::protocol::{Capability, Hello, Implementation};

fn hello() -> Hello {
    let name = String::new;
    Hello {
        implementation: Implementation { name: name(), version: name(), language: name() },
        revision: 7,
        // The wrong exchanges and peers here are those whose hashes are used up.
        capabilities: Capability::ALL
            .into_iter()
            .filter(|it| *it != Capability::LastingHashes)
            .collect(),
        window: 1,
        sessions: 1,
        messages: None,
        parameters: rollwire_model::peer::Parameters::default(),
    }
}

/// The rules that failing checks name, with how often, the most frequent first.
fn by_frequency(named: impl IntoIterator<Item = String>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for rule in named {
        *counts.entry(rule).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// Whether no rule is named more often than this one.
fn is_named(named: &[(String, usize)], rule: &str) -> bool {
    let most = named.first().map(|(_, count)| *count);
    named.iter().any(|(name, count)| name == rule && Some(*count) == most)
}
