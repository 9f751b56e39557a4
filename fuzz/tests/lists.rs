//! Every target is in each of the lists that people and programs read.

use std::{collections::BTreeSet, fs, path::Path};

use rollwire_fuzz::{dictionary, targets};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn names() -> BTreeSet<String> {
    targets::ALL.map(|(name, _)| name.to_owned()).into()
}

/// The names of the modules in a folder, each of which is a file or a folder.
fn modules(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
    let modules = names.map(|name| name.trim_end_matches(".rs").to_owned());
    modules.filter(|name| name != "mod").collect()
}

#[test]
fn every_target_has_a_module_and_an_entry_point() {
    assert_eq!(modules("src/targets"), names());
    assert_eq!(modules("fuzz_targets"), names());
    for name in names() {
        let entry_point = read(&format!("fuzz_targets/{name}.rs"));
        let call = format!("target!(rollwire_fuzz::targets::{name}::run);");
        assert!(entry_point.contains(&call), "{entry_point}");
    }
}

#[test]
fn cargo_fuzz_knows_every_target() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let bins = manifest["bin"].as_array().unwrap();
    let listed: BTreeSet<_> =
        bins.iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(listed, names());
}

/// The same files bound a target here, on ClusterFuzzLite and on OSS-Fuzz.
#[test]
fn every_target_has_limits() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("options");
    let files =
        fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    let listed: BTreeSet<String> =
        files.map(|file| file.strip_suffix(".options").unwrap().to_owned()).collect();
    assert_eq!(listed, names());
    for name in names() {
        let file: toml::Table = read(&format!("options/{name}.options")).parse().unwrap();
        let limits = file["libfuzzer"].as_table().unwrap();
        let known: Vec<&str> = limits.keys().map(String::as_str).collect();
        assert_eq!(known, ["max_len", "rss_limit_mb", "timeout"], "{name}");
    }
}

#[test]
fn the_readme_lists_every_target() {
    let readme = read("README.md");
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let mut listed = BTreeSet::new();
    for (name, requirement) in rows {
        assert!(requirement.len() > 40, "the row of {name} does not say what it requires");
        assert!(listed.insert(name.to_owned()), "{name} is listed twice");
    }
    assert_eq!(listed, names());
}

#[test]
fn the_dictionary_is_as_it_is_printed() {
    assert!(
        read("rollwire.dict") == dictionary::text(),
        "rollwire.dict is out of date; run cargo run --manifest-path fuzz/Cargo.toml --bin dictionary >fuzz/rollwire.dict"
    );
}
