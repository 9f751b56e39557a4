//! `rollwire init`: writes the skeleton of an adapter.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use rollwire_conformance::{
    text::{plural, shown},
    verdict::Exit,
};

use crate::{
    args::Init,
    failure::Failure,
    skeletons::{SKELETONS, Skeleton},
    terminal::say,
};

/// Where the skeleton is written if no folder is named.
const FOLDER: &str = "rollwire-adapter";

pub(crate) fn run(arguments: &Init) -> Result<Exit, Failure> {
    let Some(skeleton) = arguments.lang else {
        return match &arguments.folder {
            None => list(),
            Some(folder) => Err(Failure::usage(format!(
                "{}: no language was given; give one with --lang. The languages are {}",
                shown(folder),
                SKELETONS.each_ref().map(|it| it.name).join(", ")
            ))),
        };
    };
    let folder = arguments.folder.as_deref().unwrap_or(Path::new(FOLDER));
    prepare(folder)?;
    write(skeleton, folder)?;
    let count = plural(skeleton.files.len() as u64, "file", "files");
    say!("{count} in {}: an adapter in {}", shown(folder), skeleton.title)?;
    say!("It needs {}. In that folder:", skeleton.needs)?;
    for command in skeleton.commands() {
        say!("  {command}")?;
    }
    say!("Its README.md says how to go on.")?;
    Ok(Exit::Conforms)
}

fn list() -> Result<Exit, Failure> {
    for skeleton in &SKELETONS {
        say!("{:<8} {}, with {}", skeleton.name, skeleton.title, skeleton.needs)?;
    }
    say!("`rollwire init --lang js` writes a skeleton in JavaScript to the folder {FOLDER}")?;
    Ok(Exit::Conforms)
}

/// Makes the folder, unless it is there and empty. A link is not followed: who planted it would choose where
/// the files are written.
fn prepare(folder: &Path) -> Result<(), Failure> {
    let name = shown(folder);
    let advice = "name a new folder, as in `rollwire init --lang js my-adapter`";
    // Without a `/` or `/.` at its end, behind which the system follows a link.
    let plain: PathBuf = folder.components().collect();
    match fs::symlink_metadata(plain) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder).map_err(|error| cannot_be_written(folder, &error))
        }
        Err(error) => Err(cannot_be_written(folder, &error)),
        Ok(it) if it.is_symlink() => {
            Err(Failure::usage(format!("{name}: is a link, which is not followed; {advice}")))
        }
        Ok(it) if !it.is_dir() => Err(Failure::usage(format!("{name}: is not a folder; {advice}"))),
        Ok(_) => match fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
            Ok(false) => Ok(()),
            Ok(true) => Err(Failure::usage(format!(
                "{name}: is not empty, and nothing is overwritten; {advice}"
            ))),
            Err(error) => Err(Failure::usage(format!("{name}: cannot be read: {error}"))),
        },
    }
}

/// Writes the files. Every folder and every file is new, so no link that appears meanwhile is followed.
fn write(skeleton: &Skeleton, folder: &Path) -> Result<(), Failure> {
    let mut made = BTreeSet::new();
    for (path, text) in skeleton.files {
        for (at, _) in path.match_indices('/') {
            let below = folder.join(&path[..at]);
            if made.insert(&path[..at]) {
                fs::create_dir(&below).map_err(|error| cannot_be_written(&below, &error))?;
            }
        }
        let file = folder.join(path);
        File::create_new(&file)
            .and_then(|mut new| new.write_all(text.as_bytes()))
            .map_err(|error| cannot_be_written(&file, &error))?;
    }
    Ok(())
}

fn cannot_be_written(path: &Path, error: &io::Error) -> Failure {
    Failure::unwritable(&shown(path), error)
}
