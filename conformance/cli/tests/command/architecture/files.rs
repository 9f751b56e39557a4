//! Where code lies, what adapters import, and how large their glue is.

use std::ffi::OsStr;

use crate::architecture::{files, read, root};

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

const PYTHON_STANDARD: [&str; 32] = [
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
                let neighbour = root().join(&path).with_file_name(format!("{module}.py"));
                let own = PYTHON_STANDARD.contains(&module) || neighbour.exists();
                assert!(own, "{}:{}: {module}", path.display(), index + 1);
                seen += 1;
            }
        }
    }
    assert!(seen > 0);
}

/// The glue is what the author of another adapter reads first.
#[test]
fn the_glue_of_an_adapter_is_short() {
    let all = |_: &&str| true;
    // Types and their conversions make Rust longer; its documentation is not counted.
    let code = |line: &&str| !line.trim().is_empty() && !line.trim().starts_with("//");
    // The first files are all that a codec needs; sessions need the others too.
    for (folder, codec, sessions, counted, most) in [
        (
            "javascript",
            &["adapter.mjs"][..],
            &["session.mjs"][..],
            &all as &dyn Fn(&&str) -> bool,
            [60, 150],
        ),
        ("python", &["adapter.py"], &["session.py"], &all, [60, 150]),
        (
            "rust/adapter/src",
            &["serve.rs", "answer.rs", "messages.rs"],
            &["sessions.rs", "stimulus.rs", "observation.rs"],
            &code,
            [295, 515],
        ),
    ] {
        let path = |name| format!("conformance/implementations/{folder}/{name}");
        let [codec, sessions] =
            [codec, sessions].map(|names| names.iter().map(|name| read(path(name))).collect());
        let count = |text: &String| text.lines().filter(counted).count();
        let (alone, together) = (count(&codec), count(&codec) + count(&sessions));
        assert!((1..=most[0]).contains(&alone), "{folder}: {alone} lines of at most {}", most[0]);
        assert!((1..=most[1]).contains(&together), "{folder}: {together} of at most {}", most[1]);
        for line in codec.lines().chain(sessions.lines()) {
            let wide = line.chars().count();
            assert!(wide <= 100, "{folder}: {wide} characters in {line}");
        }
    }
}
