//! The digest of a state (DIGEST): JSON text, its canonical text, and the digits of its hash.
//!
//! ```
//! use rollwire_model::digest::{DigestRules, Form};
//!
//! let digest = DigestRules::SPECIFIED.digest(r#"{"x": 1.0, "t": 0}"#, Form::StateHash);
//! let digest = digest.expect("a state");
//! assert_eq!(digest.text, r#"{"t":0,"x":1}"#);
//! assert_eq!(digest.hash, "cd8696e8a5f91a4d");
//! ```
//!
//! | file | story |
//! |---|---|
//! | `form` | the two forms |
//! | `tree` | a state as it is written in its text: tokens of numbers, UTF-16 units of strings, all members |
//! | `read` | parses text into that tree |
//! | `table` | the table of the rules, one entry for each |
//! | `rules` | the entries about structure and about what is refused |
//! | `strings`, `keys`, `numbers`, `decimal`, `hash` | the entries about these |
//! | `specified` | the table filled with what the specification demands |
//! | `write` | the order in which the rules are applied |
//! | `outcome` | a digest, a refusal, and the other allowed answers |
//! | `place` | lines and columns, and what stands there |
//! | `worked` | the worked examples of the chapter |
//!
//! Wrong implementations are built by replacing entries of a [`DigestRules`].

mod decimal;
mod form;
mod hash;
mod keys;
mod numbers;
mod outcome;
mod place;
mod read;
mod rules;
mod specified;
mod strings;
mod table;
mod tree;
mod worked;
mod write;

pub use self::{
    decimal::{repr, shortest},
    form::{Form, UnknownForm},
    outcome::{Answer, Digest, Refused},
    read::{NotJson, read},
    table::DigestRules,
    tree::{Member, State, Units, units},
    worked::{Claim, WorkedDigest, worked_digests},
};
