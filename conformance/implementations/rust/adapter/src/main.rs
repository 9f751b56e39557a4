//! The program: answers the requests of standard input on standard output.
//!
//! With `--verbose` it logs to standard error, if it was built with the feature `log`.

use std::{env, io};

fn main() -> io::Result<()> {
    if env::args_os().skip(1).any(|argument| argument == "--verbose") {
        #[cfg(feature = "log")]
        rollwire_reference_adapter::log_to_stderr();
        #[cfg(not(feature = "log"))]
        eprintln!("--verbose has no effect: this program was built without the feature `log`");
    }
    rollwire_reference_adapter::serve(io::stdin().lock(), io::stdout().lock())
}
