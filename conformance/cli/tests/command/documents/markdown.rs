//! As much Markdown as the documents of this repository use.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The repository.
pub(crate) fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().expect("the repository")
}

/// A text file of the repository.
pub(crate) fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file with one of these extensions, below this folder of the repository, by path from its
/// root. Build folders are passed over.
pub(crate) fn files(below: &str, extensions: &[&str]) -> Vec<PathBuf> {
    let mut folders = vec![root().join(below)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_dir() {
                if !["target", ".git", "node_modules", "__pycache__"].contains(&name) {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|it| extensions.iter().any(|one| it == *one)) {
                found.push(path.strip_prefix(root()).expect("below the root").to_owned());
            }
        }
    }
    found.sort();
    found
}

/// A line of a document, and what kind of block it stands in.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    /// Its number, from 1.
    pub(crate) number: usize,
    /// The info string of the fence around it, if it stands in a fence.
    pub(crate) fence: Option<&'a str>,
    pub(crate) text: &'a str,
}

/// The lines of a document, without those that open or close a fence.
pub(crate) fn lines(document: &str) -> Vec<Line<'_>> {
    let mut fence = None;
    let mut lines = Vec::new();
    for (index, text) in document.lines().enumerate() {
        match (fence, text.trim_start().strip_prefix("```")) {
            (None, Some(info)) => fence = Some(info.trim()),
            (Some(_), Some(_)) => fence = None,
            (fence, None) => lines.push(Line { number: index + 1, fence, text }),
        }
    }
    lines
}

/// The part of a document under the heading `## TITLE`.
pub(crate) fn section<'a>(document: &'a str, title: &str) -> &'a str {
    let (_, rest) = document
        .split_once(&format!("\n## {title}\n"))
        .unwrap_or_else(|| panic!("no heading {title}"));
    rest.split_once("\n## ").map_or(rest, |(part, _)| part)
}

/// The rows of every table whose first column has this heading, cell by cell.
pub(crate) fn rows<'a>(document: &'a str, heading: &str) -> Vec<Vec<&'a str>> {
    let mut rows = Vec::new();
    let mut wanted = false;
    for line in document.lines() {
        let Some(inner) = line.strip_prefix('|').and_then(|rest| rest.strip_suffix('|')) else {
            wanted = false;
            continue;
        };
        let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
        if cells[0] == heading {
            wanted = true;
        } else if wanted && !cells[0].starts_with("---") {
            rows.push(cells);
        }
    }
    rows
}

/// What stands between backticks: one of them, or two around text that holds one.
pub(crate) fn code_spans(text: &str) -> Vec<&str> {
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        let ticks = if rest[start..].starts_with("``") { "``" } else { "`" };
        let inner = &rest[start + ticks.len()..];
        let Some(end) = inner.find(ticks) else { break };
        // A run of three ends a span whose text ends with a backtick only behind a blank.
        spans.push(inner[..end].trim());
        rest = &inner[end + ticks.len()..];
    }
    spans
}

/// A line without its code spans.
pub(crate) fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect()
}
