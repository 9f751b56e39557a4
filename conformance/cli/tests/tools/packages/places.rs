//! Folders as the author of a port has them: an implementation, a codec with messages in the form of
//! the vectors, and the package `rollwire` where the language looks for packages.
//!
//! They are made without a network, from what the tree holds.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use libtest_mimic::Failed;

use crate::support::{
    NODE, Outcome, adapters, fail,
    javascript::{copy_javascript, edit},
    run,
};

/// A change of one file: the file, what stands in it once, and what replaces it.
pub(crate) type Edit<'a> = (&'a str, &'a str, &'a str);

/// A copy of the JavaScript implementation, with the package in `node_modules`.
pub(super) fn javascript(folder: &Path, edits: &[Edit]) -> Outcome {
    javascript_codec(folder, edits)?;
    build_npm(&folder.join("node_modules"), &[])
}

/// A copy of the JavaScript implementation, and its codec with messages in the form of the vectors.
pub(super) fn javascript_codec(folder: &Path, edits: &[Edit]) -> Outcome {
    copy_javascript(folder, "adapter.mjs")?;
    fs::write(folder.join("my-codec.mjs"), include_str!("my-codec.mjs"))?;
    edited(folder, edits)
}

/// Builds packages for npm into a folder.
pub(super) fn build_npm(output: &Path, arguments: &[&str]) -> Outcome {
    let mut command = Command::new(NODE.name);
    command.arg(packages().join("npm/build.mjs")).arg("--output").arg(output).args(arguments);
    run(&mut command)?.exits(0).map(drop)
}

/// A copy of the Python implementation, with the package beside it as its wheel has it.
pub(super) fn python(folder: &Path, edits: &[Edit]) -> Outcome {
    copy(&packages().join("python/rollwire"), &folder.join("rollwire"))?;
    copy(&root().join("vectors"), &folder.join("rollwire/vectors"))?;
    python_codec(folder, edits)
}

/// A copy of the Python implementation, and its codec with messages in the form of the vectors.
pub(super) fn python_codec(folder: &Path, edits: &[Edit]) -> Outcome {
    copy(&adapters().join("python"), folder)?;
    fs::write(folder.join("my_codec.py"), include_str!("my_codec.py"))?;
    edited(folder, edits)
}

/// Changes files of a folder.
pub(super) fn edited(folder: &Path, edits: &[Edit]) -> Outcome {
    edits.iter().try_for_each(|(file, right, wrong)| edit(&folder.join(file), &[(right, wrong)]))
}

/// The blocks of a README in one language.
pub(super) fn blocks(package: &str, language: &str) -> Result<Vec<String>, Failed> {
    let readme = fs::read_to_string(packages().join(package).join("README.md"))?;
    let fence = format!("\n```{language}\n");
    let blocks = readme.split(&*fence).skip(1).filter_map(|rest| rest.split("```").next());
    let blocks: Vec<String> = blocks.map(str::to_owned).collect();
    if blocks.is_empty() {
        return fail(format!("the README of {package} has no block of {language}"));
    }
    Ok(blocks)
}

/// Writes the blocks of a README that name their file in the first line, and says which files.
pub(super) fn write_blocks(
    package: &str,
    language: &str,
    folder: &Path,
) -> Result<Vec<String>, Failed> {
    let mut names = Vec::new();
    for block in blocks(package, language)? {
        let first = block.lines().next().unwrap_or_default();
        let name = first.trim_start_matches(['#', '/', ' ']);
        fs::write(folder.join(name), &block)?;
        names.push(name.to_owned());
    }
    Ok(names)
}

/// Copies a folder with everything in it.
fn copy(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The folder of the packages with the vectors and the command.
pub(super) fn packages() -> PathBuf {
    root().join("conformance/packages")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
