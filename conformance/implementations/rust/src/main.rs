//! The reference implementation's adapter: answers the requests of standard input.
//!
//! With `--verbose` it logs to standard error, if it was built with the feature `log`.

use std::{env, io};

use rollwire_reference::adapter;

fn main() -> io::Result<()> {
    if env::args_os().skip(1).any(|argument| argument == "--verbose") {
        #[cfg(feature = "log")]
        adapter::log_to_stderr();
        #[cfg(not(feature = "log"))]
        eprintln!("--verbose has nothing to say: this was built without the feature `log`");
    }
    adapter::serve(io::stdin().lock(), io::stdout().lock())
}
