//! The page of `capture check`: its pictures fit every window, its links lead somewhere, and what a capture
//! says stays text.

use std::{
    fs,
    path::{Path, PathBuf},
};

use libtest_mimic::Failed;
use serde_json::json;

use super::{Visit, WIDTHS, fits, harmless, look, stays_text};
use crate::support::{Outcome, ensure, rollwire, run};

/// A game against a peer that breaks rules.
pub(super) fn game() -> Outcome {
    let folder = tempfile::tempdir()?;
    let wrong =
        format!("wrong='{}' adapter --mutant answers-as-player-0", env!("CARGO_BIN_EXE_rollwire"));
    let arguments = ["interop", "--peer", &wrong, "--games", "4", "--link", "mobile"];
    let mut command = rollwire(&arguments);
    command.args(["--captures", "captures"]).current_dir(folder.path());
    run(&mut command)?.exits(1)?;
    let capture = |side: u8| format!("captures/model-wrong-{side}.jsonl");
    let page = page(folder.path(), &[&capture(0), &capture(1)])?;
    for width in WIDTHS {
        let seen = look(&Visit::of(&page, width))?;
        fits(&seen)?;
        ensure(seen.dead.is_empty(), || format!("links that lead nowhere: {:?}", seen.dead))?;
        let foreign = seen.addresses.iter().find(|address| !address.starts_with('#'));
        ensure(foreign.is_none(), || format!("the page leads to {foreign:?}"))?;
        for (address, what) in [("#v1", "mark"), ("#m1", "section"), ("#traffic", "table")] {
            let found = seen.addresses.iter().any(|it| it == address);
            ensure(found, || format!("no link to a {what}: {:?}", seen.addresses))?;
        }
        let pictures = seen.elements.iter().filter(|it| it.starts_with("svg aria-label ")).count();
        ensure(pictures >= 2 * 6, || format!("{pictures} pictures that have a text"))?;
    }
    Ok(())
}

/// A capture whose names and texts try to become part of the page.
pub(super) fn hostile() -> Outcome {
    // Without the double quotation marks that Rust would escape: the twin has none of them.
    let attack = "</title></h1><script>document.title='broken'</script><svg onload='x'>&lt;";
    let folder = tempfile::tempdir()?;
    let write = |name: &str, text: &str| -> Result<PathBuf, Failed> {
        let lines = [
            json!({"capture": 1, "peer": text}),
            json!({"at": 0, "channel": "open"}),
            json!({"at": 1, "error": text}),
            json!({"at": 2, "received": {"text": text}}),
            json!({"at": 3, "sent": "99"}),
            json!({"tap": text, "at": 4, "sent": "99"}),
        ];
        let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let own = folder.path().join(name);
        fs::create_dir(&own)?;
        fs::write(own.join("capture.jsonl"), lines)?;
        page(&own, &["capture.jsonl"])
    };
    let pages = [write("hostile", attack)?, write("harmless", &harmless(attack))?];
    let seen = stays_text(&pages, 390)?;
    let times = seen.text.matches("<script>document.title").count();
    ensure(times >= 4, || format!("the attack is shown {times} times:\n{}", seen.text))
}

/// The page of captures in a folder, of which at least one breaks a rule.
fn page(folder: &Path, captures: &[&str]) -> Result<PathBuf, Failed> {
    let mut command = rollwire(&["capture", "check"]);
    command.args(captures).args(["--format", "html", "--output", "page.html"]);
    run(command.current_dir(folder))?.exits(1)?;
    Ok(folder.join("page.html"))
}
