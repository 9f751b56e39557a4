//! How a case is asked, judged, explained, and made smaller: a folder for each kind of case, with the
//! same files in each.
//!
//! | file | story |
//! |---|---|
//! | `plan` | a case as it is asked, and what may be answered |
//! | `judge` | the verdict on what was answered, a pure function |
//! | `explain` | what a failure looks like |
//! | `shrink` | an input that fails, made as small as it still fails |
//!
//! Beside them stand what all kinds share: `judgement`, `detail`, how often may be asked to shrink
//! (`budget`), and what cases have in common (`likeness`).

pub mod budget;
pub mod bytes;
pub mod detail;
pub mod digest;
pub mod judgement;
mod likeness;
pub mod scenario;
