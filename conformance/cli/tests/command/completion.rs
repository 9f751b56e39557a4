//! Completion in shells, manual pages, and when there are colours.

use std::{
    collections::BTreeSet,
    fs,
    process::{Command, Stdio},
};

use crate::run::run;

/// Runs `rollwire` with these variables; the exit code, standard output and standard error.
fn with(variables: &[(&str, &str)], arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollwire"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied()).args(arguments).stdin(Stdio::null());
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// What bash offers after these words, the last of which is being written.
fn completed(words: &[&str]) -> Vec<String> {
    let index = (words.len() - 1).to_string();
    let variables =
        [("ROLLWIRE_COMPLETE", "bash"), ("_CLAP_COMPLETE_INDEX", &*index), ("_CLAP_IFS", "\n")];
    let (code, text, said) = with(&variables, &[&["--"], words].concat());
    assert_eq!((code, &*said), (Some(0), ""), "{words:?}");
    text.lines().map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn a_shell_completes_what_rollwire_knows() {
    for (words, expected) in [
        (&["rollwire", "expl"][..], "explain"),
        (&["rollwire", "check", "--stri"], "--strict"),
        (&["rollwire", "check", "--filter", "state-hash/recorded-1"], "state-hash/recorded-150"),
        (&["rollwire", "check", "--rule", "EXCH-2"], "EXCH-20"),
        (&["rollwire", "list", "--message", "state"], "state_hash"),
        (&["rollwire", "list", "--flag", "byte"], "byte-order"),
        (&["rollwire", "list", "--code", "wrong_b"], "wrong_bytes"),
        (&["rollwire", "list", "state-hash/recorded-1"], "state-hash/recorded-150"),
        (&["rollwire", "show", "state-hash/recorded-1"], "state-hash/recorded-150"),
        (&["rollwire", "explain", "trunc"], "truncated"),
        (&["rollwire", "completions", "ba"], "bash"),
        (&["rollwire", "init", "--lang", "ja"], "java"),
    ] {
        let offered = completed(words);
        assert!(offered.iter().any(|it| it == expected), "{words:?}: {offered:?}");
        let start = words[words.len() - 1];
        assert!(offered.iter().all(|it| it.starts_with(start)), "{words:?}: {offered:?}");
        let different: BTreeSet<&String> = offered.iter().collect();
        assert_eq!(different.len(), offered.len(), "{words:?}: {offered:?}");
    }
    let commands = completed(&["rollwire", ""]);
    assert!(commands.iter().any(|it| it == "check"), "{commands:?}");
    assert!(!commands.iter().any(|it| it == "adapter"), "it is hidden: {commands:?}");
}

#[test]
fn every_shell_gets_a_script() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let (script, _) = run(&["completions", shell], 0);
        assert!(script.contains("ROLLWIRE_COMPLETE"), "{script}");
    }
    let (_, said) = run(&["completions", "ksh"], 2);
    assert!(said.contains("possible values: bash, elvish, fish, powershell, zsh"), "{said}");
    let (code, text, said) = with(&[("ROLLWIRE_COMPLETE", "k\u{1b}sh")], &["list"]);
    assert_eq!((code, &*text), (Some(2), ""));
    assert!(said.starts_with("error: ROLLWIRE_COMPLETE: "), "{said}");
    assert!(said.contains("expected one of `bash`") && !said.contains('\u{1b}'), "{said}");
}

/// The script as bash runs it.
#[cfg(unix)]
#[test]
fn the_script_of_bash_completes() {
    let script = "source <(\"$1\" completions bash)\n\
        PATH=${1%/*}:$PATH\n\
        COMP_WORDS=(rollwire check --message state) COMP_CWORD=3 COMP_TYPE=9\n\
        _clap_complete_rollwire rollwire state --message\n\
        printf '%s\\n' \"${COMPREPLY[@]}\"";
    let program = env!("CARGO_BIN_EXE_rollwire");
    let output = Command::new("bash").args(["-c", script, "bash", program]).output().unwrap();
    let (text, said) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(text.trim_end(), "state_hash", "{said}");
}

#[test]
fn every_subcommand_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("man");
    let (said, _) = run(&["man", path.to_str().unwrap()], 0);
    let names: BTreeSet<String> = fs::read_dir(&path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(said.starts_with(&format!("{} manual pages in ", names.len())), "{said}");
    for name in ["rollwire.1", "rollwire-check.1", "rollwire-report-merge.1"] {
        assert!(names.contains(name), "{names:?}");
    }
    assert!(!names.iter().any(|name| name.contains("adapter")), "{names:?}");
    let page = fs::read_to_string(path.join("rollwire-check.1")).unwrap();
    assert!(page.contains(".TH rollwire-check 1") && page.contains("\\-\\-strict"), "{page}");
    let (one, _) = run(&["man"], 0);
    assert_eq!(one, fs::read_to_string(path.join("rollwire.1")).unwrap());

    let (_, said) = run(&["man", "/dev/null/man"], 2);
    assert!(said.contains("/dev/null/man: cannot be written: "), "{said}");
}

#[test]
fn colours_are_forced_and_forbidden() {
    let has_colours = |variables: &[(&str, &str)], options: &[&str]| {
        let arguments = [options, &["explain", "EXCH-8"]].concat();
        let (code, text, _) = with(variables, &arguments);
        assert_eq!(code, Some(0));
        text.contains('\u{1b}')
    };
    assert!(!has_colours(&[], &[]));
    assert!(has_colours(&[("FORCE_COLOR", "1")], &[]));
    assert!(has_colours(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!has_colours(&[("FORCE_COLOR", "0")], &[]));
    assert!(!has_colours(&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")], &[]));
    assert!(has_colours(&[("NO_COLOR", "1")], &["--color", "always"]));
    assert!(!has_colours(&[("FORCE_COLOR", "1")], &["--color", "never"]));
}
