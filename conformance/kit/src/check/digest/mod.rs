//! Cases about digests of states: one request and one answer.
//!
//! What is answered is text, and what explains a wrong answer is where two canonical texts begin to
//! differ.

pub mod cause;
pub mod comparing;
mod difference;
pub mod explain;
pub mod judge;
pub mod plan;
pub mod shrink;

pub use self::difference::{Difference, first_difference};
