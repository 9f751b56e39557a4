//! Implementations that are wrong on purpose, and which case catches each of them.
//!
//! A mutant is the model with one fact changed. It names the rule that it breaks, so that tests can require
//! that a case about this rule catches it.
//!
//! | family | what is changed | how | caught by |
//! |---|---|---|---|
//! | [`bytes`] | the layout of messages, `Layout` | one fact, or the codec's input or output | cases about bytes |
//! | [`exchange`] | the table of rules, `Behaviour` | one rule is replaced | scenarios |
//! | [`lasting`] | the same of hashes that last | one rule is replaced | scenarios of hashes that last |
//! | [`peer`] | the tables of rules, `peer::Behaviour` | one rule is replaced | scenarios of a peer |
//! | [`digest`] | the table of rules, `DigestRules` | one rule is replaced | cases about digests |

pub mod adapter;
mod answers;
pub mod bytes;
pub mod digest;
pub mod draw;
pub mod exchange;
pub mod in_process;
pub mod lasting;
pub mod matrix;
pub mod peer;
pub mod rule_table;
mod suspects;

pub use self::suspects::suspects;
