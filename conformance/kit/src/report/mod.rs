//! Renderings of the event stream. A reporter decides nothing.
//!
//! `text`, `json_lines` and `github` write as events come; the others collect (`collect.rs`) and
//! write at the end. None reads a clock, so the same events always make the same bytes.

mod anatomy;
mod collect;
mod conclusion;
pub mod diff;
mod github;
mod html;
mod json;
mod json_lines;
mod junit;
mod markdown;
pub mod merge;
pub mod read;
mod shields;
mod text;

use std::io;

use crate::event::Event;

pub use self::anatomy::shell_line;
pub use self::{
    anatomy::ruler,
    github::GitHub,
    html::Html,
    json::Json,
    json_lines::JsonLines,
    junit::JUnit,
    markdown::Markdown,
    shields::Shields,
    text::{Text, failure},
};

/// What is said of a stream without its footer.
pub const TRUNCATED: &str = "the event stream ends without its footer, the run did not end itself";

/// Shows events, one after another.
pub trait Reporter {
    /// Takes in the next event.
    ///
    /// # Errors
    /// When the sink cannot be written.
    fn event(&mut self, event: &Event) -> io::Result<()>;

    /// There is no further event. A report of a stream without its footer says so.
    ///
    /// # Errors
    /// When the sink cannot be written.
    fn end(&mut self) -> io::Result<()>;
}
