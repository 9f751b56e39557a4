//! The examples of the README that need a browser: a page, and what is pasted into its console.

use crate::support::Test;

pub(crate) fn tests() -> Vec<Test> {
    Vec::new()
}
