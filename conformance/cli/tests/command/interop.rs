//! `rollwire interop` as a user runs it.

use serde_json::Value;

use crate::run::run;

/// Runs it, demands the exit code, and returns both outputs.
#[track_caller]
fn interop(arguments: &[&str], code: i32) -> (String, String) {
    // The deadline is for users: a slow machine must not fail the test.
    run(&[&["interop", "--deadline", "30m"], arguments].concat(), code)
}

/// The command of the built-in adapter with a mutant.
fn wrong(mutant: &str) -> String {
    format!("wrong='{}' adapter --mutant {mutant}", env!("CARGO_BIN_EXE_rollwire"))
}

#[test]
fn the_builtin_implementation_plays_with_the_model() {
    let (text, _) = interop(&["--builtin", "--games", "2"], 0);
    assert!(
        text.contains("A \\ B    model  builtin\nmodel    ok     ok\nbuiltin  ok     ok\n"),
        "{text}"
    );
    assert!(text.ends_with("32 games of 4 pairs, all as they must be\n"), "{text}");
    let is_wide = |line: &&str| !line.starts_with("peer") && !line.starts_with("link     awful");
    assert!(text.lines().filter(is_wide).all(|line| line.chars().count() <= 80), "{text}");
}

/// However many games are asked about at once, and however often it is run.
#[test]
fn the_same_seed_gives_the_same_report() {
    let peer = wrong("an-end-stops-the-game");
    let run = |window: &str, format: &str| {
        let arguments = [
            "--peer", &peer, "--games", "3", "--seed", "1", "--window", window, "--format", format,
        ];
        interop(&arguments, 1).0
    };
    for format in ["text", "json"] {
        assert_eq!(run("256", format), run("1", format));
    }
}

#[test]
fn a_wrong_peer_is_named_with_the_shortest_link_on_which_it_fails() {
    let peer = wrong("an-end-stops-the-game");
    let (report, _) = interop(&["--peer", &peer, "--games", "3", "--format", "json"], 1);
    let report: Value = serde_json::from_str(&report).expect("JSON");
    let pairs = report["pairs"].as_array().expect("pairs");
    let pair = pairs.iter().find(|it| it["first"] == "wrong" && it["second"] == "model");
    let pair = pair.expect("the pair");
    assert_eq!((&pair["verdict"], &pair["failure"]["blame"]), (&"failed".into(), &"first".into()));
    assert_eq!(pair["failure"]["violation"]["property"], "recovers");
    assert!(pair["failure"]["events"].as_array().is_some_and(|it| it.len() <= 5), "{pair}");
    let timeline = pair["failure"]["timeline"].to_string();
    assert!(timeline.contains("INPUT_RESPONSE, no frames"), "{timeline}");
    let model = pairs.iter().find(|it| it["first"] == "model" && it["second"] == "model");
    assert_eq!(model.expect("the model")["verdict"], "passed");
}

/// What the channel of an adapter took is judged as it is, also what cannot be decoded.
#[test]
fn an_adapter_that_sends_what_is_not_a_message_fails() {
    for (name, shown) in
        [("sends-an-unknown-type", "ff"), ("sends-an-empty-datagram", "an empty datagram")]
    {
        let program = env!("CARGO_BIN_EXE_rollwire");
        let peer = format!("surplus='{program}' adapter --misbehave {name}");
        let arguments = ["--peer", &peer, "--games", "1", "--link", "delay 20", "--format", "json"];
        let (report, _) = interop(&arguments, 1);
        let report: Value = serde_json::from_str(&report).expect("JSON");
        let pairs = report["pairs"].as_array().expect("pairs");
        let pair = pairs.iter().find(|it| it["first"] == "surplus" && it["second"] == "model");
        let failure = &pair.expect("the pair")["failure"];
        assert_eq!(failure["violation"]["property"], "bytes", "{failure}");
        let what = failure["violation"]["what"].as_str().expect("a text");
        assert_eq!(what, format!("{shown} was sent, which is not a message"));
        assert_eq!(failure["blame"], "first", "{failure}");
    }
}

#[test]
fn an_adapter_that_cannot_play_makes_the_run_incomplete() {
    for (peer, what) in [
        ("gone=rollwire-no-such-program", "gone could not go on: cannot start `rollwire-no-such"),
        ("silent=true", "silent could not go on: the adapter"),
    ] {
        let (text, _) = interop(&["--peer", peer, "--games", "1"], 3);
        assert!(text.contains(what), "{text}");
        assert!(text.contains("3 pairs could not be played to the end"), "{text}");
    }
}

/// What an adapter says is text in the page, whatever it is.
#[test]
fn the_page_needs_nothing_from_elsewhere_and_runs_nothing() {
    let wrong = wrong("an-end-stops-the-game");
    let hostile = "hostile=printf '<script>alert(1)</script>\\n'";
    let peers = ["--peer", &wrong, "--peer", hostile, "--games", "3", "--format", "html"];
    let (page, _) = interop(&peers, 3);
    for shown in ["<th>wrong</th>", "href=\"#pair-1-0\"", "id=\"pair-1-0\"", "<svg class=\"game\""]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(page.contains("&#60;script&#62;"), "{page}");
    for unsafe_text in ["<script", "http://", "https://", "<link", "<img", "url(//"] {
        assert!(!page.contains(unsafe_text), "{unsafe_text}: {page}");
    }
    assert!(page.contains("default-src 'none'"), "{page}");
}

/// A path that is wrong is known before the games, and a full disk is not a defect of rollwire.
#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_told_as_elsewhere() {
    let interop = ["interop", "--builtin", "--link", "good", "--games"];
    let simulate = ["simulate", "--loss", "0", "--games"];
    // The games would take hours.
    for (command, options, code, said) in [
        (&interop[..], &["100000", "--captures", "/dev/null"][..], 2, "/dev/null: cannot be "),
        (&interop, &["100000", "--captures", "/proc"], 2, "/proc: cannot be written to: "),
        (&interop, &["100000", "--output", "/nowhere/a"], 2, "/nowhere/a: cannot be written: "),
        (&interop, &["1", "--output", "/dev/full"], 3, "/dev/full: cannot be written: "),
        (&simulate, &["1000000", "--output", "/nowhere/a"], 2, "/nowhere/a: cannot be written: "),
        (&simulate, &["1", "--output", "/dev/full"], 3, "/dev/full: cannot be written: "),
    ] {
        let (_, error) = run(&[command, options].concat(), code);
        assert!(error.contains(said), "{options:?}: {error}");
    }
}

/// The folder is there before the games, and gone after them.
#[cfg(unix)]
#[test]
fn captures_that_cannot_be_written_do_not_cost_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (captures, report) = (path("captures"), path("report"));
    let wrong = wrong("an-end-stops-the-game").replacen("wrong=", "", 1);
    let peer = format!("wrong=sh -c 'rm -r \"{captures}\"; exec \"$@\"' sh {wrong}");
    let arguments = ["--peer", &peer, "--games", "3", "--captures", &captures, "--output", &report];
    let (_, error) = interop(&arguments, 3);
    assert!(error.contains("captures: cannot be written to: "), "{error}");
    let report = std::fs::read_to_string(report).unwrap();
    assert!(report.contains("EPISODE-"), "{report}");
}

#[test]
fn a_wrong_command_line_is_refused_with_what_to_do() {
    for (arguments, what) in [
        (&["--games", "2"][..], "no implementation was given"),
        (&["--peer", "a=", "--games", "2"], "the command of an implementation is empty"),
        (&["--peer", "node 'x", "--games", "2"], "a quotation mark is not closed in node 'x"),
        (&["--builtin", "--link", "lag 5"], "`lag` is not a part of a link"),
        (&["--builtin", "--link", "loss 10"], "`10` is not a value of `loss`"),
        (&["--builtin", "--link", "good", "--link", "good"], "--link good is given twice"),
        (&["--builtin", "--games", "0"], "0 is not in 1..=100000"),
    ] {
        let (_, error) = interop(arguments, 2);
        assert!(error.contains(what), "{arguments:?}: {error}");
    }
}
