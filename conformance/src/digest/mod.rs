//! The digest of a state (DIGEST), for whoever compares two peers.
//!
//! | file | story |
//! |---|---|
//! | `difference` | the first place at which two states differ, as a JSON path |

mod difference;

pub use self::difference::{Difference, first_difference};
