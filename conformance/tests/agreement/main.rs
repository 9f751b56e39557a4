//! The codec against the model, at the latest revision: two implementations that share no code give
//! one answer to everything.

mod agree;
mod cases;
mod exhaustive;
mod packets;
mod random;
mod typed;

use crate::agree::agree;
