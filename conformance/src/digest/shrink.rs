//! A failing state, as small and as plain as it can be.
//!
//! Every change makes its text shorter, or leaves its length and makes it plainer, so the search ends.

use rollwire_model::digest::read;

use super::spelled::{Part, Spelled};

/// Says whether an implementation fails at a text.
pub(crate) type Fails<'a> = dyn FnMut(&str) -> bool + 'a;

/// A state that still fails, and of which nothing can be left out. Asks at most so often.
pub(crate) fn shrink(state: &Spelled, attempts: usize, fails: &mut Fails<'_>) -> Spelled {
    let text = state.text();
    let mut search = Search { best: state.clone(), text, left: attempts, fails };
    loop {
        let before = search.text.clone();
        search.accept(Spelled { blanks: "", ..search.best.clone() });
        search.each_part(&with_less);
        search.each_part(&with_plainer_tokens);
        if search.text == before || search.left == 0 {
            return search.best;
        }
    }
}

struct Search<'a, 'b> {
    best: Spelled,
    text: String,
    left: usize,
    fails: &'a mut Fails<'b>,
}

impl Search<'_, '_> {
    /// Takes a candidate if it is plainer, is a state, and fails.
    fn accept(&mut self, candidate: Spelled) -> bool {
        let text = candidate.text();
        let plainer = (text.len(), &text) < (self.text.len(), &self.text);
        let is_state = !matches!(candidate.root, Part::Token(_)) && read(&text).is_ok();
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
    fn each_part(&mut self, others: &dyn Fn(&Part) -> Vec<Part>) {
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
fn with_less(part: &Part) -> Vec<Part> {
    let mut others: Vec<Part> = vec![Part::Token("0".to_owned())];
    others.extend(part.children().into_iter().cloned());
    match part {
        Part::Token(_) => return Vec::new(),
        Part::List(list) => others.extend(pieces(list).map(Part::List)),
        Part::Object(list) => {
            others.push(Part::List(part.children().into_iter().cloned().collect()));
            others.extend(pieces(list).map(Part::Object));
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
fn with_plainer_tokens(part: &Part) -> Vec<Part> {
    match part {
        Part::Token(token) => plainer(token).into_iter().map(Part::Token).collect(),
        Part::List(_) => Vec::new(),
        Part::Object(members) => (0..members.len())
            .flat_map(|place| {
                plainer(&members[place].0).into_iter().map(move |key| {
                    let mut members = members.clone();
                    members[place].0 = key;
                    Part::Object(members)
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

    fn number(text: &str) -> Part {
        Part::Token(text.to_owned())
    }

    #[test]
    fn what_does_not_matter_goes() {
        let inner = Part::Object(vec![
            ("\"k\\u00e9y\"".to_owned(), number("12.5e3")),
            ("\"other\"".to_owned(), Part::List(vec![number("-0.25")])),
        ]);
        let state = Spelled { root: Part::List(vec![number("1"), inner]), blanks: "\n" };
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
        let state = Spelled { root: Part::List(vec![number("123456789"); 64]), blanks: "" };
        let mut asked = 0;
        let mut fails = |_: &str| {
            asked += 1;
            true
        };
        assert!(shrink(&state, 2, &mut fails).text().len() < state.text().len());
        assert_eq!(asked, 2);
    }
}
