//! Wrong peers of EPISODE.

pub(super) mod answers;
pub(super) mod begin;
pub(super) mod complete;
pub(super) mod end;
pub(super) mod phases;
pub(super) mod start;
