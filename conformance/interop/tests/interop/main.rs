//! Peers of the model against each other, right ones and wrong ones.

mod right;
mod wrong;
