//! The digest as the specification demands it: the table, filled with its entries.

use super::{decimal, hash, keys, numbers, read, rules, strings, table::DigestRules};

impl DigestRules {
    /// What the specification demands in a revision. Every revision that has a form of the digest
    /// demands the same; this is the one place where a later revision differs.
    #[must_use]
    pub const fn of(_revision: u8) -> Self {
        Self::SPECIFIED
    }

    /// What the specification demands in its latest revision.
    pub const SPECIFIED: Self = Self {
        reads: read,
        may_be_outermost: rules::may_be_outermost,
        deepest: rules::DEEPEST,
        word: rules::word,
        elements: rules::elements,
        order: keys::order,
        without_duplicates: keys::without_duplicates,
        tight: rules::TIGHT,
        spaced: rules::SPACED,
        short_escape: strings::short_escape,
        is_plain: strings::is_plain,
        long_escape: strings::long_escape,
        lone: strings::lone,
        nearest: numbers::nearest,
        infinite: numbers::infinite,
        zero: numbers::zero,
        integral: numbers::integral,
        rounds: decimal::rounded_to_ten_places,
        fraction: numbers::fraction,
        huge: numbers::huge,
        repr: decimal::repr,
        exact_integer: numbers::exact_integer,
        most_digits: rules::MOST_DIGITS,
        exact_fraction: numbers::exact_fraction,
        exact_infinite: numbers::exact_infinite,
        refuses_infinite: true,
        sixteen_digits: hash::sixteen_digits,
        eight_digits: hash::eight_digits,
    };
}
