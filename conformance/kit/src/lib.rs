//! Checks any implementation of the rollwire protocol, in any language, against its specification.
//!
//! The rooms in reading order. A room may use those above it; `tests/command/architecture` in the crate
//! `rollwire` holds the list.
//!
//! | room | story |
//! |---|---|
//! | [`cores`] | work that is divided among all cores |
//! | [`text`], [`verdict`] | words and verdicts |
//! | [`protocol`] | what is asked, and what may be answered (`spec/adapter.md`) |
//! | [`runner`] | processes, pipes, deadlines, and which request a fault belongs to |
//! | [`spelling`] | datagrams in the spellings that people have in their clipboard |
//! | [`settings`] | what a project writes into `rollwire.toml` |
//! | [`vectors`] | cases of every kind: read, selected, and linted |
//! | [`generate`] | cases of every kind from a seed |
//! | [`event`] | what a run says |
//! | [`check`] | how a case of each kind is asked, judged, explained, and made smaller |
//! | [`diagnosis`] | from failures to causes |
//! | [`baseline`] | failures that are expected, and what keeps that list honest |
//! | [`run`] | a run from beginning to end |
//! | [`offline`] | requests written to a file, and recorded answers instead of an adapter |
//! | [`fuzz`] | the search for an input on which an implementation differs |
//! | [`trace`] | sessions that a game has logged, held against the model |
//! | [`report`] | what people and other programs read of a run |
//!
//! The library knows neither the command line, nor an implementation, nor the mutants. It serves the
//! crates of this repository: what is `pub` may change with any release.

pub mod baseline;
pub mod check;
pub mod cores;
pub mod diagnosis;
pub mod event;
pub mod fuzz;
pub mod generate;
pub mod offline;
pub mod protocol;
pub mod report;
pub mod run;
pub mod runner;
pub mod settings;
pub mod spelling;
pub mod text;
pub mod trace;
pub mod vectors;
pub mod verdict;
