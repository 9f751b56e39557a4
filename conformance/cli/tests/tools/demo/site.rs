//! The files of the demo, put together as its README says.

use std::{collections::BTreeMap, fs, path::PathBuf, sync::Arc};

use libtest_mimic::Failed;

use crate::{
    support::{Outcome, adapters, ensure, fail},
    tap::browser::Files,
};

/// The root of the repository.
fn root() -> PathBuf {
    adapters().join("../..")
}

/// The README of the demo.
pub(super) fn readme() -> Result<String, Failed> {
    Ok(fs::read_to_string(root().join("conformance/demo/README.md"))?)
}

/// The folders that the README copies: where each lies in the repository, by its place in the site.
fn folders() -> Result<BTreeMap<String, PathBuf>, Failed> {
    let mut folders = BTreeMap::new();
    for line in readme()?.lines() {
        let Some(words) = line.strip_prefix("cp -R ") else { continue };
        let Some((from, to)) = words.split_once(' ') else { return fail(line) };
        let Some(to) = to.strip_prefix("site") else { return fail(line) };
        let from = from.strip_suffix("/.").unwrap_or(from);
        folders.insert(to.trim_start_matches('/').to_owned(), root().join(from));
    }
    Ok(folders)
}

/// A file of the site and its type.
fn file(folders: &BTreeMap<String, PathBuf>, path: &str) -> Option<(&'static str, Vec<u8>)> {
    if path.contains("..") {
        return None;
    }
    let path = if path.is_empty() { "index.html" } else { path };
    let kind = match path.rsplit_once('.')?.1 {
        "html" => "text/html",
        "css" => "text/css",
        "mjs" => "text/javascript",
        _ => return None,
    };
    let (folder, name) = path.split_once('/').unwrap_or(("", path));
    Some((kind, fs::read(folders.get(folder)?.join(name)).ok()?))
}

/// What a browser can load: the demo in its folder, and the page of this test.
pub(super) fn files() -> Result<Arc<Files>, Failed> {
    let folders = folders()?;
    Ok(Arc::new(move |path: &str| {
        let path = path.split('?').next()?;
        match path {
            "page.html" => Some(("text/html", include_bytes!("page.html").to_vec())),
            "games.mjs" => Some(("text/javascript", include_bytes!("games.mjs").to_vec())),
            "pages.mjs" => Some(("text/javascript", include_bytes!("pages.mjs").to_vec())),
            // Stands in for the live page.
            "" => Some(("text/html", b"<!doctype html><title>live</title>".to_vec())),
            _ => file(&folders, path.strip_prefix("demo/")?),
        }
    }))
}

/// Every module that a module of the site imports is there, and so is what the page loads.
pub(super) fn is_complete() -> Outcome {
    let folders = folders()?;
    let mut open = vec!["index.html".to_owned()];
    let mut seen: Vec<String> = Vec::new();
    while let Some(path) = open.pop() {
        if seen.contains(&path) {
            continue;
        }
        let Some((_, content)) = file(&folders, &path) else {
            return fail(format!("{path} is not there"));
        };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let text = String::from_utf8(content)?;
        for quoted in text.split('"').skip(1).step_by(2) {
            let is_loaded = quoted.ends_with(".mjs") || quoted.ends_with(".css");
            if let Some(name) = quoted.strip_prefix("./").filter(|_| is_loaded) {
                let beside = if folder.is_empty() { String::new() } else { format!("{folder}/") };
                open.push(format!("{beside}{name}"));
            }
        }
        seen.push(path);
    }
    for folder in ["peer/peer.mjs", "tap/index.mjs", "demo.css", "main.mjs"] {
        ensure(seen.iter().any(|it| it == folder), || format!("{folder} is not loaded"))?;
    }
    Ok(())
}
