//! The files under `vectors/` as one value: read, regenerated, compared, written.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs, io,
    path::{Path, PathBuf},
};

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::{
    Layout, Model,
    vectors::{
        case::{CaseFile, FORMAT, Source},
        digest::DigestFile,
        family::tidy,
        generate::{
            exchange::{self, generated_scenarios},
            generated,
            peer::{self, generated_peer_scenarios},
            topics,
        },
        print::pretty,
        scenario::{Scenario, ScenarioFile, ScenarioKind},
    },
};

/// The data files of a vector set: the path under `vectors/`, with `/`, and the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VectorSet {
    /// The texts by path.
    pub files: BTreeMap<String, String>,
}

/// Why a vector set could not be read, generated or written.
#[derive(Debug)]
pub enum SetError {
    /// A file could not be read or written.
    File(PathBuf, io::Error),
    /// A file is not what it should be.
    Content(String, String),
    /// The generator contradicts itself.
    Generator(String),
}

impl fmt::Display for SetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Content(path, fault) => write!(f, "vectors/{path}: {fault}"),
            Self::Generator(fault) => write!(f, "generator: {fault}"),
        }
    }
}

impl std::error::Error for SetError {}

impl VectorSet {
    /// Reads the data files under a directory: all `.json` and `.txt` files in it and in its folders,
    /// except the schemas.
    ///
    /// # Errors
    ///
    /// A [`SetError`] for a file or folder that cannot be read.
    pub fn read(directory: &Path) -> Result<Self, SetError> {
        let mut set = Self::default();
        set.read_folder(directory, "")?;
        Ok(set)
    }

    fn read_folder(&mut self, folder: &Path, prefix: &str) -> Result<(), SetError> {
        let failed = |error| SetError::File(folder.to_owned(), error);
        for entry in fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name =
                format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
            if path.is_dir() && name != "schema" {
                self.read_folder(&path, &format!("{name}/"))?;
            } else if path
                .extension()
                .is_some_and(|extension| extension == "json" || extension == "txt")
            {
                let text =
                    fs::read_to_string(&path).map_err(|error| SetError::File(path, error))?;
                self.files.insert(name, text.replace("\r\n", "\n"));
            }
        }
        Ok(())
    }

    /// Writes every file under a directory.
    ///
    /// # Errors
    ///
    /// A [`SetError`] for a file that cannot be written.
    pub fn write(&self, directory: &Path) -> Result<(), SetError> {
        for (name, text) in &self.files {
            let path = directory.join(name);
            let folder = path.parent().unwrap_or(directory);
            let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, text));
            written.map_err(|error| SetError::File(path, error))?;
        }
        Ok(())
    }

    /// The paths at which two sets differ.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let paths: BTreeSet<&String> = self.files.keys().chain(other.files.keys()).collect();
        paths
            .into_iter()
            .filter(|path| self.files.get(*path) != other.files.get(*path))
            .cloned()
            .collect()
    }

    /// The parsed files of codec cases, by path.
    ///
    /// # Errors
    ///
    /// A [`SetError`] that names the file that is not a case file.
    pub fn codec(&self) -> Result<BTreeMap<String, CaseFile>, SetError> {
        let files = self.files.iter().filter(|(path, _)| path.starts_with("codec/"));
        files
            .map(|(path, text)| {
                let file = CaseFile::parse(text)
                    .map_err(|error| SetError::Content(path.clone(), error.to_string()))?;
                Ok((path.clone(), file))
            })
            .collect()
    }

    /// The parsed files of scenarios, by path.
    ///
    /// # Errors
    ///
    /// A [`SetError`] that names the file that is not a scenario file.
    pub fn scenarios(&self) -> Result<BTreeMap<String, ScenarioFile>, SetError> {
        let files = self.files.iter().filter(|(path, _)| is_of_scenarios(path));
        files
            .map(|(path, text)| {
                let file = ScenarioFile::parse(text)
                    .map_err(|error| SetError::Content(path.clone(), error.to_string()))?;
                Ok((path.clone(), file))
            })
            .collect()
    }

    /// The parsed files of digest cases, by path.
    ///
    /// # Errors
    ///
    /// A [`SetError`] that names the file that is not a file of digest cases.
    pub fn digests(&self) -> Result<BTreeMap<String, DigestFile>, SetError> {
        let files = self.files.iter().filter(|(path, _)| path.starts_with("digest/"));
        files
            .map(|(path, text)| {
                let file = DigestFile::parse(text)
                    .map_err(|error| SetError::Content(path.clone(), error.to_string()))?;
                Ok((path.clone(), file))
            })
            .collect()
    }

    /// The set as it should be: generated cases are generated again, the others are kept and
    /// tidied, new ids are added to the list, and the manifest is updated. The version is kept: a
    /// maintainer raises it.
    ///
    /// # Errors
    ///
    /// A [`SetError`] for a file that cannot be read, or a fault of the generator.
    pub fn regenerated(&self) -> Result<Self, SetError> {
        let layout = Layout::builtin();
        let mut set = self.clone();
        let codec = self.codec()?;
        for topic in topics(layout) {
            let path = format!("codec/{topic}.json");
            let mut cases = codec.get(&path).map(|file| file.cases.clone()).unwrap_or_default();
            cases.retain(|case| case.source != Source::Model);
            for case in &mut cases {
                let revision = case.until.unwrap_or(layout.revision).max(case.since);
                tidy(&Model::specified(revision), case);
            }
            cases.extend(generated(layout, &topic).map_err(SetError::Generator)?);
            let file = CaseFile { vectors: FORMAT, topic, cases };
            let json = serde_json::to_value(&file)
                .map_err(|error| SetError::Content(path.clone(), error.to_string()))?;
            set.files.insert(path, pretty(&json));
        }
        set.renew_scenarios(layout)?;
        set.renew_digests()?;
        set.renew_ids()?;
        set.renew_manifest()?;
        Ok(set)
    }

    /// Generates the scenarios again; for those written by hand, only the expectations.
    fn renew_scenarios(&mut self, layout: &Layout) -> Result<(), SetError> {
        let written = self.scenarios()?;
        for topic in exchange::TOPICS.into_iter().chain(peer::TOPICS) {
            // `exchange_send` is the file `exchange/send.json`.
            let path = format!("{}.json", topic.replacen('_', "/", 1));
            let mut cases: Vec<Scenario> =
                written.get(&path).map(|file| file.cases.clone()).unwrap_or_default();
            cases.retain(|scenario| scenario.source != Source::Model);
            for scenario in &mut cases {
                scenario.expect_observations_of(&Model::new(layout, layout.revision));
            }
            cases.extend(generated_scenarios(layout, topic).map_err(SetError::Generator)?);
            cases.extend(generated_peer_scenarios(layout, topic).map_err(SetError::Generator)?);
            let kind = ScenarioKind::Scenario;
            let file = ScenarioFile { vectors: FORMAT, kind, topic: topic.to_owned(), cases };
            let json = serde_json::to_value(&file)
                .map_err(|error| SetError::Content(path.clone(), error.to_string()))?;
            self.files.insert(path, pretty(&json));
        }
        Ok(())
    }

    /// All digests are recorded: their content is kept, and only printed again.
    fn renew_digests(&mut self) -> Result<(), SetError> {
        for (path, file) in self.digests()? {
            let json = serde_json::to_value(&file)
                .map_err(|error| SetError::Content(path.clone(), error.to_string()))?;
            self.files.insert(path, pretty(&json));
        }
        Ok(())
    }

    /// Published ids are never removed from the list; new ones are added.
    fn renew_ids(&mut self) -> Result<(), SetError> {
        let published = self.files.get("ids.txt").map(String::as_str).unwrap_or_default();
        let mut ids: BTreeSet<String> = published.lines().map(str::to_owned).collect();
        for (path, json) in self.case_files()? {
            let cases = json["cases"]
                .as_array()
                .ok_or_else(|| SetError::Content(path, "no list of cases".to_owned()))?;
            ids.extend(cases.iter().filter_map(|case| case["id"].as_str()).map(str::to_owned));
        }
        self.files.insert("ids.txt".to_owned(), ids.into_iter().map(|id| id + "\n").collect());
        Ok(())
    }

    fn renew_manifest(&mut self) -> Result<(), SetError> {
        let old: Json = self
            .files
            .get("manifest.json")
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default();
        let version = old["version"].as_str().unwrap_or("1.0.0").to_owned();
        let mut files = Vec::new();
        for (path, json) in self.case_files()? {
            let cases = json["cases"].as_array().map_or(0, Vec::len);
            let digest =
                Sha256::digest(self.files.get(&path).map(String::as_bytes).unwrap_or_default());
            files.push(json!({"path": path, "cases": cases, "sha256": crate::hex::plain(&digest)}));
        }
        let manifest = json!({"name": "rollwire vectors", "version": version, "format": FORMAT, "files": files});
        self.files.insert("manifest.json".to_owned(), pretty(&manifest));
        Ok(())
    }

    /// The files in folders: each is an object with a list of cases.
    fn case_files(&self) -> Result<Vec<(String, Json)>, SetError> {
        let files = self.files.iter().filter(|(path, _)| path.contains('/'));
        files
            .map(|(path, text)| {
                let json = serde_json::from_str(text);
                json.map(|json| (path.clone(), json))
                    .map_err(|error| SetError::Content(path.clone(), error.to_string()))
            })
            .collect()
    }
}

/// Whether a file with this path is one of scenarios.
fn is_of_scenarios(path: &str) -> bool {
    path.starts_with("exchange/") || path.starts_with("peer/")
}
