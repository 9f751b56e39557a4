//! The program of the action: from an archive of a release with its checksum, or built from source. The
//! archives are those that the scripts of a release make, and the workflow is that of the page.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use libtest_mimic::Failed;

use super::{
    FEW,
    composite::{Done, Job, checkout, yaml},
};
use crate::support::{
    CURL, NODE, NPM, Outcome, PYTHON, Test, ensure, javascript::copy_javascript, run, trial,
};

/// The page with the workflow.
const PAGE: &str = include_str!("../../../../action/README.md");

pub(crate) fn tests() -> Vec<Test> {
    let mut tests = vec![trial("source_is_built_with_cargo", &[], built_from_source)];
    // The archives are made with GNU tar, and the action finds the program of a platform by its name.
    if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        tests.push(trial("the_workflow_of_the_page_is_run", &[&NODE, &CURL], workflow_of_the_page));
        tests.push(trial("a_damaged_release_is_refused", &[&CURL], damaged_releases));
        tests.push(trial("archives_are_the_same_each_time", &[], archives));
        let tools = [&PYTHON, &NODE, &NPM];
        tests.push(trial("there_are_packages_for_all_platforms", &tools, packages).deep());
    }
    tests
}

/// The targets of a release, and the names of their programs.
fn targets() -> Result<Vec<(String, String)>, Failed> {
    let table = fs::read_to_string(checkout().join("conformance/packages/release/targets.txt"))?;
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    let words = lines.map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    words
        .map(|it| Ok((it.first().ok_or("a target")?.clone(), it.get(1).ok_or("a name")?.clone())))
        .collect()
}

fn script(name: &str) -> Command {
    let mut command = Command::new("bash");
    command.arg(checkout().join("conformance/packages/release").join(name));
    command
}

/// A release below `folder`, whose program for each target starts the one that cargo has built.
fn release(folder: &Path) -> Result<PathBuf, Failed> {
    let programs = folder.join("programs");
    for (target, name) in targets()? {
        fs::create_dir_all(programs.join(&target))?;
        let program = format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_rollwire"));
        fs::write(programs.join(target).join(name), program)?;
    }
    let files = folder.join(format!("releases/v{}", env!("CARGO_PKG_VERSION")));
    run(script("archives.sh").args([&programs, &files]))?.exits(0)?;
    run(script("checksums.sh").arg(&files))?.exits(0)?;
    Ok(files)
}

/// A job in `folder/game` that takes its program from the release.
fn act(folder: &Path, inputs: &[(&str, &str)]) -> Result<Done, Failed> {
    let (game, temporary) = (folder.join("game"), tempfile::tempdir_in(folder)?);
    let releases = format!("file://{}", folder.join("releases").display());
    // No program that is called `rollwire` is on the PATH.
    let empty = tempfile::tempdir()?;
    Job {
        inputs,
        workspace: &game,
        programs: empty.path(),
        variables: &[("ROLLWIRE_RELEASES", &releases)],
        temporary: temporary.path(),
    }
    .run()
}

/// Twelve lines, and what they say is run as it is, but with few cases.
fn workflow_of_the_page() -> Outcome {
    let blocks: Vec<&str> = PAGE.split("```yaml\n").skip(1).collect();
    let text = blocks[0].split("```").next().unwrap_or_default();
    ensure(text.lines().count() == 12, || format!("{} lines", text.lines().count()))?;
    let steps = &yaml(text)?["jobs"]["check"]["steps"];
    let used = steps[1]["uses"].as_str().unwrap_or_default();
    let release_of = format!("rollwire/rollwire@v{}", env!("CARGO_PKG_VERSION"));
    ensure(used == release_of, || format!("the workflow uses {used}, not {release_of}"))?;
    let with = steps[1]["with"].as_hash().ok_or("the workflow has inputs")?;
    let mut inputs: Vec<(&str, &str)> =
        with.iter().filter_map(|(name, value)| Some((name.as_str()?, value.as_str()?))).collect();
    inputs.push(("arguments", FEW));

    let folder = tempfile::tempdir()?;
    release(folder.path())?;
    fs::create_dir(folder.path().join("game"))?;
    copy_javascript(&folder.path().join("game"), "my_adapter.mjs")?;
    let done = act(folder.path(), &inputs)?;
    ensure(done.code == 0 && done.outputs["verdict"] == "partial", || done.log.clone())?;
    ensure(done.artifacts[0].0 == "rollwire", || format!("{:?}", done.artifacts))
}

fn damaged_releases() -> Outcome {
    let folder = tempfile::tempdir()?;
    let files = release(folder.path())?;
    fs::create_dir(folder.path().join("game"))?;
    let version = env!("CARGO_PKG_VERSION");
    let archive = files.join(format!("rollwire-{version}-x86_64-unknown-linux-gnu.tar.gz"));
    let sums = files.join("SHA256SUMS");
    let (whole, listed) = (fs::read(&archive)?, fs::read_to_string(&sums)?);
    let (first, rest) = listed.split_once('\n').ok_or("lines")?;
    let others: String = listed.lines().filter(|it| !it.contains("linux")).collect();
    let refused = |text: &str| {
        let done = act(folder.path(), &[("arguments", "--builtin")])?;
        let line = format!("::error title=rollwire::{text}");
        ensure(done.code == 2 && done.log.contains(&line), || {
            format!("exit code {}, not `{line}` in\n{}", done.code, done.log)
        })?;
        ensure(done.artifacts.is_empty(), || format!("{:?}", done.artifacts))
    };
    let name = archive.file_name().unwrap_or_default().to_string_lossy();
    fs::write(&archive, [&whole[..], b"\0"].concat())?;
    refused(&format!("{name} is damaged: its SHA-256 is "))?;
    fs::write(&archive, &whole)?;
    let unlisted = format!("SHA256SUMS of version {version} does not list {name} exactly once");
    for text in [
        String::new(),
        others,
        format!("{listed}{listed}"),
        format!("{first}x\n{rest}").replace("-linux-", "-Linux-"),
    ] {
        fs::write(&sums, text)?;
        refused(&unlisted)?;
    }
    fs::remove_file(&sums)?;
    refused(&format!("file://{}", files.display()))
}

/// The same programs give the same bytes; the files have their modes; a missing program is named.
fn archives() -> Outcome {
    let (one, other) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let (files, again) = (release(one.path())?, release(other.path())?);
    let sums = fs::read_to_string(files.join("SHA256SUMS"))?;
    ensure(sums == fs::read_to_string(again.join("SHA256SUMS"))?, || sums.clone())?;
    let version = env!("CARGO_PKG_VERSION");
    let mut names: Vec<String> =
        targets()?.iter().map(|it| format!("rollwire-{version}-{}.tar.gz", it.0)).collect();
    names.sort();
    let listed: Vec<&str> = sums.lines().filter_map(|line| line.split("  ").nth(1)).collect();
    ensure(listed == names, || format!("{listed:?} are listed, not {names:?}"))?;
    let mut check = Command::new("sha256sum");
    run(check.args(["--check", "SHA256SUMS"]).current_dir(&files))?.exits(0)?;
    for (target, program) in targets()? {
        let name = format!("rollwire-{version}-{target}");
        let mut list = Command::new("tar");
        list.env("TZ", "UTC").arg("-tvzf").arg(files.join(format!("{name}.tar.gz")));
        let printed = run(&mut list)?.exits(0)?.stdout;
        // Both releases may be made within one second, so their times are looked at.
        let plain = |line: &str| line.contains(" 0/0 ") && line.contains(" 1970-01-01 00:00 ");
        ensure(printed.lines().all(plain), || printed.clone())?;
        for (mode, file) in [
            ("-rwxr-xr-x", &*program),
            ("-rw-r--r--", "LICENSE-MIT"),
            ("-rw-r--r--", "LICENSE-APACHE"),
            ("-rw-r--r--", "README.md"),
        ] {
            let is_there =
                |line: &str| line.starts_with(mode) && line.ends_with(&format!(" {name}/{file}"));
            ensure(printed.lines().any(is_there), || format!("no {mode} {file} in\n{printed}"))?;
        }
    }
    let programs = one.path().join("programs");
    fs::remove_file(programs.join("x86_64-pc-windows-msvc/rollwire.exe"))?;
    let finished = run(script("archives.sh").args([&programs, &files]))?.exits(2)?;
    let line = "archives.sh: the program ";
    ensure(finished.stderr.starts_with(line), || finished.stderr.clone())?;
    // A tag belongs to a release if it is its version and the changelog has a section.
    for tag in ["v0.0.1", version, "v"] {
        run(script("tag.sh").arg(tag))?.exits(2)?;
    }
    let finished = run(script("tag.sh").arg(format!("v{version}")))?;
    let changes = include_str!("../../../../../CHANGELOG.md");
    let is_described = changes.contains(&format!("\n## {version} "));
    ensure((finished.code == Some(0)) == is_described, || finished.stderr)
}

/// A wheel and an npm package for each target, with the program, and one of each without it.
fn packages() -> Outcome {
    let folder = tempfile::tempdir()?;
    release(folder.path())?;
    let (programs, made) = (folder.path().join("programs"), folder.path().join("packages"));
    run(script("packages.sh").args([&programs, &made]))?.exits(0)?;
    let table = fs::read_to_string(checkout().join("conformance/packages/release/targets.txt"))?;
    let version = env!("CARGO_PKG_VERSION");
    let mut expected = vec![
        format!("npm/rollwire-{version}.tgz"),
        format!("python/rollwire-{version}-py3-none-any.whl"),
    ];
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (wheel, npm) = (words[2], words[3]);
        expected.push(format!("npm/rollwire-{npm}-{version}.tgz"));
        expected.push(format!("python/rollwire-{version}-py3-none-{wheel}.whl"));
    }
    for file in &expected {
        ensure(made.join(file).is_file(), || format!("no {file}"))?;
    }
    let count =
        fs::read_dir(made.join("npm"))?.count() + fs::read_dir(made.join("python"))?.count();
    ensure(count == expected.len(), || format!("{count} packages, not {}", expected.len()))
}

/// cargo is one that only writes down how it was started.
fn built_from_source() -> Outcome {
    let folder = tempfile::tempdir()?;
    let (programs, called) = (folder.path().join("programs"), folder.path().join("called"));
    fs::create_dir_all(folder.path().join("temporary"))?;
    fs::create_dir(&programs)?;
    let program = format!(
        "#!/bin/bash\nprintf '%s\\n' \"$*\" >'{}'\nmkdir -p \"${{@: -1}}/release\"\n\
         ln -s '{}' \"${{@: -1}}/release/rollwire\"\n",
        called.display(),
        env!("CARGO_BIN_EXE_rollwire")
    );
    write_program(&programs.join("cargo"), &program)?;
    let job = Job {
        inputs: &[("version", "source"), ("arguments", &format!("{FEW} --builtin"))],
        workspace: folder.path(),
        programs: &programs,
        variables: &[],
        temporary: &folder.path().join("temporary"),
    };
    let done = job.run()?;
    ensure(done.code == 0, || done.log.clone())?;
    let called = fs::read_to_string(called)?;
    let expected = "build --release --locked -p rollwire --manifest-path ";
    ensure(called.starts_with(expected), || called.clone())
}

#[cfg(unix)]
pub(super) fn write_program(path: &Path, text: &str) -> Outcome {
    use std::os::unix::fs::PermissionsExt;
    fs::write(path, text)?;
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(0o755))?)
}

#[cfg(not(unix))]
pub(super) fn write_program(path: &Path, _: &str) -> Outcome {
    Err(format!("{} cannot be made executable", path.display()).into())
}
