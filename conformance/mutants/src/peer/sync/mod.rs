//! Wrong peers of SYNC.

pub(super) mod acting;
pub(super) mod confirming;
pub(super) mod receiving;
pub(super) mod sending;
