//! What `rollwire-codec` costs, next to a codec written by hand with the same refusals.

pub mod hand;
pub mod mix;
pub mod subject;
