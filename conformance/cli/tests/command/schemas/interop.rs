//! What `interop` and `simulate` write as JSON.

use rollwire_interop::Property;
use serde_json::{Value, json};

use crate::{
    run::run,
    schemas::{assert_valid, json_of, validator},
};

const SIMULATE: &str = "conformance/kit/schema/simulate.schema.json";
const INTEROP: &str = "conformance/kit/schema/interop.schema.json";

/// Pairs of every verdict: one that passes, some that fail, and some that could not go on.
#[test]
fn the_matrix_is_as_its_schema_says() {
    let wrong = format!(
        "wrong='{}' adapter --mutant an-end-stops-the-game",
        env!("CARGO_BIN_EXE_rollwire")
    );
    let peers = ["--peer", &wrong, "--peer", "gone=rollwire-no-such-program"];
    let rest = ["--games", "3", "--deadline", "30m", "--format", "json"];
    let (report, _) = run(&[&["interop"], &peers[..], &rest[..]].concat(), 3);
    let mut report: Value = serde_json::from_str(&report).expect("JSON");
    let validator = validator(&json_of(INTEROP));
    assert_valid(&validator, &report, "interop");
    let text = report.to_string();
    for verdict in ["passed", "failed", "incomplete"] {
        assert!(text.contains(&format!("\"verdict\":\"{verdict}\"")), "no pair is {verdict}");
    }
    report["pairs"][0]["links"][0]["other"] = json!(1);
    assert!(!validator.is_valid(&report), "a member that is not described is not noticed");
}

#[test]
fn the_committed_figures_are_as_the_schema_says() {
    let schema = json_of(SIMULATE);
    let mut figures = json_of("spec/loss.json");
    let validator = validator(&schema);
    assert_valid(&validator, &figures, "loss.json");
    // No right peer breaks a property, so this point is made up.
    figures[0]["first"] =
        json!({"seed": 7, "violation": {"property": "agrees", "at": 1, "time": 20, "what": "it"}});
    assert_valid(&validator, &figures, "with a game that failed");
    let point: rollwire_interop::sweep::Measured =
        serde_json::from_value(figures[0].clone()).expect("a point");
    assert_eq!(serde_json::to_value(point).unwrap(), figures[0]);
    figures[0]["first"]["violation"]["property"] = json!("luck");
    assert!(!validator.is_valid(&figures), "a property that does not exist is not noticed");
}

#[test]
fn both_schemas_list_every_property() {
    for path in [SIMULATE, INTEROP] {
        let listed = &json_of(path)["$defs"]["property"]["enum"];
        assert_eq!(*listed, json!(Property::ALL.map(Property::name)), "{path}");
    }
}
