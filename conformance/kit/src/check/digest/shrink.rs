//! A failing state, as small and as plain as it can be.
//!
//! Every change makes its text shorter, or leaves its length and makes it plainer, so the search ends.

use rollwire_model::digest::read;

use super::{
    judge::{AnsweredDigest, judge},
    plan::Planned,
};
use crate::{
    check::{budget::Budget, judgement::Judgement},
    generate::{
        digests,
        json_text::{Node, StateText},
    },
    protocol::Hello,
    runner::Adapter,
    verdict::Verdict,
};

/// How many characters all candidates for one state may have together, so that shrinking does not take long
/// however large the state is.
const CHARACTERS: usize = 4 * 1024 * 1024;

/// The case on the smallest state found within the budget that still fails, and what is answered to it; none where the text is not a
/// valid state or does not fail again.
pub fn shortened(
    adapter: &mut dyn Adapter,
    planned: &Planned,
    hello: &Hello,
    budget: &mut Budget,
) -> Option<(Planned, Judgement, Option<AnsweredDigest>)> {
    let state = StateText::parse(&planned.case.state)?;
    let (id, form) = (&planned.case.id, planned.case.form);
    let comment = format!("the smallest state on which {id} still fails");
    let plan = |state: String| {
        Planned::new(digests::case(id, form, &comment, state), planned.origin, hello)
    };
    let attempts = budget.questions();
    let mut ask = |state: &str, budget: &mut Budget| {
        if adapter.stopped().is_some() {
            return Asked::Nothing;
        }
        let planned = plan(state.to_owned());
        let Some(script) = planned.script() else { return Asked::Nothing };
        let reply = adapter.ask_script(script);
        budget.spend(&reply);
        let (judgement, made) = judge(&planned.answers, reply);
        match judgement.verdict {
            Verdict::Fail => Asked::Fails(Box::new((planned, judgement, made))),
            Verdict::NotRun => Asked::Nothing,
            _ => Asked::Passes,
        }
    };
    let mut fails = |text: &str| match ask(text, budget) {
        _ if budget.is_spent() => None,
        Asked::Fails(_) => Some(true),
        Asked::Passes => Some(false),
        Asked::Nothing => None,
    };
    let best = shrink(&state, attempts, CHARACTERS, &mut fails);
    // Once more, as it will be shown.
    match ask(&best.text(), budget) {
        Asked::Fails(shown) => Some(*shown),
        Asked::Passes | Asked::Nothing => None,
    }
}

/// What came of asking about a candidate.
enum Asked {
    /// It still fails.
    Fails(Box<(Planned, Judgement, Option<AnsweredDigest>)>),
    /// It does not.
    Passes,
    /// Nothing more is asked.
    Nothing,
}

/// Says whether an implementation fails at a text; none where nothing more can be asked.
pub type Fails<'a> = dyn FnMut(&str) -> Option<bool> + 'a;

/// A state that still fails, and of which nothing can be left out. Asks at most `attempts` times, and
/// about candidates of at most `characters` together.
pub fn shrink(
    state: &StateText,
    attempts: usize,
    characters: usize,
    fails: &mut Fails<'_>,
) -> StateText {
    let text = state.text();
    let mut search = Search { best: state.clone(), text, left: attempts, characters, fails };
    loop {
        let before = search.text.clone();
        search.accept(StateText { blanks: String::new(), ..search.best.clone() });
        search.each_part(&with_less);
        search.each_part(&with_plainer_tokens);
        if search.text == before || search.is_spent() {
            return search.best;
        }
    }
}

struct Search<'a, 'b> {
    best: StateText,
    text: String,
    left: usize,
    /// How many characters further candidates may have together.
    characters: usize,
    fails: &'a mut Fails<'b>,
}

impl Search<'_, '_> {
    fn is_spent(&self) -> bool {
        self.left == 0 || self.characters == 0
    }

    /// Takes a candidate if it is plainer, is a state, and fails.
    fn accept(&mut self, candidate: StateText) -> bool {
        let text = candidate.text();
        let plainer = (text.len(), &text) < (self.text.len(), &self.text);
        let is_state = !matches!(candidate.root, Node::Token(_)) && read(&text).is_ok();
        if self.is_spent() || !plainer || !is_state {
            return false;
        }
        self.left -= 1;
        let Some(fails) = (self.fails)(&text) else {
            self.left = 0;
            return false;
        };
        if fails {
            (self.best, self.text) = (candidate, text);
        }
        fails
    }

    /// The state with another part at this path; none where the search has to end, or a token would stand
    /// alone.
    fn with(&mut self, path: &[usize], other: Node) -> Option<StateText> {
        if self.is_spent() || path.is_empty() && matches!(other, Node::Token(_)) {
            return None;
        }
        // A candidate costs as much as the state that it is made of, whatever becomes of it.
        self.characters = self.characters.saturating_sub(self.text.len());
        let mut candidate = self.best.clone();
        *candidate.root.at(path)? = other;
        Some(candidate)
    }

    /// Tries what a part could be instead, for every part, as long as one of them does.
    fn each_part(&mut self, others: &Others) {
        let mut paths = self.best.root.paths();
        let mut place = 0;
        while !self.is_spent()
            && let Some(path) = paths.get(place)
        {
            let Some(part) = self.best.root.at(path).cloned() else { return };
            // One at a time: all of them together have the square of the size of the part.
            let mut taken = false;
            for other in others(&part) {
                taken = self.with(path, other).is_some_and(|candidate| self.accept(candidate));
                if taken || self.is_spent() {
                    break;
                }
            }
            if taken {
                // The part that took its place may become still plainer.
                paths = self.best.root.paths();
            } else {
                place += 1;
            }
        }
    }
}

/// What a part could be instead, one after the other.
type Others = dyn for<'a> Fn(&'a Node) -> Box<dyn Iterator<Item = Node> + 'a>;

/// A zero, a half or an element instead of the part, an array instead of an object, or the part with one of
/// its elements left out.
fn with_less(part: &Node) -> Box<dyn Iterator<Item = Node> + '_> {
    let zero = std::iter::once_with(|| Node::Token("0".to_owned()));
    let children = part.children().into_iter().cloned();
    match part {
        Node::Token(_) => Box::new(std::iter::empty()),
        Node::List(list) => {
            let plainer = zero.chain(halves(list).map(Node::List)).chain(children);
            Box::new(plainer.chain(without_one(list).map(Node::List)))
        }
        Node::Object(list) => {
            let elements = || Node::List(part.children().into_iter().cloned().collect());
            let plainer = zero.chain(halves(list).map(Node::Object)).chain(children);
            let shorter = without_one(list).map(Node::Object);
            Box::new(plainer.chain(std::iter::once_with(elements)).chain(shorter))
        }
    }
}

/// The list without its first half, and without its second half.
fn halves<T: Clone>(list: &[T]) -> impl Iterator<Item = Vec<T>> {
    let (first, second) = list.split_at(list.len() / 2);
    [second, first].into_iter().map(<[T]>::to_vec)
}

/// The list without each of its elements.
fn without_one<T: Clone>(list: &[T]) -> impl Iterator<Item = Vec<T>> {
    (0..list.len()).map(|place| {
        let mut rest = list.to_vec();
        rest.remove(place);
        rest
    })
}

/// The part with its token, or one of its keys, plainer.
fn with_plainer_tokens(part: &Node) -> Box<dyn Iterator<Item = Node> + '_> {
    match part {
        Node::Token(token) => Box::new(plainer(token).map(Node::Token)),
        Node::List(_) => Box::new(std::iter::empty()),
        Node::Object(members) => Box::new((0..members.len()).flat_map(move |place| {
            plainer(&members[place].0).map(move |key| {
                let mut members = members.clone();
                members[place].0 = key;
                Node::Object(members)
            })
        })),
    }
}

/// Shorter tokens, and those with a plainer unit.
fn plainer(token: &str) -> impl Iterator<Item = String> {
    let is_string = token.starts_with('"');
    let written = move |text: String| if is_string { format!("\"{text}\"") } else { text };
    let units = units(token);
    let plainest = if is_string { "\"\"" } else { "0" }.to_owned();
    let (first, second) = units.split_at(units.len() / 2);
    let halves = [first, second].map(|half| written(half.concat()));
    let plain = if is_string { "a" } else { "0" };
    let places = (0..units.len()).flat_map(move |place| [(place, ""), (place, plain)]);
    let changed = places.map(move |(place, unit)| {
        let mut units = units.clone();
        units[place] = unit;
        written(units.concat())
    });
    std::iter::once(plainest).chain(halves).chain(changed)
}

/// The characters of a number, or the characters and escapes of a string.
fn units(token: &str) -> Vec<&str> {
    let mut rest = match token.strip_prefix('"') {
        Some(text) => text.strip_suffix('"').unwrap_or(text),
        None => token,
    };
    let mut units = Vec::new();
    while let Some(first) = rest.chars().next() {
        let len = match rest.as_bytes() {
            [b'\\', b'u', ..] => 6,
            [b'\\', ..] => 2,
            _ => first.len_utf8(),
        };
        let (unit, behind) = rest.split_at_checked(len).unwrap_or((rest, ""));
        units.push(unit);
        rest = behind;
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: usize = usize::MAX;

    fn number(text: &str) -> Node {
        Node::Token(text.to_owned())
    }

    fn list(len: usize) -> StateText {
        StateText { root: Node::List(vec![number("123456789"); len]), blanks: String::new() }
    }

    #[test]
    fn what_does_not_matter_goes() {
        let inner = Node::Object(vec![
            ("\"k\\u00e9y\"".to_owned(), number("12.5e3")),
            ("\"other\"".to_owned(), Node::List(vec![number("-0.25")])),
        ]);
        let state =
            StateText { root: Node::List(vec![number("1"), inner]), blanks: "\n".to_owned() };
        let shrunk = |found: &'static str| {
            let mut fails = |text: &str| Some(text.contains(found));
            let best = shrink(&state, 1000, ALL, &mut fails).text();
            assert!(best.contains(found), "{best}");
            best
        };
        assert_eq!(shrunk("5e"), "[5e0]");
        assert_eq!(shrunk("-"), "[-0]");
        assert_eq!(shrunk("\\u00e9"), "{\"\\u00e9\":0}");
        assert_eq!(shrunk("{"), "{}");
    }

    #[test]
    fn it_stops_asking() {
        let state = list(64);
        let mut asked = 0;
        let mut fails = |_: &str| {
            asked += 1;
            Some(true)
        };
        assert!(shrink(&state, 2, ALL, &mut fails).text().len() < state.text().len());
        assert_eq!(asked, 2);
        // Where nothing more can be asked, no further candidate is made.
        let mut asked = 0;
        let mut fails = |_: &str| {
            asked += 1;
            None
        };
        assert_eq!(shrink(&state, 1000, ALL, &mut fails), state);
        assert_eq!(asked, 1);
    }

    /// Trying each element of a large list would take the square of its length, of time and of memory.
    #[test]
    fn a_large_state_costs_no_more_than_a_small_one() {
        let state = list(100_000);
        let length = state.text().len();
        let mut asked = 0;
        let mut fails = |_: &str| {
            asked += 1;
            Some(false)
        };
        assert_eq!(shrink(&state, 2000, 8 * length, &mut fails).text().len(), length);
        assert!(asked <= 9, "{asked} candidates");
        let mut fails = |text: &str| Some(text.contains('9'));
        assert_eq!(shrink(&state, 2000, 8 * length, &mut fails).text(), "[9]");
    }
}
