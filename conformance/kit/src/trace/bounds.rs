//! How much of a session is tracked, so that the memory stays bounded.

/// The longest outbound queue that is judged (EXCH-4 gives it no bound). At sixty ticks a second, with every
/// fifth frame hashed, a queue takes an hour and a half to grow longer.
pub const QUEUE: usize = 65_535;

/// A line that shows a longer history is malformed. A right history has at most 120 entries, so this is
/// enough to report one that has no bound (EXCH-3) a few thousand times.
pub(super) const HISTORY_SHOWN: usize = 4096;

/// An inbound map with more hashes than this may drop any of them (EXCH-19).
pub const MAP: usize = rollwire_model::exchange::LEAST_MAP_BOUND;

/// How many events are tracked, to compare them with a list of all events (DETECT-14).
pub const EVENTS: usize = 4096;
