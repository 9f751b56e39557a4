//! What the published cases say.

use rollwire_agreement::{Typed, agree};
use rollwire_codec::decode;
use rollwire_conformance::vectors::VectorSet;
use rollwire_model::{
    Grade, Model, Outcome, RefusalClass,
    vectors::{Case, CheckKind, large_cases},
};

/// The published cases of the latest revision, and those that are too large to be published.
fn cases(model: &Model) -> Vec<Case> {
    let published = VectorSet::builtin().unwrap().bytes().cloned();
    let mut cases: Vec<Case> = published.chain(large_cases()).collect();
    cases.retain(|case| case.applies_to(model.revision()));
    assert!(cases.len() > 600, "{} cases", cases.len());
    cases
}

/// Every datagram of a case that is accepted.
pub(crate) fn valid_datagrams(model: &Model) -> Vec<Vec<u8>> {
    let cases = cases(model);
    let datagrams = cases.iter().filter_map(Case::bytes).map(<[u8]>::to_vec);
    let valid: Vec<Vec<u8>> = datagrams.filter(|bytes| model.decode(bytes).is_ok()).collect();
    assert!(valid.len() > 200, "{} datagrams", valid.len());
    valid
}

#[test]
fn every_case_is_decoded_as_it_says() {
    let model = Model::latest();
    for case in cases(&model) {
        let Some(bytes) = case.bytes() else { continue };
        let answer = match agree(&model, bytes) {
            Some(value) => Outcome::Value(value),
            None => Outcome::Reject(decode(bytes).unwrap_err().class().as_str().parse().unwrap()),
        };
        let expected = case.outcomes(CheckKind::Decode);
        assert_eq!(expected.first(), Some(&(Grade::Pass, answer)), "{}", case.id);
    }
}

#[test]
fn every_case_is_encoded_as_it_says() {
    let model = Model::latest();
    let mut refused = 0;
    for case in cases(&model) {
        let expected = case.outcomes(CheckKind::Encode);
        let Some(value) = case.whole_value().filter(|_| !expected.is_empty()) else { continue };
        assert_eq!(expected, model.encode_outcomes(&value), "{}", case.id);
        let typed = serde_json::from_value(serde_json::to_value(&value).unwrap());
        // An entry given as a list has a typed form too, and is not that form.
        let typed = typed.ok().filter(|typed: &Typed| typed.value() == *value);
        if let Some(answer) = typed.and_then(|typed| typed.encode()) {
            refused += usize::from(matches!(answer, Outcome::Reject(_)));
            let listed = expected.contains(&(Grade::Pass, answer.clone()));
            assert!(listed, "{}: the codec says {answer:?}, listed is {expected:?}", case.id);
        } else {
            let Err(refusal) = model.encode(&value) else {
                panic!("{}: the model encodes what the codec's types cannot hold", case.id)
            };
            use RefusalClass::{Range, UnknownType, Value};
            assert!([Range, UnknownType, Value].contains(&refusal.class), "{}: {refusal}", case.id);
        }
    }
    assert!(refused > 20, "the codec's constructors refused {refused} values");
}
