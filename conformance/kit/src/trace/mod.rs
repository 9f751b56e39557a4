//! Logged sessions of a game: which rule a session broke, and in which line (`spec/trace.md`).
//!
//! A log is read line by line, never as a whole. The model runs the same session, and what a line shows is
//! compared with it.
//!
//! | module | story |
//! |---|---|
//! | `line` | reads one line: a stimulus and its observation |
//! | `header` | reads the header of a session |
//! | `line_fault`, `line_list` | why a line cannot be read, and lists of bounded length |
//! | `peer_line` | what the line of a whole peer holds beside |
//! | `judge` | the judge of a session: one of the next two |
//! | `judged` | the result of judging one line |
//! | `session_judge` | compares each line of an exchange with the model, and finds the first deviation |
//! | `peer_judge` | the same for a whole peer |
//! | `story`, `frame_set` | what has become of a peer: validation, episodes, inputs that arrived |
//! | `inputs` | inputs of one peer that never reached the other |
//! | `uncertainty` | the parts of the state that are unknown for a while, and so are not judged |
//! | `state_lists` | queue, map and history, if the log shows them |
//! | `context` | the lines before and after a violation |
//! | `bounds` | how much of a session is tracked |
//! | `repeats` | whether every line occurs twice |
//! | `log` | reads one log, and collects the findings |
//! | `peers` | compares the logs of both peers: hashes lost, never compared, or different |
//! | `text`, `text_peers` | the text report |

mod bounds;
mod context;
mod frame_set;
mod header;
mod inputs;
mod judge;
mod judged;
pub mod line;
mod line_fault;
mod line_list;
mod log;
mod peer_judge;
mod peer_line;
mod peers;
mod repeats;
mod session_judge;
mod state_lists;
mod story;
mod text;
mod text_peers;
mod uncertainty;

pub use self::{
    bounds::{EVENTS, MAP, QUEUE},
    context::ContextLine,
    inputs::{LostFrames, LostInputs},
    judged::{Deviation, GaveUp, JudgedStep},
    log::{Findings, Log, Malformed, Unreadable, Violation},
    peers::{Difference, Direction, FrameLine, FrameList, Frames, Pair, PeerComparison, check},
    session_judge::SessionJudge,
    story::{EpisodeStory, Story},
    text::{show, show_comparison},
};
