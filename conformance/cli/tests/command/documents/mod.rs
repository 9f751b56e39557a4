//! The documents are executed: tables hold what the code says, JSON parses, links lead somewhere,
//! rules exist, and command lines run.

mod commands;
mod faults;
mod ids;
mod json;
mod links;
pub(crate) mod markdown;
mod offline;
mod tables;
