//! Peers of the model against each other, right ones and wrong ones.

mod captures;
mod own_clock;
mod packets;
mod pictures;
mod right;
mod wrong;
