//! Files that are not logs, lines that do not belong to a log, and logs that would fill the memory.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
    process::{Command, Stdio},
};

use libtest_mimic::Failed;

use super::{found::findings, memory::watch};
use crate::support::Test;
use crate::support::{Outcome, ensure, rollwire, trial};

const HEADER: &str = r#"{"trace":1,"capabilities":["exchange","detect"]}"#;

pub(super) fn trials() -> Vec<Test> {
    vec![
        trial("every_way_to_exit", &[], exits),
        trial("a_line_that_is_none_is_named_and_the_rest_is_judged", &[], lines),
        trial("a_line_that_is_too_long_is_one_fault", &[], too_long),
        trial("a_cut_end_is_a_note", &[], cut),
        trial("reports_are_for_machines_too", &[], json),
        #[cfg(target_os = "linux")]
        trial("memory_does_not_depend_on_the_log", &[], memory),
    ]
}

fn exits() -> Outcome {
    let folder = tempfile::tempdir()?;
    let place = folder.path();
    let tick = r#"{"tick":{}}"#;
    let wrong = r#"{"tick":{},"sent":["0700000005aaaaaaaaaaaaaaaa"]}"#;
    for (name, text) in [
        ("right", format!("{HEADER}\n{tick}\n")),
        ("wrong", format!("{HEADER}\n{wrong}\n")),
        ("malformed", format!("{HEADER}\n{tick}\n{{\n{tick}\n")),
        ("header", format!("{HEADER}\n")),
        ("empty", String::new()),
        ("blank", "\n\r\n\n".to_owned()),
        ("headless", format!("{tick}\n")),
        ("nonsense", "hello\n".to_owned()),
        ("newer", HEADER.replace('1', "2")),
        ("older", HEADER.replace("1,", "1,\"revision\":3,")),
        ("odd", HEADER.replace("detect", "defect")),
        ("bare", HEADER.replace("\"exchange\",", "")),
    ] {
        fs::write(place.join(name), text)?;
    }
    for (arguments, code, words) in [
        (&["right"][..], 0, "right: 2 lines, 1 session, 1 stimulus: no rule broken"),
        (&["wrong"], 1, "FAIL  wrong:2 · sent · EXCH-1"),
        (&["malformed"], 1, "MALFORMED  malformed:3: the line cannot be read: EOF while parsing"),
        (&["header"], 4, "header: 1 line, 1 session, 0 stimuli: nothing was checked"),
        (&["empty"], 4, "error: empty: is empty"),
        (&["blank"], 4, "error: blank: is empty"),
        (
            &["headless"],
            2,
            "headless:1: there is no header before this line; a log begins with a line such as",
        ),
        (&["nonsense"], 2, "nonsense:1: is not a header of a log: the line is not a JSON object"),
        (&["newer"], 2, "the line names version 2 of the format; this rollwire reads version 1"),
        (&["older"], 2, "the line names revision 3; revisions with an exchange are 4 to 7"),
        (&["odd"], 2, "the line names the capability `defect`, which does not exist"),
        (&["bare"], 2, "the line does not declare the capability `exchange`"),
        (&["missing"], 2, "missing: cannot be read: "),
        (&["."], 2, ".: cannot be read: "),
        (&["-"], 4, "standard input: is empty"),
        (&["-", "-"], 2, "`-` is standard input, which can be read only once"),
        (&["right", "right"], 0, "no frame has two hashes"),
        (&["right", "wrong"], 1, "wrong:2"),
        (&["right", "header"], 4, "0 stimuli"),
        (&["right", "missing"], 2, "missing: cannot be read: "),
        (&["right", "right", "right"], 2, "unexpected argument"),
    ] {
        let mut command = rollwire(&["trace", "check"]);
        let said = crate::support::run(command.args(arguments).current_dir(place))?;
        let text = format!("{}{}", said.stdout, said.stderr);
        ensure(said.code == Some(code) && text.contains(words), || {
            format!("{arguments:?}: {:?}, not {code} and {words}:\n{text}", said.code)
        })?;
    }
    Ok(())
}

fn lines() -> Outcome {
    let hash = r#""hash":"aaaaaaaaaaaaaaaa""#;
    for (line, words) in [
        ("", None),
        ("nonsense", Some("is not a JSON object")),
        ("{nonsense", Some("cannot be read: key must be a string at column 2")),
        ("[1]", Some("is not a JSON object")),
        ("{}", Some("holds no stimulus")),
        (r#"{"sent":[]}"#, Some("holds no stimulus")),
        (r#"{"tick":{},"reset":{}}"#, Some("holds 2 stimuli; expected one")),
        (r#"{"tick":{},"tick":{}}"#, Some("duplicate field `tick`")),
        (r#"{"tick":{},"clock":[1,{}]}"#, None),
        (r#"{"tick":{},"sent":["0"]}"#, Some("cannot be read: ")),
        (r#"{"tick":{},"refused":[-1]}"#, Some("invalid value: integer `-1`")),
        (r#"{"tick":{},"sent":["02"]}"#, None),
        (&format!(r#"{{"confirm":{{"frame":4294967296,{hash}}}}}"#), Some("cannot be read: ")),
        (r#"{"confirm":{"frame":1,"hash":"AAAAAAAAAAAAAAAA"}}"#, Some("16 lower-case hex digits")),
        (r#"{"verified":5,"tick":{"a":1}}"#, None),
        (r#"{"recv":""}"#, None),
        (r#"{"trace":2}"#, Some("names version 2")),
        (&format!(r#"{{"tick":{{}},"x":{}1{}}}"#, "[".repeat(200), "]".repeat(200)), None),
    ] {
        let log = format!("{HEADER}\n{line}\n{{\"tick\":{{}}}}\n");
        let findings = findings(&log)?;
        let said = findings.malformed.first.first().map(|it| (it.line, &*it.text));
        let right = match (said, words) {
            (None, None) => true,
            (Some((2, said)), Some(words)) => said.contains(words),
            _ => false,
        };
        ensure(right && findings.lines == 3, || format!("{line}: {said:?}, not {words:?}"))?;
    }
    let log = format!("{HEADER}\n\u{1b}[31m\n");
    let said = findings(&log)?.malformed.first.remove(0).text;
    ensure(!said.contains('\u{1b}'), || said)
}

fn too_long() -> Outcome {
    let log = format!("{HEADER}\n{{\"recv\":\"{}\"}}\n{{\"tick\":{{}}}}\n", "0".repeat(5_000_000));
    let findings = findings(&log)?;
    let first = &findings.malformed.first[0];
    ensure((first.line, &*first.text) == (2, "is longer than 4194304 bytes"), || {
        format!("{first:?}")
    })?;
    ensure((findings.lines, findings.stimuli) == (3, 1), || format!("{findings:?}"))
}

fn cut() -> Outcome {
    let whole = findings(&format!("{HEADER}\n{{\"tick\":{{}}}}"))?;
    ensure((whole.stimuli, whole.cut) == (1, None), || format!("{whole:?}"))?;
    let cut = findings(&format!("{HEADER}\n{{\"tick\":{{}}}}\n{{\"ti"))?;
    ensure((cut.stimuli, cut.cut, cut.malformed.count) == (1, Some(3), 0), || format!("{cut:?}"))
}

fn json() -> Outcome {
    let folder = tempfile::tempdir()?;
    let wrong = r#"{"tick":{},"sent":["0700000005aaaaaaaaaaaaaaaa"]}"#;
    fs::write(folder.path().join("a"), format!("{HEADER}\n{wrong}\n"))?;
    let report = |arguments: &[&str]| -> Result<serde_json::Value, Failed> {
        let mut command = rollwire(&["trace", "check", "--format", "json"]);
        let said = crate::support::run(command.args(arguments).current_dir(&folder))?.exits(1)?;
        Ok(serde_json::from_str(&said.stdout)?)
    };
    let one = report(&["a"])?;
    let violation = &one["violations"][0];
    ensure(one["exit"] == 1 && violation["line"] == 2 && violation["rule"] == "EXCH-1", || {
        format!("{one:#}")
    })?;
    ensure(violation["got"] == "sent 5=aa", || format!("{one:#}"))?;
    let two = report(&["a", "a"])?;
    ensure(two["exit"] == 1 && two["logs"][1]["violations"] == one["violations"], || {
        format!("{two:#}")
    })?;
    ensure(two["crossing"]["ways"][0]["lost"]["count"] == 1, || format!("{two:#}"))
}

/// A log of some megabytes that never lets go of anything, beside an ordinary one.
#[cfg(target_os = "linux")]
fn memory() -> Outcome {
    const SIZE: u64 = 12_000_000;
    let folder = tempfile::tempdir()?;
    let place = folder.path().join("log");
    let hostile: [(&str, &dyn Fn(u32) -> String); 5] = [
        ("a queue that is never sent", &|n| {
            format!(r#"{{"confirm":{{"frame":{n},"hash":"aaaaaaaaaaaaaaaa"}}}}"#)
        }),
        ("a map that is never compared", &|n| format!(r#"{{"recv":"07{n:08x}aaaaaaaaaaaaaaaa"}}"#)),
        ("a mismatch in each line", &|n| {
            match n {
            0 => r#"{"confirm":{"frame":1,"hash":"aaaaaaaaaaaaaaaa"}}"#.to_owned(),
            _ => r#"{"recv":"0700000001bbbbbbbbbbbbbbbb","found":[{"frame":1,"local":"aaaaaaaaaaaaaaaa","peer":"bbbbbbbbbbbbbbbb"}]}"#.to_owned(),
        }
        }),
        ("long lines of little", &|n| {
            let little = ["\"07\"", "\"\"", "1"][n as usize % 3];
            let member = ["sent", "sent", "refused"][n as usize % 3];
            format!(
                r#"{{"tick":{{}},"{member}":[{}{little}]}}"#,
                format!("{little},").repeat(65_000)
            )
        }),
        ("violations of every kind", &|n| {
            let refused: Vec<String> = (0..n % 50).map(|it| it.to_string()).collect();
            format!(
                r#"{{"confirm":{{"frame":{n},"hash":"aaaaaaaaaaaaaaaa"}},"verified":{n},"refused":[{}]}}"#,
                refused.join(",")
            )
        }),
    ];
    logged_to(&place, |out| crate::support::logged::write(out, 1, SIZE, None).map(drop))?;
    bounded("an ordinary session", &place)?;
    for (name, line) in hostile {
        logged_to(&place, |out| {
            writeln!(out, "{HEADER}")?;
            let (mut written, mut number) = (0, 0);
            while written < SIZE {
                let line = line(number);
                written += line.len() as u64;
                number += 1;
                writeln!(out, "{line}")?;
            }
            Ok(())
        })?;
        bounded(name, &place)?;
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn logged_to(
    place: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> Outcome {
    let mut out = BufWriter::new(File::create(place)?);
    write(&mut out)?;
    Ok(out.flush()?)
}

#[cfg(target_os = "linux")]
fn bounded(name: &str, place: &Path) -> Outcome {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollwire"));
    command.args(["trace", "check"]).arg(place).arg(place);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    let memory = watch(&mut child).ok_or("VmHWM is not known")? / 1024.0;
    println!("{name}: {memory:.1} MiB");
    let code = child.wait()?.code();
    ensure(memory < 64.0 && matches!(code, Some(0 | 1)), || {
        format!("{name}: {memory} MiB, {code:?}")
    })
}
