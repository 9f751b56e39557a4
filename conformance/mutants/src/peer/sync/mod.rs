//! Wrong peers of SYNC.

pub(super) mod acting;
pub(super) mod receiving;
