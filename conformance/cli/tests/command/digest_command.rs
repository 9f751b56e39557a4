//! `rollwire digest`, driven as a process.

use std::{fs, path::PathBuf};

use crate::run::run;

/// Files of states, in a folder of their own.
struct States(tempfile::TempDir);

impl States {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// What is printed about these files, without the name of the folder.
    fn digest(&self, arguments: &[&str], code: i32) -> String {
        let paths: Vec<String> = arguments
            .iter()
            .map(|it| {
                let is_file = it.ends_with(".json");
                if is_file { self.path(it).display().to_string() } else { (*it).to_owned() }
            })
            .collect();
        let mut all = vec!["digest"];
        all.extend(paths.iter().map(String::as_str));
        let (stdout, stderr) = run(&all, code);
        let folder = format!("{}{}", self.0.path().display(), std::path::MAIN_SEPARATOR);
        (stdout + &stderr).replace(&folder, "")
    }
}

#[test]
fn a_state_has_its_digits_in_either_form() {
    let states = States::new(&[("state.json", "{\"x\": 1.0, \"t\": 0}\n")]);
    let sixteen = states.digest(&["state.json"], 0);
    assert_eq!(sixteen, "cd8696e8a5f91a4d\n{\"t\":0,\"x\":1}\n");
    let eight = states.digest(&["--form", "episode_ready", "state.json"], 0);
    assert_eq!(eight, "da370eb8\n{\"t\": 0, \"x\": 1.0}\n");
}

#[test]
fn two_states_that_differ_say_where() {
    let states = States::new(&[
        ("mine.json", r#"{"frame":150,"players":[{"x":1},{"x":0.1,"name":"a"}]}"#),
        ("theirs.json", r#"{"players":[{"x":1.0},{"name":"a","x":0.3}],"frame":150}"#),
        ("less.json", r#"{"players":[{"x":1.0}],"frame":150}"#),
    ]);
    insta::assert_snapshot!("digest_difference", states.digest(&["mine.json", "theirs.json"], 1));
    insta::assert_snapshot!("digest_missing", states.digest(&["mine.json", "less.json"], 1));
}

#[test]
fn what_the_digest_does_not_see_is_no_difference() {
    let states = States::new(&[
        ("one.json", r#"{"a":1,"b":"\u0061"}"#),
        ("other.json", r#" {"b":"a", "a":2, "a":1.00000000000000000001}"#),
    ]);
    let text = states.digest(&["one.json", "other.json"], 0);
    assert!(text.ends_with("the same canonical text, and the same digits\n"), "{text}");
    // The 8-digit form sees how a number is spelled.
    let text = states.digest(&["one.json", "other.json", "--form", "episode_ready"], 1);
    assert!(
        text.contains("first difference at $.a\n  one.json    1\n  other.json  1.0\n"),
        "{text}"
    );
}

#[test]
fn what_is_no_state_is_refused_with_its_rule() {
    let deep = "[".repeat(101) + &"]".repeat(101);
    let endless = "[".repeat(1_000_000);
    let states = States::new(&[
        ("comma.json", "[1,]"),
        ("scalar.json", "1"),
        ("deep.json", &deep),
        ("endless.json", &endless),
        ("empty.json", ""),
    ]);
    for (name, class, rule) in [
        ("comma.json", "text", "DIGEST-1"),
        ("scalar.json", "value", "DIGEST-2"),
        ("deep.json", "range", "DIGEST-3"),
        ("endless.json", "text", "DIGEST-1"),
        ("empty.json", "text", "DIGEST-1"),
    ] {
        let text = states.digest(&[name], 1);
        assert!(text.starts_with(&format!("refused · {name} · {class}: expected ")), "{text}");
        assert!(text.contains(&format!("({rule})\n  {rule} ")), "{text}");
    }
}

#[test]
fn files_that_cannot_be_read_are_a_wrong_command_line() {
    let states = States::new(&[("state.json", "{}")]);
    for wrong in [&["nowhere.json"][..], &["."], &["-", "-"], &["--form", "md5", "state.json"]] {
        let text = states.digest(wrong, 2);
        assert!(text.starts_with("error: "), "{text}");
    }
}

/// Many members, and a megabyte of one number: bounded by what is there.
#[test]
fn a_large_state_is_no_reason_to_wait() {
    let members: Vec<String> = (0..100_000).map(|it| format!("\"{}\":{it}", it % 50_000)).collect();
    let states = States::new(&[
        ("members.json", &format!("{{{}}}", members.join(","))),
        ("digits.json", &format!("[0.{}]", "1".repeat(1_000_000))),
    ]);
    assert!(states.digest(&["members.json"], 0).contains("\"9\":50009"));
    assert!(states.digest(&["digits.json"], 0).ends_with("\n[0.1111111111]\n"));
}
