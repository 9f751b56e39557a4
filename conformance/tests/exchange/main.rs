//! The exchange: scenarios, mutants, random stimuli, and the reference implementation beside the model.

mod matrix;
mod random;
mod reference;
mod state_machine;
mod stimuli;
