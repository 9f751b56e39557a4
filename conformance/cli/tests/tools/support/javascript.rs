//! A copy of the JavaScript implementation, to be broken.

use std::path::Path;

use libtest_mimic::Failed;

use crate::support::{Outcome, adapters, fail};

/// Copies the library and the adapter; the adapter gets this name.
pub(crate) fn copy_javascript(folder: &Path, adapter: &str) -> Outcome {
    let from = adapters().join("javascript");
    for part in ["src", "adapter"] {
        std::fs::create_dir(folder.join(part))?;
        for entry in std::fs::read_dir(from.join(part))? {
            let path = entry?.path();
            let name = path.file_name().ok_or("a file name")?;
            std::fs::copy(&path, folder.join(part).join(name))?;
        }
    }
    std::fs::copy(from.join("adapter.mjs"), folder.join(adapter))?;
    Ok(())
}

/// Changes one file: each piece of it that stands first in a pair, exactly once.
pub(crate) fn edit(path: &Path, edits: &[(&str, &str)]) -> Outcome {
    let edited = edited(&std::fs::read_to_string(path)?, edits)?;
    Ok(std::fs::write(path, edited)?)
}

/// The text with each replacement made, if each fits exactly once and changes something.
pub(crate) fn edited(text: &str, edits: &[(&str, &str)]) -> Result<String, Failed> {
    edits.iter().try_fold(text.to_owned(), |text, (pattern, replacement)| {
        let found = text.matches(pattern).count();
        if found != 1 || pattern == replacement {
            return fail(format!("found {found} times, to be changed once:\n{pattern}"));
        }
        Ok(text.replace(pattern, replacement))
    })
}
