//! The skeletons of adapters that `rollwire init` writes: a folder of `templates` for each language.
//!
//! A folder there is a project like any other, which editors and compilers understand. What is in it is
//! written as it is: it has no placeholders.

/// A language, and the files of its skeleton.
#[derive(Debug)]
pub(crate) struct Skeleton {
    /// The name of the language for `--lang`, and of its folder in `templates`.
    pub(crate) name: &'static str,
    /// How people write the language.
    pub(crate) title: &'static str,
    /// Other names that are understood.
    pub(crate) aliases: &'static [&'static str],
    /// What the skeleton needs, to be built and to run.
    pub(crate) needs: &'static str,
    /// The files: the path in the folder, with `/` between its parts, and the text.
    pub(crate) files: &'static [(&'static str, &'static str)],
}

/// The files of a folder of `templates`.
macro_rules! files {
    ($folder:literal: $($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../templates/", $folder, "/", $path)))),+]
    };
}

/// All skeletons, in the order in which they are listed.
pub(crate) static SKELETONS: [Skeleton; 8] = [
    Skeleton {
        name: "js",
        title: "JavaScript",
        aliases: &["javascript", "node", "mjs"],
        needs: "Node.js 18 or newer",
        files: files!("js":
            "README.md",
            "adapter.mjs",
            "codec.mjs",
            ".github/workflows/rollwire.yml",
        ),
    },
    Skeleton {
        name: "ts",
        title: "TypeScript",
        aliases: &["typescript"],
        needs: "Node.js 18 or newer",
        files: files!("ts":
            "README.md",
            "package.json",
            "tsconfig.json",
            "src/adapter.ts",
            "src/codec.ts",
            ".gitignore",
            ".github/workflows/rollwire.yml",
        ),
    },
    Skeleton {
        name: "python",
        title: "Python",
        aliases: &["py", "python3"],
        needs: "Python 3.9 or newer",
        files: files!("python":
            "README.md",
            "adapter.py",
            "codec.py",
            ".github/workflows/rollwire.yml",
        ),
    },
    Skeleton {
        name: "rust",
        title: "Rust",
        aliases: &["rs"],
        needs: "Rust 1.65 or newer",
        files: files!("rust":
            "README.md",
            "Cargo.toml",
            "Cargo.lock",
            "src/main.rs",
            "src/codec.rs",
            "src/json.rs",
            ".gitignore",
            ".github/workflows/rollwire.yml",
        ),
    },
    Skeleton {
        name: "go",
        title: "Go",
        aliases: &["golang"],
        needs: "Go 1.19 or newer",
        files: files!("go":
            "README.md",
            "go.mod",
            "adapter.go",
            "codec.go",
            ".gitignore",
            ".github/workflows/rollwire.yml",
        ),
    },
    Skeleton {
        name: "c",
        title: "C",
        aliases: &["c11"],
        needs: "a compiler for C11",
        files: files!("c":
            "README.md",
            "adapter.c",
            "codec.c",
            "codec.h",
            "json.c",
            "json.h",
            ".gitignore",
            ".github/workflows/rollwire.yml",
        ),
    },
    Skeleton {
        name: "java",
        title: "Java",
        aliases: &["jvm"],
        needs: "a JDK of Java 17 or newer",
        files: files!("java":
            "README.md",
            "src/Adapter.java",
            "src/Codec.java",
            "src/Json.java",
            ".gitignore",
            ".github/workflows/rollwire.yml",
        ),
    },
    Skeleton {
        name: "csharp",
        title: "C#",
        aliases: &["c#", "cs", "dotnet"],
        needs: ".NET 8 or newer",
        files: files!("csharp":
            "README.md",
            "Adapter.csproj",
            "Adapter.cs",
            "Codec.cs",
            ".gitignore",
            ".github/workflows/rollwire.yml",
        ),
    },
];

impl Skeleton {
    /// The commands that build and check it: the block of commands in its README.
    pub(crate) fn commands(&self) -> impl Iterator<Item = &'static str> {
        let readme = self.files.iter().find(|(path, _)| *path == "README.md");
        let block = readme.and_then(|(_, text)| text.split("```").nth(1)).unwrap_or_default();
        block.lines().skip(1).map(str::trim).filter(|line| !line.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, fs, path::Path};

    use super::*;

    fn find(folder: &Path, below: &str, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let path = format!("{below}{name}");
            if ["build", "node_modules", "target", "__pycache__"].contains(&&*name) {
                continue;
            }
            if entry.path().is_dir() {
                find(&entry.path(), &format!("{path}/"), found);
            } else {
                found.insert(path, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }

    #[test]
    fn every_template_is_written_whole() {
        let mut there = BTreeMap::new();
        find(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), "", &mut there);
        let mut written = BTreeMap::new();
        for skeleton in &SKELETONS {
            for (path, text) in skeleton.files {
                written.insert(format!("{}/{path}", skeleton.name), (*text).to_owned());
            }
        }
        assert!(there.keys().eq(written.keys()), "{:?}\n{:?}", there.keys(), written.keys());
        for (path, text) in &there {
            assert!(written[path] == *text, "{path}");
        }
    }

    /// The path of a file is safe on every system, and no two files or names are the same.
    #[test]
    fn paths_and_names_are_plain() {
        let mut names = Vec::new();
        for skeleton in &SKELETONS {
            names.extend([&[skeleton.name], skeleton.aliases].concat());
            for (path, _) in skeleton.files {
                let plain = |it: char| it.is_ascii_alphanumeric() || "./_-".contains(it);
                assert!(path.chars().all(plain) && !path.contains(".."), "{path}");
                assert!(!path.starts_with('/'), "{path}");
            }
        }
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{names:?}");
    }

    /// A README can be read in a minute, and the file for CI runs what the README says.
    #[test]
    fn each_has_a_short_readme_and_a_file_for_ci() {
        for skeleton in &SKELETONS {
            let text =
                |name: &str| skeleton.files.iter().find(|(path, _)| *path == name).unwrap().1;
            let (readme, ci) = (text("README.md"), text(".github/workflows/rollwire.yml"));
            let lines = readme.lines().filter(|line| !line.trim().is_empty()).count();
            assert!(lines <= 12 + skeleton.commands().count() - 2, "{}: {lines}", skeleton.name);
            assert!(readme.contains(skeleton.title) && readme.contains(skeleton.needs), "{readme}");
            assert!(ci.lines().count() <= 15, "{ci}");
            for command in skeleton.commands().filter(|it| !it.starts_with("rollwire smoke ")) {
                assert!(ci.contains(&format!("      - run: {command}\n")), "{command}: {ci}");
            }
        }
    }
}
