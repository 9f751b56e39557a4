//! Sessions that a game has logged: what is right is accepted, and what is wrong is found where it is.

mod chance;
mod found;
mod games;
mod hostile;
#[path = "../../../benches/common/memory.rs"]
mod memory;
mod peers;
mod replay;

use crate::support::Test;

pub(crate) fn tests() -> Vec<Test> {
    let mut trials = games::trials();
    trials.extend(replay::trials());
    trials.extend(peers::trials());
    trials.extend(found::trials());
    trials.extend(chance::trials());
    trials.extend(hostile::trials());
    trials
}
