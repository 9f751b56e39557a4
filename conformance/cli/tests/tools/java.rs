//! The implementation in Java: it is compiled, its example runs, and it conforms in both variants.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::support::{JAVAC, Outcome, Test, adapters, ensure, fail, rollwire, run, trial};

/// Flags that make a short run short: the small collector and the fast compiler.
const JAVA: [&str; 3] = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];

pub(crate) fn tests() -> Vec<Test> {
    vec![
        trial("java::conforms", &[&JAVAC], conforms),
        trial("java::readme_shows_the_example", &[], readme_shows_the_example),
    ]
}

fn folder() -> PathBuf {
    adapters().join("java")
}

/// The files of the implementation that have the ending `.java`.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sources(&path, found)?;
        } else if path.extension().is_some_and(|it| it == "java") {
            found.push(path);
        }
    }
    Ok(())
}

/// Compiled once, since this takes longest: its example, a smoke test and both variants.
fn conforms() -> Outcome {
    let build = tempfile::tempdir()?;
    let mut files = Vec::new();
    sources(&folder().join("src"), &mut files)?;
    let mut javac = Command::new(JAVAC.name);
    javac.args(["-Xlint:all", "-Werror", "-d"]).arg(build.path()).args(&files);
    run(&mut javac)?.exits(0)?;

    let mut example = Command::new(JAVA[0]);
    example.args(&JAVA[1..]).arg("-cp").arg(build.path()).arg("rollwire.example.Example");
    run(&mut example)?.exits(0)?;

    for variant in [None, Some("--lasting-hashes=2")] {
        let mut check = rollwire(&["check", "--strict", "--fresh", "8", "--timeout", "60s", "--"]);
        check.args(JAVA).arg("-cp").arg(build.path()).arg("rollwire.adapter.Main").args(variant);
        run(&mut check)?.exits(0)?;
    }
    Ok(())
}

/// What the README shows is in the example, which runs.
fn readme_shows_the_example() -> Outcome {
    let readme = fs::read_to_string(folder().join("README.md"))?;
    let example = fs::read_to_string(folder().join("src/rollwire/example/Example.java"))?;
    let known: BTreeSet<&str> = example.lines().map(str::trim).collect();
    let mut shown = 0;
    for block in readme.split("```java\n").skip(1) {
        let code = block.split("```").next().unwrap_or_default();
        for line in code.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if !known.contains(line) {
                return fail(format!("the example does not hold this line of the README: {line}"));
            }
            shown += 1;
        }
    }
    ensure(shown > 40, || format!("{shown} lines of Java are too few"))
}
