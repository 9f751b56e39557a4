//! Closed sets stand in the documents whole and in the order of the code.

use rollwire_conformance::{protocol::Capability, vectors::VectorSet};
use rollwire_model::{Layout, RefusalClass, vectors::Scenario};

use crate::documents::markdown::{code_spans, rows, text};

/// What stands between backticks in the first cell of each row.
fn names(path: &str, heading: &str) -> Vec<String> {
    let document = text(path);
    rows(&document, heading).iter().map(|row| code_spans(row[0]).concat()).collect()
}

#[test]
fn the_capabilities() {
    assert_eq!(names("spec/adapter.md", "Capability"), Capability::ALL.map(Capability::as_str));
}

#[test]
fn the_refusal_classes() {
    assert_eq!(names("spec/refusals.md", "Class"), RefusalClass::ALL.map(RefusalClass::as_str));
}

#[test]
fn the_messages() {
    let document = text("spec/common.md");
    let found: Vec<String> = rows(&document, "Type").iter().map(|row| row.join(" ")).collect();
    let expected = Layout::builtin().messages.iter().map(|message| {
        format!(
            "0x{:02x} {} `{}` {} {} [{chapter}]({chapter})",
            message.type_byte,
            message.title,
            message.name,
            message.length,
            message.since,
            chapter = message.chapter
        )
    });
    assert_eq!(found, expected.collect::<Vec<_>>());
}

/// The scenario that the vectors' README shows is the published one.
#[test]
fn the_scenario_that_is_shown_is_a_published_one() {
    let document = text("vectors/README.md");
    let shown = document
        .split("```json\n")
        .skip(1)
        .filter_map(|rest| serde_json::from_str::<Scenario>(rest.split("```").next()?).ok());
    let shown: Vec<Scenario> = shown.collect();
    let mut published = VectorSet::builtin().unwrap().scenarios();
    assert_eq!(shown.len(), 1, "one example of a scenario");
    assert!(
        published.any(|scenario| *scenario == shown[0]),
        "{} is another one by now",
        shown[0].id
    );
}

#[test]
fn the_links_and_properties_of_interop_are_those_of_the_program() {
    let document = text("conformance/interop/README.md");
    for (name, line) in rollwire_interop::link::NAMED {
        assert!(document.contains(&format!("| `{name}` | `{line}` |")), "{name}");
    }
    let row = |it: &rollwire_interop::Property| {
        format!("| `{}` | {} | {} |\n", it.name(), it.says(), it.chapter())
    };
    let rows: String = rollwire_interop::Property::ALL.iter().map(row).collect();
    assert!(document.contains(&rows), "{rows}");
}

#[test]
fn the_filters_of_wireshark() {
    let filters = rollwire_dissectors::wireshark::filters(Layout::builtin());
    let rows: String = filters
        .iter()
        .map(|it| format!("| `{}` | {} | {} |\n", it.name, it.kind, it.about))
        .collect();
    let path = "conformance/dissectors/README.md";
    assert!(text(path).contains(&rows), "{path} does not contain\n{rows}");
    assert_eq!(names(path, "Filter").len(), filters.len());
}
