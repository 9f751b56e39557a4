//! Wrong peers of LIVE.

pub(super) mod answers;
pub(super) mod kept;
pub(super) mod pings;
pub(super) mod round_trips;
