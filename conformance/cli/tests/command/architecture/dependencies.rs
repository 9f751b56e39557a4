//! Which crate may reach which.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

use crate::architecture::{files, read, root};

/// The whole graph, as the lock file has it, for this machine's platform: the crates of others are
/// not downloaded on every machine.
fn metadata() -> Metadata {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let version = Command::new(cargo).arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .other_options(["--offline", "--filter-platform", host].map(str::to_owned))
        .exec()
        .unwrap()
}

fn package<'a>(metadata: &'a Metadata, name: &str) -> &'a Package {
    let mut members = metadata.workspace_packages().into_iter();
    members.find(|package| package.name == name).unwrap_or_else(|| panic!("no crate {name}"))
}

/// Names of normal dependencies, on every platform and with every feature.
fn normal(package: &Package) -> BTreeSet<&str> {
    let normal = package.dependencies.iter().filter(|it| it.kind == DependencyKind::Normal);
    normal.map(|dependency| &*dependency.name).collect()
}

/// Who depends on whom: what cargo resolved for this platform, and what the manifests of the
/// workspace declare for any, whatever the kind of dependency.
fn edges(metadata: &Metadata) -> BTreeMap<String, BTreeSet<String>> {
    let names: BTreeMap<_, _> =
        metadata.packages.iter().map(|package| (&package.id, package.name.to_string())).collect();
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for node in &metadata.resolve.as_ref().unwrap().nodes {
        let to = node.deps.iter().map(|dependency| names[&dependency.pkg].clone());
        edges.entry(names[&node.id].clone()).or_default().extend(to);
    }
    for package in metadata.workspace_packages() {
        let to = package.dependencies.iter().map(|dependency| dependency.name.clone());
        edges.entry(package.name.to_string()).or_default().extend(to);
    }
    edges
}

fn reaches(edges: &BTreeMap<String, BTreeSet<String>>, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(name) = open.pop() {
        for next in edges.get(name).into_iter().flatten() {
            if seen.insert(next) {
                open.push(next);
            }
        }
    }
    seen.iter().any(|name| *name == to)
}

#[test]
fn the_independent_parts_do_not_reach_each_other() {
    let edges = edges(&metadata());
    for (from, to) in [
        ("rollwire-codec", "rollwire-model"),
        ("rollwire-codec", "rollwire-reference"),
        ("rollwire-codec", "rollwire-reference-adapter"),
        ("rollwire-codec", "rollwire-conformance"),
        ("rollwire-model", "rollwire-codec"),
        ("rollwire-model", "rollwire-reference"),
        ("rollwire-model", "rollwire-reference-adapter"),
        ("rollwire-model", "rollwire-conformance"),
        ("rollwire-reference", "rollwire-model"),
        ("rollwire-reference", "rollwire-conformance"),
        ("rollwire-reference", "rollwire-reference-adapter"),
        ("rollwire-reference-adapter", "rollwire-model"),
        ("rollwire-reference-adapter", "rollwire-conformance"),
        // The glue needs JSON; a game that takes the library does not.
        ("rollwire-reference", "serde_json"),
    ] {
        assert!(!reaches(&edges, from, to), "{from} reaches {to}");
    }
    // The search finds what is there, also through another crate.
    assert!(reaches(&edges, "rollwire-conformance", "rollwire-model"));
    assert!(reaches(&edges, "rollwire-reference", "rollwire-codec"));
    assert!(reaches(&edges, "rollwire-reference-adapter", "rollwire-reference"));
    assert!(reaches(&edges, "rollwire-reference-adapter", "serde_json"));
    assert!(reaches(&edges, "rollwire-codec", "memchr"));
}

#[test]
fn the_codec_depends_on_nom_alone_and_on_its_core_alone() {
    let metadata = metadata();
    let codec = package(&metadata, "rollwire-codec");
    assert_eq!(normal(codec), ["nom"].into());
    assert!(codec.features.is_empty(), "a feature would make a second codec");
    let nom = codec.dependencies.iter().find(|it| it.name == "nom").unwrap();
    assert!(!nom.uses_default_features, "nom brings the standard library");
    assert!(nom.features.is_empty(), "nom has {:?}", nom.features);
    assert!(codec.dependencies.iter().all(|it| it.kind != DependencyKind::Build));
}

#[test]
fn the_model_depends_on_little() {
    let metadata = metadata();
    // The last two format numbers: the digits of a double, shortest first.
    let allowed = ["toml", "serde", "serde_json", "sha2", "md-5", "ryu", "zmij"].into();
    let model = normal(package(&metadata, "rollwire-model"));
    assert!(model.is_subset(&allowed), "{model:?} is not within {allowed:?}");
}

/// A capture is shown by the table of layouts and by nothing that judges.
#[test]
fn the_dissectors_are_made_from_the_model_alone() {
    let metadata = metadata();
    let allowed = ["rollwire-model", "serde_json"].into();
    let dissectors = normal(package(&metadata, "rollwire-dissectors"));
    assert!(dissectors.is_subset(&allowed), "{dissectors:?} is not within {allowed:?}");
}

/// What plays with games is the model, and never what is checked.
#[test]
fn the_probe_plays_the_model() {
    let metadata = metadata();
    let allowed = [
        "rollwire-capture",
        "rollwire-conformance",
        "rollwire-model",
        "serde",
        "serde_json",
        "str0m",
    ]
    .into();
    let probe = normal(package(&metadata, "rollwire-probe"));
    assert!(probe.is_subset(&allowed), "{probe:?} is not within {allowed:?}");
}

/// A fresh clone compiles no stack of WebRTC.
#[test]
fn no_default_brings_webrtc() {
    let metadata = metadata();
    for name in ["rollwire", "rollwire-live", "rollwire-probe"] {
        let features = &package(&metadata, name).features;
        assert!(features.contains_key("peer"), "{name} has no feature `peer`");
        let mut open = vec!["default"];
        while let Some(feature) = open.pop() {
            assert!(!feature.contains("peer"), "{name} turns on {feature} by default");
            open.extend(features.get(feature).into_iter().flatten().map(String::as_str));
        }
    }
    let nodes = &metadata.resolve.as_ref().unwrap().nodes;
    assert!(nodes.iter().all(|node| !node.id.repr.contains("aws-lc")), "aws-lc is compiled");
}

/// The command contains the reference to start it as a process of its own, and asks it as any other.
/// The misbehaving adapters are such processes too: the reference implementation with one misbehaviour.
#[test]
fn the_reference_is_only_started() {
    for path in files("conformance/cli/src", ".rs") {
        if path.ends_with("conformance/cli/src/misbehave/adapter_process.rs") {
            continue;
        }
        for line in read(&path).lines().filter(|line| line.contains("rollwire_reference")) {
            let called = ["serve_within(", "log_to_stderr("]
                .map(|name| format!("rollwire_reference_adapter::{name}"));
            let serves = called.iter().any(|call| line.trim_start().starts_with(call))
                || line == "use rollwire_reference_adapter::{Options, Sessions};";
            assert!(serves, "{}: {line}", path.display());
        }
    }
}

#[test]
fn every_crate_takes_version_and_licence_from_its_workspace() {
    let shared = |manifest: &toml::Table, key: &str| {
        manifest.get("workspace")?.get("package")?.get(key)?.as_str().map(str::to_owned)
    };
    let main: toml::Table = read("Cargo.toml").parse().unwrap();
    let mut manifests = files("", "Cargo.toml");
    // A skeleton belongs to the user for whom `rollwire init` writes it.
    manifests.retain(|path| !path.starts_with("conformance/cli/templates"));
    assert!(manifests.len() >= 5, "{manifests:?}");
    for path in manifests {
        let manifest: toml::Table = read(&path).parse().unwrap();
        for key in ["rust-version", "license"] {
            let expected = shared(&main, key).unwrap();
            if let Some(package) = manifest.get("package") {
                let own = package.get(key).unwrap_or_else(|| panic!("{path:?} has no {key}"));
                let inherited = own.get("workspace").and_then(toml::Value::as_bool) == Some(true);
                // A crate that is its own workspace has nothing to inherit from, and says the same.
                let alone = manifest.contains_key("workspace");
                let same = own.as_str() == Some(&*expected);
                assert!(inherited || alone && same, "{path:?}: {key} is {own}");
            } else {
                assert_eq!(shared(&manifest, key), Some(expected), "{key} of {path:?}");
            }
        }
    }
}
