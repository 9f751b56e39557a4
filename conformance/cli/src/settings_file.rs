//! The settings of a project: `rollwire.toml`, found, read, and put behind what the command line says.
//!
//! It is looked for in the current folder and in no other. It names a program that is started, so a file that
//! a parent folder happens to have, such as one of `/tmp`, must not be found.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::ValueEnum;
use rollwire_conformance::{
    settings::{MAX_FILE, NAME, Settings, parse},
    text::{ReadTextFault, open_regular, read_text, shown},
};

use crate::{
    args::{CaseOptions, Check, Format, Fuzz, JudgingArgs, LimitArgs, SettingsArgs, Target},
    failure::Failure,
};

/// The settings that a command line is completed with. Without a file, there are none.
#[derive(Debug, Default)]
pub(crate) struct SettingsFile {
    settings: Settings,
    /// The name of the file, for people.
    name: String,
    /// The folder that paths begin at; empty for the current one.
    folder: PathBuf,
    /// The options that name this file, for a rerun.
    words: Vec<String>,
}

impl SettingsFile {
    /// The file that the command line names, or else the one of the current folder, if there is one.
    pub(crate) fn of(arguments: &SettingsArgs) -> Result<Self, Failure> {
        if arguments.no_config {
            return Ok(Self { words: vec!["--no-config".to_owned()], ..Self::default() });
        }
        let Some(path) = &arguments.config else {
            // A link that leads nowhere is there, and is an error.
            return match fs::symlink_metadata(NAME) {
                Err(_) => Ok(Self::default()),
                Ok(_) => Self::read(Path::new(NAME)),
            };
        };
        let words = vec!["--config".to_owned(), path.to_string_lossy().into_owned()];
        Ok(Self { words, ..Self::read(path)? })
    }

    fn read(path: &Path) -> Result<Self, Failure> {
        let name = shown(path);
        let file = open_regular(path).map_err(ReadTextFault::Io);
        let text = file.and_then(|file| read_text(file, MAX_FILE)).map_err(|fault| {
            let advice = "--no-config runs without settings";
            Failure::usage(format!("{name}: {fault}; {advice}"))
        })?;
        let settings = parse(&text)
            .map_err(|fault| Failure::usage(format!("{name}:{}: {}", fault.line, fault.text)))?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self { settings, name, folder, words: Vec::new() })
    }

    /// The arguments of a run, completed.
    pub(crate) fn check(&self, arguments: &Check) -> Check {
        let it = arguments.clone();
        let (settings, is_dump) = (&self.settings, it.dump.is_some());
        let mut check = Check {
            judging: JudgingArgs {
                strict: self.strict(it.judging.strict, it.judging.no_strict) && !is_dump,
                baseline: it.judging.baseline.or_else(|| {
                    settings.baseline.as_ref().filter(|_| !is_dump).map(|path| self.path(path))
                }),
                ..it.judging
            },
            // An earlier run says itself which cases it had.
            case_options: match it.failed {
                None => self.case_options(it.case_options),
                Some(_) => it.case_options,
            },
            limits: self.limits(it.limits),
            target: match (&it.dump, &it.answers) {
                (None, None) => self.target(&it.target),
                _ => Target { settings_words: self.words.clone(), ..it.target },
            },
            ..arguments.clone()
        };
        if check.format.is_empty() && check.output.is_empty() && !is_dump {
            for (format, path) in &settings.reports {
                check.format.extend(Format::from_str(format, false));
                check.output.push(self.path(path));
            }
        }
        check.notes.extend(self.note());
        check
    }

    /// The arguments of `baseline update`, completed: its baseline is another argument, and its reports are
    /// those of the command line alone.
    pub(crate) fn update(&self, arguments: &Check) -> Check {
        let completed = self.check(arguments);
        let judging =
            JudgingArgs { baseline: arguments.judging.baseline.clone(), ..completed.judging };
        Check {
            judging,
            format: arguments.format.clone(),
            output: arguments.output.clone(),
            ..completed
        }
    }

    /// The arguments of `fuzz`, completed.
    pub(crate) fn fuzz(&self, arguments: &Fuzz) -> Fuzz {
        Fuzz {
            strict: self.strict(arguments.strict, arguments.no_strict),
            limits: self.limits(arguments.limits),
            target: self.target(&arguments.target),
            ..arguments.clone()
        }
    }

    /// How long to wait, and how often to try again.
    pub(crate) fn limits(&self, given: LimitArgs) -> LimitArgs {
        let settings = &self.settings;
        LimitArgs {
            window: given.window.or(settings.window),
            timeout: given.timeout.or(settings.timeout),
            patience: given.patience.or(settings.patience),
            startup_timeout: given.startup_timeout.or(settings.startup_timeout),
            deadline: given.deadline.or(settings.deadline),
            restarts: given.restarts.or(settings.restarts),
        }
    }

    /// The adapter. A command line that names one in any way has it to itself.
    pub(crate) fn target(&self, given: &Target) -> Target {
        let mut target = Target { settings_words: self.words.clone(), ..given.clone() };
        // `-- $COMMAND` without a value must never be a run of something else.
        let is_cut_off = std::env::args_os().next_back().is_some_and(|last| last == "--");
        let is_given = given.adapter.is_some() || given.builtin || !given.command.is_empty();
        if is_given || is_cut_off {
            return target;
        }
        target.adapter = self.settings.adapter.clone();
        if let Some(command) = &self.settings.command {
            target.command.clone_from(command);
            target.folder = Some(self.folder.clone()).filter(|it| it != Path::new(""));
        }
        target
    }

    /// The files and folders to watch, and the globs of those not to watch.
    pub(crate) fn watched(
        &self,
        paths: &[PathBuf],
        ignore: &[String],
    ) -> (Vec<PathBuf>, Vec<String>) {
        let own = self.settings.watch_paths.iter().map(|path| self.path(path)).collect();
        let paths = if paths.is_empty() { own } else { paths.to_vec() };
        (paths, [&self.settings.watch_ignore, ignore].concat())
    }

    fn strict(&self, strict: bool, no_strict: bool) -> bool {
        strict || self.settings.strict.unwrap_or_default() && !no_strict
    }

    fn case_options(&self, given: CaseOptions) -> CaseOptions {
        let vectors = self.settings.vectors.iter().map(|path| self.path(path));
        CaseOptions {
            vectors: if given.vectors.is_empty() { vectors.collect() } else { given.vectors },
            fresh: given.fresh.or(self.settings.fresh),
            revision: given.revision.or(self.settings.revision),
        }
    }

    /// A path of the file, as this process opens it. `-` stays standard output.
    fn path(&self, path: &str) -> PathBuf {
        if path == "-" { PathBuf::from(path) } else { self.folder.join(path) }
    }

    /// What a report says about the file: that there is one, and what it has.
    fn note(&self) -> Option<String> {
        let keys = self.settings.keys();
        let list = keys.join(", ");
        (!keys.is_empty())
            .then(|| format!("{} has {list}; an option of the command line wins", self.name))
    }
}

#[cfg(test)]
mod tests {
    use rollwire_conformance::settings::FORMATS;

    use super::*;

    #[test]
    fn a_file_may_name_every_format() {
        let formats = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let names: Vec<String> = formats.map(|it| it.get_name().to_owned()).collect();
        assert_eq!(names, FORMATS);
    }
}
