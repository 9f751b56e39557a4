//! Renderings of the event stream. A reporter decides nothing.

mod json_lines;
mod text;

use std::io;

pub use self::{
    json_lines::JsonLines,
    text::{Text, failure, ruler},
};
use crate::event::Event;

/// Shows events, one after another.
pub trait Reporter {
    /// Takes in the next event.
    ///
    /// # Errors
    /// When the sink cannot be written.
    fn event(&mut self, event: &Event) -> io::Result<()>;
}
