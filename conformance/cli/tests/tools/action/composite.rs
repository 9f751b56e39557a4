//! Runs the steps of a composite action by hand, as a runner of GitHub does: the same shell, the same
//! variables, a new file for each output.
//!
//! It knows the expressions and conditions that `action.yml` uses, and fails at any other.

use std::{
    collections::BTreeMap,
    env,
    fs::{self, OpenOptions},
    path::{Path, PathBuf},
    process::Command,
};

use libtest_mimic::Failed;
use yaml_rust2::{Yaml, YamlLoader};

use crate::support::{fail, run};

/// The root of the repository, which is what the action's checkout contains.
pub(crate) fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The only document of a text in YAML.
pub(crate) fn yaml(text: &str) -> Result<Yaml, Failed> {
    let mut documents = YamlLoader::load_from_str(text)?;
    if documents.len() == 1 { Ok(documents.remove(0)) } else { fail("not one document of YAML") }
}

/// A job that uses the action: its inputs, and where it runs.
pub(crate) struct Job<'a> {
    pub(crate) inputs: &'a [(&'a str, &'a str)],
    /// The folder in which the steps start, the workspace of the job.
    pub(crate) workspace: &'a Path,
    /// A folder before all others in the PATH.
    pub(crate) programs: &'a Path,
    /// Variables of the job.
    pub(crate) variables: &'a [(&'a str, &'a str)],
    /// The temporary folder of the runner, which is empty.
    pub(crate) temporary: &'a Path,
}

/// What a job left behind.
#[derive(Debug, Default)]
pub(crate) struct Done {
    /// The exit code of the first step that failed, or 0.
    pub(crate) code: i32,
    /// What the steps printed.
    pub(crate) log: String,
    pub(crate) summary: String,
    /// The outputs of the action.
    pub(crate) outputs: BTreeMap<String, String>,
    /// The artefacts: the name and the folder.
    pub(crate) artifacts: Vec<(String, PathBuf)>,
}

impl Job<'_> {
    /// Runs all steps of `action.yml`.
    pub(crate) fn run(&self) -> Result<Done, Failed> {
        let action = yaml(&fs::read_to_string(checkout().join("action.yml"))?)?;
        let mut values = BTreeMap::from([(
            "github.action_repository".to_owned(),
            "rollwire/rollwire".to_owned(),
        )]);
        let declared = action["inputs"].as_hash().ok_or("the action has no inputs")?;
        for (name, input) in declared {
            let name = name.as_str().ok_or("the name of an input")?;
            let given = self.inputs.iter().find(|(given, _)| *given == name);
            let default = input["default"].as_str().ok_or("an input has a default")?;
            let value = given.map_or(default, |(_, value)| *value);
            values.insert(format!("inputs.{name}"), value.to_owned());
        }
        for (name, _) in self.inputs {
            if !values.contains_key(&format!("inputs.{name}")) {
                return fail(format!("the action has no input `{name}`"));
            }
        }
        let mut done = Done::default();
        let mut path = env::join_paths(
            [self.programs.to_owned()]
                .into_iter()
                .chain(env::split_paths(&env::var_os("PATH").unwrap_or_default())),
        )?;
        let steps = action["runs"]["steps"].as_vec().ok_or("the action has no steps")?;
        for (number, step) in steps.iter().enumerate() {
            if done.code != 0 || !holds(step, &values)? {
                continue;
            }
            if let Some(used) = step["uses"].as_str() {
                if !used.starts_with("actions/upload-artifact@") {
                    return fail(format!("the runner does not know {used}"));
                }
                let of = |key: &str| evaluated(step["with"][key].as_str().unwrap_or(""), &values);
                done.artifacts.push((of("name")?, of("path")?.into()));
                continue;
            }
            let folder = self.temporary.join(format!("_runner_{number}"));
            fs::create_dir(&folder)?;
            let file = |name: &str| -> Result<PathBuf, Failed> {
                let path = folder.join(name);
                OpenOptions::new().create(true).append(true).open(&path)?;
                Ok(path)
            };
            let script = file("script.sh")?;
            fs::write(&script, step["run"].as_str().ok_or("a step runs something")?)?;
            let (output, summary, added) = (file("output")?, file("summary")?, file("path")?);
            if step["shell"].as_str() != Some("bash") {
                return fail("a step of a composite action names its shell, bash");
            }
            let mut command = Command::new("bash");
            command.args(["--noprofile", "--norc", "-e", "-o", "pipefail"]).arg(&script);
            command.current_dir(self.workspace).env("PATH", &path);
            command.envs(self.variables.iter().copied());
            command.env("RUNNER_TEMP", self.temporary).env("GITHUB_OUTPUT", &output);
            command.env("GITHUB_ACTION_PATH", checkout());
            command.env("GITHUB_STEP_SUMMARY", &summary).env("GITHUB_PATH", &added);
            for (name, value) in step["env"].as_hash().into_iter().flatten() {
                let value = evaluated(value.as_str().unwrap_or_default(), &values)?;
                command.env(name.as_str().ok_or("the name of a variable")?, value);
            }
            let finished = run(&mut command)?;
            done.code = finished.code.ok_or("a step was killed")?;
            done.log += &finished.stdout;
            done.log += &finished.stderr;
            done.summary += &fs::read_to_string(&summary)?;
            let before = fs::read_to_string(&added)?;
            let before: Vec<PathBuf> = before.lines().map(PathBuf::from).collect();
            path = env::join_paths(before.into_iter().chain(env::split_paths(&path)))?;
            for line in fs::read_to_string(&output)?.lines() {
                let (name, value) = line.split_once('=').ok_or("an output is NAME=VALUE")?;
                let step = step["id"].as_str().ok_or("a step with outputs has an id")?;
                values.insert(format!("steps.{step}.outputs.{name}"), value.to_owned());
            }
        }
        for (name, output) in action["outputs"].as_hash().into_iter().flatten() {
            let value = evaluated(output["value"].as_str().unwrap_or_default(), &values)?;
            done.outputs.insert(name.as_str().unwrap_or_default().to_owned(), value);
        }
        Ok(done)
    }
}

/// Whether a step is run: it has no condition, or `${{ NAME != '' }}`.
fn holds(step: &Yaml, values: &BTreeMap<String, String>) -> Result<bool, Failed> {
    let Some(condition) = step["if"].as_str() else { return Ok(true) };
    let inner = condition.strip_prefix("${{ ").and_then(|it| it.strip_suffix(" != '' }}"));
    let Some(name) = inner else { return fail(format!("the runner does not know `{condition}`")) };
    Ok(!evaluated(&format!("${{{{ {name} }}}}"), values)?.is_empty())
}

/// A text with the value of each expression in it. What a step did not write is empty.
fn evaluated(text: &str, values: &BTreeMap<String, String>) -> Result<String, Failed> {
    let mut parts = text.split("${{ ");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(" }}").ok_or("an expression ends with ` }}`")?;
        match values.get(name) {
            Some(value) => whole += value,
            None if name.starts_with("steps.") => {}
            None => return fail(format!("`{name}` has no value")),
        }
        whole += rest;
    }
    Ok(whole)
}
