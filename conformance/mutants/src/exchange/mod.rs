//! Wrong exchanges: the model's table of rules with one rule replaced.
//!
//! Many break their rule only in some situations: on one of two paths, for some frames, or from the second
//! time on. A scenario that catches such a mutant also catches a program that always breaks the rule. The
//! reverse does not hold, so mutants that always break it would say little about the scenarios.

mod bound;
mod capacity;
mod collision;
mod compare;
mod compound;
mod confirm;
mod detect;
mod detect_rollback;
mod mutant;
mod order;
mod receive;
mod refusal;
mod reset;
mod rollback;
mod send;
mod withdraw;

pub use self::mutant::Mutant;

/// The rules for which no scenario fails only because of them, and why there cannot be one.
pub const INSEPARABLE: [(&str, &str); 5] = [
    (
        "EXCH-5",
        "a frame is new again only after it has left the history, and EXCH-3, 22 or 27 make it leave",
    ),
    (
        "EXCH-7",
        "the order is visible only if several hashes are sent, and then EXCH-8 is visible too",
    ),
    (
        "EXCH-11",
        "after a refusal it is visible both whether sending ends and what happens to the refused entry (EXCH-12)",
    ),
    (
        "EXCH-19",
        "in a map of thousands it is visible too whether each frame has a place of its own (EXCH-15)",
    ),
    (
        "DETECT-12",
        "what a reset must forget comes from a frame that is still in the history (EXCH-27) or was \
         removed from it by a rollback (EXCH-22)",
    ),
];

/// The mutants that show only with hundreds or thousands of entries.
#[must_use]
pub const fn of_capacity() -> &'static [Mutant] {
    capacity::MUTANTS
}

/// Faults that break several rules at once. Only a diagnosis looks for them.
#[must_use]
pub const fn compound() -> &'static [Mutant] {
    compound::MUTANTS
}

/// Every mutant that a scenario of ordinary length shows, whatever the frames are.
#[must_use]
pub fn mutants_of_short_scenarios() -> Vec<Mutant> {
    let others = [capacity::MUTANTS, collision::MUTANTS, order::MUTANTS];
    let is_another = |it: &Mutant| others.concat().iter().any(|other| other.name == it.name);
    mutants().into_iter().filter(|it| !is_another(it)).collect()
}

/// Every mutant of the exchange and of detection, in the order of the rules.
#[must_use]
pub fn mutants() -> Vec<Mutant> {
    [
        confirm::MUTANTS,
        bound::MUTANTS,
        capacity::MUTANTS,
        collision::MUTANTS,
        order::MUTANTS,
        send::MUTANTS,
        refusal::MUTANTS,
        receive::MUTANTS,
        withdraw::MUTANTS,
        rollback::MUTANTS,
        reset::MUTANTS,
        compare::MUTANTS,
        detect::MUTANTS,
        detect_rollback::MUTANTS,
    ]
    .concat()
}
