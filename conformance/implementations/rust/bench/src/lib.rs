//! What one datagram and half an hour of a game cost the peer of `rollwire-reference`.
//!
//! | file | what |
//! |---|---|
//! | `measured` | the one function whose instructions are counted, and its samples |
//! | `messages` | datagrams in short |
//! | `cases` | what is measured |
//! | `bounds` | how many instructions each may take, and why |
//! | `game` | two games over a bad link, with a hostile partner or without |
//! | `callgrind` | reads the counts |
//! | `table` | counts beside their bounds |

pub mod bounds;
pub mod callgrind;
pub mod cases;
pub mod game;
pub mod measured;
pub mod messages;
pub mod table;
