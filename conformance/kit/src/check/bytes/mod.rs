//! Cases about bytes: one request and one answer for each check.

pub mod explain;
pub mod judge;
mod long;
pub mod plan;
pub mod shrink;
