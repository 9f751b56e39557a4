//! How a server is ended: by a signal.

use std::time::Duration;

/// How often a signal is looked for.
pub(super) const LOOK: Duration = Duration::from_millis(20);

/// The number of SIGINT, the usual way to end a server.
pub(super) const SIGINT: usize = 2;
