//! Baselines: lists of expected failures that are checked for entries that no longer apply.
//!
//! A baseline is a file that lists which checks fail, how, and why. A check that fails exactly as
//! listed does not fail the run. Every other difference does: a listed check that passes or fails
//! in another way, and an entry that is stale, expired, too wide, a duplicate, without a reason, or
//! that matches no case. `conformance/baselines/README.md` describes the file.
//!
//! | file | story |
//! |---|---|
//! | [`file`](mod@file) | reads entries from text, and reports the line of a fault |
//! | `set` | the entries, and the date on which they are judged |
//! | `known` | every check that an entry may name |
//! | `scope` | the checks that a run could have asked, and those that its caller left out |
//! | [`matching`] | which entry a check has, and how that changes its verdict |
//! | [`faults`] | faults of entries, shown by the ids alone or by a run |
//! | [`update`] | the smallest file that describes a run, with the reasons of the old file |
//!
//! All of it is pure: dates, ids and verdicts come from the caller.

pub mod faults;
pub mod file;
mod known;
pub mod matching;
mod scope;
mod set;
pub mod update;

pub use self::{
    faults::{EntryFault, EntryFaultKind},
    file::{Entry, ParseFault, parse, parse_date},
    known::{Known, KnownCase},
    matching::Matcher,
    scope::Scope,
    set::Baseline,
};
