//! The files that somebody brings along: found, read within bounds, and refused where a case cannot be asked.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::LazyLock,
};

use rollwire_model::{
    Model,
    vectors::{Case, CheckKind, DigestCase, Scenario, case::FORMAT},
};
use sha2::{Digest, Sha256};

use super::{File, VectorSet, VectorsFault};
use crate::event::VectorsId;

/// The largest vector file that is read: 16 MiB.
pub(super) const MAX_FILE: u64 = 16 * 1024 * 1024;

/// The longest scenario that is run: what it observes grows with the square of its length.
const MAX_STEPS: usize = 4096;

/// Made once: a file can hold thousands of scenarios.
static MODEL: LazyLock<Model> = LazyLock::new(Model::latest);

impl VectorSet {
    /// Files, and all `.json` files below folders, in the order of their names.
    ///
    /// # Errors
    /// The first file that cannot be used.
    pub fn load(paths: &[PathBuf]) -> Result<Self, VectorsFault> {
        let mut files = Vec::new();
        for path in paths {
            collect(path, &mut files)?;
        }
        let name =
            paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" ");
        let mut brought = Brought::new();
        for path in files {
            brought.add(&path, &read(&path)?)?;
        }
        Ok(brought.named(name))
    }

    /// The file of this path, whose text has been read already.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn from_text(path: &Path, text: &str) -> Result<Self, VectorsFault> {
        if text.len() as u64 > MAX_FILE {
            return Err(VectorsFault::TooLarge { path: path.to_owned(), size: text.len() as u64 });
        }
        let mut brought = Brought::new();
        brought.add(path, text)?;
        Ok(brought.named(path.display().to_string()))
    }
}

/// What is in the files that have been read so far.
struct Brought {
    hasher: Sha256,
    seen: BTreeSet<String>,
    cases: Vec<Case>,
    scenarios: Vec<Scenario>,
    digests: Vec<DigestCase>,
}

impl Brought {
    fn new() -> Self {
        let (cases, scenarios, digests) = (Vec::new(), Vec::new(), Vec::new());
        Self { hasher: Sha256::new(), seen: BTreeSet::new(), cases, scenarios, digests }
    }

    fn add(&mut self, path: &Path, text: &str) -> Result<(), VectorsFault> {
        let malformed = |reason| VectorsFault::Malformed { path: path.to_owned(), reason };
        self.hasher.update(text.as_bytes());
        let file = File::parse(text).map_err(|error| malformed(error.to_string()))?;
        if file.version() != FORMAT {
            return Err(malformed(format!("`vectors` is {}; expected {FORMAT}", file.version())));
        }
        let mut check = |id: &str, defect: Option<String>| {
            if let Some(reason) = defect {
                return Err(malformed(format!("case `{}`: {reason}", crate::text::shorten(id))));
            }
            if !self.seen.insert(id.to_owned()) {
                return Err(VectorsFault::DuplicateId { path: path.to_owned(), id: id.to_owned() });
            }
            Ok(())
        };
        match file {
            File::Cases(file) => {
                for case in file.cases {
                    check(&case.id, defect(&case))?;
                    self.cases.push(case);
                }
            }
            File::Scenarios(file) => {
                for scenario in file.cases {
                    check(&scenario.id, scenario_defect(&scenario))?;
                    self.scenarios.push(scenario);
                }
            }
            File::Digests(file) => {
                for digest in file.cases {
                    check(&digest.id, digest_defect(&digest))?;
                    self.digests.push(digest);
                }
            }
        }
        Ok(())
    }

    fn named(self, name: String) -> VectorSet {
        let sha256 = rollwire_model::hex::plain(&self.hasher.finalize());
        let id = VectorsId { name, version: "unpublished".to_owned(), sha256 };
        VectorSet { id, cases: self.cases, scenarios: self.scenarios, digests: self.digests }
    }
}

/// Why a case of somebody's file cannot be asked, though its members have the right types.
fn defect(case: &Case) -> Option<String> {
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
fn scenario_defect(scenario: &Scenario) -> Option<String> {
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
    scenario.disagreement(&MODEL)
}

/// Why a digest case of somebody's file cannot be asked, though its members have the right types.
fn digest_defect(case: &DigestCase) -> Option<String> {
    let common = common_defect(&case.id, &case.rules);
    if common.is_some() {
        return common;
    }
    if case.checks != [CheckKind::Digest] {
        return Some("`checks` of a digest case is [\"digest\"]".to_owned());
    }
    let said =
        [case.text.is_some() || case.hash.is_some(), case.reject.is_some(), case.one_of.is_some()];
    if said.into_iter().filter(|&it| it).count() != 1 {
        return Some("one of `text` with `hash`, `reject` and `one_of` is needed".to_owned());
    }
    case.disagreement()
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
