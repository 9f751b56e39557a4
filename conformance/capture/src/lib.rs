//! Captures: what a tap has recorded of a channel, judged as far as it can be seen on the wire.
//!
//! The format is `spec/capture.md`. A capture is read line by line, in bounded memory, and each side of a
//! channel is watched by a [`Monitor`](monitor::Monitor), which knows the rules and no game.
//!
//! | module | story |
//! |---|---|
//! | `line` | a line: a header or a record, read and written |
//! | `monitor` | which rules were broken, and by whom |

pub mod line;
pub mod monitor;
