//! A peer with one rule replaced.

use rollwire_model::peer::Behaviour;

use crate::rule_table;

/// A peer with one rule replaced.
pub type Mutant = rule_table::Mutant<Behaviour>;
