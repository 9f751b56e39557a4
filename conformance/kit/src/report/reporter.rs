//! What every report implements: it takes in the events of a stream and writes.

use std::{io, time::Duration};

use crate::event::Event;

/// How a report says that a stream has no footer.
pub const TRUNCATED: &str = "the event stream ends without a footer: the run was cut off";

/// Shows events, one after another.
pub trait Reporter {
    /// Takes in the next event.
    ///
    /// # Errors
    /// When the sink cannot be written.
    fn event(&mut self, event: &Event) -> io::Result<()>;

    /// Takes in how long the run took, before its footer. The events do not say it, and a report that
    /// is kept does not show it.
    fn took(&mut self, _time: Duration) {}

    /// Ends the report. If the stream had no footer, the report says so.
    ///
    /// # Errors
    /// When the sink cannot be written.
    fn end(&mut self) -> io::Result<()>;
}
