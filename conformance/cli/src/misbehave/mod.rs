//! Adapters that misbehave on purpose: the kit must survive each of them, and report the right cause.
//!
//! Each is the built-in adapter with one misbehaviour, as a mode of the hidden `rollwire adapter
//! --misbehave NAME`, so that a shipped binary can be run against itself. `rollwire selftest` runs them.
//!
//! | file | story |
//! |---|---|
//! | `misbehaviour` | one way to misbehave, and what `check` must report about it |
//! | `conditions` | the requests at which an adapter misbehaves |
//! | `adapter_process` | reads requests, and writes answers or anything else |
//! | `hello` | adapters that do not get through the handshake |
//! | `process` | adapters whose process crashes, hangs or starts others |
//! | `wrong_answers` | adapters that write wrong or malformed answers |
//! | `digests` | adapters whose digests are all wrong |
//! | `honesty` | adapters that answer without running an implementation |
//! | `surplus` | adapters whose peers send what no peer may send |
//! | `harmless` | adapters that behave unusually but correctly |
//! | `escape` | adapters that leave processes behind, signal others, and take the terminal |
//! | `planted` | adapters that plant a link or a pipe where the kit writes a file |
//! | `companion` | the processes that these adapters start, which are not adapters |
//! | `terminal` | what is done on the terminal of the kit, if it is reached |

mod adapter_process;
mod companion;
mod conditions;
mod digests;
mod escape;
mod harmless;
mod hello;
mod honesty;
mod misbehaviour;
mod planted;
mod process;
mod surplus;
mod terminal;
mod wrong_answers;

use std::io;

use self::adapter_process::AdapterProcess;

pub(super) use self::companion::Companion;
pub(super) use self::misbehaviour::{Misbehaviour, PATIENCE, PRECIOUS, STARTUP, TIMEOUT};
pub(super) use self::terminal::{OnTheTerminal, RUNNER, become_on_a_terminal};

/// All misbehaving adapters.
pub(super) fn all() -> Vec<Misbehaviour> {
    let groups = [
        hello::misbehaviours(),
        process::misbehaviours(),
        escape::misbehaviours(),
        planted::misbehaviours(),
        wrong_answers::misbehaviours(),
        digests::misbehaviours(),
        honesty::misbehaviours(),
        surplus::misbehaviours(),
        harmless::misbehaviours(),
    ];
    groups.concat()
}

/// Serves standard input as this adapter does.
///
/// # Errors
/// If a pipe breaks. The kit closes the pipes of many of these adapters.
pub(super) fn serve(misbehaviour: &Misbehaviour) -> io::Result<()> {
    let mut adapter = AdapterProcess::default();
    while let Some(request) = adapter.next()? {
        if (misbehaviour.when)(&request) {
            (misbehaviour.action)(&mut adapter, &request)?;
        } else {
            adapter.answer(&request.right_answer)?;
        }
    }
    Ok(())
}
