//! Checks without a live adapter: the requests are written to a file, and the answers are read from
//! another.
//!
//! This is for an implementation that the kit can neither start nor reach: on a console, in a browser
//! form, on a machine without a network. No request can be repeated, so there is no isolation, no
//! interleaving and no shrinking; reports say so.
//!
//! | file | story |
//! |---|---|
//! | `requests` | all requests of a run in order, and the fingerprint that ties answers to them |
//! | `lines` | the lines of an untrusted file, with their positions |
//! | `index` | the line that answers each request |
//! | `recording` | an [`Adapter`](crate::runner::Adapter) that reads its answers from the file |

mod index;
pub mod lines;
mod recording;
mod requests;

pub use self::{
    recording::{AnswersFault, MAX_FILE, Recording},
    requests::{Requests, write},
};
