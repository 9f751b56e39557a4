//! Expected failures that cannot rot.
//!
//! A baseline is a file that lists which checks fail, how, and why. A check that fails exactly so
//! does not fail the run; everything else about the file does: a listed check that passes or fails
//! in another way, and an entry that is stale, expired, too wide, named twice, without a reason, or
//! about no case at all. What the file looks like is in `conformance/baselines/README.md`.
//!
//! | file | story |
//! |---|---|
//! | [`file`](mod@file) | text to entries, with the line of whatever is wrong |
//! | `set` | the entries, and the date that they are judged at |
//! | `known` | every check that an entry may name |
//! | `scope` | what a run could have asked, and what of that its caller left out |
//! | [`matching`] | which entry a check has, and what that makes of its verdict |
//! | [`rot`] | what is wrong with entries, by the ids alone and after a run |
//! | [`update`] | the smallest file that describes a run, with the reasons of the old one |
//!
//! All of it is pure: dates, ids and verdicts come from the caller.

pub mod file;
mod known;
pub mod matching;
pub mod rot;
mod scope;
mod set;
pub mod update;

pub use self::{
    file::{Entry, Fault, parse, parse_date},
    known::{Known, KnownCase},
    matching::Ledger,
    rot::{Rot, RotKind},
    scope::Scope,
    set::Baseline,
};
