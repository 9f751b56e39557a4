//! The link between two peers: what becomes of each datagram.
//!
//! | file | story |
//! |---|---|
//! | `line` | a line in words: its delay, its losses, and when it is interrupted |
//! | `named` | lines with names |
//! | `text` | reads and writes lines |
//! | `event` | one thing that a link does to a game, and a script of them |
//! | `weather` | what a link does to each datagram: from a seed, or from a script |
//! | `wire` | the datagrams that are on their way |

mod event;
mod line;
mod named;
mod text;
mod weather;
mod wire;

pub(crate) use self::wire::{OnItsWay, Wire};
pub use self::{
    event::{Event, Script},
    line::{Interruption, Line, Span},
    named::{NAMED, named},
    text::LineFault,
    weather::Weather,
};
