//! Checks any implementation of the rollwire protocol, in any language, against its specification.
//!
//! The modules in reading order:
//!
//! | module | story |
//! |---|---|
//! | [`vectors`], [`select`], [`plan`], [`fresh`] | which checks to ask |
//! | [`protocol`] | how to ask, and what may be answered (`spec/adapter.md`) |
//! | [`runner`] | processes, pipes, deadlines, and whose fault a fault is |
//! | [`offline`] | requests written to a file, and recorded answers instead of an adapter |
//! | [`judge`], [`verdict`] | what an answer is worth |
//! | [`exchange`] | the same for behaviour: scenarios, random ones, and shrinking |
//! | [`digest`] | the same for digests of states, and where two states differ |
//! | [`baseline`] | failures that are expected, and what keeps that list honest |
//! | [`trace`] | sessions that a game has logged, held against the model |
//! | [`run`] | a run from beginning to end |
//! | [`fuzz`] | the search for a packet, a value or a scenario on which an implementation differs |
//! | [`mutants`] | implementations that are wrong on purpose, and what catches them |
//! | [`event`], [`detail`], [`describe`], [`report`] | what people see of it |
//!
//! The library builds without the command line (`default-features = false`).

pub mod baseline;
mod chance;
pub mod describe;
pub mod detail;
pub mod digest;
pub mod event;
pub mod exchange;
pub mod fresh;
pub mod fuzz;
pub mod hex;
pub mod judge;
pub mod lint;
mod made;
pub mod mutants;
pub mod offline;
pub mod plan;
mod probes;
pub mod protocol;
pub mod report;
pub mod run;
pub mod runner;
pub mod select;
pub mod text;
pub mod trace;
pub mod vectors;
pub mod verdict;

#[cfg(feature = "cli")]
pub mod cli;
