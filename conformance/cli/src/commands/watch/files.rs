//! Which files are watched, and which of them are others now.
//!
//! The system only says that something may have happened, also when a file is read. What has changed is found
//! by looking at all files again, so each change is seen once, however an editor saves.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::SystemTime,
};

use ignore::{
    DirEntry, Walk, WalkBuilder,
    overrides::{Override, OverrideBuilder},
};
use rollwire_conformance::text::{grouped, shown};

use super::ignored::Ignored;
use crate::failure::Failure;

/// The most files and folders that are watched.
const MOST: usize = 50_000;
/// The deepest folder below a path that is watched.
const DEEPEST: usize = 64;
/// How many changed files are named.
const NAMED: usize = 3;
/// What builds and tools write, whether git ignores it or not.
const MADE: [&str; 3] = ["target", "node_modules", "__pycache__"];

/// The files below some paths, as they were when they were last looked at.
pub(super) struct Files {
    paths: Vec<PathBuf>,
    globs: Override,
    ignored: Arc<Mutex<Ignored>>,
    /// Not zero after a signal, which ends a look: a folder may be large, and its disk slow.
    signal: Arc<AtomicUsize>,
    seen: BTreeMap<PathBuf, Stamp>,
    /// The folders that hold them.
    pub(super) folders: BTreeSet<PathBuf>,
}

/// What is another after a file was written.
type Stamp = (Option<SystemTime>, u64);

impl Files {
    /// The files below these paths, or below the current folder, without those that a glob matches.
    ///
    /// After a signal it has only those that were seen before.
    pub(super) fn new(
        paths: &[PathBuf],
        ignore: &[String],
        signal: Arc<AtomicUsize>,
    ) -> Result<Self, Failure> {
        let paths = if paths.is_empty() { vec![PathBuf::from(".")] } else { paths.to_vec() };
        for path in &paths {
            fs::metadata(path).map_err(|error| {
                Failure::usage(format!("{}: cannot be watched: {error}", shown(path)))
            })?;
        }
        let mut globs = OverrideBuilder::new(".");
        for glob in ignore {
            globs.add(&format!("!{glob}")).map_err(|error| {
                Failure::usage(format!("`{}` is not a valid glob: {error}", shown(Path::new(glob))))
            })?;
        }
        let globs = globs.build().map_err(|error| Failure::usage(error.to_string()))?;
        let mut files = Self {
            paths,
            globs,
            ignored: Arc::new(Mutex::new(Ignored::new())),
            signal,
            seen: BTreeMap::new(),
            folders: BTreeSet::new(),
        };
        files.look()?;
        Ok(files)
    }

    /// The paths as people see them.
    pub(super) fn described(&self) -> String {
        self.paths.iter().map(|path| shown(path)).collect::<Vec<_>>().join(", ")
    }

    /// Looks again, and says what is different; `None` if nothing is, or after a signal.
    pub(super) fn changed(&mut self) -> Result<Option<String>, Failure> {
        let before = std::mem::take(&mut self.seen);
        self.look()?;
        if is_set(&self.signal) {
            return Ok(None);
        }
        let mut changes: Vec<String> = Vec::new();
        for (path, stamp) in &self.seen {
            match before.get(path) {
                Some(old) if old == stamp => {}
                Some(_) => changes.push(name(path)),
                None => changes.push(format!("{} (new)", name(path))),
            }
        }
        let gone = before.keys().filter(|path| !self.seen.contains_key(*path));
        changes.extend(gone.map(|path| format!("{} (removed)", name(path))));
        let more = changes.len().saturating_sub(NAMED);
        changes.truncate(NAMED);
        let more =
            if more > 0 { format!(" and {} more", grouped(more as u64)) } else { String::new() };
        Ok((!changes.is_empty()).then(|| format!("{}{more}", changes.join(", "))))
    }

    /// Reads the names and stamps of all files.
    fn look(&mut self) -> Result<(), Failure> {
        self.folders.clear();
        self.with_ignored(Ignored::look);
        for path in self.paths.clone() {
            self.with_ignored(|ignored| ignored.below(&path));
            // What cannot be read, or has just gone, is not watched.
            for entry in self.walk(&path).filter_map(Result::ok) {
                if is_set(&self.signal) {
                    return Ok(());
                }
                self.add(&entry);
                if self.seen.len() + self.folders.len() > MOST {
                    let text = format!(
                        "{}: holds more than {} files and folders; name what to watch with --path",
                        self.described(),
                        grouped(MOST as u64)
                    );
                    return Err(Failure::usage(text));
                }
            }
        }
        Ok(())
    }

    /// Everything below a path that is not ignored.
    fn walk(&self, path: &Path) -> Walk {
        let (ignored, signal) = (Arc::clone(&self.ignored), Arc::clone(&self.signal));
        let mut walk = WalkBuilder::new(path);
        // `ignored` alone reads the ignore files.
        walk.standard_filters(false).hidden(true);
        walk.max_depth(Some(DEEPEST)).overrides(self.globs.clone());
        walk.filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            let is_made =
                is_folder && MADE.iter().any(|name| entry.file_name() == OsStr::new(name));
            let mut ignored = ignored.lock().unwrap_or_else(PoisonError::into_inner);
            !is_set(&signal) && !is_made && !ignored.has(entry.path(), is_folder)
        });
        walk.build()
    }

    fn add(&mut self, entry: &DirEntry) {
        let Ok(metadata) = entry.metadata() else { return };
        let path = entry.path();
        if metadata.is_dir() {
            self.folders.insert(path.to_owned());
        } else if metadata.is_file() && !is_own_output(&metadata) {
            if let Some(folder) = path.parent().filter(|_| entry.depth() == 0) {
                let here = Path::new(".");
                self.folders.insert(if folder == Path::new("") { here } else { folder }.to_owned());
            }
            self.seen.insert(path.to_owned(), (metadata.modified().ok(), metadata.len()));
        }
    }

    fn with_ignored(&self, change: impl FnOnce(&mut Ignored)) {
        change(&mut self.ignored.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

fn is_set(signal: &AtomicUsize) -> bool {
    signal.load(Ordering::Relaxed) != 0
}

/// Whether this process writes to the file: its standard output or its standard error. Each line would be a
/// change.
fn is_own_output(metadata: &fs::Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::{
            io::{stderr, stdout},
            os::unix::fs::MetadataExt,
        };
        let own = [rustix::fs::fstat(stdout()), rustix::fs::fstat(stderr())];
        let place = (metadata.dev(), metadata.ino());
        own.into_iter().flatten().any(|it| (it.st_dev, it.st_ino) == place)
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        false
    }
}

fn name(path: &Path) -> String {
    shown(path.strip_prefix(".").unwrap_or(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(paths: &[PathBuf], ignore: &[&str], signal: usize) -> Result<Files, Failure> {
        let ignore: Vec<String> = ignore.iter().map(|&glob| glob.to_owned()).collect();
        Files::new(paths, &ignore, Arc::new(AtomicUsize::new(signal)))
    }

    #[test]
    fn a_change_is_seen_once_and_what_tools_make_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let write = |name: &str, text: &str| fs::write(path(name), text).unwrap();
        for made in ["target", "node_modules", "src", "src/__pycache__", ".git", "out"] {
            fs::create_dir_all(path(made)).unwrap();
        }
        write("src/a.mjs", "one");
        write(".gitignore", "out/\n");
        let mut files = new(&[folder.path().to_owned()], &["*.log"], 0).unwrap();
        assert_eq!(files.folders.len(), 2, "{:?}", files.folders);
        assert_eq!(files.changed().unwrap(), None);
        for made in [
            "target/x",
            "node_modules/x",
            "src/__pycache__/x",
            ".git/x",
            "out/x",
            "run.log",
            ".a.swp",
        ] {
            write(made, "made");
        }
        assert_eq!(files.changed().unwrap(), None);
        write("src/a.mjs", "another length");
        let said = files.changed().unwrap().unwrap();
        assert!(said.ends_with("src/a.mjs"), "{said}");
        assert_eq!(files.changed().unwrap(), None);
        fs::create_dir(path("new")).unwrap();
        write("new/b.mjs", "b");
        fs::remove_file(path("src/a.mjs")).unwrap();
        let said = files.changed().unwrap().unwrap();
        assert!(said.contains("b.mjs (new)") && said.contains("a.mjs (removed)"), "{said}");
        assert!(files.folders.contains(&path("new")));
        for number in 0..5 {
            write(&format!("{number}.txt"), "x");
        }
        assert!(files.changed().unwrap().unwrap().ends_with("2.txt (new) and 2 more"));
    }

    #[test]
    fn one_file_is_watched_in_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        fs::write(&file, "a").unwrap();
        fs::write(folder.path().join("b.txt"), "b").unwrap();
        let mut files = new(&[file], &[], 0).unwrap();
        assert_eq!(files.folders, BTreeSet::from([folder.path().to_owned()]));
        fs::write(folder.path().join("b.txt"), "another").unwrap();
        assert_eq!(files.changed().unwrap(), None);
        assert!(new(&[folder.path().join("c.txt")], &[], 0).is_err());
        assert!(new(&[], &["{a"], 0).is_err());
    }

    #[test]
    fn a_signal_ends_a_look() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "a").unwrap();
        let mut files = new(&[folder.path().to_owned()], &[], 2).unwrap();
        assert!(files.seen.is_empty() && files.changed().unwrap().is_none());
        files.signal.store(0, Ordering::Relaxed);
        assert!(files.changed().unwrap().unwrap().ends_with("a.txt (new)"));
    }
}
