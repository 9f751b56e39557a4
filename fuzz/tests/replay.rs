//! Without a fuzzer, on stable: every seed and every past crash through the body of its target.

use std::path::{Path, PathBuf};

use rollwire_fuzz::{replay::inputs, seeds, targets};

fn regressions(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("regressions").join(target)
}

#[test]
fn seeds_are_no_findings() {
    for (name, body) in targets::ALL {
        let seeds = seeds::of(name);
        assert!(seeds.len() >= 40, "{name} has {} seeds", seeds.len());
        for (seed, bytes) in seeds {
            println!("{name}: {seed}"); // the last one printed is the finding
            body(&bytes);
        }
    }
}

#[test]
fn past_crashes_are_no_findings() {
    let mut count = 0;
    for (name, body) in targets::ALL {
        let folder = regressions(name);
        if !folder.exists() {
            continue;
        }
        for (path, bytes) in inputs(&folder).unwrap() {
            println!("{}", path.display()); // the last one printed is the finding
            body(&bytes);
            count += 1;
        }
    }
    assert!(count > 0, "none of them is there");
}

/// A folder of a target that is gone would never be replayed.
#[test]
fn every_folder_of_past_crashes_is_that_of_a_target() {
    for entry in std::fs::read_dir(regressions("")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(targets::body(&name).is_some(), "regressions/{name} belongs to no target");
    }
}
