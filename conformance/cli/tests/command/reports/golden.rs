//! Every format of the golden events, to the byte. Open the snapshot of html in a browser.

use std::io::Write;

use rollwire_conformance::{
    event::Event,
    report::{GitHub, Html, JUnit, Json, JsonLines, Markdown, Reporter, Shields, Text},
    text::Terminal,
};

use crate::{
    reports::{FORMATS, GOLDEN, convert, golden},
    run::run,
};

#[test]
fn every_format_is_what_it_was() {
    for (format, ending) in FORMATS {
        let shown = convert(&golden(), format, 3);
        insta::assert_binary_snapshot!(&format!("{format}.{ending}"), shown.into_bytes());
    }
}

#[test]
fn the_library_and_the_command_write_the_same_bytes() {
    fn all(sinks: &mut [Vec<u8>]) {
        let [text, jsonl, json, junit, markdown, github, shields, html] = sinks else {
            panic!("eight sinks")
        };
        let mut reporters: [Box<dyn Reporter + '_>; 8] = [
            Box::new(Text::new(text, false)),
            Box::new(JsonLines::new(jsonl)),
            Box::new(Json::new(json)),
            Box::new(JUnit::new(junit)),
            Box::new(Markdown::new(markdown)),
            Box::new(GitHub::new(github)),
            Box::new(Shields::new(shields)),
            Box::new(Html::new(html)),
        ];
        for line in GOLDEN.lines() {
            let event: Event = serde_json::from_str(line).unwrap();
            reporters.iter_mut().for_each(|reporter| reporter.event(&event).unwrap());
        }
        reporters.iter_mut().for_each(|reporter| reporter.end().unwrap());
    }
    let mut first = vec![Vec::new(); 8];
    let mut second = first.clone();
    all(&mut first);
    all(&mut second);
    assert_eq!(first, second);
    // The text has colours in the library, and loses them on the way to a file. What a library writes into
    // its own sink, the command writes through the one way to a terminal.
    for ((format, _), bytes) in FORMATS.iter().zip(&first).skip(1) {
        let shown = convert(&golden(), format, 3);
        let terminal = Terminal::new(Vec::new());
        let mut terminal = if *format == "github" { terminal.with_commands() } else { terminal };
        terminal.write_all(bytes).unwrap();
        terminal.flush().unwrap();
        assert_eq!(String::from_utf8_lossy(terminal.get_mut()), shown, "{format}");
    }
}

#[test]
fn the_event_stream_converts_to_itself() {
    assert_eq!(convert(&golden(), "jsonl", 3), GOLDEN);
}

/// A run writes every format at once, and what it wrote is what its event stream converts to.
#[test]
fn a_run_and_its_event_file_give_the_same_reports() {
    let folder = tempfile::tempdir().unwrap();
    let path = |ending: &str| folder.path().join(format!("report.{ending}"));
    let mut arguments = vec!["check".to_owned(), "--builtin".to_owned()];
    arguments.extend(["--seed", "1"].map(str::to_owned));
    arguments.extend(["--filter", "ping/*", "--repeat", "2"].map(str::to_owned));
    for (format, ending) in FORMATS {
        let output = path(ending).to_str().unwrap().to_owned();
        arguments.extend(["--format".to_owned(), format.to_owned(), "--output".to_owned(), output]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    assert_eq!(run(&arguments, 0).0, "");
    for (format, ending) in FORMATS {
        let written = std::fs::read_to_string(path(ending)).unwrap();
        assert!(!written.is_empty(), "{format}");
        assert_eq!(convert(&path("jsonl"), format, 0), written, "{format}");
    }
}
