//! Implementations that are wrong on purpose, and which case catches each of them.
//!
//! A mutant is the model with one fact of it changed. It names the rule that it breaks, so that a case
//! that catches it can be held to being about that rule.
//!
//! | family | the model's | is wrong by | is caught by |
//! |---|---|---|---|
//! | [`exchange`] | table of rules, `Behaviour` | one rule replaced | scenarios |

pub mod exchange;
