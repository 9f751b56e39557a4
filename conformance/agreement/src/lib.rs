//! Independent implementations of the same rules, held against each other in one process: rollwire-codec
//! and the exchange of rollwire-reference on one side, the model on the other.
//!
//! The tests of this crate and the fuzz targets ask here. Nothing that is published depends on it.

mod agree;
mod reference;
mod typed;

pub use self::{
    agree::{agree, comes_back},
    reference::Reference,
    typed::{Entry, Typed, written},
};
