//! A process that reads nothing and writes nothing, but keeps its pipes open. It is not an adapter.

use std::time::Duration;

/// Its name for `rollwire adapter --misbehave`.
pub(crate) const NAME: &str = "sleeper";

/// Sleeps for longer than any run takes.
pub(crate) fn sleep() {
    std::thread::sleep(Duration::from_secs(3600));
}
