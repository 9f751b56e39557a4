//! Implementations that are wrong on purpose, and which case catches each of them.
//!
//! A mutant is the model with one fact of it changed. It names the rule that it breaks, so that a case
//! that catches it can be held to being about that rule.
//!
//! | family | the model's | is wrong by | is caught by |
//! |---|---|---|---|
//! | [`bytes`] | layout of messages, `Layout` | one fact changed, or what passes the doors of the codec | cases about bytes |
//! | [`exchange`] | table of rules, `Behaviour` | one rule replaced | scenarios |
//! | [`digest`] | table of rules, `DigestRules` | one rule replaced | cases about digests |

pub mod adapter;
pub mod bytes;
pub mod digest;
pub mod exchange;
