//! Vector sets: the published one, embedded, and files that somebody brings along.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use rollwire_model::{
    Model,
    vectors::{Case, CaseFile, CheckKind, Scenario, ScenarioFile, case::FORMAT},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::event::VectorsId;

/// The published files, as the manifest names them.
macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../vectors/", $path)))),*]
    };
}

/// Path below `vectors/`, and text.
pub const FILES: &[(&str, &str)] = embedded![
    "codec/input.json",
    "codec/ping.json",
    "codec/pong.json",
    "codec/keepalive.json",
    "codec/episode_end.json",
    "codec/episode_ready.json",
    "codec/state_hash.json",
    "codec/validation_ping.json",
    "codec/validation_pong.json",
    "codec/input_request.json",
    "codec/input_response.json",
    "codec/focus_state.json",
    // Last: a wrong message fails here too, and its own cases explain it better.
    "codec/wire.json",
    "codec/unknown_type.json",
    "exchange/confirm.json",
    "exchange/send.json",
    "exchange/refusal.json",
    "exchange/receive.json",
    "exchange/rollback.json",
    "exchange/reset.json",
    "exchange/compare.json",
    "exchange/detect_rollback.json",
    "exchange/play.json",
];

/// The published manifest.
pub const MANIFEST: &str = include_str!("../../vectors/manifest.json");

/// The published notes on flags.
pub const FLAGS: &str = include_str!("../../vectors/flags.json");

/// The largest vector file that is read: 16 MiB.
const MAX_FILE: u64 = 16 * 1024 * 1024;

/// The longest scenario that is run: what it observes grows with the square of its length.
const MAX_STEPS: usize = 4096;

/// What a flag of a case means.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// The kind of bug.
    pub bug_class: String,
    /// What the implementation does wrong.
    pub description: String,
    /// What happens in a game because of it.
    pub effect: String,
}

/// Cases, and where they come from.
#[derive(Clone, Debug)]
pub struct VectorSet {
    /// Which set.
    pub id: VectorsId,
    /// The cases about bytes, in the order of the files.
    pub cases: Vec<Case>,
    /// The scenarios, in the order of the files.
    pub scenarios: Vec<Scenario>,
}

impl VectorSet {
    /// Everything in it, first what is about bytes.
    pub fn all(&self) -> impl Iterator<Item = &dyn Titled> {
        let cases = self.cases.iter().map(|case| case as &dyn Titled);
        cases.chain(self.scenarios.iter().map(|scenario| scenario as &dyn Titled))
    }
}

/// What cases about bytes and scenarios have in common.
pub trait Titled {
    /// The id.
    fn id(&self) -> &str;
    /// The rules; the first is the one that it is about.
    fn rules(&self) -> &[String];
    /// The bug that it catches.
    fn comment(&self) -> &str;
    /// Kinds of bugs.
    fn flags(&self) -> &[String];
    /// The whole as JSON.
    fn json(&self) -> serde_json::Result<serde_json::Value>;
}

macro_rules! titled {
    ($($kind:ty),*) => {$(impl Titled for $kind {
        fn id(&self) -> &str {
            &self.id
        }

        fn rules(&self) -> &[String] {
            &self.rules
        }

        fn comment(&self) -> &str {
            &self.comment
        }

        fn flags(&self) -> &[String] {
            &self.flags
        }

        fn json(&self) -> serde_json::Result<serde_json::Value> {
            serde_json::to_value(self)
        }
    })*};
}
titled!(Case, Scenario);

/// Why vectors cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum VectorsFault {
    /// The published set is not what its manifest says: this rollwire is broken.
    #[error("the published vectors are damaged: {0}; install rollwire again")]
    Damaged(String),
    /// A file or folder cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file is too large.
    #[error("{}: {size} bytes; a vector file has at most {MAX_FILE}", path.display())]
    TooLarge {
        /// Which.
        path: PathBuf,
        /// Its size in bytes.
        size: u64,
    },
    /// A file is no vector file.
    #[error("{}: is no vector file: {reason}", path.display())]
    Malformed {
        /// Which.
        path: PathBuf,
        /// What the parser says, with line and column.
        reason: String,
    },
    /// Two cases have one id.
    #[error("{}: the id `{id}` stands for more than one case", path.display())]
    DuplicateId {
        /// The file of the second one.
        path: PathBuf,
        /// The id.
        id: String,
    },
}

/// What a vector file holds.
enum File {
    Cases(CaseFile),
    Scenarios(ScenarioFile),
}

impl File {
    /// A file of scenarios says so; any other is one of cases.
    fn parse(text: &str) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct Kind {
            kind: Option<serde_json::Value>,
        }
        let kind = serde_json::from_str::<Kind>(text).ok().and_then(|file| file.kind);
        match kind {
            None => CaseFile::parse(text).map(Self::Cases),
            Some(_) => ScenarioFile::parse(text).map(Self::Scenarios),
        }
    }

    fn version(&self) -> u32 {
        match self {
            Self::Cases(file) => file.vectors,
            Self::Scenarios(file) => file.vectors,
        }
    }
}

#[derive(Default, Deserialize)]
struct Notes {
    flags: BTreeMap<String, Flag>,
}

#[derive(Deserialize)]
struct Manifest {
    name: String,
    version: String,
    files: Vec<ManifestFile>,
}

#[derive(Deserialize)]
struct ManifestFile {
    path: String,
    sha256: String,
}

impl VectorSet {
    /// The published set, checked against its manifest.
    ///
    /// # Errors
    /// [`VectorsFault::Damaged`], which is exit 5.
    pub fn builtin() -> Result<Self, VectorsFault> {
        Self::published(MANIFEST, FILES)
    }

    /// The files of a set that are exactly those that its manifest lists.
    fn published(listing: &str, files: &[(&str, &str)]) -> Result<Self, VectorsFault> {
        let manifest: Manifest = serde_json::from_str(listing)
            .map_err(|error| VectorsFault::Damaged(format!("manifest.json: {error}")))?;
        let listed: BTreeMap<&str, &str> =
            manifest.files.iter().map(|file| (&*file.path, &*file.sha256)).collect();
        if listed.len() != files.len() {
            let text = "the manifest lists other files than are there".to_owned();
            return Err(VectorsFault::Damaged(text));
        }
        let (mut cases, mut scenarios) = (Vec::new(), Vec::new());
        for (path, text) in files {
            let digest = sha256(text.as_bytes());
            if listed.get(path) != Some(&&*digest) {
                let text = format!("{path} has SHA-256 {digest}, which the manifest does not list");
                return Err(VectorsFault::Damaged(text));
            }
            let file = File::parse(text)
                .map_err(|error| VectorsFault::Damaged(format!("{path}: {error}")))?;
            match file {
                File::Cases(file) => cases.extend(file.cases),
                File::Scenarios(file) => scenarios.extend(file.cases),
            }
        }
        let id = VectorsId {
            name: manifest.name,
            version: manifest.version,
            sha256: sha256(listing.as_bytes()),
        };
        Ok(Self { id, cases, scenarios })
    }

    /// Files, and all `.json` files below folders, in the order of their names.
    ///
    /// # Errors
    /// The first file that cannot be used.
    pub fn load(paths: &[PathBuf]) -> Result<Self, VectorsFault> {
        let mut files = Vec::new();
        for path in paths {
            collect(path, &mut files)?;
        }
        let mut hasher = Sha256::new();
        let (mut cases, mut scenarios) = (Vec::new(), Vec::new());
        let mut seen = BTreeSet::new();
        for path in files {
            let text = read(&path)?;
            hasher.update(text.as_bytes());
            let file = File::parse(&text).map_err(|error| VectorsFault::Malformed {
                path: path.clone(),
                reason: error.to_string(),
            })?;
            if file.version() != FORMAT {
                let reason = format!("`vectors` is {}; expected {FORMAT}", file.version());
                return Err(VectorsFault::Malformed { path, reason });
            }
            let mut check = |id: &str, defect: Option<String>| {
                if let Some(reason) = defect {
                    let reason = format!("case `{}`: {reason}", crate::text::shorten(id));
                    return Err(VectorsFault::Malformed { path: path.clone(), reason });
                }
                if !seen.insert(id.to_owned()) {
                    return Err(VectorsFault::DuplicateId {
                        path: path.clone(),
                        id: id.to_owned(),
                    });
                }
                Ok(())
            };
            match file {
                File::Cases(file) => {
                    for case in file.cases {
                        check(&case.id, defect(&case))?;
                        cases.push(case);
                    }
                }
                File::Scenarios(file) => {
                    for scenario in file.cases {
                        check(&scenario.id, scenario_defect(&scenario))?;
                        scenarios.push(scenario);
                    }
                }
            }
        }
        let name =
            paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" ");
        let id = VectorsId {
            name,
            version: "unpublished".to_owned(),
            sha256: rollwire_model::hex::plain(&hasher.finalize()),
        };
        Ok(Self { id, cases, scenarios })
    }
}

/// The published notes on flags, by flag.
#[must_use]
pub fn flags() -> BTreeMap<String, Flag> {
    // A test reads the same file; a broken one costs the notes and nothing else.
    serde_json::from_str::<Notes>(FLAGS).unwrap_or_default().flags
}

/// Why a case of somebody's file cannot be asked, though its members have the right types.
#[must_use]
pub fn defect(case: &Case) -> Option<String> {
    let common = common_defect(&case.id, &case.rules);
    if common.is_some() {
        return common;
    }
    if case.hex.is_none() && case.value.is_none() {
        return Some("neither `hex` nor `value` is given".to_owned());
    }
    if case.reject.is_some() && case.one_of.is_some() {
        return Some("`reject` and `one_of` exclude each other".to_owned());
    }
    if case.checks.is_empty() {
        return Some("`checks` is empty".to_owned());
    }
    let unanswerable = case.checks.iter().find(|kind| case.outcomes(**kind).is_empty())?;
    Some(format!("the check `{unanswerable}` has no right answer in this case"))
}

/// Why a scenario of somebody's file cannot be run, though its members have the right types.
#[must_use]
pub fn scenario_defect(scenario: &Scenario) -> Option<String> {
    let common = common_defect(&scenario.id, &scenario.rules);
    if common.is_some() {
        return common;
    }
    if scenario.steps.is_empty() || scenario.steps.len() > MAX_STEPS {
        return Some(format!(
            "`steps` has {} entries; expected 1 to {MAX_STEPS}",
            scenario.steps.len()
        ));
    }
    if scenario.checks != [CheckKind::Run] {
        return Some("`checks` of a scenario is [\"run\"]".to_owned());
    }
    scenario.disagreement(&Model::latest())
}

fn common_defect(id: &str, rules: &[String]) -> Option<String> {
    if id.is_empty() || id.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Some("`id` is empty or has blanks".to_owned());
    }
    if rules.is_empty() || rules.len() > 3 {
        return Some(format!("`rules` has {} entries; expected 1 to 3", rules.len()));
    }
    None
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), VectorsFault> {
    let unreadable = |source| VectorsFault::Unreadable { path: path.to_owned(), source };
    if !fs::metadata(path).map_err(unreadable)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)
        .map_err(unreadable)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(unreadable)?;
    entries.sort();
    for entry in entries {
        // A link to a folder could lead in a circle.
        let is_folder = fs::symlink_metadata(&entry).map_err(unreadable)?.is_dir();
        // A whole set has more in it than cases.
        if ["manifest.json", "flags.json", "schema"].iter().any(|name| entry.ends_with(name)) {
            continue;
        }
        if is_folder || entry.extension().is_some_and(|extension| extension == "json") {
            collect(&entry, files)?;
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, VectorsFault> {
    let unreadable = |source| VectorsFault::Unreadable { path: path.to_owned(), source };
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(unreadable(io::Error::other("it is no file")));
    }
    // The size is asked of what was read: a file can grow, and a device has none.
    let mut text = String::new();
    let file = fs::File::open(path).map_err(unreadable)?;
    file.take(MAX_FILE + 1).read_to_string(&mut text).map_err(unreadable)?;
    if text.len() as u64 > MAX_FILE {
        return Err(VectorsFault::TooLarge { path: path.to_owned(), size: metadata.len() });
    }
    Ok(text)
}

fn sha256(bytes: &[u8]) -> String {
    rollwire_model::hex::plain(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_files_are_exactly_those_of_the_manifest() {
        assert!(VectorSet::published(MANIFEST, FILES).is_ok());
        let damaged =
            |files: &[(&str, &str)]| VectorSet::published(MANIFEST, files).unwrap_err().to_string();
        assert_eq!(
            damaged(&FILES[1..]),
            "the published vectors are damaged: the manifest lists other files than are there; \
             install rollwire again"
        );
        let mut changed = FILES.to_vec();
        changed[0].1 = "{}";
        assert!(damaged(&changed).contains("which the manifest does not list"));
    }
}
