//! Vector sets: the published one, embedded, and files that somebody brings along.

mod brought;
mod published;

use std::{collections::BTreeMap, io, path::PathBuf};

use rollwire_model::{
    Level,
    vectors::{Case, CaseFile, DigestCase, DigestFile, Scenario, ScenarioFile},
};
use serde::Deserialize;

use self::brought::MAX_FILE;
pub use self::published::{FILES, FLAGS, MANIFEST};
use crate::event::VectorsId;

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
    /// The cases about digests, in the order of the files.
    pub digests: Vec<DigestCase>,
}

impl VectorSet {
    /// Everything in it: what is about bytes, then scenarios, then digests.
    pub fn all(&self) -> impl Iterator<Item = &dyn Titled> {
        let cases = self.cases.iter().map(|case| case as &dyn Titled);
        let scenarios = self.scenarios.iter().map(|scenario| scenario as &dyn Titled);
        cases.chain(scenarios).chain(self.digests.iter().map(|digest| digest as &dyn Titled))
    }
}

/// What cases about bytes, scenarios and cases about digests have in common.
pub trait Titled {
    /// The id.
    fn id(&self) -> &str;
    /// The rules; the first is the one that it is about.
    fn rules(&self) -> &[String];
    /// MUST, SHOULD or MAY.
    fn level(&self) -> Level;
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

        fn level(&self) -> Level {
            self.level
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
titled!(Case, Scenario, DigestCase);

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
    Digests(DigestFile),
}

impl File {
    /// A file of scenarios or of digests says so; any other is one of cases.
    fn parse(text: &str) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct Kind {
            kind: Option<serde_json::Value>,
        }
        let kind = serde_json::from_str::<Kind>(text).ok().and_then(|file| file.kind);
        match kind {
            None => CaseFile::parse(text).map(Self::Cases),
            Some(kind) if kind == "digest" => DigestFile::parse(text).map(Self::Digests),
            Some(_) => ScenarioFile::parse(text).map(Self::Scenarios),
        }
    }

    fn version(&self) -> u32 {
        match self {
            Self::Cases(file) => file.vectors,
            Self::Scenarios(file) => file.vectors,
            Self::Digests(file) => file.vectors,
        }
    }
}

#[derive(Default, Deserialize)]
struct Notes {
    flags: BTreeMap<String, Flag>,
}

/// The published notes on flags, by flag.
#[must_use]
pub fn flags() -> BTreeMap<String, Flag> {
    // A test reads the same file; a broken one costs the notes and nothing else.
    serde_json::from_str::<Notes>(FLAGS).unwrap_or_default().flags
}
