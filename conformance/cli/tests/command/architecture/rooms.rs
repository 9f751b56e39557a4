//! Which file uses which: no circle of files in any crate, and the kit's rooms in one order.
//!
//! An edge runs from a file to the file that defines what a path of it names: a `use`, or a path in the
//! code. A name that a module only hands on (`pub use`) leads to the file behind it, so that the face of a
//! folder or of a crate is not an edge. Tests within a file do not count.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use syn::visit::{self, Visit};

use crate::architecture::{files, read};

/// The folders of the sources of all crates.
const CRATES: [&str; 14] = [
    "codec/src",
    "spec/model/src",
    "conformance/kit/src",
    "conformance/mutants/src",
    "conformance/agreement/src",
    "conformance/capture/src",
    "conformance/interop/src",
    "conformance/dissectors/src",
    "conformance/live/src",
    "conformance/probe/src",
    "conformance/cli/src",
    "conformance/implementations/rust/src",
    "conformance/implementations/rust/adapter/src",
    "fuzz/src",
];

/// The rooms of the kit: each may use those before it, and none after it.
const ROOMS: [&str; 18] = [
    "cores",
    "text",
    "verdict",
    "protocol",
    "spelling",
    "runner",
    "settings",
    "vectors",
    "generate",
    "event",
    "check",
    "diagnosis",
    "baseline",
    "run",
    "offline",
    "fuzz",
    "trace",
    "report",
];

/// The files that a file uses, by their modules.
type Edges = BTreeMap<PathBuf, BTreeSet<PathBuf>>;

/// The modules of a crate, by their paths in it.
struct Modules(BTreeMap<Vec<String>, Module>);

/// A module that has a file of its own.
struct Module {
    file: PathBuf,
    /// What it hands on: the name, and the path that the name leads to.
    hands_on: BTreeMap<String, Vec<String>>,
}

impl Modules {
    fn of(source: &str) -> Self {
        let modules = files(source, ".rs").into_iter().map(|file| {
            let below = file.strip_prefix(source).expect("a file of the crate").with_extension("");
            let mut path: Vec<String> =
                below.iter().map(|part| part.to_str().expect("UTF-8").to_owned()).collect();
            if path.last().is_some_and(|last| ["mod", "lib", "main"].contains(&&**last)) {
                path.pop();
            }
            let hands_on = handed_on(&parse(&file), &path);
            (path, Module { file, hands_on })
        });
        // A program beside a library has a crate of its own, and uses the library by its name.
        Self(modules.filter(|(path, _)| path.first().is_none_or(|first| first != "bin")).collect())
    }

    /// The file that defines what a path from the root of the crate names.
    fn file_of(&self, path: &[String]) -> Option<&PathBuf> {
        let mut path = path.to_vec();
        // A name may be handed on more than once.
        for _ in 0..8 {
            let length =
                (0..=path.len()).rev().find(|length| self.0.contains_key(&path[..*length]))?;
            let module = &self.0[&path[..length]];
            match path.get(length).and_then(|name| module.hands_on.get(name)) {
                Some(target) => path = [target, &path[length + 1..]].concat(),
                None => return Some(&module.file),
            }
        }
        None
    }
}

fn parse(file: &Path) -> syn::File {
    syn::parse_file(&read(file)).unwrap_or_else(|error| panic!("{file:?}: {error}"))
}

/// A path as it is written, from the root of the crate. `None` if it leads to another crate.
fn from_root(
    module: &[String],
    path: &[String],
    is_child: impl Fn(&[String]) -> bool,
) -> Option<Vec<String>> {
    let mut module = module.to_vec();
    let mut rest = path;
    match rest.first()?.as_str() {
        "crate" => {
            module.clear();
            rest = &rest[1..];
        }
        "self" => rest = &rest[1..],
        "super" => {
            while rest.first().is_some_and(|first| first == "super") {
                module.pop();
                rest = &rest[1..];
            }
        }
        first => {
            let child: Vec<String> = module.iter().cloned().chain([first.to_owned()]).collect();
            if !is_child(&child) {
                return None;
            }
        }
    }
    module.extend_from_slice(rest);
    Some(module)
}

/// What a module hands on with `pub use`, by name.
fn handed_on(code: &syn::File, module: &[String]) -> BTreeMap<String, Vec<String>> {
    let mut handed_on = BTreeMap::new();
    for item in &code.items {
        let syn::Item::Use(item) = item else { continue };
        if matches!(item.vis, syn::Visibility::Inherited) {
            continue;
        }
        let mut each = |path: &[String], name: &str| {
            // A child of this module can be named without `self`.
            if let Some(target) = from_root(module, path, |_| true) {
                handed_on.insert(name.to_owned(), target);
            }
        };
        leaves(&mut Vec::new(), &item.tree, &mut each);
    }
    handed_on
}

/// Each path of a `use`, with the name that it brings in.
fn leaves(before: &mut Vec<String>, tree: &syn::UseTree, each: &mut dyn FnMut(&[String], &str)) {
    match tree {
        syn::UseTree::Path(path) => {
            before.push(path.ident.to_string());
            leaves(before, &path.tree, each);
            before.pop();
        }
        syn::UseTree::Name(name) if name.ident == "self" => {
            let last = before.last().cloned().unwrap_or_default();
            each(before, &last);
        }
        syn::UseTree::Name(name) => {
            before.push(name.ident.to_string());
            each(before, &name.ident.to_string());
            before.pop();
        }
        syn::UseTree::Rename(name) => {
            before.push(name.ident.to_string());
            each(before, &name.rename.to_string());
            before.pop();
        }
        syn::UseTree::Glob(_) => each(before, "*"),
        syn::UseTree::Group(group) => {
            group.items.iter().for_each(|item| leaves(before, item, each));
        }
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
        let is_module = |path: &[String]| self.modules.0.contains_key(path);
        let path = from_root(&self.module, segments, is_module);
        if let Some(file) = path.and_then(|path| self.modules.file_of(&path)) {
            self.found.insert(file.clone());
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
        let hands_on = !matches!(item.vis, syn::Visibility::Inherited);
        if !is_test(&item.attrs) && !hands_on {
            leaves(&mut Vec::new(), &item.tree, &mut |path, _| self.add(path));
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
                    let path =
                        text[at..].split(|it: char| !it.is_alphanumeric() && !"_:".contains(it));
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
    for (module, Module { file, .. }) in &modules.0 {
        let code = parse(file);
        if is_test(&code.attrs) || file.file_stem().is_some_and(|stem| stem == "tests") {
            continue;
        }
        let mut paths = Paths { module: module.clone(), modules: &modules, found: BTreeSet::new() };
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
    let words = |path: &str| -> Vec<String> {
        path.split('/').filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    let module = |path: &str| {
        // The root hands on what `c` hands on, which `d` defines.
        let code = match path {
            "" => "pub use c::Thing;",
            "c" => "pub(crate) use crate::d::Thing;",
            _ => "",
        };
        let hands_on = handed_on(&syn::parse_file(code).unwrap(), &words(path));
        (words(path), Module { file: path.into(), hands_on })
    };
    let modules = Modules(["", "a", "a/b", "a/e", "c", "d"].into_iter().map(module).collect());
    let code = "use super::e; use crate::Thing; fn f() { other::g(); crate::c::h(); }
                #[cfg(test)] mod tests { use super::super::super::a::Nothing; }";
    let mut paths = Paths {
        module: vec!["a".to_owned(), "b".to_owned()],
        modules: &modules,
        found: BTreeSet::new(),
    };
    paths.visit_file(&syn::parse_file(code).unwrap());
    let found: Vec<&str> = paths.found.iter().map(|it| it.to_str().unwrap()).collect();
    // `other` is another crate.
    assert_eq!(found, ["a/e", "c", "d"]);
}
