//! Finds and reads the user's vector files, within limits, and rejects cases that cannot be asked.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{
    case::{AnyCase, Origin},
    fault::{MAX_FILE, VectorsFault},
    file::parse_file,
    set::{VectorSet, VectorsId},
    size, usable,
};
use crate::text::{ReadTextFault, open_regular, read_text, sanitize, shorten};

impl VectorSet {
    /// Reads files, and all `.json` files in folders, in the order of their names.
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
        let mut loader = Loader::default();
        for path in files {
            loader.add(&path, &read(&path)?)?;
        }
        Ok(loader.set(name))
    }

    /// The set of one file whose text has already been read.
    ///
    /// # Errors
    /// Why the file cannot be used.
    pub fn from_text(path: &Path, text: &str) -> Result<Self, VectorsFault> {
        if text.len() as u64 > MAX_FILE {
            return Err(VectorsFault::TooLarge { path: path.to_owned(), size: text.len() as u64 });
        }
        let mut loader = Loader::default();
        loader.add(path, text)?;
        Ok(loader.set(path.display().to_string()))
    }
}

/// The cases of the files that have been read so far.
#[derive(Default)]
struct Loader {
    hasher: Sha256,
    ids: BTreeSet<String>,
    cases: Vec<AnyCase>,
}

impl Loader {
    fn add(&mut self, path: &Path, text: &str) -> Result<(), VectorsFault> {
        let malformed = |reason: String| VectorsFault::Malformed {
            path: path.to_owned(),
            reason: sanitize(&reason),
        };
        self.hasher.update(text.as_bytes());
        for case in parse_file(text, Origin::File).map_err(malformed)? {
            let id = case.id();
            if let Some(reason) = usable::defect(&case).or_else(|| size::defect(&case)) {
                return Err(malformed(format!("case `{}`: {reason}", shorten(id))));
            }
            if !self.ids.insert(id.to_owned()) {
                return Err(VectorsFault::DuplicateId { path: path.to_owned(), id: id.to_owned() });
            }
            self.cases.push(case);
        }
        Ok(())
    }

    fn set(self, name: String) -> VectorSet {
        let sha256 = rollwire_model::hex::plain(&self.hasher.finalize());
        let id = VectorsId { name, version: "unpublished".to_owned(), sha256 };
        VectorSet::new(id, self.cases)
    }
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
        // A link to a folder could form a cycle, and a few of them many ways to one file.
        let is_folder = fs::symlink_metadata(&entry).map_err(unreadable)?.is_dir();
        // The folder of a whole set has other files than cases.
        if ["manifest.json", "flags.json", "schema"].iter().any(|name| entry.ends_with(name)) {
            continue;
        }
        if is_folder {
            collect(&entry, files)?;
        } else if entry.extension().is_some_and(|extension| extension == "json")
            && !fs::metadata(&entry).map_err(unreadable)?.is_dir()
        {
            files.push(entry);
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, VectorsFault> {
    let unreadable = |source| VectorsFault::Unreadable { path: path.to_owned(), source };
    let file = open_regular(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    // The limit applies to the bytes that were read: a file can grow.
    read_text(file, MAX_FILE).map_err(|fault| match fault {
        ReadTextFault::Io(source) => unreadable(source),
        ReadTextFault::TooLarge(_) => {
            VectorsFault::TooLarge { path: path.to_owned(), size: metadata.len() }
        }
        ReadTextFault::NotText(fault) => VectorsFault::NotText { path: path.to_owned(), fault },
    })
}
