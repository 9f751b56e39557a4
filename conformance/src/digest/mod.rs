//! Digests of states: asked, judged and explained.
//!
//! A case is one request and one answer, like those about bytes, but what is answered is text, and
//! what explains a wrong one is where two canonical texts begin to differ.
//!
//! | file | story |
//! |---|---|
//! | `plan` | what is asked |
//! | `judge` | what an answer is worth |
//! | `blame` | which rule is behind a wrong one |
//! | `explain` | what shows where a wrong one goes wrong |
//! | `spelled`, `random`, `shrink` | fresh states: how they are spelled, made, and made smaller |
//! | `difference` | the first place at which two states differ, as a JSON path |

pub mod blame;
mod difference;
pub mod explain;
pub mod judge;
mod plan;
pub(crate) mod random;
pub(crate) mod shrink;
pub(crate) mod spelled;

pub use self::{
    difference::{Difference, first_difference},
    plan::Planned,
};
