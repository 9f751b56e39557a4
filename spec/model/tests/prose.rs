//! The prose, the tables and `messages.toml` say the same, and every worked example is true.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use rollwire_model::{
    Capability, Field, Layout, Level, chapters,
    digest::{Form, worked_digests},
    examples::examples,
    exchange::{HISTORY, LEAST_MAP_BOUND, worked_scenarios},
    rule, rules,
};

/// The cells of every table row of a chapter whose first column has this heading.
fn rows(text: &str, heading: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut wanted = false;
    for line in text.lines() {
        let Some(line) = line.strip_prefix("| ").or(line.strip_prefix("|--")) else {
            wanted = false;
            continue;
        };
        let cells: Vec<String> = line
            .trim_end()
            .trim_end_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect();
        if wanted && !line.starts_with('-') {
            rows.push(cells);
        } else if cells[0] == heading {
            wanted = true;
        }
    }
    rows
}

fn chapter(name: &str) -> &'static str {
    chapters().iter().find(|chapter| chapter.name == name).expect("a chapter of that name").text
}

/// The part of a chapter under the heading `## TITLE`; the whole chapter if its only heading is it.
fn section(text: &'static str, title: &str) -> &'static str {
    if text.starts_with(&format!("# {title}\n")) {
        return text;
    }
    let heading = format!("\n## {title}\n");
    let start = text.find(&heading).unwrap_or_else(|| panic!("no heading {title}")) + heading.len();
    let rest = &text[start..];
    rest.find("\n## ").map_or(rest, |end| &rest[..end])
}

fn table_row(field: &Field) -> Vec<String> {
    let size = field.size.to_string();
    let offset = field.offset.to_string();
    let texts = [&offset, &size, &field.type_name(), &field.name, &field.unit, &field.range];
    texts.into_iter().cloned().collect()
}

#[test]
fn every_file_of_prose_is_embedded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let entries = fs::read_dir(folder).expect("the specification's folder");
    let names =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("ASCII"));
    let there: BTreeSet<String> = names.filter(|name| name.ends_with(".md")).collect();
    let embedded: BTreeSet<String> =
        chapters().iter().map(|chapter| chapter.name.to_owned()).collect();
    assert_eq!(there, embedded, "add the chapter to src/chapters.rs");
}

#[test]
fn every_field_table_equals_the_layout() {
    for message in &Layout::builtin().messages {
        let section = section(chapter(&message.chapter), &message.title);
        let expected: Vec<_> = message.fields.iter().map(table_row).collect();
        assert_eq!(rows(section, "Offset"), expected, "{}", message.title);
        let rule = rule(&message.length_rule).unwrap_or_else(|| panic!("{}", message.length_rule));
        let bytes = if message.length == "1" { "byte" } else { "bytes" };
        assert!(
            rule.text.contains(&format!(" is exactly {} {bytes} long", message.length)),
            "{}: {}",
            rule.id,
            message.length
        );
    }
}

#[test]
fn no_field_table_is_left_out() {
    let layout = Layout::builtin();
    let fields: usize = layout.messages.iter().map(|message| message.fields.len()).sum();
    // The table of an entry stands once, before the three messages that could use it.
    let entry =
        &layout.message("input").and_then(|input| input.field("entries")).expect("entries").entry;
    let in_prose: usize = chapters().iter().map(|chapter| rows(chapter.text, "Offset").len()).sum();
    assert_eq!(in_prose, fields + entry.len());
}

#[test]
fn the_entry_table_equals_both_layouts() {
    let text = chapter("input.md");
    let intro = &text[..text.find("\n## ").expect("a section")];
    let layout = Layout::builtin();
    for name in ["input", "input_response"] {
        let entries =
            layout.message(name).and_then(|message| message.field("entries")).expect("entries");
        let expected: Vec<_> = entries.entry.iter().map(table_row).collect();
        assert_eq!(rows(intro, "Offset"), expected, "{name}");
        let size = entries.entry.iter().map(|field| field.size).sum::<usize>();
        assert_eq!(entries.size, size, "{name}");
    }
}

#[test]
fn the_table_of_messages_equals_the_layout() {
    let expected: Vec<Vec<String>> = Layout::builtin()
        .messages
        .iter()
        .map(|message| {
            vec![
                format!("0x{:02x}", message.type_byte),
                message.title.clone(),
                format!("`{}`", message.name),
                message.length.clone(),
                message.since.to_string(),
                format!("[{0}]({0})", message.chapter),
            ]
        })
        .collect();
    assert_eq!(rows(chapter("common.md"), "Type"), expected);
    for message in &Layout::builtin().messages {
        assert_eq!(message.name, message.title.to_lowercase(), "the rule for names in JSON");
    }
}

#[test]
fn fields_follow_each_other_without_a_gap() {
    for message in &Layout::builtin().messages {
        let mut offset = 0;
        for field in &message.fields {
            assert_eq!(field.offset, offset, "{} of {}", field.name, message.title);
            offset += field.size;
        }
        let length = format!("{}", message.header_length());
        assert!(message.length == length || message.length == format!("{length} + 5·count"));
    }
}

#[test]
fn every_rule_line_is_read() {
    let mut ids = BTreeSet::new();
    for rule in rules() {
        assert!(ids.insert(&rule.id), "{} stands twice", rule.id);
        assert!(!rule.text.is_empty(), "{}", rule.id);
    }
    let lines = chapters().iter().flat_map(|chapter| chapter.text.lines());
    let looks_like_a_rule = |line: &&str| {
        let id = line.trim_start().strip_prefix("- **").and_then(|rest| rest.split_once("**"));
        id.is_some_and(|(id, _)| id.ends_with(|last: char| last.is_ascii_digit()))
    };
    assert_eq!(lines.filter(looks_like_a_rule).count(), ids.len(), "a rule line that is not read");
}

/// A later rule stands where its subject is, so the numbers of a chapter need not ascend.
#[test]
fn the_rules_of_a_prefix_are_numbered_without_a_gap() {
    let mut prefixes: BTreeMap<(&str, &str), BTreeSet<usize>> = BTreeMap::new();
    for rule in rules() {
        let (prefix, number) = rule.id.rsplit_once('-').expect("PREFIX-NUMBER");
        let number = number.parse().expect("a number");
        prefixes.entry((prefix, rule.chapter)).or_default().insert(number);
    }
    for ((prefix, chapter), numbers) in &prefixes {
        let expected: BTreeSet<usize> = (1..=numbers.len()).collect();
        assert_eq!(*numbers, expected, "{prefix} in {chapter}");
    }
    let names: BTreeSet<&str> = prefixes.keys().map(|(prefix, _)| *prefix).collect();
    assert_eq!(names.len(), prefixes.len(), "a prefix belongs to one chapter");
}

#[test]
fn a_rule_uses_the_word_of_its_level() {
    for rule in rules() {
        let word = match rule.level {
            Level::Must => continue,
            Level::Should => "SHOULD",
            Level::May => "MAY",
        };
        let testable = !matches!(rule.proof, rollwire_model::Proof::NotTestable(_));
        assert!(!testable || rule.text.contains(word), "{} is {word} without the word", rule.id);
    }
}

#[test]
fn rules_that_the_layout_names_exist_in_its_chapter() {
    for message in &Layout::builtin().messages {
        let mut named = vec![message.length_rule.clone(), message.encode_rule.clone()];
        named.extend(
            message
                .ordered
                .iter()
                .flat_map(|ordered| [ordered.rule.clone(), ordered.encode_rule.clone()]),
        );
        for field in &message.fields {
            named.push(field.rule.clone());
            named.extend(field.refuse_rule.clone());
            named.extend(field.wrong_length_rule.clone());
            named.extend(field.payload_rule.clone());
            named.extend(field.encode_rule.clone());
            named.extend(field.upper_case_rule.clone());
            named.extend(field.limits.iter().filter_map(|limit| limit.may_rule.clone()));
        }
        for id in named {
            let rule = rule(&id).unwrap_or_else(|| panic!("{} names {id}", message.name));
            assert_eq!(rule.chapter, message.chapter, "{id}");
        }
    }
}

#[test]
fn every_worked_example_is_true() {
    let examples = examples().unwrap_or_else(|error| panic!("{error}"));
    let faults: Vec<String> = examples
        .iter()
        .filter_map(|example| example.run().err())
        .map(|error| error.to_string())
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    let fences = chapters().iter().map(|chapter| chapter.text.matches("```example").count());
    assert_eq!(fences.sum::<usize>(), examples.len(), "a block that is not read");
}

#[test]
fn every_message_has_a_worked_example_and_every_chapter_a_refused_one() {
    for message in &Layout::builtin().messages {
        let text = chapter(&message.chapter);
        let has = |text: &str, start| text.lines().any(|line| line.starts_with(start));
        let section = section(text, &message.title);
        assert!(
            has(section, "value ") || has(section, "hex "),
            "{}: nothing accepted",
            message.title
        );
        assert!(has(text, "reject "), "{}: nothing refused", message.chapter);
    }
}

#[test]
fn every_worked_scenario_is_true() {
    let scenarios = worked_scenarios().unwrap_or_else(|error| panic!("{error}"));
    let faults: Vec<String> = scenarios
        .iter()
        .filter_map(|scenario| scenario.run().err().map(|error| error.to_string()))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let about = |chapter: &str| scenarios.iter().filter(|it| it.chapter == chapter).count();
    assert!(about("exchange.md") >= 6 && about("detect.md") >= 3, "{}", scenarios.len());
}

#[test]
fn every_worked_digest_is_true() {
    let digests = worked_digests().unwrap_or_else(|error| panic!("{error}"));
    let faults: Vec<String> = digests
        .iter()
        .filter_map(|digest| digest.run().err().map(|error| error.to_string()))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(digests.len() >= 80, "{}", digests.len());
}

#[test]
fn the_constants_are_those_of_the_chapters() {
    let text = |id: &str| &*rule(id).unwrap_or_else(|| panic!("no rule {id}")).text;
    assert!(text("EXCH-3").contains(&format!(" {HISTORY} ")), "{}", text("EXCH-3"));
    assert!(text("EXCH-19").contains(&format!(" {LEAST_MAP_BOUND} ")), "{}", text("EXCH-19"));

    for (capability, name) in
        [(Capability::Exchange, "exchange.md"), (Capability::Detect, "detect.md")]
    {
        let sentence = format!("applies from revision {}, ", capability.since());
        let declared = format!("declare the capability `{capability}`");
        let says =
            chapter(name).lines().any(|line| line.contains(&sentence) && line.contains(&declared));
        assert!(says, "{name}: {sentence}… {declared}");
    }
    let forms = Form::ALL.map(Form::since);
    assert_eq!(forms.into_iter().min(), Some(Capability::Digest.since()));

    let revisions = rows(chapter("revisions.md"), "Revision");
    let last = revisions.iter().filter_map(|row| row[0].parse::<u8>().ok()).max();
    assert_eq!(last, Some(Layout::builtin().revision));
}
