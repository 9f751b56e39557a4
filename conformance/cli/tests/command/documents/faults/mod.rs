//! What rollwire says about a wrong adapter, the last section of `spec/adapter.md`: each of its rows is
//! brought about by an adapter that is wrong in that way, and no message is without a row.

mod adapter;
mod deeds;
mod variants;

use std::collections::BTreeSet;

use rollwire_conformance::{
    protocol::Malformed,
    runner::{StartupFault, Stop},
};

use self::{
    adapter::said_about,
    deeds::groups,
    variants::{
        all, next_code, next_ended, next_hello_fault, next_line_fault, next_malformed,
        next_startup_fault, next_stop,
    },
};
use crate::documents::markdown::{code_spans, rows, section, text};

/// A message and what it comes to.
type Said = (String, String);

/// The second and third cells of the section's tables: messages with ‹placeholders›, and results.
fn table() -> Vec<Said> {
    let chapter = text("spec/adapter.md");
    let section = section(&chapter, "What rollwire says about a wrong adapter");
    let rows = rows(section, "What the adapter did");
    rows.iter().map(|row| (code_spans(row[1]).concat(), row[2].replace('`', ""))).collect()
}

/// Whether a message is what a row says, whatever stands for the placeholders.
pub(crate) fn fits(pattern: &str, message: &str) -> bool {
    let mut parts = pattern.split('‹');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = message.strip_prefix(first) else { return false };
    let literals: Vec<&str> =
        parts.map(|part| part.split_once('›').expect("‹ and › in pairs").1).collect();
    let Some((last, between)) = literals.split_last() else { return rest.is_empty() };
    for literal in between {
        let Some(at) = rest.find(literal) else { return false };
        rest = &rest[at + literal.len()..];
    }
    rest.ends_with(last)
}

fn fits_row(row: &Said, said: &Said) -> bool {
    let exit = |text: &str| text.strip_prefix("exit ").map(str::to_owned);
    let same = match (exit(&row.1), exit(&said.1)) {
        (Some(several), Some(one)) => several.split(" or ").any(|code| code == one),
        _ => row.1 == said.1,
    };
    same && fits(&row.0, &said.0)
}

#[test]
fn every_row_is_what_a_wrong_adapter_meets_and_every_message_has_a_row() {
    let table = table();
    let mut met = BTreeSet::new();
    for (group, adapters) in groups() {
        for (index, adapter) in adapters.into_iter().enumerate() {
            let said = said_about(adapter);
            assert!(!said.is_empty(), "{group}, number {index}: nothing is said");
            for said in said {
                let rows: Vec<usize> =
                    (0..table.len()).filter(|row| fits_row(&table[*row], &said)).collect();
                assert!(!rows.is_empty(), "{group}, number {index}: no row says {said:?}");
                met.extend(rows);
            }
        }
    }
    let unmet: Vec<&Said> =
        table.iter().enumerate().filter(|(row, _)| !met.contains(row)).map(|(_, it)| it).collect();
    assert!(unmet.is_empty(), "no adapter meets {unmet:#?}");
}

#[test]
fn every_variant_of_every_fault_has_a_row() {
    let exit = |code: u8| format!("exit {code}");
    let mut messages: Vec<Said> = Vec::new();
    let stops = all(next_stop);
    messages.extend(stops.iter().map(|it| {
        let code = if let Stop::Interrupted(signal) = it { 128 + signal } else { 3 };
        (it.to_string(), exit(u8::try_from(code).expect("a code")))
    }));
    messages.extend(all(next_startup_fault).into_iter().map(|it| {
        // Only an adapter that was started again can have changed.
        let changed = it == StartupFault::Changed;
        let stop = if changed { Stop::Restart(it) } else { Stop::Startup(it) };
        (stop.to_string(), exit(3))
    }));
    messages.extend(all(next_hello_fault).iter().map(|it| (it.to_string(), exit(3))));
    let garbage = "error garbage".to_owned();
    messages.extend(all(next_line_fault).iter().map(|it| (it.to_string(), garbage.clone())));
    messages.extend(all(next_malformed).iter().map(|it| match it {
        // Any other `ok` that is too long is another value than the right one.
        Malformed::TooLong { .. } => (format!("in the answer to hello: {it}"), exit(3)),
        _ => (it.to_string(), "error malformed".to_owned()),
    }));

    let table = table();
    for said in messages {
        assert!(table.iter().any(|row| fits_row(row, &said)), "no row says {said:?}");
    }
    for code in all(next_code) {
        let result = |row: &Said| row.1.ends_with(&format!(" {}", code.as_str()));
        assert!(table.iter().any(result), "no row comes to `{}`", code.as_str());
    }
}

#[test]
fn every_end_is_listed() {
    let chapter = text("spec/adapter.md");
    let sentence = chapter.lines().find(|line| line.starts_with("‹end› is one of"));
    let listed = code_spans(sentence.expect("the sentence about ends"));
    let all = all(next_ended);
    assert_eq!(all.len(), listed.len());
    for (ended, pattern) in all.iter().zip(listed) {
        assert!(fits(pattern, &ended.to_string()), "{ended} is not {pattern}");
    }
}

#[test]
fn placeholders_match_and_words_do_not() {
    assert!(fits("no answer within ‹time›", "no answer within 1s"));
    assert!(fits("`‹a›` = ‹b›.", "`x` = y = z."));
    assert!(!fits("no answer within ‹time›", "no reply within 1s"));
    assert!(!fits("‹a› more than once", "x more than twice"));
    assert!(!fits("the end", "the end of it"));
}
