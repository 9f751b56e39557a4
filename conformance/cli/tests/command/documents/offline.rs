//! What rollwire says about recorded answers, a table of `spec/adapter.md`: each row is brought about by
//! a file of answers that is wrong in that way.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use crate::documents::{
    faults::fits,
    markdown::{code_spans, rows, text},
};

/// What was said of a file of answers, line by line, and how the run ended.
struct Judged {
    lines: Vec<String>,
    exit: i32,
}

fn rollwire(folder: &Path, arguments: &[&str], input: Stdio, output: Stdio) -> Judged {
    let child = Command::new(env!("CARGO_BIN_EXE_rollwire"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(input)
        .stdout(output)
        .stderr(Stdio::piped())
        .spawn();
    let ended = child.expect("rollwire").wait_with_output().expect("its end");
    let said = [ended.stdout, ended.stderr].map(|it| String::from_utf8(it).expect("UTF-8"));
    let lines = said.iter().flat_map(|text| text.lines()).map(str::to_owned).collect();
    Judged { lines, exit: ended.status.code().expect("a code") }
}

/// Judges the answers to the requests about one case, once they have been changed.
fn judged(change: impl FnOnce(&mut Vec<String>)) -> Judged {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path();
    let (requests, answers) = (place.join("requests"), place.join("answers"));
    let choice = ["check", "--filter", "state-hash/basic", "--fresh", "0"];
    let dump = [&choice[..], &["--dump", "requests"]].concat();
    assert_eq!(rollwire(place, &dump, Stdio::null(), Stdio::piped()).exit, 0);
    let input = fs::File::open(requests).expect("requests").into();
    let output = fs::File::create(&answers).expect("answers").into();
    assert_eq!(rollwire(place, &["adapter"], input, output).exit, 0);
    let recorded = fs::read_to_string(&answers).expect("answers");
    let mut lines: Vec<String> = recorded.lines().map(str::to_owned).collect();
    change(&mut lines);
    // The last line has its end only where it is whole.
    let whole = lines.last().is_some_and(|line| line.ends_with('}'));
    fs::write(&answers, lines.join("\n") + if whole { "\n" } else { "" }).expect("answers");
    rollwire(
        place,
        &[&choice[..], &["--answers", "answers", "--verbose"]].concat(),
        Stdio::null(),
        Stdio::piped(),
    )
}

/// Files that are wrong, in the order of the table. The case comes after hello, the probe and
/// 96 canaries.
fn wrong_files() -> Vec<Judged> {
    const CASE: usize = 98;
    vec![
        judged(|lines| drop(lines.remove(CASE))),
        judged(|lines| lines.push(lines[CASE].clone())),
        judged(|lines| lines.insert(CASE + 1, "decoding".to_owned())),
        judged(|lines| {
            let last = lines.last_mut().expect("a line");
            last.truncate(last.len() / 2);
        }),
        judged(|lines| lines[1] = "{\"id\":1,\"reject\":{}}".to_owned()),
        judged(|lines| drop(lines.remove(0))),
        judged(|lines| {
            let nonce = lines[0].find("\"nonce\":\"").expect("a nonce") + 9;
            lines[0].replace_range(nonce..nonce + 32, &"0".repeat(32));
        }),
    ]
}

#[test]
fn every_row_about_recorded_answers_is_what_a_wrong_file_meets() {
    let chapter = text("spec/adapter.md");
    let table = rows(&chapter, "In the file of answers");
    // A file of more than 1 GiB is made by the tests of transports.
    let (large, table) = table.split_last().expect("rows");
    assert!(large[0].contains("1 GiB"), "{large:?}");
    let files = wrong_files();
    assert_eq!(table.len(), files.len());
    for (row, file) in table.iter().zip(&files) {
        let said = |pattern: &str| {
            let prefixes = ["      got       ", "note: ", "error: "];
            file.lines.iter().any(|line| {
                prefixes.iter().filter_map(|it| line.strip_prefix(it)).any(|it| fits(pattern, it))
            })
        };
        let patterns = code_spans(row[1]);
        assert!(patterns.is_empty() || said(&patterns.concat()), "{row:?}: {:#?}", file.lines);
        let result = row[2].replace('`', "");
        if let Some(code) = result.strip_prefix("exit ") {
            assert_eq!(file.exit.to_string(), code, "{row:?}: {:#?}", file.lines);
        } else if let Some(code) = result.strip_prefix("error ") {
            let code = format!(" · {}", code.split(' ').next().unwrap_or_default());
            let told = |line: &String| line.starts_with("ERROR  ") && line.ends_with(&code);
            assert!(file.lines.iter().any(told), "{row:?}: {:#?}", file.lines);
            assert_eq!(file.exit, 1, "{row:?}");
        }
    }
}
