//! The reference implementation's adapter: answers the requests of standard input.

use std::io;

fn main() -> io::Result<()> {
    rollwire_reference::adapter::serve(io::stdin().lock(), io::stdout().lock())
}
