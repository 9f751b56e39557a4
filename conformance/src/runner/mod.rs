//! Runs adapters: starts them, asks them, and survives whatever they do.
//!
//! `transport` is the seam to the outside, `process` the real one, `engine` the one owner of all
//! state, `script` what it asks, `handshake` its beginning, `blame` whose fault a fault is, `fault` the
//! words for what can go wrong.

mod blame;
mod engine;
mod fault;
mod handshake;
mod lines;
mod process;
mod script;
mod trace;
mod transport;

pub use self::{
    engine::{Deliver, Engine, Limits},
    fault::{Fault, FaultKind, Reply, StartupFault, Stop},
    process::Process,
    script::{Ask, Script},
    trace::Trace,
    transport::{Ended, Incoming, StartFault, Transport},
};
