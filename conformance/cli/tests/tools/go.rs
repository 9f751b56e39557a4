//! The implementation in Go: it is vetted and built, its own tests pass, and it conforms in both variants.

use std::{path::Path, process::Command};

use crate::support::{GO, Outcome, Test, adapters, rollwire, run, trial};

pub(crate) fn tests() -> Vec<Test> {
    vec![trial("go::conforms", &[&GO], conforms)]
}

/// Go in the folder of the implementation. What it builds on the way stays in `cache`.
fn go(cache: &Path, arguments: &[&str]) -> Command {
    let mut go = Command::new(GO.name);
    go.args(arguments).current_dir(adapters().join("go")).env("GOCACHE", cache);
    // Nothing is downloaded: it needs the standard library alone.
    go.env("GOPROXY", "off").env("GOTOOLCHAIN", "local");
    go
}

/// Built once, since this takes longest.
fn conforms() -> Outcome {
    let build = tempfile::tempdir()?;
    let cache = build.path().join("cache");
    let adapter = build.path().join("adapter");
    run(&mut go(&cache, &["vet", "./..."]))?.exits(0)?;
    run(&mut go(&cache, &["test", "./..."]))?.exits(0)?;
    run(go(&cache, &["build", "-o"]).arg(&adapter).arg("./cmd/adapter"))?.exits(0)?;
    for variant in [&[][..], &["-lasting-hashes=false", "-redundancy", "3"]] {
        let mut check = rollwire(&["check", "--strict", "--fresh", "8", "--timeout", "60s", "--"]);
        run(check.arg(&adapter).args(variant))?.exits(0)?;
    }
    Ok(())
}
