//! The digest of the model, compared with the standard library's numbers, and its reader with
//! invalid texts.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rollwire_model::{
    Grade, RefusalClass,
    digest::{Answer, DigestRules, Form, read, repr},
    vectors::large_digests,
};

const RULES: DigestRules = DigestRules::SPECIFIED;

/// The canonical text of a number within an array, without the brackets.
fn written(token: &str, form: Form) -> String {
    let digest = RULES.digest(&format!("[{token}]"), form);
    let text = digest.unwrap_or_else(|refused| panic!("{token}: {refused}")).text;
    text.trim_matches(['[', ']']).to_owned()
}

/// Doubles of every size, and many around the tenth decimal place.
fn doubles() -> impl Strategy<Value = f64> {
    let bits = any::<u64>().prop_map(f64::from_bits);
    let near = (any::<i32>(), -30_i32..30).prop_map(|(n, power)| f64::from(n) * 2_f64.powi(power));
    let ties = (0_u32..1_000_000, 1_i32..40).prop_map(|(n, k)| f64::from(n) / 2_f64.powi(k));
    prop_oneof![bits, near, ties].prop_filter("finite", |double| double.is_finite())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    /// DIGEST-18: the standard library's formatting is exact too, and independent.
    #[test]
    fn rounding_is_that_of_exact_decimals(double in doubles()) {
        let double = if double.fract() == 0.0 { double.recip() } else { double };
        prop_assume!(double.is_finite() && double.fract() != 0.0);
        let expected: f64 = format!("{double:.10}").parse().expect("a number");
        prop_assert_eq!(written(&format!("{double:e}"), Form::StateHash), repr(expected));
    }

    /// DIGEST-21: the text reads back as the same number, and no shorter text does.
    #[test]
    fn what_is_written_reads_back(double in doubles()) {
        let text = written(&format!("{double:e}"), Form::EpisodeReady);
        prop_assert_eq!(text.parse::<f64>().expect("a number").to_bits(), double.to_bits());
        let digits = |text: &str| text.split('e').next().map_or(0, |significand| {
            let significand = significand.trim_start_matches(['-', '0', '.']);
            significand.trim_end_matches(".0").replace('.', "").trim_end_matches('0').len()
        });
        prop_assert!(digits(&text) <= digits(&format!("{double:?}")), "{}", text);
    }

    /// The digest of a canonical text has the same canonical text.
    #[test]
    fn the_digest_of_a_canonical_text_keeps_it(double in doubles()) {
        for form in Form::ALL {
            let once = written(&format!("{double:e}"), form);
            // A zero that was a fraction is a zero now, and a 1.0 a 1.
            prop_assume!(form == Form::EpisodeReady || !once.ends_with(".0"));
            prop_assert_eq!(written(&once, form), once);
        }
    }
}

#[test]
fn text_that_is_not_json_is_refused() {
    let bad = [
        "",
        " ",
        "[",
        "]",
        "{",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{\"a\":1,}",
        "{1:2}",
        "[1]x",
        "[1][2]",
        "['a']",
        "[\"a]",
        "[\"\\x41\"]",
        "[\"\\u12\"]",
        "[\"\\u12g4\"]",
        "[\"\\u+123\"]",
        "[\"\n\"]",
        "[\"\u{1f}\"]",
        "[01]",
        "[-]",
        "[+1]",
        "[.5]",
        "[1.]",
        "[1.e5]",
        "[1e]",
        "[1e+]",
        "[0x10]",
        "[1_000]",
        "[NaN]",
        "[Infinity]",
        "[-Infinity]",
        "[nul]",
        "[True]",
        "[undefined]",
        "[1]//",
        "[1/**/]",
        "\u{feff}[1]",
        "[\u{a0}1]",
        "[\u{b}1]",
        "[\u{ff11}]",
    ];
    for text in bad {
        for form in Form::ALL {
            let answers = RULES.answers(text, form);
            assert_eq!(answers, [(Grade::Pass, Answer::Reject(RefusalClass::Text))], "{text:?}");
        }
        assert!(read(text).is_err());
    }
}

#[test]
fn deep_nesting_does_not_exhaust_the_stack() {
    for (opening, closing) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = |depth: usize| format!("{}1{}", opening.repeat(depth), closing.repeat(depth));
        assert!(RULES.digest(&nested(100), Form::StateHash).is_ok());
        for depth in [101, 1000, 1_000_000] {
            let refused = RULES.digest(&nested(depth), Form::StateHash).expect_err("too deep");
            assert_eq!((refused.class, refused.rule), (RefusalClass::Range, "DIGEST-3"));
            assert_eq!(refused.alternative.is_some(), depth == 101 || depth == 1000);
        }
    }
}

/// The order of checks in `spec/refusals.md`.
#[test]
fn a_text_with_two_faults_may_have_two_right_classes() {
    use RefusalClass::{Range, Text, Value};
    let classes = |text: &str, form| -> Vec<RefusalClass> {
        let answers = RULES.answers(text, form).into_iter();
        let refusals = answers.filter_map(|(grade, answer)| match answer {
            Answer::Reject(class) if grade == Grade::Pass => Some(class),
            _ => None,
        });
        refusals.collect()
    };
    let digits = "9".repeat(4301);
    for (text, right) in [
        (format!("{}x", "[".repeat(100)), vec![Text]),
        (format!("{}x", "[".repeat(101)), vec![Text, Range]),
        (format!("[{}{} x", "[".repeat(101), "]".repeat(101)), vec![Text, Range]),
        ("[".repeat(100_000), vec![Text, Range]),
        (format!("[{digits},]"), vec![Text]),
        (digits.clone(), vec![Range]),
        (format!("[{}{digits}{}]", "[".repeat(101), "]".repeat(101)), vec![Range]),
        (format!("[{digits},\"\\ud800\"]"), vec![Range, Text]),
        ("\"\\ud800\"".to_owned(), vec![Value, Text]),
        (format!("{}1e999{}", "[".repeat(101), "]".repeat(101)), vec![Range]),
        ("1e999".to_owned(), vec![Value]),
    ] {
        assert_eq!(classes(&text, Form::EpisodeReady), right, "{}", &text[..text.len().min(120)]);
    }
}

#[test]
fn a_choice_is_graded() {
    let grades = |text, form| -> Vec<Grade> {
        RULES.answers(text, form).into_iter().map(|(grade, _)| grade).collect()
    };
    let choice = [Grade::Pass, Grade::Weak];
    assert_eq!(grades("5", Form::StateHash), choice);
    assert_eq!(grades("[\"\\udc00\"]", Form::StateHash), choice);
    assert_eq!(grades("{\"\\ud800\":1}", Form::EpisodeReady), choice);
    assert_eq!(grades("[\"\\ud83d\\ude00\"]", Form::StateHash), [Grade::Pass]);
    assert_eq!(grades("[1e999]", Form::StateHash), [Grade::Pass]);
    assert_eq!(grades("[1e999]", Form::EpisodeReady), choice);
    // One fault with an alternative, and one without.
    let digits = format!("[1e999,{}]", "9".repeat(4301));
    assert_eq!(grades(&digits, Form::EpisodeReady), [Grade::Pass]);
}

#[test]
fn what_is_not_closed_is_not_json_however_deep_it_is() {
    for (opening, closing) in [("[", "]"), ("{\"\":", "}"), ("[{\"a\":", "}]")] {
        for times in [101, 1_001, 100_000] {
            let (opened, closed) = (opening.repeat(times), closing.repeat(times));
            let class =
                |text: &str| RULES.digest(text, Form::EpisodeReady).expect_err("refused").class;
            assert_eq!(class(&opened), RefusalClass::Text);
            assert_eq!(class(&format!("{opened}0")), RefusalClass::Text);
            assert_eq!(class(&format!("{opened}0{closed}]")), RefusalClass::Text);
            assert_eq!(class(&format!("{opened}0{closed}")), RefusalClass::Range);
        }
    }
}

#[test]
fn large_states_have_the_sizes_and_answers_that_they_say() {
    let large: Vec<_> = large_digests().collect();
    let ids: BTreeSet<&str> = large.iter().map(|case| &*case.id).collect();
    assert_eq!(ids.len(), large.len());
    assert!(large.iter().any(|case| case.text.as_ref().is_some_and(|text| text.len() > 65_536)));
    for case in &large {
        assert!(case.state.len() > 1_000, "{} could be stored", case.id);
        // A request must fit a line.
        assert!(case.state.len() < 1 << 20, "{} has {} bytes", case.id, case.state.len());
        assert!(!case.answers().is_empty(), "{} has no answer", case.id);
        if !case.id.contains("/brackets-") {
            assert_eq!(case.disagreement(), None, "{}", case.id);
        }
        if let Some(size) = case.id.split("/hashed-").nth(1) {
            let size = size.trim_end_matches("-ready");
            assert_eq!(
                case.text.as_ref().map(|text| text.len().to_string()).as_deref(),
                Some(size)
            );
        }
    }
    let brackets = |id: &str| large.iter().find(|case| case.id == id).expect("a case");
    let closed = brackets("digest-large/brackets-arrays");
    assert_eq!(closed.answers().len(), 2, "its digest is the alternative");
    assert_eq!(closed.state.matches('[').count(), 100_000);
}
