//! The command, its reports and the documents: every test that needs nothing but a Rust toolchain.

mod architecture;
mod baseline;
mod captures;
mod cli;
mod completion;
mod digest_command;
mod documents;
mod files;
mod finding;
mod handshakes;
mod hostile;
mod init;
mod inputs;
mod interop;
mod last_net;
#[cfg(feature = "live")]
mod live;
mod mutant_process;
mod one_fault;
mod playground;
mod reading;
mod reports;
mod run;
mod schemas;
mod sessions;
mod settings;
mod simulate;
mod terminal_settings;
mod tools;
mod watch;
