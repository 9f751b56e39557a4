//! Which file uses which: no circle of files in any crate, and the kit's rooms in one order.
//!
//! An edge runs from a file to the file of the module that a path of it names: a `use`, or a path in the
//! code. `mod x;` alone is no edge, and tests within a file do not count.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use syn::visit::{self, Visit};

use crate::architecture::{files, read};

/// The folders of the sources of all crates.
const CRATES: [&str; 9] = [
    "codec/src",
    "spec/model/src",
    "conformance/kit/src",
    "conformance/mutants/src",
    "conformance/agreement/src",
    "conformance/cli/src",
    "conformance/implementations/rust/src",
    "conformance/implementations/rust/adapter/src",
    "fuzz/src",
];

/// The rooms of the kit: each may use those before it, and none after it.
const ROOMS: [&str; 14] = [
    "text", "verdict", "protocol", "runner", "vectors", "generate", "event", "check", "baseline", "run",
    "offline", "fuzz", "trace", "report",
];

/// The files that a file uses, by their modules.
type Edges = BTreeMap<PathBuf, BTreeSet<PathBuf>>;

/// The modules of a crate: the path of each in the crate, and its file.
struct Modules(BTreeMap<Vec<String>, PathBuf>);

impl Modules {
    fn of(source: &str) -> Self {
        let modules = files(source, ".rs").into_iter().map(|file| {
            let below = file.strip_prefix(source).expect("a file of the crate").with_extension("");
            let mut path: Vec<String> =
                below.iter().map(|part| part.to_str().expect("UTF-8").to_owned()).collect();
            if path.last().is_some_and(|last| ["mod", "lib", "main"].contains(&&**last)) {
                path.pop();
            }
            (path, file)
        });
        // A program beside a library has a crate of its own, and uses the library by its name.
        Self(modules.filter(|(path, _)| path.first().is_none_or(|first| first != "bin")).collect())
    }

    /// The file of the deepest module that a path from the root of the crate leads through.
    fn file_of(&self, path: &[String]) -> Option<&PathBuf> {
        (0..=path.len()).rev().find_map(|length| self.0.get(&path[..length]))
    }
}

/// The paths of a file that begin within its crate.
struct Paths<'a> {
    /// The module that is visited: it grows with modules within the file.
    module: Vec<String>,
    modules: &'a Modules,
    found: BTreeSet<PathBuf>,
}

impl Paths<'_> {
    fn add(&mut self, segments: &[String]) {
        let mut module = self.module.clone();
        let mut rest = segments;
        match rest.first().map(String::as_str) {
            Some("crate") => {
                module.clear();
                rest = &rest[1..];
            }
            Some("self") => rest = &rest[1..],
            Some("super") => {
                while rest.first().is_some_and(|first| first == "super") {
                    module.pop();
                    rest = &rest[1..];
                }
            }
            // A child of this module, or another crate.
            Some(first) => {
                let child: Vec<String> = module.iter().cloned().chain([first.to_owned()]).collect();
                if !self.modules.0.contains_key(&child) {
                    return;
                }
            }
            None => return,
        }
        module.extend_from_slice(rest);
        if let Some(file) = self.modules.file_of(&module) {
            self.found.insert(file.clone());
        }
    }

    fn add_tree(&mut self, before: &mut Vec<String>, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.add_tree(before, &path.tree);
                before.pop();
            }
            syn::UseTree::Name(name) => {
                before.push(name.ident.to_string());
                self.add(before);
                before.pop();
            }
            syn::UseTree::Rename(name) => {
                before.push(name.ident.to_string());
                self.add(before);
                before.pop();
            }
            syn::UseTree::Glob(_) => self.add(before),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.add_tree(before, item));
            }
        }
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let is_cfg = attribute.path().is_ident("cfg");
        is_cfg && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_test(&module.attrs) && module.content.is_some() {
            self.module.push(module.ident.to_string());
            visit::visit_item_mod(self, module);
            self.module.pop();
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !is_test(&item.attrs) {
            self.add_tree(&mut Vec::new(), &item.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|it| it.ident.to_string()).collect();
        // One segment is a local name, or one that a `use` brought in.
        if segments.len() > 1 {
            self.add(&segments);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        // What a macro is given is not parsed; paths are found by their first words.
        let text = call.tokens.to_string().replace(' ', "");
        for start in ["crate::", "super::", "self::"] {
            for (at, _) in text.match_indices(start) {
                let before = text[..at].chars().next_back();
                if before.is_none_or(|it| !it.is_alphanumeric() && it != '_' && it != ':') {
                    let path = text[at..].split(|it: char| !it.is_alphanumeric() && !"_:".contains(it));
                    let path = path.into_iter().next().unwrap_or_default();
                    let segments: Vec<String> =
                        path.split("::").filter(|it| !it.is_empty()).map(str::to_owned).collect();
                    self.add(&segments);
                }
            }
        }
    }
}

fn edges(source: &str) -> Edges {
    let modules = Modules::of(source);
    let mut edges = Edges::new();
    for (module, file) in &modules.0 {
        let code = syn::parse_file(&read(file)).unwrap_or_else(|error| panic!("{file:?}: {error}"));
        if is_test(&code.attrs) || file.file_stem().is_some_and(|stem| stem == "tests") {
            continue;
        }
        let mut paths =
            Paths { module: module.clone(), modules: &modules, found: BTreeSet::new() };
        paths.visit_file(&code);
        paths.found.remove(file);
        edges.insert(file.clone(), paths.found);
    }
    edges
}

/// Everything that can be reached from a file.
fn reachable<'a>(edges: &'a Edges, from: &'a Path) -> BTreeSet<&'a Path> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(file) = open.pop() {
        for next in edges.get(file).into_iter().flatten() {
            if seen.insert(next.as_path()) {
                open.push(next);
            }
        }
    }
    seen
}

/// The edges that lie on a circle.
fn circles(edges: &Edges) -> Vec<String> {
    let mut found = Vec::new();
    for (from, uses) in edges {
        for to in uses {
            if reachable(edges, to).contains(from.as_path()) {
                found.push(format!("{} uses {}", from.display(), to.display()));
            }
        }
    }
    found
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let found: Vec<String> = CRATES.iter().flat_map(|source| circles(&edges(source))).collect();
    assert!(found.is_empty(), "these lie on a circle:\n{}", found.join("\n"));
}

#[test]
fn every_room_of_the_kit_uses_only_the_rooms_before_it() {
    let source = "conformance/kit/src";
    let room = |file: &Path| {
        let below = file.strip_prefix(source).expect("a file of the kit").with_extension("");
        below.iter().next().expect("a name").to_str().expect("UTF-8").to_owned()
    };
    let place = |name: &str| ROOMS.iter().position(|it| *it == name);
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for (from, uses) in &edges(source) {
        let (from_room, file) = (room(from), from.display());
        if from_room == "lib" {
            continue;
        }
        let from_place = place(&from_room).unwrap_or_else(|| panic!("{file} is in no known room"));
        for to in uses {
            let to_room = room(to);
            if place(&to_room).is_none_or(|to_place| to_place > from_place) {
                wrong.push(format!("{file} uses {}", to.display()));
            }
        }
        seen.insert(from_room);
    }
    assert!(wrong.is_empty(), "a room may not use a later one:\n{}", wrong.join("\n"));
    let idle: Vec<_> = ROOMS.iter().filter(|room| !seen.contains(**room)).collect();
    assert!(idle.is_empty(), "these rooms are gone: {idle:?}");
}

#[test]
fn a_circle_is_found() {
    let edge = |from: &str, to: &[&str]| {
        (PathBuf::from(from), to.iter().map(PathBuf::from).collect::<BTreeSet<_>>())
    };
    let line = Edges::from([edge("a", &["b", "c"]), edge("b", &["c"]), edge("c", &[])]);
    assert_eq!(circles(&line), Vec::<String>::new());
    let ring = Edges::from([edge("a", &["b"]), edge("b", &["c"]), edge("c", &["a"])]);
    assert_eq!(circles(&ring), ["a uses b", "b uses c", "c uses a"]);
}

#[test]
fn paths_lead_to_files() {
    let module = |path: &str| -> (Vec<String>, PathBuf) {
        (path.split('/').filter(|it| !it.is_empty()).map(str::to_owned).collect(), path.into())
    };
    let modules = Modules(["", "a", "a/b", "c"].into_iter().map(module).collect());
    let code = "use super::b; use crate::c::Thing; fn f() { other::g(); crate::h(); }
                #[cfg(test)] mod tests { use super::super::a::Nothing; }";
    let mut paths = Paths {
        module: vec!["a".to_owned(), "b".to_owned()],
        modules: &modules,
        found: BTreeSet::new(),
    };
    paths.visit_file(&syn::parse_file(code).unwrap());
    let found: Vec<&str> = paths.found.iter().map(|it| it.to_str().unwrap()).collect();
    // `h` is an item of the root, and `other` another crate.
    assert_eq!(found, ["", "a/b", "c"]);
}
