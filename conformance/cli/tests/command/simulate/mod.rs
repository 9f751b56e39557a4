//! `rollwire simulate` as a user runs it, and the documents with its figures.

mod hazards;
mod million;

use std::{fs, path::Path};

use rollwire_interop::sweep::Measured;
use serde_json::Value;

use crate::{
    run::run,
    schemas::{assert_valid, json_of, validator},
};

/// A file of the repository.
fn read(path: &str) -> String {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    fs::read_to_string(root.join(path)).unwrap()
}

/// The committed figures.
fn figures() -> Vec<Measured> {
    serde_json::from_str(&read("spec/loss.json")).unwrap()
}

fn simulate(arguments: &[&str]) -> String {
    run(&[&["simulate"], arguments].concat(), 0).0
}

/// The games of the document, which are the same everywhere.
#[test]
fn the_document_shows_what_simulate_measures() {
    let arguments = ["--games", "50", "--redundancy", "3,10", "--loss", "0,10,20,30"];
    let table = simulate(&arguments);
    let document = read("conformance/interop/README.md");
    let shown = format!("$ rollwire simulate {}\n{table}```", arguments.join(" "));
    assert!(document.contains(&shown), "{shown}");
}

#[test]
fn simulate_measures_hashes_that_last_and_writes_json() {
    let arguments = ["--games", "3", "--loss", "10", "--lasting-hashes", "0,3", "--format", "json"];
    let json = simulate(&arguments);
    let measured: Value = serde_json::from_str(&json).expect("JSON");
    let schema = json_of("conformance/kit/schema/simulate.schema.json");
    assert_valid(&validator(&schema), &measured, "simulate");
    let points = measured.as_array().expect("a list");
    let names: Vec<&str> = points.iter().filter_map(|it| it["variant"].as_str()).collect();
    assert_eq!(names, ["redundancy 10", "redundancy 10, hashes last, sent 3x"]);
    let datagrams = |at: usize| points[at]["datagrams"].as_u64();
    assert!(datagrams(1) > datagrams(0), "{json}");
    // What is read again is the same.
    let again: Vec<Measured> = serde_json::from_str(&json).expect("points");
    assert_eq!(serde_json::to_value(again).unwrap(), measured);
}

#[test]
fn a_wrong_command_line_is_refused_before_a_game() {
    for (arguments, what) in [
        (&["--loss", "100"][..], "100 is not in 0..=99"),
        (&["--redundancy", "16"], "16 is not in 1..=15"),
        (&["--games", "1000000", "--delay", "1,2", "--loss", "1,2,3,4,5,6"], "give fewer"),
        (
            &["--redundancy", "1,2,3,4,5", "--delay", "1,2,3", "--format", "svg"],
            "at most 12 curves, and these options make 15; give fewer of --delay, --redundancy",
        ),
    ] {
        let (_, error) = run(&[&["simulate"], arguments].concat(), 2);
        assert!(error.contains(what), "{error}");
    }
}

/// The page has a chart for each column, with axes, units, dashes and letters.
#[test]
fn the_page_needs_nothing_from_elsewhere_and_runs_nothing() {
    let arguments =
        ["--games", "4", "--loss", "0,20", "--redundancy", "3,10", "--lasting-hashes", "0,1"];
    let page = simulate(&[&arguments[..], &["--format", "html"]].concat());
    assert_eq!(page.matches("<figure>").count(), 6, "{page}");
    assert_eq!(page.matches("datagrams lost, %").count(), 6);
    assert_eq!(page.matches("<polyline").count(), 6 * 4);
    for letter in ["a", "b", "c", "d"] {
        assert!(page.contains(&format!("<b>{letter}</b>")), "{letter}: {page}");
    }
    for shown in
        ["% of frames", "a second", "redundancy 3, hashes last, sent 1x", "stroke-dasharray"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    for unsafe_text in ["<script", "http://", "https://", "<link", "<img", "url("] {
        assert!(!page.contains(unsafe_text), "{unsafe_text}: {page}");
    }
    assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'"), "{page}");
}

/// One game has no episode in which the states differ: nothing could be noticed, which is not 0 %.
#[test]
fn what_was_not_measured_is_no_point() {
    let arguments = ["--games", "1", "--loss", "0,10"];
    let picture = simulate(&[&arguments[..], &["--format", "svg"]].concat());
    assert_eq!(picture.matches("<circle").count(), 5 * 2, "{picture}");
    roxmltree::Document::parse(&picture).expect("XML");
    let table = simulate(&arguments);
    assert!(table.contains("        -"), "{table}");
    let page = simulate(&[&arguments[..], &["--format", "html"]].concat());
    assert!(page.contains("<td>–</td>"), "{page}");
}
