//! The order in which the rules of each chapter are applied.

mod catchup;
mod episode;
mod focus;
mod live;
mod sync;
mod valid;
