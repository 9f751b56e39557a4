//! Runs every seed and every past crash through its target, on stable and without a fuzzer.

use std::path::{Path, PathBuf};

use rollwire_fuzz::{replay::inputs, seeds, targets};

fn regressions(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("regressions").join(target)
}

#[test]
fn no_seed_is_a_finding() {
    for (name, body) in targets::ALL {
        let seeds = seeds::of(name);
        assert!(seeds.len() >= 40, "{name} has {} seeds", seeds.len());
        for (seed, bytes) in seeds {
            println!("{name}: {seed}"); // the last line before a panic is the finding
            body(&bytes);
        }
    }
}

#[test]
fn no_past_crash_is_a_finding() {
    let mut count = 0;
    for (name, body) in targets::ALL {
        let folder = regressions(name);
        if !folder.exists() {
            continue;
        }
        for (path, bytes) in inputs(&folder).unwrap() {
            println!("{}", path.display()); // the last line before a panic is the finding
            body(&bytes);
            count += 1;
        }
    }
    assert!(count > 0, "fuzz/regressions holds no inputs");
}

/// The folder of a target that was removed would never be replayed.
#[test]
fn every_folder_of_past_crashes_belongs_to_a_target() {
    for entry in std::fs::read_dir(regressions("")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(targets::body(&name).is_some(), "regressions/{name} does not belong to a target");
    }
}
