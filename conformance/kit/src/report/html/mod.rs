//! One HTML file for a browser: it needs no network, and no font or script from elsewhere.
//!
//! askama escapes every value of `templates/report.html` except the style and the script, which are
//! part of the kit. The content security policy names their digests, so a browser would neither run
//! nor load anything else that got into the file.

mod assets;
mod cards;
mod failure;
mod groups;
mod page;
mod reporter;

pub use self::reporter::Html;
pub(super) use self::{
    assets::{PageAssets, class, tone_class},
    groups::Details,
};
