//! The adapter of `rollwire-reference`: it answers the requests of `spec/adapter.md`, so that
//! `rollwire check` can ask the implementation.
//!
//! The modules, in the order in which they are worth reading:
//!
//! | module | what it does |
//! |---|---|
//! | `serve` | reads a line, calls the module that knows the operation, writes the answer |
//! | `answer` | the four answers: `ok`, `reject`, `unsupported`, `error` |
//! | `receive` | the buffer that datagrams arrive in |
//! | `messages` | `decode`, `encode` and `reencode`: JSON to messages and back |
//! | `digest` | `digest`: the hash of a state |
//! | `sessions` | `open`, `step`, `advance` and `close` |
//! | `session` | one exchange or one peer, with a channel that the kit scripts |
//! | `stimulus`, `members` | what a `step` tells an exchange or a peer |
//! | `observation`, `peer` | what is seen of an exchange, and of a peer, afterwards |
//! | `options` | what the adapter is started with |
//! | `recorded` | a peer that logs itself, for tests of the logs |
//!
//! An adapter for a codec alone needs only the first four.

mod answer;
mod digest;
mod members;
mod messages;
mod observation;
mod options;
mod peer;
mod peer_stimuli;
mod receive;
mod recorded;
mod serve;
mod session;
mod sessions;
mod stimulus;

#[cfg(feature = "log")]
mod logging;

#[cfg(feature = "log")]
pub use crate::logging::log_to_stderr;
pub use crate::options::Options;
pub use crate::serve::{answer_within, serve, serve_with, serve_within};
pub use crate::sessions::Sessions;
