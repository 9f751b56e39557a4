//! Runs adapters: starts them, asks them, and survives whatever they do.
//!
//! `transport` is the seam to the outside, `process` and `tcp` the real ones, `pipes` the threads of
//! both, `engine` the one owner of all state, `script` what it asks, `handshake` its beginning, `blame`
//! whose fault a fault is, `fault` the words for what can go wrong. A run knows only `respondent`: an
//! engine, or what was recorded (`offline`).

mod adapter;
mod address;
mod blame;
mod engine;
mod fault;
mod handshake;
mod pipes;
mod process;
mod script;
mod tcp;
mod transcript;
mod transport;

pub use self::{
    adapter::{Adapter, Connection},
    address::Address,
    engine::{Deliver, Engine, Limits},
    fault::{Fault, FaultKind, Reply, StartupFault, Stop},
    process::Process,
    script::{Ask, Script},
    tcp::Tcp,
    transcript::Transcript,
    transport::{Ended, Incoming, StartFault, Transport},
};
pub(crate) use self::{engine::bounded, handshake::ok_to_hello};
