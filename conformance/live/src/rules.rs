//! The rules that are judged of a capture (`spec/capture.md`, What is judged).

/// Stands for all rules about single datagrams: whether each is a message, and written as it must be.
pub const BYTES: &str = "bytes";

/// What is judged, in the order of the chapter: the bytes of each datagram, and these rules.
pub const JUDGED: [&str; 24] = [
    BYTES,
    "LIVE-1",
    "LIVE-2",
    "LIVE-5",
    "VALID-1",
    "VALID-2",
    "VALID-3",
    "SYNC-1",
    "SYNC-2",
    "SYNC-3",
    "CATCHUP-3",
    "CATCHUP-7",
    "CATCHUP-8",
    "CATCHUP-12",
    "EPISODE-1",
    "EPISODE-2",
    "EPISODE-6",
    "EPISODE-7",
    "EPISODE-12",
    "EPISODE-14",
    "EXCH-12",
    "FOCUS-2",
    "FOCUS-3",
    "PEER-3",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_are_those_of_the_chapter() {
        let chapter = include_str!("../../../spec/capture.md");
        let table = chapter.split_once("| Rule | Judged of |").unwrap().1;
        let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
        let mut rules: Vec<&str> = rows.filter_map(|row| row.split('|').nth(1)).collect();
        rules.iter_mut().for_each(|rule| *rule = rule.trim());
        rules.dedup();
        assert_eq!(rules[0], "any");
        assert_eq!(rules[1..], JUDGED[1..]);
    }
}
