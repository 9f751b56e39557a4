//! Where code lies, and what scripts import.

use std::{ffi::OsStr, path::Path};

use crate::architecture::{files, read, root};

#[test]
fn code_lies_in_six_folders() {
    for entry in std::fs::read_dir(root()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() && !name.starts_with('.') {
            let known = ["spec", "codec", "conformance", "fuzz", "vectors", "site", "target"];
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

/// The npm packages: their folders and their names.
const PACKAGES: [(&str, &str); 3] = [
    ("conformance/implementations/javascript", "rollwire-reference"),
    ("conformance/tap/javascript", "rollwire-tap"),
    ("site/playground", "rollwire-playground"),
];

/// What comes from elsewhere, and the one place that imports it: a test runner of its users, and their
/// programs, the implementation that the playground shows, the generator of the site, and a game that is played
/// with a tap.
const JAVASCRIPT_ELSEWHERE: [(&str, &[&str]); 5] = [
    (
        "conformance/cli/tests/tools/tap/own-clock.mjs",
        &[
            "../../../../implementations/javascript/src/index.mjs",
            "../../../../tap/javascript/node.mjs",
        ],
    ),
    (
        "site/playground/reference.mjs",
        &[
            "../../conformance/implementations/javascript/src/index.mjs",
            "../../conformance/implementations/javascript/src/json.mjs",
        ],
    ),
    ("site/theme/", &["vitepress", "vitepress/theme", "vue"]),
    ("conformance/packages/npm/src/vitest", &["vitest"]),
    (
        "conformance/cli/tests/tools/packages/typed.ts",
        &["rollwire", "rollwire/node-test", "rollwire/vitest"],
    ),
];

/// Whether a file, or one with this beginning, is listed with the module.
fn is_listed(list: &[(&str, &[&str])], script: &Path, module: &str) -> bool {
    let script = script.to_string_lossy().replace('\\', "/");
    list.iter().any(|(file, modules)| script.starts_with(file) && modules.contains(&module))
}

/// Whether a script may import a module: a part of Node.js, a file below the script's own folder or,
/// within the package, any file of the package. The library itself does not need Node.js.
fn javascript_may_import(script: &Path, module: &str) -> bool {
    if is_listed(&JAVASCRIPT_ELSEWHERE, script, module) {
        return true;
    }
    let below = module.starts_with("./") && !module.contains("/../");
    if PACKAGES.iter().any(|(folder, _)| script.starts_with(format!("{folder}/src"))) {
        return below;
    }
    let node = module.starts_with("node:");
    // The folders of a package, such as `test`, lie directly below it.
    let folder = script.parent().and_then(Path::parent);
    let package = PACKAGES.iter().find(|(it, _)| folder == Some(Path::new(it)));
    let in_package = package.is_some_and(|(_, name)| {
        let own = module.strip_prefix(name).is_some_and(|it| it.is_empty() || it.starts_with('/'));
        own || module.strip_prefix("../").is_some_and(|rest| !rest.contains("../"))
    });
    node || below || in_package
}

#[test]
fn imports_of_javascript_are_judged() {
    let [(package, _), (tap, _), _] = PACKAGES;
    let test = format!("{package}/test/a.mjs");
    let library = format!("{package}/src/a.mjs");
    let (tap_test, tap_library) = (format!("{tap}/test/a.mjs"), format!("{tap}/src/a.mjs"));
    let other = "conformance/cli/tests/tools/browser/a.mjs";
    for (script, module, may) in [
        (&*test, "./b.mjs", true),
        (&*test, "../src/b.mjs", true),
        (&*test, "rollwire-reference", true),
        (&*test, "../../python/b.mjs", false),
        (&*test, "../src/../../b.mjs", false),
        (&*test, "lodash", false),
        (&*library, "./b.mjs", true),
        (&*library, "../adapter.mjs", false),
        (&*library, "node:fs", false),
        (&*tap_test, "rollwire-tap/node", true),
        (&*tap_test, "../src/b.mjs", true),
        (&*tap_test, "rollwire-tapped", false),
        (&*tap_test, "rollwire-reference", false),
        (&*tap_library, "node:fs", false),
        (other, "node:fs", true),
        (other, "./b.mjs", true),
        (other, "../b.mjs", false),
        (other, "./b/../../c.mjs", false),
        (other, "rollwire-reference", false),
        ("site/playground/views/a.mjs", "../spelling/read.mjs", true),
        ("site/playground/views/a.mjs", "../../build.mjs", false),
        ("site/playground/a.mjs", "vue", false),
        ("site/theme/a.mjs", "vue", true),
        ("conformance/packages/npm/src/vitest.mjs", "vitest", true),
        ("conformance/packages/npm/src/judge.mjs", "vitest", false),
    ] {
        assert_eq!(javascript_may_import(Path::new(script), module), may, "{script}: {module}");
    }
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
                let own = javascript_may_import(&path, module);
                assert!(own, "{}:{}: {module}", path.display(), index + 1);
                seen += 1;
            }
        }
    }
    assert!(seen > 0);
}

const PYTHON_STANDARD: [&str; 43] = [
    "__future__",
    "argparse",
    "array",
    "asyncio",
    "atexit",
    "base64",
    "binascii",
    "bisect",
    "collections",
    "contextlib",
    "copy",
    "dataclasses",
    "decimal",
    "enum",
    "functools",
    "gc",
    "hashlib",
    "importlib",
    "io",
    "itertools",
    "json",
    "linecache",
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
    "sysconfig",
    "tempfile",
    "threading",
    "time",
    "types",
    "typing",
    "unittest",
    "warnings",
];

/// What comes from elsewhere, and the one place that imports it.
const PYTHON_ELSEWHERE: [(&str, &[&str]); 4] = [
    ("conformance/cli/tests/tools/tap/own_clock.py", &["rollwire_reference", "rollwire_tap"]),
    ("conformance/packages/python/rollwire/pytest_plugin.py", &["pytest"]),
    ("conformance/packages/python/hatch_build.py", &["hatchling"]),
    (
        "conformance/cli/tests/tools/packages/",
        // They lie beside a copy of the implementation when they run.
        &["adapter", "my_codec", "rollwire", "rollwire_reference"],
    ),
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
                let neighbour = folder.ancestors().take(3).any(beside);
                let listed = is_listed(&PYTHON_ELSEWHERE, &path, module);
                let own = PYTHON_STANDARD.contains(&module) || neighbour || listed;
                assert!(own, "{}:{}: {module}", path.display(), index + 1);
                seen += 1;
            }
        }
    }
    assert!(seen > 0);
}
