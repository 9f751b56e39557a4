//! The digest: the worked examples of `spec/digest.md`, and where those are silent.

use std::fs;

use rollwire_reference::digest::{Form, StateRefusal, digest};

const FORMS: [Form; 2] = [Form::StateHash, Form::EpisodeReady];

/// The lines of each block of the chapter that has this mark.
fn blocks(mark: &str) -> Vec<Vec<String>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../spec/digest.md");
    let chapter = fs::read_to_string(path).unwrap();
    let begin = format!("```{mark}\n");
    let bodies = chapter.split(&begin).skip(1).map(|rest| rest.split("\n```").next().unwrap());
    bodies.map(|body| body.lines().map(str::to_owned).collect()).collect()
}

/// A digest as a block writes it: the digits and the text, or the refusal.
fn written(form: Form, state: &str) -> String {
    match digest(form, state) {
        Ok(digest) => format!("{} {}", digest.digits, digest.text),
        Err(refusal) => format!("reject {}", refusal.class().as_str()),
    }
}

fn text(form: Form, state: &str) -> String {
    digest(form, state).unwrap().text
}

#[test]
fn the_worked_digests_come_out() {
    let blocks = blocks("digest");
    assert!(blocks.len() > 8);
    for lines in blocks {
        let state = lines[0].strip_prefix("state ").unwrap();
        assert_eq!(format!("state_hash {}", written(FORMS[0], state)), lines[1]);
        assert_eq!(format!("episode_ready {}", written(FORMS[1], state)), lines[2]);
    }
}

#[test]
fn the_worked_numbers_come_out() {
    let lines = blocks("numbers").concat();
    assert!(lines.len() > 30);
    for line in lines {
        let columns: Vec<_> = line.split('|').map(str::trim).collect();
        for (form, expected) in FORMS.into_iter().zip(&columns[1..]) {
            let written = match digest(form, &format!("[{}]", columns[0])) {
                Ok(digest) => digest.text[1..digest.text.len() - 1].to_owned(),
                Err(refusal) => format!("reject {}", refusal.class().as_str()),
            };
            assert_eq!(written, *expected, "{line}");
        }
    }
}

#[test]
fn malformed_json_is_refused_at_the_byte_where_it_is_wrong() {
    for (state, at) in [
        ("", 0),
        ("[NaN]", 1),
        ("[-Infinity]", 2),
        ("[01]", 2),
        ("[+1]", 1),
        ("[.5]", 1),
        ("[1.]", 3),
        ("[1e]", 3),
        ("[1,]", 3),
        ("{\"a\":1,}", 7),
        ("{\"a\" 1}", 5),
        ("['a']", 1),
        ("[\"\\x41\"]", 3),
        ("[\"\\u12\u{e9}\"]", 3),
        ("[\"\\u+123\"]", 3),
        ("[\"\n\"]", 2),
        ("[\"a", 3),
        ("[] []", 3),
        ("[}", 1),
        ("[1}", 2),
        ("\u{feff}[]", 0),
        ("[]\u{a0}", 2),
    ] {
        for form in FORMS {
            assert_eq!(digest(form, state), Err(StateRefusal::NotJson(at)), "{state}");
        }
    }
}

#[test]
fn a_hundred_levels_are_read_and_no_more() {
    let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let members = |depth| format!("{}0{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    for form in FORMS {
        assert_eq!(text(form, &nested(100)), nested(100));
        assert!(digest(form, &members(100)).is_ok());
        for state in [nested(101), members(101), nested(1_000_000), members(100_000)] {
            assert_eq!(digest(form, &state), Err(StateRefusal::TooDeep));
        }
        let open = "[".repeat(1_000_000);
        assert_eq!(digest(form, &open), Err(StateRefusal::NotJson(open.len())));
    }
}

#[test]
fn an_integer_of_the_short_form_has_at_most_4300_digits() {
    let [most, more] = [4300, 4301].map(|digits| format!("[-{}]", "7".repeat(digits)));
    assert_eq!(text(Form::EpisodeReady, &most), most);
    assert_eq!(digest(Form::EpisodeReady, &more), Err(StateRefusal::TooManyDigits(4301)));
    let left_out = format!("{{\"a\":{more},\"a\":1}}");
    assert_eq!(digest(Form::EpisodeReady, &left_out), Err(StateRefusal::TooManyDigits(4301)));
    assert_eq!(text(Form::StateHash, &more), "[null]");
    assert_eq!(digest(Form::EpisodeReady, "{\"a\":1e999,\"a\":1}"), Err(StateRefusal::Infinite));
}

#[test]
fn a_number_is_exact_however_long_its_token_is() {
    let zeros = "0".repeat(1_000_000);
    for token in [
        format!("0.{zeros}5e1000001"),
        format!("5{zeros}e-1000000"),
        format!("0.5{zeros}"),
        "0.5e00000000000000000000000".to_owned(),
    ] {
        let state = format!("[{token}]");
        let expected = if token.starts_with("0.5") { "[0.5]" } else { "[5.0]" };
        assert_eq!(text(Form::EpisodeReady, &state), expected);
        assert_eq!(text(Form::StateHash, &state), expected.replace("5.0", "5"));
    }
    for token in ["0e99999999999999999999999", "1e-99999999999999999999999999999999999999999999"] {
        assert_eq!(text(Form::EpisodeReady, &format!("[{token}]")), "[0.0]");
    }
    // One digit far after a tie between two doubles decides.
    assert_eq!(text(Form::StateHash, &format!("[9007199254740993.{zeros}]")), "[9007199254740992]");
    assert_eq!(
        text(Form::StateHash, &format!("[9007199254740993.{zeros}1]")),
        "[9007199254740994]"
    );
}

#[test]
fn of_two_shortest_texts_that_are_equally_close_the_even_one_is_written() {
    for (token, expected) in [
        ("1076268.80126953125", "1076268.8012695312"),
        ("1076268.8012695313", "1076268.8012695312"),
        ("-1518352.47119140625", "-1518352.4711914062"),
        // Next to a power of two, the closest digits of this length are those of another double.
        ("5.960464477539063e-08", "5.960464477539063e-08"),
    ] {
        assert_eq!(text(Form::EpisodeReady, &format!("[{token}]")), format!("[{expected}]"));
    }
}

#[test]
fn many_members_of_one_key_are_one() {
    let members = "\"__proto__\":[1],".repeat(100_000);
    let state = format!("{{{members}\"\\u005f_proto__\":{{\"b\":2}}}}");
    assert_eq!(text(Form::StateHash, &state), "{\"__proto__\":{\"b\":2}}");
}
