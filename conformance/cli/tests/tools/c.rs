//! The implementation in C: it is built with its sanitizers, and conforms in several variants.

use std::{fs, path::Path, process::Command};

use crate::support::{CC, Outcome, Test, adapters, rollwire, run, trial};

pub(crate) fn tests() -> Vec<Test> {
    vec![trial("c::conforms", &[&CC], conforms)]
}

/// Copies the files of the implementation, because its Makefile builds where it is.
fn copied(into: &Path) -> Outcome {
    for entry in fs::read_dir(adapters().join("c"))? {
        let path = entry?.path();
        if let (true, Some(name)) = (path.is_file(), path.file_name()) {
            fs::copy(&path, into.join(name))?;
        }
    }
    Ok(())
}

/// Built once, since this takes longest. What a sanitizer reports fails a strict run.
fn conforms() -> Outcome {
    let build = tempfile::tempdir()?;
    copied(build.path())?;
    let mut make = Command::new("make");
    make.args(["CC=cc", "sanitized"]).current_dir(build.path());
    run(&mut make)?.exits(0)?;
    let variants = [
        &[][..],
        &["hash_sends=0", "redundancy=3", "validation_repeat_ms=0"],
        // Nothing is compared, and hashes stay until they are used up.
        &["revision=4", "hash_sends=0"],
    ];
    for variant in variants {
        let mut check = rollwire(&["check", "--strict", "--fresh", "8", "--timeout", "60s", "--"]);
        run(check.arg(build.path().join("sanitized")).args(variant))?.exits(0)?;
    }
    Ok(())
}
