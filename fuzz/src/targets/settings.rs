//! Hostile settings, `rollwire.toml`: each is refused with a short line and with a line number that exists, or
//! every key that it has is known, and its values are within their bounds. A second reader of TOML agrees on
//! which texts are TOML and which keys they have. The input is the text.

use rollwire_conformance::settings::{FORMATS, KEYS, Settings, parse};

use crate::printable::assert_printable_line;

/// The longest path that a file may name.
const MAX_PATH: usize = 4096;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let table = text.parse::<toml::Table>();
    let settings = match parse(text) {
        Ok(settings) => settings,
        Err(fault) => {
            assert_printable_line(&fault.text);
            let lines = 1 + text.matches('\n').count();
            assert!((1..=lines).contains(&fault.line), "line {} of {lines}", fault.line);
            return;
        }
    };
    let table = table.expect("what is read is TOML");
    for key in settings.keys() {
        assert!(table.contains_key(key), "`{key}` is not in the file");
    }
    for key in table.keys() {
        assert!(KEYS.contains(&key.as_str()), "`{key}` is accepted");
    }
    assert_within_bounds(&settings);
}

fn assert_within_bounds(settings: &Settings) {
    let words = settings.command.iter().flatten();
    assert!(words.clone().all(|word| !word.contains('\0')));
    assert!(settings.command.is_none() || words.clone().next().is_some_and(|it| !it.is_empty()));
    assert!(settings.command.is_none() || settings.adapter.is_none());
    assert!(settings.fresh.is_none_or(|it| it <= 1000));
    assert!(settings.window.is_none_or(|it| (1..=65_536).contains(&it)));
    let paths = settings.baseline.iter().chain(&settings.vectors).chain(&settings.watch_paths);
    let written = settings.reports.iter().map(|(_, path)| path);
    for path in paths.chain(written.clone()) {
        assert!((1..=MAX_PATH).contains(&path.len()) && !path.contains('\0'), "{path:?}");
    }
    for (at, path) in written.enumerate() {
        assert!(FORMATS.contains(&&*settings.reports[at].0));
        assert!(
            settings.reports[..at].iter().all(|(_, other)| other != path),
            "two reports in {path:?}"
        );
    }
}
