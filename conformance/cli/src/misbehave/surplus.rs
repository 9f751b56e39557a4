//! Adapters whose peers hand their channel what no peer may send. Everything else they do is right.

use std::io;

use serde_json::json;

use super::{
    adapter_process::{AdapterProcess, Request},
    misbehaviour::Misbehaviour,
};

/// The scenarios in which PINGs are answered.
const ARGUMENTS: &[&str] = &["--filter", "peer-live/*"];

pub(super) fn misbehaviours() -> Vec<Misbehaviour> {
    let surplus = [
        Misbehaviour::new(
            "sends-an-unknown-type",
            "sends a datagram of a type that does not exist after every PONG",
            is_about_a_session,
            |adapter, request| send_after_pongs(adapter, request, "ff"),
        ),
        Misbehaviour::new(
            "sends-an-empty-datagram",
            "sends an empty datagram after every PONG",
            is_about_a_session,
            |adapter, request| send_after_pongs(adapter, request, ""),
        ),
        Misbehaviour::new(
            "sends-a-thousand-zeros",
            "sends a thousand zero bytes after every PONG",
            is_about_a_session,
            |adapter, request| send_after_pongs(adapter, request, &"00".repeat(1000)),
        ),
        Misbehaviour::new(
            "sends-a-keepalive",
            "sends a KEEPALIVE, which belongs to no chapter, after every PONG",
            is_about_a_session,
            |adapter, request| send_after_pongs(adapter, request, "04"),
        ),
        Misbehaviour::new(
            "sends-a-message-of-another-chapter",
            "does not declare `focus`, and sends a FOCUS_STATE after every PONG",
            |request| request.is("hello") || is_about_a_session(request),
            |adapter, request| match request.is("hello") {
                true => declare_no_focus(adapter, request),
                false => send_after_pongs(adapter, request, "140100000000"),
            },
        ),
    ];
    surplus.map(|it| it.with_arguments(ARGUMENTS).expect(1, &["· LIVE-5 · wrong_sent"])).to_vec()
}

fn is_about_a_session(request: &Request) -> bool {
    request.is("step") || request.is("advance")
}

/// After each PONG, so that it does not matter how a scenario is divided into steps.
fn send_after_pongs(
    adapter: &mut AdapterProcess,
    request: &Request,
    surplus: &str,
) -> io::Result<()> {
    let mut answer = request.right_answer.clone();
    for observation in answer["ok"]["observations"].as_array_mut().into_iter().flatten() {
        let sent = observation["sent"].as_array().into_iter().flatten();
        let with_surplus = sent.flat_map(|datagram| {
            let is_pong = datagram.as_str().is_some_and(|hex| hex.starts_with("03"));
            [Some(datagram.clone()), is_pong.then(|| json!(surplus))]
        });
        observation["sent"] = with_surplus.flatten().collect();
    }
    adapter.answer(&answer)
}

fn declare_no_focus(adapter: &mut AdapterProcess, request: &Request) -> io::Result<()> {
    let mut answer = request.right_answer.clone();
    if let Some(capabilities) = answer["ok"]["capabilities"].as_array_mut() {
        capabilities.retain(|it| it != "focus");
    }
    adapter.answer(&answer)
}
