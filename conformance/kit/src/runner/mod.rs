//! Runs adapters: starts them, asks them, and survives their crashes, hangs and malformed answers.
//!
//! | file | story |
//! |---|---|
//! | `adapter` | what a run needs of an adapter: an engine provides it, or a recording (`offline`) |
//! | `engine` | sends requests, and is the only owner of the state of a run |
//! | `script` | the requests that belong together |
//! | `handshake` | the start of an adapter, also after a fault |
//! | `isolate` | finds the request that broke the adapter |
//! | `pace` | how long the engine waits, and how much it asks at once |
//! | `kinds` | which kinds of requests break the adapter, and are asked last |
//! | `run_end` | whether the run has to end, for work that does not wait for an answer |
//! | `transport` | the interface between the engine and an adapter |
//! | `process`, `tcp`, `address` | adapters that the kit starts, and adapters that are already running |
//! | `session`, `descendants` | the process of an adapter, and the processes that it leaves behind |
//! | `pipes` | the threads that read and write for both |
//! | `sanitizer` | finds the report of a sanitizer on standard error |
//! | `stderr` | what is kept of standard error |
//! | `fault` | what can go wrong, and the texts that report it |
//! | `transcript` | a log of all lines in both directions |

mod adapter;
mod address;
mod descendants;
mod engine;
mod fault;
mod handshake;
mod isolate;
mod kinds;
mod pace;
mod pipes;
mod process;
mod run_end;
mod sanitizer;
mod script;
mod session;
mod stderr;
mod tcp;
mod transcript;
mod transport;

pub use self::{
    adapter::{Adapter, Connection, Remark},
    address::Address,
    descendants::{adopt_descendants, end_adapters},
    engine::{Deliver, Engine},
    fault::{AdapterFault, FaultKind, Reply, StartupFault, Stop},
    pace::Limits,
    process::Process,
    run_end::{EndReason, RunEnd},
    script::{Ask, Script, Traits},
    tcp::Tcp,
    transcript::Transcript,
    transport::{Ended, Incoming, StartFault, Transport},
};
pub(crate) use self::{engine::bounded, handshake::ok_to_hello};
