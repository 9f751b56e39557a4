//! Why the totals of several runs differ: what they were asked, and how.

use super::column::Column;
use crate::{
    event::Header,
    text::{grouped, plural, sanitize},
};

/// What may differ between two runs, and what that means for their totals.
type Fact = (&'static str, fn(&Header) -> String, &'static str);

const FACTS: [Fact; 10] = [
    ("vectors", |header| vectors(header), ""),
    ("rollwire", |header| header.kit.clone(), ""),
    ("revision", |header| header.revision.to_string(), "each revision has cases of its own"),
    ("filter", |header| or_none(header.filter.join(" ")), "the filter selects the cases"),
    ("arguments", |header| or_none(header.arguments.join(" ")), ""),
    ("seed", |header| header.seed.clone(), "fresh cases are not the same, and not compared"),
    ("capabilities", capabilities, "checks that need others are not applicable"),
    ("strict", |header| header.strict.to_string(), "with --strict a weak check fails the run"),
    ("answers", |header| source(header).to_owned(), ""),
    ("cases of other revisions", |header| header.other_revisions.to_string(), ""),
];

/// A sentence for everything in which the runs differ, with what each of them has.
pub(super) fn differences(columns: &[Column], names: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, fact, meaning) in FACTS {
        let facts: Vec<String> = columns
            .iter()
            .map(|column| column.collected.header.as_ref().map_or_else(none, fact))
            .collect();
        if facts.windows(2).any(|pair| pair[0] != pair[1]) {
            let meaning = if meaning.is_empty() { String::new() } else { format!(" ({meaning})") };
            found.push(format!("{name}{meaning}: {}", each(names, &facts)));
        }
    }
    let not_run: Vec<String> = columns
        .iter()
        .map(|column| {
            let (all, counts) = (&column.collected, column.collected.counts());
            match &all.footer {
                None => format!("cut off after {}", plural(counts.total(), "check", "checks")),
                Some(_) if counts.not_run > 0 => format!("{} not run", grouped(counts.not_run)),
                Some(_) => "complete".to_owned(),
            }
        })
        .collect();
    if not_run.iter().any(|it| it != "complete") {
        found.push(format!("complete: {}", each(names, &not_run)));
    }
    let totals = columns.iter().map(|column| column.collected.counts().total());
    let totals: Vec<String> = totals.map(|total| plural(total, "check", "checks")).collect();
    if totals.windows(2).any(|pair| pair[0] != pair[1]) {
        found.insert(0, format!("totals: {}", each(names, &totals)));
    }
    found
}

/// `good: 7; bad: 6`.
fn each(names: &[String], facts: &[String]) -> String {
    let pairs = names.iter().zip(facts).map(|(name, fact)| format!("{name}: {}", sanitize(fact)));
    pairs.collect::<Vec<_>>().join("; ")
}

fn none() -> String {
    "none".to_owned()
}

fn or_none(text: String) -> String {
    if text.is_empty() { none() } else { text }
}

fn vectors(header: &Header) -> String {
    let vectors = &header.vectors;
    let digest = vectors.sha256.get(..12).unwrap_or(&vectors.sha256);
    format!("{} {} (sha256 {digest})", vectors.name, vectors.version)
}

fn capabilities(header: &Header) -> String {
    let Some(hello) = &header.hello else { return none() };
    let names: Vec<&str> = hello.capabilities.iter().map(|it| it.as_str()).collect();
    or_none(names.join(" "))
}

fn source(header: &Header) -> &'static str {
    match (&header.offline, &header.attached) {
        (Some(_), _) => "recorded",
        (None, Some(_)) => "an adapter that was already running",
        (None, None) => "an adapter that rollwire started",
    }
}
