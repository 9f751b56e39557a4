//! Which rules can be tested from outside, which are watched, and which cannot be seen at all.

use rollwire_model::rules;

use crate::probes::PROBES;

/// How much can be known of a rule from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// A probe asks about it.
    Asked,
    /// The passive monitor objects when it sees it broken.
    Watched,
    /// It cannot be seen: it is about what a peer holds, what its game is told, what depends on its own channel
    /// or clock, or about an encoder that is asked to write what is wrong.
    Hidden,
}

/// What the monitor judges of a partner (`spec/capture.md`), besides the bytes of each datagram.
const WATCHED: [&str; 12] = [
    "LIVE-2",
    "LIVE-5",
    "VALID-1",
    "VALID-3",
    "SYNC-2",
    "SYNC-3",
    "CATCHUP-7",
    "CATCHUP-8",
    "EPISODE-2",
    "EPISODE-6",
    "EPISODE-7",
    "EPISODE-14",
];

/// Every rule, with how much can be known of it.
pub fn all() -> impl Iterator<Item = (&'static str, How)> {
    rules().iter().map(|rule| (rule.id.as_str(), how(&rule.id)))
}

/// How much can be known of the rule with this id.
#[must_use]
pub fn how(id: &str) -> How {
    if PROBES.iter().any(|row| row.rules.contains(&id)) {
        How::Asked
    } else if WATCHED.contains(&id) || is_of_bytes(id) {
        How::Watched
    } else {
        How::Hidden
    }
}

/// Whether it is the rule of a refusal: of each datagram that comes it is known whether it is a message.
fn is_of_bytes(id: &str) -> bool {
    rollwire_model::rule(id).is_some_and(|rule| rule.proof == rollwire_model::Proof::Refuse)
        && !id.starts_with("DIGEST")
        && !rollwire_model::rule(id).is_some_and(|rule| rule.text.contains("encoder"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_watched_is_what_the_chapter_of_captures_says() {
        let chapter = include_str!("../../../spec/capture.md");
        let table = chapter.split_once("| Rule | Judged of |").unwrap().1;
        let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
        let mut partner: Vec<&str> = rows
            .filter_map(|row| {
                let mut cells = row.split('|').skip(1).map(str::trim);
                let (rule, of) = (cells.next()?, cells.next()?);
                (of.contains("partner") && rule != "any").then_some(rule)
            })
            .collect();
        partner.dedup();
        assert_eq!(partner, WATCHED);
    }
}
