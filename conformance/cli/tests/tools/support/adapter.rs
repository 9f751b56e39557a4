//! An adapter within a test: what the reference implementation answers, with a hand on each answer.
//!
//! A test without the standard harness starts itself as its adapter: `TEST adapter MODE`.

use std::{
    env,
    io::{self, BufRead, BufReader, BufWriter, Write},
};

use rollwire_reference_adapter::{Sessions, answer_within};
use serde_json::Value;

/// The word that makes an adapter of a test.
const ADAPTER: &str = "adapter";

/// The command line that starts this very program as an adapter.
pub(crate) fn command(mode: &str) -> Vec<String> {
    let program = env::current_exe().expect("its own path");
    [program.to_str().expect("a path of characters"), ADAPTER, mode].map(str::to_owned).into()
}

/// The mode in which this process was started as an adapter, if it was.
pub(crate) fn mode() -> Option<String> {
    let mut arguments = env::args().skip(1);
    (arguments.next()? == ADAPTER).then(|| arguments.next().unwrap_or_default())
}

/// Says one line for each request until the input ends. It is told the request and the right answer.
pub(crate) fn serve(mut say: impl FnMut(&Value, Value) -> String) -> io::Result<()> {
    let mut input = BufReader::new(io::stdin());
    let mut output = BufWriter::new(io::stdout());
    let (mut line, mut sessions) = (Vec::new(), Sessions::default());
    while input.read_until(b'\n', &mut line)? > 0 {
        let right = answer_within(&mut sessions, &line);
        let request = serde_json::from_slice(&line)?;
        writeln!(output, "{}", say(&request, right))?;
        line.clear();
        // One write for everything that came together, before the next read can block.
        if !input.buffer().contains(&b'\n') {
            output.flush()?;
        }
    }
    Ok(())
}
