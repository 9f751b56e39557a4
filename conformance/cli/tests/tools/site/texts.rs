//! Texts that the playground and `inspect` have to read alike: the examples of the kit, the seeds of the
//! fuzz target, texts that are refused, and all of these with a few characters changed.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng as _, SeedableRng as _};

use super::seeds;
use crate::support::is_deep;

/// The examples of the kit's own test.
const EXAMPLES: &str = include_str!("../../../../kit/src/spelling/examples.json");

/// Texts with several datagrams, and texts that can be read in two ways or not at all.
const OTHERS: &str = include_str!("others.json");

/// What a change may put into a text.
const CHARACTERS: &str = "0123456789abcdefxX[]{}<>\"'`\\,;: \n\t\r-+=()/*u8.…·é\u{a0}\u{200b}😀#|";

/// All of them, the same ones each time.
pub(super) fn all() -> Vec<String> {
    let list = |text| serde_json::from_str::<Vec<String>>(text).expect("a list of texts");
    let mut texts = [list(EXAMPLES), list(OTHERS)].concat();
    let seeds = seeds::texts().into_iter().map(|seed| String::from_utf8(seed).expect("UTF-8"));
    texts.extend(seeds);
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let originals = texts.clone();
    let changed = if is_deep() { 200_000 } else { 6_000 };
    texts.extend((0..changed).map(|_| {
        let original = &originals[below(&mut random, originals.len())];
        with_changes(original, &mut random)
    }));
    texts
}

fn below(random: &mut ChaCha8Rng, end: usize) -> usize {
    usize::try_from(random.next_u32()).unwrap_or_default() % end
}

fn with_changes(text: &str, random: &mut ChaCha8Rng) -> String {
    let characters: Vec<char> = CHARACTERS.chars().collect();
    let mut text: Vec<char> = text.chars().collect();
    for _ in 0..=below(random, 3) {
        let at = below(random, text.len() + 1);
        let new = characters[below(random, characters.len())];
        match below(random, 4) {
            0 if at < text.len() => drop(text.remove(at)),
            1 if at < text.len() => text[at] = new,
            2 => {
                let from = below(random, text.len() + 1);
                let some: Vec<char> = text[from..].iter().take(6).copied().collect();
                drop(text.splice(at..at, some));
            }
            _ => text.insert(at, new),
        }
    }
    text.into_iter().collect()
}
