//! A check without any process: requests are written to a file, and answers come back as one.
//!
//! For an implementation that the kit cannot start or reach: on a console, behind a form in a browser,
//! on a machine without a network. Nothing can be asked a second time, so there is no isolation, no
//! interleaving and no shrinking; a report says so.
//!
//! | module | story |
//! |---|---|
//! | `requests` | everything that a run asks, in its order, with what ties answers to it |
//! | `lines` | the lines of a hostile file, with their places |
//! | `index` | which line answers which request |
//! | `recording` | a [`Adapter`](crate::runner::Adapter) that reads its answers there |

mod index;
pub(crate) mod lines;
mod recording;
mod requests;

pub use self::{
    recording::{AnswersFault, MAX_FILE, Recording},
    requests::{Requests, write},
};
