//! `rollwire init`: where it writes, and where it refuses to. `tools/init.rs` runs what it has written.

use std::{fs, path::Path};

use crate::run::run;

/// The paths of the files below a folder.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let below = path.strip_prefix(folder).unwrap().to_str().unwrap();
                found.push(below.replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_skeleton_is_written_to_a_folder_that_is_new_or_empty() {
    let folder = tempfile::tempdir().unwrap();
    for below in ["a/new/one", ""] {
        let target = folder.path().join(below);
        let (said, complaint) = run(&["init", "--lang", "Python", target.to_str().unwrap()], 0);
        assert_eq!(complaint, "");
        let first = format!("4 files in {}: an adapter in Python\n", target.display());
        assert!(said.starts_with(&first), "{said}");
        assert!(said.contains("\n  rollwire smoke -- python3 adapter.py\n"), "{said}");
        let all = [".github/workflows/rollwire.yml", "README.md", "adapter.py", "codec.py"];
        assert_eq!(files(&target), all);
        fs::remove_dir_all(folder.path().join("a")).ok();
    }
}

#[test]
fn without_a_language_the_languages_are_listed() {
    let (said, _) = run(&["init"], 0);
    for line in [
        "js       JavaScript, with Node.js",
        "csharp   C#, with .NET 8",
        "`rollwire init --lang js`",
    ] {
        assert!(said.lines().any(|it| it.starts_with(line)), "{line}: {said}");
    }
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("new");
    let (_, complaint) = run(&["init", target.to_str().unwrap()], 2);
    assert!(
        complaint.contains(
            "no language was given; give one with --lang. The languages are js, ts, python, "
        ),
        "{complaint}"
    );
    assert!(!target.exists());
}

#[test]
fn a_language_has_several_names_and_an_unknown_one_is_answered_with_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    for (index, (name, title)) in [
        ("javascript", "JavaScript"),
        ("TS", "TypeScript"),
        ("golang", "Go"),
        ("c", "C"),
        ("C#", "C#"),
        ("cs", "C#"),
    ]
    .iter()
    .enumerate()
    {
        let target = folder.path().join(index.to_string());
        let (said, _) = run(&["init", "--lang", name, target.to_str().unwrap()], 0);
        assert!(said.contains(&format!(": an adapter in {title}\n")), "{name}: {said}");
    }
    for (name, nearest) in [
        ("pyton", "did you mean `python`, `python3` or `py`?"),
        ("javscript", "`javascript`"),
        ("ruts", "`rust`"),
        ("", "it is not one of js, ts, python, rust, go, c, java, csharp"),
        ("c\u{1b}", "it is not one of"),
    ] {
        let (_, complaint) = run(&["init", "--lang", name], 2);
        assert!(
            complaint.contains(nearest) && !complaint.contains('\u{1b}'),
            "{name}: {complaint}"
        );
    }
}

#[test]
fn nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let (full, file) = (folder.path().join("full"), folder.path().join("file"));
    fs::create_dir(&full).unwrap();
    fs::write(full.join("adapter.mjs"), "mine").unwrap();
    fs::write(&file, "mine").unwrap();
    for (target, said) in [
        (
            full.clone(),
            "full: is not empty, and nothing is overwritten; name a new folder, as in `rollwire init",
        ),
        (file.clone(), "file: is not a folder; name a new folder"),
        (file.join("below"), "below: cannot be written: "),
    ] {
        let (_, complaint) = run(&["init", "--lang", "js", target.to_str().unwrap()], 2);
        assert!(complaint.contains(said), "{said}: {complaint}");
    }
    assert_eq!(files(folder.path()), ["file", "full/adapter.mjs"]);
    assert_eq!(fs::read_to_string(full.join("adapter.mjs")).unwrap(), "mine");
}

/// Who can plant a link at a name that can be guessed must not choose where files are written.
#[cfg(unix)]
#[test]
fn a_link_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let (elsewhere, link) = (folder.path().join("elsewhere"), folder.path().join("link"));
    fs::create_dir(&elsewhere).unwrap();
    for target in [elsewhere.clone(), folder.path().join("nowhere")] {
        std::os::unix::fs::symlink(&target, &link).unwrap();
        // Behind a `/`, the system itself follows a link.
        for end in ["", "/", "//", "/.", "/./"] {
            let link = format!("{}{end}", link.display());
            let (_, complaint) = run(&["init", "--lang", "js", &link], 2);
            let said = format!("{link}: is a link, which is not followed; name a new");
            assert!(complaint.contains(&said), "{end}: {complaint}");
        }
        fs::remove_file(&link).unwrap();
    }
    assert_eq!(files(folder.path()), [""; 0]);
}

#[test]
fn help_text() {
    insta::assert_snapshot!("help", run(&["init", "--help"], 0).0);
}
