//! Wrong peers of CATCHUP.

pub(super) mod answering;
pub(super) mod asking;
pub(super) mod ending;
pub(super) mod telling;
