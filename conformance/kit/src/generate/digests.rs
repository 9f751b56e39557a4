//! Fresh states: from a seed, new in every run, judged by the model.
//!
//! Numbers gather where roundings part, strings where escapes do, keys where orders do.

use rollwire_model::{
    digest::{DigestRules, Form},
    vectors::DigestCase,
};

use super::{
    json_text::{Node, StateText},
    random::Random,
    state_edges,
};

/// The random streams of messages and of scenarios have lower numbers.
const STREAM: u64 = 1 << 48;
const EDGES: u64 = 1 << 49;

/// The greatest size of a fresh state; larger ones are made in every run anyway.
const MOST: usize = 1024;

/// One state in this number has an edit in its text.
const ONE_DAMAGED_IN: u32 = 16;

/// How deep a state goes, and how many elements a list of it has at most.
const DEEPEST: usize = 4;
const WIDEST: usize = 6;

/// Blanks that have no effect (DIGEST-4).
const BLANKS: [&str; 6] = ["", "", "", " ", "\n\t", "\r\n "];

/// Numbers at which something changes: ends of positional and of integral writing, integers that a
/// double holds no longer, halves of a last place, and what is too large or too small.
const NUMBERS: [&str; 40] = [
    "0",
    "-0",
    "0.0",
    "-0.0",
    "1.0",
    "-1.0",
    "1e0",
    "1E2",
    "1e+2",
    "100e-2",
    "0.1",
    "0.30000000000000004",
    "0.00048828125",
    "0.00146484375",
    "1.5e-10",
    "2.5e-10",
    "5e-11",
    "-5e-11",
    "-4e-11",
    "0.99999999996",
    "1e-4",
    "9.9999e-5",
    "1e-5",
    "123456.12345678905",
    "9007199254740991",
    "9007199254740993",
    "9999999999999998.5",
    "1e16",
    "12345678901234567890",
    "18446744073709551616",
    "999999999999999999999",
    "1e21",
    "1.5e21",
    "-1e21",
    "1e22",
    "1.7976931348623157e308",
    "1e309",
    "-1e400",
    "5e-324",
    "1e-400",
];

/// Parts of strings, each as it may be spelled.
const UNITS: [&str; 32] = [
    "a",
    "b",
    "Z",
    "0",
    "9",
    "_",
    " ",
    "/",
    "\\/",
    "\\\"",
    "\\\\",
    "\\b",
    "\\f",
    "\\n",
    "\\r",
    "\\t",
    "\\u0000",
    "\\u001F",
    "\\u0041",
    "\\u007f",
    "\u{7f}",
    "é",
    "e\u{301}",
    "\\u00E9",
    "ß",
    "\u{2028}",
    "｡",
    "\u{e000}",
    "😀",
    "\\ud83d\\uDE00",
    "\\ud800",
    "\\udc00",
];

/// How many fresh digests come with `fresh` fresh cases of each message.
#[must_use]
pub(super) const fn with_fresh(fresh: u32) -> u32 {
    fresh.saturating_mul(8)
}

/// The digests of a seed.
#[must_use]
pub(super) fn cases(seed: u64, count: u32) -> Vec<DigestCase> {
    let fresh = |number: u32| {
        let mut random = Random::new(seed, STREAM + u64::from(number));
        let is_damaged = number % ONE_DAMAGED_IN == ONE_DAMAGED_IN - 1;
        random_case(&format!("fresh/digest/{number}"), is_damaged, &mut random)
    };
    let edge = |number: u32| {
        let mut random = Random::new(seed, EDGES + u64::from(number));
        edge_case(&format!("fresh/digest-edge/{number}"), MOST, &mut random)
    };
    (0..count).map(fresh).chain((0..count / 4).map(edge)).collect()
}

/// A case of a state where an implementation that is right for most goes wrong; `most` is the greatest size.
pub(super) fn edge_case(id: &str, most: usize, random: &mut Random) -> DigestCase {
    let (form, state) = state_edges::state(random, most);
    case(id, form, "a state at the edge of what readers hold", state)
}

/// A case of a random state.
pub(super) fn random_case(id: &str, is_damaged: bool, random: &mut Random) -> DigestCase {
    let (form, state) = state(random);
    if is_damaged {
        let text = damaged(&state.text(), random);
        return case(id, form, "a state with one edit that may make it invalid", text);
    }
    case(id, form, "a random state", state.text())
}

/// A random form and state.
fn state(random: &mut Random) -> (Form, StateText) {
    // Most bugs are in the form with more rules.
    let form = if random.one_in(4) { Form::EpisodeReady } else { Form::StateHash };
    let blanks = (*random.pick(&BLANKS)).to_owned();
    let root = container(random, DEEPEST);
    (form, StateText { root, blanks })
}

/// A case of this state, about the hash that is asked for; the model says what may be answered.
#[must_use]
pub fn case(id: &str, form: Form, comment: &str, state: String) -> DigestCase {
    let (since, rule) = match form {
        Form::StateHash => (5, "DIGEST-26"),
        Form::EpisodeReady => (3, "DIGEST-27"),
    };
    let answers = DigestRules::of(since).answers(&state, form);
    DigestCase::made(id.to_owned(), &[rule], comment, form, state, &answers)
}

/// The text with one edit, of those that lenient readers do not mind.
fn damaged(text: &str, random: &mut Random) -> String {
    // Every place between two characters; a text has at least its two brackets.
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
    let at = *random.pick(&places);
    let (before, behind) = text.split_at(at);
    let edits = [
        format!("{before},{behind}"),
        format!("{before} NaN {behind}"),
        format!("{before}-Infinity{behind}"),
        format!("{before}/* */{behind}"),
        format!("{before}0{behind}"),
        format!("{before}.{behind}"),
        format!("{before}\u{1}{behind}"),
        format!("{before}\u{a0}{behind}"),
        format!("{before}\\x41{behind}"),
        format!("\u{feff}{text}"),
        format!("{text}{text}"),
        text.replace('"', "'"),
        before.to_owned(),
        behind.to_owned(),
    ];
    random.pick(&edits).clone()
}

fn container(random: &mut Random, depth: usize) -> Node {
    let len = random.below(WIDEST + 1);
    if random.one_in(3) {
        return Node::List((0..len).map(|_| part(random, depth)).collect());
    }
    let mut members: Vec<(String, Node)> = Vec::new();
    for _ in 0..len {
        // A key that is there already: the last one wins.
        let again = !members.is_empty() && random.one_in(8);
        let key = if again { random.pick(&members).0.clone() } else { string(random, 3) };
        members.push((key, part(random, depth)));
    }
    Node::Object(members)
}

fn part(random: &mut Random, depth: usize) -> Node {
    match random.below(8) {
        0 | 1 if depth > 1 => container(random, depth - 1),
        2 => Node::Token(string(random, 6)),
        3 => Node::Token((*random.pick(&["null", "true", "false"])).to_owned()),
        _ => Node::Token(number(random)),
    }
}

fn string(random: &mut Random, longest: usize) -> String {
    let len = random.below(longest + 1);
    // Plain letters in most strings, as games have them.
    let units = if random.one_in(2) { &UNITS[..6] } else { &UNITS[..] };
    let mut text: String = (0..len).map(|_| *random.pick(units)).collect();
    // Two escapes of halves that meet are one character: that is as it should be.
    text.insert(0, '"');
    text.push('"');
    text
}

fn number(random: &mut Random) -> String {
    let number = match random.below(8) {
        0 | 1 => return (*random.pick(&NUMBERS)).to_owned(),
        2 => return integer(random),
        // A half, or next to a half, of the tenth place.
        3 => return tie(random),
        4 => f64::from_bits(random.integer(8)),
        // Positions and velocities.
        5 => (f64::from(random.choose(1 << 24)) - f64::from(1 << 23)) / 1024.0,
        6 => f64::from(random.choose(u32::MAX)) / 1e7,
        _ => f64::from(random.choose(1_000_000)) * 1e-12,
    };
    let number = if number.is_finite() { number } else { 0.5 };
    if random.one_in(3) { format!("{number:e}") } else { format!("{number:?}") }
}

/// Up to thirty digits.
fn integer(random: &mut Random) -> String {
    let digits = 1 + random.below(30);
    let mut text = String::from(if random.one_in(3) { "-" } else { "" });
    text.push_str(&(1 + random.below(9)).to_string());
    for _ in 1..digits {
        let digit = if random.one_in(3) { 0 } else { random.below(10) };
        text.push_str(&digit.to_string());
    }
    text
}

/// Ten places, a five, and most often nothing behind it; or an odd multiple of 2^-11, which is a half
/// exactly.
fn tie(random: &mut Random) -> String {
    if random.one_in(2) {
        let odd = 2 * random.below(1 << 12) + 1;
        return format!("{:?}", f64::from(u32::try_from(odd).unwrap_or(1)) / 2048.0);
    }
    let whole = random.below(1000);
    let places = random.below(10_000_000_000);
    let behind = *random.pick(&["", "", "1", "0000001"]);
    format!("{whole}.{places:010}5{behind}")
}
