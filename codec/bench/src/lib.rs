//! The cost of `rollwire-codec`, compared with a hand-written codec that refuses the same datagrams,
//! and with codecs built on other libraries.
//!
//! | file | what |
//! |---|---|
//! | `hand` | the reference for all ratios: safe Rust without any library |
//! | `zerocopy`, `binrw` | the same wire format |
//! | `postcard`, `prost` | the same messages in the libraries' own formats |
//! | `subject`, `peers` | one trait that all of them implement |
//! | `mix` | the datagrams that they decode and encode |

pub mod binrw;
pub mod hand;
pub mod mix;
pub mod peers;
pub mod postcard;
pub mod prost;
pub mod subject;
pub mod zerocopy;
