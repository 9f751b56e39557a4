//! The exchange as the specification demands it: the table, filled with the functions of `rules`.

use super::{behaviour::Behaviour, rules};

impl Behaviour {
    /// The behaviour that the specification demands in a revision. Every revision that has an exchange
    /// demands the same; this is the one place where a later revision differs.
    #[must_use]
    pub const fn of(_revision: u8) -> Self {
        Self::SPECIFIED
    }

    /// The behaviour that the specification demands in its latest revision.
    pub const SPECIFIED: Self = Self {
        remembers: rules::remembers,
        queues: rules::queues,
        knows: rules::knows,
        confirmed_again: rules::confirmed_again,
        bounds: rules::bounds,
        sends_before: rules::sends_before,
        sends_on: rules::sends_on,
        begins_sending: rules::begins_sending,
        takes: rules::takes,
        accepted: rules::accepted,
        waits_for_rollback: rules::waits_for_rollback,
        waits_for_channel: rules::waits_for_channel,
        hears_of_channel: rules::hears_of_channel,
        refused: rules::refused,
        listens: rules::listens,
        stores: rules::stores,
        bounds_map: rules::bounds_map,
        reads: rules::reads,
        withdraws_queue: rules::withdraws_queue,
        withdraws_map: rules::withdraws_map,
        withdraws_history: rules::withdraws_history,
        begins: rules::begins,
        ends: rules::ends,
        after_end: rules::after_end,
        empties: rules::empties,
        reset_rollback: rules::reset_rollback,
        reset_channel: rules::reset_channel,
        compares_confirmed: rules::compares_confirmed,
        compares_received: rules::compares_received,
        equal: rules::equal,
        consumes: rules::consumes,
        verifies: rules::verifies,
        reports: rules::reports,
        after_mismatch: rules::after_mismatch,
        pauses: rules::pauses,
        catches_up: rules::catches_up,
        lowers: rules::lowers,
        rolls_back_events: rules::rolls_back_events,
        forgets: rules::forgets,
    };
}
