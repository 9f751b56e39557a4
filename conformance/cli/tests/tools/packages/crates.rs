//! The packages for crates.io: what is compiled in lies inside, and the command can be built from them
//! alone.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Component, Path, PathBuf},
    process::Command,
};

use cargo_metadata::MetadataCommand;
use libtest_mimic::Failed;
use regex::Regex;

use crate::support::{NODE, Outcome, Test, ensure, fail, run, trial};

/// The scripts are made for a shell, and packages are made on Linux.
pub(crate) fn tests() -> Vec<Test> {
    if !cfg!(target_os = "linux") {
        return Vec::new();
    }
    vec![
        trial("crates_contain_what_is_compiled_in", &[], what_is_compiled_in),
        trial("crates_that_are_needed_are_published", &[], what_is_published),
        trial("staging_stops_at_a_source_that_it_does_not_know", &[], unknown_source),
        trial("the_command_is_built_from_crates_alone", &[&NODE], built_from_crates).deep(),
    ]
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn script(name: &str) -> Command {
    let mut command = Command::new("bash");
    command.arg(repository().join("conformance/packages/crates").join(name));
    command
}

fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The published crates, by their folders.
fn folders() -> Result<Vec<String>, Failed> {
    let list = repository().join("conformance/packages/crates/folders.txt");
    Ok(fs::read_to_string(list)?.lines().map(str::to_owned).collect())
}

/// What cargo puts into the package of the crate in this folder.
fn packaged(folder: &Path) -> Result<BTreeSet<PathBuf>, Failed> {
    let mut command = cargo();
    command.args(["package", "--list", "--allow-dirty", "--offline"]).current_dir(folder);
    Ok(run(&mut command)?.exits(0)?.stdout.lines().map(PathBuf::from).collect())
}

/// Every `include_str!` of every source leads into the package: to a file, or for a path that a macro puts
/// together, to a folder. What such a macro lists is then compared with the folder in the repository.
fn what_is_compiled_in() -> Outcome {
    let place = tempfile::tempdir()?;
    let copy = place.path().join("copy");
    run(script("stage.sh").arg(&copy))?.exits(0)?;
    let include = Regex::new(r#"include_(?:str|bytes)!\(\s*(concat!\(\s*)?"([^"]+)""#)?;
    let mut lists = BTreeMap::new();
    let mut seen = 0;
    for folder in folders()? {
        let list = packaged(&copy.join(&folder))?;
        for name in ["LICENSE-MIT", "LICENSE-APACHE", "Cargo.toml", "src"] {
            ensure(list.iter().any(|it| it.starts_with(name)), || format!("{folder}: no {name}"))?;
        }
        for source in list.iter().filter(|it| it.extension().is_some_and(|it| it == "rs")) {
            let text = fs::read_to_string(copy.join(&folder).join(source))?;
            // The tests within a source need the repository.
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            let calls =
                text.lines().filter(|it| !it.trim_start().starts_with("//")).collect::<Vec<_>>();
            let calls = calls.join("\n");
            let known = include.captures_iter(&calls).count();
            let all =
                calls.matches("include_str!(").count() + calls.matches("include_bytes!(").count();
            ensure(known == all, || {
                format!(
                    "{folder}/{}: a file is included in a way that is not known",
                    source.display()
                )
            })?;
            for found in include.captures_iter(&calls) {
                let path = joined(source, &found[2]);
                let is_there = path.as_ref().is_some_and(|path| {
                    let whole = found.get(1).is_none();
                    if whole {
                        list.contains(path)
                    } else {
                        list.iter().any(|it| it.starts_with(path))
                    }
                });
                ensure(is_there, || {
                    format!("{folder}/{}: {} is not in the package", source.display(), &found[2])
                })?;
                seen += 1;
            }
        }
        lists.insert(folder, list);
    }
    ensure(seen >= 10, || format!("only {seen} files are included"))?;

    let listed = |folder: &str, path: String| {
        ensure(lists[folder].contains(Path::new(&path)), || format!("{folder}: no {path}"))
    };
    for chapter in rollwire_model::chapters() {
        listed("spec/model", format!("spec/{}", chapter.name))?;
    }
    for (path, _) in rollwire_conformance::vectors::FILES {
        listed("conformance/kit", format!("vectors/{path}"))?;
    }
    let mut templates = Command::new("git");
    templates.args(["ls-files", "templates"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let templates = run(&mut templates)?.exits(0)?.stdout;
    ensure(templates.lines().count() > 40, || templates.clone())?;
    for path in templates.lines() {
        listed("conformance/cli", format!("{path}.in"))?;
    }
    Ok(())
}

/// A path as a source writes it, from the root of its package; none if it leads out of it.
fn joined(source: &Path, path: &str) -> Option<PathBuf> {
    let mut whole = source.parent()?.to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => {
                if !whole.pop() {
                    return None;
                }
            }
            part => whole.push(part),
        }
    }
    Some(whole)
}

/// The list of folders is that of the manifests, and no published crate needs one that is not.
fn what_is_published() -> Outcome {
    let manifest = repository().join("Cargo.toml");
    let mut command = MetadataCommand::new();
    let metadata = command
        .manifest_path(&manifest)
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()?;
    let root = metadata.workspace_root.as_std_path();
    let published: Vec<_> = metadata
        .packages
        .iter()
        .filter(|it| it.publish.as_ref().is_none_or(|it| !it.is_empty()))
        .collect();
    let mut found: Vec<String> = Vec::new();
    for package in &published {
        let folder = package.manifest_path.parent().ok_or("a folder")?.as_std_path();
        found.push(folder.strip_prefix(root)?.to_string_lossy().into_owned());
        for dependency in package
            .dependencies
            .iter()
            .filter(|it| it.kind != cargo_metadata::DependencyKind::Development)
        {
            let is_ours = dependency.path.is_some();
            let is_published = published.iter().any(|it| *it.name == dependency.name);
            ensure(!is_ours || is_published, || {
                format!("{} needs {}, which is not published", package.name, dependency.name)
            })?;
        }
    }
    let mut listed = folders()?;
    listed.sort();
    found.sort();
    ensure(found == listed, || format!("folders.txt lists {listed:?}, and published are {found:?}"))
}

/// A source that no longer has the text that is replaced, and a folder that is in use.
fn unknown_source() -> Outcome {
    let place = tempfile::tempdir()?;
    let copy = place.path().join("repository");
    run(script("stage.sh").arg(&copy))?.exits(0)?;
    // The copy is a repository, in which everything was replaced already.
    let mut remove = Command::new("git");
    remove.args(["rm", "-r", "-f", "--quiet", "conformance/kit/vectors"]).current_dir(&copy);
    run(&mut remove)?.exits(0)?;
    let again = copy.join("conformance/packages/crates/stage.sh");
    let finished = run(Command::new("bash").arg(again).arg(place.path().join("again")))?;
    let text = "found it 0 times; change stage.sh with the source";
    ensure(finished.code == Some(2) && finished.stderr.contains(text), || finished.stderr.clone())?;
    let finished = run(script("stage.sh").arg(&copy))?.exits(2)?;
    ensure(finished.stderr.contains(" is not empty; name a new folder"), || finished.stderr)
}

/// From the files NAME-VERSION.crate, in a folder with nothing else; then it does what needs what is
/// compiled in: the vectors, the chapters, the skeletons.
fn built_from_crates() -> Outcome {
    let place = tempfile::tempdir()?;
    let (packages, tried) = (place.path().join("packages"), place.path().join("tried"));
    run(script("pack.sh").arg(&packages))?.exits(0)?;
    let crates = packages.join("crates");
    let count = fs::read_dir(&crates)?.count();
    ensure(count == folders()?.len(), || format!("{count} packages"))?;
    // Nothing of the copy can be read by mistake.
    fs::remove_dir_all(packages.join("copy"))?;
    run(script("try.sh").arg(&crates).arg(&tried).env_remove("CARGO_TARGET_DIR"))?.exits(0)?;
    let rollwire = |arguments: &[&str]| {
        let mut command = Command::new(tried.join("target/debug/rollwire"));
        run(command.args(arguments).current_dir(place.path()))?.exits(0)
    };
    rollwire(&["check", "--builtin"])?;
    let chapter = rollwire(&["explain", "adapter.md"])?.stdout;
    ensure(chapter.contains("hello"), || chapter.clone())?;
    rollwire(&["init", "--lang", "rust", "skeleton"])?;
    let manifest = fs::read_to_string(place.path().join("skeleton/Cargo.toml"))?;
    ensure(manifest == include_str!("../../../templates/rust/Cargo.toml"), || manifest.clone())?;
    rollwire(&["init", "--lang", "js", "other"])?;
    rollwire(&["check", "--", NODE.name, "other/adapter.mjs"])?;
    match fs::read_dir(place.path().join("other/.github")) {
        Ok(_) => Ok(()),
        Err(error) => fail(format!("the skeleton has no workflow: {error}")),
    }
}
