//! Verdicts by rule: which are broken, which are not, and of how many datagrams that was judged.

use std::collections::BTreeMap;

use rollwire_conformance::text::plural;

use super::{side::Placed, violations::Card};
use crate::picture::MESSAGES;

/// The chapters that are judged: their rules, and the messages of which they are judged, by their places.
const JUDGED: [(&str, &[u32], &[usize]); 8] = [
    ("LIVE", &[1, 2, 5], &[1, 2]),
    ("VALID", &[1, 2, 3], &[9, 10]),
    ("SYNC", &[1, 2, 3], &[0]),
    ("CATCHUP", &[3, 7, 8, 12], &[7, 8]),
    ("EPISODE", &[1, 2, 6, 7, 12, 14], &[5, 6]),
    ("EXCH", &[12], &[4]),
    ("FOCUS", &[2, 3], &[11]),
    ("PEER", &[3], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
];

/// A row of the table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) rules: String,
    pub(super) class: &'static str,
    pub(super) sign: &'static str,
    pub(super) verdict: String,
    /// The numbers of the violations.
    pub(super) cards: Vec<usize>,
    pub(super) judged: String,
}

/// The rules that are broken, and then the others by chapter.
pub(super) fn rows(cards: &[Card], sides: &[Placed<'_>]) -> Vec<Row> {
    let mut broken: BTreeMap<&str, Vec<&Card>> = BTreeMap::new();
    for card in cards {
        broken.entry(&card.rule).or_default().push(card);
    }
    let seen = |messages: &[usize]| -> u64 {
        let slices = sides.iter().filter_map(|side| side.track).flat_map(|it| it.slices.all());
        let amounts = slices.flat_map(|slice| {
            messages
                .iter()
                .map(|message| slice.sent[*message].datagrams + slice.received[*message].datagrams)
        });
        amounts.sum()
    };
    let mut rows = Vec::new();
    for (rule, cards) in &broken {
        let mut who: Vec<&str> = cards.iter().map(|card| &*card.who).collect();
        who.dedup();
        rows.push(Row {
            rules: (*rule).to_owned(),
            class: "fail",
            sign: "✗",
            verdict: format!("broken by {}", who.join(", ")),
            cards: cards.iter().map(|card| card.number).collect(),
            judged: String::new(),
        });
    }
    let everything: Vec<usize> = (0..MESSAGES.len()).collect();
    let is_layout_broken = broken.keys().any(|rule| !is_judged(rule));
    if !is_layout_broken {
        rows.push(row("the layout of every message".to_owned(), seen(&everything)));
    }
    for (chapter, numbers, messages) in JUDGED {
        let whole: Vec<String> = numbers
            .iter()
            .filter(|number| !broken.contains_key(&*format!("{chapter}-{number}")))
            .map(ToString::to_string)
            .collect();
        if !whole.is_empty() {
            rows.push(row(format!("{chapter}-{}", whole.join(", ")), seen(messages)));
        }
    }
    rows
}

fn is_judged(rule: &str) -> bool {
    let Some((chapter, number)) = rule.rsplit_once('-') else { return false };
    let number = number.parse();
    JUDGED.iter().any(|it| it.0 == chapter && number.as_ref().is_ok_and(|it2| it.1.contains(it2)))
}

/// Rules that are not broken. Without a datagram, nothing was judged.
fn row(rules: String, datagrams: u64) -> Row {
    let (class, sign, verdict) = if datagrams > 0 {
        ("pass", "✓", "not broken")
    } else {
        ("none", "–", "nothing to judge")
    };
    let judged =
        if datagrams > 0 { plural(datagrams, "datagram", "datagrams") } else { String::new() };
    Row { rules, class, sign, verdict: verdict.to_owned(), cards: Vec::new(), judged }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_rules_are_those_of_the_table_in_the_chapter() {
        let chapter = include_str!("../../../../spec/capture.md");
        let rows = chapter.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
        let listed: BTreeSet<&str> = rows.filter(|it| rollwire_model::rule(it).is_some()).collect();
        let judged = JUDGED.iter().flat_map(|(chapter, numbers, _)| {
            numbers.iter().map(move |number| format!("{chapter}-{number}"))
        });
        let judged: BTreeSet<String> = judged.collect();
        assert_eq!(judged, listed.into_iter().map(str::to_owned).collect());
        assert!(judged.iter().all(|rule| is_judged(rule)) && !is_judged("STATE_HASH-1"));
    }
}
