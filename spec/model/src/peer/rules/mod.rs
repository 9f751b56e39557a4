//! The tables of rules, one for each chapter, and what the specification demands of each rule.

pub(super) mod catchup;
pub(super) mod common;
pub(super) mod episode;
pub(super) mod focus;
pub(super) mod live;
pub(super) mod sync;
pub(super) mod valid;
