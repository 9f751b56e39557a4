//! What the ignore files of a project say: `.ignore`, `.gitignore` and `.git/info/exclude`.
//!
//! The crate `ignore` matches, but does not read them here: it would read whatever has such a name, in every
//! folder up to the root of the file system and of any size, and each rule takes kilobytes. Every user who can write
//! to one of these folders could stop a watch with a named pipe, or fill the memory.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use ignore::{
    Match,
    gitignore::{Gitignore, GitignoreBuilder},
};
use rollwire_conformance::text::{grouped, open_regular, read_bytes, shown};

use crate::terminal::complain;

/// The files of one folder that say what is ignored, in the order in which they win.
const NAMES: [&str; 3] = [".ignore", ".gitignore", ".git/info/exclude"];
/// The largest file that is read, in bytes.
const LARGEST: u64 = 64 << 10;
/// The longest line that counts, in bytes.
const LONGEST: usize = 1 << 10;
/// How many rules all files may have that are read in one look. One takes up to 8 KiB of memory.
const MOST_RULES: usize = 10_000;
/// How many bytes are read in one look, most of which may be comments.
const MOST_BYTES: u64 = 8 << 20;
/// How many files are named that are not read.
const MOST_NAMED: usize = 10;

/// What is ignored below one folder after another. Entries are asked about as a walk meets them: a folder
/// before its content.
pub(super) struct Ignored {
    walked: PathBuf,
    real: PathBuf,
    /// The folders from the top of the project to the last entry, each with its rules.
    levels: Vec<Level>,
    rules_left: usize,
    bytes_left: u64,
    named: BTreeSet<PathBuf>,
}

struct Level {
    folder: PathBuf,
    rules: [Option<Gitignore>; NAMES.len()],
}

impl Ignored {
    pub(super) fn new() -> Self {
        Self {
            walked: PathBuf::new(),
            real: PathBuf::new(),
            levels: Vec::new(),
            rules_left: MOST_RULES,
            bytes_left: MOST_BYTES,
            named: BTreeSet::new(),
        }
    }

    /// Begins to look at all files.
    pub(super) fn look(&mut self) {
        (self.rules_left, self.bytes_left) = (MOST_RULES, MOST_BYTES);
    }

    /// Begins to look at what is below this folder. The folders above it count up to the top of its project.
    pub(super) fn below(&mut self, walked: &Path) {
        self.levels.clear();
        walked.clone_into(&mut self.walked);
        // What cannot be found has no content either.
        self.real = fs::canonicalize(walked).unwrap_or_default();
        let top = top_of(&self.real).to_owned();
        let mut above: Vec<PathBuf> = self
            .real
            .ancestors()
            .take_while(|it| it.starts_with(&top))
            .map(Path::to_owned)
            .collect();
        while let Some(folder) = above.pop() {
            self.enter(&folder);
        }
    }

    /// Whether an entry is ignored. `path` begins with the folder that is walked.
    pub(super) fn has(&mut self, path: &Path, is_folder: bool) -> bool {
        let Ok(rest) = path.strip_prefix(&self.walked) else { return false };
        let path = self.real.join(rest);
        let Some(folder) = path.parent() else { return false };
        while self.levels.last().is_some_and(|it| !folder.starts_with(&it.folder)) {
            self.levels.pop();
        }
        if self.levels.last().is_none_or(|it| it.folder != folder) {
            self.enter(folder);
        }
        // As in git, the folder that is nearest to the entry wins.
        for kind in 0..NAMES.len() {
            for level in self.levels.iter().rev() {
                match level.rules[kind].as_ref().map(|it| it.matched(&path, is_folder)) {
                    Some(Match::Ignore(_)) => return true,
                    Some(Match::Whitelist(_)) => return false,
                    Some(Match::None) | None => {}
                }
            }
        }
        false
    }

    fn enter(&mut self, folder: &Path) {
        let rules = NAMES.map(|name| self.read(folder, &folder.join(name)));
        self.levels.push(Level { folder: folder.to_owned(), rules });
    }

    /// The rules of a file; `None` if there are none, or if it is not read.
    fn read(&mut self, folder: &Path, path: &Path) -> Option<Gitignore> {
        // Almost every folder has none. Like git, this follows no link: it could leave the project.
        fs::symlink_metadata(path).ok()?;
        match self.rules_of(folder, path) {
            Ok(rules) => Some(rules),
            Err(why) => {
                if self.named.len() < MOST_NAMED && self.named.insert(path.to_owned()) {
                    complain!(
                        "note: {}: is not read, so the files that it lists are watched: {why}",
                        shown(path)
                    );
                }
                None
            }
        }
    }

    fn rules_of(&mut self, folder: &Path, path: &Path) -> Result<Gitignore, String> {
        if fs::canonicalize(path).ok().as_deref() != Some(path) {
            return Err("a link leads to it or from it".to_owned());
        }
        let file = open_regular(path).map_err(|error| error.to_string())?;
        let bytes = read_bytes(file, LARGEST.min(self.bytes_left)).map_err(|fault| {
            match self.bytes_left {
                ..LARGEST => "the ignore files together are too large".to_owned(),
                _ => fault.to_string(),
            }
        })?;
        self.bytes_left -= bytes.len() as u64;
        let lines = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).split(|it| *it == b'\n');
        let mut rules = GitignoreBuilder::new(folder);
        for line in lines.filter(|line| line.len() <= LONGEST) {
            // Bytes that are not text, and globs that are not valid, match nothing, as in git.
            let Ok(line) = std::str::from_utf8(line.strip_suffix(b"\r").unwrap_or(line)) else {
                continue;
            };
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let Some(left) = self.rules_left.checked_sub(1) else {
                let most = grouped(MOST_RULES as u64);
                return Err(format!("all ignore files together have more than {most} rules"));
            };
            self.rules_left = left;
            let _ = rules.add_line(None, line);
        }
        rules.build().map_err(|error| error.to_string())
    }
}

/// The folder of the project to which a folder belongs: the nearest one with `.git`, or else the folder itself.
/// A `.git` of another user does not count: every user can make one in a folder such as `/tmp`.
fn top_of(folder: &Path) -> &Path {
    let is_top = |it: &&Path| {
        let git = fs::symlink_metadata(it.join(".git"));
        git.is_ok_and(|git| have_one_owner(&git, folder))
    };
    folder.ancestors().find(is_top).unwrap_or(folder)
}

#[cfg(unix)]
fn have_one_owner(git: &fs::Metadata, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(folder).is_ok_and(|folder| folder.uid() == git.uid())
}

#[cfg(not(unix))]
fn have_one_owner(_: &fs::Metadata, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A project in a folder: these files have this text, and folders are made as needed.
    fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn has(folder: &Path, walked: &str, entries: &[&str]) -> Vec<bool> {
        let walked = folder.join(walked);
        let mut ignored = Ignored::new();
        ignored.below(&walked);
        let is_folder = |it: &str| it.ends_with('/');
        entries.iter().map(|it| ignored.has(&walked.join(it), is_folder(it))).collect()
    }

    #[test]
    fn the_nearest_rule_of_the_project_wins() {
        let folder = project(&[
            (".gitignore", "c.txt\n"),
            ("top/.git/info/exclude", "secret*\n"),
            ("top/.gitignore", "\u{feff}*.log\r\n# c.txt\n/out/\nbad[\n"),
            ("top/sub/.gitignore", "!kept.log\n"),
            ("top/sub/.ignore", "secret.md\n"),
        ]);
        let entries = ["c.txt", "a.log", "out/", "secret.md", "kept.log"];
        assert_eq!(has(folder.path(), "top", &entries), [false, true, true, true, true]);
        assert_eq!(has(folder.path(), "top/sub", &entries), [false, true, false, true, false]);
        let below = ["sub/kept.log", "sub/a.log", "kept.log", "out/", "sub/secret.txt"];
        assert_eq!(has(folder.path(), "top", &below), [false, true, true, true, true]);
        // Without `.git`, nothing above the folder is read.
        fs::remove_dir_all(folder.path().join("top/.git")).unwrap();
        assert_eq!(has(folder.path(), "top/sub", &["a.log", "secret.md"]), [false, true]);
    }

    #[test]
    fn what_is_read_is_bounded() {
        let rules = |count: usize| "*\n".repeat(count);
        let comment = format!("#{}", "x".repeat(usize::try_from(LARGEST).unwrap()));
        let long = format!("{}*\n", "*".repeat(LONGEST));
        for (text, is_read) in [
            (&*rules(MOST_RULES), true),
            (&rules(MOST_RULES + 1), false),
            (&comment, false),
            (&long, false),
        ] {
            let folder = project(&[(".gitignore", text)]);
            assert_eq!(has(folder.path(), "", &["a"]), [is_read], "{}", text.len());
        }
        // The bounds count in all files of a look together, and again in the next one.
        let folder = project(&[
            ("a/.gitignore", &rules(MOST_RULES / 2)),
            ("b/.gitignore", &rules(MOST_RULES / 2)),
            ("c/.gitignore", "*\n"),
        ]);
        assert_eq!(has(folder.path(), "", &["a/x", "b/x", "c/x"]), [true, true, false]);
        let mut ignored = Ignored::new();
        for expected in [true, true, false] {
            ignored.below(&folder.path().join("a"));
            assert_eq!(ignored.has(&folder.path().join("a/x"), false), expected);
        }
        ignored.look();
        ignored.below(&folder.path().join("c"));
        assert!(ignored.has(&folder.path().join("c/x"), false));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let folder = project(&[("rules", "*\n"), ("top/a", "a")]);
        std::os::unix::fs::symlink("../rules", folder.path().join("top/.gitignore")).unwrap();
        assert_eq!(has(folder.path(), "top", &["a"]), [false]);
    }
}
