//! Games are watched while they run: a server on this computer, to which taps stream the datagrams of their
//! channels by WebSocket, and a page that shows them with what `rollwire-capture` makes of them.
//!
//! `README.md` describes the addresses, who is let in, the messages for the page, and all limits.
//!
//! | module | story |
//! |---|---|
//! | `token`, `guard` | who is let in |
//! | `feed` | lines on their way from a connection to its judge |
//! | `judge` | judges the lines of one connection, in a thread of its own |
//! | `side`, `pulse` | what is known of one tap |
//! | `kept`, `saved` | the newest lines of a connection, and all of them in a file |
//! | `copied` | a violation as a vector case or a short capture |
//! | `rules` | which rules are judged |
//! | `hub` | what all taps have told |
//! | `view` | what a watcher is told |
//! | `log` | what the user is told |
//! | `files`, `demo` | the files of the page, and of the demo |
//! | `piecewise` | a large answer on its way to a slow reader |
//! | `peers` | with the feature `peer`: this program is the other peer of games |
//! | `sockets`, `server` | connections, and what is answered at which path |

mod copied;
mod demo;
mod feed;
mod files;
mod guard;
mod hub;
mod judge;
mod kept;
mod log;
#[cfg(feature = "peer")]
mod peers;
mod piecewise;
mod pulse;
mod rules;
mod saved;
mod server;
mod side;
mod sockets;
mod token;
mod view;

#[cfg(feature = "peer")]
pub use self::peers::PeerOptions;
pub use self::{
    demo::demo,
    files::File,
    guard::{NotOrigin, Origin},
    log::Say,
    rules::{BYTES, JUDGED},
    server::{NotStarted, Options, Server},
    token::Token,
};
#[cfg(feature = "peer")]
pub use rollwire_probe::{Outcome, Report, Verdict, probes};
