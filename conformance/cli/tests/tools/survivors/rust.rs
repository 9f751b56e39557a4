//! Mistakes in the Rust implementation. All of them are planted in one copy, which is compiled once; the
//! environment says which of them is made.

use std::{fs, path::Path, process::Command};

use super::{Planting, STRICTLY};
use crate::support::{Outcome, adapters, ensure, fail, javascript::edit, rollwire, run};

/// The variable that names the mistake.
const VARIABLE: &str = "PLANTED";

const READER: &str = "src/digest/json.rs";
const VALUES: &str = "src/digest/values.rs";
const DIGEST: &str = "src/digest/mod.rs";
const MESSAGES: &str = "adapter/src/messages.rs";

pub(super) static PLANTINGS: &[Planting] = &[
    Planting {
        name: "blanks_of_c_are_skipped",
        file: READER,
        edits: &[(
            r"while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {",
            r#"while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r'))
            || (crate::planted("blanks_of_c_are_skipped") && matches!(self.peek(), Some(11 | 12)))
        {"#,
        )],
        shown_by: &["digest-lenient/blank-*"],
    },
    Planting {
        name: "a_string_has_up_to_4096_units",
        file: READER,
        edits: &[(
            "strings::write(&self.string()?, &mut leaf);",
            r#"let mut units = self.string()?;
                if crate::planted("a_string_has_up_to_4096_units") {
                    units.truncate(4096);
                }
                strings::write(&units, &mut leaf);"#,
        )],
        shown_by: &["digest-large/string-*"],
    },
    Planting {
        name: "an_array_has_up_to_65535_elements",
        file: VALUES,
        edits: &[(
            "for (index, element) in elements.into_iter().enumerate() {",
            r#"let most = if crate::planted("an_array_has_up_to_65535_elements") { 65535 } else { usize::MAX };
                for (index, element) in elements.into_iter().take(most).enumerate() {"#,
        )],
        shown_by: &["digest-large/elements-*"],
    },
    Planting {
        name: "keys_are_compared_up_to_255_characters",
        file: VALUES,
        edits: &[(
            "strings::code_points(one).cmp(strings::code_points(other))",
            r#"let most = if crate::planted("keys_are_compared_up_to_255_characters") { 255 } else { usize::MAX };
        strings::code_points(one).take(most).cmp(strings::code_points(other).take(most))"#,
        )],
        shown_by: &["digest-sizes/key-*", "digest-large/key-*"],
    },
    Planting {
        name: "sha_256_of_up_to_8191_bytes",
        file: DIGEST,
        edits: &[(
            "hex::encode(Sha256::digest(text))",
            r#"hex::encode(Sha256::digest(if crate::planted("sha_256_of_up_to_8191_bytes") {
            text.get(..8191).unwrap_or(text)
        } else {
            text
        }))"#,
        )],
        shown_by: &["digest-large/hashed-*"],
    },
    Planting {
        name: "only_the_first_action_is_checked",
        file: MESSAGES,
        edits: &[(
            r#"        let action = integer(&entry["action"])?;"#,
            r#"        let action = match entry["action"].as_i64() {
            Some(wrong)
                if !wire.is_empty()
                    && std::env::var("PLANTED").as_deref() == Ok("only_the_first_action_is_checked") =>
            {
                wrong.to_be_bytes()[7]
            }
            _ => integer(&entry["action"])?,
        };"#,
        )],
        shown_by: &["input/encode-entry-*", "input-response/encode-entry-*"],
    },
];

/// The folders of the workspace that the implementation needs.
const FOLDERS: [&str; 3] =
    ["codec", "conformance/implementations/rust", "conformance/implementations/rust/adapter"];

/// Compiles the copy, and runs `rollwire check --strict` once for each mistake and once for none.
pub(super) fn each_is_found() -> Outcome {
    let root = adapters().join("../..");
    let folder = tempfile::tempdir()?;
    copy(&root, folder.path())?;
    let rust = folder.path().join("conformance/implementations/rust");
    for planting in PLANTINGS {
        edit(&rust.join(planting.file), planting.edits)?;
    }
    let planted = format!(
        "\nfn planted(name: &str) -> bool {{\n    std::env::var(\"{VARIABLE}\").as_deref() == Ok(name)\n}}\n"
    );
    let library = rust.join("src/lib.rs");
    fs::write(&library, fs::read_to_string(&library)? + &planted)?;

    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--quiet", "--offline", "-p", "rollwire-reference-adapter"]);
    build.current_dir(folder.path()).env("CARGO_TARGET_DIR", folder.path().join("target"));
    run(&mut build)?.exits(0)?;
    let adapter = folder.path().join("target/debug/rollwire-reference-adapter");
    for planting in PLANTINGS {
        let none = check(&adapter, planting, "")?;
        ensure(none == Some(0), || format!("exit {none:?} without {}", planting.name))?;
        let code = check(&adapter, planting, planting.name)?;
        ensure(code == Some(1), || format!("exit {code:?} with {}", planting.name))?;
    }
    Ok(())
}

fn check(
    adapter: &Path,
    planting: &Planting,
    planted: &str,
) -> Result<Option<i32>, libtest_mimic::Failed> {
    let mut command = rollwire(&STRICTLY);
    for filter in planting.shown_by {
        command.args(["--filter", filter]);
    }
    command.arg("--").arg(adapter).env(VARIABLE, planted);
    Ok(run(&mut command)?.code)
}

/// Copies the sources, and a workspace that has these members alone.
fn copy(root: &Path, to: &Path) -> Outcome {
    for part in FOLDERS {
        copy_folder(&root.join(part), &to.join(part))?;
    }
    let members = "members = [\n    \"codec\",";
    let manifest = fs::read_to_string(root.join("Cargo.toml"))?;
    let Some((head, rest)) = manifest.split_once(members) else {
        return fail("the workspace does not begin with the codec");
    };
    let Some((_, tail)) = rest.split_once("\n]\n") else { return fail("the members do not end") };
    let own = "members = [\"codec\", \"conformance/implementations/rust\", \"conformance/implementations/rust/adapter\"]\n";
    fs::write(to.join("Cargo.toml"), format!("{head}{own}{tail}"))?;
    fs::copy(root.join("Cargo.lock"), to.join("Cargo.lock"))?;
    Ok(())
}

/// The files of a folder and the folders named `src` in it.
fn copy_folder(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), target)?;
        } else if entry.file_name() == "src" || from.ends_with("src") {
            copy_folder(&entry.path(), &target)?;
        }
    }
    Ok(())
}
