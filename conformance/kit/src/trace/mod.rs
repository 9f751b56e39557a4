//! Logged sessions of a game: which rule a session broke, and in which line (`spec/trace.md`).
//!
//! A log is read line by line, never as a whole. The model runs the same session, and what a line shows is
//! compared with it.
//!
//! | module | story |
//! |---|---|
//! | `line` | reads one line: a stimulus and its observation |
//! | `session_judge` | compares each line with the model, and finds the first deviation |
//! | `uncertainty` | the parts of the state that are unknown for a while, and so are not judged |
//! | `state_lists` | queue, map and history, if the log shows them |
//! | `context` | the lines before and after a violation |
//! | `bounds` | how much of a session is tracked |
//! | `repeats` | whether every line occurs twice |
//! | `log` | reads one log, and collects the findings |
//! | `peers` | compares the logs of both peers: hashes lost, never compared, or different |
//! | `text` | the text report |

mod bounds;
mod context;
pub mod line;
mod log;
mod peers;
mod repeats;
mod session_judge;
mod state_lists;
mod text;
mod uncertainty;

pub use self::{
    bounds::{EVENTS, MAP, QUEUE},
    context::ContextLine,
    log::{Findings, Log, Malformed, Unreadable, Violation},
    peers::{Difference, Direction, FrameLine, FrameList, Frames, Pair, PeerComparison, check},
    session_judge::{Deviation, GaveUp, JudgedStep, SessionJudge},
    text::{show, show_comparison},
};
