//! Which line of a file answers which request.

use super::lines::Place;
use crate::protocol::{Answer, Line, LineFault, MAX_LINE, Malformed, parse_line};

/// What there is of one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing.
    Missing,
    /// A line.
    At(Place),
    /// A line, and another one with the same id.
    Twice(Place),
    /// A line, and behind it one that answers nothing.
    Spoilt(Place),
}

/// What the lines of a file are worth.
#[derive(Debug)]
pub(super) struct Index {
    /// By the ids of the requests; hello has 0.
    found: Vec<Found>,
    /// The request that the line before answers.
    before: Option<usize>,
    /// Lines that answer nothing, and the first of them.
    foreign: Tally,
    /// Lines that answer what was answered before, and the first of them.
    repeated: Tally,
    /// Whether the file ends in the middle of a line.
    cut: bool,
}

/// How many lines, and the number of the first.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    count: u64,
    first: u64,
}

impl Tally {
    fn add(&mut self, place: Place) {
        if self.count == 0 {
            self.first = place.number;
        }
        self.count += 1;
    }
}

impl Index {
    /// For hello and so many requests.
    pub(super) fn new(requests: usize) -> Self {
        Self {
            found: vec![Found::Missing; requests.saturating_add(1)],
            before: None,
            foreign: Tally::default(),
            repeated: Tally::default(),
            cut: false,
        }
    }

    /// What there is of the answer to this request.
    pub(super) fn of(&self, id: usize) -> Found {
        self.found.get(id).copied().unwrap_or(Found::Missing)
    }

    /// Takes in the next line. What answers nothing spoils the answer before it: an adapter writes
    /// it behind that one. At the beginning of the file that is hello's.
    pub(super) fn line(&mut self, place: Place, text: &[u8]) {
        if text.is_empty() {
            return;
        }
        let request = match parse(text) {
            Ok(Line { id, .. }) => usize::try_from(id).ok().filter(|id| *id < self.found.len()),
            Err(LineFault::NotJson { .. } | LineFault::NotUtf8(_)) if !place.ended => {
                self.cut = true;
                return;
            }
            Err(_) => None,
        };
        let Some(request) = request else {
            self.foreign.add(place);
            self.found[self.before.unwrap_or_default()] = Found::Spoilt(place);
            return;
        };
        self.before = Some(request);
        let found = &mut self.found[request];
        *found = match *found {
            Found::Missing => Found::At(place),
            worse @ (Found::Spoilt(_) | Found::Twice(_) | Found::At(_)) => {
                self.repeated.add(place);
                if matches!(worse, Found::At(_)) { Found::Twice(place) } else { worse }
            }
        };
    }

    /// What is to be said of the file as a whole, a sentence each.
    pub(super) fn remarks(&self, file: &str) -> Vec<String> {
        let mut remarks = Vec::new();
        let mut remark = |tally: Tally, one: &str, many: &str| {
            let Tally { count, first } = tally;
            if count > 0 {
                let lines = crate::text::plural(count, one, many);
                remarks.push(format!("{file}: {lines}; the first is line {first}"));
            }
        };
        remark(self.foreign, "line answers no request", "lines answer no request");
        let again = ["line answers a request once more", "lines answer a request once more"];
        remark(self.repeated, again[0], again[1]);
        if self.cut {
            remarks.push(format!("{file} ends in the middle of a line, which is not judged"));
        }
        remarks
    }
}

/// Reads one line, which may be too long.
pub(super) fn parse(text: &[u8]) -> Result<Line, LineFault> {
    if text.len() > MAX_LINE { Err(LineFault::TooLong) } else { parse_line(text) }
}

/// The answer of a line that was indexed before; nothing if the file is another one by now.
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
            let place = Place { number, offset: 0, length: line.len(), ended: number < 9 };
            index.line(place, line.as_bytes());
        }
        index
    }

    fn number(found: Found) -> u64 {
        match found {
            Found::Missing => 0,
            Found::At(place) => place.number,
            Found::Twice(place) => 100 + place.number,
            Found::Spoilt(place) => 200 + place.number,
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
    fn what_answers_nothing_is_the_fault_of_the_answer_before_it() {
        for foreign in ["decoding", r#"{"id":3,"ok":{}}"#, r#"{"id":-1}"#, "[]"] {
            assert_eq!(numbers(&[HELLO, ONE, foreign, TWO]), [1, 203, 4], "{foreign}");
            assert_eq!(numbers(&[foreign, HELLO, ONE, TWO])[1..], [3, 4], "{foreign}");
            assert_eq!(numbers(&[foreign, HELLO])[0], 201, "{foreign}");
        }
        assert_eq!(numbers(&[HELLO, ONE, ONE, TWO]), [1, 103, 4]);
        assert_eq!(numbers(&[HELLO, ONE, "x", TWO, ONE]), [1, 203, 4]);
    }

    #[test]
    fn remarks_count() {
        let remarks = index(&[HELLO, ONE, "x", "y", ONE, TWO, TWO, TWO, r#"{"id":"#]).remarks("f");
        assert_eq!(
            remarks,
            [
                "f: 2 lines answer no request; the first is line 3",
                "f: 3 lines answer a request once more; the first is line 5",
                "f ends in the middle of a line, which is not judged",
            ]
        );
        assert!(index(&[HELLO, ONE, TWO]).remarks("f").is_empty());
    }
}
