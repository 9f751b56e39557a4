//! Workflows, the action and the scripts, checked as far as that is possible without a runner of GitHub:
//! keys, expressions, inputs of other actions, and shell.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use libtest_mimic::Failed;
use yaml_rust2::Yaml;

use super::composite::{checkout, yaml};
use crate::support::{ACTIONLINT, NODE, Outcome, Test, ensure, run, trial};

pub(crate) fn tests() -> Vec<Test> {
    let mut tests = vec![
        trial("nothing_is_put_into_a_script", &[], nothing_is_put_into_a_script),
        trial("the_page_lists_inputs_and_outputs", &[], the_page_lists_inputs_and_outputs),
        trial("only_a_tag_publishes", &[], only_a_tag_publishes),
        trial("a_platform_is_the_same_everywhere", &[], platforms),
        trial("what_the_codec_promises_is_checked", &[], what_the_codec_promises),
    ];
    if cfg!(unix) {
        tests.push(trial("workflows_are_right", &[&ACTIONLINT], workflows_are_right));
        tests.push(trial("the_action_is_right", &[&NODE, &ACTIONLINT], the_action_is_right));
        tests.push(trial("scripts_are_right", &[&ACTIONLINT], scripts_are_right));
    }
    tests
}

/// The files below a folder of the repository that end like this.
fn below(folder: &str, ending: &str) -> Result<Vec<PathBuf>, Failed> {
    let (mut found, mut folders) = (Vec::new(), vec![checkout().join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The workflows of this repository, and those of the skeletons.
fn workflows() -> Result<Vec<PathBuf>, Failed> {
    Ok([below(".github", ".yml")?, below("conformance/cli/templates", ".yml")?].concat())
}

fn read(path: impl AsRef<Path>) -> Result<String, Failed> {
    Ok(fs::read_to_string(checkout().join(path))?)
}

/// A program of the linters, with the others before all in the PATH.
fn linter(name: &str) -> Result<Command, Failed> {
    let programs = ACTIONLINT.folder().join("venv/bin");
    let mut command = Command::new(programs.join(name));
    let outer = env::var_os("PATH").unwrap_or_default();
    let paths = [programs].into_iter().chain(env::split_paths(&outer));
    command.env("PATH", env::join_paths(paths)?).current_dir(checkout());
    Ok(command)
}

fn workflows_are_right() -> Outcome {
    let files = workflows()?;
    ensure(files.len() >= 10, || format!("{files:?}"))?;
    run(linter("actionlint")?.arg("-no-color").args(files))?.exits(0)?;
    // What is wrong is found, in an expression, in the inputs of another action, and in a script.
    let right = read(".github/workflows/release.yml")?;
    for (part, wrong) in [
        ("matrix.target }}", "matrix.targets }}"),
        ("subject-checksums:", "subject-checksum:"),
        ("for folder in programs/program-*; do mv \"$folder\"", "for folder in *; do mv $folder"),
    ] {
        ensure(right.contains(part), || format!("no `{part}` in the workflow"))?;
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("wrong.yml");
        fs::write(&file, right.replace(part, wrong))?;
        run(linter("actionlint")?.arg("-no-color").arg(file))?.exits(1)?;
    }
    Ok(())
}

/// The steps of the action as those of a workflow that is called with its inputs, so that a name which
/// does not exist is found.
fn as_workflow(action: &str) -> Result<String, Failed> {
    let document = yaml(action)?;
    let inputs = document["inputs"].as_hash().ok_or("inputs")?;
    let names = inputs.keys().filter_map(Yaml::as_str);
    let inputs: String = names.map(|it| format!("      {it}: {{ type: string }}\n")).collect();
    let outputs = document["outputs"].as_hash().ok_or("outputs")?;
    let values = outputs.values().filter_map(|it| it["value"].as_str());
    // Outputs are read after the last step.
    let values: String =
        values.enumerate().map(|(index, it)| format!("          V{index}: {it}\n")).collect();
    let steps = action.split("\n  steps:\n").nth(1).ok_or("steps")?;
    Ok(format!(
        "on:\n  workflow_call:\n    inputs:\n{inputs}jobs:\n  check:\n    runs-on: ubuntu-latest\n    \
         steps:\n{}      - run: env\n        env:\n{values}",
        steps.lines().map(|line| format!("  {line}\n")).collect::<String>()
    ))
}

fn the_action_is_right() -> Outcome {
    let validator = ACTIONLINT.folder().join("node_modules/.bin/action-validator");
    let judged = |action: &str| -> Result<(Option<i32>, Option<i32>, String), Failed> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("action.yml"), action)?;
        fs::write(folder.path().join("called.yml"), as_workflow(action)?)?;
        let schema = run(Command::new(&validator).arg(folder.path().join("action.yml")))?;
        let mut names = linter("actionlint")?;
        let names = run(names.arg("-no-color").arg(folder.path().join("called.yml")))?;
        let text = [schema.stdout, schema.stderr, names.stdout, names.stderr].concat();
        Ok((schema.code, names.code, text))
    };
    let right = read("action.yml")?;
    let found = judged(&right)?;
    ensure((found.0, found.1) == (Some(0), Some(0)), || found.2.clone())?;
    for (part, wrong) in [
        ("${{ inputs.command }}", "${{ inputs.comand }}"),
        ("value: ${{ steps.check.outputs.page }}", "value: ${{ steps.chek.outputs.page }}"),
        ("        name: ${{ inputs.artifact }}", "        nam: ${{ inputs.artifact }}"),
        ("  using: composite", "  uses: composite"),
    ] {
        ensure(right.contains(part), || format!("no `{part}` in the action"))?;
        let found = judged(&right.replace(part, wrong))?;
        ensure((found.0, found.1) != (Some(0), Some(0)), || format!("`{wrong}` was not found"))?;
    }
    Ok(())
}

fn scripts_are_right() -> Outcome {
    let mut files = below("conformance/action", ".sh")?;
    files.extend(below("conformance/packages", ".sh")?);
    ensure(files.len() >= 10, || format!("{files:?}"))?;
    run(linter("shellcheck")?.arg("--external-sources").args(files))?.exits(0)?;
    Ok(())
}

/// The texts of all scripts in a document.
fn scripts<'a>(node: &'a Yaml, found: &mut Vec<&'a str>) {
    if let Some(map) = node.as_hash() {
        for (key, value) in map {
            match value.as_str() {
                Some(text) if key.as_str() == Some("run") => found.push(text),
                _ => scripts(value, found),
            }
        }
    }
    node.as_vec().into_iter().flatten().for_each(|it| scripts(it, found));
}

/// What comes from outside is never part of a script: it has to be given in a variable.
fn nothing_is_put_into_a_script() -> Outcome {
    let mut count = 0;
    for path in [vec![checkout().join("action.yml")], workflows()?].concat() {
        let document = yaml(&fs::read_to_string(&path)?)?;
        let mut found = Vec::new();
        scripts(&document, &mut found);
        for text in &found {
            ensure(!text.contains("${{"), || format!("{}: {text}", path.display()))?;
        }
        count += found.len();
    }
    ensure(count >= 20, || format!("{count} scripts"))
}

/// The tables of the page have a row for each, with its default.
fn the_page_lists_inputs_and_outputs() -> Outcome {
    let action = yaml(&read("action.yml")?)?;
    let page = read("conformance/action/README.md")?;
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
    let mut expected = Vec::new();
    for (name, input) in action["inputs"].as_hash().ok_or("inputs")? {
        let (name, default) = (name.as_str().unwrap_or_default(), &input["default"]);
        expected.push(match default.as_str().unwrap_or_default() {
            "" if name == "version" => "| `version` | that of the action | ".to_owned(),
            "" => format!("| `{name}` | | "),
            default => format!("| `{name}` | `{default}` | "),
        });
    }
    for name in action["outputs"].as_hash().ok_or("outputs")?.keys().filter_map(Yaml::as_str) {
        expected.push(format!("| `{name}` | "));
    }
    let are_listed = rows.iter().zip(&expected).all(|(row, start)| row.starts_with(start));
    ensure(rows.len() == expected.len() && are_listed, || format!("{rows:#?}\n{expected:#?}"))
}

/// A job that may write, or that a registry trusts, is one of a tag and of the variable, but the one that
/// attests where the files come from.
fn only_a_tag_publishes() -> Outcome {
    let workflow = yaml(&read(".github/workflows/release.yml")?)?;
    let everywhere = &workflow["permissions"];
    ensure(everywhere["contents"].as_str() == Some("read"), || format!("{everywhere:?}"))?;
    let mut publishing = Vec::new();
    for (name, job) in workflow["jobs"].as_hash().ok_or("jobs")? {
        let name = name.as_str().unwrap_or_default();
        let may = |what: &str| job["permissions"][what].as_str() == Some("write");
        let condition = job["if"].as_str().unwrap_or_default();
        let of_a_tag = condition.starts_with("github.ref_type == 'tag'");
        if may("contents") {
            ensure(of_a_tag, || format!("{name} may write, and runs if {condition:?}"))?;
        }
        if may("id-token") && !may("attestations") {
            let is_meant = of_a_tag && condition.ends_with(" && vars.ROLLWIRE_PUBLISH == 'true'");
            let is_guarded = is_meant && job["environment"].as_str() == Some(name);
            ensure(is_guarded, || format!("{name} publishes, and runs if {condition:?}"))?;
            publishing.push(name);
        }
    }
    ensure(publishing == ["crates-io", "pypi", "npm"], || format!("{publishing:?}"))
}

/// The oldest Rust of the codec's page is that of the manifest, and CI builds with it; CI compares the API.
fn what_the_codec_promises() -> Outcome {
    let manifest: toml::Table = read("Cargo.toml")?.parse()?;
    let oldest = manifest["workspace"]["package"]["rust-version"].as_str().ok_or("a version")?;
    let page = read("codec/README.md")?;
    let promised = format!("The oldest supported Rust is {oldest}, ");
    ensure(page.contains(&promised), || format!("the page does not say: {promised}"))?;
    let jobs = &yaml(&read(".github/workflows/ci.yml")?)?["jobs"];
    let mut found = Vec::new();
    scripts(&jobs["msrv"], &mut found);
    let build = format!("cargo +{oldest} build --workspace --locked");
    ensure(found.contains(&&*build), || format!("{found:?}"))?;
    let compared = &jobs["semver"]["steps"][1];
    let is_compared = compared["with"]["package"].as_str() == Some("rollwire-codec")
        && compared["uses"].as_str().is_some_and(|it| it.contains("cargo-semver-checks"));
    ensure(is_compared, || format!("{compared:?}"))
}

/// What is built is what is packed, and what the action asks for.
fn platforms() -> Outcome {
    let table = read("conformance/packages/release/targets.txt")?;
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_whitespace().collect())
        .collect();
    ensure(rows.len() == 4 && rows.iter().all(|row| row.len() == 4), || table.clone())?;
    let workflow = yaml(&read(".github/workflows/release.yml")?)?;
    let built = &workflow["jobs"]["programs"]["strategy"]["matrix"]["include"];
    let built: Vec<&str> =
        built.as_vec().into_iter().flatten().filter_map(|it| it["target"].as_str()).collect();
    let packed: Vec<&str> = rows.iter().map(|row| row[0]).collect();
    ensure(built == packed, || format!("{built:?} are built, and {packed:?} packed"))?;
    let script = read("conformance/action/install.sh")?;
    let asked: Vec<&str> =
        script.lines().filter_map(|it| it.split(") echo ").nth(1)?.split(' ').next()).collect();
    ensure(asked == packed, || format!("{packed:?} are packed, and {asked:?} asked for"))?;
    let npm = read("conformance/packages/npm/bin/platforms.mjs")?;
    for row in &rows {
        ensure(npm.contains(&format!("\"{}\": platform(", row[3])), || row[3].to_owned())?;
    }
    Ok(())
}
