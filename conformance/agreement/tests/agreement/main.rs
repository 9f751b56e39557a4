//! Codec and reference against the model, at the latest revision: two implementations that share no code
//! give one answer to everything.

mod cases;
mod exhaustive;
mod packets;
mod peers;
mod random;
mod state_machine;
mod stimuli;
