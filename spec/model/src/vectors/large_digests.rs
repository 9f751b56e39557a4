//! States of a game's size, which are too large to store. They are made at run time, always the same ones.

use std::fmt::Write as _;

use crate::{
    Grade, RefusalClass,
    digest::{Answer, Digest, DigestRules, Form},
    vectors::DigestCase,
};

/// How many brackets exhaust the stack of a reader that calls itself for each of them.
const BRACKETS: usize = 100_000;

/// More than 64, 256, 1,024, 4,096 and 65,536, where fixed buffers and small integers end.
const SIZES: [usize; 3] = [1_100, 4_200, 66_000];

/// The largest of the sizes.
const MOST: usize = 66_000;

/// Digests of large states: texts, lists, objects, strings and numbers of up to 66,000 parts, hashed texts
/// at the lengths where a length in bits needs 16 or 17 bits, and 100,000 brackets, closed and not.
///
/// They have some megabytes, and are made when the iterator comes to them.
pub fn large_digests() -> impl Iterator<Item = DigestCase> {
    let parts: [fn(&mut Made); 4] = [sizes, numbers, hashed, brackets];
    parts.into_iter().flat_map(|part| {
        let mut made = Made(Vec::new());
        part(&mut made);
        made.0
    })
}

/// Lists, objects, strings, keys and blanks.
fn sizes(made: &mut Made) {
    for size in SIZES {
        let elements: Vec<String> = (0..size).map(|number| (number % 7).to_string()).collect();
        let state = format!("[{}]", elements.join(","));
        made.both(&format!("elements-{size}"), &["DIGEST-5"; 2], "a list", &state);
        let state = format!("[\"{}\"]", letters(size));
        made.both(&format!("string-{size}"), &["DIGEST-11"; 2], "a string", &state);
        let begin = letters(size);
        let state = format!(r#"{{"{begin}z":1,"{begin}m":2,"{begin}a":3,"{begin}z":4}}"#);
        made.both(
            &format!("key-{size}"),
            &["DIGEST-6"; 2],
            "long keys that differ at the end",
            &state,
        );
    }
    for size in [1_100, 4_200] {
        made.both(&format!("members-{size}"), &["DIGEST-5"; 2], "an object", &members(size));
    }
    let (slug, comment) = (format!("members-{MOST}"), "an object");
    made.one(&slug, Form::StateHash, "DIGEST-5", comment, &members(MOST));
    let state = format!("[1,{}2]", " \t\r\n".repeat(MOST / 4));
    made.both(&format!("blanks-{MOST}"), &["DIGEST-4"; 2], "blanks between two elements", &state);
    let state = format!("[\"{}\"]", "\u{e9}".repeat(MOST / 6));
    let comment = "characters that become six times as long";
    made.both(&format!("escapes-{}", MOST / 6), &["DIGEST-12"; 2], comment, &state);
    made.both("game", &["DIGEST-26", "DIGEST-27"], "what a game hands over", &game(400));
}

/// An object whose members are not in their order; the numbers in base 36 keep it short.
fn members(size: usize) -> String {
    let mut state = String::from("{");
    for number in (0..size).rev() {
        let comma = if number + 1 == size { "" } else { "," };
        let digit = |place: u32| {
            let digit = number / 36_usize.pow(place) % 36;
            u32::try_from(digit).ok().and_then(|digit| char::from_digit(digit, 36)).unwrap_or('0')
        };
        let key = [digit(0), digit(1), digit(2), digit(3)];
        let _ = write!(state, "{comma}\"{}\":{}", key.iter().collect::<String>(), number % 7);
    }
    state + "}"
}

/// A state as a game has it: a number of things that move.
fn game(things: u32) -> String {
    let thing = |number: u32| {
        let at = f64::from(number * 7919 % 100_003) / 64.0 + 0.1;
        let speed = f64::from(number * 104_729 % 10_007) / 3e4 - 0.15;
        format!(
            r#"{{"id":{number},"name":"thing {number} é","x":{at},"y":{},"vx":{speed},"vy":{},"alive":{},"tags":["a",null]}}"#,
            -at,
            speed / 7.0,
            !number.is_multiple_of(3),
        )
    };
    let things: Vec<String> = (0..things).map(thing).collect();
    format!(r#"{{"things":[{}],"t":3600,"seed":12345678901234567890}}"#, things.join(","))
}

/// Numbers of very many digits.
fn numbers(made: &mut Made) {
    let exact = ["DIGEST-14", "DIGEST-24"];
    for size in [4_200, MOST] {
        let zeros = "0".repeat(size);
        let comment = "very many zeros in front, which the exponent takes back: the number is 1";
        let state = format!("[0.{zeros}1e{}]", size + 1);
        made.both(&format!("zeros-in-front-{size}"), &exact, comment, &state);
        let comment = "very many zeros behind, which the exponent takes back: the number is 1.5";
        let state = format!("[15{zeros}.0e-{}]", size + 1);
        made.both(&format!("zeros-behind-{size}"), &exact, comment, &state);
        let comment = "a tie but for its last digit: the greater double is the nearest";
        let state = format!("[9007199254740993.{zeros}1]");
        made.both(&format!("sticky-{size}"), &exact, comment, &state);
    }
    let comment = "an integer of very many digits: infinite in one form, refused in the other";
    let state = format!("[1{}]", "0".repeat(MOST));
    made.both(&format!("digits-{MOST}"), &["DIGEST-15", "DIGEST-23"], comment, &state);
}

/// Hashed texts of lengths at which the number of their bits needs one byte more, and at ends of blocks.
fn hashed(made: &mut Made) {
    for length in [2_048, 8_183, 8_184, 8_191, 8_192, 8_193, 65_535, 65_536] {
        let state = format!("[\"{}\"]", letters(length - 4));
        let comment = "a hashed text whose length in bits needs more than one or two bytes";
        made.both(&format!("hashed-{length}"), &["DIGEST-26", "DIGEST-27"], comment, &state);
    }
}

/// DIGEST-3, and DIGEST-1 where they are not closed.
fn brackets(made: &mut Made) {
    /// A name, what opens a level, what closes it, and the forms.
    type Nesting<'a> = (&'a str, &'a [&'a str], &'a [&'a str], &'a [Form]);
    let kinds: [Nesting<'_>; 3] = [
        ("arrays", &["["], &["]"], &Form::ALL),
        ("objects", &["{\"\":"], &["}"], &[Form::StateHash]),
        ("mixed", &["[", "{\"\":"], &["}", "]"], &[Form::EpisodeReady]),
    ];
    for (slug, opening, closing, forms) in kinds {
        let times = BRACKETS / opening.len();
        let opened = opening.concat().repeat(times);
        let closed = closing.concat().repeat(times);
        for form in forms {
            let ending = if *form == Form::StateHash { "" } else { "-ready" };
            let comment =
                "100,000 brackets that are not closed: not JSON, and a stack is too small for them";
            // Either of the two faults may be named.
            let answers = [RefusalClass::Text, RefusalClass::Range]
                .map(|class| (Grade::Pass, Answer::Reject(class)));
            let id = format!("brackets-{slug}-open{ending}");
            made.add(&id, *form, "DIGEST-1", comment, opened.clone(), &answers);
            // The innermost value is 0, which is written alike in every form.
            let state = format!("{opened}0{closed}");
            let comment = "100,000 brackets: refused or digested, and never a crash";
            let refused = (Grade::Pass, Answer::Reject(RefusalClass::Range));
            let answers = [refused, (Grade::Weak, Answer::Digest(of_brackets(&state, *form)))];
            made.add(
                &format!("brackets-{slug}{ending}"),
                *form,
                "DIGEST-3",
                comment,
                state,
                &answers,
            );
        }
    }
}

/// The digest of a text without elements side by side: it is canonical but for the blanks behind colons.
fn of_brackets(state: &str, form: Form) -> Digest {
    let rules = DigestRules::SPECIFIED;
    let (text, digits) = match form {
        Form::StateHash => (state.to_owned(), rules.sixteen_digits),
        Form::EpisodeReady => (state.replace(':', ": "), rules.eight_digits),
    };
    Digest { hash: digits(&text), text }
}

/// A text of letters, in which every part looks different.
fn letters(count: usize) -> String {
    ('a'..='z').cycle().take(count).collect()
}

/// The cases so far.
struct Made(Vec<DigestCase>);

impl Made {
    /// The same state in both forms, about one rule in each.
    fn both(&mut self, slug: &str, rules: &[&str; 2], comment: &str, state: &str) {
        self.one(slug, Form::StateHash, rules[0], comment, state);
        self.one(&format!("{slug}-ready"), Form::EpisodeReady, rules[1], comment, state);
    }

    /// A state that the model can answer.
    fn one(&mut self, slug: &str, form: Form, rule: &str, comment: &str, state: &str) {
        let answers = DigestRules::SPECIFIED.answers(state, form);
        let comment = format!("{} bytes of state: {comment}", state.len());
        self.add(slug, form, rule, &comment, state.to_owned(), &answers);
    }

    fn add(
        &mut self,
        slug: &str,
        form: Form,
        rule: &str,
        comment: &str,
        state: String,
        answers: &[(Grade, Answer)],
    ) {
        let id = format!("digest-large/{slug}");
        let mut case = DigestCase::made(id, &[rule], comment, form, state, answers);
        case.flags = vec!["big-state".to_owned()];
        self.0.push(case);
    }
}
