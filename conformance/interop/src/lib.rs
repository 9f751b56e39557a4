//! Any two implementations of a peer against each other, over a simulated link in virtual time.
//!
//! A conformance kit says whether each peer is right. This says whether two of them get along: both play a
//! small game over a link that delays, loses, repeats and reorders datagrams, and what must hold for two
//! right peers is checked in every frame. A game is a function of its seed, its link and the two peers; how
//! many games are played at the same time makes no difference.
//!
//! | file | story |
//! |---|---|
//! | `link` | what becomes of each datagram: from a seed, or from a script |
//! | `game` | what the players do |
//! | `play` | one game, frame by frame |
//! | `referee`, `property` | what must hold |
//! | `tally` | what games came to |
//! | `owed` | what a peer was told and has to send |
//! | `seat` | where peers sit: in this process, or behind an adapter |
//! | `table` | many games at the same time |
//! | `tape` | what a tap at each channel would have recorded |
//! | `pair` | the games of two seats, and whose fault it is if one fails |
//! | `shrink` | the shortest script of a link on which a game fails |
//! | `matrix` | all pairs of some implementations, several at the same time |
//! | `sweep` | what the protocol does on worse and worse lines, model against model |
//! | `curves` | what a sweep measured, as pictures |
//! | `report` | all pairs, for people and for programs |

mod chance;
pub mod curves;
pub mod game;
pub mod link;
pub mod matrix;
mod owed;
mod pair;
mod play;
mod property;
mod referee;
pub mod report;
mod seat;
mod shrink;
pub mod sweep;
mod table;
mod tally;
mod tape;

pub use self::{
    pair::{Blame, Failure, IsStopped, Played, Round, Verdict, play_pair, record},
    play::{Moment, Outcome, Step},
    property::{Property, Violation},
    seat::{AdapterSeat, ModelSeat, Seat, SeatFault},
    table::Fixture,
    tally::Tally,
    tape::Tapes,
};
