//! Reports: renderings of the event stream. A report decides nothing.
//!
//! `text`, `json_lines` and `github` write each event when it arrives. The others collect the
//! stream (`collect`) and write at the end. None reads a clock, so the same events always give the
//! same bytes.
//!
//! | file | story |
//! |---|---|
//! | `reporter` | what every report implements |
//! | `collect`, `conclusion` | the stream in memory, and the result of the run in a few words |
//! | `details`, `commands` | the lines of a failure, and the commands that ask its check again |
//! | `text`, `json_lines`, `github`, `json`, `junit`, `markdown`, `shields`, `html` | one format each |
//! | [`read`] | event files, read back |
//! | [`merge`], [`diff`] | several runs side by side, and the changes from one run to the next |

mod collect;
mod commands;
mod conclusion;
mod details;
pub mod diff;
mod github;
mod html;
mod json;
mod json_lines;
mod junit;
mod markdown;
pub mod merge;
pub mod read;
mod reporter;
mod shields;
mod text;

pub use self::{
    commands::shell_line,
    conclusion::verdict_line,
    details::ruler,
    github::GitHub,
    html::Html,
    json::Json,
    json_lines::JsonLines,
    junit::JUnit,
    markdown::Markdown,
    reporter::{Reporter, TRUNCATED},
    shields::Shields,
    text::{Text, failure},
};
