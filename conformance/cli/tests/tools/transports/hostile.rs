//! Peers that are not adapters: each run ends within its limits, with its exit code and one message.

use std::{
    io::Write,
    net::TcpListener,
    process::{Command, Stdio},
};

use libtest_mimic::Failed;

use super::{
    holds, lacks,
    peer::{Deed, freeze, listen, read_a_line, wrong},
    plain, rollwire_in,
};
use crate::support::Test;
use crate::support::{Outcome, ensure, rollwire};

pub(crate) fn trials() -> Vec<Test> {
    plain(&[
        ("hostile_nothing_listens", nothing_listens),
        ("hostile_a_peer_that_says_nothing", silent),
        ("hostile_a_peer_that_closes_at_once", closes),
        ("hostile_a_peer_that_is_something_else", banner),
        ("hostile_a_peer_that_closes_in_the_middle_of_a_line", half),
        ("hostile_a_peer_that_floods", floods),
        ("hostile_a_peer_that_never_reads", never_reads),
        ("hostile_a_peer_that_goes_away_for_good", goes_away),
        ("hostile_a_peer_that_does_not_leave", stays),
        ("hostile_ctrl_c_while_nothing_comes", interrupted),
    ])
}

/// Why a run was incomplete. No peer needs the time that it has to answer hello.
fn incomplete(address: &str) -> Result<String, Failed> {
    incomplete_within("50s", address)
}

fn incomplete_within(startup: &str, address: &str) -> Result<String, Failed> {
    let folder = tempfile::tempdir()?;
    let limits = ["--startup-timeout", startup, "--seed", "1"];
    let arguments = [&["check", "--adapter", address][..], &limits].concat();
    let ran = rollwire_in(folder.path(), &arguments, 3)?;
    let reason = ran.stdout.lines().find_map(|line| line.strip_prefix("incomplete: "));
    Ok(reason.ok_or_else(|| ran.stdout.clone())?.to_owned())
}

fn is(found: Result<String, Failed>, expected: &str) -> Outcome {
    let found = found?;
    ensure(found == expected, || format!("`{found}`, not `{expected}`"))
}

fn nothing_listens() -> Outcome {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let reason = incomplete(&format!("tcp:127.0.0.1:{port}"))?;
    let begin = format!("cannot connect to `tcp:127.0.0.1:{port}`: ");
    ensure(reason.starts_with(&begin), || reason.clone())?;
    holds(&reason, "; nothing listens there; start the adapter first")
}

fn silent() -> Outcome {
    let expected = "the adapter did not answer hello within 1s: does it flush its answers? `--startup-timeout` raises the limit";
    is(incomplete_within("1s", &listen(|_stream| freeze())), expected)
}

fn closes() -> Outcome {
    let expected = "the adapter closed the connection before it answered hello";
    is(incomplete(&listen(drop)), expected)?;
    is(incomplete(&listen(|stream| read_a_line(&stream))), expected)
}

fn banner() -> Outcome {
    let address = listen(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n");
        read_a_line(&stream);
        freeze()
    });
    let expected = "before it answered hello: a line on the connection is not JSON: `HTTP/1.1 400 Bad Request` (expected value at line 1 column 1); logs belong on standard error";
    is(incomplete(&address), expected)
}

fn half() -> Outcome {
    let address = listen(|mut stream| {
        read_a_line(&stream);
        let _ = stream.write_all(b"{\"id\":0,\"ok\":{\"proto");
    });
    is(incomplete(&address), "the adapter closed the connection before it answered hello")
}

fn floods() -> Outcome {
    let endless = listen(|mut stream| while stream.write_all(&[b'x'; 65_536]).is_ok() {});
    let expected =
        "before it answered hello: a line on the connection is longer than 4194304 bytes";
    is(incomplete(&endless), expected)?;
    let empty = listen(|mut stream| while stream.write_all(&[b'\n'; 65_536]).is_ok() {});
    holds(&incomplete_within("1s", &empty)?, "the adapter did not answer hello within 1s")
}

/// The large cases do not fit into the buffers of a connection, so that writing blocks.
fn never_reads() -> Outcome {
    let folder = tempfile::tempdir()?;
    let address = wrong(|it| if it["op"] == "decode" { Deed::Freeze } else { Deed::Answer });
    let arguments = ["check", "--adapter", &address, "--timeout", "300ms", "--patience", "300ms"];
    let ran = rollwire_in(folder.path(), &arguments, 3)?;
    holds(&ran.stdout, "got no answer within 300ms")?;
    // And behind the probes, with a request of megabytes on its way.
    let large = wrong(|it| {
        let length = it["hex"].as_str().map_or(0, str::len);
        if it["op"] == "decode" && length > 26 { Deed::Freeze } else { Deed::Answer }
    });
    let limits = [
        "--timeout",
        "300ms",
        "--patience",
        "2s",
        "--restarts",
        "2",
        "--filter",
        "{ping,input-response}/*",
    ];
    let arguments = [&["check", "--adapter", &large][..], &limits].concat();
    let ran = rollwire_in(folder.path(), &arguments, 3)?;
    holds(&ran.stdout, "the restart budget of 2 is spent")?;
    holds(&ran.stdout, "got       no answer within")
}

fn goes_away() -> Outcome {
    let folder = tempfile::tempdir()?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("tcp:{}", listener.local_addr()?);
    std::thread::spawn(move || {
        let Ok((stream, _)) = listener.accept() else { return };
        // Nothing listens any more; the connection ends at the first case.
        drop(listener);
        let input = std::io::Read::take(&stream, 1500);
        let _ = rollwire_reference_adapter::serve(input, &stream);
    });
    let arguments = ["check", "--adapter", &address, "--filter", "ping/*", "--window", "4"];
    let ran = rollwire_in(folder.path(), &arguments, 3)?;
    let text = "incomplete: the adapter did not come back after a fault: cannot connect to `tcp:";
    holds(&ran.stdout, text)
}

fn stays() -> Outcome {
    let folder = tempfile::tempdir()?;
    let address = listen(|stream| {
        let _ = rollwire_reference_adapter::serve(&stream, &stream);
        freeze()
    });
    let arguments = ["check", "--adapter", &address, "--filter", "ping/*"];
    let ran = rollwire_in(folder.path(), &arguments, 0)?;
    let text = "note: at the end of the run the adapter did not close the connection; it should when its input ends\n";
    holds(&ran.stdout, text)
}

#[cfg(unix)]
fn interrupted() -> Outcome {
    let (accepted, connected) = std::sync::mpsc::sync_channel(1);
    let address = listen(move |_stream| {
        let _ = accepted.send(());
        freeze()
    });
    // It would wait for hello for longer than this test may take.
    let mut command = rollwire(&["check", "--adapter", &address, "--startup-timeout", "1h"]);
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    connected.recv()?;
    Command::new("kill").args(["-INT", &child.id().to_string()]).status()?;
    let output = child.wait_with_output()?;
    let text = String::from_utf8(output.stdout)?;
    ensure(output.status.code() == Some(130), || format!("{:?}\n{text}", output.status))?;
    lacks(&text, "did not answer")?;
    holds(&text, "incomplete: interrupted by signal 2")
}

#[cfg(not(unix))]
fn interrupted() -> Outcome {
    Ok(())
}
