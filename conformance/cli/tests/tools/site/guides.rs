//! The guides: what they tell to write is written, what they tell to run is run, and what they print is printed.
//!
//! A guide is played in a folder of its own, from its first block to its last. Blocks marked `sh` are run, each
//! by one shell that ends at the first command that fails; `# exit N` at the end of a line says that it exits
//! with N. A block below `<!-- write FILE -->` or `<!-- append FILE -->` is written to that file. Below
//! `<!-- prints -->` stands a part of what the last commands have printed; `…` stands for anything in a line.

use std::{fs, path::Path, process::Command};

use libtest_mimic::Failed;

use super::root;
use crate::support::{CC, NODE, Outcome, PYTHON, Test, Tool, ensure, fail, run, trial};

/// The guides, and what their commands need.
static GUIDES: [(&str, &[&Tool]); 5] = [
    ("port-in-an-hour", &[&PYTHON]),
    ("ci-in-five-minutes", &[&NODE]),
    ("my-players-desync", &[]),
    ("c-and-sanitizers", &[&CC]),
    ("fuzzing-at-scale", &[&NODE]),
];

pub(super) fn tests() -> Vec<Test> {
    let mut tests = vec![trial("guides::each_is_played", &[], all_are_listed)];
    // They are written for a shell, and for the sanitizers of a compiler on Linux.
    if cfg!(target_os = "linux") {
        tests.push(trial("guides::a_wrong_guide_is_noticed", &[], wrong_ones));
        tests.extend(GUIDES.iter().map(|(name, needs)| {
            trial(format!("guides::{}", name.replace('-', "_")), needs, move || {
                let path = format!("site/guides/{name}.md");
                let played = play(&fs::read_to_string(root().join(&path))?)?;
                ensure(played > 2, || format!("{path} runs only {played} blocks"))
            })
        }));
    }
    tests
}

fn all_are_listed() -> Outcome {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join("site/guides"))? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|it| it.to_str()).ok_or("a name")?;
        found.push(name.to_owned());
    }
    found.sort_unstable();
    let mut listed: Vec<&str> = GUIDES.iter().map(|it| it.0).collect();
    listed.sort_unstable();
    ensure(found == listed, || format!("{found:?} are in the folder, and {listed:?} are played"))
}

/// A block of a guide.
struct Block<'a> {
    line: usize,
    kind: &'a str,
    /// The comment above it, without its marks.
    above: &'a str,
    text: String,
}

fn blocks(guide: &str) -> Vec<Block<'_>> {
    let (mut found, mut open): (Vec<Block<'_>>, Option<Block<'_>>) = (Vec::new(), None);
    let mut above = "";
    for (index, line) in guide.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(kind)) => {
                open = Some(Block { line: index + 1, kind, above, text: String::new() });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(block), None) => block.text = format!("{}{line}\n", block.text),
            (None, None) => {
                let comment = line.strip_prefix("<!-- ").and_then(|it| it.strip_suffix(" -->"));
                above = comment.unwrap_or_default();
            }
        }
    }
    found
}

/// Plays a guide, and counts the blocks that were run.
fn play(guide: &str) -> Result<u32, Failed> {
    let folder = tempfile::tempdir()?;
    let (mut printed, mut played) = (String::new(), 0);
    for Block { line, kind, above, text } in blocks(guide) {
        let path = above.split_once(' ').map(|(_, file)| folder.path().join(file));
        match (above.split(' ').next().unwrap_or_default(), path) {
            ("write", Some(path)) => {
                fs::create_dir_all(path.parent().ok_or("a folder")?)?;
                fs::write(path, text)?;
            }
            ("append", Some(path)) => fs::write(&path, fs::read_to_string(&path)? + &text)?,
            ("prints", _) => {
                let is_there = stands_in(&text, &printed);
                ensure(is_there, || {
                    format!("line {line} is not printed:\n{text}\nbut:\n{printed}")
                })?;
            }
            ("elsewhere", _) => {}
            _ if kind == "sh" => {
                printed = shell(&text, folder.path())
                    .map_err(|why| format!("line {line}: {}", why.message().unwrap_or_default()))?;
                played += 1;
            }
            _ => {}
        }
    }
    Ok(played)
}

/// Runs a block, and returns what it printed.
fn shell(block: &str, folder: &Path) -> Result<String, Failed> {
    let mut script = String::from("set -euo pipefail\n");
    for line in block.lines() {
        match line.split_once("# exit ") {
            Some((command, code)) => {
                script += &format!(
                    "code=0; {command} || code=$?; [ $code = {code} ] || {{ echo exit $code; exit 99; }}\n"
                );
            }
            None => script += &format!("{line}\n"),
        }
    }
    // The command is on the path, as it is for a reader.
    let programs = Path::new(env!("CARGO_BIN_EXE_rollwire")).parent().ok_or("a folder")?;
    let path = format!("{}:{}", programs.display(), std::env::var("PATH")?);
    let mut bash = Command::new("bash");
    bash.args(["-c", &script]).current_dir(folder).env("PATH", path);
    // As for a reader, and not as for CI.
    bash.env("NO_COLOR", "1").env_remove("CI").env_remove("GITHUB_ACTIONS");
    let finished = run(&mut bash)?;
    let said = format!("{}{}", finished.stdout, finished.stderr);
    ensure(finished.code == Some(0), || format!("exit {:?}\n{block}\n{said}", finished.code))?;
    Ok(said)
}

/// Whether these lines stand in a text, one directly below the other.
fn stands_in(part: &str, whole: &str) -> bool {
    let part: Vec<&str> = part.lines().collect();
    let whole: Vec<&str> = whole.lines().collect();
    let is_like = |line: &str, expected: &str| {
        let mut parts = expected.split('…');
        let Some(mut rest) = line.strip_prefix(parts.next().unwrap_or_default()) else {
            return false;
        };
        for part in parts {
            let Some(at) = rest.find(part) else { return false };
            rest = if part.is_empty() { "" } else { &rest[at + part.len()..] };
        }
        rest.is_empty()
    };
    let alike =
        |lines: &[&str]| lines.iter().zip(&part).all(|(line, expected)| is_like(line, expected));
    !part.is_empty() && whole.windows(part.len()).any(alike)
}

fn wrong_ones() -> Outcome {
    for wrong in [
        "```sh\nrollwire inspect 0405\n```\n",
        "```sh\nrollwire inspect 04 # exit 1\n```\n",
        "```sh\nrollwire inspect 04\n```\n\n<!-- prints -->\n```text\nKEEPALIVE · 2 bytes\n```\n",
        "<!-- append no-such-file -->\n```text\nx\n```\n",
    ] {
        if play(wrong).is_ok() {
            return fail(format!("this is not noticed:\n{wrong}"));
        }
    }
    let right = "<!-- write a/b -->\n```text\n04\n```\n\n```sh\nrollwire inspect --file a/b\nfalse # exit 1\n```\n\n\
                 <!-- prints -->\n```text\nKEEPALIVE · … byte\n```\n";
    ensure(play(right)? == 1, || "a right guide is refused".to_owned())
}
