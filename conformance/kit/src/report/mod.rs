//! Reports: renderings of the event stream. A report decides nothing.
//!
//! `json_lines` writes each event when it arrives. The others collect the stream (`collect`), and
//! write at the end what is wrong: the causes first, then the failures. None reads a clock, so the
//! same events always give the same bytes.
//!
//! | file | story |
//! |---|---|
//! | `reporter` | what every report implements |
//! | `collect`, `conclusion` | the stream in memory, and the result of the run in a few words |
//! | `causes` | a cause in words |
//! | `details`, `commands` | the lines of a failure, and the commands that ask its check again |
//! | `text`, `json_lines`, `github`, `json`, `junit`, `markdown`, `shields`, `html` | one format each |
//! | [`read`], `audit` | event files, read back, and whether the footer says what the checks say |
//! | [`merge`], [`diff`] | several runs side by side, and the changes from one run to the next |

mod audit;
mod causes;
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
    text::Text,
};
