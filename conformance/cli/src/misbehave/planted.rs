//! Adapters that plant a link or a pipe where the kit is going to write a file.

use std::{io, process::Command};

use serde_json::json;

use super::{
    adapter_process::{AdapterProcess, Request},
    misbehaviour::{Misbehaviour, PRECIOUS},
};

/// The file that the kit writes if a random scenario fails. Its name follows from the seed, which the selftest
/// gives.
const SHRUNK: &str = "rollwire-shrunk-0000000000000001.json";

pub(super) fn misbehaviours() -> Vec<Misbehaviour> {
    let planted = [
        Misbehaviour::new(
            "plants-a-link",
            "links the file of failed scenarios to a file of the user, and sends no hash",
            is_about_sending,
            |adapter, request| plant_and_send_nothing(adapter, request, link),
        ),
        Misbehaviour::new(
            "plants-a-pipe",
            "makes a named pipe of the file of failed scenarios, and sends no hash",
            is_about_sending,
            |adapter, request| plant_and_send_nothing(adapter, request, pipe),
        ),
    ];
    let says = &["rollwire-shrunk-0000000000000001.json has the random scenarios that failed"];
    planted
        .map(|it| {
            it.with_arguments(&["--fresh", "1", "--filter", "fresh/exchange/*"]).expect(1, says)
        })
        .to_vec()
}

fn is_about_sending(request: &Request) -> bool {
    ["hello", "step", "advance"].iter().any(|it| request.is(it))
}

fn plant_and_send_nothing(
    adapter: &mut AdapterProcess,
    request: &Request,
    plant: fn() -> io::Result<()>,
) -> io::Result<()> {
    let mut answer = request.right_answer.clone();
    if request.is("hello") {
        // After a restart it is there already.
        let _ = plant();
    }
    for observation in answer["ok"]["observations"].as_array_mut().into_iter().flatten() {
        observation["sent"] = json!([]);
    }
    adapter.answer(&answer)
}

fn link() -> io::Result<()> {
    #[cfg(unix)]
    std::os::unix::fs::symlink(PRECIOUS, SHRUNK)?;
    #[cfg(not(unix))]
    let _ = (PRECIOUS, SHRUNK);
    Ok(())
}

fn pipe() -> io::Result<()> {
    Command::new("mkfifo").arg(SHRUNK).status().map(drop)
}
