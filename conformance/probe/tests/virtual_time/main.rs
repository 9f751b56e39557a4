//! Whole sessions in virtual time, in one process: a probe, a link with seeded faults, and a game whose peer is
//! the model, right or with one rule replaced.

mod game;
mod hostile;
mod link;
mod play;
mod right;
mod wrong;
