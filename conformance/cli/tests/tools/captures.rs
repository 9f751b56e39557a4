//! A capture as Wireshark shows it, and captures that its programs have written.

use std::{fs, process::Command};

use libtest_mimic::Failed;
use tempfile::TempDir;

use crate::support::{Outcome, TEXT2PCAP, TSHARK, Test, ensure, rollwire, run, trial};

pub(crate) fn tests() -> Vec<Test> {
    vec![
        trial("wireshark_reads_an_exported_capture", &[&TSHARK], exported),
        trial("what_wireshark_saves_is_read_as_the_capture_was", &[&TSHARK], saved),
        trial("what_text2pcap_writes_is_read_if_it_says_who_sent", &[&TEXT2PCAP], converted),
    ]
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
    let fields = [
        "frame.time_epoch",
        "frame.interface_name",
        "frame.packet_flags_direction",
        "_ws.col.Info",
        "frame.comment",
    ];
    let mut tshark = Command::new(TSHARK.name);
    tshark.args(["-X", &script, "-r", &path("ann.pcapng"), "-T", "fields", "-E", "aggregator=;"]);
    tshark.args(fields.iter().flat_map(|field| ["-e", field])).env("HOME", folder.path());
    let printed = run(&mut tshark)?.exits(0)?.stdout;
    let rows: Vec<Vec<&str>> = printed.lines().map(|line| line.split('\t').collect()).collect();
    let expected = [
        ["1790000000.000000000", "ann", "", "", "the channel opened"],
        ["1790000000.100250000", "ann", "2", "VALIDATION_PING timestamp 100", ""],
        ["1790000000.131500000", "ann", "1", "VALIDATION_PONG timestamp 100", ""],
        ["1790000000.200000000", "ann", "1", "STATE_HASH", "STATE_HASH-1: a datagram that"],
        ["1790000000.300000000", "ann", "2", "STATE_HASH frame 150", "refused by the channel"],
        ["1790000000.310000000", "ann", "2", "", "a text frame"],
        ["1790000000.320000000", "ann", "", "", "the channel closed"],
        ["1790000000.330000000", "ann", "2", "KEEPALIVE", "PEER-3: a datagram"],
    ];
    ensure(rows.len() == expected.len(), || printed.clone())?;
    for (row, expected) in rows.iter().zip(expected) {
        for (cell, expected) in row.iter().zip(expected) {
            ensure(cell.contains(expected), || format!("{expected:?} is missing in {row:?}"))?;
        }
    }
    Ok(())
}

/// A folder in which `ann.jsonl` and its export lie.
fn folder() -> Result<TempDir, Failed> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("ann.jsonl"), CAPTURE)?;
    capture(&folder, &["export", "ann.jsonl", "--output", "ann.pcapng"], 0)?;
    Ok(folder)
}

/// What `rollwire capture` prints in a folder, to either stream.
fn capture(folder: &TempDir, arguments: &[&str], code: i32) -> Result<String, Failed> {
    let mut command = rollwire(&[&["capture"], arguments].concat());
    let finished = run(command.current_dir(folder.path()))?.exits(code)?;
    Ok(finished.stdout + &finished.stderr)
}

fn program(folder: &TempDir, name: &str, arguments: &[&str]) -> Outcome {
    let mut command = Command::new(name);
    run(command.args(arguments).current_dir(folder.path()).env("HOME", folder.path()))?.exits(0)?;
    Ok(())
}

fn saved() -> Outcome {
    let folder = folder()?;
    let show = |name: &str, code: i32| capture(&folder, &["show", name, "--json"], code);
    let exported = show("ann.pcapng", 0)?;
    let records = CAPTURE.lines().count() - 1;
    ensure(exported.lines().count() == records, || exported.clone())?;
    program(&folder, TSHARK.name, &["-r", "ann.pcapng", "-w", "saved.pcapng"])?;
    let saved = show("saved.pcapng", 0)?;
    ensure(saved == exported, || format!("{saved}\n{exported}"))?;
    let report = |name: &str| -> Result<String, Failed> {
        Ok(capture(&folder, &["check", name], 1)?.replace(name, "FILE"))
    };
    ensure(report("saved.pcapng")? == report("ann.pcapng")?, || saved.clone())?;
    // A pcap loses the comments. So less is known, and what is not known is not judged.
    program(&folder, TSHARK.name, &["-r", "ann.pcapng", "-F", "pcap", "-w", "saved.pcap"])?;
    let shown = show("saved.pcap", 1)?;
    ensure(shown.matches("\"sent\":\"10").count() == 1, || shown.clone())?;
    ensure(shown.matches("\"received\"").count() == 2, || shown.clone())?;
    let report = capture(&folder, &["check", "saved.pcap"], 1)?;
    let wrong = report.contains("STATE_HASH-1") && !report.contains("PEER-3");
    let undirected = "is a packet that does not say whether it was sent or received";
    ensure(wrong && report.matches(undirected).count() == 1, || report.clone())
}

fn converted() -> Outcome {
    let folder = tempfile::tempdir()?;
    let bytes = "0000  07 00 00 00 05 aa aa aa aa aa aa aa aa\n";
    let text = format!("O 10:00:00.500\n{bytes}I 10:00:00.750\n0000 07 00\n");
    fs::write(folder.path().join("directed.txt"), text)?;
    fs::write(folder.path().join("plain.txt"), format!("{bytes}{bytes}"))?;
    let convert = |options: &[&str], from: &str, to: &str| {
        program(&folder, TEXT2PCAP.name, &[&["-q", "-l", "147"], options, &[from, to]].concat())
    };
    convert(&["-D", "-t", "%H:%M:%S.%f"], "directed.txt", "directed.pcapng")?;
    let shown = capture(&folder, &["show", "directed.pcapng"], 0)?;
    let rows: Vec<&str> = shown.lines().collect();
    let expected =
        ["0.000  sent      STATE_HASH of frame 5", "0.250  received  0700  STATE_HASH-1"];
    let are_there = rows.iter().zip(expected).all(|(row, expected)| row.contains(expected));
    ensure(rows.len() == 3 && are_there, || shown.clone())?;
    convert(&[], "plain.txt", "plain.pcapng")?;
    convert(&["-F", "pcap"], "plain.txt", "plain.pcap")?;
    for name in ["plain.pcapng", "plain.pcap"] {
        let refused = capture(&folder, &["check", name], 2)?;
        ensure(refused.contains("does not say whether it was sent or received"), || refused)?;
        for way in ["sent", "received"] {
            let shown = capture(&folder, &["show", name, "--assume-direction", way], 0)?;
            ensure(shown.matches(&format!(" {way} ")).count() == 2, || shown)?;
        }
    }
    Ok(())
}
