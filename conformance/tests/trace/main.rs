//! Sessions that a game has logged: what is right is accepted, and what is wrong is found where it is.

mod chance;
mod found;
mod games;
mod hostile;
#[path = "../tools/javascript.rs"]
mod javascript;
#[path = "../tools/logged.rs"]
mod logged;
#[path = "../../benches/common/memory.rs"]
mod memory;
#[path = "../tools/planted.rs"]
mod planted;
mod replay;
#[path = "../tools/mod.rs"]
mod tools;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut trials = games::trials();
    trials.extend(replay::trials());
    trials.extend(found::trials());
    trials.extend(chance::trials());
    trials.extend(hostile::trials());
    tools::run_all(trials)
}
