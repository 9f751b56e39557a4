//! `rollwire tools`: what it writes, and where it cannot.

use rollwire_dissectors::{kaitai, wireshark};
use rollwire_model::Layout;

use crate::run::run;

#[test]
fn the_texts_are_written_to_standard_output_or_a_file() {
    let layout = Layout::builtin();
    let latest = layout.revision;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("it");
    let file = file.to_str().unwrap();
    for (arguments, text) in [
        (&["wireshark"][..], wireshark::dissector(layout)),
        (&["kaitai"], kaitai::description(layout, latest)),
        (&["kaitai", "--revision", "3"], kaitai::description(layout, 3)),
    ] {
        let arguments = [&["tools"], arguments].concat();
        assert!(run(&arguments, 0) == (text.clone(), String::new()), "{arguments:?}");
        let written = [&arguments[..], &["--output", file]].concat();
        assert_eq!(run(&written, 0), (String::new(), String::new()));
        assert!(std::fs::read_to_string(file).unwrap() == text, "{arguments:?}");
        let (_, error) = run(&[&arguments[..], &["--output", "/nowhere/it"]].concat(), 2);
        assert!(error.contains("/nowhere/it: cannot be written: "), "{error}");
    }
    run(&["tools", "kaitai", "--revision", "8"], 2);
    run(&["tools"], 2);
}

#[test]
fn a_description_has_the_messages_of_its_revision() {
    for revision in 1..=Layout::builtin().revision {
        let description = kaitai::description(Layout::builtin(), revision);
        for message in &Layout::builtin().messages {
            let (name, is_known) = (&message.name, message.since <= revision);
            for part in [
                format!("    0x{:02x}: {name}\n", message.type_byte),
                format!("        message_type::{name}: {name}\n"),
                format!("\n  {name}:\n"),
            ] {
                assert_eq!(description.contains(&part), is_known, "{revision}: {part}");
            }
        }
    }
}
