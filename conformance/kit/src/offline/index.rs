//! Finds the line of a file that answers each request.

use super::lines::LinePosition;
use crate::protocol::{Answer, Line, LineFault, MAX_LINE, Malformed, parse_line};

/// The line that answers a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// No line.
    Missing,
    /// One line.
    At(LinePosition),
    /// A line, and a second one with the same id, which is at this position.
    Twice(LinePosition),
    /// A line, and after it one that answers no request, which is at this position.
    FollowedByGarbage(LinePosition),
}

/// An index of the lines of a file.
#[derive(Debug)]
pub(super) struct Index {
    /// By the ids of the requests; hello has id 0.
    found: Vec<Found>,
    /// The request that the previous line answers.
    previous: Option<usize>,
    /// Lines that answer no request.
    foreign: LineCount,
    /// Lines that answer a request for the second time or later.
    repeated: LineCount,
    /// Whether the file ends in the middle of a line.
    cut: bool,
}

/// How many lines, and the number of the first.
#[derive(Clone, Copy, Debug, Default)]
struct LineCount {
    count: u64,
    first: u64,
}

impl LineCount {
    fn add(&mut self, place: LinePosition) {
        if self.count == 0 {
            self.first = place.number;
        }
        self.count += 1;
    }
}

impl Index {
    /// An index for hello and this many requests.
    pub(super) fn new(requests: usize) -> Self {
        Self {
            found: vec![Found::Missing; requests.saturating_add(1)],
            previous: None,
            foreign: LineCount::default(),
            repeated: LineCount::default(),
            cut: false,
        }
    }

    /// The line that answers this request.
    pub(super) fn of(&self, id: usize) -> Found {
        self.found.get(id).copied().unwrap_or(Found::Missing)
    }

    /// Takes in the next line. A line that answers no request makes the answer before it invalid,
    /// because the adapter wrote it after that answer. At the beginning of the file it counts for
    /// hello.
    pub(super) fn line(&mut self, place: LinePosition, text: &[u8]) {
        if text.is_empty() {
            return;
        }
        let request = match parse(text) {
            Ok(Line { id, .. }) => usize::try_from(id).ok().filter(|id| *id < self.found.len()),
            Err(LineFault::NotJson { .. } | LineFault::NotText { .. }) if !place.ended => {
                self.cut = true;
                return;
            }
            Err(_) => None,
        };
        let Some(request) = request else {
            self.foreign.add(place);
            self.found[self.previous.unwrap_or_default()] = Found::FollowedByGarbage(place);
            return;
        };
        self.previous = Some(request);
        let found = &mut self.found[request];
        *found = match *found {
            Found::Missing => Found::At(place),
            worse @ (Found::FollowedByGarbage(_) | Found::Twice(_) | Found::At(_)) => {
                self.repeated.add(place);
                if matches!(worse, Found::At(_)) { Found::Twice(place) } else { worse }
            }
        };
    }

    /// Remarks about the file as a whole, one sentence each.
    pub(super) fn remarks(&self, file: &str) -> Vec<String> {
        let mut remarks = Vec::new();
        let mut remark = |lines: LineCount, one: &str, many: &str| {
            let LineCount { count, first } = lines;
            if count > 0 {
                let text = crate::text::plural(count, one, many);
                remarks.push(format!("{file}: {text}; the first is line {first}"));
            }
        };
        remark(self.foreign, "line answers no request", "lines answer no request");
        let repeated = ["line repeats an answer", "lines repeat an answer"];
        remark(self.repeated, repeated[0], repeated[1]);
        if self.cut {
            remarks.push(format!("{file} ends in the middle of a line; that line was ignored"));
        }
        remarks
    }
}

/// Parses one line, unless it is too long.
pub(super) fn parse(text: &[u8]) -> Result<Line, LineFault> {
    if text.len() > MAX_LINE { Err(LineFault::TooLong) } else { parse_line(text) }
}

/// The answer in a line that is in the index; `None` if the file has changed since then.
pub(super) fn parse_again(text: &[u8], id: usize) -> Option<Result<Answer, Malformed>> {
    let line = parse(text).ok()?;
    (usize::try_from(line.id) == Ok(id)).then_some(line.answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(lines: &[&str]) -> Index {
        let mut index = Index::new(2);
        for (number, line) in (1..).zip(lines) {
            let place = LinePosition { number, offset: 0, length: line.len(), ended: number < 9 };
            index.line(place, line.as_bytes());
        }
        index
    }

    fn number(found: Found) -> u64 {
        match found {
            Found::Missing => 0,
            Found::At(place) => place.number,
            Found::Twice(place) => 100 + place.number,
            Found::FollowedByGarbage(place) => 200 + place.number,
        }
    }

    fn numbers(lines: &[&str]) -> [u64; 3] {
        let index = index(lines);
        [0, 1, 2].map(|id| number(index.of(id)))
    }

    const HELLO: &str = r#"{"id":0,"ok":{}}"#;
    const ONE: &str = r#"{"id":1,"ok":{}}"#;
    const TWO: &str = r#"{"id":2,"ok":{}}"#;

    #[test]
    fn answers_come_in_any_order_and_may_be_missing() {
        assert_eq!(numbers(&[TWO, "", HELLO, ONE]), [3, 4, 1]);
        assert_eq!(numbers(&[HELLO, TWO]), [1, 0, 2]);
        assert_eq!(numbers(&[]), [0, 0, 0]);
    }

    #[test]
    fn a_line_that_answers_no_request_counts_against_the_answer_before_it() {
        for foreign in ["decoding", r#"{"id":3,"ok":{}}"#, r#"{"id":-1}"#, "[]"] {
            assert_eq!(numbers(&[HELLO, ONE, foreign, TWO]), [1, 203, 4], "{foreign}");
            assert_eq!(numbers(&[foreign, HELLO, ONE, TWO])[1..], [3, 4], "{foreign}");
            assert_eq!(numbers(&[foreign, HELLO])[0], 201, "{foreign}");
        }
        assert_eq!(numbers(&[HELLO, ONE, ONE, TWO]), [1, 103, 4]);
        assert_eq!(numbers(&[HELLO, ONE, "x", TWO, ONE]), [1, 203, 4]);
    }

    #[test]
    fn remarks_have_counts() {
        let remarks = index(&[HELLO, ONE, "x", "y", ONE, TWO, TWO, TWO, r#"{"id":"#]).remarks("f");
        assert_eq!(
            remarks,
            [
                "f: 2 lines answer no request; the first is line 3",
                "f: 3 lines repeat an answer; the first is line 5",
                "f ends in the middle of a line; that line was ignored",
            ]
        );
        assert!(index(&[HELLO, ONE, TWO]).remarks("f").is_empty());
    }
}
