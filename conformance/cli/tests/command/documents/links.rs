//! Links within the repository lead to files and headings that exist.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use crate::documents::markdown::{files, lines, root, text, without_code};

/// The anchors of a document, made of its headings as the usual renderers make them.
fn anchors(document: &str) -> BTreeSet<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut anchors = BTreeSet::new();
    for line in lines(document).into_iter().filter(|line| line.fence.is_none()) {
        let title = line.text.trim_start_matches('#');
        if title.len() == line.text.len() || !title.starts_with(' ') {
            continue;
        }
        let slug: String = title
            .trim()
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect();
        let before = seen.entry(slug.clone()).or_default();
        anchors.insert(if *before == 0 { slug } else { format!("{slug}-{before}") });
        *before += 1;
    }
    anchors
}

/// The targets of a line's links: `](target)`, and `[name]: target` at its beginning.
fn targets(line: &str) -> Vec<String> {
    let prose = without_code(line);
    let inline = prose.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    let mut targets: Vec<String> = inline.map(|(target, _)| target.to_owned()).collect();
    if let Some((_, target)) = prose.split_once("]: ").filter(|_| prose.starts_with('[')) {
        targets.push(target.trim().to_owned());
    }
    targets
}

/// What is wrong with a link out of this file.
fn fault(from: &Path, target: &str) -> Option<String> {
    if ["https://", "http://", "mailto:"].iter().any(|scheme| target.starts_with(scheme)) {
        return None;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let to: PathBuf = if path.is_empty() {
        root().join(from)
    } else {
        root().join(from).parent().expect("a folder").join(path)
    };
    let Ok(to) = to.canonicalize() else { return Some("the file does not exist".to_owned()) };
    if !to.starts_with(root()) {
        return Some("leads out of the repository".to_owned());
    }
    if anchor.is_empty() {
        return None;
    }
    let document = text(to.to_str().expect("a path of characters"));
    (!anchors(&document).contains(anchor)).then(|| "the heading does not exist".to_owned())
}

/// A reader may have the folder `spec/` without the rest of the repository.
#[test]
fn the_specification_can_be_read_alone() {
    let folder = root().join("spec");
    let mut faults = Vec::new();
    let mut said = 0;
    for path in files("spec", &["md"]) {
        if path.components().count() != 2 {
            continue; // the documents of the model
        }
        let document = text(path.to_str().expect("a path of characters"));
        for line in lines(&document).into_iter().filter(|line| line.fence.is_none()) {
            let place = format!("{}:{}", path.display(), line.number);
            for target in targets(line.text).iter().filter(|target| !target.contains("://")) {
                let file = target.split('#').next().unwrap_or_default();
                if file.contains('/') || !folder.join(file).exists() {
                    faults.push(format!("{place}: the link {target} leads out of spec/"));
                }
            }
            for path in paths_outside(line.text) {
                if line.text.contains("outside this folder") {
                    said += 1;
                } else {
                    faults.push(format!(
                        "{place}: {path} is outside spec/, and the line does not say so"
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(said >= 2, "only {said} paths outside spec/ were found");
}

/// The words of a line that are paths of this repository, and not of the folder `spec/`.
fn paths_outside(line: &str) -> Vec<&str> {
    let of_a_path = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    line.split(|c| !of_a_path(c))
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| word.contains('/') || word.ends_with(".md") || word.ends_with(".toml"))
        .filter(|word| !word.starts_with('/') && !word.contains("//"))
        .filter(|word| root().join(word).exists() && !root().join("spec").join(word).exists())
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut faults = Vec::new();
    let mut links = 0;
    for path in files("", &["md"]) {
        let document = text(path.to_str().expect("a path of characters"));
        for line in lines(&document).into_iter().filter(|line| line.fence.is_none()) {
            for target in targets(line.text) {
                links += 1;
                if let Some(fault) = fault(&path, &target) {
                    faults.push(format!("{}:{}: {target}: {fault}", path.display(), line.number));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(links > 50, "only {links} links were found");
}
