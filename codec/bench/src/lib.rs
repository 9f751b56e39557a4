//! What `rollwire-codec` costs, next to a codec written by hand with the same refusals, and to those
//! that people would use otherwise.
//!
//! | file | what |
//! |---|---|
//! | `hand` | the yardstick: safe Rust without any library |
//! | `zerocopy`, `binrw` | the same bytes |
//! | `postcard`, `prost` | the same messages in formats of their own |
//! | `subject`, `peers` | all of them behind one trait |
//! | `mix` | what goes through them |

pub mod binrw;
pub mod hand;
pub mod mix;
pub mod peers;
pub mod postcard;
pub mod prost;
pub mod subject;
pub mod zerocopy;
