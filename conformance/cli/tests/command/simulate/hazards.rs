//! The table and the picture of `spec/hazards.md`: made from the committed figures, which are played again.

use rollwire_interop::{curves, sweep::Measured};

use super::{figures, read, simulate};

/// How the document says that the figures were made, without the command.
const ARGUMENTS: &str = "--games 1000 --loss 0,5,10,20,30 --redundancy 3,10";

/// The games of one line and one redundancy, as far as there are a hundred of them.
const FEW: &str = r#"{"variant": "redundancy 10", "link": "delay 60±20 loss 30% burst 3", "games": 100,
    "failed": 0, "lasted_ms": 1068440, "datagrams": 97159, "bytes": 4841521, "tally": {"episodes": 400,
    "agreed": 386, "lost_inputs": 808, "verified": 57192, "astray": 46, "noticed": 46}}"#;

#[test]
fn the_table_follows_from_the_figures() {
    let document = read("spec/hazards.md");
    assert!(document.contains(&format!("`rollwire simulate {ARGUMENTS}`")));
    let percent = |value: u64| format!("{}.{} %", value / 10, value % 10);
    let row = |it: &Measured| {
        let redundancy = it.variant.strip_prefix("redundancy ").unwrap();
        let bytes = it.a_second().1;
        format!(
            "| {} % | {redundancy} | {} | {} | {} | {} | {},{:03} |\n",
            it.link.loss,
            percent(it.agreed()),
            percent(it.lost()),
            percent(it.verified().unwrap()),
            percent(it.noticed().unwrap()),
            bytes / 1000,
            bytes % 1000,
        )
    };
    let rows: String = figures().iter().map(row).collect();
    assert_eq!(rows.lines().count(), 10);
    assert!(document.contains(&rows), "{rows}");
}

#[test]
fn the_picture_follows_from_the_figures() {
    let made = curves::svg(&figures());
    let is_same = made == read("spec/loss.svg");
    assert!(
        is_same,
        "spec/loss.svg is out of date: rollwire simulate {ARGUMENTS} --format svg --output spec/loss.svg"
    );
    assert!(read("spec/hazards.md").contains("](loss.svg)"));
}

#[test]
fn a_hundred_of_the_games_are_played_again() {
    let json =
        simulate(&["--games", "100", "--loss", "30", "--redundancy", "10", "--format", "json"]);
    let played: Vec<Measured> = serde_json::from_str(&json).unwrap();
    let expected: Measured = serde_json::from_str(FEW).unwrap();
    assert_eq!(played, [expected]);
}

/// All ten thousand games take a minute or two.
#[test]
fn all_games_are_played_again() {
    if std::env::var_os("ROLLWIRE_DEEP").is_none() {
        return;
    }
    let mut arguments: Vec<&str> = ARGUMENTS.split(' ').collect();
    arguments.extend(["--format", "json"]);
    let json = simulate(&arguments);
    assert!(json == read("spec/loss.json"), "{json}");
}
