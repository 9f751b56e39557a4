//! Where code lies, what adapters import, and how large their glue is.

use std::{ffi::OsStr, path::Path};

use crate::{files, read, root};

#[test]
fn code_lies_in_five_folders() {
    for entry in std::fs::read_dir(root()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() && !name.starts_with('.') {
            let known = ["spec", "codec", "conformance", "fuzz", "vectors", "target"];
            assert!(known.contains(&&*name), "{name}/ is none of {known:?}");
        }
    }
}

/// The quoted names of modules on a line of JavaScript.
fn imported_by_javascript(line: &str) -> Vec<&str> {
    let imports = ["from ", "import ", "import(", "require("];
    let rests = imports.iter().flat_map(|import| {
        line.match_indices(import).map(move |(at, _)| &line[at + import.len()..])
    });
    let quoted = rests.filter_map(|rest| {
        let quote = rest.chars().next().filter(|quote| ['"', '\'', '`'].contains(quote))?;
        rest[1..].split(quote).next()
    });
    quoted.collect()
}

#[test]
fn javascript_imports_nothing_from_elsewhere() {
    let mut seen = 0;
    let script = |it: &str| ["js", "mjs", "cjs", "ts"].contains(&it);
    for path in files("", "") {
        if !path.extension().and_then(OsStr::to_str).is_some_and(script) {
            continue;
        }
        for (index, line) in read(&path).lines().enumerate() {
            for module in imported_by_javascript(line) {
                let own = module.starts_with("node:") || module.starts_with("./");
                assert!(own, "{}:{}: {module}", path.display(), index + 1);
                seen += 1;
            }
        }
    }
    assert!(seen > 0);
}

const PYTHON_STANDARD: [&str; 34] = [
    "__future__",
    "argparse",
    "array",
    "asyncio",
    "base64",
    "binascii",
    "collections",
    "contextlib",
    "dataclasses",
    "decimal",
    "enum",
    "functools",
    "gc",
    "hashlib",
    "io",
    "itertools",
    "json",
    "logging",
    "math",
    "operator",
    "os",
    "pathlib",
    "queue",
    "random",
    "re",
    "selectors",
    "signal",
    "struct",
    "subprocess",
    "sys",
    "threading",
    "time",
    "typing",
    "unittest",
];

/// The modules that a line of Python imports.
fn imported_by_python(line: &str) -> Vec<&str> {
    let line = line.split('#').next().unwrap_or_default().trim();
    let modules = if let Some(rest) = line.strip_prefix("import ") {
        rest
    } else if let Some((module, _)) =
        line.strip_prefix("from ").and_then(|rest| rest.split_once(" import"))
    {
        module
    } else {
        return Vec::new();
    };
    let first = |name: &str| name.trim().split([' ', '.']).next().map(str::len);
    modules.split(',').map(|name| &name.trim()[..first(name).unwrap_or_default()]).collect()
}

#[test]
fn python_imports_nothing_from_elsewhere() {
    let mut seen = 0;
    for path in files("", ".py") {
        for (index, line) in read(&path).lines().enumerate() {
            for module in imported_by_python(line) {
                let folder = root().join(&path).parent().unwrap().to_owned();
                // A file or a package beside the importing file, or beside its own package.
                let beside = |folder: &Path| {
                    let package = folder.join(module).join("__init__.py");
                    folder.join(format!("{module}.py")).exists() || package.exists()
                };
                let neighbour = folder.ancestors().take(2).any(beside);
                let own = PYTHON_STANDARD.contains(&module) || neighbour;
                assert!(own, "{}:{}: {module}", path.display(), index + 1);
                seen += 1;
            }
        }
    }
    assert!(seen > 0);
}

/// Somebody who ports an adapter reads it first.
#[test]
fn the_glue_of_an_adapter_is_short() {
    let all = |_: &&str| true;
    // Types and their conversions make Rust longer; its documentation is not counted.
    let code = |line: &&str| !line.trim().is_empty() && !line.trim().starts_with("//");
    // The first file is all that a codec needs, all of them are what sessions need too.
    for (folder, codec, sessions, counted, most) in [
        ("javascript", "adapter.mjs", "session.mjs", &all as &dyn Fn(&&str) -> bool, [60, 150]),
        ("python", "adapter.py", "session.py", &all, [60, 150]),
        ("rust/src", "adapter.rs", "session.rs", &code, [155, 280]),
    ] {
        let path = |name| format!("conformance/implementations/{folder}/{name}");
        let texts = [codec, sessions].map(|name| read(path(name)));
        let lines = texts.each_ref().map(|text| text.lines().filter(counted).count());
        let (alone, together) = (lines[0], lines[0] + lines[1]);
        assert!((1..=most[0]).contains(&alone), "{folder}: {alone} lines of at most {}", most[0]);
        assert!((1..=most[1]).contains(&together), "{folder}: {together} of at most {}", most[1]);
        let [codec, sessions] = texts;
        let path = folder;
        let text = codec + &sessions;
        for (index, line) in text.lines().enumerate() {
            let wide = line.chars().count();
            assert!(wide <= 100, "{path}:{} has {wide} characters", index + 1);
        }
    }
}
