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
            return None;
        }
        let planned = plan(state.to_owned());
        let reply = adapter.ask_script(planned.script()?);
        budget.spend(&reply);
        let (judgement, made) = judge(&planned.answers, reply);
        (judgement.verdict == Verdict::Fail).then_some((planned, judgement, made))
    };
    let best =
        shrink(&state, attempts, &mut |text| !budget.is_spent() && ask(text, budget).is_some());
    // Once more, as it will be shown.
    ask(&best.text(), budget)
}

/// Says whether an implementation fails at a text.
pub type Fails<'a> = dyn FnMut(&str) -> bool + 'a;

/// A state that still fails, and of which nothing can be left out. Asks at most so often.
pub fn shrink(state: &StateText, attempts: usize, fails: &mut Fails<'_>) -> StateText {
    let text = state.text();
    let mut search = Search { best: state.clone(), text, left: attempts, fails };
    loop {
        let before = search.text.clone();
        search.accept(StateText { blanks: String::new(), ..search.best.clone() });
        search.each_part(&with_less);
        search.each_part(&with_plainer_tokens);
        if search.text == before || search.left == 0 {
            return search.best;
        }
    }
}

struct Search<'a, 'b> {
    best: StateText,
    text: String,
    left: usize,
    fails: &'a mut Fails<'b>,
}

impl Search<'_, '_> {
    /// Takes a candidate if it is plainer, is a state, and fails.
    fn accept(&mut self, candidate: StateText) -> bool {
        let text = candidate.text();
        let plainer = (text.len(), &text) < (self.text.len(), &self.text);
        let is_state = !matches!(candidate.root, Node::Token(_)) && read(&text).is_ok();
        if self.left == 0 || !plainer || !is_state {
            return false;
        }
        self.left -= 1;
        let fails = (self.fails)(&text);
        if fails {
            (self.best, self.text) = (candidate, text);
        }
        fails
    }

    /// Tries what a part could be instead, for every part, as long as one of them does.
    fn each_part(&mut self, others: &dyn Fn(&Node) -> Vec<Node>) {
        let mut place = 0;
        while let Some(path) = self.best.root.paths().get(place).cloned() {
            let mut whole = self.best.clone();
            let Some(part) = whole.root.at(&path) else { return };
            let taken = others(part).into_iter().any(|other| {
                let mut candidate = self.best.clone();
                let Some(part) = candidate.root.at(&path) else { return false };
                *part = other;
                self.accept(candidate)
            });
            // The part that took its place may become still plainer.
            place += usize::from(!taken);
        }
    }
}

/// A zero or an element instead of the part, an array instead of an object, or the part with a half or one
/// of its elements left out.
fn with_less(part: &Node) -> Vec<Node> {
    let mut others: Vec<Node> = vec![Node::Token("0".to_owned())];
    others.extend(part.children().into_iter().cloned());
    match part {
        Node::Token(_) => return Vec::new(),
        Node::List(list) => others.extend(pieces(list).map(Node::List)),
        Node::Object(list) => {
            others.push(Node::List(part.children().into_iter().cloned().collect()));
            others.extend(pieces(list).map(Node::Object));
        }
    }
    others
}

/// The list without its first half, without its second half, and without each of its elements.
fn pieces<T: Clone>(list: &[T]) -> impl Iterator<Item = Vec<T>> {
    let half = list.len() / 2;
    let halves = [list[half..].to_vec(), list[..half].to_vec()];
    let without = |place: usize| {
        let mut rest = list.to_vec();
        rest.remove(place);
        rest
    };
    halves.into_iter().chain((0..list.len()).map(without))
}

/// The part with its token, or one of its keys, plainer.
fn with_plainer_tokens(part: &Node) -> Vec<Node> {
    match part {
        Node::Token(token) => plainer(token).into_iter().map(Node::Token).collect(),
        Node::List(_) => Vec::new(),
        Node::Object(members) => (0..members.len())
            .flat_map(|place| {
                plainer(&members[place].0).into_iter().map(move |key| {
                    let mut members = members.clone();
                    members[place].0 = key;
                    Node::Object(members)
                })
            })
            .collect(),
    }
}

/// Shorter tokens, and those with a plainer unit.
fn plainer(token: &str) -> Vec<String> {
    let is_string = token.starts_with('"');
    let units = units(token);
    let mut others = vec![if is_string { "\"\"" } else { "0" }.to_owned()];
    for half in [&units[..units.len() / 2], &units[units.len() / 2..]] {
        let half = half.concat();
        others.push(if is_string { format!("\"{half}\"") } else { half });
    }
    for place in 0..units.len() {
        for unit in ["", if is_string { "a" } else { "0" }] {
            let mut units = units.clone();
            units[place] = unit;
            let text = units.concat();
            others.push(if is_string { format!("\"{text}\"") } else { text });
        }
    }
    others
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

    fn number(text: &str) -> Node {
        Node::Token(text.to_owned())
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
            let best = shrink(&state, 1000, &mut |text| text.contains(found)).text();
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
        let state =
            StateText { root: Node::List(vec![number("123456789"); 64]), blanks: String::new() };
        let mut asked = 0;
        let mut fails = |_: &str| {
            asked += 1;
            true
        };
        assert!(shrink(&state, 2, &mut fails).text().len() < state.text().len());
        assert_eq!(asked, 2);
    }
}
