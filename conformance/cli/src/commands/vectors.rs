//! `rollwire vectors lint` and `rollwire vectors export`.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use rollwire_conformance::{
    text::{json, plural, sanitize, shown},
    vectors::{FILES, FLAGS, MANIFEST, VectorSet, lint},
    verdict::Exit,
};

use crate::{
    args::Vectors,
    failure::Failure,
    input_files::load,
    terminal::{self, say},
};

pub(crate) fn run(command: &Vectors) -> Result<Exit, Failure> {
    match command {
        Vectors::Lint { paths } => {
            let vectors = load(paths)?;
            let defects = lint::defects(vectors.cases());
            for defect in &defects {
                say!("{}: {}", sanitize(&defect.id), sanitize(&defect.text))?;
            }
            let count = vectors.cases().len();
            let found = plural(defects.len() as u64, "defect", "defects");
            say!("{}, {found}", plural(count as u64, "case", "cases"))?;
            if count == 0 {
                let paths: Vec<String> = paths.iter().map(|path| shown(path)).collect();
                let paths = paths.join(", ");
                return Err(Failure::new(
                    Exit::Nothing,
                    format!("{paths}: no case was found; a vector file ends with `.json`"),
                ));
            }
            Ok(if defects.is_empty() { Exit::Conforms } else { Exit::Failed })
        }
        Vectors::Export { folder: Some(folder) } => export(folder),
        Vectors::Export { folder: None } => {
            let mut out = terminal::stdout();
            for it in VectorSet::builtin()?.cases() {
                json::write_line(&mut out, &it.json().map_err(io::Error::from)?)?;
            }
            out.flush()?;
            Ok(Exit::Conforms)
        }
    }
}

/// Writes the published files as they are. An existing folder must be empty: nothing is overwritten.
fn export(folder: &Path) -> Result<Exit, Failure> {
    let fault = |error: io::Error| Failure::unwritable(&shown(folder), &error);
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        let text = format!("{}: is not empty; export to a new folder", shown(folder));
        return Err(Failure::usage(text));
    }
    for (path, text) in FILES.iter().chain(&[("manifest.json", MANIFEST), ("flags.json", FLAGS)]) {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap_or(folder)).map_err(fault)?;
        fs::File::create_new(file)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(fault)?;
    }
    let count = plural(FILES.len() as u64, "vector file", "vector files");
    say!("{count}, a manifest and notes on flags in {}", shown(folder))?;
    Ok(Exit::Conforms)
}
