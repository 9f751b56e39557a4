//! Independent implementations of the same rules, compared in one process: rollwire-codec
//! and the exchange of rollwire-reference on one side, the model on the other.
//!
//! The tests of this crate and the fuzz targets use it. No published crate depends on it.

mod agree;
mod reference;
mod typed;

pub use self::{
    agree::{agree, round_trips},
    reference::Reference,
    typed::{Entry, Typed, written},
};
