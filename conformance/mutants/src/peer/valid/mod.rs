//! Wrong peers of VALID.

pub(super) mod answers;
pub(super) mod end;
pub(super) mod pings;
pub(super) mod proof;
