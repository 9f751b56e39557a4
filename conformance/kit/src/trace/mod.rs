//! Recorded sessions: which rule a real game broke, at which line (`spec/trace.md`).
//!
//! A log is read line by line and never whole. Beside it the model plays the same session, and what a
//! line shows is held against it.
//!
//! | module | story |
//! |---|---|
//! | `line` | hostile bytes in, a stimulus and what was seen of it out |
//! | `judge` | the model alongside, and the first member that is not as it should be |
//! | `doubt` | what cannot be known for a while, and so is not judged |
//! | `lists` | queue, map and history, where they are shown |
//! | `around` | the lines before and behind a violation |
//! | `log` | one log from its beginning to its end, and what was found in it |
//! | `pair` | two logs of one session: hashes lost, never compared, or different |
//! | `text` | what people see of it |

mod around;
mod doubt;
mod judge;
pub mod line;
mod lists;
mod log;
mod pair;
mod text;

pub use self::{
    judge::{GaveUp, Judge, Judged, Wrong},
    log::{Cause, Findings, Log, Malformed, Shown, Unreadable},
    pair::{Crossing, Difference, Frames, Named, Pair, Place, Way, check},
    text::{show, show_crossing},
};

/// An outbound queue with more hashes than this is not judged any more (EXCH-4 gives it no bound): at
/// sixty steps a second, and every fifth hashed, it takes an hour and a half.
pub const QUEUE: usize = 65_535;

/// An inbound map with more hashes than this may forget any (EXCH-19).
pub const MAP: usize = rollwire_model::exchange::LEAST_MAP_BOUND;

/// As many events are remembered, to be held against a list of all of them (DETECT-14).
pub const EVENTS: usize = 4096;
