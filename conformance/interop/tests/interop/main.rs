//! Peers of the model against each other, right ones and wrong ones.

mod alone;
mod captures;
mod pictures;
mod right;
mod wrong;
