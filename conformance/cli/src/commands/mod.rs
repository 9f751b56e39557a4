//! The subcommands, a file each.

pub(crate) mod adapter;
pub(crate) mod baseline;
pub(crate) mod capture;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod coverage;
pub(crate) mod digest;
mod dissection;
pub(crate) mod dump;
pub(crate) mod explain;
pub(crate) mod fuzz;
pub(crate) mod init;
pub(crate) mod inspect;
pub(crate) mod interop;
pub(crate) mod list;
#[cfg(feature = "live")]
pub(crate) mod live;
pub(crate) mod man;
pub(crate) mod report;
pub(crate) mod selftest;
pub(crate) mod simulate;
pub(crate) mod smoke;
pub(crate) mod tools;
pub(crate) mod trace;
pub(crate) mod vectors;
pub(crate) mod watch;
