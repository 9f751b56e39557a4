//! The settings of a project: what `rollwire.toml` says, so that no command line has to.
//!
//! | file | story |
//! |---|---|
//! | `mod` | the settings, and the keys of the file |
//! | `fault` | why a text is not a valid file |
//! | `value` | one value of the file: its type, its bounds, and the line of a fault |
//!
//! The keys are the names of options of `rollwire check`. All of it is pure: the caller reads the file, and
//! resolves its paths from the folder of the file.

mod fault;
mod value;

#[cfg(test)]
mod tests;

use std::time::Duration;

use toml::de::{DeTable, DeValue};

pub use self::fault::SettingsFault;
use self::value::{Entry, Lines, entries};
use crate::{
    runner::Address,
    text::{closest, is_blank, shorten},
};

/// The name of the file.
pub const NAME: &str = "rollwire.toml";

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 64 * 1024;

/// The formats that `reports` may name.
pub const FORMATS: [&str; 8] =
    ["text", "jsonl", "json", "junit", "markdown", "github", "shields", "html"];

/// The keys of the file.
pub const KEYS: [&str; 15] = [
    "command",
    "adapter",
    "strict",
    "baseline",
    "vectors",
    "fresh",
    "revision",
    "window",
    "timeout",
    "patience",
    "startup-timeout",
    "deadline",
    "restarts",
    "reports",
    "watch",
];

/// The keys of the table `watch`.
pub const WATCH_KEYS: [&str; 2] = ["paths", "ignore"];

/// What a file says. Each setting is `None`, or empty, if the file does not have its key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The program that starts the adapter, and its arguments.
    pub command: Option<Vec<String>>,
    /// The address of an adapter that is already running. A file has this or `command`.
    pub adapter: Option<Address>,
    /// Whether a violated SHOULD is a failure.
    pub strict: Option<bool>,
    /// The path of a baseline, from the folder of the file.
    pub baseline: Option<String>,
    /// Paths of vector files, from the folder of the file.
    pub vectors: Vec<String>,
    /// How many fresh cases each message type gets, from 0 to 1000.
    pub fresh: Option<u32>,
    /// The revision of the protocol whose cases are run.
    pub revision: Option<u8>,
    /// How many requests may wait for their answers, from 1 to 65,536.
    pub window: Option<usize>,
    /// How long to wait for an answer before it is asked again; 0 for no limit.
    pub timeout: Option<Duration>,
    /// How long to wait for the answer to a request that is asked again alone.
    pub patience: Option<Duration>,
    /// How long the adapter may take to start.
    pub startup_timeout: Option<Duration>,
    /// How long a run may take.
    pub deadline: Option<Duration>,
    /// How often the adapter may be restarted.
    pub restarts: Option<u32>,
    /// The reports of a run: each format of [`FORMATS`] at most once, with the path of its file from the folder
    /// of the settings; `-` is standard output.
    pub reports: Vec<(String, String)>,
    /// The files and folders that `rollwire watch` watches, from the folder of the file.
    pub watch_paths: Vec<String>,
    /// Globs over the files that `rollwire watch` does not watch.
    pub watch_ignore: Vec<String>,
}

/// Reads settings.
///
/// # Errors
/// The first fault, with its line.
pub fn parse(text: &str) -> Result<Settings, SettingsFault> {
    let lines = Lines::of(text);
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        lines.fault(at, shorten(error.message()))
    })?;
    let mut settings = Settings::default();
    let mut target: Option<&'static str> = None;
    for entry in entries(table.get_ref(), &lines) {
        settings.take(&entry)?;
        for key in ["command", "adapter"].into_iter().filter(|key| *key == entry.key) {
            if let Some(other) = target.replace(key) {
                let text = format!("`{key}` and `{other}` both name an adapter; keep one of them");
                return Err(entry.fault(text));
            }
        }
    }
    Ok(settings)
}

impl Settings {
    fn take(&mut self, entry: &Entry<'_>) -> Result<(), SettingsFault> {
        match entry.key {
            "command" => self.command = Some(command(entry)?),
            "adapter" => {
                let text = entry.text("a text such as \"tcp:127.0.0.1:7007\"")?;
                let address =
                    text.parse().map_err(|why| entry.fault(format!("`adapter`: {why}")))?;
                self.adapter = Some(address);
            }
            "strict" => self.strict = Some(entry.boolean()?),
            "baseline" => self.baseline = Some(entry.path()?),
            "vectors" => self.vectors = entry.paths()?,
            "fresh" => self.fresh = Some(entry.number(0, 1000)?),
            "revision" => {
                let latest = rollwire_model::Layout::builtin().revision;
                self.revision = Some(entry.number(1, latest.into())?);
            }
            "window" => self.window = Some(entry.number(1, 65_536)?),
            "timeout" => self.timeout = Some(entry.time()?),
            "patience" => self.patience = Some(entry.time()?),
            "startup-timeout" => self.startup_timeout = Some(entry.time()?),
            "deadline" => self.deadline = Some(entry.time()?),
            "restarts" => self.restarts = Some(entry.number(0, u32::MAX.into())?),
            "reports" => self.reports = reports(entry)?,
            "watch" => self.take_watch(entry)?,
            _ => return Err(unknown(entry, "a key", &KEYS)),
        }
        Ok(())
    }

    fn take_watch(&mut self, entry: &Entry<'_>) -> Result<(), SettingsFault> {
        for inner in entry.table("a table of `paths` and `ignore`")? {
            match inner.key {
                "paths" => self.watch_paths = inner.paths()?,
                "ignore" => {
                    self.watch_ignore = inner.texts("a list of globs, as in [\"*.log\"]")?;
                }
                _ => return Err(unknown(&inner, "a key of `watch`", &WATCH_KEYS)),
            }
        }
        Ok(())
    }

    /// The keys that the file has, in the order of [`KEYS`].
    #[must_use]
    pub fn keys(&self) -> Vec<&'static str> {
        let has = [
            self.command.is_some(),
            self.adapter.is_some(),
            self.strict.is_some(),
            self.baseline.is_some(),
            !self.vectors.is_empty(),
            self.fresh.is_some(),
            self.revision.is_some(),
            self.window.is_some(),
            self.timeout.is_some(),
            self.patience.is_some(),
            self.startup_timeout.is_some(),
            self.deadline.is_some(),
            self.restarts.is_some(),
            !self.reports.is_empty(),
            !(self.watch_paths.is_empty() && self.watch_ignore.is_empty()),
        ];
        KEYS.into_iter().zip(has).filter(|(_, has)| *has).map(|(key, _)| key).collect()
    }
}

/// The words of the command. An empty program would be a run of nothing.
fn command(entry: &Entry<'_>) -> Result<Vec<String>, SettingsFault> {
    let expected = "a list of words, as in [\"node\", \"my_adapter.mjs\"]";
    if let DeValue::String(_) = entry.value {
        let text = format!("`command` is a text; expected {expected}, because no shell divides it");
        return Err(entry.fault(text));
    }
    let words = entry.texts(expected)?;
    if words.first().is_none_or(|program| is_blank(program)) {
        return Err(entry.fault(format!("`command` has no program; expected {expected}")));
    }
    if words.iter().any(|word| word.contains('\0')) {
        return Err(entry.fault("`command` contains a NUL character".to_owned()));
    }
    Ok(words)
}

/// The reports, each with its path. Two reports cannot have one path.
fn reports(entry: &Entry<'_>) -> Result<Vec<(String, String)>, SettingsFault> {
    let mut reports: Vec<(String, String)> = Vec::new();
    for inner in
        entry.table("a table of formats and their files, as in { jsonl = \"run.jsonl\" }")?
    {
        if !FORMATS.contains(&inner.key) {
            return Err(unknown(&inner, "a format", &FORMATS));
        }
        let path = inner.path()?;
        if let Some((other, _)) = reports.iter().find(|(_, it)| *it == path) {
            let (path, key) = (shorten(&path), inner.key);
            let text = format!(
                "`{key}` and `{other}` are both written to `{path}`; give each its own file"
            );
            return Err(inner.fault(text));
        }
        reports.push((inner.key.to_owned(), path));
    }
    Ok(reports)
}

fn unknown(entry: &Entry<'_>, what: &str, known: &[&str]) -> SettingsFault {
    let advice = match closest(entry.key, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("expected one of {}", known.join(", ")),
    };
    entry.fault(format!("`{}` is not {what}; {advice}", shorten(entry.key)))
}
