//! A skeleton in a folder of its own, and the commands of its README.

use std::{env::consts::EXE_SUFFIX, fs, path::Path, process::Command};

use libtest_mimic::Failed;

use crate::support::{Finished, Outcome, TYPESCRIPT, javascript::edit, rollwire, run};

pub(super) struct Project {
    language: String,
    folder: tempfile::TempDir,
}

impl Project {
    /// Writes the skeleton of a language to a new folder.
    pub(super) fn new(language: &str) -> Result<Self, Failed> {
        // In a folder below the one with its compiler, npm finds the compiler.
        let folder = if language == "ts" {
            tempfile::tempdir_in(TYPESCRIPT.folder())?
        } else {
            tempfile::tempdir()?
        };
        let project = Self { language: language.to_owned(), folder };
        run(rollwire(&["init", "--lang", language]).arg(project.folder()))?.exits(0)?;
        Ok(project)
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The commands of its README, without the one that needs a network: `.ci/run tools` has run it.
    pub(super) fn commands(&self) -> Result<Vec<String>, Failed> {
        let readme = fs::read_to_string(self.folder().join("README.md"))?;
        let block = readme.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next());
        let lines = block.ok_or("the README has no block of commands")?.lines();
        Ok(lines.filter(|line| *line != "npm install").map(str::to_owned).collect())
    }

    /// Runs one of them. Its words are separated by blanks, and nothing is quoted.
    pub(super) fn run(&self, line: &str) -> Result<Finished, Failed> {
        Ok(run(&mut self.command(line)?)?)
    }

    /// The adapter, which stands after the `--` of the last command.
    pub(super) fn adapter(&self) -> Result<Command, Failed> {
        let commands = self.commands()?;
        let last = commands.last().and_then(|line| line.split_once(" -- "));
        self.command(last.ok_or("the last command runs an adapter")?.1)
    }

    fn command(&self, line: &str) -> Result<Command, Failed> {
        let mut words = line.split_whitespace();
        let program = words.next().ok_or("an empty command")?;
        let in_folder = self.folder().join(format!("{program}{EXE_SUFFIX}"));
        let mut command = match program {
            "rollwire" => rollwire(&[]),
            _ if in_folder.exists() => Command::new(in_folder),
            _ => Command::new(program),
        };
        command.args(words).current_dir(self.folder());
        if self.language == "rust" {
            // As for a user, and not as for the tests; no warning is left, and no crate is needed.
            command.env_remove("CARGO_TARGET_DIR").env_remove("CARGO_BUILD_TARGET_DIR");
            command.env("RUSTFLAGS", "-D warnings").env("CARGO_NET_OFFLINE", "true");
        }
        Ok(command)
    }

    /// Replaces a part of a file.
    pub(super) fn edit(&self, file: &str, right: &str, wrong: &str) -> Outcome {
        edit(&self.folder().join(file), &[(right, wrong)])
    }
}
