//! The causes as cards: one sentence, its facts and an example.

use super::assets::harm_class;
use crate::{
    event::Cause,
    report::{
        causes::{messages, reading},
        collect::Collected,
    },
    text::{
        comparison::{Cut, around},
        plural, sanitize,
    },
};

/// How many characters of an answer are shown beside a cause.
const CARD_ANSWER: usize = 110;

/// A cause in the list at the top of a page.
#[derive(Debug)]
pub(in crate::report) struct CauseCard {
    pub(in crate::report) number: usize,
    pub(in crate::report) class: &'static str,
    pub(in crate::report) harm: &'static str,
    pub(in crate::report) sentence: String,
    pub(in crate::report) checks: String,
    pub(in crate::report) messages: String,
    pub(in crate::report) reading: String,
    pub(in crate::report) explained: bool,
    pub(in crate::report) example: Option<CardExample>,
}

/// What one failure of a cause looks like, in a line.
#[derive(Debug)]
pub(in crate::report) struct CardExample {
    pub(in crate::report) case: String,
    pub(in crate::report) check: &'static str,
    pub(in crate::report) expected: Cut,
    pub(in crate::report) got: Cut,
}

/// The causes as cards, without control characters.
pub(in crate::report) fn cause_cards(all: &Collected) -> Vec<CauseCard> {
    (1..).zip(all.causes()).map(|(number, cause)| card(number, cause, all)).collect()
}

fn card(number: usize, cause: &Cause, all: &Collected) -> CauseCard {
    let example = all.example(cause).and_then(|event| {
        let detail = event.detail.as_ref()?;
        let got = sanitize(&detail.got);
        let expected = detail.expected.first().map(|text| sanitize(text)).unwrap_or_default();
        let [expected, got] = if expected.is_empty() {
            [Cut::default(), Cut::uncut(got)]
        } else {
            around(&expected, &got, CARD_ANSWER)
        };
        let (case, check) = (sanitize(&event.case), event.check.as_str());
        Some(CardExample { case, check, expected, got })
    });
    CauseCard {
        number,
        class: harm_class(cause.harm),
        harm: cause.harm.words(),
        sentence: sanitize(&cause.sentence),
        checks: plural(cause.failures, "check", "checks"),
        messages: messages(cause),
        reading: reading(cause),
        explained: cause.explained,
        example,
    }
}
