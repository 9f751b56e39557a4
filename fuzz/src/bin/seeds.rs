//! Writes the seeds of every target, or of the named ones, to `corpus/NAME` next to this crate's
//! manifest. Inputs that a fuzzer has added there are kept.

use std::{fs, io, path::Path, process::ExitCode};

use rollwire_fuzz::{seeds, targets};

fn main() -> ExitCode {
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    if names.is_empty() {
        names = targets::ALL.map(|(name, _)| name.to_owned()).to_vec();
    }
    for name in names {
        if targets::body(&name).is_none() {
            let known = targets::ALL.map(|(name, _)| name).join(", ");
            eprintln!("error: `{name}` is not a target; targets are {known}");
            return ExitCode::from(2);
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(&name);
        match write(&folder, &seeds::of(&name)) {
            Ok(count) => println!("{name}: {count} seeds"),
            Err(error) => {
                eprintln!("error: {}: cannot be written: {error}", folder.display());
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

fn write(folder: &Path, seeds: &[(String, Vec<u8>)]) -> io::Result<usize> {
    fs::create_dir_all(folder)?;
    for (name, bytes) in seeds {
        fs::write(folder.join(name), bytes)?;
    }
    Ok(seeds.len())
}
