//! A datagram or a value as short and as plain as it still fails.

use rollwire_model::{Kind, Model, Value};
use serde_json::Value as Json;

/// A search that keeps whatever still fails, and asks at most so often.
pub(crate) struct Search<'a, T> {
    /// What fails, the shortest and plainest so far.
    pub(crate) best: T,
    left: usize,
    fails: &'a mut dyn FnMut(&T) -> bool,
}

impl<'a, T: Clone + PartialEq> Search<'a, T> {
    pub(crate) fn new(best: T, attempts: usize, fails: &'a mut dyn FnMut(&T) -> bool) -> Self {
        Self { best, left: attempts, fails }
    }

    /// Takes a candidate if it still fails.
    fn accept(&mut self, candidate: T) -> bool {
        if self.left == 0 || candidate == self.best {
            return false;
        }
        self.left -= 1;
        let fails = (self.fails)(&candidate);
        if fails {
            self.best = candidate;
        }
        fails
    }

    /// Repeats a step until it changes nothing any more.
    fn exhaust(&mut self, step: impl Fn(&mut Self)) {
        loop {
            let before = self.best.clone();
            step(self);
            if self.best == before || self.left == 0 {
                return;
            }
        }
    }
}

impl Search<'_, Vec<u8>> {
    /// Shorter first: entries with their count, then single bytes; then bytes towards zero.
    pub(crate) fn shrink(&mut self, model: &Model) {
        if model.named_message(&self.best).is_none() {
            self.try_single_bytes();
        }
        self.exhaust(|search| {
            search.drop_entries(model);
            search.drop_bytes();
            search.clear_bits();
        });
    }

    /// Bytes without a known type can have any length. An implementation that takes one type for another
    /// expects the length of that other type, which is 1 for some.
    fn try_single_bytes(&mut self) {
        for byte in 0..=u8::MAX {
            if self.best.len() > 1 {
                self.accept(vec![byte]);
            }
        }
    }

    /// Leaves out entries, from half of them down to single ones, and counts one less for each.
    fn drop_entries(&mut self, model: &Model) {
        let Some((entries, count, size)) = entries_of(model, &self.best) else { return };
        let mut piece = self.best.len() / size;
        while piece > 0 {
            let mut at = self.best.len();
            while at >= entries + piece * size {
                at -= piece * size;
                let mut shorter = self.best.clone();
                shorter.drain(at..(at + piece * size).min(shorter.len()));
                if lower_count(&mut shorter, &count, piece) {
                    self.accept(shorter);
                }
                at = at.min(self.best.len());
            }
            piece /= 2;
        }
    }

    fn drop_bytes(&mut self) {
        for at in (1..self.best.len()).rev() {
            let mut shorter = self.best.clone();
            shorter.truncate(at);
            self.accept(shorter);
        }
        for at in (0..self.best.len()).rev() {
            let mut shorter = self.best.clone();
            if at < shorter.len() {
                shorter.remove(at);
                self.accept(shorter);
            }
        }
    }

    fn clear_bits(&mut self) {
        for at in 0..self.best.len() {
            for byte in plainer(self.best[at]) {
                let mut candidate = self.best.clone();
                candidate[at] = byte;
                if self.accept(candidate) {
                    break;
                }
            }
        }
    }
}

/// Zero, one, the digit 0, and the byte without some of its bits, the smallest first.
fn plainer(byte: u8) -> Vec<u8> {
    let without = (0..8).map(|bit| byte & !(1 << bit));
    let above = (1..8).map(|bits| byte >> bits << bits);
    let mut bytes: Vec<u8> = [0, 1, b'0'].into_iter().chain(above).chain(without).collect();
    bytes.sort_unstable();
    bytes.dedup();
    bytes.retain(|it| *it < byte);
    bytes
}

/// Where the entries begin, where their count lies, and how long one is.
fn entries_of(model: &Model, bytes: &[u8]) -> Option<(usize, std::ops::Range<usize>, usize)> {
    let message = model.named_message(bytes)?;
    let (entries, count) = (message.field_of(Kind::Entries)?, message.field_of(Kind::Count)?);
    let size = message.length_with(1) - message.length_with(0);
    Some((entries.offset, count.offset..count.offset + count.size, size))
}

/// Lowers the count by this number; false if the count is lower than that.
fn lower_count(bytes: &mut [u8], place: &std::ops::Range<usize>, by: usize) -> bool {
    let Some(count) = bytes.get_mut(place.clone()) else { return false };
    let number = count.iter().fold(0, |number, byte| number << 8 | usize::from(*byte));
    let Some(less) = number.checked_sub(by) else { return false };
    let less = less.to_be_bytes();
    count.copy_from_slice(&less[less.len() - count.len()..]);
    true
}

impl Search<'_, Value> {
    /// Fewer entries first, then plainer members.
    pub(crate) fn shrink(&mut self) {
        self.exhaust(|search| {
            for path in paths(&search.best) {
                search.drop_elements(&path);
            }
            for path in paths(&search.best) {
                search.simplify(&path);
            }
        });
    }

    /// Leaves out elements of an array, from half of them down to single ones.
    fn drop_elements(&mut self, path: &Path) {
        let len = |value: &Value| at(value, path).and_then(Json::as_array).map_or(0, Vec::len);
        let mut piece = len(&self.best);
        while piece > 0 {
            let mut end = len(&self.best);
            while end >= piece {
                let mut candidate = self.best.clone();
                if let Some(Json::Array(list)) = at_mut(&mut candidate, path) {
                    list.drain(end - piece..end);
                }
                self.accept(candidate);
                end = (end - piece).min(len(&self.best));
            }
            piece /= 2;
        }
    }

    /// Makes a number smaller, or a digit of a text.
    fn simplify(&mut self, path: &Path) {
        let Some(found) = at(&self.best, path) else { return };
        let candidates: Vec<Json> = match found {
            Json::Number(number) => number.as_u64().map_or_else(Vec::new, plainer_number),
            Json::Bool(true) => vec![Json::Bool(false)],
            _ => Vec::new(),
        };
        for plainer in candidates {
            if self.replace(path, plainer) {
                break;
            }
        }
        let Some(Json::String(text)) = at(&self.best, path) else { return };
        for index in 0..text.chars().count() {
            self.simplify_character(path, index);
        }
    }

    fn simplify_character(&mut self, path: &Path, index: usize) {
        let Some(Json::String(text)) = at(&self.best, path) else { return };
        let characters: Vec<char> = text.chars().collect();
        let Some(digit) = characters.get(index).and_then(|it| crate::protocol::hex::digit(*it))
        else {
            return;
        };
        for plainer in plainer(digit) {
            let mut characters = characters.clone();
            characters[index] = char::from_digit(plainer.into(), 16).unwrap_or('0');
            if self.replace(path, Json::String(characters.into_iter().collect())) {
                return;
            }
        }
    }

    fn replace(&mut self, path: &Path, with: Json) -> bool {
        let mut candidate = self.best.clone();
        let Some(member) = at_mut(&mut candidate, path) else { return false };
        *member = with;
        self.accept(candidate)
    }
}

/// Zero, one, and the number without some of its bits, the smallest first.
fn plainer_number(number: u64) -> Vec<Json> {
    let above = (0..u64::BITS).map(|bits| number >> bits << bits);
    let without = (0..u64::BITS).map(|bit| number & !(1 << bit));
    let mut numbers: Vec<u64> = [0, 1].into_iter().chain(above).chain(without).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.retain(|it| *it < number);
    numbers.into_iter().map(Json::from).collect()
}

/// A member, and within a list of objects an element and its member.
type Path = (String, Option<(usize, String)>);

/// Every place in a value.
fn paths(value: &Value) -> Vec<Path> {
    let mut paths = Vec::new();
    for (name, member) in &value.fields {
        paths.push((name.clone(), None));
        for (index, element) in member.as_array().into_iter().flatten().enumerate() {
            let names = element.as_object().into_iter().flat_map(|members| members.keys());
            paths.extend(names.map(|inner| (name.clone(), Some((index, inner.clone())))));
        }
    }
    paths
}

fn at<'v>(value: &'v Value, (name, inner): &Path) -> Option<&'v Json> {
    let member = value.fields.get(name)?;
    let Some((index, inner)) = inner else { return Some(member) };
    member.get(*index)?.get(inner)
}

fn at_mut<'v>(value: &'v mut Value, (name, inner): &Path) -> Option<&'v mut Json> {
    let member = value.fields.get_mut(name)?;
    let Some((index, inner)) = inner else { return Some(member) };
    member.get_mut(*index)?.get_mut(inner)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn packet(hex: &str, mut fails: impl FnMut(&Vec<u8>) -> bool) -> String {
        let bytes = rollwire_model::hex::parse(hex).unwrap();
        let mut search = Search::new(bytes, 10_000, &mut fails);
        search.shrink(&Model::latest());
        rollwire_model::hex::plain(&search.best)
    }

    #[test]
    fn entries_are_left_out_with_their_count() {
        let model = Model::latest();
        let long = "13 0102 0004 0708090a0b 0c0d0e0f10 1112131415 161718191a";
        let fails = |least: usize| {
            let model = &model;
            move |bytes: &Vec<u8>| {
                let value = model.decode(bytes).ok();
                value.is_some_and(|it| it.fields["entries"].as_array().unwrap().len() >= least)
            }
        };
        assert_eq!(packet(long, fails(3)), format!("1300000003{}", "0".repeat(30)));
        assert_eq!(packet(long, fails(0)), "1300000000");
    }

    #[test]
    fn bytes_that_do_not_matter_become_zero() {
        let fails = |bytes: &Vec<u8>| bytes.len() == 9 && bytes[0] == 5 && bytes[1] >= 0x80;
        assert_eq!(packet("05 9abcdef0 01020304", fails), "058000000000000000");
        let surplus = |bytes: &Vec<u8>| bytes.len() > 13 && bytes[0] == 7;
        let bytes = "07 00000096 0123456789abcdef 010203";
        assert_eq!(packet(bytes, surplus), format!("07{}", "0".repeat(26)));
    }

    #[test]
    fn values_become_plainer_member_by_member() {
        let fields = json!({ "player": 513, "entries": [
            { "frame": 77, "action": 3 }, { "frame": 1_000_000, "action": 200 },
        ] });
        let Json::Object(fields) = fields else { unreachable!() };
        let value = Value { message: "input_response".to_owned(), fields };
        let mut fails = |value: &Value| {
            let entries = value.fields["entries"].as_array().unwrap();
            entries.iter().any(|entry| entry["action"].as_u64() > Some(127))
        };
        let mut search = Search::new(value, 10_000, &mut fails);
        search.shrink();
        let plain = json!({ "player": 0, "entries": [{ "frame": 0, "action": 128 }] });
        assert_eq!(Json::Object(search.best.fields), plain);
    }

    #[test]
    fn the_limit_of_attempts_holds() {
        let mut asked = 0;
        let mut fails = |_: &Vec<u8>| {
            asked += 1;
            false
        };
        Search::new(vec![0x13; 300], 20, &mut fails).shrink(&Model::latest());
        assert_eq!(asked, 20);
    }
}
