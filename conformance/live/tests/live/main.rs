//! The server from outside: who is let in, what taps may do to it, and what a page is told.

mod client;
mod hostile;
mod refusals;
mod told;
