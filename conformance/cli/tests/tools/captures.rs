//! A capture as Wireshark shows it.

use std::{fs, process::Command};

use crate::support::{Outcome, TSHARK, Test, ensure, rollwire, run, trial};

pub(crate) fn tests() -> Vec<Test> {
    vec![trial("wireshark_reads_an_exported_capture", &[&TSHARK], exported)]
}

const CAPTURE: &str = r#"{"capture":1,"peer":"ann","origin":1790000000000}
{"at":0,"channel":"open"}
{"at":100.25,"sent":"104059000000000000"}
{"at":131.5,"received":"114059000000000000"}
{"at":200,"received":"0700"}
{"at":300,"refused":"0700000096bbbbbbbbbbbbbbbb"}
{"at":310,"sent":{"text":"not a datagram"}}
{"at":320,"channel":"closed"}
{"at":330,"sent":"04"}
"#;

fn exported() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    fs::write(path("ann.jsonl"), CAPTURE)?;
    let export = ["capture", "export", &path("ann.jsonl"), "--output", &path("ann.pcapng")];
    run(&mut rollwire(&export))?.exits(0)?;
    run(&mut rollwire(&["tools", "wireshark", "--output", &path("rollwire.lua")]))?.exits(0)?;
    let script = format!("lua_script:{}", path("rollwire.lua"));
    let fields = ["frame.time_epoch", "frame.interface_name", "_ws.col.Info", "frame.comment"];
    let mut tshark = Command::new(TSHARK.name);
    tshark.args(["-X", &script, "-r", &path("ann.pcapng"), "-T", "fields", "-E", "aggregator=;"]);
    tshark.args(fields.iter().flat_map(|field| ["-e", field])).env("HOME", folder.path());
    let printed = run(&mut tshark)?.exits(0)?.stdout;
    let rows: Vec<Vec<&str>> = printed.lines().map(|line| line.split('\t').collect()).collect();
    let expected = [
        ["1790000000.100250000", "ann sent", "VALIDATION_PING timestamp 100", "the channel opened"],
        ["1790000000.131500000", "ann received", "VALIDATION_PONG timestamp 100", ""],
        ["1790000000.200000000", "ann received", "STATE_HASH", "STATE_HASH-1: a datagram that"],
        ["1790000000.300000000", "ann refused", "STATE_HASH frame 150 hash bbbb", ""],
        ["1790000000.330000000", "ann sent", "KEEPALIVE", "the channel closed;PEER-3: a datagram"],
    ];
    ensure(rows.len() == expected.len(), || printed.clone())?;
    for (row, expected) in rows.iter().zip(expected) {
        for (cell, expected) in row.iter().zip(expected) {
            ensure(cell.contains(expected), || format!("{expected:?} is missing in {row:?}"))?;
        }
    }
    Ok(())
}
