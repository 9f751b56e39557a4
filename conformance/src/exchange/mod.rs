//! Behaviour: scenarios are played through an adapter's sessions and held against the model.
//!
//! | module | story |
//! |---|---|
//! | [`script`] | a scenario as requests, alone, cut in another way, or among others |
//! | [`seen`] | hostile answers in, observations out |
//! | `scan` | the same in one pass, for observations that are written in the usual way |
//! | [`judge`] | the first thing that is not as it should be, and the rule that describes it |
//! | [`play`] | all scenarios of a run: twice, then interleaved |
//! | [`random`] | scenarios from a seed |
//! | [`shrink`] | a failing scenario, as short as it can be |
//! | [`explain`] | what a failure looks like |

pub mod explain;
pub mod judge;
pub mod play;
pub mod random;
mod scan;
pub mod script;
pub mod seen;
pub mod shrink;
